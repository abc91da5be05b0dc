"""Why a figure is not what it was: from one position to another, step by step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import movement as movements
from futurefit.ledger.entries import Fund
from futurefit.ledger.movement import Cause
from futurefit.ledger.rating_moves import followed, rating_moves
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger.asking import ask
from futurefit.site.ledger.choosing import offer
from futurefit.site.ledger.presenters.figures import figure_title
from futurefit.site.ledger.presenters.movement import (
    CAUSE_TITLES,
    movement_chart,
    movement_table,
)
from futurefit.site.ledger.presenters.record import followed_table, rating_moves_table, stand_words
from futurefit.site.ledger.spans import SpanForm, span_form
from futurefit.site.ledger.views.pages import carried, drawing, figures_page, listed
from futurefit.site.ledger.views.working import (
    no_hidden_lines,
    with_year,
    working_page,
    years_in_words,
)


class BetweenForm(SpanForm):
    """Between which two positions, and of which year the picture is."""

    year = forms.ChoiceField(label="Picture of", required=False)


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """The bridge between two positions, in a scope, on a measure."""
    asked = ask(request, "measure", placed=False)
    form = BetweenForm({**span_form(request).data, "year": request.GET.get("year", "")})
    offer(form, "year", [("", "All years"), *((year, year) for year in asked.years)])
    answer = partial(
        figures_page,
        request,
        asked,
        "Why it moved",
        template="ledger/movement.html",
        span_form=form,
        span_kept=carried(request, "since", "until", "year"),
    )
    if not asked.is_valid or not form.is_valid():
        return answer(status=400)
    span, figure, ledger = form.span, asked.figure, asked.reader.ledger
    ends = span[0].position(ledger), span[1].position(ledger)
    found = movements.movement(*ends, figure.measure, scope=figure.scope)
    table = movement_table(found, figure=figure, span=span, unit=asked.unit)
    year = form.cleaned_data["year"]
    moves = rating_moves(*ends, figure.scope, frozenset((year,)) if year else None)
    ratings = rating_moves_table(
        moves, figure=replace(figure, year=year), span=span, unit=asked.unit
    )
    return answer(
        chart=drawing(
            movement_chart(found, figure=figure, span=span, title=figure_title(figure), year=year)
        ),
        listings=[
            listed(request, table, can_filter=False),
            listed(request, ratings, name="ratings", can_filter=False),
        ],
        from_words=span[0].words,
        to_words=span[1].words,
    )


@audience(PUBLIC)
@cached
def step(request: HttpRequest) -> HttpResponse:
    """The postings that make one step of that page."""
    asked = ask(request, "measure", any_fund=True, usual_fund=Fund.REVENUE, placed=False)
    form = span_form(request)
    try:
        cause = Cause(request.GET.get("cause", ""))
    except ValueError:
        raise Http404("A movement has no such step.") from None
    title = CAUSE_TITLES[cause]
    if not asked.is_valid or not form.is_valid():
        return figures_page(request, asked, title, status=400)
    figure, ledger = with_year(asked), asked.reader.ledger
    no_hidden_lines(asked.reader, figure.scope.lines or ())
    years = frozenset((figure.year,)) if figure.year else None
    since, until = form.span
    parts = movements.parts_of(
        since.position(ledger),
        until.position(ledger),
        cause,
        figure.measure,
        scope=figure.scope,
        years=years,
    )
    when = years_in_words(figure) if figure.year != UNPROFILED else "no year yet"
    return working_page(
        request,
        asked,
        f"{title}, from {since.words} to {until.words}. {figure_title(figure)}, {when}",
        parts,
    )


@audience(PUBLIC)
@cached
def ratings(request: HttpRequest) -> HttpResponse:
    """The pounds that stood under one rating and stand under another."""
    asked = ask(request, any_fund=True, usual_fund=Fund.REVENUE, placed=False)
    form = span_form(request)
    if not asked.is_valid or not form.is_valid():
        return figures_page(request, asked, "From rating to rating", status=400)
    figure, ledger = with_year(asked), asked.reader.ledger
    no_hidden_lines(asked.reader, figure.scope.lines or ())
    since, until = form.span
    found = [
        (was, now, journey)
        for was, now, journey in followed(
            since.position(ledger),
            until.position(ledger),
            figure.scope,
            frozenset((figure.year,)) if figure.year else None,
        )
        if (was, now) == (request.GET.get("was"), request.GET.get("now"))
    ]
    if not found:
        raise Http404("No pounds moved so.")
    was, now, _ = found[0]
    pounds = [journey for _, _, journey in found]
    return figures_page(
        request,
        asked,
        f"{stand_words(was)} at {since.words}, {stand_words(now).lower()} at {until.words}: "
        f"{years_in_words(figure)}",
        listings=[listed(request, followed_table(pounds, asked.reader))],
        template="ledger/record_working.html",
        total_pence=sum(journey.amount_pence for journey in pounds),
        read={journey.line for journey in pounds},
    )
