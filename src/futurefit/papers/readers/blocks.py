"""Which rows of a sheet are one table, and which only its titles? (rule AUD-04)

A blank row ends a table where what follows is headed anew; else it only spaces the rows of one
table. Rows of one filled cell above a table are its titles. The readers of CSV and of workbooks
both ask this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from futurefit.papers.printed import is_number

TITLE_LEVEL = 2
_LOOKED_AHEAD = 10  # rows


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file with the line that it starts on."""

    line: int
    texts: list[str]

    @property
    def filled(self) -> int:
        """How many of its cells hold something."""
        return sum(1 for text in self.texts if text)


@dataclass(slots=True)
class Part:
    """The rows of one table, and whether a figure has been seen in them."""

    rows: list[Line] = field(default_factory=list)
    figures: bool = False

    def add(self, row: Line) -> None:
        """Take in the next row."""
        self.rows.append(row)
        self.figures = self.figures or has_figure(row)

    def take_titles(self) -> list[tuple[int, str]]:
        """Take off the titles above the table, and the blank rows between: line and text."""
        titles: list[tuple[int, str]] = []
        while len(self.rows) > 1 and self.rows[0].filled == 1 and not has_figure(self.rows[0]):
            row = self.rows.pop(0)
            titles += [(row.line, text) for text in row.texts if text]
            while self.rows and not self.rows[0].filled:
                self.rows.pop(0)
        return titles


def has_figure(row: Line) -> bool:
    """Whether one of the cells is a figure."""
    return any(is_number(text) for text in row.texts)


def parts(rows: Sequence[Line]) -> Iterator[Part]:
    """The rows of each table.

    A blank row ends a table when what follows is headed anew: titles, or words over several
    columns. Otherwise it only spaces the rows of one table.
    """
    part = Part()
    for place, row in enumerate(rows):
        if row.filled:
            if part.rows and not part.rows[-1].filled and part.figures and _heads(rows, place):
                yield part
                part = Part()
            part.add(row)
        elif part.rows:
            part.add(row)
    yield part


def _heads(rows: Sequence[Line], place: int) -> bool:
    """Whether a new table starts at this row: words over two columns or more, after any titles."""
    for row in rows[place : place + _LOOKED_AHEAD]:
        if has_figure(row):
            return False
        if row.filled > 1:
            return True
    return False
