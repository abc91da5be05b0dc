"""What changed? Each act of the field as one balanced entry.

People never see postings: they say which line, which year, how much, and what happened. These
builders turn that into an entry; `checks.check` says whether it may stand. Amounts are whole pence,
signed as in the ledger (a saving is positive).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date

from futurefit.ledger.columns import StandingPosting
from futurefit.ledger.entries import (
    Account,
    Capacity,
    Claim,
    Entry,
    EntryKind,
    EntryRef,
    Evidence,
    LineAttributes,
    Posting,
    Reason,
    SourceKind,
)


def open_line(line: str, attributes: LineAttributes, *, on: date) -> Entry:
    """A new line, not yet with any amount."""
    return Entry(EntryKind.OPEN_LINE, on, line=line, attributes=attributes)


def reclassify(line: str, attributes: LineAttributes, *, on: date) -> Entry:
    """A line's attributes from a date on (all of them, not only those that differ)."""
    return Entry(EntryKind.RECLASSIFY, on, line=line, attributes=attributes)


def set_target(
    line: str,
    amounts: Mapping[str, int],
    *,
    on: date,
    rating: Account = Account.UNRATED,
    source: int | None = None,
) -> Entry:
    """A line's target by year, all standing under one rating."""
    return set_rated_target(
        line, [(year, rating, amount, source) for year, amount in amounts.items()], on=on
    )


def set_rated_target(
    line: str, cells: Sequence[tuple[str, Account, int, int | None]], *, on: date
) -> Entry:
    """A target straight from a RAG grid: (year, rating, amount, source) for each filled cell."""
    postings = []
    for year, rating, amount, source in cells:
        postings += [
            Posting(line, year, Account.TARGET, -amount, source=source),
            Posting(line, year, rating, amount, source=source),
        ]
    return Entry(EntryKind.SET_TARGET, on, tuple(postings))


def set_unidentified_target(line: str, amounts: Mapping[str, int], *, on: date) -> Entry:
    """A target that nobody has yet found a saving for: it counts against the forecast from the
    start.
    """
    return _between(
        EntryKind.SET_TARGET,
        line,
        amounts,
        (Account.TARGET, None),
        (Account.VARIANCE, Reason.UNIDENTIFIED),
        on,
    )


def re_target(line: str, amounts: Mapping[str, int], *, clears: Reason, on: date) -> Entry:
    """Accept a variance into the target: `amounts` is the change of the target by year (a lower
    target is negative), and `clears` the reason whose balance it takes away.
    """
    return _between(
        EntryKind.RE_TARGET,
        line,
        amounts,
        (Account.TARGET, None),
        (Account.VARIANCE, clears),
        on,
    )


def raise_target(
    line: str, amounts: Mapping[str, int], *, on: date, rating: Account = Account.UNRATED
) -> Entry:
    """A target changed together with what is forecast, by the same amount in each year."""
    return _between(EntryKind.RE_TARGET, line, amounts, (Account.TARGET, None), (rating, None), on)


def re_rate(
    line: str, amounts: Mapping[str, int], *, from_rating: Account, to_rating: Account, on: date
) -> Entry:
    """Move amounts from one rating to another."""
    return _between(EntryKind.RE_RATE, line, amounts, (from_rating, None), (to_rating, None), on)


def re_profile(
    line: str,
    amount_pence: int,
    *,
    rating: Account,
    from_year: str,
    to_year: str,
    on: date,
    to_rating: Account | None = None,
) -> Entry:
    """An amount slips (or is brought forward) from one year to another."""
    return Entry(
        EntryKind.RE_PROFILE,
        on,
        (
            Posting(line, from_year, rating, -amount_pence),
            Posting(line, from_year, Account.VARIANCE, amount_pence, Reason.SLIPPED),
            Posting(line, to_year, to_rating or rating, amount_pence),
            Posting(line, to_year, Account.VARIANCE, -amount_pence, Reason.SLIPPED),
        ),
    )


def re_estimate(
    line: str,
    amounts: Mapping[str, int],
    *,
    rating: Account,
    on: date,
    reason: Reason = Reason.RE_ESTIMATED,
) -> Entry:
    """A better estimate: `amounts` is the change of the forecast by year (less is negative)."""
    return _between(
        EntryKind.RE_ESTIMATE, line, amounts, (Account.VARIANCE, reason), (rating, None), on
    )


def deliver(
    line: str,
    amounts: Mapping[str, int],
    *,
    from_rating: Account,
    on: date,
    evidence: Evidence | None = None,
) -> Entry:
    """Amounts that are secured: they move to delivered. Without evidence the entry can wait for
    somebody to give it, and cannot be posted (rule PRF-01).
    """
    moved = _between(
        EntryKind.DELIVER,
        line,
        amounts,
        (from_rating, None),
        (Account.GREEN_DELIVERED, None),
        on,
    )
    return dataclasses.replace(moved, evidence=evidence)


def withdraw(line: str, amounts: Mapping[str, int], *, from_rating: Account, on: date) -> Entry:
    """Amounts that will not be pursued; the target stands until a decision changes it."""
    return _between(
        EntryKind.WITHDRAW,
        line,
        amounts,
        (from_rating, None),
        (Account.VARIANCE, Reason.WITHDRAWN),
        on,
    )


def replace(
    line: str,
    replaced_by: str,
    amounts: Mapping[str, int],
    *,
    from_rating: Account,
    on: date,
    to_rating: Account = Account.UNRATED,
) -> Entry:
    """Another line takes over amounts: the old line falls short by them, the new one exceeds by
    them.
    """
    postings = []
    for year, amount in amounts.items():
        postings += [
            Posting(line, year, from_rating, -amount),
            Posting(line, year, Account.VARIANCE, amount, Reason.REPLACED),
            Posting(replaced_by, year, to_rating, amount),
            Posting(replaced_by, year, Account.VARIANCE, -amount, Reason.REPLACED),
        ]
    return Entry(EntryKind.REPLACE, on, tuple(postings), line=line, replaced_by=replaced_by)


def claim(line: str, source: str, basis_points: int, *, on: date) -> Entry:
    """The line takes a share (of 10,000) of its amount out of a source."""
    return Entry(EntryKind.CLAIM, on, line=line, claim=Claim(source, basis_points))


def set_capacity(source: str, kind: SourceKind, base_pence: int, *, on: date) -> Entry:
    """What a source holds, a year."""
    return Entry(EntryKind.SET_CAPACITY, on, capacity=Capacity(source, kind, base_pence))


def reverse(original: Sequence[StandingPosting], *, on: date) -> Entry:
    """Undo one entry, given its postings as they stand. The reversal keeps the entry's kind."""
    first = original[0]
    return Entry(
        first.kind,
        on,
        tuple(
            Posting(p.line, p.year, p.account, -p.amount_pence, p.reason)
            for p in (standing.posting for standing in original)
        ),
        reverses=EntryRef(first.journal, first.entry),
    )


def _between(
    kind: EntryKind,
    line: str,
    amounts: Mapping[str, int],
    source: tuple[Account, Reason | None],
    target: tuple[Account, Reason | None],
    on: date,
) -> Entry:
    postings = []
    for year, amount in amounts.items():
        postings += [
            Posting(line, year, source[0], -amount, source[1]),
            Posting(line, year, target[0], amount, target[1]),
        ]
    return Entry(kind, on, tuple(postings))
