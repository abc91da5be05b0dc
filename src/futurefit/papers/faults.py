"""Which one figure is wrong, when several totals fail because of it? (rule AUD-10)

A wrong figure breaks every total that it belongs to, by the same amount; a figure that other totals
bear out is not the wrong one. So the suspect is the figure whose single change mends the most
broken totals and unsettles none. One root cause is one fault, whatever it breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind, read_printed
from futurefit.papers.sums import Check, Direction, Status, Sum

_MOST_WEIGHED = 2_000  # figures in a table's broken totals that are weighed against each other
_MOST_EXCHANGED = 30  # places of one total that are searched for figures out of place
_FEWEST_STALE = 2  # places that a whole total line must fail in to be one fault


@dataclass(frozen=True, slots=True)
class Broken:
    """A total that does not add up."""

    found: Sum
    check: Check
    total: Figure


class Cause(StrEnum):
    """What kind of thing is wrong."""

    FIGURE = "FIGURE"  # one figure
    MISPLACED = "MISPLACED"  # one figure stands where another belongs, or two are exchanged
    LINE = "LINE"  # a whole total line fails: no one figure is the cause


@dataclass(frozen=True, slots=True)
class Fault:
    """One root cause: the figure that is wrong and what it should be.

    `first` is the broken total that it is told by; `others` break for the same cause. `belongs` is
    the row or column that a misplaced figure is missing from.
    """

    arithmetic: TableArithmetic
    suspect: Figure
    expected: Decimal
    first: Broken
    others: tuple[Broken, ...] = ()
    cause: Cause = Cause.FIGURE
    belongs: int = 0

    @property
    def is_total(self) -> bool:
        """Whether the suspect is the printed total itself."""
        return self.suspect is self.first.total

    @property
    def slipped(self) -> Decimal:
        """Printed less expected, of the suspect."""
        return self.suspect.value - self.expected


@lru_cache(maxsize=2)
def read_faults(document: Document) -> tuple[Fault, ...]:
    """The root causes in every table of a document, in reading order."""
    return tuple(
        fault for arithmetic in read_arithmetic(document) for fault in find_faults(arithmetic)
    )


def find_faults(arithmetic: TableArithmetic) -> list[Fault]:
    """The root causes in one table, in the order of their cells."""
    blank = _left_blank(arithmetic.sums)
    adding = _adding(arithmetic)
    broken = [one for found in arithmetic.sums for one in _broken(found, blank, adding)]
    by_sum: dict[int, list[Broken]] = {}
    for one in broken:
        by_sum.setdefault(id(one.found), []).append(one)
    faults: list[Fault] = []
    settled: set[int] = set()
    for failing in by_sum.values():
        found = failing[0].found
        fault = _misplaced(arithmetic, failing)
        if fault is None and _is_stale(found, failing):
            first = failing[0]
            fault = Fault(
                arithmetic, first.total, first.check.expected, first, tuple(failing[1:]), Cause.LINE
            )
        if fault is not None:
            faults.append(fault)
            settled.update(id(one) for one in (fault.first, *fault.others))
    broken = [one for one in broken if id(one) not in settled]
    borne_out = _borne_out(arithmetic.sums)
    while broken and sum(len(one.check.parts) + 1 for one in broken) <= _MOST_WEIGHED:
        fault = _most_telling(arithmetic, broken, borne_out)
        faults.append(fault)
        settled = {id(one) for one in (fault.first, *fault.others)}
        broken = [one for one in broken if id(one) not in settled]
    faults += [
        Fault(arithmetic, one.total, one.check.expected, one)
        for one in broken  # so many that weighing each against all would take too long
    ]
    return sorted(faults, key=lambda fault: (fault.suspect.cell.row, fault.suspect.cell.column))


def _misplaced(arithmetic: TableArithmetic, failing: Sequence[Broken]) -> Fault | None:
    """A figure that one place has too much and another too little, in the parts of one total."""
    if len(failing) > _MOST_EXCHANGED:
        return None
    placed = arithmetic.placed
    for lacking in failing:
        for other in failing:
            gap = lacking.check.difference
            if gap <= 0 or other.check.difference != -gap:
                continue
            for line in (lacking.found.total, *lacking.found.parts):
                here = placed.get(lacking.found.place(other.check.cross, line))
                there = placed.get(lacking.found.place(lacking.check.cross, line))
                sign = -1 if line == lacking.found.total else 1
                if here is not None and sign * (here.value - (there.value if there else 0)) == gap:
                    return Fault(
                        arithmetic,
                        here,
                        there.value if there else Decimal(0),
                        other,
                        (lacking,),
                        Cause.MISPLACED,
                        lacking.check.cross,
                    )
    return None


def _left_blank(sums: Iterable[Sum]) -> set[tuple[int, int]]:
    """The places of totals that are left blank over parts with figures."""
    return {
        found.place(check.cross)
        for found in sums
        for check in found.checks
        if check.status is Status.BLANK and check.expected
    }


def _adding(arithmetic: TableArithmetic) -> set[tuple[Direction, int]]:
    """The columns and rows that are known to add up: where a total holds, or a year stands over."""
    held = {
        (found.direction, check.cross)
        for found in arithmetic.sums
        for check in found.checks
        if check.telling and check.status is Status.HOLDS
    }
    years = {
        (Direction.DOWN, column)
        for column in arithmetic.grid.columns
        if read_printed(arithmetic.grid.head_name(column)).kind is Kind.PERIOD
    }
    return held | years


def _broken(
    found: Sum, blank: set[tuple[int, int]], adding: set[tuple[Direction, int]]
) -> Iterator[Broken]:
    """The places where a total fails.

    Not those that hold an average instead, nor those where a part is itself a total left blank: a
    blank is not nought, and that it is blank is a finding of its own.
    """
    finest = max(
        (
            _fineness(check.total.value)
            for check in found.checks
            if check.total is not None and check.telling and check.status is Status.HOLDS
        ),
        default=None,
    )
    for check in found.checks:
        if check.total is None or check.status is not Status.BROKEN:
            continue
        known = finest is None or (found.direction, check.cross) in adding
        if not known and _is_average(check.total, check.parts, finest or 0):
            continue
        if not any(found.place(check.cross, part) in blank for part in found.parts):
            yield Broken(found, check, check.total)


def _is_average(total: Figure, parts: Sequence[Figure], finest: int) -> bool:
    """Whether a figure in a total line looks like an average of the others, which is no fault.

    It lies between the smallest and the largest of them, and is finer than the totals in the same
    line that do add up: 2.97 beside 1,204 and 318.
    """
    values = [part.value for part in parts if part.value]
    return (
        len(values) > 1
        and min(values) <= total.value <= max(values)
        and _fineness(total.value) > finest
    )


def _fineness(value: Decimal) -> int:
    """How many digits stand after the point, noughts at the end left out."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _is_stale(found: Sum, failing: Sequence[Broken]) -> bool:
    """Whether a total line fails in most places that say anything."""
    holding = sum(
        1
        for check in found.checks
        if check.telling and check.status in (Status.HOLDS, Status.ROUNDED)
    )
    return len(failing) >= _FEWEST_STALE and len(failing) > holding


