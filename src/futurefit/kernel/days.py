"""On which day does a notice, a call-in or a standstill end? (rule DAY-01)

Dates are calendar dates in Europe/London. A working day is not a Saturday, a Sunday or a bank
holiday: of England, or where procurement law says so of any part of the United Kingdom. How many
days a rule asks for is a dated parameter (`parameters.py`); this module only counts. A holiday
proclaimed late can fall inside a period that has begun: count again, and say so.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

_ONE_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int, union: bool = False) -> frozenset[date]:
    """England's bank holidays of a calendar year; with `union`, those of any part of the UK.

    The library also lists holidays that fall on a weekend beside their substitutes; here only the
    days that stop a clock are kept.
    """
    parts = ("ENG", "WLS", "SCT", "NIR") if union else ("ENG",)
    listed = (holidays.country_holidays("GB", subdiv=part, years=year) for part in parts)
    return frozenset(day for part in listed for day in part if day.weekday() < 5)


def is_working_day(day: date, union: bool = False) -> bool:
    """Whether offices are open that day."""
    return day.weekday() < 5 and day not in bank_holidays(day.year, union)


def working_day_on_or_before(day: date, union: bool = False) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day, union):
        day -= _ONE_DAY
    return day


def first_working_day_after(day: date, union: bool = False) -> date:
    """The first working day after a day: when a decision not called in takes effect."""
    return working_days_after(day, 1, union)


def clear_days_between(notice: date, meeting: date) -> int:
    """Calendar days between, counting neither the day of notice nor the day of the meeting."""
    return max((meeting - notice).days - 1, 0)


def clear_working_days_between(notice: date, meeting: date) -> int:
    """Working days between, counting neither the day of notice nor the day of the meeting."""
    days = (notice + timedelta(days=n) for n in range(1, (meeting - notice).days))
    return sum(map(is_working_day, days))


def latest_issue(meeting: date, clear: int = 5, working: bool = True) -> date:
    """The last day on which notice of a meeting leaves `clear` days (working or calendar).

    Notice is given on a working day (practice, not statute).
    """
    if not working:
        return working_day_on_or_before(meeting - timedelta(days=clear + 1))
    day = meeting - _ONE_DAY
    left = clear
    while left:
        left -= is_working_day(day)
        day -= _ONE_DAY
    return working_day_on_or_before(day)


def earliest_meeting(notice: date, clear: int = 5, working: bool = True) -> date:
    """The first working day that is `clear` days (working or calendar) after a notice."""
    if working:
        return first_working_day_after(working_days_after(notice, clear))
    return first_working_day_after(notice + timedelta(days=clear))


def working_days_after(published: date, n: int, union: bool = False) -> date:
    """The last of `n` working days after a day; the next working day is the first of them."""
    if n < 1:
        raise ValueError(f"A period has at least one day, not {n}.")
    day = published
    while n:
        day += _ONE_DAY
        n -= is_working_day(day, union)
    return day


def working_days_beginning_with(day: date, n: int, union: bool = False) -> date:
    """The last of `n` working days beginning with a day, which is the first if it is one."""
    return working_days_after(day - _ONE_DAY, n, union)


def calendar_days_beginning_with(day: date, n: int) -> date:
    """The last of `n` calendar days beginning with a day; a Sunday does not extend it."""
    if n < 1:
        raise ValueError(f"A period has at least one day, not {n}.")
    return day + timedelta(days=n - 1)
