"""The month: its state, what is missing, and the steps that close it (CLO-01 to CLO-03, UPD-02)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from futurefit.ledger.closing import MonthState
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from tests.site.programme.worlds import World, holder

NOVEMBER = date(2015, 11, 30)
PAGE = "/month/2015-11/"


def words(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def state() -> MonthState:
    return ledger_queries.closing().state(NOVEMBER)


def test_the_month_says_what_is_missing(world: World, carol: Client) -> None:
    page = words(carol, PAGE)
    # LIB-1, LIB-2, LIB-3 hold something undelivered; LIB-I too; ROAD-1 is delivered.
    assert "4 of 4 lines are not confirmed" in page
    assert "No change waits for a second person" in page
    assert world.alice.post in page
    assert "Lines without a lead" not in page


def test_a_month_goes_from_open_to_locked_and_back_by_its_forms(
    world: World, bob: Client, alice: Client
) -> None:
    def take(step: str, client: Client = bob, **said: str) -> int:
        fields = {f"{step}-{name}": text for name, text in said.items()}
        return client.post(PAGE, {"step": step, **fields}).status_code

    assert take("soft_close", client=alice) == 403
    assert take("soft_close") == 302
    assert state() is MonthState.SOFT_CLOSED
    assert "Soft closed: only finance posts to it." in words(bob, PAGE)
    assert take("reopen") == 422
    assert take("reopen", why="Two leads were ill") == 302
    assert state() is MonthState.OPEN
    assert take("lock", why="All in") == 302
    assert state() is MonthState.LOCKED
    assert take("lock") == 422
    last = timezone.localdate() + timedelta(days=31)
    unlocked = {"person": str(world.alice.pk), "until": f"{last:%d/%m/%Y}"}
    assert take("unlock", why="", **unlocked) == 422
    assert take("unlock", **{**unlocked, "until": "1/1/2990"}, why="Late invoice") == 422
    # CLO-04: nobody is offered themselves, nor taken at their word.
    assert f'value="{world.bob.pk}"' not in words(bob, PAGE)
    assert take("unlock", **{**unlocked, "person": str(world.bob.pk)}, why="so") == 422
    assert take("unlock", why="Late invoice", **unlocked) == 302
    assert state() is MonthState.UNLOCKED
    assert take("lock_again") == 302
    page = words(bob, PAGE)
    assert "superseded by November 2015 (2)" in page
    assert f"for Head of Libraries, until {last.day} {last:%B %Y}" in page
    assert "Late invoice" in page


def test_march_says_that_its_year_must_be_settled_first(world: World, bob: Client) -> None:
    assert world
    page = words(bob, "/month/2017-03/")
    assert "2016/17 has ended with undelivered amounts" in page
    answer = bob.post("/month/2017-03/", {"step": "lock"})
    assert answer.status_code == 422
    assert "Say first of each whether it slipped" in answer.content.decode()


def test_every_month_is_listed_with_its_position(world: World, bob: Client) -> None:
    closed = ledger.close_month(NOVEMBER, by=holder(world.bob))
    page = words(bob, "/month/")
    assert "November 2015" in page
    assert f"known_at={closed.number}" in page
    answer = bob.get("/month/?day=3/12/2015")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/month/2015-12/")


@pytest.mark.parametrize("path", ["/month/2015-13/", "/month/1200-01/", "/month/2015-1/"])
def test_there_is_no_other_month(world: World, bob: Client, path: str) -> None:
    assert world
    assert bob.get(path).status_code == 404
