"""How is a paper drawn again, with what was found marked where it stands? (rule AUD-66)

A table is drawn as it is printed, its heading rows as the headings of its columns. A cell that
spans several stands in the first of them. Nothing is mended: what should stand there is said beside
what does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from futurefit.kernel import report
from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.report import Cell, Column, Row, Shape
from futurefit.papers.document import Aside, Document, Heading, ListItem, Paragraph, Table
from futurefit.papers.grid import Grid, read_grid

Place = tuple[int, int]
"""A row and a column of a table."""

MOST_ROWS = 60
"""A longer table is drawn round its marked rows only."""

_AROUND = 2  # rows before and after a marked one, in a table that is too long to draw whole


def redraw(document: Document) -> tuple[report.Block, ...]:
    """The whole document as blocks of a report, in reading order."""
    blocks: list[report.Block] = []
    for block in document.blocks:
        match block:
            case Heading():
                blocks.append(report.Heading(block.text, min(block.level + 1, 6)))
            case Paragraph():
                blocks.append(report.Paragraph(block.text))
            case ListItem():
                indent = "    " * (block.level - 1)
                blocks.append(report.Paragraph(f"{indent}{block.marker or '–'} {block.text}"))
            case Aside():
                marker = f" {block.marker}" if block.marker else ""
                blocks.append(report.Paragraph(f"[{block.kind.value}{marker}] {block.text}"))
            case Table():
                blocks.append(redraw_table(block))
    return tuple(blocks)


def marks_of(findings: Iterable[Finding]) -> dict[int, dict[Place, str]]:
    """What to mark in each table: by row and column, what should stand there and the rule."""
    marks: dict[int, dict[Place, str]] = {}
    for finding in findings:
        place = finding.place
        if place.table and place.row and place.column and finding.severity is not Severity.NOTE:
            said = f"should be {finding.expected}" if finding.expected else finding.severity.value
            there = marks.setdefault(place.table, {})
            at = (place.row, place.column)
            there[at] = "; ".join(filter(None, (there.get(at), f"{said} ({finding.code})")))
    return marks


def redraw_table(table: Table, marks: Mapping[Place, str] | None = None) -> report.Table:
    """One table, with marks where something was found; a long one only around its marks."""
    marks = marks or {}
    grid = _grid(table)
    head = min(grid.head, min((row for row, _ in marks), default=grid.head + 1) - 1)
    marked = {row for row, _ in marks}
    rows = list(range(head + 1, grid.height + 1))
    if len(rows) > MOST_ROWS and marks:
        rows = [row for row in rows if any(abs(row - one) <= _AROUND for one in marked)]
    left_out = grid.height - head - len(rows)
    return report.Table(
        title=_title(table),
        columns=tuple(_column(grid, column, head) for column in range(1, grid.width + 1)),
        rows=tuple(
            Row(
                tuple(_cell(grid, (row, column), marks) for column in range(1, grid.width + 1)),
                emphasis=row in grid.bold_rows,
            )
            for row in rows
        ),
        notes=(f"{left_out:,} rows without marks are left out.",) if left_out else (),
    )


@lru_cache(maxsize=64)
def _grid(table: Table) -> Grid:
    return read_grid(table)


def _title(table: Table) -> str:
    """What the table is called, and where it is."""
    where = f", page {table.page}" if table.page else ""
    sheet = f", sheet {table.sheet}" if table.sheet and table.sheet != table.heading else ""
    heading = f": {table.heading}" if table.heading else ""
    return f"Table {table.index}{where}{sheet}{heading}"


def _column(grid: Grid, column: int, head: int) -> Column:
    """A column's heading: every word of the heading rows over it."""
    words = grid.heads_of[0].get(column, "").replace(" | ", " ") if head == grid.head else ""
    shape = Shape.COUNT if column in grid.columns else Shape.WORDS
    return Column(f"column_{column}", words or f"Column {column}", shape)


def _cell(grid: Grid, place: Place, marks: Mapping[Place, str]) -> Cell:
    cell = grid.cells.get(place)
    mark = marks.get(place, "")
    return Cell(cell.text if cell else None, note=f"◄ {mark}" if mark else "", marked=bool(mark))
