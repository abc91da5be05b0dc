"""What has become of every pound that a year promised and did not deliver? (rules YRE-01 to YRE-03)

When a year has ended, an amount of it that is not delivered will not be delivered in it: it has
slipped to the next year, another line takes it over, or it is undeliverable. Until somebody has
said which, the year's last month cannot be locked. A proposal promised nothing yet: one that still
names a year that has ended is withdrawn, or asked for in a later year, and holds nothing up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.kernel.years import UNPROFILED, FinancialYear, Horizon, parse_bucket, year_of
from futurefit.ledger import acts
from futurefit.ledger import columns as cols
from futurefit.ledger.entries import RATINGS, Account, Entry, Reason, Tranche
from futurefit.ledger.presentations import Scope, counted
from futurefit.ledger.state import Position

UNDELIVERED = tuple(rating for rating in RATINGS if rating is not Account.GREEN_DELIVERED)
"""The ratings of an amount that is forecast and not yet delivered."""


class Fate(StrEnum):
    """What becomes of an amount that its year did not deliver."""

    SLIPPED = "SLIPPED"
    UNDELIVERABLE = "UNDELIVERABLE"
    REPLACED = "REPLACED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """What a line still has undelivered in a year, by rating, in whole pence."""

    line: str
    year: str
    by_rating: tuple[tuple[Account, int], ...]

    @property
    def total_pence(self) -> int:
        """Over all ratings."""
        return sum(amount for _, amount in self.by_rating)


def ended_years(position: Position, on: date) -> list[str]:
    """The financial years that hold amounts and have ended by the end of a day, the oldest first.

    An open bucket never ends, and what has no year is outside the plan.
    """
    found = []
    for label in position.ledger.columns.years:
        bucket = parse_bucket(label)
        if isinstance(bucket, FinancialYear) and bucket.last_day <= on:
            found.append(label)
    return sorted(found)


def undelivered(
    position: Position, years: Sequence[str], tranche: Tranche = Tranche.CURRENT
) -> list[Undelivered]:
    """Each line's undelivered amounts in some years, in the order of years and lines: of lines that
    are in the adopted plan at the position, or of those that are proposed.
    """
    held: dict[tuple[str, str], dict[Account, int]] = defaultdict(lambda: defaultdict(int))
    for standing in position.postings(
        years=years,
        lines=[line for line, classed in position.lines.items() if classed.tranche is tranche],
        accounts=[(rating, None) for rating in UNDELIVERED],
    ):
        posting = standing.posting
        held[posting.year, posting.line][posting.account] += posting.amount_pence
    return [
        Undelivered(line, year, kept)
        for (year, line), amounts in sorted(held.items())
        if (kept := tuple((r, amounts[r]) for r in UNDELIVERED if amounts.get(r)))
    ]


def outstanding(position: Position, month: date, since: date | None) -> list[Undelivered]:
    """What must be settled before the months after `since` up to `month` may be locked: the
    undelivered amounts of every year that ends in them.
    """
    years = [
        label for label in ended_years(position, month) if since is None or _last_day(label) > since
    ]
    return undelivered(position, years) if years else []


def check_year_end(position: Position, years: Sequence[str]) -> list[Finding]:
    """One finding for each year, of some that have ended, that still holds undelivered amounts, and
    one for each that proposals still name.
    """
    return [
        Finding(
            code=code,
            severity=Severity.WARNING,
            message=f"{year} has ended with {print_money(total)} {what} on {len(lines)} "
            f"line{'' if len(lines) == 1 else 's'}.",
            printed=print_money(total),
            advice=advice,
        )
        for code, tranche, what, advice in _CHECKED
        for year, lines in _by_year(undelivered(position, years, tranche)).items()
        for total in (sum(each.total_pence for each in lines),)
    ]


_CHECKED = (
    (
        "YRE-01",
        Tranche.CURRENT,
        "undelivered",
        "Say of each amount whether it slipped, is replaced, or is undeliverable.",
    ),
    (
        "YRE-03",
        Tranche.PROPOSED,
        "proposed in it and not adopted",
        "Withdraw each proposal, or ask for it in a later year.",
    ),
)


def _by_year(left: Iterable[Undelivered]) -> dict[str, list[Undelivered]]:
    found: dict[str, list[Undelivered]] = defaultdict(list)
    for each in left:
        found[each.year].append(each)
    return found


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a line's undelivered amounts; `replaced_by` is the line that takes over."""

    fate: Fate
    replaced_by: str = ""


