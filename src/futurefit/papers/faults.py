"""Which one figure is wrong, when several totals fail because of it? (rule AUD-10)

A wrong figure breaks every total that it belongs to, by the same amount; a figure that other totals
bear out is not the wrong one. So the suspect is the figure whose single change mends the most
broken totals and unsettles none. One root cause is one fault, whatever it breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind, read_printed
from futurefit.papers.slips import could_mean, slip_of
from futurefit.papers.sums import Check, Direction, Status, Sum
from futurefit.papers.suspects import Broken, Suspicion, Web

_MOST_WEIGHED = 2_000  # figures in a table's broken totals that are weighed against each other
_MOST_SUSPECTS = 3
_FEWEST_AVERAGED, _FAR = 4, 3  # parts of an average, and how many times it they add up to at least
_SURE = 0.8  # share of the odds that one suspect must have
_NOUGHT = Decimal(0)
_FEWEST_STALE = 2  # places that a whole total line must fail in to be one fault


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
    suspects: tuple[tuple[Figure, Decimal], ...] = ()  # the likeliest, with what they should be
    share: float = 1.0  # of the odds that the best of them has
    borne_out: bool = False  # other totals prove the total right, so that a part is wrong

    partner: Figure | None = None  # what the suspect changed places with, if that is printed

    @property
    def meant(self) -> Mapping[int, Decimal]:
        """What the wrong figures should be, by their identity."""
        if self.cause is Cause.LINE:
            return {}
        found = {id(self.suspect): self.expected}
        if self.partner is not None:
            worth = self.partner.scale / self.suspect.scale
            found[id(self.partner)] = self.suspect.value * worth
        return found

    @property
    def is_total(self) -> bool:
        """Whether the suspect is the printed total itself."""
        return self.suspect is self.first.total

    @property
    def is_sure(self) -> bool:
        """Whether no other figure is nearly as likely to be the wrong one."""
        return self.share >= _SURE

    def like(self, value: Decimal) -> str:
        """A value as the suspect is printed or, where that is a blank, as its total is."""
        return (self.suspect if self.suspect.cell.text else self.first.total).like(value)

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
    """The root causes in one table, in the order of their cells.

    First what explains two totals or more at once; then whole lines that fail; then the rest, one
    by one.
    """
    blank = _left_blank(arithmetic.sums)
    adding = _adding(arithmetic)
    broken = [one for found in arithmetic.sums for one in _broken(found, blank, adding)]
    if not broken:
        return []
    faults: list[Fault] = []
    if sum(len(one.check.parts) + 1 for one in broken) <= _MOST_WEIGHED:
        web = Web(arithmetic, broken)
        broken = _settle_strays(web, broken, faults)
        broken = _settle(web, broken, faults, least=2)
        broken = _settle_lines(arithmetic, broken, faults)
        broken = _settle(web, broken, faults, least=None)
    else:
        broken = [one for one in broken if not one.open]
        broken = _settle_lines(arithmetic, broken, faults)
    faults += [
        Fault(arithmetic, one.total, one.check.expected, one)
        for one in broken  # so many that weighing each against all would take too long
    ]
    return sorted(faults, key=lambda fault: (fault.suspect.cell.row, fault.suspect.cell.column))


def _settle_strays(web: Web, broken: list[Broken], faults: list[Fault]) -> list[Broken]:
    """Take figures that stand beside their place; open totals that are left say nothing."""
    unsettled = [one for one in broken if one.open]
    while unsettled:
        strays = web.strays(unsettled)
        best = max(strays, key=lambda suspicion: suspicion.weight, default=None)
        if best is None or best.net < 1:
            break
        faults.append(_fault(web.arithmetic, best, strays))
        mended = set(map(id, best.mends))
        unsettled = [one for one in unsettled if id(one) not in mended]
    return [one for one in broken if not one.open]


def _settle(web: Web, broken: list[Broken], faults: list[Fault], least: int | None) -> list[Broken]:
    """Take the likeliest change again and again; what is left is returned."""
    while broken:
        suspicions = web.suspicions(broken)
        best = max(suspicions, key=lambda suspicion: suspicion.weight)
        if least is not None and (best.net < least or len(best.mends) < least):
            break
        fault = _fault(web.arithmetic, best, suspicions)
        faults.append(fault)
        settled = {id(one) for one in (fault.first, *fault.others)}
        broken = [one for one in broken if id(one) not in settled]
    return broken


def _fault(arithmetic: TableArithmetic, best: Suspicion, suspicions: Sequence[Suspicion]) -> Fault:
    """The fault that a suspicion makes, with the next suspects."""
    if best.there is not None:
        first = next((one for one in best.mends if one.check.difference < 0), best.mends[0])
        down = first.found.direction is Direction.DOWN
        return Fault(
            arithmetic,
            best.figure,
            best.figure.value + best.change,
            first,
            tuple(one for one in best.mends if one is not first),
            Cause.MISPLACED,
            best.there[1] if down else best.there[0],
            partner=arithmetic.placed.get(best.there),
        )
    best = _told_by(arithmetic, best, suspicions)
    figure = best.figure
    mends = sorted(
        best.mends, key=lambda one: (figure is not one.total, one.found.direction is Direction.DOWN)
    )
    rivals = sorted(
        (
            one
            for one in suspicions
            if mends[0] in one.mends and (one.net == best.net or one is best) and one.there is None
        ),
        key=lambda one: one.weight,
        reverse=True,
    )
    whole = sum(one.odds for one in rivals)
    return Fault(
        arithmetic,
        figure,
        figure.value + best.change,
        mends[0],
        tuple(mends[1:]),
        suspects=tuple(
            (one.figure, one.figure.value + one.change) for one in rivals[:_MOST_SUSPECTS]
        ),
        share=best.odds / whole if whole else 1.0,
        borne_out=all(one.figure is not mends[0].total for one in rivals),
    )


def _told_by(
    arithmetic: TableArithmetic, best: Suspicion, suspicions: Sequence[Suspicion]
) -> Suspicion:
    """The suspicion to tell: the total's, where nothing says which of several parts is wrong."""
    first = best.mends[0]
    if is_open(arithmetic, first):
        return next(one for one in suspicions if one.figure is first.total and first in one.mends)
    rivals = [one for one in suspicions if first in one.mends and one.net == best.net]
    if best.is_explained or best.is_total or len(best.mends) > 1 or len(rivals) == 1:
        return best
    return next(one for one in suspicions if one.figure is first.total and first in one.mends)


