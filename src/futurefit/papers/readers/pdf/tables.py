"""Which tables stand on a page? (rule AUD-23)"""

from __future__ import annotations

from futurefit.papers.readers.pdf.found import Found
from futurefit.papers.readers.pdf.grids import Grid, Line, across, down, grids
from futurefit.papers.readers.pdf.page import Page
from futurefit.papers.readers.pdf.ruled import ruled
from futurefit.papers.readers.pdf.unruled import unruled

MOST_RUNS = 20_000
"""A page with more was made to hold up its readers: its words are read, and no tables sought."""


def tables(page: Page) -> list[Found]:
    """The tables of a page, from the top down; one nested in a cell after the one it stands in."""
    if len(page.runs) > MOST_RUNS:
        return []
    flat, tall = across(page.across), down(page.down)
    drawn = grids(flat, tall)
    left = page.runs
    found: list[Found] = []
    # The innermost first, so that what stands in a table within a cell is not read twice.
    for grid in sorted(drawn, key=_area):
        table = ruled(grid, left)
        if table is not None:
            found.append(table)
            left = [run for run in left if run.order not in table.used]
    spare = _spare(flat, drawn)
    found += unruled(left, spare)
    found.sort(key=lambda table: (table.top, table.left, -table.bottom))
    return [table._replace(within=_within(table, found)) for table in found]


def _area(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _spare(flat: list[Line], drawn: list[Grid]) -> list[Line]:
    """The lines across the page that belong to no grid."""
    taken = {line for grid in drawn for line in grid.across}
    return [line for line in flat if line not in taken]


def _within(table: Found, found: list[Found]) -> int | None:
    """The smallest other table around a table."""
    around = [
        (other.right - other.left, at)
        for at, other in enumerate(found)
        if other is not table
        and other.left - 2 <= table.left
        and table.right <= other.right + 2
        and other.top - 2 <= table.top
        and table.bottom <= other.bottom + 2
        and (other.right - other.left, other.bottom - other.top)
        > (table.right - table.left, table.bottom - table.top)
    ]
    return min(around)[1] if around else None
