"""Which entries take a line from the figures that it holds to those that somebody says? (PAP-06)

Wherever figures come back, from a revised paper, a form or a workbook, only differences are posted,
as the kind of change that a person says they are. What is newly delivered stands as on target until
a second person has confirmed it: that part is an entry of its own, which waits (rule PRF-01).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from futurefit.kernel.money import print_money
from futurefit.ledger.columns import account_code
from futurefit.ledger.entries import RATINGS, Account, Entry, EntryKind, Posting, Reason
from futurefit.ledger.state import Ledger

Place = tuple[str, Account]
"""A year and the rating that an amount stands under."""

Sums = Mapping[Place, int]
"""Pence by year and rating."""

DELIVERED, ON_TARGET = Account.GREEN_DELIVERED, Account.GREEN_ON_TARGET


class Nature(StrEnum):
    """What a change is of figures that stand in the ledger already."""

    CORRECTION = "CORRECTION"
    RE_TARGET = "RE_TARGET"
    RE_RATING = "RE_RATING"
    RE_PROFILE = "RE_PROFILE"
    RE_ESTIMATE = "RE_ESTIMATE"


_KINDS: Mapping[Nature, tuple[EntryKind, Account | None, Reason | None]] = {
    Nature.CORRECTION: (EntryKind.SET_TARGET, Account.TARGET, None),
    Nature.RE_TARGET: (EntryKind.RE_TARGET, Account.TARGET, None),
    Nature.RE_RATING: (EntryKind.RE_RATE, None, None),
    Nature.RE_PROFILE: (EntryKind.RE_PROFILE, Account.VARIANCE, Reason.SLIPPED),
    Nature.RE_ESTIMATE: (EntryKind.RE_ESTIMATE, Account.VARIANCE, Reason.RE_ESTIMATED),
}
"""The entry that each nature posts, and the account that takes what a year gains or loses."""


def revise(
    ref: str,
    changes: Sums,
    wanted: Sums,
    nature: Nature,
    *,
    on: date,
    source: Callable[[Place], int | None] = lambda place: None,
) -> tuple[Entry | None, Entry | None]:
    """The entry that posts what differs, and the delivery that waits; None where there is none.

    `wanted` is what the line is to hold, `source` the number of the cell that a change was read
    from among the journal's sources.
    """
    moved = dict(changes)
    delivered = {
        place: pence
        for place, pence in changes.items()
        if place[1] is DELIVERED and pence * wanted.get(place, 0) > 0
    }
    for (year, _), pence in delivered.items():
        del moved[year, DELIVERED]
        moved[year, ON_TARGET] = moved.get((year, ON_TARGET), 0) + pence
    moved = {place: pence for place, pence in moved.items() if pence}
    return (
        _entry(ref, moved, nature, on, source) if moved else None,
        deliver(ref, delivered, on=on, source=source) if delivered else None,
    )


def _entry(
    ref: str, moved: Sums, nature: Nature, on: date, source: Callable[[Place], int | None]
) -> Entry:
    kind, contra, reason = _KINDS[nature]
    if contra is Account.TARGET and not any(by_year(moved).values()):
        # The target stays as it is: only the rating was wrong.
        kind, contra = EntryKind.RE_RATE, None
    postings = []
    for (year, account), pence in moved.items():
        cell = source((year, account))
        postings.append(Posting(ref, year, account, pence, source=cell))
        if contra is not None:
            postings.append(Posting(ref, year, contra, -pence, reason, cell))
    return Entry(kind, on, tuple(postings))


def deliver(
    ref: str,
    delivered: Sums,
    *,
    on: date,
    source: Callable[[Place], int | None] = lambda place: None,
) -> Entry:
    """What stands as on target, delivered: without its evidence, which whoever checks asks for."""
    postings = []
    for (year, _), pence in delivered.items():
        cell = source((year, DELIVERED))
        postings += [
            Posting(ref, year, ON_TARGET, -pence, source=cell),
            Posting(ref, year, DELIVERED, pence, source=cell),
        ]
    return Entry(EntryKind.DELIVER, on, tuple(postings))


def held(ledger: Ledger, ref: str) -> dict[Place, int]:
    """What the ledger holds on a line by year and rating."""
    if ref not in ledger.lines:
        return {}
    codes = {account_code(account, None): account for account in RATINGS}
    return {
        (year, codes[code]): pence
        for (year, code), pence in ledger.now.balances(ref).items()
        if code in codes
    }


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
