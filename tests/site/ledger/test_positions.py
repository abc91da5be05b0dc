"""Baselines and closed months."""

from __future__ import annotations

from datetime import date

import pytest

from futurefit.site.ledger import operations, queries
from futurefit.site.ledger.models import NamedPosition
from futurefit.site.ledger.operations import Refused
from tests.site.ledger.books import ALICE, BOB, CAROL, LATER, Book, at
from tests.site.ledger.test_posting import codes


def test_a_baseline_names_the_head(book: Book) -> None:
    assert queries.adopted_baseline() is None
    journal = book.open("LIB-1", y2016=100_00)
    operations.name_baseline("Budget 2016/17", by=BOB, as_at=LATER, why="Council, 11 February 2016")
    book.re_rate("LIB-1", 1_00)
    baseline = queries.adopted_baseline()
    assert (baseline.number, baseline.digest, baseline.as_at) == (1, journal.digest, LATER)
    assert queries.named_positions() == [baseline]


def test_months_close_forwards_only(book: Book) -> None:
    assert queries.locked_to() is None
    operations.close_month(date(2015, 11, 30), by=CAROL)
    assert queries.locked_to() == date(2015, 11, 30)
    operations.close_month(date(2016, 2, 29), by=BOB)
    assert queries.locked_to() == date(2016, 2, 29)
    assert len(queries.named_positions(NamedPosition.Kind.MONTH)) == 2
    for day, by, code in (
        (date(2016, 2, 29), BOB, "LED-LOCKED"),
        (date(2015, 12, 31), BOB, "LED-LOCKED"),
        (date(2016, 3, 30), BOB, "LED-MONTH"),
        (date(2999, 3, 31), BOB, "LED-FUTURE"),
        (date(2016, 3, 31), ALICE, "LED-RIGHTS"),
    ):
        with pytest.raises(Refused) as refused:
            operations.close_month(day, by=by)
        assert codes(refused) == [code]


def test_a_name_is_given_once(book: Book) -> None:
    operations.name_baseline("Budget", by=BOB, as_at=LATER)
    for name, as_at, code in (
        ("Budget", LATER, "LED-NAME-TAKEN"),
        ("  ", LATER, "LED-NO-NAME"),
        ("Other", date(2016, 1, 6), "LED-FUTURE"),
    ):
        with pytest.raises(Refused) as refused:
            operations.name_baseline(name, by=BOB, as_at=as_at, clock=lambda: at(5))
        assert codes(refused) == [code]
