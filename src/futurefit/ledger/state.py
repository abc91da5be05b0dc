"""What does the ledger hold at a date, and may this journal join it? (rules LED-02 to LED-07)

A `Ledger` is a value: the journals of a chain, folded. `extend` folds more journals in and gives a
new value. A `Position` is a ledger seen as at a date and as known at a journal.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from futurefit.ledger import columns as cols
from futurefit.ledger.chain import EMPTY_HEAD, Head
from futurefit.ledger.columns import Columns, Mask, StandingPosting
from futurefit.ledger.entries import (
    Capacity,
    Claim,
    Entry,
    EntryKind,
    EntryRef,
    Journal,
    LineAttributes,
)

Order = tuple[date, int, int]
"""Effective date, journal, entry: of two statements the later in this order holds."""


@dataclass(frozen=True, slots=True)
class LineEvent:
    """A line was opened or reclassified."""

    line: str
    effective_on: date
    ref: EntryRef
    attributes: LineAttributes
    opened: bool


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """A line stated its claim on a source."""

    line: str
    effective_on: date
    ref: EntryRef
    claim: Claim


@dataclass(frozen=True, slots=True)
class CapacityEvent:
    """A source's base was stated."""

    effective_on: date
    ref: EntryRef
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class ReplaceEvent:
    """One line took over from another."""

    line: str
    replaced_by: str
    effective_on: date
    ref: EntryRef


@dataclass(frozen=True, slots=True)
class Reversal:
    """An entry was reversed, from a date on, by another."""

    effective_on: date
    ref: EntryRef


class LineTable:
    """Every line's attributes at one position. Ledgers share it until a line is opened or
    reclassified.

    `groups` is a cache of the codes that presentations group by: of addresses, never of sums.
    """

    __slots__ = ("attributes", "groups", "opened", "order")

    def __init__(self, events: Iterable[LineEvent] = (), before: LineTable | None = None) -> None:
        self.attributes: dict[str, LineAttributes] = dict(before.attributes) if before else {}
        self.order: dict[str, Order] = dict(before.order) if before else {}
        self.opened: dict[str, date] = dict(before.opened) if before else {}
        self.groups: dict[tuple[str, ...], tuple[cols.Ints, list[tuple[str, ...]]]] = {}
        for event in events:
            if event.opened:
                self.opened[event.line] = event.effective_on
            order = (event.effective_on, event.ref.journal, event.ref.entry)
            if event.line not in self.order or order >= self.order[event.line]:
                self.order[event.line] = order
                self.attributes[event.line] = event.attributes


@dataclass(frozen=True, eq=False)
class Ledger:
    """The fold of a chain of journals."""

    head: Head = EMPTY_HEAD
    columns: Columns = field(default_factory=Columns)
    table: LineTable = field(default_factory=LineTable)
    line_events: tuple[LineEvent, ...] = ()
    claim_events: tuple[ClaimEvent, ...] = ()
    capacity_events: tuple[CapacityEvent, ...] = ()
    replace_events: tuple[ReplaceEvent, ...] = ()
    reversals: Mapping[EntryRef, Reversal] = field(default_factory=dict)
    recorded: tuple[datetime, ...] = ()
    last: Mapping[str, int] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, LineAttributes]:
        """Every line with its attributes now, in the order in which the lines were opened."""
        return self.table.attributes

    def last_journal(self, line: str) -> int:
        """The last journal that touched a line; 0 for a line that is not there."""
        return self.last.get(line, 0)

    def at(self, as_at: date | None = None, known_at: int | datetime | None = None) -> Position:
        """The ledger as at a date, as known at a journal number or moment. Now when left out."""
        if isinstance(known_at, datetime):
            known_at = bisect.bisect_right(self.recorded, known_at)
        if known_at is not None and known_at >= self.head.number:
            known_at = None
        return Position(self, as_at, known_at)

    @property
    def now(self) -> Position:
        """Everything recorded."""
        # Not kept: ledger and position would hold each other, and the columns of every ledger
        # that was replaced (megabytes) would lie about until the collector came round.
        return Position(self, None, None)


