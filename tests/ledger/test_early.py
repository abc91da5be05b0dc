"""Is a saving asked about that was delivered before its year began?"""

from datetime import date

import pytest

from futurefit.kernel.findings import Severity
from futurefit.ledger import acts
from futurefit.ledger.early import check_delivered_early
from futurefit.ledger.entries import Account
from tests.ledger.books import Book

ON = date(2016, 1, 1)


@pytest.fixture
def book() -> Book:
    book = Book()
    book.open("A", y2015=100, y2016=100, y2017=100)
    return book


def test_a_delivery_in_its_own_year_is_no_finding(book: Book) -> None:
    book.post(acts.deliver("A", {"2015/16": 100}, from_rating=Account.UNRATED, on=ON))
    assert check_delivered_early(book.ledger.now) == []


def test_a_delivery_before_its_year_warns_and_one_within_it_does_not(book: Book) -> None:
    book.post(acts.deliver("A", {"2016/17": 40}, from_rating=Account.UNRATED, on=ON))
    within = date(2016, 4, 1)
    book.post(acts.deliver("A", {"2016/17": 60}, from_rating=Account.UNRATED, on=within))
    (found,) = check_delivered_early(book.ledger.now)
    assert (found.code, found.severity) == ("DEL-01", Severity.WARNING)
    assert "Line A: £0.40 of 2016/17" in found.message
    assert "1 January 2016" in found.message


def test_what_was_reversed_or_has_no_year_is_no_finding(book: Book) -> None:
    book.open("B")
    entry = acts.set_target("B", {"UNPROFILED": 70}, on=ON, rating=Account.GREEN_DELIVERED)
    book.post(entry)
    book.post(acts.deliver("A", {"2017/18": 100}, from_rating=Account.UNRATED, on=ON))
    last = book.ledger.head.number
    book.post(acts.reverse(book.ledger.now.postings(journals=(last, last)), on=ON))
    assert check_delivered_early(book.ledger.now) == []


def test_what_was_put_right_after_the_year_began_is_no_finding_any_more(book: Book) -> None:
    """DEL-01: the warning is about what stands, whenever it was reversed."""
    book.post(acts.deliver("A", {"2016/17": 100}, from_rating=Account.UNRATED, on=ON))
    last = book.ledger.head.number
    within = date(2016, 6, 1)
    book.post(acts.reverse(book.ledger.now.postings(journals=(last, last)), on=within))
    assert check_delivered_early(book.ledger.now) == []
    assert len(check_delivered_early(book.ledger.at(ON))) == 1
