"""The year end: one page, one journal, and what everybody sees (rules YRE-01 to YRE-03)."""

from __future__ import annotations

from datetime import date
from html import unescape

from django.test import Client

from futurefit.ledger.entries import EntryKind
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import queries
from tests.site.programme.worlds import World, holder

PAGE = "/month/year-end/2016-17/"
HEAD = 5


def send(client: Client, typed: dict[str, str], step: str, status: int) -> str:
    response = client.post(PAGE, {**typed, "step": step})
    page = unescape(response.content.decode())
    assert response.status_code == status, page
    return page


def test_one_journal_settles_the_year_and_march_can_be_locked(world: World, bob: Client) -> None:
    page = unescape(bob.get(PAGE).content.decode())
    assert "LIB-1" in page
    assert "£40,000" in page
    assert "ROAD-1" not in page  # it is delivered
    assert "Nothing is chosen yet" in send(bob, {}, "preview", 400)
    assert "name the line that takes over" in send(bob, {"fate:LIB-1": "REPLACED"}, "preview", 400)
    assert "Choose what it becomes" in send(bob, {"fate:LIB-2": "UNDELIVERABLE"}, "preview", 400)
    typed = {"fate:LIB-1": "SLIPPED", "fate:LIB-2": "WITHDRAWN", "seen": "LIB-1=1&LIB-2=2"}
    assert "£40,000, amber, from 2016/17 to 2017/18" in send(bob, typed, "preview", 200)
    assert ledger_queries.head().number == HEAD
    send(bob, typed, "confirm", 302)
    journal = ledger_queries.journal(HEAD + 1)
    assert [each.kind for each in journal.entries] == [EntryKind.RE_PROFILE, EntryKind.WITHDRAW]
    assert {each.effective_on for each in journal.entries} == {date(2017, 3, 31)}
    assert "Nothing of 2016/17 is left undelivered" in bob.get(PAGE).content.decode()
    assert ledger.close_month(date(2017, 3, 31), by=holder(world.bob)).number == HEAD + 1


def test_proposals_of_an_ended_year_warn_and_hold_nothing_up(world: World, bob: Client) -> None:
    """YRE-03: £30,000 of LIB-2 was proposed for 2016/17 and never adopted."""
    send(bob, {"fate:LIB-1": "SLIPPED", "seen": "LIB-1=1"}, "confirm", 302)
    month = bob.get("/month/2017-03/").content.decode()
    assert "Until then the month cannot be locked" not in month
    assert "Proposals still name 2016/17" in month
    ledger.close_month(date(2017, 3, 31), by=holder(world.bob))
    (finding,) = [
        each
        for each in queries.findings(ledger_queries.current_ledger())
        if each.code.startswith("YRE")
    ]
    assert (finding.code, finding.printed) == ("YRE-03", "£30,000")
    # March is locked: it takes effect today.
    page = unescape(bob.get(PAGE).content.decode())
    assert "Proposed and not adopted in 2016/17" in page
    assert "Undelivered in 2016/17" not in page
    send(bob, {"fate:LIB-2": "SLIPPED", "seen": "LIB-2=2"}, "confirm", 302)
    assert "Nothing of 2016/17 is left" in bob.get(PAGE).content.decode()
    assert "Proposals still name" not in bob.get("/month/2017-03/").content.decode()


def test_a_line_that_moved_meanwhile_is_not_settled(world: World, bob: Client) -> None:
    typed = {"fate:LIB-1": "SLIPPED", "seen": "LIB-1=0"}
    assert world
    assert "has changed since" in send(bob, typed, "confirm", 409)


def test_a_lead_settles_their_own_and_replaces_nothing(world: World, alice: Client) -> None:
    assert world
    typed = {"fate:LIB-1": "REPLACED", "by:LIB-1": "LIB-2", "seen": "LIB-1=1"}
    assert "may replace a line" in send(alice, typed, "preview", 400)
    send(alice, {"fate:LIB-1": "SLIPPED", "seen": "LIB-1=1"}, "confirm", 302)


def test_what_is_brought_forward_and_unidentified_stands_on_the_first_page(
    world: World, bob: Client, client: Client
) -> None:
    """YRE-02: seen from after the year, each with its working."""
    send(bob, {"fate:LIB-1": "SLIPPED", "seen": "LIB-1=1"}, "confirm", 302)
    page = unescape(client.get("/").content.decode())
    assert "Undelivered brought forward from 2016/17" in page
    assert "Unidentified: target for which nothing is found yet" in page
    assert "2016/17 has ended, and this is still red in it" in page
    for path in ("/bridge/?in_tranche=CURRENT", "/bridge/?in_tranche=CURRENT&unit=pounds"):
        page = unescape(client.get(path).content.decode())
        assert "Undelivered brought forward from 2016/17" in page
    assert "-£40,000" in page
    working = "/bridge/working/?step=SLIPPED&year=2016%2F17&in_tranche=CURRENT&unit=pounds"
    assert "40,000" in client.get(working).content.decode()
    assert world


def test_a_year_that_runs_is_not_settled_yet(world: World, bob: Client) -> None:
    assert world
    page = bob.get("/month/year-end/2098-99/").content.decode()
    assert "ends on 31 March 2099" in page
    assert bob.get("/month/year-end/2016-18/").status_code == 404
