"""How did the target become what is forecast and delivered? (rule BRI-01)

original target + adopted since + targets set since + re-targeted − each variance = forecast;
forecast − unrated − red − amber − on target = delivered.

It closes at every date and on lines of either sign, because every posting is in exactly one step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import columns as cols
from futurefit.ledger.entries import RATINGS, Account, EntryKind, EntryRef, Reason, Recurrence
from futurefit.ledger.presentations import PROPOSED, Scope, counted, counts, lines_in
from futurefit.ledger.state import LineEvent, LineTable, Position


@dataclass(frozen=True, slots=True)
class Baseline:
    """A named position: the targets set by then are the original ones."""

    name: str
    as_at: date
    number: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the bridge. `key` is stable ("original", "adopted", "set_since", "re_targeted", a
    reason or a rating); amounts are what the step adds to the running figure.
    """

    key: str
    amount_pence: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the original target to what is delivered. `forecast_pence` and `delivered_pence` are
    summed from the rating accounts themselves, not from the steps.
    """

    to_target: tuple[Step, ...]
    to_forecast: tuple[Step, ...]
    forecast_pence: int
    to_delivered: tuple[Step, ...]
    delivered_pence: int

    @property
    def target_pence(self) -> int:
        """The target as it is now: original, adopted, set since and re-targeted."""
        return sum(step.amount_pence for step in self.to_target)

    @property
    def closes(self) -> bool:
        """True always; a False would mean an entry that does not balance."""
        forecast = self.target_pence + sum(step.amount_pence for step in self.to_forecast)
        delivered = forecast + sum(step.amount_pence for step in self.to_delivered)
        return (forecast, delivered) == (self.forecast_pence, self.delivered_pence)


def bridge(
    position: Position,
    baseline: Baseline | None = None,
    *,
    scope: Scope = PROPOSED,
    years: frozenset[str] | None = None,
) -> Bridge:
    """The bridge of a scope, over `years`: those of the plan when None, so that it ends where the
    presentations of the same scope do. Without a baseline every target ever set is original.
    """
    columns = position.ledger.columns
    lines = counted(position, scope)
    if years is None:
        years = frozenset(columns.years) - {UNPROFILED}
    stands = cols.balances(columns, lines, years, position.standing)
    setting = cols.mask(columns, standing=position.standing, kinds=[EntryKind.SET_TARGET])

    def targets(of: cols.Mask, chosen: cols.Mask) -> int:
        return -cols.balances(columns, of, years, chosen)[cols.TARGET]

    set_in_all = original = targets(lines, setting)
    adopted = 0
    if baseline is not None:
        stood = cols.up_to(columns, baseline.as_at, baseline.number)
        by_then = cols.mask(columns, standing=stood, kinds=[EntryKind.SET_TARGET])
        crossed = crossings(position, baseline, scope)
        by_then &= setting
        joined, left = (cols.listed(columns, refs) for refs in (crossed.joined, crossed.left))
        original = targets((lines & ~joined) | left, by_then)
        adopted = targets(lines & joined, setting) - targets(left, by_then)
    ratings = {rating: stands[cols.account_code(rating, None)] for rating in RATINGS}
    to_target = [
        Step("original", original),
        Step("adopted", adopted),
        Step("set_since", set_in_all - original - adopted),
        Step("re_targeted", -stands[cols.TARGET] - set_in_all),
    ]
    to_forecast = [
        Step(reason, -stands[cols.account_code(Account.VARIANCE, reason)]) for reason in Reason
    ]
    to_delivered = [
        Step(rating, -amount)
        for rating, amount in ratings.items()
        if rating is not Account.GREEN_DELIVERED
    ]
    return Bridge(
        tuple(to_target),
        tuple(to_forecast),
        sum(ratings.values()),
        tuple(to_delivered),
        ratings[Account.GREEN_DELIVERED],
    )


@dataclass(frozen=True, slots=True)
class Crossings:
    """Lines that count in a scope now and did not at the baseline, though they were not opened in
    it, and lines that counted then and no more: proposals that were adopted, and whatever else was
    classed anew.
    """

    joined: frozenset[str]
    left: frozenset[str]


def crossings(position: Position, baseline: Baseline, scope: Scope) -> Crossings:
    """Which lines came into a scope since the baseline, and which left it.

    A line that was opened since the baseline is taken as it was opened.
    """

    def is_later(event: LineEvent) -> bool:
        return event.effective_on > baseline.as_at or event.ref.journal > baseline.number

    def stands(event: LineEvent) -> bool:
        return position.holds(event.effective_on, event.ref)

    every = position.ledger.line_events
    own: dict[str, list[LineEvent]] = {
        event.line: [] for event in every if not event.opened and is_later(event) and stands(event)
    }
    for event in every if own else ():
        if event.line in own and stands(event):
            own[event.line].append(event)
    joined, left = set(), set()
    for line, events in own.items():
        stood = [event for event in events if not is_later(event)]
        first = stood or [event for event in events if event.opened]
        was = counts(scope, line, LineTable(first).attributes[line])
        now = counts(scope, line, position.lines[line])
        if now and not was:
            joined.add(line)
        elif was and stood and not now:
            left.add(line)
    return Crossings(frozenset(joined), frozenset(left))


@dataclass(frozen=True, slots=True)
class AcceptedFailure:
    """A target that was moved to accept a variance: which line and year, by how much, for which
    reason.
    """

    line: str
    year: str
    reason: Reason
    amount_pence: int
    journal: int
    entry: int


def targets_moved_to_accept_failure(
    position: Position, scope: Scope = PROPOSED
) -> list[AcceptedFailure]:
    """Every re-target that cleared an adverse variance, oldest first (rule BRI-02)."""
    columns = position.ledger.columns
    chosen = cols.mask(
        columns,
        standing=position.standing,
        lines=lines_in(position, scope),
        accounts=[(Account.VARIANCE, reason) for reason in Reason],
        kinds=[EntryKind.RE_TARGET],
    )
    return [
        AcceptedFailure(p.line, p.year, p.reason, -p.amount_pence, s.journal, s.entry)
        for s in cols.rows(columns, chosen)
        if (p := s.posting).reason is not None
        and p.amount_pence < 0
        and position.holds_good(EntryRef(s.journal, s.entry))
    ]


@dataclass(frozen=True, slots=True)
class RecurrentGap:
    """A lasting target that a one-off line stands in for: the gap comes back the year after."""

    line: str
    met_by: str
    year: str
    amount_pence: int


def recurrent_gaps(position: Position) -> list[RecurrentGap]:
    """Lasting savings replaced by one-off means, by line and year (rule BRI-03)."""
    gaps: dict[tuple[str, str, str], int] = {}
    for event in position.ledger.replace_events:
        if not position.holds(event.effective_on, event.ref) or position.undone(event.ref):
            continue
        lasting = position.lines[event.line].recurrence is Recurrence.ONGOING
        if not lasting or position.lines[event.replaced_by].recurrence is Recurrence.ONGOING:
            continue
        for standing in position.postings(
            lines=[event.line],
            journals=(event.ref.journal, event.ref.journal),
            entry=event.ref.entry,
            accounts=[(Account.VARIANCE, Reason.REPLACED)],
        ):
            key = (event.line, event.replaced_by, standing.posting.year)
            gaps[key] = gaps.get(key, 0) + standing.posting.amount_pence
    return [RecurrentGap(*key, amount) for key, amount in gaps.items()]
