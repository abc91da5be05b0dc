"""How is a table laid out on a sheet of paper, so that no figure is cut? (rules PUB-08, PUB-09)

Word and PDF share the answer: the width of each column, the size of the letters, and whether the
sheet lies on its side. Lengths are millimetres, on A4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from futurefit.kernel.report import Block, Report, Row, Shape, Table
from futurefit.publishing.printing import NUMBERS, heading, print_value

MARGIN_MM = 20
LONGEST_WORD = 24
"""Characters; a longer word, such as a digest, may be parted."""

_WHOLE_ROW = 1000  # characters of the longest cell; a row with more may go over to the next page

_UPRIGHT_MM, _LYING_MM = 210 - 2 * MARGIN_MM, 297 - 2 * MARGIN_MM
_LETTERS_PT = 9.0
_LETTER_MM, _PADDING_MM = 1.9, 4.2  # of a letter of that size, and beside the words of a column
_LONGEST_LINE = 90  # characters that a column of words may ask for
_MANY = 9  # columns; a table with more is easier to read on a sheet on its side
_SMALLEST_PT = 8.0  # letters of an upright sheet; before they are smaller it lies on its side


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide each column is, and how large the letters are that then fit."""

    widths_mm: tuple[float, ...]
    letters_pt: float


def lies_on_its_side(document: Report | Table) -> bool:
    """Whether some table of the document is too wide for an upright sheet."""
    blocks: tuple[Block, ...] = (document,) if isinstance(document, Table) else document.blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    fits = _UPRIGHT_MM * _LETTERS_PT / _SMALLEST_PT
    return any(len(table.columns) > _MANY for table in tables) or any(
        sum(need for need, _ in _columns(table)) > fits for table in tables
    )


def lay_out(table: Table, on_its_side: bool) -> Layout:
    """Room for the longest word of each column, and more for those that hold more.

    Where even the longest words do not fit, the letters become smaller: no figure is broken.
    """
    room = _LYING_MM if on_its_side else _UPRIGHT_MM
    columns = list(_columns(table))
    needed = sum(need for need, _ in columns)
    if needed > room:
        scale = room / needed
        return Layout(tuple(need * scale for need, _ in columns), _LETTERS_PT * scale)
    share = (room - needed) / max(sum(want for _, want in columns), 1)
    return Layout(tuple(need + share * want for need, want in columns), _LETTERS_PT)


def stays_whole(table: Table, row: Row) -> bool:
    """Whether a row is short enough to be kept on one page."""
    return all(
        len(print_value(cell.value, column.shape, table.unit)) + len(cell.note) <= _WHOLE_ROW
        for column, cell in zip(table.columns, row.cells, strict=True)
    )


def _columns(table: Table) -> Iterator[tuple[float, int]]:
    """Of each column: the least width, and how many letters its longest line has.

    Figures and days stay on one line; words may be parted between words.
    """
    for place, column in enumerate(table.columns):
        title = heading(column, table.unit)
        longest_word, longest_line = _longest(title), len(title)
        is_whole = column.shape in NUMBERS or column.shape is Shape.DATE
        for row in table.rows:
            cell = row.cells[place]
            text = print_value(cell.value, column.shape, table.unit)
            word = len(text.partition(", ")[0]) if is_whole else _longest(text)
            longest_word = max(longest_word, word, _longest(cell.note))
            longest_line = max(longest_line, len(text) + len(cell.note))
        need = _PADDING_MM + _LETTER_MM * min(longest_word, LONGEST_WORD)
        yield need, min(longest_line, _LONGEST_LINE) + 1


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=1)
