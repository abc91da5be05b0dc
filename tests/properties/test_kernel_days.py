"""Counting days agrees with going through the calendar one day at a time."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.days import (
    bank_holidays,
    calendar_days_beginning_with,
    clear_days_between,
    clear_working_days_between,
    earliest_meeting,
    is_working_day,
    latest_issue,
    working_days_after,
    working_days_beginning_with,
)

days = st.dates(date(2013, 1, 1), date(2027, 12, 31))
lengths = st.integers(1, 30)
ONE = timedelta(days=1)


def open_days(first: date, last: date, union: bool = False) -> int:
    """The working days from first to last, both included, counted one at a time."""
    count = 0
    while first <= last:
        count += is_working_day(first, union)
        first += ONE
    return count


@given(days, lengths, st.booleans())
def test_a_period_of_n_working_days_holds_n_and_ends_on_one(
    published: date, n: int, union: bool
) -> None:
    last = working_days_after(published, n, union)
    assert is_working_day(last, union)
    assert open_days(published + ONE, last, union) == n


@given(days, lengths, st.booleans())
def test_beginning_with_a_working_day_ends_one_working_day_sooner(
    day: date, n: int, union: bool
) -> None:
    last = working_days_beginning_with(day, n, union)
    assert is_working_day(last, union)
    assert open_days(day, last, union) == n
    assert last <= working_days_after(day, n, union)


@given(days, lengths)
def test_a_longer_period_never_ends_sooner_and_the_union_never_sooner_than_england(
    day: date, n: int
) -> None:
    assert working_days_after(day, n) < working_days_after(day, n + 1)
    assert working_days_after(day, n) <= working_days_after(day, n, union=True)
    assert bank_holidays(day.year) <= bank_holidays(day.year, union=True)


@given(days, st.integers(-20, 60))
def test_clear_days_leave_out_both_ends(notice: date, apart: int) -> None:
    meeting = notice + timedelta(days=apart)
    between = open_days(notice + ONE, meeting - ONE)
    assert clear_working_days_between(notice, meeting) == between
    assert clear_days_between(notice, meeting) == max(apart - 1, 0)


@given(days, st.integers(1, 40), st.booleans())
def test_the_latest_issue_is_in_time_and_the_next_working_day_is_not(
    meeting: date, clear: int, working: bool
) -> None:
    count = clear_working_days_between if working else clear_days_between
    issued = latest_issue(meeting, clear, working)
    assert is_working_day(issued)
    assert count(issued, meeting) >= clear
    assert count(working_days_after(issued, 1), meeting) < clear


@given(days, st.integers(1, 40), st.booleans())
def test_the_earliest_meeting_is_lawful_and_the_working_day_before_is_not(
    notice: date, clear: int, working: bool
) -> None:
    count = clear_working_days_between if working else clear_days_between
    meeting = earliest_meeting(notice, clear, working)
    assert is_working_day(meeting)
    assert count(notice, meeting) >= clear
    earlier = meeting - ONE
    while not is_working_day(earlier):
        earlier -= ONE
    assert count(notice, earlier) < clear


@given(days, lengths)
def test_calendar_days_beginning_with_a_day_count_that_day(day: date, n: int) -> None:
    assert (calendar_days_beginning_with(day, n) - day).days + 1 == n
