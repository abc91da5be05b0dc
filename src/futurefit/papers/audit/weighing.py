"""How much does a broken total matter, and how sure is it that the paper is wrong? (rule AUD-11)

Confidence is that the paper is wrong and not our reading of it. It rests on what else bears out
what the total is made of; a total that only its label speaks for says little, and where even that
is doubtful, nothing: nobody is helped by a false alarm.
"""

from __future__ import annotations

from decimal import Decimal

from futurefit.kernel.findings import Severity
from futurefit.papers.arithmetic import is_sound
from futurefit.papers.faults import Cause, Fault
from futurefit.papers.labels import is_bare_total
from futurefit.papers.printed import Kind
from futurefit.papers.slips import slip_of
from futurefit.papers.sums import Direction, Status, Sum

Weight = tuple[Severity, float]

_SMALL, _MODEST = Decimal("0.1"), Decimal("0.25")  # shares of the expected total
_THOUSANDS = 3  # digits after a point that may part thousands
_FEWEST_LACKING = 3  # places, and parts in each, that show that one more line is meant


def weigh(fault: Fault) -> Weight | None:
    """Severity and confidence, or None where the total says too little to be a finding."""
    if any(part.rough for part in (fault.first.total, *fault.first.check.parts)):
        return Severity.NOTE, 0.3
    if _has_pending(fault):
        return Severity.NOTE, 0.4
    if _may_part_thousands(fault):
        return Severity.WARNING, 0.6
    return _weigh_line(fault) if fault.cause is Cause.LINE else _weigh_figure(fault)


def _weigh_figure(fault: Fault) -> Weight | None:
    """One wrong figure: what proves its total in other places, beside it, or by its label alone."""
    found = fault.first.found
    if fault.others:
        if any(one.found.usual or one.found.proven > 1 for one in (fault.first, *fault.others)):
            return Severity.ERROR, 0.98
        return Severity.WARNING, 0.6
    if fault.first.total.kind is Kind.NIL and not found.proven:
        return None  # a lone dash for a total that nothing else speaks for: not stated
    if found.proven > 1:
        return (Severity.ERROR, 0.95) if _is_told_by_figures(found) else (Severity.WARNING, 0.6)
    if found.proven == 1:
        return (Severity.ERROR, 0.85) if found.usual else (Severity.WARNING, 0.6)
    modest = _within(fault, _MODEST) or bool(slip_of(fault.suspect, fault.expected))
    if _is_like_its_neighbours(fault):
        return (Severity.ERROR, 0.8) if modest else (Severity.WARNING, 0.5)
    if _stands_alone(fault):
        return (Severity.ERROR, 0.7) if modest else (Severity.WARNING, 0.5)
    return (Severity.NOTE, 0.3) if modest or _is_plain(fault) else None


def _may_part_thousands(fault: Fault) -> bool:
    """Whether the total is right to the digit if its point parts thousands (rule AUD-37)."""
    total, check = fault.first.total, fault.first.check
    return total.places == _THOUSANDS and check.expected == total.value * 10**_THOUSANDS


def _is_told_by_figures(found: Sum) -> bool:
    """Whether two parts or more add up somewhere and, against its label, in most places."""
    held = [
        check
        for check in found.checks
        if check.telling and check.status in (Status.HOLDS, Status.ROUNDED)
    ]
    broken = sum(1 for check in found.checks if check.status is Status.BROKEN)
    return bool(held) and (found.usual or len(held) > broken)


