"""Why is a figure not what it was at an earlier position? (rules BRI-04, BRI-05)

opening + what each kind of act did between the two positions + what is classed elsewhere = closing.

Which step a posting belongs to rests on its own entry and on how its line was classed when it came,
and on nothing else. So the steps close between any two positions, those of two months add to those
of the two together, and going back turns every sign.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import columns as cols
from futurefit.ledger.columns import StandingPosting
from futurefit.ledger.entries import Account, EntryKind, EntryRef, Reason
from futurefit.ledger.presentations import (
    PROPOSED,
    Measure,
    Scope,
    accounts_of,
    counted,
    counts,
    sign_of,
)
from futurefit.ledger.state import Ledger, LineEvent, Position
from futurefit.ledger.working import Part


class Cause(StrEnum):
    """What moved a figure, in the order in which a bridge shows it."""

    NEW_LINE = "new_line"
    SET_SINCE = "set_since"
    RE_TARGETED = "re_targeted"
    RE_ESTIMATED = "re_estimated"
    OVER_ACHIEVED = "over_achieved"
    UNDELIVERABLE = "undeliverable"
    UNIDENTIFIED = "unidentified"
    SLIPPED = "slipped"
    BROUGHT_FORWARD = "brought_forward"
    PROFILED = "profiled"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    RE_RATED = "re_rated"
    DELIVERED = "delivered"
    REVERSED = "reversed"
    CLASSED_ELSEWHERE = "classed_elsewhere"


_OF_KIND: Mapping[EntryKind, Cause] = {
    EntryKind.RE_TARGET: Cause.RE_TARGETED,
    EntryKind.RE_RATE: Cause.RE_RATED,
    EntryKind.DELIVER: Cause.DELIVERED,
    EntryKind.WITHDRAW: Cause.WITHDRAWN,
    EntryKind.REPLACE: Cause.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Moved:
    """What one cause did, in pence by year; a year in which it did nothing is left out."""

    cause: Cause
    by_year: Mapping[str, int]

    @property
    def amount_pence(self) -> int:
        """Over all the years that the movement is about."""
        return sum(self.by_year.values())


@dataclass(frozen=True, slots=True)
class Movement:
    """A measure at two positions and every step between them. `opening` and `closing` are summed
    from the balances of the two positions, not from the steps; all are in pence by year.
    """

    measure: Measure
    years: tuple[str, ...]
    opening: Mapping[str, int]
    steps: tuple[Moved, ...]
    closing: Mapping[str, int]

    @property
    def closes(self) -> bool:
        """True always, in each year; a False would mean a posting in no step, or in two."""
        return all(
            self.opening[year] + sum(step.by_year.get(year, 0) for step in self.steps)
            == self.closing[year]
            for year in self.years
        )


def movement(
    earlier: Position,
    later: Position,
    measure: Measure = Measure.FORECAST,
    *,
    scope: Scope = PROPOSED,
    years: frozenset[str] | None = None,
) -> Movement:
    """Opening, steps and closing of a measure in a scope, over `years` (None: those of the plan).

    ValueError: positions of two ledgers.
    """
    columns = later.ledger.columns
    chosen = _years(later.ledger, years)
    sums: dict[Cause, dict[str, int]] = {cause: defaultdict(int) for cause in Cause}
    for cause, part in _parts(earlier, later, measure, scope, chosen):
        sums[cause][part.standing.posting.year] += part.amount_pence
    codes = [cols.account_code(*place) for place in accounts_of(measure)]
    ends = []
    for position in (earlier, later):
        lines = counted(position, scope)
        stands = cols.by_year(columns, lines, codes, sign_of(measure), position.standing)
        ends.append({year: stands.get(year, 0) for year in chosen})
    return Movement(
        measure,
        tuple(sorted(chosen)),
        ends[0],
        tuple(
            Moved(cause, {year: amount for year, amount in by_year.items() if amount})
            for cause, by_year in sums.items()
        ),
        ends[1],
    )


def parts_of(
    earlier: Position,
    later: Position,
    cause: Cause,
    measure: Measure = Measure.FORECAST,
    *,
    scope: Scope = PROPOSED,
    years: frozenset[str] | None = None,
) -> list[Part]:
    """The postings that make one step of a movement, each with what it adds to it."""
    found = _parts(earlier, later, measure, scope, _years(later.ledger, years))
    return [part for of, part in found if of is cause]


def _years(ledger: Ledger, years: frozenset[str] | None) -> frozenset[str]:
    return frozenset(ledger.columns.years) - {UNPROFILED} if years is None else years


def _parts(
    earlier: Position, later: Position, measure: Measure, scope: Scope, years: frozenset[str]
) -> Iterator[tuple[Cause, Part]]:
    """Every posting that the measure gained or lost between the positions, with its cause."""
    if earlier.ledger is not later.ledger:
        raise ValueError("two positions of one ledger can be bridged, and no others")
    ledger, sign = later.ledger, sign_of(measure)
    accounts = frozenset(accounts_of(measure))
    came, went = _difference(earlier, later)
    member = Membership(ledger, scope)
    causes = _Causes(ledger, (*came, *went))
    for turned, rows in ((sign, came), (-sign, went)):
        for standing in rows:
            posting = standing.posting
            wanted = posting.year in years and (posting.account, posting.reason) in accounts
            if wanted and member.when_posted(standing):
                yield causes.of(standing), Part(standing, turned * posting.amount_pence)
    for position, turned in ((later, sign), (earlier, -sign)):
        for standing in position.postings(
            lines=member.classed_anew, years=years, accounts=accounts
        ):
            # What counts now and did not when it came was classed into the scope; and out of it.
            counts_now = member.at(position, standing.posting.line)
            classed = counts_now - member.when_posted(standing)
            if classed:
                amount = turned * classed * standing.posting.amount_pence
                yield Cause.CLASSED_ELSEWHERE, Part(standing, amount)


def _difference(
    earlier: Position, later: Position
) -> tuple[list[StandingPosting], list[StandingPosting]]:
    """The postings that stand at the later position only, and those at the earlier only."""
    columns = later.ledger.columns
    everything = cols.mask(columns)
    before = everything if earlier.standing is None else earlier.standing
    after = everything if later.standing is None else later.standing
    return cols.rows(columns, after & ~before), cols.rows(columns, before & ~after)


class Membership:
    """Does a line count in a scope: at a position, and when a posting came to it?

    When a posting came, its line was classed by what had taken effect by then and was recorded
    before it. That never changes afterwards, whatever is said later.
    """

    def __init__(self, ledger: Ledger, scope: Scope) -> None:
        self._scope = scope
        self._events: dict[str, list[LineEvent]] = defaultdict(list)
        for event in sorted(ledger.line_events, key=_order):
            self._events[event.line].append(event)
        self.classed_anew = [line for line, events in self._events.items() if len(events) > 1]
        self._always = {
            line: counts(scope, line, events[0].attributes)
            for line, events in self._events.items()
            if len(events) == 1
        }

    def when_posted(self, standing: StandingPosting) -> bool:
        """True when the posting's line counted as the posting came."""
        line = standing.posting.line
        if line in self._always:
            return self._always[line]
        came = (standing.journal, standing.entry)
        stood = [
            event
            for event in self._events[line]
            if (event.ref.journal, event.ref.entry) <= came
            and event.effective_on <= standing.effective_on
        ]
        return bool(stood) and counts(self._scope, line, stood[-1].attributes)

    def at(self, position: Position, line: str) -> bool:
        """True when the line counts at a position."""
        attributes = position.lines.get(line)
        return attributes is not None and counts(self._scope, line, attributes)


