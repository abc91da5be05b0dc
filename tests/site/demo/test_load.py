"""Does the reference programme enter the site whole, once, and through its own operations?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from futurefit.kernel.findings import Severity
from futurefit.ledger import chain
from futurefit.ledger.entries import EntryKind
from futurefit.ledger.rights import Role
from futurefit.site.demo import load, papers
from futurefit.site.demo.people import PEOPLE
from futurefit.site.ledger import models as ledger_models
from futurefit.site.ledger import operations, proof, queries
from futurefit.site.programme import models
from futurefit.site.programme import queries as programme_queries
from futurefit.site.programme.presenters.fund import stands_out
from tests.site.demo import books

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
DEMO = papers.read()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """The reference programme, and what its loading reported."""
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        assert not load.is_loaded()
        load.load(told.append)
        yield told
        transaction.set_rollback(True)


def test_loading_says_how_far_it_is(loaded: list[str]) -> None:
    assert len(loaded) == load.steps()
    assert len(set(loaded)) == len(loaded)


def test_it_is_there_once(loaded: list[str]) -> None:
    assert load.is_loaded()
    assert queries.head().number == len(list(books.journals())) == 8


def test_the_ledger_is_the_one_that_the_papers_make() -> None:
    there, made = queries.current_ledger(), books.ledger()
    assert there.lines == made.lines
    assert [s.posting for s in there.now.postings()] == [s.posting for s in made.now.postings()]
    assert there.now.claims == made.now.claims
    assert proof.verify() == []


def test_one_journal_a_paper_made_by_a_post_on_the_papers_date() -> None:
    journals = queries.journals()
    for paper, journal in zip(DEMO.papers, journals, strict=False):
        assert chain.word(journal, "by") == DEMO.post(paper.by)
        assert chain.word(journal, "why") == paper.why
        assert {entry.effective_on for entry in journal.entries} == {paper.effective_on}
    assert [paper.effective_on for paper in DEMO.papers[:3]] == [
        date(2015, 8, 27),
        date(2015, 9, 23),
        date(2015, 11, 19),
    ]


def test_every_amount_leads_to_its_cell() -> None:
    places = {(f.line, f.year, f.account): f.place for f in DEMO.figures}
    journals = {journal.number: journal for journal in queries.journals()}
    standing = queries.current_ledger().now.postings()
    assert len(standing) == 2 * len(places)
    for one in standing:
        posting = one.posting
        assert posting.source is not None
        found = chain.source_of(journals[one.journal], posting.source)
        if (posting.line, posting.year, posting.account) in places:
            assert found == places[posting.line, posting.year, posting.account]


def test_all_targets_are_set_and_nothing_was_moved() -> None:
    kinds = {entry.kind for journal in queries.journals() for entry in journal.entries}
    assert kinds == {
        EntryKind.OPEN_LINE,
        EntryKind.SET_TARGET,
        EntryKind.SET_CAPACITY,
        EntryKind.CLAIM,
    }


def test_every_line_has_its_words() -> None:
    lines = {line.ref: line for paper in DEMO.papers for line in paper.lines}
    words = queries.line_words()
    assert set(words) == set(lines)
    for ref, line in lines.items():
        assert (words[ref].title, words[ref].narrative) == (line.title, line.narrative)
        assert words[ref].printed_note == line.printed_note
    assert words["OM-2"].printed_note == "marginal"


def test_every_statement_of_the_papers_is_a_row() -> None:
    tables = {
        "workstream": models.Workstream,
        "milestone": models.Milestone,
        "risk": models.Risk,
        "measure": models.SuccessMeasure,
        "support": models.SupportRequest,
        "dependency": models.Dependency,
        "fact": models.Fact,
        "sign_off": models.SignOff,
    }
    assert {table for paper in DEMO.papers for table in paper.parts} == set(tables)
    for table, model in tables.items():
        told = sum(len(paper.parts.get(table, ())) for paper in DEMO.papers)
        rows = model._default_manager.all()
        if model in (models.SuccessMeasure, models.Risk):
            rows = rows.exclude(what__startswith="Illustrative")
        assert rows.count() == told > 0
        placed = rows.filter(source_document=None).count()
        assert placed == 0
    assert models.Theme.objects.count() == 4
    assert models.Project.objects.count() == 3
    assert models.ControlTotal.objects.count() == len(DEMO.controls) > 100


def test_a_concept_paper_has_all_its_fields() -> None:
    project = models.Project.objects.get(heading__code="send-contract")
    assert project.stage == models.Stage.CONCEPT
    assert project.saving_type == "FURTHER"
    assert project.plan_area == "Children and Families"
    assert (project.base_budget_pence, project.base_budget_printed) == (590_000_000, "£5.9m")
    assert project.base_budget_excludes.splitlines() == ["Recharges", "Management restructure"]
    assert len(project.cmr_challenge.splitlines()) == 2
    assert len(project.outcomes.splitlines()) == 3
    signed = [(s.role, s.signed_on) for s in project.sign_offs.all()]
    assert signed == [
        (role, date(2015, 8, 27)) for role in ("Head of Service", "Director", "Head of Finance")
    ]
    finance = models.Project.objects.get(heading__code="finance-management")
    assert finance.stage == models.Stage.IN_DELIVERY


def test_a_theme_has_its_leads_team_and_workstreams() -> None:
    theme = models.Theme.objects.get(heading__code="self-sufficient")
    assert theme.lead_posts.splitlines() == [
        "Chief Financial Officer",
        "Director of Business, Environment and Community",
    ]
    assert len(theme.core_team.splitlines()) == 6
    assert theme.heading.children.count() == 4
    support = models.SupportRequest.objects.exclude(line_ref="")
    assert {row.line_ref for row in support} <= set(queries.current_ledger().lines)


def test_codes_are_named_and_services_belong_to_directorates() -> None:
    names = queries.headings()
    assert len(names["directorate"]) == 4
    assert len(names["service"]) == len(DEMO.services) == 125
    assert names["service"]["l-and-a-sen"].parent == ("directorate", "ChS")
    assert names["owner"]["chief-financial-officer"].name == "Chief Financial Officer"
    assert {name.name for name in names["mtfp_heading"].values()} == {
        "Council Tax",
        "Business Rates",
        "New Savings",
    }


def test_the_findings_are_those_of_the_papers() -> None:
    found = programme_queries.findings(queries.current_ledger())
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    assert [(finding.place.line, finding.printed) for finding in errors] == [
        (201, "100"),
        (1641, "256"),
        (1391, "£30K; £70K"),
    ]
    warnings = [finding.code for finding in found if finding.severity is Severity.WARNING]
    assert sorted(warnings) == ["CLA-02", "DEL-01", "PAPER"]


def test_the_baseline_is_what_the_papers_asked_for() -> None:
    baseline = queries.adopted_baseline()
    assert baseline is not None
    assert baseline.as_at == DEMO.as_at == date(2015, 11, 19)


def test_the_lead_leads_lines_and_nobody_else_is_limited() -> None:
    lines = queries.current_ledger().lines
    by_role = {person.holdings[0].role: person for person in PEOPLE}
    assert set(by_role) == set(Role) - {Role.VISITOR}
    own = {
        ref
        for ref, line in lines.items()
        if any(holding.covers(line) for holding in by_role[Role.PROJECT_LEAD].holdings)
    }
    assert own == {"HR-1", "HR-2", "OM-1", "OM-2", "OM-3", "OM-I1", "OM-I2", "OM-I3"}
    assert all(
        holding.dimension == ""
        for role, person in by_role.items()
        if role is not Role.PROJECT_LEAD
        for holding in person.holdings
    )


def test_it_does_not_mix_with_the_data_of_a_council() -> None:
    documents = ledger_models.Document.objects.filter(sha256=DEMO.documents[0].sha256)
    models.DocumentLink.objects.all().delete()
    for model in (models.ControlTotal, models.Remark):
        model._default_manager.all().delete()
    # As if another council's programme stood here, with another pack.
    documents.update(sha256="0" * 64)
    with pytest.raises(load.HoldsAnother, match="holds “FutureFit 2020”"):
        load.is_loaded()


def test_what_may_not_be_done_is_not_done_for_the_demo_either() -> None:
    with pytest.raises(operations.Refused):
        operations.name_heading("theme", "x", "X", by=load.Holder(post="Nobody"))


def test_what_the_operating_model_asks_stands_out() -> None:
    """FND-02: £2.1m asked (1,000 + 500 + 600) to save £1.5m a year, as printed in the pack."""
    horizon = queries.horizon()
    assert horizon is not None
    found = programme_queries.asked_of_fund(queries.current_ledger().now, [], horizon.labels)
    (model,) = [each for each in found if each.part == "operating-model"]
    assert (model.payback.asked_pence, model.payback.yearly_pence) == (210_000_000, 150_000_000)
    assert stands_out(model).startswith("Asks £2.1m to save £1.5m a year.")
    assert model.payback.year == "2019/20"


def test_what_is_made_up_says_that_it_is() -> None:
    for model, field in (
        (models.EqualityAssessment, "reason"),
        (models.EqualityEffect, "evidence"),
        (models.Consultation, "what"),
        (models.Challenge, "question"),
        (models.FundEntry, "decision"),
    ):
        told = model._default_manager.values_list(field, flat=True)
        assert told
        assert all(text.startswith("Illustrative: ") for text in told)
