"""Slips of milestones, risks and measures on their pages (rules MIL-01 to MEA-01)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape

from django.test import Client

from futurefit.ledger.entries import Account, EntryKind
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import models, operations
from tests.site.ledger.books import balance
from tests.site.programme.worlds import World, holder


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def test_a_slip_is_shown_in_pounds_and_accepted_as_a_re_profile(
    world: World, alice: Client, client: Client, charlie: Client
) -> None:
    """MIL-01, MIL-02: £40,000 of 2016/17 from 1 October is £6,666.67 a month; three of six slip."""
    row = world.milestone(
        world.libraries.heading, due_on=date(2016, 10, 1), lines="LIB-1", what="The lease ends"
    )
    assert "Slips that savings hang on" not in text(client, "/milestones/")
    row.due_on = date(2017, 1, 1)
    operations.revise(row, by=holder(world.carol), seen=None)
    row.refresh_from_db()
    assert row.baseline_on == date(2016, 10, 1)
    page = text(client, "/milestones/")
    assert "£6,666.67" in page
    assert "£20,000 from 2016/17 to 2017/18" in page
    path = f"/milestones/{row.pk}/slip/"
    assert charlie.get(path).status_code == 403
    page = text(alice, path)
    assert "£20,000, amber, from 2016/17 to 2017/18" in page
    assert alice.post(path, {"seen": "LIB-1=0"}).status_code == 409
    assert ledger_queries.head().number == 5
    assert alice.post(path, {"seen": "LIB-1=1"}).status_code == 302
    (entry,) = ledger_queries.journal(6).entries
    assert entry.kind is EntryKind.RE_PROFILE
    assert balance("LIB-1", Account.AMBER) == 20_000_00
    row.refresh_from_db()
    assert row.profiled_on == date(2017, 1, 1)
    assert "Slips that savings hang on" not in text(client, "/milestones/")
    assert alice.get(path).status_code == 404  # it was carried out: nothing is left to accept


def test_a_slip_of_a_restricted_line_is_shown_to_those_who_may_read_it(
    world: World, bob: Client, client: Client
) -> None:
    world.milestone(
        world.libraries.heading,
        baseline_on=date(2017, 10, 1),
        due_on=date(2018, 1, 1),
        lines="LIB-3",
    )
    assert "Title of LIB-3" in text(bob, "/milestones/")
    assert "Title of LIB-3" not in text(client, "/milestones/")


def test_a_milestone_names_lines_that_are_there(world: World, bob: Client) -> None:
    row = world.milestone(world.libraries.heading)
    answer = bob.post(
        f"/statements/milestone/{row.pk}/",
        {"what": "Doors open", "status": "OUTSTANDING", "lines": "LIB-1 LIB-9"},
    )
    assert answer.status_code == 422
    assert "There is no line LIB-9 in the ledger." in answer.content.decode()


def test_risks_stand_in_a_heat_map_with_exposure_and_overdue_reviews(
    world: World, client: Client
) -> None:
    """RSK-01, RSK-02."""
    world.risk(
        world.libraries.heading,
        likelihood=5,
        impact=5,
        likelihood_after=2,
        impact_after=4,
        impact_pence=200_000_00,
        likelihood_percent=25,
        review_on=date(2016, 1, 1),
    )
    world.risk(world.libraries.heading, what="Doors stick", closed_on=date(2016, 1, 1))
    page = text(client, "/risks/")
    assert "1 review is overdue" in page
    assert "£50,000" in page
    assert "25% of £200,000" in page
    assert '1 <span class="note">medium</span>' in page


def test_readings_are_kept_and_held_against_the_path(
    world: World, alice: Client, client: Client, charlie: Client
) -> None:
    """MEA-01: half way in time, a fifth of the way made."""
    row = models.SuccessMeasure(
        about=world.libraries.heading,
        what="Visits a year",
        unit="thousand",
        baseline_value=Decimal(100),
        baseline_on=date(2016, 4, 1),
        target_value=Decimal(200),
        target_on=date(2018, 4, 1),
    )
    operations.add(row, by=holder(world.alice))
    path = f"/measures/{row.pk}/"
    typed = {"on": "1/4/2017", "value": "120", "source": "Door counters"}
    assert alice.post(path, typed | {"source": ""}).status_code == 422
    assert alice.post(path, typed).status_code == 302
    assert alice.post(path, typed).status_code == 422  # one reading a day
    assert charlie.post(path, typed).status_code == 403
    page = text(client, path)
    assert "Add a reading" not in page
    assert "Door counters" in page
    assert "150" in page
    assert "<svg" in page
    assert "Red" in text(client, "/measures/")
    assert models.Reading.history.count() == 1
    assert client.get("/measures/999/").status_code == 404
