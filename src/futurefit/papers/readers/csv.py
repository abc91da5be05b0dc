"""What stands in a CSV file, as spreadsheets and councils save it? (rule AUD-04)

One file may hold several tables with titles above them. The delimiter is found, not asked for.
"""

from __future__ import annotations

import csv
import io

from futurefit.papers.document import Block, Document, Heading, Table, TableCell, Unreadable
from futurefit.papers.readers.blocks import TITLE_LEVEL, Line, parts
from futurefit.papers.readers.decoding import decode
from futurefit.papers.readers.html import MOST_CELLS

_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 50  # lines looked at to find the delimiter
_LONGEST_CELL = 131_072  # characters; the standard library's own limit


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
    for part in parts(rows):
        titles = part.take_titles()
        blocks += [Heading(text, TITLE_LEVEL, line) for line, text in titles]
        if part.rows:
            index += 1
            blocks.append(_table(index, part.rows, " – ".join(text for _, text in titles)))
    return Document(name, sha256, tuple(blocks), findings)


def _rows(name: str, text: str) -> list[Line]:
    """The rows, their cells stripped of the space around them."""
    rows: list[Line] = []
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), skipinitialspace=True)
    before = cells = 0
    for texts in reader:
        cells += max(1, len(texts))
        if cells > MOST_CELLS:
            raise Unreadable(f"{name} holds more than {MOST_CELLS:,} cells. Split it.")
        rows.append(Line(before + 1, [cell.strip() for cell in texts]))
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


def _table(index: int, rows: list[Line], title: str) -> Table:
    """The rows as a table; blank rows at its end belong to nothing."""
    while not rows[-1].filled:
        rows.pop()
    cells = tuple(
        TableCell(number, column, text, row.line)
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row.texts, 1)
    )
    return Table(index, rows[0].line, cells, title)
