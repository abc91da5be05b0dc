"""The update round: form, preview, one journal with the words (rules UPD-01, UPD-02)."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Entry, EntryKind
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import models, operations, queries
from tests.site.ledger.books import BOB, balance
from tests.site.programme.worlds import World, holder

PAGE = "/month/2015-11/update/"
NOVEMBER = date(2015, 11, 30)
HEAD = 5  # five lines stand in World, opened by five journals


def fields(client: Client, path: str = PAGE) -> dict[str, str]:
    """Everything that a browser would send of the form, as it is shown."""
    page = client.get(path).content.decode()
    found = {}
    for tag in re.findall(r"<input [^>]+>", page):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if attributes.get("name"):
            found[unescape(attributes["name"])] = unescape(attributes.get("value", ""))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[unescape(name)] = chosen[1] if chosen else ""
    return found


def send(client: Client, typed: dict[str, str], step: str = "preview", status: int = 200) -> str:
    response = client.post(PAGE, {**typed, "step": step})
    assert response.status_code == status, unescape(response.content.decode())
    return unescape(response.content.decode())


def kept(page: str) -> dict[str, str]:
    """The hidden fields of a preview."""
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_lead_sees_their_own_lines_and_confirms_them_with_one_button(
    world: World, alice: Client, charlie: Client
) -> None:
    shown = fields(alice)
    assert shown["2016/17:LIB-1"] == "40,000"
    assert shown["rating:LIB-1"] == "AMBER"
    assert "2016/17:ROAD-1" not in shown
    assert "nothing to confirm" in charlie.get(PAGE).content.decode()
    send(alice, shown, "unchanged", 302)
    (done,) = queries.confirmations(NOVEMBER)
    assert (done.by, done.lines) == (world.alice.post, ["LIB-1", "LIB-2", "LIB-3", "LIB-I"])
    assert (done.ledger_number, done.journal) == (HEAD, None)
    assert done.ledger_digest == ledger_queries.head().digest
    page = alice.get("/month/2015-11/").content.decode()
    assert "Every line is confirmed (4)" in page
    assert "nothing: confirmed as it stood" in page


def test_many_changes_are_previewed_and_become_one_journal_with_the_words(
    world: World, alice: Client
) -> None:
    """UPD-01: one journal of many entries, the words and the confirmation together."""
    milestone = world.milestone(world.libraries.heading, due_on=date(2016, 4, 1))
    risk = world.risk(world.libraries.heading, likelihood=5, impact=4)
    typed = fields(alice) | {
        "2016/17:LIB-1": "25k",
        "2017/18:LIB-1": "171,000",
        "note:LIB-1": "The lease runs longer",
        "rating:LIB-2": "AMBER",
        "2016/17:LIB-2": "20,000",
        f"due_on:m{milestone.pk}": "1/7/2016",
        f"likelihood_after:r{risk.pk}": "2",
        "why": "November update",
    }
    page = send(alice, typed)
    assert "Nothing is recorded yet" in page
    assert "The lease runs longer" in page
    assert "£15,000, amber, from 2016/17 to 2017/18" in page
    assert "01/04/2016 → 1/7/2016" in page
    assert ledger_queries.head().number == HEAD
    carried = {unescape(name): unescape(value) for name, value in kept(page).items()}
    assert "2016/17:LIB-3" not in carried
    send(alice, carried, "confirm", 302)
    journal = ledger_queries.journal(HEAD + 1)
    assert [entry.kind for entry in journal.entries] == [
        EntryKind.RE_PROFILE,
        EntryKind.RE_RATE,
        EntryKind.RE_ESTIMATE,
    ]
    assert {entry.effective_on for entry in journal.entries} == {NOVEMBER}
    assert balance("LIB-1", Account.AMBER) == 25_000_00
    assert balance("LIB-2", Account.AMBER) == 20_000_00
    milestone.refresh_from_db()
    risk.refresh_from_db()
    assert (milestone.due_on, milestone.baseline_on) == (date(2016, 7, 1), date(2016, 4, 1))
    assert (risk.likelihood_after, milestone.history.count()) == (2, 2)
    (done,) = queries.confirmations(NOVEMBER)
    assert (done.journal, done.words_changed) == (HEAD + 1, 2)
    assert done.notes == {"LIB-1": "The lease runs longer"}
    assert models.Milestone.history.latest().history_user == world.alice


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    world: World, bob: Client
) -> None:
    assert world
    typed = fields(bob) | {
        "2016/17:LIB-1": "about 3",
        "2017/18:LIB-1": "",
        "2016/17:LIB-2": "29,999",
        "rating:LIB-2": "GREEN_DELIVERED",
    }
    page = send(bob, typed, status=400)
    assert "There is a problem" in page
    assert "Write 0 if nothing is left; it was 156,000." in page
    assert "Choose a rating." in page
    assert 'value="29,999"' in page
    assert 'value="about 3"' in page
    page = send(bob, fields(bob), status=400)
    assert "Nothing is changed." in page
    assert ledger_queries.head().number == HEAD


def test_figures_that_were_typed_are_shown_before_they_are_confirmed(
    world: World, bob: Client
) -> None:
    assert world
    page = send(bob, fields(bob) | {"2016/17:LIB-2": "1"}, "unchanged")
    assert "Check the update of November 2015" in page
    assert queries.confirmations(NOVEMBER) == []


def test_a_line_that_moved_meanwhile_is_shown_as_it_stands(world: World, alice: Client) -> None:
    shown = fields(alice)
    world.post(moved(), by=BOB)
    for step in ("preview", "confirm", "unchanged"):
        typed = shown | ({"2016/17:LIB-1": "1,000"} if step != "unchanged" else {})
        page = send(alice, typed, step, 409)
        assert "Line LIB-1 has changed since you opened the form" in page
    assert queries.confirmations(NOVEMBER) == []


def moved() -> Entry:
    """£1 of LIB-1 turns red."""
    return acts.re_rate(
        "LIB-1",
        {"2016/17": 1_00},
        from_rating=Account.AMBER,
        to_rating=Account.RED,
        on=date(2015, 11, 19),
    )


def test_a_milestone_that_somebody_else_wrote_meanwhile_is_not_overwritten(
    world: World, alice: Client
) -> None:
    milestone = world.milestone(world.libraries.heading, due_on=date(2016, 4, 1))
    typed = fields(alice) | {f"due_on:m{milestone.pk}": "1/7/2016"}
    milestone.note = "Moved by the office"
    operations.revise(milestone, by=holder(world.carol), seen=None)
    carried = {unescape(k): unescape(v) for k, v in kept(send(alice, typed)).items()}
    assert "Doors open" in send(alice, carried, "confirm", 400)
    milestone.refresh_from_db()
    assert milestone.due_on == date(2016, 4, 1)


def test_a_month_that_is_closed_to_a_lead_is_open_to_finance(
    world: World, alice: Client, bob: Client
) -> None:
    """CLO-01, UPD-01."""
    ledger.soft_close_month(NOVEMBER, by=holder(world.bob))
    typed = fields(alice) | {"2016/17:LIB-2": "29,000"}
    assert "closed but to finance" in send(alice, typed, status=400)
    assert "is closed" in send(alice, fields(alice), "unchanged", 400)
    typed = fields(bob) | {"2016/17:LIB-2": "29,000"}
    carried = {unescape(k): unescape(v) for k, v in kept(send(bob, typed)).items()}
    send(bob, carried, "confirm", 302)
    ledger.close_month(NOVEMBER, by=holder(world.bob))
    assert bob.get(PAGE).status_code == 404


def test_nobody_confirms_the_lines_of_others(world: World) -> None:
    """UPD-01."""
    with pytest.raises(ledger.Refused, match="your own lines only"):
        operations.update_month(NOVEMBER, by=holder(world.charlie), expects={"LIB-1": 1}, why="so")


def test_hostile_words_in_the_form_are_shown_as_they_were_typed(world: World, bob: Client) -> None:
    assert world
    hostile = '"><script>alert(1)</script>'
    response = bob.post(
        PAGE, {**fields(bob), "2016/17:LIB-1": hostile, "note:LIB-1": hostile, "step": "preview"}
    )
    assert b"<script>" not in response.content