def settle(
    left: Iterable[Undelivered],
    chosen: Mapping[tuple[str, str], Settlement],
    *,
    horizon: Horizon,
    on: date,
) -> list[Entry]:
    """The entries that carry a year end out, for those amounts whose (line, year) is chosen."""
    entries: list[Entry] = []
    for each in left:
        settlement = chosen.get((each.line, each.year))
        if settlement is None:
            continue
        for rating, amount in each.by_rating:
            entries.append(_entry(each, settlement, rating, amount, horizon, on))
    return entries


def _entry(
    each: Undelivered,
    settlement: Settlement,
    rating: Account,
    amount: int,
    horizon: Horizon,
    on: date,
) -> Entry:
    if settlement.fate is Fate.SLIPPED:
        return acts.re_profile(
            each.line,
            amount,
            rating=rating,
            from_year=each.year,
            to_year=following(each.year, horizon),
            on=on,
        )
    if settlement.fate is Fate.REPLACED:
        return acts.replace(
            each.line, settlement.replaced_by, {each.year: amount}, from_rating=rating, on=on
        )
    if settlement.fate is Fate.WITHDRAWN:
        return acts.withdraw(each.line, {each.year: amount}, from_rating=rating, on=on)
    return acts.re_estimate(
        each.line, {each.year: -amount}, rating=rating, reason=Reason.UNDELIVERABLE, on=on
    )


def following(label: str, horizon: Horizon) -> str:
    """The year that a slipped amount goes to: the next one, or the open bucket that holds it."""
    after = parse_bucket(label)
    if not isinstance(after, FinancialYear):
        raise ValueError(f"nothing follows {label}")
    after = after + 1
    bucket = horizon.open_bucket
    if bucket is not None and after.start >= bucket.start:
        return bucket.label
    return after.label


# --- What everybody sees ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owed:
    """What a programme owes at a position, in whole pence, signed as on the bridge (rule YRE-02).

    `brought_forward` slipped out of years that have ended and is missing there (less than nought
    for a saving); `undelivered` still stands in such a year, by rating; `unidentified_pence` is
    target for which nobody has found a saving.
    """

    brought_forward: tuple[tuple[str, int], ...]
    undelivered: tuple[tuple[str, Account, int], ...]
    unidentified_pence: int


def owed(position: Position, scope: Scope, on: date) -> Owed:
    """The undelivered brought forward and the unidentified, in a scope, seen from a day."""
    columns = position.ledger.columns
    flags = counted(position, scope).tolist()
    lines = [line for line, counts in zip(columns.lines, flags, strict=True) if counts]
    # A year that ends on the day itself has not ended before the day is over.
    ended = [label for label in ended_years(position, on) if label < year_of(on).label]

    def total(years: Sequence[str] | None, account: Account, reason: Reason | None = None) -> int:
        wanted = cols.mask(
            columns,
            standing=position.standing,
            lines=lines,
            years=years,
            accounts=[(account, reason)],
        )
        return cols.total(columns, wanted)

    in_plan = [year for year in columns.years if year != UNPROFILED]
    return Owed(
        tuple((year, -total([year], Account.VARIANCE, Reason.SLIPPED)) for year in ended),
        tuple(
            (year, rating, amount)
            for year in ended
            for rating in UNDELIVERED
            if (amount := total([year], rating))
        ),
        -total(in_plan, Account.VARIANCE, Reason.UNIDENTIFIED),
    )


def _last_day(label: str) -> date:
    bucket = parse_bucket(label)
    assert isinstance(bucket, FinancialYear)
    return bucket.last_day
