"""Clear days, working days and periods (rule DAY-01)."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from futurefit.kernel.days import (
    bank_holidays,
    calendar_days_beginning_with,
    clear_days_between,
    clear_working_days_between,
    earliest_meeting,
    first_working_day_after,
    is_working_day,
    latest_issue,
    working_day_on_or_before,
    working_days_after,
    working_days_beginning_with,
)
from futurefit.kernel.parameters import parameter


def day(text: str) -> date:
    """A date written as in the tables below: "Thu 19 Nov 2015"; its weekday must be right."""
    weekday, rest = text.split(" ", 1)
    found = datetime.strptime(rest, "%d %b %Y").replace(tzinfo=UTC).date()
    assert f"{found:%a}" == weekday, text
    return found


def test_o_day_01_the_agenda_of_the_reference_meeting_went_out_in_time() -> None:
    issued, meeting = day("Tue 10 Nov 2015"), day("Thu 19 Nov 2015")
    clear = clear_working_days_between(issued, meeting)
    assert clear == 6
    assert clear >= parameter("agenda_clear_working_days", meeting).whole
    assert clear_days_between(issued, meeting) == 8


@pytest.mark.parametrize(
    ("meeting", "clear", "working", "latest"),
    [
        ("Thu 19 Nov 2015", 5, True, "Wed 11 Nov 2015"),
        ("Thu 19 Nov 2015", 28, False, "Wed 21 Oct 2015"),
        ("Thu 19 Nov 2015", 28, True, "Fri 9 Oct 2015"),
        ("Thu 7 Jan 2016", 5, True, "Tue 29 Dec 2015"),
        ("Tue 5 Apr 2016", 5, True, "Thu 24 Mar 2016"),
    ],
)
def test_o_day_01_the_latest_day_to_give_notice(
    meeting: str, clear: int, working: bool, latest: str
) -> None:
    assert latest_issue(day(meeting), clear, working) == day(latest)


@pytest.mark.parametrize(
    ("published", "days", "ends", "act"),
    [
        ("Thu 19 Nov 2015", 5, "Thu 26 Nov 2015", "Fri 27 Nov 2015"),
        ("Thu 19 Nov 2015", 8, "Tue 1 Dec 2015", "Wed 2 Dec 2015"),
        ("Thu 17 Dec 2015", 5, "Thu 24 Dec 2015", "Tue 29 Dec 2015"),
        ("Wed 23 Mar 2016", 5, "Fri 1 Apr 2016", "Mon 4 Apr 2016"),
        ("Tue 22 Dec 2026", 5, "Thu 31 Dec 2026", "Mon 4 Jan 2027"),
    ],
)
def test_o_day_01_call_in_ends_and_the_decision_takes_effect(
    published: str, days: int, ends: str, act: str
) -> None:
    last = working_days_after(day(published), days)
    assert last == day(ends)
    assert first_working_day_after(last) == day(act)


def test_o_day_01_a_general_exception_waits_five_clear_working_days() -> None:
    notice = day("Wed 11 Nov 2015")
    wait = parameter("general_exception_clear_working_days", notice).whole
    assert earliest_meeting(notice, wait) == day("Thu 19 Nov 2015")


def test_o_day_01_interests_are_notified_within_28_days() -> None:
    taken_office = day("Sun 1 Nov 2015")
    days = parameter("interests_notice_days", taken_office).whole
    assert calendar_days_beginning_with(taken_office, days) == day("Sat 28 Nov 2015")


def test_o_day_01_the_council_meets_within_21_days_of_a_section_114_report() -> None:
    sent = day("Mon 2 Nov 2026")
    days = parameter("section_115_meeting_days", sent).whole
    end = calendar_days_beginning_with(sent, days)
    assert end == day("Sun 22 Nov 2026")
    assert working_day_on_or_before(end) == day("Fri 20 Nov 2026")


def test_o_day_02_call_in_differs_from_council_to_council() -> None:
    published, effective = day("Thu 12 Feb 2026"), day("Tue 17 Feb 2026")
    assert first_working_day_after(working_days_after(published, 2)) == effective
    five = parameter("call_in_working_days", published)
    assert five.value == 5
    assert not five.verified  # a default; a council's constitution says its own
    assert first_working_day_after(working_days_after(published, 5)) != effective


def test_o_day_03_from_eight_days_to_five_is_a_cut_of_37_5_per_cent_not_almost_a_half() -> None:
    assert 1 - Fraction(5, 8) == Fraction(375, 1000)


@pytest.mark.parametrize(
    ("published", "ends", "act"),
    [
        ("Fri 27 May 2022", "Tue 7 Jun 2022", "Wed 8 Jun 2022"),
        ("Wed 1 Jun 2022", "Fri 10 Jun 2022", "Mon 13 Jun 2022"),
        ("Thu 15 Sep 2022", "Fri 23 Sep 2022", "Mon 26 Sep 2022"),
        ("Thu 27 Apr 2023", "Fri 5 May 2023", "Tue 9 May 2023"),
        ("Fri 5 May 2023", "Mon 15 May 2023", "Tue 16 May 2023"),
        ("Tue 20 Dec 2022", "Thu 29 Dec 2022", "Fri 30 Dec 2022"),
        ("Thu 21 Dec 2023", "Tue 2 Jan 2024", "Wed 3 Jan 2024"),
        ("Fri 1 May 2020", "Mon 11 May 2020", "Tue 12 May 2020"),
    ],
)
def test_o_day_04_call_in_over_one_off_days_and_christmas(
    published: str, ends: str, act: str
) -> None:
    last = working_days_after(day(published), 5)
    assert last == day(ends)
    assert first_working_day_after(last) == day(act)


@pytest.mark.parametrize(
    ("meeting", "latest"),
    [
        ("Thu 9 Jun 2022", "Mon 30 May 2022"),
        ("Thu 22 Sep 2022", "Tue 13 Sep 2022"),
        ("Thu 11 May 2023", "Tue 2 May 2023"),
        ("Thu 5 Jan 2023", "Fri 23 Dec 2022"),
        ("Thu 31 Dec 2015", "Mon 21 Dec 2015"),
    ],
)
def test_o_day_04_latest_issue_over_one_off_days_and_christmas(meeting: str, latest: str) -> None:
    assert latest_issue(day(meeting)) == day(latest)


def test_o_day_05_elected_7_may_2015_interests_by_3_june() -> None:
    assert calendar_days_beginning_with(day("Thu 7 May 2015"), 28) == day("Wed 3 Jun 2015")


def test_o_proc_02_a_standstill_is_eight_working_days_beginning_with_the_notice() -> None:
    notice = day("Tue 3 Mar 2026")
    days = parameter("standstill_working_days", notice).whole
    assert working_days_beginning_with(notice, days, union=True) == day("Thu 12 Mar 2026")


def test_o_proc_03_a_scottish_holiday_stops_the_standstill_in_england() -> None:
    notice = day("Tue 24 Dec 2024")
    assert working_days_beginning_with(notice, 8) == day("Tue 7 Jan 2025")
    assert working_days_beginning_with(notice, 8, union=True) == day("Wed 8 Jan 2025")


@pytest.mark.parametrize(
    ("notice", "last_day", "with_england_alone"),
    [
        ("Thu 18 Dec 2025", "Wed 31 Dec 2025", "Wed 31 Dec 2025"),
        ("Wed 24 Dec 2025", "Thu 8 Jan 2026", "Wed 7 Jan 2026"),
        ("Thu 12 Mar 2026", "Tue 24 Mar 2026", "Mon 23 Mar 2026"),
        ("Wed 8 Jul 2026", "Mon 20 Jul 2026", "Fri 17 Jul 2026"),
        ("Thu 30 Jul 2026", "Tue 11 Aug 2026", "Mon 10 Aug 2026"),
        ("Wed 25 Nov 2026", "Mon 7 Dec 2026", "Fri 4 Dec 2026"),
    ],
)
def test_o_proc_04_standstill_over_the_holidays_of_every_part_of_the_kingdom(
    notice: str, last_day: str, with_england_alone: str
) -> None:
    assert working_days_beginning_with(day(notice), 8, union=True) == day(last_day)
    assert working_days_beginning_with(day(notice), 8) == day(with_england_alone)


@pytest.mark.parametrize(
    ("year", "published"),
    [
        (2015, "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec"),
        (2016, "1 Jan, 25 Mar, 28 Mar, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec"),
        (
            2022,
            "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec",
        ),
        (2023, "2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec"),
        (2026, "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec"),
        (2027, "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec"),
    ],
)
def test_englands_bank_holidays_are_those_published(year: int, published: str) -> None:
    listed = [f"{d.day} {d:%b}" for d in sorted(bank_holidays(year))]
    assert ", ".join(listed) == published


def test_bank_holidays_agree_with_the_governments_three_lists(shared: Path) -> None:
    file = shared / "data" / "reference" / "bank-holidays_uk.json"
    lists = {
        division: {date.fromisoformat(event["date"]) for event in found["events"]}
        for division, found in json.loads(file.read_text(encoding="utf-8")).items()
    }
    anywhere = set().union(*lists.values())
    # Scotland's day for the World Cup was proclaimed after this copy of the lists was made.
    later = {date(2026, 6, 15)}
    for year in range(2012, 2029):
        listed = {d for d in lists["england-and-wales"] if d.year == year}
        assert bank_holidays(year) == listed
        assert bank_holidays(year, union=True) - later == {d for d in anywhere if d.year == year}


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert is_working_day(day("Fri 20 Nov 2015"))
    assert not is_working_day(day("Sat 21 Nov 2015"))
    assert not is_working_day(day("Mon 28 Dec 2015"))
    assert is_working_day(day("Fri 2 Jan 2026"))
    assert not is_working_day(day("Fri 2 Jan 2026"), union=True)


def test_a_period_that_begins_on_a_weekend_counts_from_the_next_working_day() -> None:
    assert working_days_beginning_with(day("Sat 21 Nov 2015"), 1) == day("Mon 23 Nov 2015")


def test_calendar_notice_falls_back_to_a_working_day_and_the_earliest_meeting_goes_forward() -> (
    None
):
    assert latest_issue(day("Mon 7 Dec 2015"), 28, working=False) == day("Fri 6 Nov 2015")
    assert earliest_meeting(day("Fri 6 Nov 2015"), 28, working=False) == day("Mon 7 Dec 2015")


def test_notice_after_the_meeting_leaves_no_clear_day() -> None:
    assert clear_days_between(day("Thu 19 Nov 2015"), day("Tue 10 Nov 2015")) == 0
    assert clear_working_days_between(day("Thu 19 Nov 2015"), day("Thu 19 Nov 2015")) == 0


def test_a_period_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        working_days_after(day("Thu 19 Nov 2015"), 0)
    with pytest.raises(ValueError, match="at least one day"):
        calendar_days_beginning_with(day("Thu 19 Nov 2015"), 0)
