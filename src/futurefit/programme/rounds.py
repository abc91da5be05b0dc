"""What must be confirmed by when each month, who is reminded, and what does a row of the update
round change? (rules UPD-01 to UPD-03)

A month is known by its last day. Days are working days of England.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from futurefit.kernel.days import is_working_day, working_days_after
from futurefit.kernel.money import print_money
from futurefit.kernel.parameters import parameter
from futurefit.ledger import acts
from futurefit.ledger import columns as cols
from futurefit.ledger.entries import RATINGS, Account, Entry, Reason
from futurefit.ledger.state import Position
from futurefit.ledger.year_end import UNDELIVERED

# --- When ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a month's updates are asked for, due, and taken further."""

    remind_on: date
    due_on: date
    escalate_on: date


def timetable(month: date) -> Timetable:
    """The days of a month's round, from the parameters in force on the month's last day."""
    due = working_days_after(month, parameter("update_due_working_day", month).whole)
    before = parameter("update_reminder_working_days_before", month).whole
    after = parameter("update_escalation_working_days_after", month).whole
    return Timetable(_working_days_before(due, before), due, working_days_after(due, after))


def _working_days_before(day: date, n: int) -> date:
    while n:
        day -= timedelta(days=1)
        n -= is_working_day(day)
    return day


# --- Who ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """The lines that one person answers for in a month. `confirmed` are those of them that somebody
    confirmed for the month.
    """

    who: int
    post: str
    lines: frozenset[str]
    confirmed: frozenset[str]

    @property
    def left(self) -> frozenset[str]:
        """The lines that nobody confirmed yet."""
        return self.lines - self.confirmed


class Letter(StrEnum):
    """What a letter about a month is for."""

    REMINDER = "REMINDER"
    OVERDUE = "OVERDUE"
    ESCALATION = "ESCALATION"


def letters(month: date, on: date, shares: Iterable[Share]) -> list[tuple[Letter, Share]]:
    """Which letters a day calls for: to those with lines left, a reminder before the due day, a
    second letter after it, and from the day of escalation on a letter to those above them.

    A letter whose day was missed is still called for; whoever sends them keeps what was sent.
    """
    days = timetable(month)
    found = []
    for share in shares:
        if not share.left:
            continue
        if days.remind_on <= on <= days.due_on:
            found.append((Letter.REMINDER, share))
        if on > days.due_on:
            found.append((Letter.OVERDUE, share))
        if on >= days.escalate_on:
            found.append((Letter.ESCALATION, share))
    return found


# --- What a row changes -------------------------------------------------------------------------


class NotPossible(ValueError):
    """A row asks for what cannot be; `year` is the column that it is about."""

    def __init__(self, message: str, year: str) -> None:
        super().__init__(message)
        self.year = year


@dataclass(frozen=True, slots=True)
class Held:
    """What a line holds: by year and rating (delivered too), and what is unidentified by year."""

    ratings: Mapping[tuple[str, Account], int]
    unidentified: Mapping[str, int] = field(default_factory=dict)

    def forecast(self, year: str) -> int:
        """The five ratings of a year, in pence."""
        return sum(amount for (at, _), amount in self.ratings.items() if at == year)

    def undelivered_ratings(self) -> tuple[Account, ...]:
        """The ratings under which anything undelivered stands."""
        return tuple(
            rating
            for rating in UNDELIVERED
            if any(amount and held is rating for (_, held), amount in self.ratings.items())
        )


def held_by_line(position: Position) -> dict[str, Held]:
    """What every line holds at a position that has anything undelivered: what an update is for."""
    columns = position.ledger.columns
    groups, lines = cols.coded(columns, {line: line for line in position.lines})
    cube = cols.cube(columns, groups, len(lines), position.standing)
    wanted = [(rating, None) for rating in RATINGS]
    tables = {
        rating: cols.measured(cube, [cols.account_code(rating, None)], 1) for rating, _ in wanted
    }
    unidentified = cols.measured(
        cube, [cols.account_code(Account.VARIANCE, Reason.UNIDENTIFIED)], 1
    )
    found = {}
    for place, line in enumerate(lines):
        held = {
            (year, rating): amount
            for rating, table in tables.items()
            for year, amount in zip(columns.years, table[place], strict=True)
            if amount
        }
        if any(rating is not Account.GREEN_DELIVERED for _, rating in held):
            lacking = zip(columns.years, unidentified[place], strict=True)
            found[str(line)] = Held(held, {year: amount for year, amount in lacking if amount})
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody says of a line: a rating for all that is undelivered (None leaves it), and the
    forecast of those years that change, in whole pence.
    """

    line: str
    rating: Account | None = None
    forecast: Mapping[str, int] = field(default_factory=dict)


def entries(held: Held, row: Row, *, on: date) -> list[Entry]:
    """The acts that take a line from what it holds to what a row says; none when they agree.

    First the rating. Then what leaves one year and arrives in another slips (or is brought
    forward), and only the rest is re-estimated: more is first found for what is unidentified.
    Raises NotPossible where a year would fall below what is delivered in it.
    """
    stands = {key: amount for key, amount in held.ratings.items() if amount}
    found: list[Entry] = []
    if row.rating is not None:
        found += _re_rated(stands, row.line, row.rating, on)
    changes = {
        year: amount - held.forecast(year)
        for year, amount in row.forecast.items()
        if amount != held.forecast(year)
    }
    if not changes:
        return found
    sign = _sign(held, row)
    for year in changes:
        _refuse_below_delivered(stands, year, row.forecast[year], sign)
    return found + _Moves(stands, held, row, sign, on).entries(changes)


