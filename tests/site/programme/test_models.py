"""What the database itself refuses, and what rows say of themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as fields

from futurefit.site.programme import models
from tests.site.programme.worlds import World


def refused(row: fields.Model, constraint: str) -> None:
    with pytest.raises(IntegrityError) as wrong, transaction.atomic():
        row.save()
    assert constraint in str(wrong.value)


def test_statements_are_one_a_line_without_blank_ones() -> None:
    assert models.statements(" One\n\n  Two \n") == ("One", "Two")
    assert models.statements("") == ()


def test_a_project_knows_its_stages_and_types_only(world: World) -> None:
    world.libraries.stage = "DREAM"
    refused(world.libraries, "project_stage_is_known")
    world.libraries.refresh_from_db()
    world.libraries.saving_type = "SLOWER"
    refused(world.libraries, "project_saving_type_is_known")


def test_only_a_replaced_project_names_another_that_replaces_it(world: World) -> None:
    world.libraries.replaced_by = world.roads
    refused(world.libraries, "project_replaced_by_only_when_replaced")
    world.libraries.stage = models.Stage.REPLACED
    world.libraries.save()
    world.libraries.replaced_by = world.libraries
    refused(world.libraries, "project_not_replaced_by_itself")


def test_there_are_no_negative_posts(world: World) -> None:
    world.libraries.fte_now = Decimal("-1")
    refused(world.libraries, "project_fte_not_negative")


def test_a_year_changes_posts_once(world: World) -> None:
    first, second = (
        models.FteImpact(project=world.libraries, year="2016/17", change=Decimal("-2.5"))
        for _ in range(2)
    )
    first.save()
    refused(second, "")  # SQLite names the columns, PostgreSQL the constraint


@pytest.mark.parametrize("text", ["2016", "2016-17", "2016/18", "16/17", "2020/21+"])
def test_a_year_is_written_as_the_ledger_writes_it(world: World, text: str) -> None:
    row = models.FteImpact(project=world.libraries, year=text, change=Decimal("-1"))
    with pytest.raises(ValidationError, match="year"):
        row.full_clean()


def test_only_a_done_milestone_has_a_day_on_which_it_was_done(world: World) -> None:
    row = models.Milestone(about=world.theme, what="Doors", done_on=date(2016, 1, 1))
    refused(row, "milestone_done_on_only_when_done")
    row.status = models.MilestoneStatus.DONE
    row.save()
    row.done_on = None  # a paper may not say when
    row.save()


@pytest.mark.parametrize(
    "row",
    [
        models.Milestone(what=""),
        models.Risk(what=""),
        models.SuccessMeasure(what=""),
        models.Dependency(what=""),
        models.SupportRequest(what=""),
        models.Fact(what="", printed="£1"),
    ],
    ids=lambda row: type(row).__name__,
)
def test_a_statement_says_something(world: World, row: models.About) -> None:
    row.about = world.theme
    refused(row, "says_what")


def test_a_fact_keeps_what_is_printed(world: World) -> None:
    refused(models.Fact(about=world.theme, what="Spend"), "fact_keeps_its_print")


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 1), (6, 1), (1, 0), (1, 6)])
def test_a_risk_is_scored_from_1_to_5(world: World, likelihood: int, impact: int) -> None:
    row = models.Risk(about=world.theme, what="Keys", likelihood=likelihood, impact=impact)
    refused(row, "1_to_5")


def test_a_score_needs_both_halves() -> None:
    assert models.Risk(likelihood=3, impact=5).score == 15
    assert models.Risk(likelihood=3).score is None
    assert models.Risk().score is None


def test_nothing_depends_on_itself(world: World) -> None:
    row = models.Dependency(about=world.theme, what="Itself", on=world.theme)
    refused(row, "dependency_not_on_itself")


def test_a_document_is_linked_once_under_a_title(world: World) -> None:
    models.DocumentLink(about=world.theme, document=world.document).save()
    refused(models.DocumentLink(about=world.theme, document=world.document), "")


def test_a_sign_off_names_a_whole_position_or_none(world: World) -> None:
    on_paper = models.SignOff(project=world.libraries, role="Director", signed_on=date(2015, 8, 27))
    on_paper.save()
    half = models.SignOff(
        project=world.libraries, role="Director", signed_on=date(2015, 8, 27), ledger_number=3
    )
    refused(half, "sign_off_number_and_digest_together")


def test_a_control_total_says_what_it_tests(world: World) -> None:
    row = models.ControlTotal(
        what="x", lines="", printed="1", amount_pence=1, as_at=date(2016, 1, 1)
    )
    refused(row, "control_total_says_what_it_tests")


def test_a_place_is_told_as_far_as_it_is_known(world: World) -> None:
    row = models.Milestone(about=world.theme, what="Doors", source_page=7, source_line=12)
    assert row.provenance.words() == "page 7, line 12"
    row.source_document = world.document
    assert row.provenance.sha256 == world.document.sha256
    total = world.printed("Amber", lines="LIB-1", amount_pence=1, printed="256")
    total.source_table, total.source_row, total.source_column = 46, 5, 6
    assert total.provenance.words() == "paper.md, table 46, row 5, column 6"
    assert total.provenance.printed == "256"


def test_a_part_is_called_by_its_heading(world: World) -> None:
    assert str(world.libraries) == "Libraries"
    assert str(models.Theme.objects.get()) == "Open council"
    assert str(models.Workstream.objects.get()) == "Shared desks"
