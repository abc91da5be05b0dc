"""The history of words: of a part with all that is said of it, or of one statement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.listing import listing
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.reading import reader_of
from futurefit.site.ledger.views.pages import page
from futurefit.site.programme import forms, history, models, queries, rights
from futurefit.site.programme.history import Change
from futurefit.site.programme.links import part_url
from futurefit.site.programme.presenters import statements
from futurefit.site.programme.views.asking import holder, part_or_404
from futurefit.site.programme.views.editing import part_of, statement_or_404


@audience(PUBLIC)
@cached
def of_part(request: HttpRequest, dimension: str, code: str) -> HttpResponse:
    """Everything that was ever said of a theme, workstream or project, and of what it holds."""
    part = part_or_404(dimension, code)
    words = queries.words_of(part)
    found = history.of(words) if words else history.changes(part.history.all())
    for form in forms.STATEMENTS.values():
        model = form.Meta.model  # type: ignore[attr-defined]
        within = {"project_id": part.pk} if model is models.FteImpact else {"about": part}
        found += history.changes(model.history.filter(**within))
    if rights.may_read_drafts(holder(request)):
        # What was written of equality on the way to a signature.
        found += history.changes(models.EqualityAssessment.history.filter(about=part))
        found += history.changes(models.EqualityEffect.history.filter(assessment__about=part))
    if isinstance(words, models.Project):
        found += history.changes(models.SignOff.history.filter(project_id=part.pk))
    found.sort(key=lambda change: change.at, reverse=True)
    return _history_page(request, part, f"History: {part.name}", found)


@audience(PUBLIC)
@cached
def of_statement(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Every wording of one milestone, risk or other statement."""
    words = statement_or_404(kind, number)
    return _history_page(request, part_of(words), f"History: {words}", history.of(words))


def _history_page(
    request: HttpRequest, part: Heading, heading: str, found: list[Change]
) -> HttpResponse:
    reader = reader_of(request)
    table = statements.changes_table(
        found,
        title="Changes of words",
        with_people=reader.sees_people,
        hidden=reader.hidden,
    )
    context: dict[str, object] = {
        "heading": heading,
        "lead": "Who changed which words, when, from what to what. The history of money is in the "
        "journals.",
        "back": (part.name, part_url(part)),
    }
    return page(request, "programme/register.html", context, listings=[listing(request, table)])