def _weigh_line(fault: Fault) -> Weight | None:
    """A total line that fails in most places: small gaps speak for it, or that it adds up itself.

    A total row that is right across, in a table whose rows are right across, was worked out from
    rows that are not all there.
    """
    found = fault.first.found
    if found.proven > 1 + len(fault.others) and _is_told_by_figures(found):
        return Severity.ERROR, 0.95
    modest = _within(fault, _MODEST)
    crossing = _crossing(fault)
    if crossing > 1 and modest:
        return Severity.ERROR, 0.85
    if crossing > 1 and _is_carried(fault):
        return Severity.WARNING, 0.7
    if _is_like_its_neighbours(fault):
        return (Severity.ERROR, 0.8) if modest else (Severity.WARNING, 0.6)
    if crossing and fault.first.found.direction is Direction.DOWN and _stands_alone(fault):
        return (Severity.WARNING, 0.7) if crossing > 1 else (Severity.WARNING, 0.6)
    if _lacks_a_line(fault):
        return Severity.WARNING, 0.6
    if not modest:
        return (Severity.NOTE, 0.3) if _is_plain(fault) else None
    return (Severity.WARNING, 0.5) if _within(fault, _SMALL) else (Severity.NOTE, 0.3)


def _crossing(fault: Fault) -> int:
    """In how many places the totals that cross a total line are proven, if they hold on it too."""
    line = fault.first.found.total
    crossing = [
        found
        for found in fault.arithmetic.sums
        if found.direction is not fault.first.found.direction and found.proven
    ]
    holds = any(
        check.cross == line and check.status is Status.HOLDS and check.telling
        for found in crossing
        for check in found.checks
    )
    return max((found.proven for found in crossing), default=0) if holds else 0


def _is_carried(fault: Fault) -> bool:
    """Whether a total line is itself a part of a total that holds in two places or more."""
    line, direction = fault.first.found.total, fault.first.found.direction
    return any(
        found.direction is direction and line in found.parts and found.proven > 1
        for found in fault.arithmetic.sums
    )


def _lacks_a_line(fault: Fault) -> bool:
    """Whether the only total lacks, everywhere, what one more line like its parts would hold."""
    failing = (fault.first, *fault.others)
    if len(failing) < _FEWEST_LACKING or not _stands_alone(fault):
        return False
    for one in failing:
        sizes = [abs(part.value) for part in one.check.parts if part.value]
        lacking = one.check.difference
        if len(sizes) < _FEWEST_LACKING or lacking * one.check.expected <= 0:
            return False
        if not min(sizes) / 2 <= abs(lacking) <= 2 * max(sizes):
            return False
    return True


def _within(fault: Fault, share: Decimal) -> bool:
    """Whether every gap of the fault is no more than a share of what was expected."""
    return all(
        abs(one.check.difference) <= share * abs(one.check.expected)
        for one in (fault.first, *fault.others)
    )


def _is_like_its_neighbours(fault: Fault) -> bool:
    """Whether the table's other totals are proven to add up just what their labels mean."""
    found = fault.first.found
    standing = fault.arithmetic.standing[found.direction]
    return standing.printed > 1 and standing.sound - is_sound(found) == standing.printed - 1


def _is_plain(fault: Fault) -> bool:
    """Whether the total is labelled as a total and as nothing else."""
    grid, found = fault.arithmetic.grid, fault.first.found
    if found.direction is Direction.DOWN:
        return any(map(is_bare_total, grid.own_labels(found.total)))
    return any(map(is_bare_total, grid.heads(found.total).split(" | ")))


def _stands_alone(fault: Fault) -> bool:
    return fault.arithmetic.standing[fault.first.found.direction].alone


def _has_pending(fault: Fault) -> bool:
    """Whether the total is more than its parts, and one of those has no figure yet."""
    found, check = fault.first.found, fault.first.check
    if check.difference * check.expected < 0:
        return False
    pending = fault.arithmetic.grid.is_pending
    among = {*found.parts, found.total}
    lines = [line for line in range(min(among), max(among) + 1) if line != found.total]
    held = [one.cross for one in found.checks if one.telling and one.status is Status.HOLDS]
    return any(
        pending(*found.place(check.cross, line))
        and not any(pending(*found.place(cross, line)) for cross in held)  # it holds without
        for line in lines
    )