@dataclass(frozen=True, eq=False)
class Position:
    """A ledger at a point: `as_at` filters on effective dates, `number` on journals."""

    ledger: Ledger
    as_at: date | None
    number: int | None

    @cached_property
    def standing(self) -> Mask | None:
        """Which postings stand; None when all do."""
        return cols.up_to(self.ledger.columns, self.as_at, self.number)

    @cached_property
    def table(self) -> LineTable:
        """The lines that are open at the position, with their attributes then."""
        if self.as_at is None and self.number is None:
            return self.ledger.table
        return LineTable(e for e in self.ledger.line_events if self.holds(e.effective_on, e.ref))

    @property
    def lines(self) -> dict[str, LineAttributes]:
        """Each line that is open at the position with its attributes then."""
        return self.table.attributes

    @cached_property
    def claims(self) -> dict[tuple[str, str], Claim]:
        """The claim in force by (line, source)."""
        found: dict[tuple[str, str], Claim] = {}
        for event in sorted(self.ledger.claim_events, key=_order):
            if self.holds(event.effective_on, event.ref):
                found[event.line, event.claim.source] = event.claim
        return {key: claim for key, claim in found.items() if claim.basis_points}

    @cached_property
    def capacities(self) -> dict[str, Capacity]:
        """What each source holds."""
        found: dict[str, Capacity] = {}
        for event in sorted(self.ledger.capacity_events, key=_order):
            if self.holds(event.effective_on, event.ref):
                found[event.capacity.source] = event.capacity
        return found

    def holds(self, effective_on: date, ref: EntryRef) -> bool:
        """True when an entry stands at the position."""
        return (self.as_at is None or effective_on <= self.as_at) and (
            self.number is None or ref.journal <= self.number
        )

    def undone(self, ref: EntryRef) -> bool:
        """True when a reversal of the entry stands at the position, itself not reversed."""
        by = self.ledger.reversals.get(ref)
        return by is not None and self.holds(by.effective_on, by.ref) and not self.undone(by.ref)

    @cached_property
    def _undoing(self) -> frozenset[EntryRef]:
        return frozenset(by.ref for by in self.ledger.reversals.values())

    def holds_good(self, ref: EntryRef) -> bool:
        """True for an entry that nobody has undone here, and that undoes no other."""
        return ref not in self._undoing and not self.undone(ref)

    def balances(self, line: str) -> dict[tuple[str, int], int]:
        """Pence by (year, account code) on one line, nought left out."""
        sums: dict[tuple[str, int], int] = {}
        for standing in self.postings(lines=[line]):
            posting = standing.posting
            key = (posting.year, cols.account_code(posting.account, posting.reason))
            sums[key] = sums.get(key, 0) + posting.amount_pence
        return {key: amount for key, amount in sums.items() if amount}

    def by_line_and_year(self, **wanted: object) -> dict[str, dict[str, int]]:
        """Pence by line and year over the postings that stand here, chosen as `columns.mask` says;
        nought where they cancel out.
        """
        columns = self.ledger.columns
        chosen = cols.mask(columns, standing=self.standing, **wanted)  # type: ignore[arg-type]
        return cols.by_line_and_year(columns, chosen)

    def postings(self, **wanted: object) -> list[StandingPosting]:
        """The postings that stand here, chosen as `columns.mask` says."""
        columns = self.ledger.columns
        return cols.rows(columns, cols.mask(columns, standing=self.standing, **wanted))  # type: ignore[arg-type]


def _order(event: ClaimEvent | CapacityEvent) -> Order:
    return (event.effective_on, event.ref.journal, event.ref.entry)


EMPTY = Ledger()


def extend(ledger: Ledger, journals: Iterable[Journal]) -> Ledger:
    """The ledger with the next journals folded in. They must follow its head, number by number."""
    journals = list(journals)
    for expected, journal in enumerate(journals, start=ledger.head.number + 1):
        if journal.number != expected:
            raise ValueError(f"journal {journal.number} does not follow journal {expected - 1}")
    if not journals:
        return ledger
    return replace(
        _fold(ledger, [(j.number, j.entries) for j in journals]),
        head=Head(journals[-1].number, journals[-1].digest),
        recorded=ledger.recorded + tuple(j.recorded_at for j in journals),
    )


def overlay(ledger: Ledger, entries: Sequence[Entry]) -> Ledger:
    """The ledger as it would be if these entries were posted next: for previews and checks."""
    if not entries:
        return ledger
    return _fold(ledger, [(ledger.head.number + 1, entries)])


def _fold(ledger: Ledger, acts: Sequence[tuple[int, Sequence[Entry]]]) -> Ledger:
    line_events: list[LineEvent] = []
    claim_events = list(ledger.claim_events)
    capacity_events, replace_events = list(ledger.capacity_events), list(ledger.replace_events)
    reversals, last = dict(ledger.reversals), dict(ledger.last)
    rows: list[cols.PostingRow] = []
    opened: list[str] = []
    for number, entries in acts:
        for place, entry in enumerate(entries):
            ref, on = EntryRef(number, place), entry.effective_on
            if entry.attributes is not None:
                is_new = entry.kind is EntryKind.OPEN_LINE
                line_events.append(LineEvent(entry.line, on, ref, entry.attributes, is_new))
                opened += [entry.line] if is_new else []
            if entry.claim is not None:
                claim_events.append(ClaimEvent(entry.line, on, ref, entry.claim))
            if entry.capacity is not None:
                capacity_events.append(CapacityEvent(on, ref, entry.capacity))
            if entry.replaced_by:
                replace_events.append(ReplaceEvent(entry.line, entry.replaced_by, on, ref))
            if entry.reverses is not None:
                reversals[entry.reverses] = Reversal(on, ref)
            ordinal = on.toordinal()
            for posting in entry.postings:
                rows.append((number, place, ordinal, entry.kind, posting))
                last[posting.line] = number
            if entry.line:
                last[entry.line] = number
    return Ledger(
        head=ledger.head,
        columns=cols.extend(ledger.columns, rows, opened),
        table=LineTable(line_events, ledger.table) if line_events else ledger.table,
        line_events=ledger.line_events + tuple(line_events),
        claim_events=tuple(claim_events),
        capacity_events=tuple(capacity_events),
        replace_events=tuple(replace_events),
        reversals=reversals,
        recorded=ledger.recorded,
        last=last,
    )
