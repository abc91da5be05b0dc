"""What share of each rating came true, and what became of the rest? (RCD-02 to RCD-05)

A year of two lines in £000, told as a table; every share is worked out by hand.

| 2016/17 | 1 April | by 30 September | by 31 March | since |
|---|---|---|---|---|
| A, communities | amber 100 | 40 delivered | 20 more; 30 slipped; 10 open | the 30 came |
| B, communities | red 50 | 10 delivered by mistake | reversed; 25 withdrawn; 25 undeliverable | |
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from futurefit.kernel.years import FinancialYear
from futurefit.ledger import acts
from futurefit.ledger.delivery_record import Fate, Outcome, outcomes, records
from futurefit.ledger.entries import Account, LineAttributes, Reason, SavingClass
from futurefit.ledger.missed import missed
from futurefit.ledger.presentations import Scope
from tests.ledger.books import OPENED, Book

LINE = LineAttributes(
    project="libraries", directorate="BEC", saving_class=SavingClass.CASH_RELEASING
)
RED, AMBER, DELIVERED = Account.RED, Account.AMBER, Account.GREEN_DELIVERED
ONE, TWO, YEAR = "2016/17", "2017/18", FinancialYear(2016)
JUNE, SEPTEMBER, MARCH, LATER = (
    date(2016, 6, 14),
    date(2016, 9, 7),
    date(2017, 3, 20),
    date(2017, 6, 1),
)


@pytest.fixture
def book() -> Book:
    book = Book()
    for line, rating, amount in (("A", AMBER, 100_00), ("B", RED, 50_00)):
        book.open(line, LINE)
        book.post(acts.set_target(line, {ONE: amount}, on=OPENED, rating=rating))
    book.post(acts.deliver("A", {ONE: 40_00}, from_rating=AMBER, on=JUNE))
    wrong = book.post(acts.deliver("B", {ONE: 10_00}, from_rating=RED, on=SEPTEMBER)).number
    book.post(acts.deliver("A", {ONE: 20_00}, from_rating=AMBER, on=MARCH))
    slip = acts.re_profile("A", 30_00, rating=AMBER, from_year=ONE, to_year=TWO, on=MARCH)
    book.post(slip)
    original = book.ledger.now.postings(journals=(wrong, wrong), entry=0)
    book.post(acts.reverse(original, on=MARCH))
    book.post(acts.withdraw("B", {ONE: 25_00}, from_rating=RED, on=MARCH))
    lost = Reason.UNDELIVERABLE
    book.post(acts.re_estimate("B", {ONE: -25_00}, rating=RED, on=MARCH, reason=lost))
    book.post(acts.deliver("A", {TWO: 30_00}, from_rating=AMBER, on=LATER))
    return book


def found(book: Book) -> list[Outcome]:
    looks = [book.ledger.at(YEAR.first_day), book.ledger.at(date(2016, 9, 30))]
    ended = book.ledger.at(YEAR.last_day)
    return outcomes(YEAR, looks, ended, book.ledger.now, scope=Scope())


def test_the_record_follows_pounds_from_the_start_of_the_year(book: Book) -> None:
    """RCD-03: of 100 amber ones 60 came true, 40 of them by the end of the first quarter."""
    made = records(found(book), lambda o: (o.look, o.rating))
    amber, red = made[0, AMBER], made[0, RED]
    assert amber.stood_pence == 100_00
    assert amber.came_true_share == Fraction(60, 100)
    assert amber.by_quarter == (40_00, 40_00, 40_00, 60_00)
    assert amber.fates == {Fate.CAME_TRUE: 60_00, Fate.SLIPPED: 30_00, Fate.OPEN: 10_00}
    assert amber.came_later_pence == 30_00
    assert red.came_true_share == 0
    assert red.fates == {Fate.WITHDRAWN: 25_00, Fate.UNDELIVERABLE: 25_00}
    assert red.by_quarter == (0, 0, 0, 0)


def test_a_later_look_asks_only_what_stood_then(book: Book) -> None:
    """By 30 September 40 were delivered: of the other 60 amber ones a third came true."""
    made = records(found(book), lambda o: (o.look, o.rating))
    assert made[1, AMBER].stood_pence == 60_00
    assert made[1, AMBER].came_true_share == Fraction(20, 60)
    # What stood as delivered, by mistake, was no promise any more.
    assert made[1, RED].stood_pence == 40_00


def test_a_share_that_rests_on_few_lines_says_so(book: Book) -> None:
    """RCD-04."""
    made = records(found(book), lambda o: o.attributes.directorate)
    assert made["BEC"].lines == 2
    assert made["BEC"].is_small


def test_what_takes_money_back_is_no_promise(book: Book) -> None:
    book.open("C", LINE)
    book.post(acts.set_target("C", {ONE: -5_00}, on=OPENED, rating=AMBER))
    assert {outcome.line for outcome in found(book)} == {"A", "B"}


def test_why_a_year_was_missed_adds_up_line_by_line(book: Book) -> None:
    """RCD-05: A missed 40 of 100 (30 slipped and came, 10 open); B all of its 50."""
    a, b = missed(ONE, book.ledger.at(YEAR.last_day), book.ledger.now, Scope())
    assert (a.line, a.target_pence, a.delivered_pence, a.missed_pence) == (
        "A",
        100_00,
        60_00,
        40_00,
    )
    assert [(s.reason, s.amount_pence) for s in a.shortfalls] == [
        (Reason.SLIPPED, 30_00),
        (AMBER, 10_00),
    ]
    (slip,) = a.shortfalls[0].slips
    assert (slip.amount_pence, slip.now.year, slip.came) == (30_00, TWO, True)
    assert [(s.reason, s.amount_pence) for s in b.shortfalls] == [
        (Reason.UNDELIVERABLE, 25_00),
        (Reason.WITHDRAWN, 25_00),
    ]
    for line in (a, b):
        assert sum(s.amount_pence for s in line.shortfalls) == line.missed_pence


def test_a_failure_that_was_accepted_is_still_missed(book: Book) -> None:
    book.post(
        acts.re_target("B", {ONE: -25_00}, clears=Reason.WITHDRAWN, on=MARCH), decision="Cabinet"
    )
    _, b = missed(ONE, book.ledger.at(YEAR.last_day), book.ledger.now, Scope())
    assert (b.target_pence, b.accepted_pence, b.missed_pence) == (50_00, 25_00, 50_00)


def test_what_was_replaced_names_who_took_over(book: Book) -> None:
    book.post(acts.replace("A", "B", {ONE: 10_00}, from_rating=AMBER, on=MARCH))
    a, b = missed(ONE, book.ledger.at(YEAR.last_day), book.ledger.now, Scope())
    assert [
        (s.amount_pence, s.replaced_by) for s in a.shortfalls if s.reason is Reason.REPLACED
    ] == [(10_00, ("B",))]
    assert [s.amount_pence for s in b.shortfalls if s.reason is Reason.REPLACED] == [-10_00]
