"""Moving a project on and signing it off, by the operations and on the pages (rules LIF-01 to
LIF-04).
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Tranche
from futurefit.ledger.rights import Role
from futurefit.programme.lifecycle import Stage
from futurefit.site.accounts.holders import Holding
from futurefit.site.accounts.models import User
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import history, models, operations, queries
from futurefit.site.programme.operations.keeping import save
from tests.site import people
from tests.site.ledger.books import LATER
from tests.site.programme.test_editing import form_of
from tests.site.programme.worlds import SIGNED, World, holder

CAPACITIES = ("Head of Service", "Director", "Head of Finance")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def sign(world: World, by: User, capacity: str) -> models.SignOff:
    return operations.sign_off(
        world.libraries,
        capacity=capacity,
        on=SIGNED,
        expects=queries.lines_of("libraries"),
        by=holder(by),
    )


def screened(world: World) -> None:
    """What else an outline needs: a submission, and that equality does not matter."""
    submitted(world)
    models.EqualityAssessment.objects.create(
        about=world.libraries.heading,
        relevance="NOT_RELEVANT",
        reason="Desks only",
        signed_on=SIGNED,
        signed_post="Head of Libraries",
    )


def submitted(world: World) -> models.Submission:
    return operations.submit(
        world.libraries,
        pdf=b"%PDF-1.7 as it stood",
        stamp=ledger_queries.stamp(),
        at=timezone.now(),
        by=holder(world.alice),
        note="For the outline",
    )


def move(world: World, to: Stage, by: User, **more: object) -> models.Project:
    told = {"on": SIGNED, "why": "As agreed", "seen": None, **more}
    return operations.move_project(world.libraries, to=to, by=holder(by), **told)  # type: ignore[arg-type]


def slip(world: World) -> None:
    world.post(
        acts.re_profile(
            "LIB-1",
            10_000_00,
            rating=Account.AMBER,
            from_year="2016/17",
            to_year="2017/18",
            on=LATER,
        )
    )


def test_a_project_moves_on_with_a_reason_and_its_history_says_when(world: World) -> None:
    """LIF-01."""
    sign(world, world.alice, "Head of Service")
    screened(world)
    project = move(world, Stage.OUTLINE_APPROVED, world.carol)
    assert project.stage == "OUTLINE_APPROVED"
    first, then = queries.stages_of(project)
    assert (first.stage, then.stage) == (Stage.CONCEPT, Stage.OUTLINE_APPROVED)
    assert (then.by, then.why) == ("Programme Office Manager", "As agreed")
    change = history.of(project)[0]
    assert (change.field, change.old, change.new) == ("Stage", "Concept", "Outline approved")


def test_when_a_paper_brought_a_project_in_is_not_when_it_came_to_its_stage(world: World) -> None:
    project = models.Project(source_document=world.document)
    operations.create_project(
        project,
        code="old",
        name="Old",
        parent=None,
        by=holder(world.carol),
        stage=Stage.IN_DELIVERY,
    )
    (only,) = queries.stages_of(project)
    assert (only.stage, only.on) == (Stage.IN_DELIVERY, None)


def test_everything_that_is_missing_is_named_at_once(world: World) -> None:
    """LIF-02."""
    with pytest.raises(Refused) as refused:
        move(world, Stage.OUTLINE_APPROVED, world.carol, why=" ")
    told = [refusal.message for refusal in refused.value.refusals]
    assert told == [
        "Its paper is not submitted: submit it, so that it is kept as it stands.",
        "The Head of Service has not signed it off.",
        "Nobody has said whether equality matters here: screen it.",
        "Say why: others will read it.",
    ]
    assert models.Project.objects.get(pk=world.libraries.pk).stage == "CONCEPT"


def test_no_lead_approves_and_no_stage_is_jumped(world: World) -> None:
    with pytest.raises(Refused) as refused:
        move(world, Stage.OUTLINE_APPROVED, world.alice)
    assert codes(refused) == ["LIF-RIGHTS"]
    with pytest.raises(Refused) as refused:
        move(world, Stage.CLOSED, world.carol)
    assert codes(refused) == ["LIF-NO-WAY"]


def test_a_project_is_replaced_once_nothing_is_expected_of_it(world: World) -> None:
    with pytest.raises(Refused) as refused:
        move(world, Stage.REPLACED, world.carol)
    assert refused.value.refusals[0].field == "replaced_by"
    # LIB-1 in two years, LIB-2 and LIB-3 in one each; the investment is no saving.
    assert len(refused.value.refusals) == 5
    world.post(
        acts.withdraw(
            "LIB-1",
            {"2016/17": 40_000_00, "2017/18": 156_000_00},
            from_rating=Account.AMBER,
            on=LATER,
        ),
        acts.withdraw("LIB-2", {"2016/17": 30_000_00}, from_rating=Account.RED, on=LATER),
        acts.withdraw(
            "LIB-3", {"2017/18": 70_000_00}, from_rating=Account.GREEN_ON_TARGET, on=LATER
        ),
    )
    project = move(world, Stage.REPLACED, world.carol, replaced_by=world.roads)
    assert project.replaced_by == world.roads
    back = move(world, Stage.CONCEPT, world.carol)
    assert (back.stage, back.replaced_by) == ("CONCEPT", None)


def test_a_signature_holds_until_a_signed_figure_changes(world: World) -> None:
    """LIF-03, LIF-04."""
    first = sign(world, world.alice, "Head of Service")
    by_capacity = {each.capacity: each for each in queries.sign_offs_of(world.libraries)}
    assert [by_capacity[name].holds for name in CAPACITIES] == [True, False, False]
    slip(world)
    changed = queries.sign_offs_of(world.libraries)[0]
    assert not changed.holds
    assert [(c.line, c.year, c.before, c.after) for c in changed.changed] == [
        ("LIB-1", "2016/17", 40_000_00, 30_000_00),
        ("LIB-1", "2017/18", 156_000_00, 166_000_00),
    ]
    assert changed.changed[0].journals == (first.ledger_number + 1,)  # type: ignore[operator]
    screened(world)
    with pytest.raises(Refused, match="Figures have changed since the Head of Service signed"):
        move(world, Stage.OUTLINE_APPROVED, world.carol)
    sign(world, world.alice, "Head of Service")
    assert queries.sign_offs_of(world.libraries)[0].holds
    assert move(world, Stage.OUTLINE_APPROVED, world.carol).stage == "OUTLINE_APPROVED"


def test_nobody_signs_one_project_twice_over(world: World) -> None:
    """LIF-03."""
    sign(world, world.alice, "Head of Service")
    with pytest.raises(Refused) as refused:
        sign(world, world.alice, "Director")
    assert codes(refused) == ["LIF-TWICE"]


def test_nobody_signs_twice_over_by_a_change_of_post(world: World) -> None:
    """LIF-03: "Nobody signs one project in two capacities, though their post changes"."""
    first = sign(world, world.alice, "Head of Service")
    assert first.signed_by == world.alice.pk
    User.objects.filter(pk=world.alice.pk).update(post="Director of Culture")
    alice = User.objects.get(pk=world.alice.pk)
    with pytest.raises(Refused) as refused:
        sign(world, alice, "Director")
    assert codes(refused) == ["LIF-TWICE"]
    # Somebody else of the same post is somebody else.
    lead = Holding(Role.PROJECT_LEAD, "project", "libraries")
    assert sign(world, people.person("eve", "Head of Libraries", lead), "Director").pk


def test_a_signature_that_has_lapsed_may_hold_again_and_counts_as_one(world: World) -> None:
    """LIF-03, LIF-04: "What is put right again is as it was signed": then both would hold."""
    sign(world, world.alice, "Head of Service")
    slip(world)
    assert not queries.sign_offs_of(world.libraries)[0].holds
    with pytest.raises(Refused) as refused:
        sign(world, world.alice, "Director")
    assert codes(refused) == ["LIF-TWICE"]


def test_the_decision_stays_with_a_project_until_it_goes_back_or_another_is_named(
    world: World,
) -> None:
    """LIF-01: "A decision stays with the project until another is named, or until it goes back
    before approval."
    """
    world.milestone(world.libraries.heading)
    own = ledger_queries.current_ledger().lines
    for ref in ("LIB-2", "LIB-3"):
        current = replace(own[ref], tranche=Tranche.CURRENT)
        world.post(acts.reclassify(ref, current, on=LATER), decision="Council, minute 12")
    words = models.Project.objects.get(pk=world.libraries.pk)
    words.stage, words.decision = "APPROVED", "Cabinet, minute 4"
    save(words, holder(world.carol), "As agreed")
    begun = move(world, Stage.IN_DELIVERY, world.alice)
    assert begun.decision == "Cabinet, minute 4"
    told = [(each.stage, each.decision) for each in queries.stages_of(begun)]
    assert told[1:] == [(Stage.APPROVED, "Cabinet, minute 4"), (Stage.IN_DELIVERY, "")]
    models.Project.objects.filter(pk=words.pk).update(stage="WITHDRAWN")
    assert move(world, Stage.CONCEPT, world.carol).decision == ""


def test_a_signature_on_paper_names_no_figures_and_does_not_count(world: World) -> None:
    models.SignOff.objects.create(project=world.libraries, role="Head of Service", signed_on=SIGNED)
    assert queries.sign_offs_of(world.libraries)[0].latest is None


def test_who_is_waited_for_is_listed(world: World) -> None:
    assert {(w.project.heading.code, w.signed.capacity) for w in queries.sign_offs_wanted()} == {
        ("libraries", "Head of Service"),
        ("roads", "Head of Service"),
    }
    sign(world, world.bob, "Head of Finance")
    slip(world)
    wanted = [w for w in queries.sign_offs_wanted() if w.project == world.libraries]
    assert [w.signed.capacity for w in wanted] == ["Head of Service", "Head of Finance"]
    assert wanted[1].signed.changed


# --- On the pages -------------------------------------------------------------------------------


def test_the_page_says_where_a_project_stands_and_what_it_lacks(
    world: World, client: Client
) -> None:
    page = client.get("/projects/libraries/").content.decode()
    assert 'aria-current="step"><strong>Concept</strong>' in page
    assert "Missing before the next move, “Approve the outline”" in page
    assert "The Head of Service has not signed it off." in page
    assert "/move/" not in page, "a visitor moves nothing"


def test_the_office_moves_a_project_and_is_told_what_is_missing(
    world: World, carol: Client
) -> None:
    address = "/projects/libraries/move/outline_approved/"
    assert address in carol.get("/projects/libraries/").content.decode()
    page = carol.get(address).content.decode()
    assert "The Head of Service has not signed it off." in page
    assert 'name="why"' not in page
    sign(world, world.alice, "Head of Service")
    screened(world)
    sent = {**form_of(carol, address), "why": "The outline is sound"}
    done = carol.post(address, sent, follow=True).content.decode()
    assert "stands at Outline approved now" in done
    again = carol.post(address, sent)
    assert again.status_code == 404, "it stands elsewhere now"


def test_a_stale_move_is_refused(world: World, carol: Client) -> None:
    sign(world, world.alice, "Head of Service")
    screened(world)
    address = "/projects/libraries/move/outline_approved/"
    sent = {**form_of(carol, address), "why": "The outline is sound"}
    world.libraries.purpose = "Another"
    operations.revise(world.libraries, by=holder(world.alice), seen=None)
    refused = carol.post(address, sent)
    assert refused.status_code == 422
    assert "Head of Libraries changed this" in refused.content.decode()


@pytest.mark.parametrize("to", ["approved", "nowhere", "closed"])
def test_a_move_that_is_none_is_not_found(world: World, carol: Client, to: str) -> None:
    assert carol.get(f"/projects/libraries/move/{to}/").status_code == 404


def test_a_lead_may_not_open_the_form_of_an_approval(world: World, alice: Client) -> None:
    assert alice.get("/projects/libraries/move/outline_approved/").status_code == 403


def test_the_page_shows_what_changed_since_it_was_signed(
    world: World, client: Client, alice: Client
) -> None:
    sign(world, world.alice, "Head of Service")
    assert "Changed since signed" not in client.get("/projects/libraries/").content.decode()
    slip(world)
    rows = client.get("/projects/libraries/?changed.format=json").json()["rows"]
    assert [(row["line"], row["year"], row["before"], row["after"]) for row in rows] == [
        ("LIB-1", "2016/17", 40_000_00, 30_000_00),
        ("LIB-1", "2017/18", 156_000_00, 166_000_00),
    ]
    waiting = alice.get("/sign-offs/").content.decode()
    assert "Changed since signed" in waiting
    assert "/projects/libraries/sign-off/" in waiting


def test_restricted_lines_are_not_named_to_who_may_not_read_them(
    world: World, client: Client, alice: Client
) -> None:
    hidden = queries.standing(world.libraries, SIGNED, {"LIB-3"})
    assert "LIB-3" not in str(hidden)
    sign(world, world.alice, "Head of Service")
    world.post(
        acts.re_estimate("LIB-3", {"2017/18": 1_00}, rating=Account.GREEN_ON_TARGET, on=LATER)
    )
    page = client.get("/projects/libraries/").content.decode()
    assert "LIB-3" not in page
    assert "Restricted lines" in page
    assert "LIB-3" in alice.get("/projects/libraries/").content.decode()
