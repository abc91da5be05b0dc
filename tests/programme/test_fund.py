"""What is asked of the transformation fund, and when it comes back (rules FND-01, FND-02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from futurefit.ledger import acts
from futurefit.ledger.entries import (
    Account,
    Fund,
    LineKind,
    Recurrence,
    SavingClass,
    Tranche,
)
from futurefit.programme.fund import asks, lasting_savings, payback
from tests.ledger.books import THEME, Book

M = 1_000_000_00
YEARS = ("2015/16", "2016/17", "2017/18", "2018/19", "2019/20")
ASKED = replace(THEME, kind=LineKind.INVESTMENT)


@pytest.fixture
def book() -> Book:
    """As the operating model of November 2015 has it: £2.1m asked, £1.5m saved in two halves."""
    book = Book()
    book.open("OM-1", THEME, y2018=750_000_00, y2019=750_000_00)
    for line, amount in (("OM-I1", M), ("OM-I2", M // 2), ("OM-I3", 600_000_00)):
        book.post(
            acts.open_line(line, ASKED, on=date(2015, 8, 1)),
            acts.set_target(line, {"UNPROFILED": -amount}, on=date(2015, 8, 1)),
        )
    return book


def test_what_is_asked_is_what_the_investment_lines_stand_at(book: Book) -> None:
    """FND-01."""
    found = asks(book.ledger.now)
    assert [(ask.line, ask.pence) for ask in found] == [
        ("OM-I1", M),
        ("OM-I2", M // 2),
        ("OM-I3", 600_000_00),
    ]
    assert {(ask.part, ask.tranche, ask.fund) for ask in found} == {
        ("estate", Tranche.PROPOSED, Fund.REVENUE)
    }
    assert found[0].by_year_pence == {"UNPROFILED": M}
    book.post(
        acts.withdraw(
            "OM-I3", {"UNPROFILED": -600_000_00}, from_rating=Account.UNRATED, on=date(2016, 9, 1)
        )
    )
    assert "OM-I3" not in {ask.line for ask in asks(book.ledger.now)}


def test_two_point_one_million_to_save_one_and_a_half_stands_out(book: Book) -> None:
    """FND-02. By hand: 2.1 ÷ 1.5 = 1.4 years; £0.75m by the end of 2018/19, £2.25m a year later."""
    begins = lasting_savings(book.ledger.now, "estate", Tranche.PROPOSED)
    found = payback(21 * M // 10, begins, YEARS)
    assert found.yearly_pence == 15 * M // 10
    assert found.years == Fraction(14, 10)
    assert found.year == "2019/20"
    assert found.stands_out


def test_what_pays_back_within_a_year_does_not_stand_out(book: Book) -> None:
    begins = lasting_savings(book.ledger.now, "estate", Tranche.PROPOSED)
    found = payback(M // 2, begins, YEARS)
    assert (found.years, found.year, found.stands_out) == (Fraction(1, 3), "2018/19", False)


def test_what_saves_nothing_never_comes_back() -> None:
    found = payback(M, {}, YEARS)
    assert (found.years, found.year, found.stands_out) == (None, "", True)
    dearer = payback(M, {"2016/17": -5}, YEARS)
    assert (dearer.years, dearer.year) == (None, "")


def test_what_comes_back_after_the_plan_has_no_year_of_it() -> None:
    found = payback(10 * M, {"2019/20": M}, YEARS)
    assert (found.years, found.year) == (Fraction(10), "")


def test_only_lasting_cash_of_the_same_part_and_tranche_pays_back(book: Book) -> None:
    others = {
        "ONCE": replace(THEME, recurrence=Recurrence.ONE_OFF),
        "AVOIDED": replace(THEME, saving_class=SavingClass.COST_AVOIDANCE),
        "OTHER": replace(THEME, theme="alliances"),
        "NOW": replace(THEME, tranche=Tranche.CURRENT),
        "BUILT": replace(THEME, fund=Fund.CAPITAL),
    }
    for line, own in others.items():
        book.open(line, own, y2018=9_00)
    book.open("P-1", replace(THEME, kind=LineKind.PRESSURE), y2019=-50_000_00)
    assert lasting_savings(book.ledger.now, "estate", Tranche.PROPOSED) == {
        "2018/19": 750_000_00,
        "2019/20": 700_000_00,
    }