def _re_rated(
    stands: dict[tuple[str, Account], int], line: str, rating: Account, on: date
) -> list[Entry]:
    found = []
    for other in UNDELIVERED:
        amounts = {year: a for (year, held), a in stands.items() if held is other and a}
        if other is rating or not amounts:
            continue
        found.append(acts.re_rate(line, amounts, from_rating=other, to_rating=rating, on=on))
        for year, amount in amounts.items():
            del stands[year, other]
            stands[year, rating] = stands.get((year, rating), 0) + amount
    return found


def _sign(held: Held, row: Row) -> int:
    """1 for a line of savings, -1 for one of costs."""
    total = sum(held.ratings.values()) or sum(row.forecast.values())
    return -1 if total < 0 else 1


def _refuse_below_delivered(
    stands: Mapping[tuple[str, Account], int], year: str, wanted: int, sign: int
) -> None:
    delivered = stands.get((year, Account.GREEN_DELIVERED), 0)
    if delivered and sign * wanted < sign * delivered:
        raise NotPossible(
            f"{print_money(delivered)} of {year} is delivered: the forecast cannot be less. If it "
            "was not, finance reverses the delivery.",
            year,
        )


class _Moves:
    """Amounts on their way between the years of one line."""

    def __init__(
        self,
        stands: dict[tuple[str, Account], int],
        held: Held,
        row: Row,
        sign: int,
        on: date,
    ) -> None:
        self.stands, self.held, self.row, self.sign, self.on = stands, held, row, sign, on

    def entries(self, changes: Mapping[str, int]) -> list[Entry]:
        line, sign = self.row.line, self.sign
        out = {year: -sign * d for year, d in sorted(changes.items()) if sign * d < 0}
        into = {year: sign * d for year, d in sorted(changes.items()) if sign * d > 0}
        leaving = self._leaving(out)
        found: list[Entry] = []
        for year, wanted in into.items():
            left = wanted
            while left and leaving:
                source, rating, amount = leaving[0]
                moved = min(left, amount)
                found.append(
                    acts.re_profile(
                        line,
                        sign * moved,
                        rating=rating,
                        from_year=source,
                        to_year=year,
                        on=self.on,
                    )
                )
                left -= moved
                if moved == amount:
                    leaving.pop(0)
                else:
                    leaving[0] = (source, rating, amount - moved)
            into[year] = left
        return found + self._less(leaving) + self._more(into)

    def _leaving(self, out: Mapping[str, int]) -> list[tuple[str, Account, int]]:
        """What leaves each year, the least sure first: (year, rating, amount without its sign)."""
        found: list[tuple[str, Account, int]] = []
        for year, wanted in out.items():
            left = wanted
            for rating in UNDELIVERED:
                there = self.sign * self.stands.get((year, rating), 0)
                taken = min(left, max(there, 0))
                if taken:
                    found.append((year, rating, taken))
                    left -= taken
            if left:
                raise NotPossible(
                    f"No more than {print_money(self.sign * (wanted - left))} can leave {year}.",
                    year,
                )
        return found

    def _less(self, leaving: Iterable[tuple[str, Account, int]]) -> list[Entry]:
        by_rating: dict[Account, dict[str, int]] = {}
        for year, rating, amount in leaving:
            by_rating.setdefault(rating, {})[year] = -self.sign * amount
        return [
            acts.re_estimate(self.row.line, amounts, rating=rating, on=self.on)
            for rating, amounts in by_rating.items()
        ]

    def _more(self, into: Mapping[str, int]) -> list[Entry]:
        found: dict[Reason, dict[Account, dict[str, int]]] = {}
        for year, amount in into.items():
            if not amount:
                continue
            rating = self._rating(year)
            known = min(amount, max(self.held.unidentified.get(year, 0), 0)) if self.sign > 0 else 0
            for reason, part in (
                (Reason.UNIDENTIFIED, known),
                (Reason.RE_ESTIMATED, amount - known),
            ):
                if part:
                    found.setdefault(reason, {}).setdefault(rating, {})[year] = self.sign * part
        return [
            acts.re_estimate(self.row.line, amounts, rating=rating, reason=reason, on=self.on)
            for reason, ratings in found.items()
            for rating, amounts in ratings.items()
        ]

    def _rating(self, year: str) -> Account:
        """The rating that more money comes under: the row's, the line's only one, or the year's."""
        if self.row.rating is not None:
            return self.row.rating
        ratings = self.held.undelivered_ratings()
        there = [r for r in ratings if self.stands.get((year, r))]
        return (there or ratings or (Account.UNRATED,))[0]


def unconfirmed(lines: Collection[str], confirmed: Iterable[Iterable[str]]) -> frozenset[str]:
    """The lines that none of the confirmations of a month holds."""
    return frozenset(lines).difference(*confirmed)
