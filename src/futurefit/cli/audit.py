"""What in these papers does not hold?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from futurefit.cli.options import Format, FormatOption, OutputOption, examples
from futurefit.cli.output import emit
from futurefit.cli.problems import CANNOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from futurefit.kernel.findings import Finding


EXAMPLES = examples(
    "futurefit audit pack.md",
    "futurefit audit pack.md budget.csv --format csv --output findings.csv",
)
"""At the end of its help."""


def audit(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Papers to read.")],
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Say what in papers does not add up.

    Each finding names line, table and cell. It needs no data folder.

    A file that cannot be read is named and the rest are read all the same; the exit status is
    then 2.
    """
    from futurefit.cli.progress import counted
    from futurefit.cli.summary import findings_table
    from futurefit.kernel.findings import exit_status
    from futurefit.kernel.report import Paragraph, Report
    from futurefit.papers.document import Unreadable
    from futurefit.papers.readers import load
    from futurefit.papers.report import Audited, as_values, audit_paper
    from futurefit.site.papers.isolation import reader_apart

    found: dict[str, Audited] = {}
    unread: dict[str, str] = {}
    with counted("Reading papers", len(files)) as step, reader_apart() as reader:
        for path in files:
            step(path.name)
            try:
                found[str(path)] = audit_paper(reader.read(path.name, load(path)))
            except Unreadable as wrong:
                unread[str(path)] = str(wrong)
    for words in unread.values():
        typer.echo(f"futurefit: {words}", err=True)
    every = [finding for paper in found.values() for finding in paper.findings]
    if found or form is Format.JSON:
        report = Report(
            "Audit",
            (
                *(
                    findings_table(list(paper.findings), _title(name, paper.findings))
                    for name, paper in found.items()
                ),
                *(Paragraph(f"Not read: {words}") for words in unread.values()),
            ),
        )
        values = {
            **as_values(list(found.values())),
            "not_read": [{"file": name, "why": words} for name, words in unread.items()],
        }
        emit(report, form, output, values=values)
    return CANNOT if unread else exit_status(every)


def _title(name: str, findings: Sequence[Finding]) -> str:
    number = len(findings)
    return f"{name}: {number or 'no'} finding{'' if number == 1 else 's'}"
