"""The programme by any one or two dimensions, as a RAG grid, and as the financial plan."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from futurefit.kernel.report import Table
from futurefit.ledger import presentations
from futurefit.ledger.presentations import View
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger import links
from futurefit.site.ledger.asking import Asked, ask
from futurefit.site.ledger.naming import DIMENSION_TITLES
from futurefit.site.ledger.presenters.figures import (
    figure_title,
    presentation_table,
    rag_chart,
    rag_grid_table,
)
from futurefit.site.ledger.views.pages import drawing, figures_page, listed, page

WAYS = (
    ("Lines", "/lines/", "Every line, with its years, rating and owner."),
    ("RAG grid", "/grid/", "How sure each pound is, by year, as concept papers print it."),
    ("Financial plan", "/mtfp/", "Under the headings of the medium-term financial plan."),
    ("Bridge", "/bridge/", "How the target became what is forecast and delivered."),
    ("Side by side", "/compare/", "Any two positions, old and new in one table."),
    ("What changed", "/changes/", "Between any two dates or journals."),
    ("Double counting", "/double-counting/", "Which lines take from the same budget or contract."),
    ("Journals", "/journals/", "Every change ever made, in order."),
)
"""The other pages of figures: title, address, what they answer."""


@audience(PUBLIC)
@cached
def index(request: HttpRequest) -> HttpResponse:
    """Every way in which the programme can be presented."""
    return page(request, "ledger/index.html", {"form": Pair(), "ways": WAYS})


class Pair(forms.Form):
    """By what a reader wants the programme presented."""

    first = forms.ChoiceField(label="By", choices=[*DIMENSION_TITLES.items()])
    second = forms.ChoiceField(
        label="and then by", required=False, choices=[("", "nothing"), *DIMENSION_TITLES.items()]
    )


@audience(PUBLIC)
def chosen(request: HttpRequest) -> HttpResponse:
    """On to the presentation that was chosen."""
    form = Pair(request.GET)
    if not form.is_valid():
        raise Http404(f"Choose one or two of: {', '.join(presentations.names())}.")
    first, second = form.cleaned_data["first"], form.cleaned_data["second"]
    return redirect(f"/by/{first}/{second}/" if second and second != first else f"/by/{first}/")


def _others(name: str) -> list[tuple[str, str]]:
    return [(key, title) for key, title in DIMENSION_TITLES.items() if key != name]


@audience(PUBLIC)
@cached
def by(request: HttpRequest, first: str, second: str = "") -> HttpResponse:
    """Sums by one dimension, or by two."""
    dimensions = (first, second) if second else (first,)
    known = presentations.names()
    if first == second or not {*dimensions} <= {*known}:
        raise Http404(f"Choose one or two of: {', '.join(known)}.")
    asked = ask(
        request,
        *(("view",) if presentations.RAG in dimensions else ("measure", "view")),
        any_tranche="tranche" in dimensions,
        any_fund="fund" in dimensions,
    )
    titles = " and ".join(DIMENSION_TITLES[name].lower() for name in dimensions)
    heading = f"The programme by {titles}"
    if not asked.is_valid:
        return figures_page(request, asked, heading)
    table = _presented(asked, dimensions)
    return figures_page(
        request,
        asked,
        heading,
        listings=[listed(request, table)],
        further=[
            (title, links.presentation_url((first, key), asked.figure))
            for key, title in _others(first)
        ],
        template="ledger/by.html",
    )


def _presented(asked: Asked, dimensions: tuple[str, ...]) -> Table:
    presentation = presentations.by(
        asked.position,
        *dimensions,
        scope=asked.figure.scope,
        view=asked.figure.view,
        years=asked.years,
    )
    return presentation_table(
        presentation,
        names=asked.reader.names,
        figure=asked.figure,
        unit=asked.unit,
        row_links=True,
    )


@audience(PUBLIC)
@cached
def grid(request: HttpRequest) -> HttpResponse:
    """The RAG grid of any scope, as concept papers print it."""
    asked = ask(request)
    heading = "RAG grid"
    if not asked.is_valid:
        return figures_page(request, asked, heading)
    scope = asked.figure.scope
    found = presentations.rag_grid(asked.position, scope, asked.years)
    table = rag_grid_table(
        found, figure=asked.figure, unit=asked.unit, title=figure_title(asked.figure, ("rag",))
    )
    chart = rag_chart(found, asked.figure)
    return figures_page(
        request,
        asked,
        heading,
        listings=[listed(request, table, can_filter=False)],
        chart=drawing(chart) if chart.rows else "",
    )


@audience(PUBLIC)
@cached
def mtfp(request: HttpRequest) -> HttpResponse:
    """The programme under the headings of the medium-term financial plan."""
    asked = ask(request, "measure", "view", view=View.PLAN)
    heading = "Medium-term financial plan"
    if not asked.is_valid:
        return figures_page(request, asked, heading)
    figure = asked.figure
    found = presentations.mtfp(asked.position, figure.scope, figure.view, asked.years)
    table = presentation_table(
        found, names=asked.reader.names, figure=figure, unit=asked.unit, row_links=True
    )
    return figures_page(
        request,
        asked,
        heading,
        lead="What the programme changes in each year’s budget. A saving helps and is positive.",
        listings=[listed(request, table)],
    )
