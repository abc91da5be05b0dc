"""The transformation fund on its page: asked, granted, spent, payback (rules FND-01, FND-02)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import models, operations
from futurefit.site.programme.presenters.fund import short
from tests.site.programme.test_editing import form_of
from tests.site.programme.test_lifecycle import codes
from tests.site.programme.worlds import SIGNED, World, holder


def grant(world: World, sort: str = "GRANTED", **more: object) -> models.FundEntry:
    told = {
        "line_ref": "LIB-I",
        "sort": sort,
        "year": "2016/17",
        "amount_pence": 20_000_00,
        "on": SIGNED,
        "decision": "Cabinet, 14 January 2016",
        **more,
    }
    entry = models.FundEntry(**told)  # type: ignore[arg-type]
    return operations.record_in_fund(entry, by=holder(world.bob), today=date(2016, 2, 1))


def rows(client: Client, table: str) -> list[dict[str, object]]:
    return client.get(f"/fund/?{table}.format=json").json()["rows"]  # type: ignore[no-any-return]


def test_a_part_is_shown_with_what_it_asks_and_when_it_pays_back(
    world: World, client: Client
) -> None:
    """By hand: £50k asked; LIB-2 and LIB-3 save £30k and then £100k a year."""
    grant(world)
    grant(world, "SPENT", amount_pence=5_000_00)
    (row,) = rows(client, "proposed")
    assert (row["part"], row["asked"], row["granted"], row["spent"]) == (
        "Open council",
        50_000_00,
        20_000_00,
        5_000_00,
    )
    assert (row["saved"], row["years"], row["year"]) == (100_000_00, "0.5 years", "2017/18")
    assert row["stands_out"] == (
        "£50k is not said to be one-off: if it is asked every year, £50k a year is saved."
    )


def test_what_is_asked_granted_and_spent_is_shown_by_line_and_year(
    world: World, client: Client
) -> None:
    grant(world)
    grant(world, year="2017/18", amount_pence=1_00)
    found = {(row["line"], row["year"]): row for row in rows(client, "years")}
    assert found["LIB-I", "No year yet"]["asked"] == 50_000_00
    assert found["LIB-I", "2016/17"]["granted"] == 20_000_00
    assert found["LIB-I", "2017/18"]["granted"] == 1_00


def test_more_granted_than_asked_and_spent_than_granted_is_shown_not_refused(
    world: World, client: Client
) -> None:
    grant(world, amount_pence=60_000_00)
    grant(world, "SPENT", amount_pence=70_000_00)
    (row,) = rows(client, "proposed")
    assert "More is granted than is asked. More is spent than is granted." in str(row["stands_out"])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"line_ref": "LIB-1"}, "FND-LINE"),
        ({"line_ref": "NONE"}, "FND-LINE"),
        ({"on": date(2016, 3, 1)}, "FND-FUTURE"),
        ({"year": "2016"}, "PRO-INVALID"),
        ({"decision": ""}, "PRO-INVALID"),
    ],
)
def test_what_is_no_grant_is_refused(world: World, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        grant(world, **wrong)  # type: ignore[arg-type]
    assert codes(refused) == [code]


def test_only_finance_records_and_takes_away(world: World, carol: Client) -> None:
    entry = grant(world)
    with pytest.raises(Refused):
        operations.strike_from_fund(entry, by=holder(world.carol), why="x")
    assert carol.get("/fund/record/").status_code == 403
    with pytest.raises(Refused):
        operations.strike_from_fund(entry, by=holder(world.bob), why=" ")
    number = entry.pk
    operations.strike_from_fund(entry, by=holder(world.bob), why="Twice")
    assert models.FundEntry.history.filter(id=number).first().history_change_reason == "Twice"


def test_bob_records_a_grant_and_takes_it_away_on_the_pages(world: World, bob: Client) -> None:
    sent = {
        **form_of(bob, "/fund/record/"),
        "sort": "GRANTED",
        "line_ref": "LIB-I",
        "year": "2016-17",
        "amount_pence": "20,000",
        "on": "15/1/2016",
        "decision": "Cabinet, 14 January 2016",
    }
    assert bob.post("/fund/record/", {**sent, "amount_pence": "-1"}).status_code == 422
    page = bob.post("/fund/record/", sent, follow=True).content.decode()
    assert "Cabinet, 14 January 2016" in page
    entry = models.FundEntry.objects.get()
    assert (entry.amount_pence, entry.year) == (20_000_00, "2016/17")
    address = f"/fund/{entry.pk}/"
    assert address in page
    assert bob.post(address, {"why": "Twice"}).status_code == 302
    assert not models.FundEntry.objects.exists()


@pytest.mark.parametrize(
    ("pence", "words"),
    [(210_000_000, "£2.1m"), (150_000_000, "£1.5m"), (250_000_00, "£250k"), (1_234_50, "£1.2345k")],
)
def test_an_amount_is_said_as_people_say_it(pence: int, words: str) -> None:
    assert short(pence) == words


def test_a_form_that_is_sent_twice_records_one_grant(world: World, bob: Client) -> None:
    """FND-01: "A form that is sent twice records once."."""
    sent = {
        **form_of(bob, "/fund/record/"),
        "sort": "GRANTED",
        "line_ref": "LIB-I",
        "year": "2016/17",
        "amount_pence": "20000",
        "on": "15/1/2016",
        "decision": "Cabinet, 14 January 2016",
    }
    for _ in range(2):
        assert bob.post("/fund/record/", sent).status_code == 302
    assert models.FundEntry.objects.count() == 1
    more = bob.post("/fund/record/", {**sent, "amount_pence": "30000"})
    assert more.status_code == 422
    assert "has recorded" in more.content.decode()
    again = {**sent, "once": form_of(bob, "/fund/record/")["once"]}
    assert bob.post("/fund/record/", again).status_code == 302
    assert models.FundEntry.objects.count() == 2
