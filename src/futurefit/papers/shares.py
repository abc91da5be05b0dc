"""Which printed percentages are shares of which amounts? (rule AUD-18)

A percentage beside an amount is taken for a share of its column's total, of its block's, or of its
row's, where the table as a whole bears that out. Printed amounts are themselves rounded, so that a
share lies in a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from futurefit.kernel.money import round_half_up
from futurefit.papers import labels
from futurefit.papers.arithmetic import TableArithmetic, column_rank
from futurefit.papers.figures import Figure
from futurefit.papers.grid import Grid
from futurefit.papers.printed import Kind

HUNDRED = Decimal(100)
_SAMPLE = 300  # percentages that are enough to believe a reading by
_MOST_TRIED = 12  # total rows, and total columns, that are tried as the whole
_FEWEST = 3  # percentages that must agree before a reading of them is believed
_MOST = Decimal("0.7")  # share of them that must
_UNIT_WORDS = re.compile(
    r"%|per ?cent(age)?s?|\bpct\b|£\s*['’]?\s*(?:0{3}|k|m)?['’]?s?|_[km]\b|\(\s*\)"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A printed percentage with the amount and the whole that it is a share of."""

    printed: Figure
    amount: Figure
    whole: Figure

    @property
    def exact(self) -> Decimal:
        """The share of the printed amounts, per cent."""
        return self.amount.value / self.whole.value * HUNDRED

    @property
    def least_and_most(self) -> tuple[Decimal, Decimal]:
        """The range that the share lies in, the printed amounts being rounded."""
        ends = [
            (self.amount.value + up * self.amount.half)
            / (self.whole.value + down * self.whole.half)
            * HUNDRED
            for up in (-1, 1)
            for down in (-1, 1)
        ]
        return min(ends), max(ends)

    @property
    def agrees(self) -> bool:
        """Whether the printed amounts give the printed percentage."""
        return self.rounded == self.printed.value

    @property
    def can_arise(self) -> bool:
        """Whether any amounts that are printed so give the printed percentage."""
        if abs(self.whole.value) <= self.whole.half:
            return False
        least, most = self.least_and_most
        half = self.printed.half
        return self.printed.value - half <= most and least <= self.printed.value + half

    @property
    def rounded(self) -> Decimal:
        """The share as it should be printed, rounded half up."""
        return round_half_up(self.exact, self.printed.places)

    def with_values(self, meant: Mapping[int, Decimal]) -> Share:
        """The share of other values, given by the identity of the figures that they are for."""
        return replace(
            self,
            amount=replace(self.amount, value=meant.get(id(self.amount), self.amount.value)),
            whole=replace(self.whole, value=meant.get(id(self.whole), self.whole.value)),
        )


_Place = tuple[int, int]
_Pairs = list[tuple[Figure, _Place]]


def read_shares(arithmetic: TableArithmetic) -> list[Share]:
    """The percentages as shares, as most of them bear out; none if nothing is borne out.

    Each reading pairs a percentage with its amount and names the whole that goes with the amount.
    """
    grid = arithmetic.grid
    best: tuple[int, _Pairs, _Whole] | None = None
    for pairs in (_beside_columns(grid), _beside_rows(grid)):
        sample = pairs[:: -(-len(pairs) // _SAMPLE) or 1]
        for whole in _wholes(arithmetic):
            shares = list(_shares(grid, sample, whole))
            agreeing = sum(1 for share in shares if share.can_arise)
            believed = agreeing >= _FEWEST and agreeing >= _MOST * len(shares)
            if believed and (best is None or agreeing > best[0]):
                best = agreeing, pairs, whole
    return list(_shares(grid, best[1], best[2])) if best else []


def _beside_columns(grid: Grid) -> _Pairs:
    """Each percentage in a column with the amount in its row, in the column that goes with it."""
    kinds = _main_kinds(grid)
    amounts = [column for column in grid.columns if kinds.get(column) is Kind.NUMBER]
    named = {_bare_name(grid.head_name(column)): column for column in amounts}
    beside: dict[int, int] = {}
    for column in grid.columns:
        if kinds.get(column) is Kind.PERCENT and amounts:
            before = [amount for amount in amounts if amount < column] or amounts
            beside[column] = named.get(_bare_name(grid.head_name(column)), before[-1])
    return [
        (figure, (row, beside[column]))
        for (row, column), figure in grid.figures.items()
        if figure.kind is Kind.PERCENT and column in beside
    ]


def _beside_rows(grid: Grid) -> _Pairs:
    """Each percentage in a row with the amount above it, in the nearest row of amounts."""
    above: dict[int, int] = {}
    last = 0
    by_row: dict[int, list[Kind]] = {}
    for (row, _), figure in grid.figures.items():
        by_row.setdefault(row, []).append(figure.kind)
    for row in grid.rows:
        kinds = by_row.get(row, [])
        if Kind.NUMBER in kinds:
            last = row
        elif Kind.PERCENT in kinds and last:
            above[row] = last
    return [
        (figure, (above[row], column))
        for (row, column), figure in grid.figures.items()
        if figure.kind is Kind.PERCENT and row in above
    ]


def _main_kinds(grid: Grid) -> dict[int, Kind]:
    """What each column mostly holds: amounts or percentages."""
    counts: dict[int, int] = {}
    for (_, column), figure in grid.figures.items():
        step = {Kind.NUMBER: 1, Kind.PERCENT: -1}.get(figure.kind, 0)
        counts[column] = counts.get(column, 0) + step
    return {
        column: Kind.NUMBER if count > 0 else Kind.PERCENT
        for column, count in counts.items()
        if count
    }


def _bare_name(heading: str) -> str:
    """A heading without its unit: "DASH £'000" and "DASH %" are one."""
    return " ".join(_UNIT_WORDS.sub(" ", heading.lower()).split())


@dataclass(frozen=True, slots=True)
class _Whole:
    """Where the whole of an amount stands: in one row, in one column, or in its own total."""

    row: int = 0
    column: int = 0
    totals: Mapping[int, int] | None = None

    def place(self, amount: _Place) -> _Place:
        row, column = amount
        if self.totals is not None:
            return self.totals.get(row, 0), column
        return self.row or row, self.column or column


def _wholes(arithmetic: TableArithmetic) -> Iterator[_Whole]:
    """The wholes to try: total rows, rows of 100%, total columns, and each row's own total."""
    grid = arithmetic.grid
    rows = {row for row in grid.rows if labels.rank(grid.own_labels(row))}
    rows |= {
        row
        for (row, _), figure in grid.figures.items()
        if figure.kind is Kind.PERCENT and figure.value == HUNDRED
    }
    for row in sorted(rows)[:_MOST_TRIED]:
        yield _Whole(row=row)
    for column in [column for column in grid.columns if column_rank(grid, column)][:_MOST_TRIED]:
        yield _Whole(column=column)
    totals = {part: found.total for found in arithmetic.down for part in found.parts}
    if totals:
        yield _Whole(totals=totals)


def _shares(grid: Grid, pairs: _Pairs, whole: _Whole) -> Iterator[Share]:
    """The shares of one reading, where amount and whole are both printed and differ."""
    for printed, at in pairs:
        amount, of = grid.figures.get(at), grid.figures.get(whole.place(at))
        if (
            amount is not None
            and of is not None
            and amount is not of
            and amount.kind is not Kind.PERCENT
            and of.kind is Kind.NUMBER
            and abs(of.value) > of.half
        ):
            yield Share(printed, amount, of)
