"""What is a table of one page, before pages are joined? (rule AUD-23)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from futurefit.papers.readers.pdf.page import Run
from futurefit.papers.readers.pdf.rows import joined, rows


class Cell(NamedTuple):
    """A cell as found: rows and columns count from 1; the box is that of its words or its lines."""

    row: int
    column: int
    row_span: int
    col_span: int
    text: str
    bold: bool
    left: float
    top: float
    right: float
    bottom: float


class Found(NamedTuple):
    """A table of one page.

    `edges` are the left ends of its columns and the right end of the last. `used` holds the order
    of every run that stands in it. `within` is the place in the list of the table it is nested in.
    """

    left: float
    top: float
    right: float
    bottom: float
    cells: list[Cell]
    edges: tuple[float, ...]
    used: frozenset[int]
    within: int | None = None


def cell(
    row: int,
    column: int,
    row_span: int,
    col_span: int,
    runs: Sequence[Run],
    box: tuple[float, float, float, float] | None = None,
) -> Cell:
    """A cell with the text of some runs, in lines from the top down."""
    if len(runs) == 1:
        run = runs[0]
        box = box or (run.left, run.top, run.right, run.bottom)
        return Cell(row, column, row_span, col_span, run.text, run.bold, *box)
    if not runs and box is not None:
        return Cell(row, column, row_span, col_span, "", False, *box)
    text = words(runs)
    bold = all(run.bold for run in runs)
    if box is None:
        box = (
            min([run.left for run in runs]),
            min([run.top for run in runs]),
            max([run.right for run in runs]),
            max([run.bottom for run in runs]),
        )
    return Cell(row, column, row_span, col_span, text, bold, *box)


def words(runs: Sequence[Run]) -> str:
    """The text of runs: from the left, lines from the top; what stands sideways as the file has it.

    Lines are joined by spaces, for where a cell breaks its lines is the work of its width.
    """
    if not runs:
        return ""
    if len(runs) == 1:
        return runs[0].text
    lines = [" ".join([run.text for run in row.runs]) for row in rows(runs)]
    lines += [run.text for run in sorted(runs, key=_order) if not run.upright]
    return joined(lines)


def _order(run: Run) -> int:
    return run.order


def used(groups: Iterable[Iterable[Run]]) -> frozenset[int]:
    """The order of every run in some groups."""
    return frozenset([run.order for group in groups for run in group])