def _borne_out(sums: Iterable[Sum]) -> set[int]:
    """The figures (by identity) that a total which holds depends on."""
    return {
        id(figure)
        for found in sums
        for check in found.checks
        if check.status is Status.HOLDS and check.total is not None
        for figure in (check.total, *check.parts)
        if figure.value
    }


@dataclass(frozen=True, slots=True)
class _Suspicion:
    """A figure, the change that would mend some broken totals, and which."""

    figure: Figure
    change: Decimal
    mends: tuple[Broken, ...]
    borne_out: bool

    @property
    def weight(self) -> tuple[int, int, bool]:
        """How likely it is: mending several counts most, then being the total itself."""
        totals = any(self.figure is one.total for one in self.mends)
        if self.borne_out:
            return 0, 0, totals
        return (2 if len(self.mends) > 1 else int(totals)), len(self.mends), totals


def _most_telling(
    arithmetic: TableArithmetic, broken: Sequence[Broken], borne_out: set[int]
) -> Fault:
    """The fault of the likeliest figure."""
    suspicions = list(_suspicions(broken, borne_out))
    best = max(suspicions, key=lambda suspicion: suspicion.weight)
    if best.weight[0] == 0:
        # The total is borne out, so a part is wrong; where only one part can be, it is that one.
        first = broken[0]
        open_parts = [
            suspicion
            for suspicion in suspicions
            if first in suspicion.mends and not suspicion.borne_out
        ]
        best = (
            open_parts[0]
            if len(open_parts) == 1
            else next(suspicion for suspicion in suspicions if suspicion.figure is first.total)
        )
    figure = best.figure
    mends = sorted(
        best.mends, key=lambda one: (figure is not one.total, one.found.direction is Direction.DOWN)
    )
    return Fault(arithmetic, figure, figure.value + best.change, mends[0], tuple(mends[1:]))


def _suspicions(broken: Sequence[Broken], borne_out: set[int]) -> Iterator[_Suspicion]:
    """Every figure of the broken totals, with each change that would mend some of them."""
    figures: dict[int, Figure] = {}
    mends: dict[int, dict[Decimal, list[Broken]]] = {}
    for one in broken:
        for figure in (one.total, *one.check.parts):
            taken_off = one.found.less and any(figure is part for part in one.check.parts[1:])
            sign = -1 if figure is one.total or taken_off else 1
            figures[id(figure)] = figure
            changes = mends.setdefault(id(figure), {})
            changes.setdefault(sign * one.check.difference, []).append(one)
    for identity, figure in figures.items():
        for change, mended in mends[identity].items():
            yield _Suspicion(figure, change, tuple(mended), identity in borne_out)
