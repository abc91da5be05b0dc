"""Which one figure is wrong, when several totals fail because of it? (rule AUD-10)

A wrong figure breaks every total that it belongs to, by the same amount; a figure that other totals
bear out is not the wrong one. So the suspect is the figure whose single change mends the most broken
totals and unsettles none. One root cause is one fault, whatever it breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from futurefit.papers.arithmetic import TableArithmetic
from futurefit.papers.figures import Figure
from futurefit.papers.sums import Check, Direction, Status, Sum

_MOST_WEIGHED = 300  # broken totals of one table that are weighed against each other
_FEWEST_STALE = 2  # places that a whole total line must fail in to be one fault


@dataclass(frozen=True, slots=True)
class Broken:
    """A total that does not add up."""

    found: Sum
    check: Check
    total: Figure


@dataclass(frozen=True, slots=True)
class Fault:
    """One root cause: the figure that is wrong and what it should be.

    `first` is the broken total that it is told by; `others` break for the same cause. With `stale`
    the whole total line fails, so that no one figure is the cause and a line is likely missing.
    """

    arithmetic: TableArithmetic
    suspect: Figure
    expected: Decimal
    first: Broken
    others: tuple[Broken, ...] = ()
    stale: bool = False

    @property
    def is_total(self) -> bool:
        """Whether the suspect is the printed total itself."""
        return self.suspect is self.first.total

    @property
    def slipped(self) -> Decimal:
        """Printed less expected, of the suspect."""
        return self.suspect.value - self.expected


def find_faults(arithmetic: TableArithmetic) -> list[Fault]:
    """The root causes in one table, in the order of their cells."""
    broken = [
        Broken(found, check, check.total)
        for found in arithmetic.sums
        for check in found.checks
        if check.total is not None and check.status is Status.BROKEN
    ]
    faults: list[Fault] = []
    for found in arithmetic.sums:
        failing = [one for one in broken if one.found is found]
        if _is_stale(found, failing):
            broken = [one for one in broken if one.found is not found]
            first = failing[0]
            faults.append(
                Fault(arithmetic, first.total, first.check.expected, first, tuple(failing[1:]), True)
            )
    borne_out = _borne_out(arithmetic.sums)
    while broken and len(broken) <= _MOST_WEIGHED:
        fault = _most_telling(arithmetic, broken, borne_out)
        faults.append(fault)
        broken = [one for one in broken if one is not fault.first and one not in fault.others]
    faults += [
        Fault(arithmetic, one.total, one.check.expected, one)
        for one in broken  # so many that weighing each against all would take too long
    ]
    return sorted(faults, key=lambda fault: (fault.suspect.cell.row, fault.suspect.cell.column))


def _is_stale(found: Sum, failing: Sequence[Broken]) -> bool:
    """Whether a total line fails in most places that say anything."""
    holding = sum(
        1 for check in found.checks if check.telling and check.status in (Status.HOLDS, Status.ROUNDED)
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
        best = open_parts[0] if len(open_parts) == 1 else next(
            suspicion for suspicion in suspicions if suspicion.figure is first.total
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
