"""Why was a finished year's target missed, line by line? (rule RCD-05)

target = delivered + what is still open + what left the forecast, each with its reason.

A target that a decision moved to accept a failure counts as it was before: the failure is not gone
because it was accepted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from futurefit.ledger.entries import RATINGS, Account, EntryKind, EntryRef, Reason
from futurefit.ledger.journeys import Stop, journeys
from futurefit.ledger.presentations import Scope, counts, lines_in
from futurefit.ledger.state import Position


@dataclass(frozen=True, slots=True)
class Slip:
    """Pounds that were moved to another year, and where they stand now."""

    amount_pence: int
    now: Stop

    @property
    def came(self) -> bool:
        """True when they are delivered by now."""
        return self.now.place is Account.GREEN_DELIVERED


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One reason why a line missed its target: a reason of variance, or a rating under which the
    amount was still open at the end of the year. Negative where it helped. `entries` put it there.
    """

    reason: Reason | Account
    amount_pence: int
    entries: tuple[EntryRef, ...]
    replaced_by: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class MissedLine:
    """A line whose target for the year did not come out: target less delivered is missed, which is
    the sum of the shortfalls. `accepted_pence` of the target was taken away to accept a failure.
    """

    line: str
    target_pence: int
    accepted_pence: int
    delivered_pence: int
    shortfalls: tuple[Shortfall, ...]

    @property
    def missed_pence(self) -> int:
        """Positive when less came than was to come."""
        return self.target_pence - self.delivered_pence


def missed(year: str, ended: Position, now: Position, scope: Scope) -> list[MissedLine]:
    """Each line that missed its target for a year (or passed it), as it stood when the year ended,
    and what became of it until now.
    """
    lines = [line for line in lines_in(ended, scope) if counts(scope, line, ended.lines[line])]
    balances: dict[str, dict[Reason | Account, int]] = defaultdict(lambda: defaultdict(int))
    entries: dict[tuple[str, Reason | Account], dict[EntryRef, None]] = defaultdict(dict)
    accepted: dict[str, int] = defaultdict(int)
    for standing in ended.postings(lines=lines, years=[year]):
        posting, ref = standing.posting, EntryRef(standing.journal, standing.entry)
        if posting.reason is not None and standing.kind is EntryKind.RE_TARGET:
            # The target took over what the reason held: both stay as they were before.
            accepted[posting.line] -= posting.amount_pence
            continue
        place = posting.reason or posting.account
        balances[posting.line][place] += posting.amount_pence
        entries[posting.line, place][ref] = None
    slips = _slips(year, ended, now, set(balances))
    found = []
    for line in lines:
        held = balances[line]
        shortfalls = tuple(
            Shortfall(
                place,
                held[place],
                tuple(entries[line, place]),
                _takers(ended, line, entries[line, place]) if place is Reason.REPLACED else (),
                tuple(slips[line]) if place is Reason.SLIPPED else (),
            )
            for place in (*Reason, *RATINGS)
            if place is not Account.GREEN_DELIVERED and held[place]
        )
        if shortfalls:
            target = accepted[line] - held[Account.TARGET]
            delivered = held[Account.GREEN_DELIVERED]
            found.append(MissedLine(line, target, accepted[line], delivered, shortfalls))
    return found


def _takers(position: Position, line: str, entries: dict[EntryRef, None]) -> tuple[str, ...]:
    """The lines that took over from a line, or that it took over from, by some entries."""
    found = {
        event.replaced_by if event.line == line else event.line
        for event in position.ledger.replace_events
        if event.ref in entries
    }
    return tuple(sorted(found))


def _slips(year: str, ended: Position, now: Position, lines: set[str]) -> dict[str, list[Slip]]:
    """The pounds that stood in the year once and were moved to another before it ended."""
    sums: dict[str, dict[tuple[str, object], Slip]] = defaultdict(dict)
    for journey in journeys([ended, now], lines):
        end, last = journey.at(0), journey.at(1)
        if end is None or last is None or end.year == year:
            continue
        if any(stop.year == year and stop.is_forecast for stop in journey.stops if stop.stage == 0):
            own = sums[journey.line]
            key = (last.year, last.place)
            sofar = own[key].amount_pence if key in own else 0
            own[key] = Slip(sofar + journey.amount_pence, last)
    return defaultdict(list, {line: list(own.values()) for line, own in sums.items()})
