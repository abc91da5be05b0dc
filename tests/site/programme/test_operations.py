"""Who may change which words, and what it leaves behind (rules PRO-01 and PRO-02)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from futurefit.ledger.entries import Account
from futurefit.ledger.rights import Role
from futurefit.site.accounts.models import RoleHolder, User
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import history, models, operations, queries
from tests.site.ledger.books import rated
from tests.site.programme.worlds import SIGNED, World, holder


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def create(world: World, by: User, code: str = "parks", **more: object) -> models.Project:
    return operations.create_project(
        models.Project(description="Fewer gates"),
        code=code,
        name="Parks",
        parent=more.pop("parent", world.theme),  # type: ignore[arg-type]
        by=holder(by),
        why="A new paper",
    )


def test_a_project_begins_as_a_concept_with_a_heading_of_its_own(world: World) -> None:
    project = create(world, world.carol)
    assert project.stage == models.Stage.CONCEPT
    heading = Heading.objects.get(dimension="project", code="parks")
    assert (heading.name, heading.parent) == ("Parks", world.theme)
    first = project.history.get()
    assert (first.history_user, first.history_change_reason) == (world.carol, "A new paper")


def test_a_lead_leads_the_project_that_she_creates(world: World) -> None:
    project = create(world, world.alice)
    assert queries.may_edit(holder(world.alice), project.heading)
    leads = RoleHolder.objects.get(user=world.alice, code="parks")
    assert (leads.role, leads.dimension) == (Role.PROJECT_LEAD, "project")
    assert not queries.may_edit(holder(world.charlie), project.heading)


def test_the_office_needs_no_role_for_what_it_creates(world: World) -> None:
    create(world, world.carol)
    assert not RoleHolder.objects.filter(code="parks").exists()


def test_a_councillor_creates_nothing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        create(world, world.dan)
    assert codes(refused) == ["PRO-RIGHTS"]
    assert not Heading.objects.filter(code="parks").exists()


def test_two_projects_never_share_a_code(world: World) -> None:
    with pytest.raises(Refused) as refused:
        create(world, world.carol, "libraries")
    assert codes(refused) == ["PRO-CODE"]


def test_a_project_hangs_on_a_theme_or_a_workstream(world: World) -> None:
    with pytest.raises(Refused) as refused:
        create(world, world.carol, parent=world.roads.heading)
    assert codes(refused) == ["PRO-PARENT"]


def test_what_a_row_may_not_hold_is_refused_beside_its_field(world: World) -> None:
    world.libraries.base_budget_year = "2015-18"
    with pytest.raises(Refused) as refused:
        operations.revise(world.libraries, by=holder(world.carol), seen=None)
    assert [refusal.field for refusal in refused.value.refusals] == ["base_budget_year"]
    world.libraries.refresh_from_db()
    assert world.libraries.base_budget_year == ""


def test_every_change_draws_a_new_version_of_the_words(world: World) -> None:
    before = ledger_queries.stamp()
    world.libraries.purpose = "Read more"
    operations.revise(world.libraries, by=holder(world.alice), seen=None, why="Told so")
    assert ledger_queries.stamp() != before
    change = history.of(world.libraries)[0]
    assert (change.by, change.field, change.old, change.new, change.why) == (
        "Head of Libraries",
        "Purpose",
        "",
        "Read more",
        "Told so",
    )


def test_saving_the_same_words_leaves_no_history(world: World) -> None:
    before = ledger_queries.stamp(), history.seen(world.libraries)
    operations.revise(world.libraries, by=holder(world.alice), seen=None, name="Libraries")
    assert (ledger_queries.stamp(), history.seen(world.libraries)) == before


def test_a_part_is_renamed_with_a_history(world: World) -> None:
    operations.revise(
        world.libraries, by=holder(world.alice), seen=None, name="Reading", why="Shorter"
    )
    world.theme.refresh_from_db()
    assert ledger_queries.headings()["project"]["libraries"].name == "Reading"
    renamed = history.of(models.Project.objects.get(pk=world.libraries.pk))[0]
    assert (renamed.field, renamed.old, renamed.new) == ("Name", "Libraries", "Reading")


@pytest.mark.parametrize("who", ["charlie", "dan"])
def test_who_belongs_elsewhere_changes_nothing(world: World, who: str) -> None:
    world.libraries.purpose = "Mine now"
    with pytest.raises(Refused) as refused:
        operations.revise(world.libraries, by=holder(getattr(world, who)), seen=None)
    assert codes(refused) == ["PRO-RIGHTS"]
    with pytest.raises(Refused):
        operations.add(
            models.Risk(about=world.libraries.heading, what="x"),
            by=holder(getattr(world, who)),
        )


def test_a_lead_of_a_project_does_not_write_about_its_theme(world: World) -> None:
    assert queries.may_edit(holder(world.alice), world.libraries.heading)
    assert not queries.may_edit(holder(world.alice), world.theme)
    assert queries.may_edit(holder(world.bob), world.theme)


def test_a_lead_of_a_directorate_writes_where_it_has_a_line(world: World) -> None:
    RoleHolder.objects.filter(user=world.charlie).update(dimension="directorate", code="BEC")
    assert queries.may_edit(holder(world.charlie), world.libraries.heading)
    assert not queries.may_edit(holder(world.charlie), world.roads.heading)


def test_a_lead_of_a_theme_writes_about_all_below_it(world: World) -> None:
    RoleHolder.objects.filter(user=world.charlie).update(dimension="theme", code="open")
    for part in (world.theme, world.workstream, world.libraries.heading):
        assert queries.may_edit(holder(world.charlie), part)


def test_words_alone_never_move_a_project_on(world: World) -> None:
    for field, value in (("stage", models.Stage.APPROVED), ("decision", "Cabinet")):
        changed = models.Project.objects.get(pk=world.libraries.pk)
        setattr(changed, field, value)
        with pytest.raises(Refused) as refused:
            operations.revise(changed, by=holder(world.bob), seen=None)
        assert codes(refused) == ["PRO-STAGE"]
    assert models.Project.objects.get(pk=world.libraries.pk).stage == "CONCEPT"


def test_only_finance_and_the_office_bring_in_a_project_that_is_further_on(world: World) -> None:
    def begun(by: User, code: str) -> models.Project:
        return operations.create_project(
            models.Project(),
            code=code,
            name=code,
            parent=None,
            by=holder(by),
            stage=models.Stage.IN_DELIVERY,
        )

    assert begun(world.carol, "old").stage == "IN_DELIVERY"
    with pytest.raises(Refused) as refused:
        begun(world.alice, "new")
    assert codes(refused) == ["PRO-STAGE"]


def test_a_stale_form_is_refused_and_says_what_moved(world: World) -> None:
    seen = history.seen(world.libraries)
    theirs = models.Project.objects.get(pk=world.libraries.pk)
    theirs.purpose = "Theirs"
    operations.revise(theirs, by=holder(world.bob), seen=seen)
    world.libraries.purpose = "Mine"
    with pytest.raises(Refused, match=r"Finance Business Partner changed this .* \(purpose\)"):
        operations.revise(world.libraries, by=holder(world.alice), seen=seen)
    assert models.Project.objects.get(pk=world.libraries.pk).purpose == "Theirs"


def test_a_rename_makes_a_form_stale_too(world: World) -> None:
    seen = history.seen(world.libraries)
    theirs = models.Project.objects.get(pk=world.libraries.pk)
    operations.revise(theirs, by=holder(world.bob), seen=seen, name="Reading")
    world.libraries.purpose = "Mine"
    with pytest.raises(Refused, match="name"):
        operations.revise(world.libraries, by=holder(world.alice), seen=seen, name="Libraries")


def test_what_is_taken_away_keeps_its_history(world: World) -> None:
    risk = world.risk(world.libraries.heading)
    with pytest.raises(Refused) as refused:
        operations.remove(risk, by=holder(world.alice), why=" ")
    assert codes(refused) == ["PRO-NO-WHY"]
    number = risk.pk
    operations.remove(risk, by=holder(world.alice), why="Said twice")
    assert not models.Risk.objects.exists()
    last = models.Risk.history.filter(id=number).first()
    assert (last.history_type, last.history_user, last.history_change_reason) == (
        "-",
        world.alice,
        "Said twice",
    )


def sign(world: World, by: User, capacity: str, **more: object) -> models.SignOff:
    return operations.sign_off(
        world.libraries,
        capacity=capacity,
        on=SIGNED,
        expects=more.get("expects", queries.lines_of("libraries")),  # type: ignore[arg-type]
        by=holder(by),
    )


def test_a_sign_off_keeps_the_ledger_that_was_signed(world: World) -> None:
    signed = sign(world, world.bob, "Head of Finance")
    head = ledger_queries.head()
    assert (signed.ledger_number, signed.ledger_digest) == (head.number, head.digest)
    assert (signed.post_title, signed.signed_on) == ("Finance Business Partner", SIGNED)


@pytest.mark.parametrize(
    ("who", "capacity"),
    [("alice", "Head of Finance"), ("bob", "Director"), ("charlie", "Head of Service")],
)
def test_nobody_signs_as_somebody_else(world: World, who: str, capacity: str) -> None:
    with pytest.raises(Refused) as refused:
        sign(world, getattr(world, who), capacity)
    assert codes(refused) == ["PRO-SIGN"]


def test_nobody_signs_figures_that_have_moved(world: World) -> None:
    seen = queries.lines_of("libraries")
    world.add(
        "LIB-4", ledger_queries.current_ledger().lines["LIB-2"], Account.UNRATED, {"2016/17": 5}
    )
    world.post(rated("LIB-4", 5))
    with pytest.raises(Refused, match="LIB-4") as refused:
        sign(world, world.alice, "Director", expects=seen)
    assert codes(refused) == ["PRO-MOVED"]
    sign(world, world.alice, "Director")


def test_other_projects_may_move_meanwhile(world: World) -> None:
    seen = queries.lines_of("libraries")
    world.add(
        "ROAD-2", ledger_queries.current_ledger().lines["ROAD-1"], Account.RED, {"2016/17": 5}
    )
    sign(world, world.alice, "Head of Service", expects=seen)


def test_posts_change_by_year(world: World) -> None:
    row = models.FteImpact(project=world.libraries, year="2016/17", change=Decimal("-2.5"))
    operations.add(row, by=holder(world.alice))
    assert str(world.libraries.fte_impacts.get()) == "2016/17: -2.50"
