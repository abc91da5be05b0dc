"""Which entries does an acceptance post? (rules PAP-05 to PAP-07)

A new line is opened and its target set, every amount from its own cell. On a line that has amounts
already only the differences are posted, as the kind of change that a person said they are. What a
paper prints as delivered stands as on target until a second person, from finance, has confirmed the
delivery: that part becomes a proposal of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from futurefit.kernel.money import print_money
from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Entry, EntryKind, Posting, Reason
from futurefit.site.papers.models import Nature
from futurefit.site.papers.reviewing import Accepted, Place, Sums

_DELIVERED, _ON_TARGET = Account.GREEN_DELIVERED, Account.GREEN_ON_TARGET


@dataclass
class Drafted:
    """What is posted at once, what waits for a second person, and the cells that both name."""

    entries: list[Entry] = field(default_factory=list)
    deliveries: list[Entry] = field(default_factory=list)
    sources: list[Provenance] = field(default_factory=list)

    def source(self, place: Provenance) -> int:
        """The number of a cell among the journal's sources."""
        if place not in self.sources:
            self.sources.append(place)
        return self.sources.index(place)


def draft(lines: Iterable[tuple[str, Accepted, str]], *, on: date) -> Drafted:
    """The entries for each line: its reference, what was accepted, and the nature of the change
    ("" for a line that had no amounts).
    """
    drafted = Drafted()
    for ref, accepted, nature in lines:
        if accepted.attributes is not None:
            drafted.entries.append(acts.open_line(ref, accepted.attributes, on=on))
        if accepted.base:
            _differences(drafted, ref, accepted, Nature(nature or Nature.CORRECTION), on)
        else:
            _target(drafted, ref, accepted, on)
    return drafted


def _target(drafted: Drafted, ref: str, accepted: Accepted, on: date) -> None:
    """A line without amounts gets its target, cell by cell."""
    cells = [
        (
            amount.year,
            _ON_TARGET if amount.account is _DELIVERED else amount.account,
            amount.pence,
            drafted.source(amount.place),
        )
        for amount in accepted.amounts
        if amount.pence
    ]
    if cells:
        drafted.entries.append(acts.set_rated_target(ref, cells, on=on))
    _deliver(
        drafted,
        ref,
        {
            (amount.year, _DELIVERED): accepted.sums[amount.year, _DELIVERED]
            for amount in accepted.amounts
            if amount.account is _DELIVERED and (amount.year, _DELIVERED) in accepted.sums
        },
        accepted,
        on,
    )


def _differences(drafted: Drafted, ref: str, accepted: Accepted, nature: Nature, on: date) -> None:
    """What differs from the base, as one entry of the kind that the change is."""
    changes = accepted.changes
    delivered = {
        place: pence
        for place, pence in changes.items()
        if place[1] is _DELIVERED and pence * accepted.sums.get(place, 0) > 0
    }
    for (year, _), pence in delivered.items():
        del changes[year, _DELIVERED]
        changes[year, _ON_TARGET] = changes.get((year, _ON_TARGET), 0) + pence
    moved = {place: pence for place, pence in changes.items() if pence}
    if moved:
        drafted.entries.append(_entry(drafted, ref, moved, accepted, nature, on))
    _deliver(drafted, ref, delivered, accepted, on)


_KINDS: Mapping[Nature, tuple[EntryKind, Account | None, Reason | None]] = {
    Nature.CORRECTION: (EntryKind.SET_TARGET, Account.TARGET, None),
    Nature.RE_TARGET: (EntryKind.RE_TARGET, Account.TARGET, None),
    Nature.RE_RATING: (EntryKind.RE_RATE, None, None),
    Nature.RE_PROFILE: (EntryKind.RE_PROFILE, Account.VARIANCE, Reason.SLIPPED),
    Nature.RE_ESTIMATE: (EntryKind.RE_ESTIMATE, Account.VARIANCE, Reason.RE_ESTIMATED),
}
"""The entry that each nature posts, and the account that takes what a year gains or loses."""


def _entry(
    drafted: Drafted, ref: str, moved: Sums, accepted: Accepted, nature: Nature, on: date
) -> Entry:
    kind, contra, reason = _KINDS[nature]
    if contra is Account.TARGET and not any(by_year(moved).values()):
        # The target stays as it is: only the rating was wrong.
        kind, contra = EntryKind.RE_RATE, None
    postings = []
    for (year, account), pence in moved.items():
        source = _source(drafted, (year, account), accepted)
        postings.append(Posting(ref, year, account, pence, source=source))
        if contra is not None:
            postings.append(Posting(ref, year, contra, -pence, reason, source))
    return Entry(kind, on, tuple(postings))


def _source(drafted: Drafted, place: Place, accepted: Accepted) -> int | None:
    """The cell that a difference was read from; of several the first, and all are kept."""
    cells = [
        drafted.source(amount.place)
        for amount in accepted.amounts
        if (amount.year, amount.account) == place
        or (amount.account is _DELIVERED and place == (amount.year, _ON_TARGET))
    ]
    return cells[0] if cells else None


def _deliver(drafted: Drafted, ref: str, delivered: Sums, accepted: Accepted, on: date) -> None:
    if not delivered:
        return
    postings = []
    for (year, _), pence in delivered.items():
        source = _source(drafted, (year, _DELIVERED), accepted)
        postings += [
            Posting(ref, year, _ON_TARGET, -pence, source=source),
            Posting(ref, year, _DELIVERED, pence, source=source),
        ]
    drafted.deliveries.append(Entry(EntryKind.DELIVER, on, tuple(postings)))


def by_year(changes: Sums) -> dict[str, int]:
    """What each year gains or loses over all ratings."""
    years: dict[str, int] = defaultdict(int)
    for (year, _), pence in changes.items():
        years[year] += pence
    return dict(years)


def looks_like(changes: Sums) -> Nature | None:
    """What a change looks like by its figures alone; None where only a person can tell."""
    years = by_year(changes)
    if not any(years.values()):
        return Nature.RE_RATING
    return Nature.RE_PROFILE if not sum(years.values()) else None


def objection(nature: Nature, changes: Sums) -> str:
    """Why the change cannot be what it is said to be; "" where it can."""
    years = by_year(changes)
    total = sum(years.values())
    if nature is Nature.RE_RATING and any(years.values()):
        year, pence = next((year, pence) for year, pence in years.items() if pence)
        return (
            f"{year} changes by {print_money(pence)}, and a re-rating leaves each year’s amount as "
            "it is. Say re-profile where it goes to another year, or re-estimate."
        )
    if nature is Nature.RE_PROFILE and total:
        return (
            f"Over all years the line changes by {print_money(total)}, and a re-profile only moves "
            "amounts between years. Say re-estimate or re-target."
        )
    if nature is Nature.RE_PROFILE and not any(years.values()):
        return "No amount goes to another year: say re-rating."
    return ""
