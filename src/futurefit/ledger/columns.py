"""How are tens of thousands of postings summed in a few milliseconds? NumPy, and only here.

Postings are held as columns of small integers; every figure is one pass that adds whole pence into
the cells of a cube of groups × years × accounts. Nothing is kept that could disagree with the
postings: all sums are made afresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from futurefit.ledger.entries import RATINGS, Account, EntryKind, Posting, Reason

ACCOUNTS: tuple[tuple[Account, Reason | None], ...] = (
    (Account.TARGET, None),
    *((account, None) for account in RATINGS),
    *((Account.VARIANCE, reason) for reason in Reason),
)
"""Every place an amount can stand: the third axis of a cube."""

TARGET = 0
FIRST_RATING, AFTER_RATINGS = 1, 6
DELIVERED = 5
FIRST_VARIANCE = 6

_ACCOUNT_CODE = {place: code for code, place in enumerate(ACCOUNTS)}
_KINDS = tuple(EntryKind)
_KIND_CODE = {kind: code for code, kind in enumerate(_KINDS)}
_FIELDS = ("line", "year", "account", "effective", "journal", "entry", "kind", "source", "amount")
_LARGEST_EXACT = 2**53

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Key = TypeVar("Key")

PostingRow = tuple[int, int, int, EntryKind, Posting]
"""(journal, entry, effective_on as an ordinal, kind, posting)."""


def account_code(account: Account, reason: Reason | None) -> int:
    """The place of an account (and reason) on the third axis; KeyError for any other pair."""
    return _ACCOUNT_CODE[account, reason]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Postings in chain order. `lines` and `years` are the texts that the codes stand for."""

    lines: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    line: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    year: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    account: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    effective: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    journal: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    entry: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    kind: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    source: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    amount: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    line_codes: dict[str, int] = field(default_factory=dict)
    year_codes: dict[str, int] = field(default_factory=dict)
    magnitude: int = 0

    def __len__(self) -> int:
        return len(self.amount)


def extend(columns: Columns, rows: Iterable[PostingRow], new_lines: Iterable[str] = ()) -> Columns:
    """The columns with more postings after them. Lines without an amount are known too."""
    line_codes, year_codes = dict(columns.line_codes), dict(columns.year_codes)
    for ref in new_lines:
        line_codes.setdefault(ref, len(line_codes))
    fresh = [
        (
            line_codes.setdefault(posting.line, len(line_codes)),
            year_codes.setdefault(posting.year, len(year_codes)),
            _ACCOUNT_CODE[posting.account, posting.reason],
            effective,
            journal,
            entry,
            _KIND_CODE[kind],
            -1 if posting.source is None else posting.source,
            posting.amount_pence,
        )
        for journal, entry, effective, kind, posting in rows
    ]
    added = np.array(fresh, dtype=np.int64).reshape(-1, len(_FIELDS)).T
    joined = {
        name: np.concatenate((getattr(columns, name), added[place]))
        for place, name in enumerate(_FIELDS)
    }
    return Columns(
        lines=tuple(line_codes),
        years=tuple(year_codes),
        line_codes=line_codes,
        year_codes=year_codes,
        magnitude=columns.magnitude + sum(abs(row[-1]) for row in fresh),
        **joined,
    )


def up_to(columns: Columns, as_at: date | None, number: int | None) -> Mask | None:
    """Which postings stand at a position: effective by `as_at`, in journals up to `number`."""
    masks: list[Mask] = []
    if as_at is not None:
        masks.append(columns.effective <= as_at.toordinal())
    if number is not None:
        masks.append(columns.journal <= number)
    if not masks:
        return None
    return masks[0] if len(masks) == 1 else masks[0] & masks[1]


def cube(columns: Columns, groups: Ints, n_groups: int, standing: Mask | None = None) -> Ints:
    """Pence by group, year and account, summed from the postings. `groups` gives each line's group,
    −1 for lines that are left out. Shape (n_groups, years, accounts).
    """
    width = len(columns.years) * len(ACCOUNTS)
    # Postings of lines that are left out fall into one more group, which is cut off: cheaper than
    # picking the others out.
    group = np.where(groups < 0, n_groups, groups)[columns.line]
    if standing is not None:
        group = np.where(standing, group, n_groups)
    place = group * width + columns.year * len(ACCOUNTS) + columns.account
    summed = _sum_into(columns, place, (n_groups + 1) * width)
    return summed[: n_groups * width].reshape(n_groups, len(columns.years), len(ACCOUNTS))


def _sum_into(columns: Columns, place: Ints, size: int) -> Ints:
    # bincount adds in doubles: exact for whole pence while no sum can leave 2^53, and many times
    # faster than adding integers one by one, which is what happens beyond that.
    if columns.magnitude < _LARGEST_EXACT:
        return np.bincount(place, weights=columns.amount, minlength=size).astype(np.int64)
    total = np.zeros(size, np.int64)
    np.add.at(total, place, columns.amount)
    return total


