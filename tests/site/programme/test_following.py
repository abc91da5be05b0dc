"""Slips of milestones, risks and measures on their pages (rules MIL-01 to MEA-01)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape

from django.test import Client

from futurefit.ledger.entries import Account, EntryKind
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models, operations, queries
from futurefit.site.programme.forms.words import MilestoneForm
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
    sent = shown(alice, path)
    for wrong in ("LIB-1=0", "LIB-1=²", "LIB-1", ""):
        assert alice.post(path, {**sent, "seen": wrong}).status_code == 409
    assert ledger_queries.head().number == 5
    assert alice.post(path, sent).status_code == 302
    (entry,) = ledger_queries.journal(6).entries
    assert entry.kind is EntryKind.RE_PROFILE
    assert balance("LIB-1", Account.AMBER) == 20_000_00
    row.refresh_from_db()
    assert row.profiled_on == date(2017, 1, 1)
    assert "Slips that savings hang on" not in text(client, "/milestones/")
    assert alice.get(path).status_code == 404  # it was carried out: nothing is left to accept


def shown(client: Client, path: str) -> dict[str, str]:
    """What the form of a slip carries of what it showed."""
    context = client.get(path).context
    return {name: context[name] for name in ("seen", "said")}


def late(
    world: World, about: Heading, lines: str, due_on: date, **more: object
) -> models.Milestone:
    """A milestone that was agreed for 1 October 2016."""
    agreed = date(2016, 10, 1)
    return world.milestone(about, baseline_on=agreed, due_on=due_on, lines=lines, **more)


def test_a_line_that_hangs_on_two_milestones_slips_once(
    world: World, alice: Client, client: Client
) -> None:
    """MIL-02: "A line slips once, by the latest of the milestones that it hangs on." By hand:
    £40,000 over the six months from October; three of them are lost: £20,000.
    """
    january = date(2017, 1, 1)
    first = late(world, world.libraries.heading, "LIB-1", january, what="The lease ends")
    other = late(world, world.libraries.heading, "LIB-1", january, what="Desks move")
    rows = client.get("/milestones/?slips.format=json").json()["rows"]
    assert [(row["line"], row["moves"]) for row in rows] == [
        ("LIB-1 Title of LIB-1", "£20,000 from 2016/17 to 2017/18")
    ]
    path = f"/milestones/{other.pk}/slip/"
    assert alice.post(path, shown(alice, path)).status_code == 302
    assert balance("LIB-1", Account.AMBER) == 20_000_00
    for row in (first, other):
        row.refresh_from_db()
        assert row.profiled_on == january
        assert alice.get(f"/milestones/{row.pk}/slip/").status_code == 404
    assert balance("LIB-1", Account.AMBER) == 20_000_00


def test_a_line_follows_the_later_of_two_milestones_and_what_hangs_together_is_accepted_together(
    world: World, alice: Client, bob: Client
) -> None:
    """MIL-02. By hand: LIB-1 slips to February, four of six months of £40,000; LIB-2 hangs on the
    earlier milestone alone and slips to January, three of six months of £30,000.
    """
    early = late(world, world.libraries.heading, "LIB-1 LIB-2", date(2017, 1, 1))
    last = late(world, world.libraries.heading, "LIB-1", date(2017, 2, 1))
    path = f"/milestones/{early.pk}/slip/"
    assert bob.post(path, shown(bob, path)).status_code == 302
    assert balance("LIB-1", Account.AMBER) == 13_333_33
    assert balance("LIB-2", Account.RED) == 15_000_00
    for row, day in ((early, date(2017, 1, 1)), (last, date(2017, 2, 1))):
        row.refresh_from_db()
        assert row.profiled_on == day
    assert not queries.slipped(ledger_queries.current_ledger())


def test_a_slip_is_not_accepted_for_a_date_that_moved_since_it_was_shown(
    world: World, alice: Client
) -> None:
    """MIL-02: nobody accepts "amounts that they have not seen": £20,000 was shown, April would move
    all £40,000.
    """
    row = late(world, world.libraries.heading, "LIB-1", date(2017, 1, 1))
    path = f"/milestones/{row.pk}/slip/"
    sent = shown(alice, path)
    row.due_on = date(2017, 4, 1)
    operations.revise(row, by=holder(world.carol), seen=None)
    refused = alice.post(path, sent)
    assert refused.status_code == 409
    told = unescape(refused.content.decode())
    assert "Programme Office Manager changed this since you opened the form (due on)" in told
    assert balance("LIB-1", Account.AMBER) == 40_000_00
    sent = shown(alice, path)
    late(world, world.libraries.heading, "LIB-1", date(2017, 6, 1))
    refused = alice.post(path, sent)
    assert refused.status_code == 409
    assert "do not hang on the same milestones any more" in unescape(refused.content.decode())
    assert balance("LIB-1", Account.AMBER) == 40_000_00
    assert alice.post(path, shown(alice, path)).status_code == 302


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


def test_a_restricted_line_is_named_by_no_milestone_to_who_may_not_read_it(world: World) -> None:
    """LIB-3 is for officers: neither the register nor a history gives its reference."""
    row = world.milestone(world.libraries.heading, lines="LIB-1 LIB-3")
    visitor, officer = Client(), Client()
    officer.force_login(world.alice)
    for address in (
        "/milestones/",
        "/projects/libraries/history/",
        f"/statements/milestone/{row.pk}/history/",
    ):
        for form in ("", "?format=csv", "?format=json"):
            said = visitor.get(address + form).content.decode()
            assert "LIB-1 restricted lines" in said, address
            assert "LIB-3" not in said
            assert "LIB-1 LIB-3" in officer.get(address + form).content.decode()


def test_who_changes_a_milestone_neither_sees_nor_loses_a_line_they_may_not_read(
    world: World,
) -> None:
    row = world.milestone(world.libraries.heading, lines="LIB-3 LIB-1")
    made = {"instance": row, "hidden": {"LIB-3"}}
    form = MilestoneForm(**made)
    assert form["lines"].value() == "LIB-1"
    sent = {"what": row.what, "status": row.status, "lines": "LIB-2", "why": "so", "seen": ""}
    changed = MilestoneForm(sent, **made)
    assert changed.is_valid(), changed.errors
    assert changed.cleaned_data["lines"] == "LIB-2 LIB-3"
    guessed = MilestoneForm({**sent, "lines": "LIB-3"}, **made)
    nowhere = MilestoneForm({**sent, "lines": "LIB-9"}, **made)
    assert guessed.errors["lines"] == ["There is no line LIB-3 in the ledger."]
    assert nowhere.errors["lines"] == ["There is no line LIB-9 in the ledger."]
