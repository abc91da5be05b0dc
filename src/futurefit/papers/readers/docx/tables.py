"""Which cells does a table of a Word file hold? (rule AUD-25)

Merged cells are one cell with its spans; only its first part shows, so words left in another part
count as hidden. Rows marked as deleted are left out. Rows that repeat on every page are headings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from futurefit.papers.document import TableCell
from futurefit.papers.readers.docx.names import (
    CUSTOM,
    DEL,
    INS,
    MOVE_TO,
    SDT,
    SDT_CONTENT,
    TC,
    TR,
    VAL,
    W,
    number,
    switch,
    tick,
    value,
)
from futurefit.papers.readers.docx.seen import Seen
from futurefit.papers.readers.docx.styles import Styles

Fill = Callable[[Element, bool], tuple[str, bool, list[Element]]]
"""Reads a cell, given whether its style is bold: text, whether all is bold, tables in it."""

_MOST_COLUMNS = 1_000  # Word itself stops at 63
_TR_PR, _TC_PR, _TBL_PR = f"{W}trPr", f"{W}tcPr", f"{W}tblPr"
_TBL_HEADER, _GRID_BEFORE = f"{W}tblHeader", f"{W}gridBefore"
_GRID_SPAN, _DOWN, _ACROSS = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_STARTS, _GOES_ON = "restart", "continue"
_EDGES = {
    "firstRow": ("firstRow", 0x20),
    "lastRow": ("lastRow", 0x40),
    "firstCol": ("firstColumn", 0x80),
    "lastCol": ("lastColumn", 0x100),
}
"""What a table calls its edges, and their bits in the older form."""
_WRAPPERS = frozenset({SDT, SDT_CONTENT, CUSTOM, INS, MOVE_TO})


@dataclass(slots=True)
class Rows:
    """The cells of one table as they are read."""

    cells: list[TableCell] = field(default_factory=list)
    nested: list[Element] = field(default_factory=list)
    last: int = 0
    places: int = 0
    """Grid places that were filled, spans included."""
    _above: dict[int, int] = field(default_factory=dict)
    """By column: the place in `cells` of the merged cell that the next row may go on from."""

    def add(self, cell: TableCell, down: str, across: str, seen: Seen) -> None:
        """Add a cell, or let a merged one before or above it take it in."""
        column = cell.column
        before = None
        if down == _GOES_ON:
            before = self._above.get(column)
        elif across == _GOES_ON and self.cells and self.cells[-1].row == cell.row:
            before = len(self.cells) - 1
        if before is None:
            if self._above:
                for covered in range(column, column + cell.col_span):
                    self._above.pop(covered, None)
            if down:
                self._above[column] = len(self.cells)
            self.cells.append(cell)
            return
        over = self.cells[before]
        if down == _GOES_ON:
            self.cells[before] = over._replace(row_span=cell.row - over.row + 1)
        else:
            self.cells[before] = over._replace(col_span=over.col_span + cell.col_span)
        if cell.text:
            seen.note("hidden", cell.text)


def read_rows(
    table: Element, styles: Styles, seen: Seen, next_line: Callable[[], int], fill: Fill
) -> Rows:
    """The cells of a table, in order."""
    found = Rows()
    rows = [row for row in within(table, TR) if not _is_deleted(row, seen)]
    bold_edges = _bold_edges(table, styles)
    first_bold, last_bold = "firstCol" in bold_edges, "lastCol" in bold_edges
    heads = True
    for place, row in enumerate(rows, 1):
        properties = row.find(_TR_PR)
        heads = heads and bool(switch(properties, _TBL_HEADER))
        line = next_line()
        column = 1 + _clamped(value(properties, _GRID_BEFORE), 0)
        row_bold = ("firstRow" in bold_edges and place == 1) or (
            "lastRow" in bold_edges and place == len(rows)
        )
        cells = list(cells_of(row))
        for position, (cell, box) in enumerate(cells, 1):
            span, down, across = _merging(cell.find(_TC_PR))
            bold_style = (
                row_bold or (first_bold and position == 1) or (last_bold and position == len(cells))
            )
            text, bold, nested = (box, False, []) if box else fill(cell, bold_style)
            if nested:
                found.nested += nested
            made = TableCell(place, column, text, line, 1, span, bold, heads)
            found.add(made, down, across, seen)
            column += span
            found.places += span
    found.last = len(rows)
    return found


def _is_deleted(row: Element, seen: Seen) -> bool:
    """Whether a row is marked as deleted; marks of whole rows are counted."""
    properties = row.find(_TR_PR)
    if properties is None:
        return False
    if properties.find(INS) is not None:
        seen.note("inserted")
    if properties.find(DEL) is None:
        return False
    seen.note("deleted", " ".join(text.text or "" for text in row.iter(f"{W}delText")))
    return True


def _bold_edges(table: Element, styles: Styles) -> frozenset[str]:
    """Which edges of a table its style makes bold, of those that the table asks for."""
    properties = table.find(_TBL_PR)
    style = value(properties, f"{W}tblStyle")
    look = properties.find(f"{W}tblLook") if properties is not None else None
    if style is None or look is None:
        return frozenset()
    try:
        bits = int(look.get(VAL, "0"), 16)
    except ValueError:
        bits = 0
    asked = {
        edge
        for edge, (name, bit) in _EDGES.items()
        if look.get(f"{W}{name}", "1" if bits & bit else "0") in ("1", "true")
    }
    return styles.bold_edges(style) & asked


def _merging(properties: Element | None) -> tuple[int, str, str]:
    """How many columns a cell takes, and whether it starts or goes on from a merged cell.

    Twice the latter: downwards, and across.
    """
    span, down, across = 1, "", ""
    for one in properties if properties is not None else ():
        if one.tag == _GRID_SPAN:
            span = _clamped(one.get(VAL), 1) or 1
        elif one.tag == _DOWN:
            down = _STARTS if one.get(VAL) == _STARTS else _GOES_ON
        elif one.tag == _ACROSS:
            across = _STARTS if one.get(VAL) == _STARTS else _GOES_ON
    return span, down, across


def _clamped(said: str | None, usual: int) -> int:
    return usual if said is None else max(0, number(said, usual, _MOST_COLUMNS))


def within(holder: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, also those in content controls."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from within(child, tag)


def cells_of(row: Element, box: str = "") -> Iterator[tuple[Element, str]]:
    """The cells of a row; with a box where a content control makes one a tick box."""
    for child in row:
        if child.tag == TC:
            yield child, box
        elif child.tag in _WRAPPERS:
            yield from cells_of(child, tick(child) or box if child.tag == SDT else box)
