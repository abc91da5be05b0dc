"""Are the printed percentages the shares that they say they are? (rules AUD-18 to AUD-20)

A percentage beside an amount is taken for a share of its column's total, or of its row's, where the
table as a whole bears that out. Printed amounts are themselves rounded, so that a share lies in a
range. Where no share in it rounds to the printed percentage, that cannot arise (AUD-18, an error);
where one does, but not the share of the printed amounts, it can (AUD-19, a note). Percentages that
were rounded one by one need not add to a hundred (AUD-20, a note); forcing them to is how
impossible ones come about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import round_half_up
from futurefit.papers import labels
from futurefit.papers.arithmetic import TableArithmetic, add_up, column_rank, read_arithmetic
from futurefit.papers.audit.wording import cell_name, names, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.grid import Grid
from futurefit.papers.printed import Kind
from futurefit.papers.sums import Status

IMPOSSIBLE, POSSIBLE, NOT_A_HUNDRED = "AUD-18", "AUD-19", "AUD-20"

_HUNDRED = Decimal(100)
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
        return self.amount.value / self.whole.value * _HUNDRED

    @property
    def least_and_most(self) -> tuple[Decimal, Decimal]:
        """The range that the share lies in, the printed amounts being rounded."""
        ends = [
            (self.amount.value + up * self.amount.half)
            / (self.whole.value + down * self.whole.half)
            * _HUNDRED
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
        least, most = self.least_and_most
        half = self.printed.half
        return self.printed.value - half <= most and least <= self.printed.value + half

    @property
    def rounded(self) -> Decimal:
        """The share as it should be printed, rounded half up."""
        return round_half_up(self.exact, self.printed.places)


def check_percentages(document: Document) -> list[Finding]:
    """Percentages that cannot arise, that could, and that do not add to a hundred."""
    findings: list[Finding] = []
    for arithmetic in read_arithmetic(document):
        if any(figure.kind is Kind.PERCENT for figure in arithmetic.grid.figures.values()):
            doubtful = [share for share in _read(arithmetic) if not share.agrees]
            findings += (_share_finding(arithmetic, share) for share in doubtful)
            findings += _not_a_hundred(arithmetic)
    return findings


# --- What they are shares of ----------------------------------------------------------------------

_Place = tuple[int, int]
_Pairs = list[tuple[Figure, _Place]]


def _read(arithmetic: TableArithmetic) -> list[Share]:
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
        if figure.kind is Kind.PERCENT and figure.value == _HUNDRED
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


# --- What is said of them -------------------------------------------------------------------------


def _share_finding(arithmetic: TableArithmetic, share: Share) -> Finding:
    """A percentage that its amounts do not give."""
    least, most = share.least_and_most
    places = share.printed.places + 2
    shown = share.printed.like(share.rounded)
    exact = f"{round_half_up(share.exact, places)}%"
    range_said = f"{round_half_up(least, places)}% and {round_half_up(most, places)}%"
    said = (
        f"{where(arithmetic.table)}: {cell_name(arithmetic, share.printed)} is printed as "
        f"{share.printed.cell.text}; {share.amount.cell.text} of {share.whole.cell.text} is "
        f"{exact}, which rounds to {shown}."
    )
    if share.can_arise:
        return Finding(
            code=POSSIBLE,
            severity=Severity.NOTE,
            message=(
                f"{said} Amounts that round to the printed ones can give it: the share lies "
                f"between {range_said}."
            ),
            place=arithmetic.table.place(share.printed.cell),
            printed=share.printed.cell.text,
            expected=shown,
            difference=share.printed.like(share.printed.value - share.rounded),
            advice="Say whether percentages were worked out before the amounts were rounded.",
            confidence=0.3,
        )
    return Finding(
        code=IMPOSSIBLE,
        severity=Severity.ERROR,
        message=f"{said} Rounding cannot give it: the share lies between {range_said}.",
        place=arithmetic.table.place(share.printed.cell),
        printed=share.printed.cell.text,
        expected=shown,
        difference=share.printed.like(share.printed.value - share.rounded),
        advice=(
            "Print the percentage as it rounds. If percentages were changed to add to 100, let "
            "them not add, and say that this is due to rounding."
        ),
        confidence=0.95,
    )


def _not_a_hundred(arithmetic: TableArithmetic) -> Iterator[Finding]:
    """Columns or rows of percentages that do not add to the 100% printed."""
    added = add_up(arithmetic.grid, Kind.PERCENT)
    for found in added.sums:
        for check in found.checks:
            total = check.total
            if not found.proven or total is None or total.value != _HUNDRED:
                continue
            if check.status not in (Status.ROUNDED, Status.BROKEN):
                continue
            what, _ = names(arithmetic, found, check)
            yield Finding(
                code=NOT_A_HUNDRED,
                severity=Severity.NOTE,
                message=(
                    f"{where(arithmetic.table)}: the percentages of {what} add to "
                    f"{total.like(check.expected)}, not {total.cell.text}."
                ),
                place=arithmetic.table.place(total.cell),
                printed=total.cell.text,
                expected=total.like(check.expected),
                difference=total.like(check.difference),
                advice="Say under the table that percentages are rounded and need not add to 100.",
                confidence=0.2,
            )
