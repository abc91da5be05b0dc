"""Which figures have changed since they were signed (rule LIF-04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Recurrence, Tranche
from futurefit.programme.signed import Changed, changed_since
from tests.ledger.books import OPENED, THEME, Book

A, U = Account.AMBER, Account.UNRATED
OWN = replace(THEME, project="libraries")
LATER = date(2016, 9, 30)


@pytest.fixture
def book() -> Book:
    """LIB-1 of £100 in 2016/17, signed at journal 2; another project's line beside it."""
    book = Book()
    book.open("LIB-1", OWN, y2016=100_00)
    book.open("ROAD-1", replace(THEME, project="roads"), y2016=9_00)
    return book


def since(book: Book, number: int = 2) -> list[Changed]:
    return changed_since(book.ledger, "libraries", number)


def test_what_was_signed_holds_while_nothing_is_posted(book: Book) -> None:
    assert since(book) == []


def test_neither_a_rating_nor_a_delivery_nor_another_project_changes_what_was_signed(
    book: Book,
) -> None:
    book.post(acts.re_rate("LIB-1", {"2016/17": 100_00}, from_rating=U, to_rating=A, on=LATER))
    book.post(acts.deliver("LIB-1", {"2016/17": 40_00}, from_rating=A, on=LATER))
    book.post(acts.re_estimate("ROAD-1", {"2016/17": 1_00}, rating=U, on=LATER))
    book.post(acts.reclassify("LIB-1", replace(OWN, tranche=Tranche.CURRENT), on=LATER))
    assert since(book) == []


def test_a_slip_changes_two_years_and_names_its_journal(book: Book) -> None:
    book.post(
        acts.re_profile("LIB-1", 60_00, rating=U, from_year="2016/17", to_year="2017/18", on=LATER)
    )
    assert since(book) == [
        Changed("LIB-1", "forecast", "2016/17", 100_00, 40_00, (3,)),
        Changed("LIB-1", "forecast", "2017/18", 0, 60_00, (3,)),
    ]
    assert since(book, 3) == [], "who signs after the slip has signed it"


def test_what_is_put_right_again_is_as_it_was_signed(book: Book) -> None:
    book.post(acts.re_estimate("LIB-1", {"2016/17": 5_00}, rating=U, on=LATER))
    assert since(book)
    standing = book.ledger.now.postings(journals=(3, 3))
    book.post(acts.reverse(standing, on=LATER))
    assert since(book) == []


def test_a_new_line_a_line_that_leaves_and_another_sort_of_money_are_changes(book: Book) -> None:
    book.open("LIB-2", OWN, on=LATER, y2017=7_00)
    book.post(acts.reclassify("LIB-1", replace(OWN, recurrence=Recurrence.ONE_OFF), on=LATER))
    assert since(book) == [
        Changed("LIB-2", "forecast", "2017/18", 0, 7_00, (3,)),
        Changed("LIB-2", "target", "2017/18", 0, 7_00, (3,)),
        Changed("LIB-1", "recurrence", "", "ONGOING", "ONE_OFF", (4,)),
    ]
    book.post(acts.reclassify("LIB-1", replace(THEME, project="roads"), on=LATER))
    left = [change for change in since(book) if change.line == "LIB-1"]
    assert left == [
        Changed("LIB-1", "forecast", "2016/17", 100_00, 0, (4, 5)),
        Changed("LIB-1", "target", "2016/17", 100_00, 0, (4, 5)),
    ]


def test_a_date_in_the_past_hides_no_change(book: Book) -> None:
    """Signed is what was known, not what had taken effect."""
    book.post(acts.re_estimate("LIB-1", {"2016/17": 5_00}, rating=U, on=OPENED))
    assert [change.after for change in since(book)] == [105_00]
