"""How far a consultation has come, and whether a decision may rest on it (rule LIF-07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from futurefit.programme.consultations import Consultation, Progress, gunning, missing, progress

START, END = date(2015, 9, 1), date(2015, 11, 23)
ASKED = Consultation("Library hours", "Costs and use of each library", START, END)
CONSIDERED = replace(ASKED, reported_on=date(2015, 12, 1), considered_on=date(2015, 12, 10))


def test_twelve_weeks_are_eighty_four_days() -> None:
    """1 September to 23 November 2015, both counted: 30 + 31 + 23."""
    assert ASKED.days == 84
    assert Consultation("x", starts_on=START).days is None


@pytest.mark.parametrize(
    ("today", "so_far"),
    [
        (date(2015, 8, 31), Progress.PLANNED),
        (START, Progress.OPEN),
        (END, Progress.OPEN),
        (date(2015, 11, 24), Progress.ENDED),
    ],
)
def test_it_runs_from_its_first_day_to_its_last(today: date, so_far: Progress) -> None:
    assert progress(ASKED, today) is so_far


def test_a_decision_waits_until_what_people_said_is_considered() -> None:
    day = date(2016, 1, 1)
    assert missing(ASKED, START) == ["Consultation “Library hours” runs until 23 November 2015."]
    assert missing(ASKED, day) == [
        "Consultation “Library hours” has ended, but its outcome is not reported."
    ]
    assert missing(replace(ASKED, reported_on=day), day) == [
        "Consultation “Library hours” is reported, but nobody has recorded what was made of the "
        "responses."
    ]
    assert missing(CONSIDERED, day) == []
    assert missing(Consultation("Later"), day) == ["Consultation “Later” has not begun."]


def test_the_four_principles_are_answered_as_far_as_the_record_shows() -> None:
    assert [answer.holds for answer in gunning(CONSIDERED)] == [True, None, None, True]
    assert [answer.holds for answer in gunning(Consultation("x"))] == [None] * 4


def test_a_decision_that_came_first_is_seen() -> None:
    formative, _, _, taken = gunning(replace(CONSIDERED, decided_on=date(2015, 8, 1)))
    assert (formative.holds, formative.words) == (False, "It began after the decision.")
    assert (taken.holds, taken.words) == (False, "Decided before it was considered.")
