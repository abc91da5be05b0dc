"""What becomes of what a year did not deliver? (rules YRE-01 to YRE-03)"""

from dataclasses import replace
from datetime import date

import pytest

from futurefit.kernel.years import Horizon
from futurefit.ledger import acts, year_end
from futurefit.ledger.bridge import bridge
from futurefit.ledger.entries import Account, EntryKind, Reason, Tranche
from futurefit.ledger.presentations import Scope
from futurefit.ledger.year_end import Fate, Settlement
from tests.ledger.books import OPENED, THEME, Book

A, D, U = Account.AMBER, Account.GREEN_DELIVERED, Account.UNRATED
MARCH = date(2017, 3, 31)
YEAR = "2016/17"
CURRENT = replace(THEME, tranche=Tranche.CURRENT)
PLAN = Scope(tranche=Tranche.CURRENT)


@pytest.fixture
def book() -> Book:
    """L1 has £100 of 2016/17, of which £40 is delivered and £25 amber; L2 has £30, a cost of £10 on
    L3; £5 of L2 is unidentified.
    """
    book = Book()
    for line in ("L1", "L2", "L3"):
        book.post(acts.open_line(line, CURRENT, on=OPENED))
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
    (finding,) = year_end.check_year_end(book.ledger.now, [YEAR])
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
    assert year_end.check_year_end(book.ledger.now, [YEAR]) == []
    assert bridge(book.ledger.now, scope=PLAN).delivered_pence == 40_00


def test_what_is_brought_forward_and_unidentified_is_seen(book: Book) -> None:
    """YRE-02: £60 of L1 slips; £30 less £10 still stands in the year that ended."""
    undelivered = year_end.outstanding(book.ledger.at(MARCH), MARCH, None)
    slipped = {("L1", YEAR): Settlement(Fate.SLIPPED)}
    book.post(*year_end.settle(undelivered, slipped, horizon=Horizon(2016, 2019, 2020), on=MARCH))
    seen = year_end.owed(book.ledger.now, PLAN, date(2017, 4, 1))
    assert seen.brought_forward == ((YEAR, -60_00),)
    assert seen.undelivered == ((YEAR, U, 20_00),)
    assert seen.unidentified_pence == -5_00
    before = year_end.owed(book.ledger.now, PLAN, MARCH)
    assert (before.brought_forward, before.undelivered) == ((), ())
    # A decision that accepts the slip takes it away: it is then no longer owed.
    book.post(
        acts.re_target("L1", {YEAR: -60_00, "2017/18": 60_00}, clears=Reason.SLIPPED, on=MARCH),
        decision="Cabinet, April 2017",
    )
    seen = year_end.owed(book.ledger.now, PLAN, date(2017, 4, 1))
    assert seen.brought_forward == ((YEAR, 0),)


def test_a_slip_goes_to_the_next_year_or_the_bucket_that_holds_it() -> None:
    assert year_end.following("2016/17", Horizon(2016, 2019, 2020)) == "2017/18"
    assert year_end.following("2019/20", Horizon(2016, 2019, 2020)) == "2020/21+"
    assert year_end.following("2019/20", Horizon(2016, 2020)) == "2020/21"


def test_a_proposal_of_an_ended_year_is_no_target_missed(book: Book) -> None:
    """YRE-03: it holds nothing up, is told apart, and is withdrawn or asked for a year later."""
    for line in ("P1", "P2"):
        book.post(
            acts.open_line(line, THEME, on=OPENED),
            acts.set_target(line, {YEAR: 70_00}, on=OPENED),
        )
    assert left(book).keys() == {"L1", "L2", "L3"}
    of_plan, of_proposals = year_end.check_year_end(book.ledger.now, [YEAR])
    assert (of_plan.code, of_plan.printed) == ("YRE-01", "£80")
    assert (of_proposals.code, of_proposals.printed) == ("YRE-03", "£140")
    assert "on 2 lines" in of_proposals.message
    proposed = year_end.undelivered(book.ledger.now, [YEAR], Tranche.PROPOSED)
    chosen = {("P1", YEAR): Settlement(Fate.WITHDRAWN), ("P2", YEAR): Settlement(Fate.SLIPPED)}
    horizon = Horizon(2016, 2019, 2020)
    made = year_end.settle(proposed, chosen, horizon=horizon, on=date(2017, 5, 2))
    assert [entry.kind for entry in made] == [EntryKind.WITHDRAW, EntryKind.RE_PROFILE]
    book.post(*made)
    assert year_end.undelivered(book.ledger.now, [YEAR], Tranche.PROPOSED) == []
    held = book.ledger.now.by_line_and_year(accounts=[(U, None)])
    assert (held["P1"].get(YEAR, 0), held["P2"]) == (0, {YEAR: 0, "2017/18": 70_00})


def test_an_adopted_proposal_is_settled_from_the_day_it_is_adopted(book: Book) -> None:
    """YRE-01, YRE-03: as the line is classed when the month ends."""
    book.post(
        acts.open_line("P1", THEME, on=OPENED),
        acts.set_target("P1", {YEAR: 70_00}, on=OPENED),
    )
    book.post(acts.reclassify("P1", CURRENT, on=MARCH), decision="Cabinet, March 2017")
    assert left(book)["P1"] == ((U, 70_00),)
    day_before = book.ledger.at(date(2017, 3, 30))
    assert [each.line for each in year_end.undelivered(day_before, [YEAR], Tranche.PROPOSED)] == [
        "P1"
    ]
