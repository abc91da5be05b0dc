"""What are a document's words, one line after the other, each with its place?

Headings, lines of paragraphs, items and lines of cells, in reading order. A table within a cell
comes where it stands; a converter that repeats it in the cells around it does not make it twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from futurefit.kernel.provenance import Provenance
from futurefit.papers.candidates import Meaning, Said
from futurefit.papers.document import Document, Heading, ListItem, Paragraph, Table, TableCell


class Form(Enum):
    """What a piece is a piece of."""

    HEADING = auto()
    TEXT = auto()
    ITEM = auto()
    CELL = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of words. `level` is a heading's or an item's; `first` is true of the first line of
    its block or cell.
    """

    text: str
    place: Provenance
    form: Form
    level: int = 0
    first: bool = True
    table: Table | None = None
    cell: TableCell | None = None

    def said(self, text: str | None = None, meaning: Meaning = None, doubt: str = "") -> Said:
        """The piece, or some of its words, as something said."""
        words = self.text if text is None else text
        return Said(words, replace(self.place, printed=words), meaning, doubt)


def pieces_of(document: Document) -> tuple[Piece, ...]:
    """Every piece of a document, in reading order."""
    return tuple(_pieces(document))


def _pieces(document: Document) -> Iterator[Piece]:
    nested: dict[int, list[Table]] = {}
    for table in document.tables:
        if table.within is not None:
            nested.setdefault(table.within, []).append(table)
    heading = ""
    for block in document.blocks:
        match block:
            case Heading():
                heading = block.text
                place = Provenance(page=block.page, heading=heading, line=block.line)
                for number, text in _lines(block.text):
                    yield Piece(text, place, Form.HEADING, block.level, first=number == 0)
            case Paragraph():
                for number, text in _lines(block.text):
                    line = block.line + number if document.has_lines else block.line
                    place = Provenance(page=block.page, heading=heading, line=line)
                    yield Piece(text, place, Form.TEXT, first=number == 0)
            case ListItem():
                place = Provenance(page=block.page, heading=heading, line=block.line)
                for number, text in _lines(block.text):
                    yield Piece(text, place, Form.ITEM, block.level, first=number == 0)
            case Table(within=None):
                yield from _of_table(block, nested)


def _of_table(table: Table, nested: dict[int, list[Table]]) -> Iterator[Piece]:
    inner = list(nested.get(table.index, ()))
    repeated = {(cell.line, _spaced(cell.text)) for one in inner for cell in one.cells}
    again = _rows_again(table, inner) if inner else frozenset[int]()
    for cell in table.cells:
        while inner and inner[0].line < cell.line:
            yield from _of_table(inner.pop(0), nested)
        if (cell.line, _spaced(cell.text)) in repeated or cell.row in again:
            continue
        yield from pieces_of_cell(table, cell)
    for one in inner:
        yield from _of_table(one, nested)


def pieces_of_cell(table: Table, cell: TableCell) -> Iterator[Piece]:
    """The lines of a cell."""
    place = table.place(cell)
    for number, text in _lines(cell.text):
        yield Piece(text, place, Form.CELL, first=number == 0, table=table, cell=cell)


def _rows_again(table: Table, inner: Iterable[Table]) -> frozenset[int]:
    """The rows of a table that a converter printed once more, out of a table within it."""
    known = {texts for one in inner for texts in _filled(one).values()}
    return frozenset(row for row, texts in _filled(table).items() if texts in known)


def _filled(table: Table) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for cell in table.cells:
        if cell.text.strip():
            found[cell.row] = (*found.get(cell.row, ()), _spaced(cell.text))
    return found


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> Iterable[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(text.split("\n")) if line.strip())


def row_of(table: Table, row: int) -> list[TableCell]:
    """The cells of a row, from the left."""
    return sorted((cell for cell in table.cells if cell.row == row), key=lambda cell: cell.column)


def rows_of(table: Table) -> dict[int, list[TableCell]]:
    """The cells of every row, from the left; rows from the top."""
    found: dict[int, list[TableCell]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        found.setdefault(cell.row, []).append(cell)
    return found


def right_of(table: Table, cell: TableCell) -> list[TableCell]:
    """The filled cells to the right of a cell, in its row."""
    edge = cell.column + cell.col_span - 1
    return [one for one in row_of(table, cell.row) if one.column > edge and one.text.strip()]
