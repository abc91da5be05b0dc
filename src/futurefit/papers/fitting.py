"""Does a figure fit those beside it in its table? (rule AUD-34)

What a figure should be about is told by the nearest figures of its row, each brought to the size of
its own column. How near that comes differs from table to table: the years of one levy differ by a
twentieth, the wards of a county by ten times. So it is measured in the table itself, by how near
the other figures of the same row come, and says the more, the nearer.
"""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from math import log

from futurefit.papers.arithmetic import TableArithmetic
from futurefit.papers.figures import Figure

Place = tuple[int, int]

_NEIGHBOURS = 4  # figures of the same row that a figure is compared with
_MOST_ROWS = 200  # that the size of a column is measured in
_USUAL = 0.5  # by how much figures are off what is expected of them, as a logarithm
_WORTH = 1  # figures that the usual spread counts as, beside those of the row
_LEAST = 0.05  # spread of a row, however near its figures come
_OTHER_SIGN = 1.0  # that a sign unlike the one expected counts as
_MOST_TOLD = 20.0  # times that the figures beside it make a suspect likelier, or less likely
_FAR, _UNFIT = 3, 0.3  # spreads from what is expected, and how likely a blank is to be that far


class Neighbours:
    """The figures of a table as what each other's size is judged by."""

    def __init__(self, arithmetic: TableArithmetic) -> None:
        self.placed = arithmetic.placed
        self.columns = arithmetic.grid.columns
        self.rows = arithmetic.grid.rows[:_MOST_ROWS]
        self._sizes: dict[int, list[float]] = {}
        self._found: dict[Place, float | None] = {}

    def tell(self, place: Place, printed: Decimal | None, meant: Decimal) -> float:
        """How many times better `meant` fits a place than what is printed there (None: nothing).

        1 where nothing beside it tells.
        """
        expected = self._expected(place)
        if expected is None or not meant:
            return 1.0
        spread = self._spread(place)
        if printed is None:
            return 1.0 if _distance(meant, expected) < _FAR * max(spread, _USUAL) else _UNFIT
        if not printed:
            return 1.0
        told = _likely(_distance(meant, expected) / spread) / _likely(
            _distance(printed, expected) / spread
        )
        return max(1 / _MOST_TOLD, min(_MOST_TOLD, told))

    def _spread(self, place: Place) -> float:
        """By how much the other figures of a row are off what is expected of them."""
        row = place[0]
        apart = sorted(
            _distance(figure.value, expected)
            for other in self._beside(place)
            if (figure := self.placed[row, other]).value
            and (expected := self._expected((row, other))) is not None
        )
        if not apart:
            return _USUAL
        middle = apart[len(apart) // 2]
        return max(_LEAST, (middle * len(apart) + _USUAL * _WORTH) / (len(apart) + _WORTH))

    def _beside(self, place: Place) -> list[int]:
        """The nearest columns with a figure in the same row."""
        row, column = place
        beside = [
            (abs(other - column), other)
            for other in self.columns
            if other != column and (figure := self.placed.get((row, other))) and figure.value
        ]
        return [other for _, other in sorted(beside)[:_NEIGHBOURS]]

    def _expected(self, place: Place) -> float | None:
        """About what a figure should be, by the nearest figures of its row and their columns."""
        if place not in self._found:
            row, column = place
            mine = self._size(column, row)
            sizes = []
            for other in self._beside(place):
                theirs = self._size(other, row)
                if mine and theirs:
                    sizes.append(float(self.placed[row, other].value) * mine / theirs)
            sizes.sort()
            self._found[place] = (sizes[len(sizes) // 2] or None) if sizes else None
        return self._found[place]

    def _size(self, column: int, besides: int) -> float:
        """The middle size of a column's figures, one row left out."""
        if column not in self._sizes:
            self._sizes[column] = sorted(
                _size_of(figure)
                for row in self.rows
                if (figure := self.placed.get((row, column))) is not None and figure.value
            )
        found = self._sizes[column]
        out = self.placed.get((besides, column))
        if out is None or not out.value or besides not in self.rows:
            return found[len(found) // 2] if found else 0.0
        left = len(found) - 1
        middle = left // 2
        if not left:
            return 0.0
        return found[middle + (bisect_left(found, _size_of(out)) <= middle)]


def _size_of(figure: Figure) -> float:
    return abs(float(figure.value))


def _distance(value: Decimal, expected: float) -> float:
    apart = abs(log(abs(float(value)) / abs(expected)))
    return apart + (_OTHER_SIGN if (value < 0) != (expected < 0) else 0.0)


def _likely(spreads: float) -> float:
    """How likely a figure is so many spreads from what is expected (Student's t, 2 degrees)."""
    return float((1 + spreads * spreads / 2) ** -1.5)
