"""How long an answer is overdue (rule LIF-08)."""

from datetime import date

from futurefit.programme.challenges import working_days_overdue

FRIDAY = date(2015, 12, 18)


def test_an_answer_is_not_overdue_on_the_day_or_over_the_weekend() -> None:
    assert [working_days_overdue(FRIDAY, date(2015, 12, day)) for day in (1, 18, 19, 20)] == [0] * 4


def test_only_working_days_count() -> None:
    """Monday 21 to Thursday 24 December 2015 are four; then Christmas, a weekend, the substitute
    for Boxing Day on Monday 28, and Tuesday 29.
    """
    assert working_days_overdue(FRIDAY, date(2015, 12, 21)) == 1
    assert working_days_overdue(FRIDAY, date(2015, 12, 24)) == 4
    assert working_days_overdue(FRIDAY, date(2015, 12, 28)) == 4
    assert working_days_overdue(FRIDAY, date(2015, 12, 29)) == 5
