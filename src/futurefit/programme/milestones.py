"""What does it cost when a milestone slips that a saving hangs on? (rules MIL-01, MIL-02)

A saving starts with the first month that begins on or after its milestone. On the monthly basis a
year holds as many twelfths of the full-year effect as it has months left, so each month of slip
moves one twelfth of it into the next year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from futurefit.kernel.money import to_pence
from futurefit.kernel.years import FinancialYear, Horizon, year_of

MONTHS = 12


def start_of(day: date) -> date:
    """The first day of the month with which a saving starts that hangs on a day.

    >>> start_of(date(2016, 10, 1)), start_of(date(2016, 10, 2))
    (datetime.date(2016, 10, 1), datetime.date(2016, 11, 1))
    """
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_left(start: date) -> int:
    """The months of its financial year from the first day of a month on: 12 for April."""
    return MONTHS - (start.month - 4) % MONTHS


def months_between(earlier: date, later: date) -> int:
    """By how many months the start of a saving moves; negative when it comes sooner."""
    a, b = start_of(earlier), start_of(later)
    return (b.year - a.year) * MONTHS + b.month - a.month


def part_year_pence(full_year_pence: int, start: date) -> int:
    """What a saving brings in the year it starts, on the monthly basis, in whole pence."""
    return to_pence(Fraction(full_year_pence * months_left(start_of(start)), MONTHS * 100))


@dataclass(frozen=True, slots=True)
class Move:
    """An amount in whole pence that goes from one year to another."""

    from_year: str
    to_year: str
    amount_pence: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slipped milestone does to a line.

    `per_month_pence` is lost in the first year for each month of slip: a twelfth of the full-year
    effect, which is worked out from what the year of the agreed date holds.
    """

    months: int
    year: str
    full_year_pence: int
    per_month_pence: int
    moves: tuple[Move, ...]


def slip(held: Mapping[str, int], *, agreed: date, forecast: date, horizon: Horizon) -> Slip | None:
    """What becomes of a line's undelivered amounts (`held`, pence by year) when the milestone that
    they hang on goes from `agreed` to a later `forecast`; None where nothing of them moves.
    """
    months = months_between(agreed, forecast)
    start, then = start_of(agreed), start_of(forecast)
    first, last = year_of(start), year_of(then)
    amount = held.get(first.label, 0)
    if months <= 0 or not amount:
        return None
    full = to_pence(Fraction(amount * MONTHS, months_left(start) * 100))
    per_month = to_pence(Fraction(amount, months_left(start) * 100))
    moves = _moves(held, amount, full, first, last, then, horizon)
    if not moves:
        return None
    return Slip(months, first.label, full, per_month, tuple(moves))


def _moves(
    held: Mapping[str, int],
    amount: int,
    full: int,
    first: FinancialYear,
    last: FinancialYear,
    then: date,
    horizon: Horizon,
) -> list[Move]:
    if first == last:
        return _kept([(first, first + 1, amount - part_year_pence(full, then))], horizon)
    sign = -1 if amount < 0 else 1
    found = [(first, last, amount)]
    # The rest of the full-year effect, as far as it stands in the years that are skipped.
    rest = sign * (full - amount)
    arrived = amount
    for years in range(1, last.start - first.start):
        year = first + years
        moved = sign * min(max(sign * held.get(year.label, 0), 0), rest)
        found.append((year, last, moved))
        rest -= sign * moved
        arrived += moved
    there = arrived + sign * min(max(sign * held.get(last.label, 0), 0), rest)
    lost = full - part_year_pence(full, then)
    found.append((last, last + 1, sign * min(sign * there, sign * lost)))
    return _kept(found, horizon)


def _kept(moves: list[tuple[FinancialYear, FinancialYear, int]], horizon: Horizon) -> list[Move]:
    """The moves that move anything, between the columns of the programme."""
    found = []
    for from_, to, amount in moves:
        source, target = _label(from_, horizon), _label(to, horizon)
        if amount and source != target and source in horizon and target in horizon:
            found.append(Move(source, target, amount))
    return found


def _label(year: FinancialYear, horizon: Horizon) -> str:
    bucket = horizon.open_bucket
    return bucket.label if bucket is not None and year.start >= bucket.start else year.label
