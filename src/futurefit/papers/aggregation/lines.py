"""A table seen along one axis: its lines, and what crosses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd, log2

from futurefit.papers.aggregation.evidence import Axis
from futurefit.papers.aggregation.reading import Numbers, is_years

_TELLING = 3  # different figures below which lines may be alike by chance


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table (rows for DOWN, columns for ACROSS), each with a value per crossing.

    `filled` has nought for None; `grains` the greatest power of ten that divides a value (nought
    and None have 0, which says nothing); `numeric` the lines that hold a number at all, `labelled`
    those that hold words. `coarse` is the greatest number that divides all of a line (some counts
    are rounded to fives), `weights` the share of its crossings that hold an amount.
    """

    axis: Axis
    values: tuple[tuple[int | None, ...], ...]
    filled: tuple[tuple[int, ...], ...]
    units: tuple[tuple[int, ...], ...]
    grains: tuple[tuple[int, ...], ...]
    numeric: tuple[int, ...]
    decimals: int
    labelled: tuple[bool, ...]
    coarse: tuple[int, ...]
    weights: tuple[float, ...]

    @property
    def crossings(self) -> int:
        """How many lines of the other kind there are."""
        return len(self.values[0]) if self.values else 0

    def shares(self) -> frozenset[int]:
        """Lines of fractions of one, where other lines hold greater numbers."""
        one = 10**self.decimals
        small, great = set(), False
        for line in self.numeric:
            told = [abs(value) for value in self.filled[line] if value]
            if told and max(told) <= one and sum(value < one for value in told) * 2 > len(told):
                small.add(line)
            elif told:
                great = True
        return frozenset(small) if great else frozenset()

    def originals(self) -> dict[int, int]:
        """Lines that repeat an earlier one, figure for figure, with that one."""
        first: dict[tuple[int, ...], int] = {}
        return {
            line: earlier
            for line in self.numeric
            if (earlier := first.setdefault(self.filled[line], line)) != line
            and len(set(self.filled[line])) > _TELLING
        }

    def rarity(self, line: int) -> dict[int, float]:
        """Bits that the figures which a line repeats are worth: how rare they are in it."""
        counts = Counter(value for value in self.values[line] if value is not None)
        told = counts.total()
        return {value: log2(told / count) for value, count in counts.items() if count > 1}

    def telling(self, most: int) -> list[int]:
        """Crossings with two numbers or more, spread evenly, at most so many."""
        counts = [0] * self.crossings
        for line in self.numeric:
            for place, value in enumerate(self.filled[line]):
                if value:
                    counts[place] += 1
        able = [place for place, count in enumerate(counts) if count > 1]
        if len(able) <= most:
            return able
        return [able[n * len(able) // most] for n in range(most)]


def both_ways(numbers: Numbers) -> tuple[Lines, Lines]:
    """The rows and the columns of a table. Lines of years are headings, and are left out."""
    rows = [list(row) for row in numbers.values]
    for place, row in enumerate(rows):
        if is_years(row, numbers.decimals):
            rows[place] = [None] * len(row)
    columns = [list(column) for column in zip(*rows, strict=True)]
    for place, column in enumerate(columns):
        if is_years(column, numbers.decimals):
            columns[place] = [None] * len(column)
    down = list(zip(*columns, strict=True))
    across = [tuple(column) for column in columns]
    return (
        _lines(Axis.DOWN, down, numbers.units, numbers.decimals, numbers.words),
        _lines(
            Axis.ACROSS,
            across,
            list(zip(*numbers.units, strict=True)),
            numbers.decimals,
            list(zip(*numbers.words, strict=True)),
        ),
    )


def _lines(
    axis: Axis,
    values: Sequence[tuple[int | None, ...]],
    units: Sequence[tuple[int, ...]],
    decimals: int,
    words: Sequence[tuple[bool, ...]],
) -> Lines:
    told = [any(value is not None for value in line) for line in values]
    return Lines(
        axis,
        tuple(values),
        tuple(tuple(value or 0 for value in line) for line in values),
        tuple(units),
        tuple(tuple(_grain(value) for value in line) for line in values),
        tuple(n for n, numeric in enumerate(told) if numeric),
        decimals,
        tuple(any(line) for line in words),
        tuple(gcd(*(v for v in line if v)) or 1 for line in values),
        tuple(sum(1 for v in line if v) / max(1, len(line)) for line in values),
    )


def _grain(value: int | None) -> int:
    if not value:
        return 0
    grain = 1
    while not value % 10:
        value //= 10
        grain *= 10
    return grain
