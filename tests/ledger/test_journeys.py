"""Is each pound followed as a finance officer would follow it? (RCD-01, RCD-02)

One line; amounts in £. What came first leaves first, and a reversal takes back its own.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Entry, LineAttributes, Reason, SavingClass
from futurefit.ledger.journeys import journeys
from futurefit.ledger.presentations import Scope
from futurefit.ledger.rating_moves import Elsewhere, rating_moves
from tests.ledger.books import OPENED, Book

LINE = LineAttributes(
    project="libraries", directorate="BEC", saving_class=SavingClass.CASH_RELEASING
)
RED, AMBER, GREEN = Account.RED, Account.AMBER, Account.GREEN_ON_TARGET
DELIVERED = Account.GREEN_DELIVERED
ONE, TWO = "2016/17", "2017/18"


def day(number: int) -> date:
    return date(2016, 4, 1) + timedelta(days=number)


@pytest.fixture
def book() -> Book:
    book = Book()
    book.open("L1", LINE)
    return book


def target(book: Book, pounds: int, rating: Account, year: str = ONE) -> None:
    book.post(acts.set_target("L1", {year: pounds * 100}, on=OPENED, rating=rating))


def re_rate(book: Book, pounds: int, was: Account, now: Account, on: int) -> int:
    amounts = {ONE: pounds * 100}
    if now is DELIVERED:
        return book.post(acts.deliver("L1", amounts, from_rating=was, on=day(on))).number
    entry = acts.re_rate("L1", amounts, from_rating=was, to_rating=now, on=day(on))
    return book.post(entry).number


def slip(pounds: int, rating: Account, on: int) -> Entry:
    return acts.re_profile(
        "L1", pounds * 100, rating=rating, from_year=ONE, to_year=TWO, on=day(on)
    )


def told(book: Book) -> list[tuple[int, list[str]]]:
    """Each journey as (£, [rating and year of each stop]), in the order of their words."""
    found = journeys([book.ledger.now], {"L1"})
    return sorted(
        (j.amount_pence // 100, [f"{stop.place} {stop.year}" for stop in j.stops]) for j in found
    )


def test_what_came_first_leaves_first(book: Book) -> None:
    """30 were amber from the start; 20 red ones became amber later; 40 are delivered."""
    target(book, 30, AMBER)
    target(book, 20, RED)
    re_rate(book, 20, RED, AMBER, on=1)
    re_rate(book, 40, AMBER, DELIVERED, on=2)
    assert told(book) == [
        (10, ["RED 2016/17", "AMBER 2016/17"]),
        (10, ["RED 2016/17", "AMBER 2016/17", "GREEN_DELIVERED 2016/17"]),
        (30, ["AMBER 2016/17", "GREEN_DELIVERED 2016/17"]),
    ]


def test_what_slips_goes_on_in_the_other_year(book: Book) -> None:
    target(book, 100, AMBER)
    book.post(slip(60, AMBER, on=1))
    assert told(book) == [
        (40, ["AMBER 2016/17"]),
        (60, ["AMBER 2016/17", "AMBER 2017/18"]),
    ]


def test_what_leaves_the_forecast_stands_under_its_reason_and_may_come_back(book: Book) -> None:
    """50 cannot be delivered; then 20 can after all, and 10 are new."""
    target(book, 100, RED)
    why = Reason.UNDELIVERABLE
    for pounds, on in ((-50, 1), (20, 2)):
        entry = acts.re_estimate("L1", {ONE: pounds * 100}, rating=RED, on=day(on), reason=why)
        book.post(entry)
    book.post(acts.re_estimate("L1", {ONE: 10_00}, rating=AMBER, on=day(3)))
    assert told(book) == [
        (10, ["AMBER 2016/17"]),
        (20, ["RED 2016/17", "UNDELIVERABLE 2016/17", "RED 2016/17"]),
        (30, ["RED 2016/17", "UNDELIVERABLE 2016/17"]),
        (50, ["RED 2016/17"]),
    ]


def test_a_reversal_takes_back_its_own_pounds(book: Book) -> None:
    """Amber pounds were delivered first, red ones by mistake: these go back, not the amber ones."""
    target(book, 10, AMBER)
    target(book, 10, RED)
    re_rate(book, 10, AMBER, DELIVERED, on=1)
    wrong = re_rate(book, 10, RED, DELIVERED, on=2)
    original = book.ledger.now.postings(journals=(wrong, wrong), entry=0)
    book.post(acts.reverse(original, on=day(3)))
    assert told(book) == [
        (10, ["AMBER 2016/17", "GREEN_DELIVERED 2016/17"]),
        (10, ["RED 2016/17", "GREEN_DELIVERED 2016/17", "RED 2016/17"]),
    ]


def test_a_target_taken_away_with_its_forecast_leaves_for_good(book: Book) -> None:
    target(book, 100, AMBER)
    book.post(acts.raise_target("L1", {ONE: -30_00}, on=day(1), rating=AMBER))
    assert told(book) == [(30, ["AMBER 2016/17", "TARGET 2016/17"]), (70, ["AMBER 2016/17"])]


def test_a_pressure_is_followed_with_its_sign(book: Book) -> None:
    target(book, -80, AMBER)
    re_rate(book, -50, AMBER, DELIVERED, on=1)
    assert told(book) == [
        (-50, ["AMBER 2016/17", "GREEN_DELIVERED 2016/17"]),
        (-30, ["AMBER 2016/17"]),
    ]


def test_what_was_amber_is_shown_as_what_it_is_now(book: Book) -> None:
    """RCD-01: of 100 amber ones 40 are delivered, 25 red, 20 slipped, 10 withdrawn, 5 amber; the 7
    that are new are green.
    """
    target(book, 100, AMBER)
    re_rate(book, 40, AMBER, DELIVERED, on=2)
    re_rate(book, 25, AMBER, RED, on=3)
    book.post(slip(20, AMBER, on=4))
    book.post(acts.withdraw("L1", {ONE: 10_00}, from_rating=AMBER, on=day(5)))
    book.post(acts.re_estimate("L1", {ONE: 7_00}, rating=GREEN, on=day(6)))
    moves = rating_moves(book.ledger.at(day(1)), book.ledger.now, Scope(), frozenset((ONE,)))
    assert {key: pence // 100 for key, pence in moves.items()} == {
        (AMBER, DELIVERED): 40,
        (AMBER, RED): 25,
        (AMBER, Elsewhere.OTHER_YEAR): 20,
        (AMBER, Reason.WITHDRAWN): 10,
        (AMBER, AMBER): 5,
        (Elsewhere.NOT_YET, GREEN): 7,
    }
