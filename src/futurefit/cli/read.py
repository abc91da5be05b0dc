"""What stands in a paper, as the audit sees it?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from futurefit.cli.options import Format, FormatOption, OutputOption, examples
from futurefit.cli.output import emit
from futurefit.cli.problems import Problem

EXAMPLES = examples(
    "futurefit read pack.md",
    "futurefit read budget.pdf --format json --output budget.json",
)
"""At the end of its help."""


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The paper to read.")],
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Print what a paper holds: its blocks in order, tables with every cell.

    As JSON, a cell tells its row, column, spans, text, page and box. It needs no data folder.
    """
    from futurefit.cli.progress import busy
    from futurefit.kernel.report import Report
    from futurefit.papers.document import Unreadable
    from futurefit.papers.interchange import as_values
    from futurefit.papers.redrawn import redraw
    from futurefit.site.common.isolation import read_file_apart

    try:
        with busy(f"Reading {file.name}"):
            document = read_file_apart(file)
    except Unreadable as wrong:
        raise Problem(str(wrong)) from None
    report = Report(document.name, redraw(document))
    emit(report, form, output, values=as_values(document))
    return 0