def is_open(arithmetic: TableArithmetic, one: Broken) -> bool:
    """Whether a part is only about right, or to be confirmed, so that the total may be right."""
    return any(part.rough for part in (one.total, *one.check.parts)) or any(
        arithmetic.grid.is_pending(*one.found.place(one.check.cross, part))
        for part in one.found.parts
    )


def _settle_lines(
    arithmetic: TableArithmetic, broken: Sequence[Broken], faults: list[Fault]
) -> list[Broken]:
    """Take total lines that fail as a whole; what is left is returned."""
    by_sum: dict[int, list[Broken]] = {}
    for one in broken:
        by_sum.setdefault(id(one.found), []).append(one)
    left: list[Broken] = []
    for failing in by_sum.values():
        first = failing[0]
        if _is_stale(first.found, failing) or _lacks_one_line(arithmetic, failing):
            faults.append(
                Fault(
                    arithmetic,
                    first.total,
                    first.check.expected,
                    first,
                    tuple(failing[1:]),
                    Cause.LINE,
                )
            )
        else:
            left += failing
    return left


def _lacks_one_line(arithmetic: TableArithmetic, failing: Sequence[Broken]) -> bool:
    """Whether a total line that is right itself lacks a line that would be right as well.

    500 under 2018/19 and 500 in all: one row was left out, nought in the other years.
    """
    line = failing[0].found
    lacking = {one.check.cross: one.check.difference for one in failing}
    for other in arithmetic.sums:
        if other.direction is line.direction or other.less or other.total not in lacking:
            continue
        parts = sum((lacking.get(part, _NOUGHT) for part in other.parts), _NOUGHT)
        holds = any(
            check.cross == line.total and check.status is Status.HOLDS for check in other.checks
        )
        if holds and parts == lacking[other.total] and {*other.parts, other.total} >= {*lacking}:
            return True
    return False


def _left_blank(sums: Iterable[Sum]) -> dict[tuple[int, int], Decimal]:
    """The places of totals that are left blank over parts with figures, and what those add to."""
    return {
        found.place(check.cross): check.expected
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
    found: Sum, blank: Mapping[tuple[int, int], Decimal], adding: set[tuple[Direction, int]]
) -> Iterator[Broken]:
    """The places where a total fails.

    Not those that hold an average instead, nor those that are right once a part that is itself a
    total left blank is counted: that it is blank is a finding of its own.
    """
    finest = max(
        (
            _fineness(check.total.value)
            for check in found.checks
            if check.total is not None and check.telling and check.status is Status.HOLDS
        ),
        default=None,
    )
    rounds = any(check.telling and check.status is Status.ROUNDED for check in found.checks)
    for check in found.checks:
        if check.total is None or check.status is not Status.BROKEN:
            continue
        known = finest is None or (found.direction, check.cross) in adding
        if not known and _is_average(check, check.total, finest or 0, rounds):
            continue
        blanks = [
            blank[place]
            for part in found.parts
            if (place := found.place(check.cross, part)) in blank
        ]
        if not blanks:
            yield Broken(found, check, check.total)
        elif check.difference != sum(blanks) and not found.less:
            yield Broken(found, check, check.total, open=True)


def _is_average(check: Check, total: Figure, finest: int, rounds: bool) -> bool:
    """Whether a figure in a total line looks like an average of the others, which is no fault.

    It lies between the smallest and the largest of them, and is finer than the totals in the same
    line that do add up, 2.97 beside 1,204 and 318; or is far from their sum, with no slip of the
    total or of a part that would explain it (within rounding, where the line is seen to round).
    """
    values = [part.value for part in check.parts if part.value]
    if len(values) < 2 or not min(values) <= total.value <= max(values):
        return False
    if _fineness(total.value) > finest:
        return True
    added = sum(values, Decimal(0))
    far = len(values) >= _FEWEST_AVERAGED and abs(added) > _FAR * abs(total.value)
    if not far:
        return False
    apart = total.value - added
    room = sum((part.half for part in check.parts), total.half) if rounds else _NOUGHT
    return not _slips_to(total, added, room) and not any(
        _slips_to(part, part.value + apart, room) for part in check.parts
    )


def _slips_to(figure: Figure, meant: Decimal, room: Decimal) -> bool:
    """Whether a slip makes a figure of what was meant, or of what is nearer it than `room`."""
    return bool(slip_of(figure, meant)) or any(
        abs(other - meant) < room for other in (could_mean(figure) if room else ())
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
    fewest = _FEWEST_STALE + 1 if holding else _FEWEST_STALE
    return len(failing) >= fewest and len(failing) > holding
