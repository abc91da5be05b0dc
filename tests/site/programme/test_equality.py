"""Equality assessments and consultations, by the operations and on the pages (LIF-06, LIF-07)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from futurefit.programme.equality import Characteristic, Relevance
from futurefit.site.accounts.models import User
from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import models, operations, queries
from tests.site.programme.test_editing import form_of
from tests.site.programme.test_lifecycle import codes
from tests.site.programme.worlds import SIGNED, World, holder

PART = "/projects/libraries/"
EFFECT = {"effect": "NONE", "evidence": "Users in 2015", "size": "", "certainty": "LOW"}


def full(world: World) -> models.EqualityAssessment:
    part = world.libraries.heading
    row = operations.screen(
        part,
        relevance=Relevance.FULL,
        reason="A desk closes",
        review_on=None,
        by=holder(world.alice),
        seen=None,
    )
    for characteristic in Characteristic:
        operations.record_effect(
            part, characteristic, told=EFFECT, by=holder(world.alice), seen=None
        )
    return row


def settled(world: World) -> bool:
    return queries.assessment_over(world.libraries.heading).is_settled


def test_a_full_assessment_is_signed_when_it_lacks_nothing(world: World) -> None:
    part = world.libraries.heading
    with pytest.raises(Refused) as refused:
        operations.sign_assessment(part, on=SIGNED, by=holder(world.alice), seen=None)
    assert codes(refused) == ["LIF-EQUALITY"]
    full(world)
    assert not settled(world)
    signed = operations.sign_assessment(part, on=SIGNED, by=holder(world.alice), seen=None)
    assert (signed.signed_post, signed.signed_on) == ("Head of Libraries", SIGNED)
    assert settled(world)


def test_whoever_changes_what_was_signed_takes_the_signature_away(world: World) -> None:
    part = world.libraries.heading
    full(world)
    operations.sign_assessment(part, on=SIGNED, by=holder(world.alice), seen=None)
    harm = {**EFFECT, "effect": "NEGATIVE", "mitigation": "Home visits"}
    operations.record_effect(
        part, Characteristic.DISABILITY, told=harm, by=holder(world.bob), seen=None
    )
    assert not settled(world)
    row = queries.assessment_row(part)
    assert row is not None
    assert row.signed_on is None
    assert row.history.filter(signed_on=SIGNED).exists(), "the history keeps who signed"


def screen(world: World, by: User, relevance: Relevance) -> models.EqualityAssessment:
    return operations.screen(
        world.libraries.heading,
        relevance=relevance,
        reason="Desks only",
        review_on=None,
        by=holder(by),
        seen=None,
    )


def test_whoever_takes_a_full_assessment_away_does_not_sign_that_it_is_not_needed(
    world: World,
) -> None:
    """LIF-06: "Whoever takes a full assessment away does not sign that it is not needed."."""
    part = world.libraries.heading
    screen(world, world.carol, Relevance.FULL)
    screen(world, world.alice, Relevance.NOT_SCREENED)
    screen(world, world.alice, Relevance.NOT_RELEVANT)
    with pytest.raises(Refused) as refused:
        operations.sign_assessment(part, on=SIGNED, by=holder(world.alice), seen=None)
    assert codes(refused) == ["LIF-TWICE"]
    assert not settled(world)
    assert operations.sign_assessment(part, on=SIGNED, by=holder(world.carol), seen=None).signed_on


def test_whoever_screens_first_that_equality_does_not_matter_may_sign_it(world: World) -> None:
    screen(world, world.alice, Relevance.NOT_RELEVANT)
    operations.sign_assessment(
        world.libraries.heading, on=SIGNED, by=holder(world.alice), seen=None
    )
    assert settled(world)


def test_an_effect_belongs_to_a_full_assessment(world: World) -> None:
    with pytest.raises(Refused) as refused:
        operations.record_effect(
            world.libraries.heading,
            Characteristic.AGE,
            told=EFFECT,
            by=holder(world.alice),
            seen=None,
        )
    assert codes(refused) == ["LIF-EQUALITY"]


def test_a_project_stands_under_its_theme_until_it_has_its_own(world: World) -> None:
    models.EqualityAssessment.objects.create(
        about=world.theme, relevance="NOT_RELEVANT", reason="x", signed_on=SIGNED, signed_post="y"
    )
    assert settled(world)
    assert not queries.assessment_over(world.roads.heading).is_settled
    full(world)
    assert not settled(world)


def test_who_belongs_elsewhere_assesses_nothing(world: World, charlie: Client) -> None:
    assert charlie.get(f"{PART}equality/screen/").status_code == 403
    with pytest.raises(Refused):
        operations.screen(
            world.libraries.heading,
            relevance=Relevance.NOT_RELEVANT,
            reason="x",
            review_on=None,
            by=holder(world.charlie),
            seen=None,
        )


def consultation(world: World, **more: object) -> models.Consultation:
    row = models.Consultation(
        about=world.libraries.heading,
        **{  # type: ignore[arg-type]
            "what": "Hours",
            "reasons": "What each hour costs",
            "starts_on": date(2015, 9, 1),
            "ends_on": date(2015, 11, 23),
            **more,
        },
    )
    operations.add(row, by=holder(world.alice))
    return row


def test_a_consultation_is_considered_once_it_is_reported(world: World) -> None:
    row = consultation(world)
    told = {"consideration": "Saturdays stay", "on": SIGNED, "by": holder(world.alice)}
    with pytest.raises(Refused, match="Report first"):
        operations.consider(row, seen=None, **told)  # type: ignore[arg-type]
    row.report, row.reported_on = "Keep Saturdays", date(2015, 12, 1)
    operations.revise(row, by=holder(world.alice), seen=None)
    assert queries.still_to_consider(world.libraries.heading, SIGNED)
    done = operations.consider(row, seen=None, **told)  # type: ignore[arg-type]
    assert (done.considered_post, done.considered_on) == ("Head of Libraries", SIGNED)
    assert not queries.still_to_consider(world.libraries.heading, SIGNED)


@pytest.mark.parametrize(
    "change",
    [
        {"report": "90% against"},
        {"reported_on": date(2015, 12, 2)},
        {"starts_on": date(2015, 9, 2)},
        {"ends_on": date(2015, 11, 24)},
    ],
)
def test_a_report_or_days_that_change_are_considered_anew(
    world: World, change: dict[str, object]
) -> None:
    """LIF-07: "Considered is what was reported: another report, or other days, are considered
    anew."
    """
    row = consultation(world, report="Keep Saturdays", reported_on=date(2015, 12, 1))
    considered = {"consideration": "Saturdays stay", "on": SIGNED, "by": holder(world.alice)}
    operations.consider(row, seen=None, **considered)  # type: ignore[arg-type]
    row.refresh_from_db()
    row.audience = "Everybody"
    operations.revise(row, by=holder(world.alice), seen=None)
    assert not queries.still_to_consider(world.libraries.heading, SIGNED)
    for name, value in change.items():
        setattr(row, name, value)
    operations.revise(row, by=holder(world.alice), seen=None)
    row.refresh_from_db()
    assert (row.considered_on, row.considered_post) == (None, "")
    assert queries.still_to_consider(world.libraries.heading, SIGNED) == [
        "Consultation “Hours” is reported, but nobody has recorded what was made of the responses."
    ]


def test_whoever_leads_a_project_does_not_take_its_consultation_away(
    world: World, alice: Client
) -> None:
    """LIF-07: "Only finance and the programme office take a consultation away."."""
    row = consultation(world)
    with pytest.raises(Refused) as refused:
        operations.remove(row, by=holder(world.alice), why="Not needed")
    assert codes(refused) == ["LIF-CONSULTATION"]
    address = f"/statements/consultation/{row.pk}/"
    assert "Take it away" not in alice.get(address).content.decode()
    assert alice.post(address, {"remove": "yes", "remove-why": "x"}).status_code == 422
    operations.remove(row, by=holder(world.carol), why="Asked elsewhere")
    assert not models.Consultation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"ends_on": date(2015, 8, 1)}, "consultation_ends_after_it_starts"),
        ({"reported_on": SIGNED}, "consultation_reported_after_it_ended"),
        (
            {"reported_on": date(2015, 10, 1), "report": "x"},
            "consultation_reported_after_it_ended",
        ),
        ({"considered_on": SIGNED}, "consultation_considered_after_it_was_reported"),
    ],
)
def test_the_database_knows_the_order_of_a_consultation(
    world: World, wrong: dict[str, object], constraint: str
) -> None:
    row = consultation(world)
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()
    assert constraint in str(refused.value)


# --- On the pages -------------------------------------------------------------------------------


def test_alice_screens_assesses_and_signs(world: World, alice: Client, client: Client) -> None:
    page = alice.get(f"{PART}equality/").content.decode()
    assert "Nobody has said whether equality matters here" in page
    sent = {**form_of(alice, f"{PART}equality/screen/"), "relevance": "FULL", "reason": "Desks"}
    page = alice.post(f"{PART}equality/screen/", sent, follow=True).content.decode()
    assert "Equality assessment: under way" in page
    assert "Age: no effect is stated" in page
    for characteristic in Characteristic:
        address = f"{PART}equality/{characteristic.value.lower()}/"
        assert address in page
        assert alice.post(address, {**form_of(alice, address), **EFFECT}).status_code == 302
    address = f"{PART}equality/sign/"
    done = alice.post(address, form_of(alice, address), follow=True).content.decode()
    assert "Signed by Head of Libraries" in done
    seen = client.get(f"{PART}equality/").content.decode()
    assert "Users in 2015" in seen
    assert "/screen/" not in seen, "a visitor changes nothing"
    assert "Desks" in alice.get(f"{PART}history/").content.decode()


def test_a_signature_under_something_else_is_refused(world: World, alice: Client) -> None:
    full(world)
    address = f"{PART}equality/sign/"
    sent = form_of(alice, address)
    operations.screen(
        world.libraries.heading,
        relevance=Relevance.FULL,
        reason="Two desks close",
        review_on=None,
        by=holder(world.bob),
        seen=None,
    )
    assert alice.post(address, sent).status_code == 422
    assert not settled(world)


def test_nobody_signs_an_effect_that_they_have_not_seen(world: World, alice: Client) -> None:
    """LIF-06: "Signed is what the page showed, effects too."."""
    full(world)
    address = f"{PART}equality/sign/"
    page = alice.get(address).content.decode()
    assert "Users in 2015" in page
    assert "A desk closes" in page
    sent = form_of(alice, address)
    harm = {**EFFECT, "effect": "NEGATIVE", "mitigation": "none possible"}
    operations.record_effect(
        world.libraries.heading,
        Characteristic.DISABILITY,
        told=harm,
        by=holder(world.carol),
        seen=None,
    )
    refused = alice.post(address, sent)
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "Programme Office Manager changed this since you opened the form (effect, " in told
    assert "none possible" in told
    assert not settled(world)
    assert alice.post(address, form_of(alice, address)).status_code == 302
    assert settled(world)


def test_the_page_shows_how_fair_a_consultation_was(world: World, alice: Client) -> None:
    row = consultation(world, report="Keep Saturdays", reported_on=date(2015, 12, 1))
    page = alice.get(f"{PART}equality/").content.decode()
    assert "While proposals are formative" in page
    assert "84 days, 1 September 2015 to 23 November 2015." in page
    address = f"/statements/consultation/{row.pk}/consider/"
    assert address in page
    sent = {**form_of(alice, address), "consideration": "Saturdays stay"}
    page = alice.post(address, sent, follow=True).content.decode()
    assert "Saturdays stay" in page
    assert "Hours: considered" in page


def test_the_register_lists_what_blocks_a_decision(world: World, alice: Client) -> None:
    full(world)
    consultation(world)
    harm = {**EFFECT, "effect": "NEGATIVE"}
    operations.record_effect(
        world.libraries.heading, Characteristic.AGE, told=harm, by=holder(world.alice), seen=None
    )
    rows = alice.get("/equality/?assessments.format=json").json()["rows"]
    (own,) = [row for row in rows if row["about"] == "Libraries"]
    assert (own["state"], own["blocks"], own["harmed"]) == ("Under way", "Blocks a decision", "Age")
    (asked,) = alice.get("/equality/?consultations.format=json").json()["rows"]
    assert (asked["days"], asked["progress"]) == (84, "Ended")
    groups = alice.get("/equality/?groups.format=json").json()["rows"]
    assert [row["negative"] for row in groups if row["group"] == "Age"] == ["Libraries"]


def test_an_effect_needs_an_assessment_and_a_known_characteristic(
    world: World, alice: Client
) -> None:
    assert alice.get(f"{PART}equality/age/").status_code == 404
    full(world)
    assert alice.get(f"{PART}equality/height/").status_code == 404


def test_what_stands_under_its_theme_blocks_nothing_once_that_is_settled(
    world: World, client: Client
) -> None:
    models.EqualityAssessment.objects.create(
        about=world.theme, relevance="NOT_RELEVANT", reason="x", signed_on=SIGNED, signed_post="y"
    )
    rows = {
        row["about"]: (row["state"], row["blocks"])
        for row in client.get("/equality/?assessments.format=json").json()["rows"]
    }
    assert rows["Libraries"] == ("Not relevant, signed (that of Open council)", "")
    assert rows["Roads"] == ("Not screened", "Blocks a decision")


def test_an_assessment_is_for_officers_until_it_is_signed(world: World) -> None:
    """LIF-06: everybody reads how far it has come, and what it finds once it is signed."""
    row = full(world)
    models.EqualityAssessment.objects.filter(pk=row.pk).update(reason="A draft reason")
    # Its next move asks that equality is settled.
    models.Project.objects.filter(pk=world.libraries.pk).update(stage=models.Stage.BUSINESS_CASE)
    harm = {**EFFECT, "effect": "NEGATIVE", "evidence": "A draft finding"}
    operations.record_effect(
        world.libraries.heading, Characteristic.AGE, told=harm, by=holder(world.alice), seen=None
    )
    pages = ("/equality/", "/projects/libraries/", "/projects/libraries/equality/")
    pages += ("/projects/libraries/history/", "/equality/?groups.format=csv")

    def told(client: Client) -> str:
        return " ".join(client.get(page).content.decode() for page in pages)

    for user in (None, world.dan):
        client = Client()
        if user:
            client.force_login(user)
        said = told(client)
        assert "A draft" not in said
        assert "the harm is not mitigated" not in said
        assert "The equality assessment is not settled" in said
        assert "Harmed by" in said
        assert "Libraries" not in client.get("/equality/?groups.format=csv").content.decode()
    officer = Client()
    officer.force_login(world.charlie)
    assert "A draft reason" in told(officer)
    assert "the harm is not mitigated" in told(officer)
