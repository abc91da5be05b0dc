"""Does every pound that a figure gained or lost stand in the right step? (BRI-04, BRI-05)

A programme of three lines, in £; what is worked out by hand stands beside each step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from futurefit.ledger import acts, state
from futurefit.ledger.entries import Account, LineAttributes, Reason, SavingClass, Tranche
from futurefit.ledger.movement import Cause, movement, parts_of
from futurefit.ledger.presentations import CURRENT, Measure, Scope
from tests.ledger.books import OPENED, Book

LIBRARIES = LineAttributes(
    project="libraries", directorate="BEC", saving_class=SavingClass.CASH_RELEASING
)
APRIL, MAY, JUNE = date(2016, 4, 30), date(2016, 5, 31), date(2016, 6, 30)
IN_MAY, IN_JUNE = date(2016, 5, 12), date(2016, 6, 9)
AMBER, GREEN, DELIVERED = Account.AMBER, Account.GREEN_ON_TARGET, Account.GREEN_DELIVERED


@pytest.fixture
def book() -> Book:
    """L1 and L2 stand at 100 and 50 in 2016/17 at the end of April."""
    book = Book()
    for line, pounds in (("L1", 100), ("L2", 50)):
        book.open(line, LIBRARIES)
        book.post(acts.set_target(line, {"2016/17": pounds * 100}, on=OPENED, rating=AMBER))
    return book


def steps(
    book: Book, measure: Measure = Measure.FORECAST, scope: Scope | None = None
) -> dict[Cause, dict[str, int]]:
    """What moved from April to June, in £."""
    earlier, later = book.ledger.at(APRIL), book.ledger.at(JUNE)
    found = movement(earlier, later, measure, scope=scope or Scope())
    assert found.closes
    return {
        step.cause: {year: pence // 100 for year, pence in step.by_year.items()}
        for step in found.steps
        if step.by_year
    }


def test_each_act_is_a_step_of_its_own(book: Book) -> None:
    """BRI-04: 150 + 30 − 10 − 60 − 5 − 40 + 40 = 105 in 2016/17; 60 arrive in 2017/18."""
    book.open("L3", LIBRARIES, on=IN_MAY, y2016=30_00)
    book.post(acts.re_estimate("L1", {"2016/17": -10_00}, rating=AMBER, on=IN_MAY))
    book.post(
        acts.re_profile(
            "L1", 60_00, rating=AMBER, from_year="2016/17", to_year="2017/18", on=IN_MAY
        )
    )
    book.post(acts.withdraw("L2", {"2016/17": 5_00}, from_rating=AMBER, on=IN_JUNE))
    book.post(acts.replace("L2", "L3", {"2016/17": 40_00}, from_rating=AMBER, on=IN_JUNE))
    assert steps(book) == {
        Cause.NEW_LINE: {"2016/17": 30},
        Cause.RE_ESTIMATED: {"2016/17": -10},
        Cause.SLIPPED: {"2016/17": -60, "2017/18": 60},
        Cause.WITHDRAWN: {"2016/17": -5},
    }
    alone = Scope(lines=frozenset({"L2"}))
    assert steps(book, scope=alone)[Cause.REPLACED] == {"2016/17": -40}


def test_a_target_set_later_is_no_new_line(book: Book) -> None:
    book.post(acts.set_target("L1", {"2017/18": 7_00}, on=IN_MAY))
    book.post(acts.raise_target("L1", {"2017/18": 2_00}, on=IN_JUNE))
    expected = {Cause.SET_SINCE: {"2017/18": 7}, Cause.RE_TARGETED: {"2017/18": 2}}
    assert steps(book) == steps(book, Measure.TARGET) == expected


def test_what_comes_sooner_was_brought_forward_and_what_gets_a_year_was_profiled(
    book: Book,
) -> None:
    book.post(acts.set_target("L2", {"2018/19": 8_00, "UNPROFILED": 9_00}, on=OPENED))
    unrated = Account.UNRATED
    for pounds, since in ((8, "2018/19"), (9, "UNPROFILED")):
        book.post(
            acts.re_profile(
                "L2", pounds * 100, rating=unrated, from_year=since, to_year="2016/17", on=IN_MAY
            )
        )
    assert steps(book) == {
        Cause.BROUGHT_FORWARD: {"2016/17": 8, "2018/19": -8},
        Cause.PROFILED: {"2016/17": 9},
    }


@pytest.mark.parametrize("reason", [Reason.UNDELIVERABLE, Reason.OVER_ACHIEVED])
def test_an_estimate_stands_under_its_reason(book: Book, reason: Reason) -> None:
    amount = -3_00 if reason is Reason.UNDELIVERABLE else 3_00
    book.post(acts.re_estimate("L1", {"2016/17": amount}, rating=AMBER, on=IN_MAY, reason=reason))
    assert steps(book) == {Cause(reason.lower()): {"2016/17": amount // 100}}


def test_a_mistaken_delivery_that_was_reversed_shows_twice(book: Book) -> None:
    """Both stay: 25 delivered, 25 put right, and nothing is delivered."""
    wrong = book.post(acts.deliver("L1", {"2016/17": 25_00}, from_rating=AMBER, on=IN_MAY))
    original = book.ledger.now.postings(journals=(wrong.number, wrong.number), entry=0)
    book.post(acts.reverse(original, on=IN_JUNE))
    assert steps(book, Measure.DELIVERED) == {
        Cause.DELIVERED: {"2016/17": 25},
        Cause.REVERSED: {"2016/17": -25},
    }
    assert steps(book) == {}


def test_ratings_move_by_re_rating_and_delivering(book: Book) -> None:
    book.post(acts.re_rate("L1", {"2016/17": 100_00}, from_rating=AMBER, to_rating=GREEN, on=MAY))
    book.post(acts.deliver("L1", {"2016/17": 80_00}, from_rating=GREEN, on=IN_JUNE))
    assert steps(book, Measure.AMBER) == {Cause.RE_RATED: {"2016/17": -100}}
    assert steps(book, Measure.GREEN_ON_TARGET) == {
        Cause.RE_RATED: {"2016/17": 100},
        Cause.DELIVERED: {"2016/17": -80},
    }


def test_a_line_classed_elsewhere_takes_what_it_held_and_no_more(book: Book) -> None:
    """BRI-05: L1 held 100, was cut to 90 while proposed, and to 85 once it was current."""
    current = replace(LIBRARIES, tranche=Tranche.CURRENT)
    book.post(acts.re_estimate("L1", {"2016/17": -10_00}, rating=AMBER, on=IN_MAY))
    book.post(acts.reclassify("L1", current, on=MAY))
    book.post(acts.re_estimate("L1", {"2016/17": -5_00}, rating=AMBER, on=IN_JUNE))
    assert steps(book) == {
        Cause.RE_ESTIMATED: {"2016/17": -10},
        Cause.CLASSED_ELSEWHERE: {"2016/17": -90},
    }
    assert steps(book, scope=CURRENT) == {
        Cause.RE_ESTIMATED: {"2016/17": -5},
        Cause.CLASSED_ELSEWHERE: {"2016/17": 90},
    }
    parts = parts_of(book.ledger.at(APRIL), book.ledger.at(JUNE), Cause.CLASSED_ELSEWHERE)
    assert [part.amount_pence for part in parts] == [-100_00, 10_00]


def test_what_turns_out_to_be_cost_avoidance_is_classed_elsewhere(book: Book) -> None:
    avoided = replace(LIBRARIES, saving_class=SavingClass.COST_AVOIDANCE)
    book.post(acts.reclassify("L2", avoided, on=IN_MAY))
    assert steps(book) == {Cause.CLASSED_ELSEWHERE: {"2016/17": -50}}


def test_two_ledgers_have_no_bridge(book: Book) -> None:
    other = state.overlay(book.ledger, [acts.set_target("L1", {"2017/18": 1}, on=IN_MAY)])
    with pytest.raises(ValueError, match="one ledger"):
        movement(book.ledger.now, other.now)
