"""What becomes of what a year did not deliver? (rules YRE-01, YRE-02)"""

from dataclasses import replace
from datetime import date

import pytest

from futurefit.kernel.years import Horizon
from futurefit.ledger import acts, year_end
from futurefit.ledger.bridge import bridge
from futurefit.ledger.entries import Account, Reason
from futurefit.ledger.presentations import Scope
from futurefit.ledger.year_end import Fate, Settlement
from tests.ledger.books import OPENED, THEME, Book

A, D, U = Account.AMBER, Account.GREEN_DELIVERED, Account.UNRATED
MARCH = date(2017, 3, 31)
YEAR = "2016/17"


@pytest.fixture
def book() -> Book:
    """L1 has £100 of 2016/17, of which £40 is delivered and £25 amber; L2 has £30, a cost of £10 on
    L3; £5 of L2 is unidentified.
    """
    book = Book()
    for line in ("L1", "L2", "L3"):
        book.post(acts.open_line(line, replace(THEME), on=OPENED))
    book.post(
        acts.set_target("L1", {YEAR: 100_00, "2017/18": 50_00}, on=OPENED),
        acts.set_target("L2", {YEAR: 30_00}, on=OPENED),
        acts.set_unidentified_target("L2", {YEAR: 5_00}, on=OPENED),
        acts.set_target("L3", {YEAR: -10_00}, on=OPENED),
        acts.re_rate("L1", {YEAR: 25_00}, from_rating=U, to_rating=A, on=OPENED),
    )
    book.post(acts.deliver("L1", {YEAR: 40_00}, from_rating=U, on=OPENED))
    return book


def left(book: Book) -> dict[str, tuple[tuple[Account, int], ...]]:
    return {
        each.line: each.by_rating
        for each in year_end.outstanding(book.ledger.at(MARCH), MARCH, None)
    }


def test_every_undelivered_pound_is_listed_and_no_other(book: Book) -> None:
    """YRE-01: worked by hand. L1 has £100 less £40 delivered less £25 amber = £35 unrated."""
    assert left(book) == {
        "L1": ((U, 35_00), (A, 25_00)),
        "L2": ((U, 30_00),),
        "L3": ((U, -10_00),),
    }
    assert year_end.outstanding(book.ledger.at(MARCH), date(2017, 2, 28), None) == []
    assert year_end.outstanding(book.ledger.at(MARCH), MARCH, since=MARCH) == []
    (finding,) = year_end.check_year_end(book.ledger.now, MARCH)
    assert (finding.code, finding.printed) == ("YRE-01", "£80")


def test_one_journal_settles_a_year(book: Book) -> None:
    chosen = {
        ("L1", YEAR): Settlement(Fate.SLIPPED),
        ("L2", YEAR): Settlement(Fate.REPLACED, "L1"),
        ("L3", YEAR): Settlement(Fate.UNDELIVERABLE),
    }
    undelivered = year_end.outstanding(book.ledger.at(MARCH), MARCH, None)
    horizon = Horizon(2016, 2019, 2020)
    made = year_end.settle(undelivered, chosen, horizon=horizon, on=MARCH)
    book.post(*made)
    # What replaced L2 is itself undelivered on L1, and has to become something in its turn.
    assert left(book) == {"L1": ((U, 30_00),)}
    undelivered = year_end.outstanding(book.ledger.at(MARCH), MARCH, None)
    book.post(*year_end.settle(undelivered, chosen, horizon=horizon, on=MARCH))
    assert left(book) == {}
    assert year_end.check_year_end(book.ledger.now, MARCH) == []
    assert bridge(book.ledger.now, scope=Scope()).delivered_pence == 40_00


def test_what_is_brought_forward_and_unidentified_is_seen(book: Book) -> None:
    """YRE-02: £60 of L1 slips; £30 less £10 still stands in the year that ended."""
    undelivered = year_end.outstanding(book.ledger.at(MARCH), MARCH, None)
    slipped = {("L1", YEAR): Settlement(Fate.SLIPPED)}
    book.post(*year_end.settle(undelivered, slipped, horizon=Horizon(2016, 2019, 2020), on=MARCH))
    seen = year_end.owed(book.ledger.now, Scope(), date(2017, 4, 1))
    assert seen.brought_forward == ((YEAR, -60_00),)
    assert seen.undelivered == ((YEAR, U, 20_00),)
    assert seen.unidentified_pence == -5_00
    before = year_end.owed(book.ledger.now, Scope(), MARCH)
    assert (before.brought_forward, before.undelivered) == ((), ())
    # A decision that accepts the slip takes it away: it is then no longer owed.
    book.post(
        acts.re_target("L1", {YEAR: -60_00, "2017/18": 60_00}, clears=Reason.SLIPPED, on=MARCH),
        decision="Cabinet, April 2017",
    )
    seen = year_end.owed(book.ledger.now, Scope(), date(2017, 4, 1))
    assert seen.brought_forward == ((YEAR, 0),)


def test_a_slip_goes_to_the_next_year_or_the_bucket_that_holds_it() -> None:
    assert year_end.following("2016/17", Horizon(2016, 2019, 2020)) == "2017/18"
    assert year_end.following("2019/20", Horizon(2016, 2019, 2020)) == "2020/21+"
    assert year_end.following("2019/20", Horizon(2016, 2020)) == "2020/21"
