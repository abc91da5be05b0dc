"""What depends on what in the programme, and how much hangs on it."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from futurefit.ledger.presentations import Scope
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger.asking import ask
from futurefit.site.ledger.presenters.lines import lines_table
from futurefit.site.ledger.views.pages import drawing, figures_page, listed
from futurefit.site.programme import queries
from futurefit.site.programme.presenters.dependencies import (
    dependencies_table,
    hanging_chart,
    hanging_table,
    in_order,
)


@audience(PUBLIC)
@cached
def index(request: HttpRequest) -> HttpResponse:
    """Every dependency, and what hangs on each part, the most first."""
    asked = ask(request, scoped=False, any_tranche=True, any_fund=True)
    heading = "What hangs on what?"
    if not asked.is_valid:
        return figures_page(request, asked, heading)
    names = asked.reader.names
    found = in_order(asked.position, queries.hanging(asked.position))
    chart = hanging_chart(asked.position, found, names)
    tables = [
        ("hanging", hanging_table(asked.position, found, names, title="What hangs on each part")),
        ("dependencies", dependencies_table(queries.dependency_rows(), "Dependencies")),
    ]
    return figures_page(
        request,
        asked,
        heading,
        lead="When a part of the programme fails, the savings of all that depend on it fail too.",
        listings=[listed(request, table, name=name) for name, table in tables],
        chart=drawing(chart) if chart else "",
    )


@audience(PUBLIC)
@cached
def lines(request: HttpRequest) -> HttpResponse:
    """The lines that hang on one part: the working of what is at stake."""
    asked = ask(request, scoped=False, any_tranche=True, any_fund=True)
    on = (request.GET.get("dimension", ""), request.GET.get("code", ""))
    hanging = next((one for one in queries.hanging(asked.position) if one.on == on), None)
    if hanging is None or not asked.is_valid:
        raise Http404("Nothing depends on such a part.")
    figure = replace(asked.figure, scope=Scope(None, None, lines=hanging.lines))
    table = lines_table(asked.position, asked.reader, figure=figure, years=asked.years)
    return figures_page(
        request,
        asked,
        f"What hangs on {asked.reader.names.name(*on)}",
        listings=[listed(request, table)],
        read=hanging.lines,
    )