def _order(event: LineEvent) -> tuple[object, ...]:
    return (event.effective_on, event.ref.journal, event.ref.entry)


class _Causes:
    """Which cause each of some postings belongs to; whole entries must be among them."""

    def __init__(self, ledger: Ledger, rows: Iterable[StandingPosting]) -> None:
        self._reversals = {reversal.ref for reversal in ledger.reversals.values()}
        self._reasons: dict[tuple[int, int], set[Reason]] = defaultdict(set)
        self._slipped: dict[tuple[int, int, str], dict[str, int]] = defaultdict(dict)
        set_lines = set()
        for standing in rows:
            posting, entry = standing.posting, (standing.journal, standing.entry)
            if standing.kind is EntryKind.SET_TARGET:
                set_lines.add(posting.line)
            if posting.reason is not None:
                self._reasons[entry].add(posting.reason)
            if posting.reason is Reason.SLIPPED:
                by_year = self._slipped[*entry, posting.line]
                by_year[posting.year] = by_year.get(posting.year, 0) + posting.amount_pence
        self._first_set: dict[str, int] = {}
        targets = ledger.now.postings(
            lines=set_lines, kinds=[EntryKind.SET_TARGET], accounts=[(Account.TARGET, None)]
        )
        for standing in targets:  # in chain order
            self._first_set.setdefault(standing.posting.line, standing.journal)

    def of(self, standing: StandingPosting) -> Cause:
        """The cause of one posting."""
        kind, entry = standing.kind, (standing.journal, standing.entry)
        if EntryRef(*entry) in self._reversals:
            return Cause.REVERSED
        if kind is EntryKind.SET_TARGET:
            is_first = self._first_set[standing.posting.line] == standing.journal
            return Cause.NEW_LINE if is_first else Cause.SET_SINCE
        if kind is EntryKind.RE_ESTIMATE:
            reasons = self._reasons[entry]
            return Cause(min(reasons).lower()) if len(reasons) == 1 else Cause.RE_ESTIMATED
        if kind is EntryKind.RE_PROFILE:
            return _which_way(self._slipped[*entry, standing.posting.line])
        return _OF_KIND[kind]


def _which_way(slipped: Mapping[str, int]) -> Cause:
    """What helps the gap later than before has slipped; what helps it sooner was brought forward.
    `slipped` is the variance by year: positive where a year loses.
    """
    if slipped.get(UNPROFILED):
        return Cause.PROFILED
    first = next((slipped[year] for year in sorted(slipped) if slipped[year]), 0)
    return Cause.BROUGHT_FORWARD if first < 0 else Cause.SLIPPED
