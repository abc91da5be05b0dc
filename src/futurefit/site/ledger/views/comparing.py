"""The programme by one dimension at two positions, in cells side by side."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse

from futurefit.ledger import presentations
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger.asking import ask
from futurefit.site.ledger.naming import DIMENSION_TITLES
from futurefit.site.ledger.presenters.comparing import side_by_side
from futurefit.site.ledger.presenters.figures import presentation_table
from futurefit.site.ledger.spans import SpanForm, span_form
from futurefit.site.ledger.views.pages import carried, figures_page, listed

USUAL = "theme"


class ComparedForm(SpanForm):
    """Which two positions, and by what the rows are."""

    by = forms.ChoiceField(label="By", choices=[*DIMENSION_TITLES.items()])


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """Old and new, cell by cell."""
    dimension = request.GET.get("by") or USUAL
    asked = ask(
        request,
        *(("view",) if dimension == presentations.RAG else ("measure", "view")),
        any_tranche=dimension == "tranche",
        any_fund=dimension == "fund",
        placed=False,
    )
    form = ComparedForm({**span_form(request).data, "by": dimension})
    is_valid = asked.is_valid and form.is_valid()
    tables = []
    for place in form.span if is_valid else ():
        figure = replace(asked.figure, as_at=place.as_at, known_at=place.known_at)
        presentation = presentations.by(
            place.position(asked.reader.ledger),
            dimension,
            scope=figure.scope,
            view=figure.view,
            years=asked.years,
        )
        tables.append(
            presentation_table(
                presentation, names=asked.reader.names, figure=figure, unit=asked.unit
            )
        )
    listings = []
    if is_valid:
        since, until = form.span
        table = side_by_side(*tables, then_words=since.words, now_words=until.words)
        listings.append(listed(request, table))
    return figures_page(
        request,
        asked,
        "Side by side",
        template="ledger/compared.html",
        listings=listings,
        span_form=form,
        span_kept=carried(request, "since", "until", "by"),
        status=200 if is_valid else 400,
    )
