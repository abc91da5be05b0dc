"""What changed between two versions of a paper?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from futurefit.cli.options import Format, FormatOption, OutputOption, examples
from futurefit.cli.output import emit
from futurefit.cli.problems import Problem

EXAMPLES = examples(
    "futurefit compare draft.docx final.docx",
    "futurefit compare q1.xlsx q2.xlsx --format json",
)
"""At the end of its help."""


def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier version.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later version.")],
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Say what changed between two versions of a paper.

    Figures added, dropped and changed, matched by their labels and headings; numbers of the text;
    and totals that did not move with their parts, for which the exit status is 1. It needs no data
    folder.
    """
    from futurefit.cli.progress import counted
    from futurefit.kernel.findings import exit_status
    from futurefit.papers import compare as comparing
    from futurefit.papers.comparison_report import as_values, build_comparison
    from futurefit.papers.document import Unreadable
    from futurefit.papers.readers import load
    from futurefit.site.common.isolation import reader_apart

    documents = []
    try:
        with counted("Reading papers", 2) as step, reader_apart() as reader:
            for path in (old, new):
                step(path.name)
                documents.append(reader.read(path.name, load(path)))
    except Unreadable as wrong:
        raise Problem(str(wrong)) from None
    found = comparing.compare(*documents)
    emit(build_comparison(found), form, output, values=as_values(found))
    return exit_status(found.findings)