def coded(columns: Columns, texts: Mapping[str, str]) -> tuple[Ints, list[str]]:
    """Each line's code for its text (−1 for a line without one), and the texts, sorted."""
    found = sorted(set(texts.values()))
    codes = {text: code for code, text in enumerate(found)}
    each = [codes[texts[line]] if line in texts else -1 for line in columns.lines]
    return np.array(each, dtype=np.int64), found


def kept(codes: Ints, wanted: Ints | None) -> Ints:
    """The codes where `wanted` is 0 or more, −1 elsewhere."""
    return codes if wanted is None else np.where(wanted >= 0, codes, -1)


def where_code(codes: Ints, code: int) -> Ints:
    """0 for lines that have the code, −1 for the rest."""
    return np.where(codes == code, 0, -1)


def everyone(columns: Columns) -> Ints:
    """0 for every line."""
    return np.zeros(len(columns.lines), np.int64)


def grouped(codes: Sequence[Ints]) -> tuple[Ints, list[tuple[int, ...]]]:
    """Each line's group when lines are grouped by several codes together, and the groups that
    occur. A line with any code −1 is in no group.
    """
    key = np.zeros_like(codes[0])
    sizes = [int(each.max(initial=0)) + 1 for each in codes]
    outside = np.zeros(len(key), bool)
    for each, size in zip(codes, sizes, strict=True):
        key = key * size + each
        outside |= each < 0
    key[outside] = -1
    found, inverse = np.unique(key, return_inverse=True)
    missing = int(len(found) > 0 and found[0] == -1)
    groups = []
    for packed in found[missing:].tolist():
        parts = []
        for size in reversed(sizes):
            packed, part = divmod(packed, size)
            parts.append(part)
        groups.append(tuple(reversed(parts)))
    return inverse - missing, groups


def with_unwinding(
    cube: Ints, one_off: Ints, years: Sequence[str], following: Sequence[int], n_years: int
) -> Ints:
    """A cube on an axis of `n_years` to which each one-off amount is added again, with the sign
    turned, in the year after (`following`; −1 where nothing follows).
    """
    wide = np.zeros((cube.shape[0], n_years, cube.shape[2]), np.int64)
    wide[:, : len(years)] = cube
    for year, after in enumerate(following):
        if after >= 0:
            wide[:, after] -= one_off[:, year]
    return wide


def busy_years(cube: Ints) -> list[int]:
    """The places on the year axis where anything stands."""
    return np.flatnonzero(np.abs(cube).sum(axis=(0, 2))).tolist()


def measured(cube: Ints, accounts: Sequence[int], sign: int) -> list[list[int]]:
    """Pence by group and year over some accounts next to each other, as plain integers."""
    block = cube[:, :, accounts[0] : accounts[-1] + 1].sum(axis=2) * sign
    table: list[list[int]] = block.tolist()
    return table


@dataclass(frozen=True, slots=True)
class StandingPosting:
    """A posting as it stands in the chain, for showing working."""

    journal: int
    entry: int
    kind: EntryKind
    effective_on: date
    posting: Posting


def rows(columns: Columns, wanted: Mask) -> list[StandingPosting]:
    """The chosen postings, in chain order."""
    picked = np.flatnonzero(wanted)
    table = zip(*(getattr(columns, name)[picked].tolist() for name in _FIELDS), strict=True)
    found = []
    for line, year, account, effective, journal, entry, kind, source, amount in table:
        place, reason = ACCOUNTS[account]
        found.append(
            StandingPosting(
                journal,
                entry,
                _KINDS[kind],
                date.fromordinal(effective),
                Posting(
                    columns.lines[line],
                    columns.years[year],
                    place,
                    amount,
                    reason,
                    None if source < 0 else source,
                ),
            )
        )
    return found


def mask(
    columns: Columns,
    *,
    standing: Mask | None = None,
    lines: Iterable[str] | None = None,
    years: Iterable[str] | None = None,
    accounts: Iterable[tuple[Account, Reason | None]] | None = None,
    journals: tuple[int, int] | None = None,
    entry: int | None = None,
    kinds: Iterable[EntryKind] | None = None,
) -> Mask:
    """Which postings lie on these lines, years, accounts, in these journals (first, last) and
    kinds. None means any.
    """
    chosen = np.ones(len(columns), bool) if standing is None else standing.copy()
    for codes, wanted, length in (
        (columns.line, _codes(columns.line_codes, lines), len(columns.lines)),
        (columns.year, _codes(columns.year_codes, years), len(columns.years)),
        (columns.account, _codes(_ACCOUNT_CODE, accounts), len(ACCOUNTS)),
        (columns.kind, _codes(_KIND_CODE, kinds), len(_KINDS)),
    ):
        if wanted is not None:
            flags = np.zeros(length, bool)
            flags[wanted] = True
            chosen &= flags[codes]
    if journals is not None:
        chosen &= (columns.journal >= journals[0]) & (columns.journal <= journals[1])
    if entry is not None:
        chosen &= columns.entry == entry
    return chosen


def _codes(codes: dict[Key, int], wanted: Iterable[Key] | None) -> list[int] | None:
    return None if wanted is None else [codes[key] for key in wanted if key in codes]


def total(columns: Columns, wanted: Mask) -> int:
    """The sum of the chosen postings in pence."""
    return int(columns.amount[wanted].sum())
