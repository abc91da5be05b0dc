"""A line classed anew from a day on stays so, whatever was stated for later days (rule LED-04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from futurefit.ledger import acts
from futurefit.ledger.classing import class_anew, in_force
from futurefit.ledger.entries import Account, EvidenceKind, SavingClass, Tranche
from futurefit.ledger.proof import Proof
from tests.ledger.books import THEME, Book

NOVEMBER, FIFTEENTH, LATER = date(2015, 11, 1), date(2016, 1, 15), date(2016, 1, 24)


@pytest.fixture
def book() -> Book:
    """A proposed line that got its owner on 24 January."""
    book = Book()
    book.open("A", replace(THEME, saving_class=SavingClass.NOT_STATED), y2016=100_00)
    book.post(*class_anew(book.ledger, "A", on=LATER, owner="head"))
    return book


def test_what_is_classed_on_a_day_is_so_after_a_later_statement_too(book: Book) -> None:
    """LED-04: of two statements the later effective date holds, so it is said there as well."""
    book.post(*class_anew(book.ledger, "A", on=FIFTEENTH, tranche=Tranche.CURRENT))
    then, now = in_force(book.ledger, "A", FIFTEENTH), book.ledger.lines["A"]
    assert then is not None
    assert (then.tranche, then.owner) == (Tranche.CURRENT, "")
    assert (now.tranche, now.owner) == (Tranche.CURRENT, "head")


def test_an_earlier_day_is_told_only_what_changed_on_it(book: Book) -> None:
    book.post(*class_anew(book.ledger, "A", on=LATER, tranche=Tranche.CURRENT))
    book.post(*class_anew(book.ledger, "A", on=NOVEMBER, service="Libraries"))
    then = in_force(book.ledger, "A", NOVEMBER)
    assert then is not None
    assert (then.tranche, then.owner, then.service) == (Tranche.PROPOSED, "", "Libraries")
    assert in_force(book.ledger, "A", date(2015, 7, 31)) is None


def test_a_delivery_from_before_a_later_statement_classes_its_saving(book: Book) -> None:
    """PRF-02: the second person says how it helps, and the same journal classes the line."""
    book.post(
        acts.deliver("A", {"2016/17": 1_00}, from_rating=Account.UNRATED, on=FIFTEENTH),
        proof=Proof(EvidenceKind.VIREMENT, "Virement BV-0412", SavingClass.CASH_RELEASING),
    )
    now = book.ledger.lines["A"]
    assert (now.saving_class, now.owner) == (SavingClass.CASH_RELEASING, "head")
