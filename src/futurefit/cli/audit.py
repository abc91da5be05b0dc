"""What in these papers does not hold?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from futurefit.cli.options import Format, FormatOption, OutputOption, examples
from futurefit.cli.output import emit
from futurefit.cli.problems import CANNOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from futurefit.kernel.findings import Finding
    from futurefit.kernel.report import Report, Table
    from futurefit.papers.document import Document
    from futurefit.papers.report import Audited
    from futurefit.publishing.printing import Imprint


EXAMPLES = examples(
    "futurefit audit pack.md",
    "futurefit audit pack.pdf budget.xlsx --format docx --output findings.docx",
    "futurefit audit pack.docx --erratum --format docx --output erratum.docx",
)
"""At the end of its help."""


def audit(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Papers to read.")],
    erratum: Annotated[
        bool, typer.Option("--erratum", help="Draft the note that corrects the errors instead.")
    ] = False,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Say what in papers does not hold.

    Each finding names page, table and cell, and the tables are drawn again with the wrong cells
    marked. Several papers are also held against each other. It needs no data folder.

    A file that cannot be read is named and the rest are read all the same; the exit status is
    then 2.
    """
    from futurefit.cli.progress import busy
    from futurefit.kernel.findings import exit_status
    from futurefit.papers.report import as_values, audit_papers

    documents, unread = _read(files)
    with busy("Auditing"):
        papers, across = audit_papers(documents)
    for words in unread.values():
        typer.echo(f"futurefit: {words}", err=True)
    every = [*(finding for paper in papers for finding in paper.findings), *across]
    if papers or form is Format.JSON:
        values = {
            **as_values(papers, across),
            "not_read": [{"file": name, "why": words} for name, words in unread.items()],
        }
        report = _report(papers, across, list(unread.values()), form, erratum)
        emit(report, form, output, _imprint(form), values=None if erratum else values)
    return CANNOT if unread else exit_status(every)


def _imprint(form: Format) -> Imprint | None:
    """When a file was made and by what; the terminal needs no telling."""
    from futurefit import __version__
    from futurefit.publishing.printing import Imprint

    if form is Format.TEXT:
        return None
    return Imprint(datetime.now().astimezone(), (("Made by", f"FutureFit {__version__}"),))


def _read(files: Sequence[Path]) -> tuple[list[Document], dict[str, str]]:
    """The papers that can be read, and why the others cannot."""
    from futurefit.cli.progress import counted
    from futurefit.papers.document import Unreadable
    from futurefit.papers.readers import load
    from futurefit.site.common.isolation import reader_apart

    documents: list[Document] = []
    unread: dict[str, str] = {}
    with counted("Reading papers", len(files)) as step, reader_apart() as reader:
        for path in files:
            step(path.name)
            try:
                documents.append(reader.read(path.name, load(path)))
            except Unreadable as wrong:
                unread[str(path)] = str(wrong)
    return documents, unread


def _report(
    papers: Sequence[Audited],
    across: Sequence[Finding],
    unread: Sequence[str],
    form: Format,
    erratum: bool,
) -> Report | Table:
    """What is printed: a report, an erratum, or for a spreadsheet's rows one flat table."""
    from futurefit.kernel.findings_table import findings_table
    from futurefit.papers.audit_report import build_erratum, build_report

    if erratum:
        return build_erratum(papers, across)
    if form is Format.CSV:
        every = [*(finding for paper in papers for finding in paper.findings), *across]
        return findings_table(every, full=True)
    return build_report(papers, across, unread)
