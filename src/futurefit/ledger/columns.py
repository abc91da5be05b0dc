"""How are tens of thousands of postings summed in a few milliseconds? NumPy, and only here.

Postings are held as columns of integers; every figure is one pass that adds whole pence into the
cells of a cube of groups × years × accounts. Nothing is kept that could disagree with the postings:
all sums are made afresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

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
_FIELDS = ("line", "cell", "effective", "journal", "entry", "kind", "source", "amount")
_BEYOND_INT64 = 2**63

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
    """Postings in chain order. `lines` and `years` are the texts that the codes stand for; `cell`
    codes a year and an account together, as their place in a cube.
    """

    lines: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    line: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    cell: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
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
    """The columns with more postings after them. Lines without an amount are known too.

    OverflowError: amounts that could add up to more than 64 bits hold.
    """
    line_codes, year_codes = dict(columns.line_codes), dict(columns.year_codes)
    for ref in new_lines:
        line_codes.setdefault(ref, len(line_codes))
    fresh = [
        (
            line_codes.setdefault(posting.line, len(line_codes)),
            year_codes.setdefault(posting.year, len(year_codes)) * len(ACCOUNTS)
            + _ACCOUNT_CODE[posting.account, posting.reason],
            effective,
            journal,
            entry,
            _KIND_CODE[kind],
            -1 if posting.source is None else posting.source,
            posting.amount_pence,
        )
        for journal, entry, effective, kind, posting in rows
    ]
    magnitude = columns.magnitude + sum(abs(row[-1]) for row in fresh)
    if magnitude >= _BEYOND_INT64:
        raise OverflowError(f"{magnitude} pence are too many to be added up exactly")
    joined = {name: getattr(columns, name) for name in _FIELDS}
    if fresh:
        added = np.array(fresh, dtype=np.int64).T
        for place, name in enumerate(_FIELDS):
            joined[name] = np.concatenate((joined[name], added[place]))
    return Columns(
        lines=tuple(line_codes),
        years=tuple(year_codes),
        line_codes=line_codes,
        year_codes=year_codes,
        magnitude=magnitude,
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


def touched(columns: Columns, before: Mask | None, after: Mask | None) -> list[str]:
    """The lines with a posting that stands at one of two positions and not at the other."""
    stood, stands = (np.ones(len(columns), bool) if m is None else m for m in (before, after))
    return [columns.lines[code] for code in np.unique(columns.line[stood ^ stands]).tolist()]


def cube(columns: Columns, groups: Ints, n_groups: int, standing: Mask | None = None) -> Ints:
    """Pence by group, year and account, summed from the postings. `groups` gives each line's group,
    −1 for lines that are left out. Shape (n_groups, years, accounts).
    """
    width = len(columns.years) * len(ACCOUNTS)
    # Postings of lines that are left out fall into one more group, which is cut off: cheaper than
    # picking the others out.
    begins = np.where(groups < 0, n_groups, groups) * width
    place = begins[columns.line]
    place += columns.cell
    summed = np.zeros((n_groups + 1) * width, np.int64)
    np.add.at(summed, place, columns.amount if standing is None else columns.amount * standing)
    return summed[: n_groups * width].reshape(n_groups, len(columns.years), len(ACCOUNTS))


def balances(
    columns: Columns, lines: Mask, years: Iterable[str] | None, standing: Mask | None
) -> list[int]:
    """Pence by account over the chosen lines, in some years or (None) all."""
    together = cube(columns, np.where(lines, 0, -1), 1, standing)[0]
    by_account: list[int] = together[_flags(columns.year_codes, years)].sum(axis=0).tolist()
    return by_account


def by_year(
    columns: Columns, lines: Mask, accounts: Sequence[int], sign: int, standing: Mask | None
) -> dict[str, int]:
    """Pence by year over the chosen lines, in some accounts."""
    together = cube(columns, np.where(lines, 0, -1), 1, standing)
    return dict(zip(columns.years, measured(together, accounts, sign)[0], strict=True))


def by_line_and_year(columns: Columns, wanted: Mask) -> dict[str, dict[str, int]]:
    """Pence by line and year over the chosen postings. Where they cancel out stands a nought."""
    lines, cells, amounts = (each[wanted] for each in (columns.line, columns.cell, columns.amount))
    places, place = np.unique(
        lines * len(columns.years) + cells // len(ACCOUNTS), return_inverse=True
    )
    summed = np.zeros(len(places), np.int64)
    np.add.at(summed, place, amounts)
    found: dict[str, dict[str, int]] = {}
    for at, pence in zip(places.tolist(), summed.tolist(), strict=True):
        line, year = divmod(at, len(columns.years))
        found.setdefault(columns.lines[line], {})[columns.years[year]] = pence
    return found


def coded(columns: Columns, keys: Mapping[str, Key]) -> tuple[Ints, list[Key]]:
    """Each line's code for its key (−1 for a line without one), and the keys, sorted."""
    found: list[Any] = sorted(set(keys.values()))  # keys are texts, or tuples of texts
    codes = {key: code for code, key in enumerate(found)}
    each = np.full(len(columns.lines), -1)
    each[[columns.line_codes[line] for line in keys]] = [codes[key] for key in keys.values()]
    return each, found


