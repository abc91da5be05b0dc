"""Baselines and closed months (rules CLO-01 to CLO-04, YRE-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from futurefit.ledger import acts
from futurefit.ledger.closing import LONGEST_UNLOCK, MonthState
from futurefit.ledger.entries import Account, Draft, Tranche
from futurefit.site.ledger import operations, queries
from futurefit.site.ledger.models import NamedPosition
from futurefit.site.ledger.operations import Refused
from tests.databases import NewDatabase
from tests.site.ledger.books import ALICE, BOB, CAROL, LATER, LIBRARIES, PROOF, Book, at, rated
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


NOVEMBER = date(2015, 11, 30)
SOON = timezone.localdate() + LONGEST_UNLOCK
"""The last day until which a month can be unlocked today."""


def test_a_soft_closed_month_takes_only_what_finance_posts(book: Book) -> None:
    """CLO-01, and a delivery that was proposed before is still accepted."""
    book.open("LIB-1", y2016=100_00)
    delivery = Draft(
        ALICE.post,
        "two desks are closed",
        (acts.deliver("LIB-1", {"2016/17": 1_00}, from_rating=Account.UNRATED, on=LATER),),
    )
    proposal = operations.propose(delivery, by=ALICE, expects={"LIB-1": 1})
    operations.soft_close_month(NOVEMBER, by=CAROL)
    assert queries.closing().state(NOVEMBER) is MonthState.SOFT_CLOSED
    for by in (ALICE, CAROL):
        with pytest.raises(Refused) as refused:
            book.re_rate("LIB-1", 1_00, by=by)
        assert codes(refused) == ["LED-SOFT-CLOSED"]
    assert operations.accept_proposal(proposal.pk, by=BOB, brings=PROOF).number == 2
    book.re_rate("LIB-1", 1_00, by=BOB)
    with pytest.raises(Refused) as refused:
        operations.soft_close_month(NOVEMBER, by=CAROL)
    assert codes(refused) == ["LED-CLOSED"]
    with pytest.raises(Refused) as refused:
        operations.reopen_month(NOVEMBER, by=BOB, why=" ")
    assert codes(refused) == ["LED-NO-WHY"]
    operations.reopen_month(NOVEMBER, by=BOB, why="Two leads were ill")
    book.re_rate("LIB-1", 1_00, by=ALICE)


def test_a_month_is_unlocked_for_one_person_and_locked_again_as_a_new_position(book: Book) -> None:
    """CLO-02, CLO-03: both positions are kept, and each says what it said."""
    book.open("LIB-1", y2016=100_00)
    first = operations.close_month(NOVEMBER, by=BOB)
    unlocked = {"by": CAROL, "for_post": ALICE.post, "for_user": ALICE.user_id}
    for until, why, month, code in (
        (date(2016, 1, 4), "", NOVEMBER, "LED-NO-WHY"),
        (date(2016, 1, 3), "late invoice", NOVEMBER, "LED-UNTIL"),
        (date(2016, 2, 5), "late invoice", NOVEMBER, "LED-UNTIL"),
        (date(2016, 1, 5), "late invoice", date(2015, 12, 31), "LED-NOT-LOCKED"),
    ):
        with pytest.raises(Refused) as refused:
            operations.unlock_month(month, until=until, why=why, clock=lambda: at(4), **unlocked)
        assert codes(refused) == [code]
    operations.unlock_month(NOVEMBER, until=SOON, why="An invoice came late", **unlocked)
    with pytest.raises(Refused) as refused:
        book.re_rate("LIB-1", 1_00, by=BOB)
    assert codes(refused) == ["LED-LOCKED"]
    with pytest.raises(Refused) as refused:
        operations.close_month(date(2015, 12, 31), by=BOB)
    assert codes(refused) == ["LED-UNLOCKED"]
    book.re_rate("LIB-1", 1_00, by=ALICE)
    second = operations.close_month(NOVEMBER, by=BOB, why="The invoice is in")
    assert (second.name, second.supersedes) == ("November 2015 (2)", first.name)
    assert (first.number, second.number) == (1, 2)
    assert queries.superseded() == {first.name}
    assert queries.closing().state(NOVEMBER) is MonthState.LOCKED
    with pytest.raises(Refused):
        book.re_rate("LIB-1", 1_00, by=ALICE)
    ledger = queries.current_ledger()
    amber = [(Account.AMBER, None)]
    assert ledger.at(first.as_at, first.number).postings(accounts=amber) == []
    assert len(ledger.at(second.as_at, second.number).postings(accounts=amber)) == 1
    third = operations.unlock_month(NOVEMBER, until=SOON, why="Another invoice", **unlocked)
    assert third in queries.month_steps(NOVEMBER)
    assert len(queries.month_steps()) == 2
    assert operations.close_month(NOVEMBER, by=BOB).supersedes == second.name


def test_a_month_of_a_lead_is_theirs_to_update_and_not_to_close(book: Book) -> None:
    assert book
    for act in (
        lambda: operations.soft_close_month(NOVEMBER, by=ALICE),
        lambda: operations.reopen_month(NOVEMBER, by=ALICE, why="so"),
        lambda: operations.close_month(NOVEMBER, by=ALICE),
        lambda: operations.unlock_month(
            NOVEMBER, by=ALICE, for_post="A", for_user=1, until=NOVEMBER, why="so"
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["LED-RIGHTS"]
    with pytest.raises(Refused) as refused:
        operations.soft_close_month(date(2999, 3, 31), by=BOB)
    assert codes(refused) == ["LED-FUTURE"]


def test_march_is_locked_only_when_its_year_is_settled(book: Book) -> None:
    """YRE-01: refused with the pounds, until each became something; not for proposals (YRE-03)."""
    march = date(2017, 3, 31)
    book.open("LIB-1", replace(LIBRARIES, tranche=Tranche.CURRENT), y2016=100_00)
    book.open("LIB-2", y2016=999_00)
    operations.close_month(date(2017, 2, 28), by=BOB)
    with pytest.raises(Refused) as refused:
        operations.close_month(march, by=BOB)
    assert codes(refused) == ["YRE-01"]
    assert "£100" in str(refused.value)
    slip = acts.re_profile(
        "LIB-1",
        100_00,
        rating=Account.UNRATED,
        from_year="2016/17",
        to_year="2017/18",
        on=march,
    )
    book.post(slip)
    assert operations.close_month(march, by=BOB).number == 3
    # What comes after it cannot bring the year's amounts back unseen: its days are closed.
    with pytest.raises(Refused) as refused:
        book.post(rated("LIB-1", 1_00))
    assert "LED-LOCKED" in codes(refused)


def test_months_travel_with_the_ledger(own_book: Book, new_database: NewDatabase) -> None:
    """An unlock elsewhere lets nobody in here: people have other numbers there."""
    assert own_book
    operations.close_month(NOVEMBER, by=BOB)
    operations.unlock_month(NOVEMBER, by=BOB, for_post="A", for_user=1, until=SOON, why="so")
    files = operations.export_package()
    with new_database():
        operations.import_package(files)
        assert queries.closing().state(NOVEMBER) is MonthState.UNLOCKED
        assert queries.closed_to(ALICE, LATER).is_locked(NOVEMBER)


def test_who_unlocks_a_month_and_who_posts_to_it_are_two_people(book: Book) -> None:
    """CLO-04: known by their number or by their post; another may unlock it for them."""
    assert book
    operations.close_month(NOVEMBER, by=BOB)
    for post, number in ((BOB.post, None), (BOB.post, 99), ("An earlier post", BOB.user_id)):
        with pytest.raises(Refused, match="are two people") as refused:
            operations.unlock_month(
                NOVEMBER, by=BOB, for_post=post, for_user=number, until=SOON, why="so"
            )
        assert codes(refused) == ["LED-SAME-PERSON"]
    assert queries.closing().state(NOVEMBER) is MonthState.LOCKED
    operations.unlock_month(
        NOVEMBER, by=CAROL, for_post=BOB.post, for_user=BOB.user_id, until=SOON, why="so"
    )
    assert not queries.closed_to(BOB, LATER).is_locked(NOVEMBER)
    assert queries.closed_to(CAROL, LATER).is_locked(NOVEMBER)
