"""What stands in a CSV file, as spreadsheets and councils save it? (rule AUD-04)

One file may hold several tables with titles above them. The delimiter is found, not asked for.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from futurefit.papers.document import Block, Document, Heading, Table, TableCell, Unreadable
from futurefit.papers.printed import is_number
from futurefit.papers.readers.decoding import decode
from futurefit.papers.readers.html import MOST_CELLS

_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 50  # lines looked at to find the delimiter
_LONGEST_CELL = 131_072  # characters; the standard library's own limit

_TITLE_LEVEL = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the file with the line that it starts on."""

    line: int
    texts: list[str]

    @property
    def filled(self) -> int:
        return sum(1 for text in self.texts if text)


@dataclass(slots=True)
class _Part:
    """The rows of one table, and whether a figure has been seen in them."""

    rows: list[_Line] = field(default_factory=list)
    figures: bool = False

    def add(self, row: _Line) -> None:
        self.rows.append(row)
        self.figures = self.figures or _has_figure(row)


def read(name: str, sha256: str, data: bytes) -> Document:
    """Read a CSV file into a Document."""
    text, findings = decode(name, data)
    try:
        rows = _rows(name, text)
    except csv.Error as error:
        raise Unreadable(
            f"{name} cannot be read as CSV ({error}). Look for a quotation mark without its pair, "
            f"or a cell of more than {_LONGEST_CELL:,} characters."
        ) from None
    blocks: list[Block] = []
    index = 0
    for part in _parts(rows):
        titles: list[str] = []
        while len(part.rows) > 1 and part.rows[0].filled == 1 and not _has_figure(part.rows[0]):
            row = part.rows.pop(0)
            titles += filter(None, row.texts)
            blocks.append(Heading(titles[-1], _TITLE_LEVEL, row.line))
            while part.rows and not part.rows[0].filled:
                part.rows.pop(0)
        if part.rows:
            index += 1
            blocks.append(_table(index, part.rows, " – ".join(titles)))
    return Document(name, sha256, tuple(blocks), findings)


def _rows(name: str, text: str) -> list[_Line]:
    """The rows, their cells stripped of the space around them."""
    rows: list[_Line] = []
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), skipinitialspace=True)
    before = cells = 0
    for texts in reader:
        cells += max(1, len(texts))
        if cells > MOST_CELLS:
            raise Unreadable(f"{name} holds more than {MOST_CELLS:,} cells. Split it.")
        rows.append(_Line(before + 1, [cell.strip() for cell in texts]))
        before = reader.line_num
    return rows


def _delimiter(text: str) -> str:
    r"""The character that cuts the first lines into equal numbers of cells, best into many.

    >>> _delimiter("a;b;c\n1,5;2,5;3"), _delimiter("one, two\nthree")
    (';', ',')
    """
    lines = [line for line in text[:_LONGEST_CELL].split("\n", _SNIFFED)[:_SNIFFED] if line]
    best, chosen = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=delimiter)]
        cut = [count for count in counts if count > 0]
        usual = max(set(cut), key=lambda count: (cut.count(count), count), default=0)
        score = (cut.count(usual) / len(counts), usual)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _has_figure(row: _Line) -> bool:
    return any(is_number(text) for text in row.texts)


def _parts(rows: list[_Line]) -> Iterator[_Part]:
    """The rows of each table.

    A blank row ends a table when what follows is headed anew: titles, or words over several
    columns. Otherwise it only spaces the rows of one table.
    """
    part = _Part()
    for place, row in enumerate(rows):
        if row.filled:
            if part.rows and not part.rows[-1].filled and part.figures and _heads(rows, place):
                yield part
                part = _Part()
            part.add(row)
        elif part.rows:
            part.add(row)
    yield part


def _heads(rows: list[_Line], place: int) -> bool:
    """Whether a new table starts at this row: words over two columns or more, after any titles."""
    for row in rows[place : place + 10]:
        if _has_figure(row):
            return False
        if row.filled > 1:
            return True
    return False


def _table(index: int, rows: list[_Line], title: str) -> Table:
    """The rows as a table; blank rows at its end belong to nothing."""
    while not rows[-1].filled:
        rows.pop()
    cells = tuple(
        TableCell(number, column, text, row.line)
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row.texts, 1)
    )
    return Table(index, rows[0].line, cells, title)