def listed(columns: Columns, lines: Iterable[str]) -> Mask:
    """Which lines are among `lines`."""
    return _flags(columns.line_codes, lines)


def kept(codes: Ints, wanted: Mask) -> Ints:
    """The codes of the wanted lines, −1 for the others."""
    return np.where(wanted, codes, -1)


def renumbered(codes: Ints, n_codes: int) -> tuple[Ints, list[int]]:
    """Codes numbered afresh without those that no line has, and the old number of each."""
    occurs = np.zeros(n_codes + 1, bool)
    occurs[codes] = True  # −1 marks the last place, which belongs to no code
    occurs[-1] = False
    number = np.cumsum(occurs) - 1
    number[-1] = -1
    return number[codes], np.flatnonzero(occurs).tolist()


def widened(cube: Ints, n_years: int) -> Ints:
    """A cube with empty years put after its own."""
    wide = np.zeros((cube.shape[0], n_years, cube.shape[2]), np.int64)
    wide[:, : cube.shape[1]] = cube
    return wide


def unwound(cube: Ints, one_off: Ints, following: Sequence[int], n_years: int) -> Ints:
    """A cube on an axis of `n_years` to which each one-off amount is added once more, with the sign
    turned, in the year after (`following`; −1 where nothing follows).
    """
    wide = widened(cube, n_years)
    for year, after in enumerate(following):
        if after >= 0:
            wide[:, after] -= one_off[:, year]
    return wide


def busy_years(cube: Ints) -> list[int]:
    """The places on the year axis where anything stands."""
    return np.flatnonzero(np.any(np.any(cube, axis=0), axis=1)).tolist()


def added(cube: Ints, accounts: Sequence[int], sign: int) -> Ints:
    """Pence by group and year over some accounts."""
    # One account after another: NumPy is slow at many short sums.
    block = cube[:, :, accounts[0]].copy()
    for account in accounts[1:]:
        block += cube[:, :, account]
    return block if sign > 0 else -block


def measured(cube: Ints, accounts: Sequence[int], sign: int) -> list[list[int]]:
    """Pence by group and year over some accounts, as plain integers."""
    table: list[list[int]] = added(cube, accounts, sign).tolist()
    return table


def printed(
    block: Ints, axis: Sequence[int], no_year: int | None, *, running: bool
) -> Iterable[tuple[tuple[int, ...], int, int]]:
    """A row a group: its amounts in the years of `axis` (added up year by year when `running`),
    their total, and what stands without a year; plain integers.
    """
    amounts = block[:, axis]
    totals = amounts.sum(axis=1).tolist()
    by_year = (amounts.cumsum(axis=1) if running else amounts).tolist()
    apart = [0] * len(totals) if no_year is None else block[:, no_year].tolist()
    return zip(map(tuple, by_year), totals, apart, strict=True)


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
    for line, cell, effective, journal, entry, kind, source, amount in table:
        year, account = divmod(cell, len(ACCOUNTS))
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
    if lines is not None:
        chosen &= _flags(columns.line_codes, lines)[columns.line]
    if years is not None or accounts is not None:
        of_year = _flags(columns.year_codes, years)
        cells = of_year[:, None] & _flags(_ACCOUNT_CODE, accounts)
        chosen &= cells.ravel()[columns.cell]
    if kinds is not None:
        chosen &= _flags(_KIND_CODE, kinds)[columns.kind]
    if journals is not None:
        chosen &= (columns.journal >= journals[0]) & (columns.journal <= journals[1])
    if entry is not None:
        chosen &= columns.entry == entry
    return chosen


def _flags(codes: Mapping[Key, int], wanted: Iterable[Key] | None) -> Mask:
    """True at the codes of the wanted keys; at all codes for None."""
    if wanted is None:
        return np.ones(len(codes), bool)
    flags = np.zeros(len(codes), bool)
    flags[[codes[key] for key in wanted if key in codes]] = True
    return flags


def total(columns: Columns, wanted: Mask) -> int:
    """The sum of the chosen postings in pence."""
    return int(columns.amount[wanted].sum())
