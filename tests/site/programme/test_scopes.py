"""A role that is held for a part of the programme counts there, and not for the whole (LED-12)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Draft, SourceKind
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.accounts.models import User
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries
from futurefit.site.ledger.models import NamedPosition, Proposal, Ruling
from futurefit.site.ledger.queries import LineWords
from futurefit.site.programme import models, operations
from tests.site import people
from tests.site.ledger.books import BOB, LATER
from tests.site.programme.worlds import World, holder

NOVEMBER = date(2015, 11, 30)
LEAD_AND_FINANCE = Holder(
    77,
    "Head of Libraries, finance for roads",
    frozenset(
        {
            Holding(Role.PROJECT_LEAD, "project", "libraries"),
            Holding(Role.FINANCE_PARTNER, "project", "roads"),
        }
    ),
)


@pytest.fixture
def fred(world: World) -> Holder:
    return holder(people.fred())


def signed_in(who: Holder) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=who.user_id))
    return client


def test_acts_on_the_whole_programme_ask_for_a_role_held_for_the_whole(fred: Holder) -> None:
    """Months, baselines, the programme's own words, sources, rulings on sources."""
    until = timezone.localdate() + timedelta(days=1)
    ledger.close_month(date(2015, 10, 31), by=BOB)
    for act in (
        lambda: ledger.soft_close_month(NOVEMBER, by=fred),
        lambda: ledger.close_month(NOVEMBER, by=fred),
        lambda: ledger.unlock_month(
            date(2015, 10, 31),
            by=fred,
            for_post=fred.post,
            for_user=fred.user_id,
            until=until,
            why="so",
        ),
        lambda: ledger.name_baseline("Mine", by=fred, as_at=LATER),
        lambda: ledger.name_heading("theme", "mine", "Mine", by=fred),
    ):
        with pytest.raises(ledger.Refused, match="of the whole programme"):
            act()
    assert queries.closing().locked_to == date(2015, 10, 31)
    assert queries.adopted_baseline() is None


def test_the_pages_of_the_month_offer_its_steps_to_nobody_of_a_part(fred: Holder) -> None:
    client = signed_in(fred)
    page = client.get("/month/2015-11/")
    assert page.status_code == 200
    assert "Lock the month" not in page.content.decode()
    answer = client.post("/month/2015-11/", {"step": "lock", "lock-why": "so"})
    assert answer.status_code == 403
    assert not NamedPosition.objects.exists()


def test_what_a_source_holds_is_stated_by_finance_of_the_whole_programme(fred: Holder) -> None:
    stated = acts.set_capacity("stock", SourceKind.BUDGET_LINE, 1_00, on=LATER)
    with pytest.raises(ledger.Refused, match="of the whole programme"):
        ledger.post(Draft(fred.post, "so", (stated,)), by=fred, expects=None)
    assert signed_in(fred).get("/double-counting/source/").status_code == 403


def test_a_ruling_is_for_who_keeps_both_lines(world: World, fred: Holder) -> None:
    world.add("ROAD-2", queries.current_ledger().lines["ROAD-1"], Account.RED, {"2016/17": 1_00})
    for pair in (("LIB-1", "LIB-2"), ("LIB-1", "ROAD-1")):
        with pytest.raises(ledger.Refused, match="may rule"):
            ledger.rule(pair, Ruling.Verdict.DIFFERENT, by=fred, why="so")
    assert not Ruling.objects.exists()
    assert ledger.rule(("ROAD-1", "ROAD-2"), Ruling.Verdict.DIFFERENT, by=fred, why="so")
    page = signed_in(fred).get("/double-counting/pair/?line_a=LIB-1&line_b=LIB-2")
    assert "Rule on these two" not in page.content.decode()


def test_a_grant_is_recorded_by_the_finance_partner_of_its_line(world: World, fred: Holder) -> None:
    entry = models.FundEntry(
        line_ref="LIB-I",
        sort="GRANTED",
        year="2016/17",
        amount_pence=1_00,
        decision="Cabinet",
        on=LATER,
    )
    with pytest.raises(ledger.Refused, match="finance partner of the line"):
        operations.record_in_fund(entry, by=fred, today=LATER)
    kept = operations.record_in_fund(entry, by=holder(world.bob), today=LATER)
    with pytest.raises(ledger.Refused, match="finance partner of the line"):
        operations.strike_from_fund(kept, by=fred, why="so")
    client = signed_in(fred)
    page = client.get("/fund/").content.decode()
    assert "LIB-I" in page
    assert f"/fund/{kept.pk}/" not in page
    assert "LIB-I" not in client.get("/fund/record/").content.decode()


def test_a_delivery_is_turned_down_by_who_may_check_it(world: World, fred: Holder) -> None:
    delivery = acts.deliver("LIB-1", {"2016/17": 1_00}, from_rating=Account.AMBER, on=LATER)
    alice = holder(world.alice)
    seen = {"LIB-1": queries.current_ledger().last_journal("LIB-1")}
    waits = ledger.propose(Draft(alice.post, "so", (delivery,)), by=alice, expects=seen)
    with pytest.raises(ledger.Refused, match="may turn it down"):
        ledger.refuse_proposal(waits.pk, by=fred, answer="no")
    page = signed_in(fred).get(f"/waiting/{waits.pk}/")
    assert "Turn it down" not in page.content.decode()
    assert Proposal.objects.get().status == Proposal.Status.WAITING
    ledger.refuse_proposal(waits.pk, by=holder(world.bob), answer="no")


def test_a_soft_closed_month_is_open_to_finance_on_their_own_lines_alone(world: World) -> None:
    """CLO-01, asked by line: a lead of libraries who is finance for roads posts to roads."""
    ledger.soft_close_month(NOVEMBER, by=BOB)
    moved = acts.re_estimate("LIB-1", {"2016/17": -1_00}, rating=Account.AMBER, on=LATER)
    with pytest.raises(ledger.Refused, match="closed but to finance"):
        ledger.post(Draft("x", "so", (moved,)), by=LEAD_AND_FINANCE, expects=None)
    more = acts.set_target("ROAD-1", {"2017/18": 1_00}, on=LATER)
    assert ledger.post(Draft("x", "so", (more,)), by=LEAD_AND_FINANCE, expects=None)


def test_the_words_of_a_line_are_changed_by_its_own_finance_partner(fred: Holder) -> None:
    with pytest.raises(ledger.Refused, match="may not change the words"):
        ledger.edit_words("LIB-1", LineWords("Mine"), by=fred, was=None)
    assert ledger.edit_words("ROAD-1", LineWords("Mine"), by=fred, was=None).title == "Mine"


def test_adoption_names_the_baseline_of_all_and_is_no_page_of_a_part(fred: Holder) -> None:
    """LIF-05, LED-12: its counts and what it expects tell of lines that a part's keeper may not
    read.
    """
    assert signed_in(fred).get("/adopt/").status_code == 403
