"""The bridge from target to delivered, and the working of each of its steps."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from futurefit.ledger import bridge as bridges
from futurefit.ledger.bridge import Baseline
from futurefit.ledger.entries import Fund
from futurefit.ledger.presentations import lines_in
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger import queries
from futurefit.site.ledger.asking import Asked, ask
from futurefit.site.ledger.choosing import offer
from futurefit.site.ledger.models import NamedPosition
from futurefit.site.ledger.presenters.bridge import (
    STEP_TITLES,
    accepted_failure_table,
    bridge_chart,
    bridge_table,
    gap_parts,
    recurrent_gap_table,
    step_parts,
)
from futurefit.site.ledger.presenters.figures import figure_title
from futurefit.site.ledger.presenters.owed import owed_table
from futurefit.site.ledger.views.pages import carried, drawing, figures_page, listed
from futurefit.site.ledger.views.working import (
    no_hidden_lines,
    with_year,
    working_page,
    years_in_words,
)

NONE = "none"


class BaselineForm(forms.Form):
    """Which position's targets are the original ones."""

    baseline = forms.ChoiceField(label="Original targets are those of", required=False)

    def __init__(self, positions: list[NamedPosition], chosen: str) -> None:
        super().__init__({"baseline": chosen})
        named = [(str(each.pk), f"{each.name}, {each.as_at:%d %B %Y}") for each in positions]
        offer(self, "baseline", [*named, (NONE, "All targets ever set")])


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """The bridge of a scope, with what was accepted as failed and what comes back."""
    asked = ask(request)
    heading = "Bridge from target to delivered"
    if not asked.is_valid:
        return figures_page(request, asked, heading)
    chosen, baseline, form = _baseline(asked)
    figure = asked.figure
    found = bridges.bridge(asked.position, baseline, scope=figure.scope)
    steps = bridge_table(found, figure=figure, baseline=chosen, unit=asked.unit)
    failures = bridges.targets_moved_to_accept_failure(asked.position, figure.scope)
    lines = set(lines_in(asked.position, figure.scope))
    gaps = [gap for gap in bridges.recurrent_gaps(asked.position) if gap.line in lines]
    today = figure.as_at or timezone.localdate()
    owed = owed_table(asked.position, figure=figure, on=today, unit=asked.unit)
    return figures_page(
        request,
        asked,
        heading,
        chart=drawing(
            bridge_chart(found, figure=figure, baseline=chosen, title=figure_title(figure))
        ),
        listings=[
            listed(request, steps, can_filter=False),
            listed(
                request,
                accepted_failure_table(failures, asked.reader, asked.unit),
                name="accepted",
            ),
            listed(
                request, recurrent_gap_table(gaps, asked.reader, figure, asked.unit), name="gaps"
            ),
            listed(request, owed, name="owed", can_filter=False),
        ],
        baseline_form=form,
        baseline_kept=carried(request, "baseline"),
        template="ledger/bridge.html",
        read={failure.line for failure in failures},
    )


@audience(PUBLIC)
@cached
def step(request: HttpRequest) -> HttpResponse:
    """The postings that make one step of a bridge."""
    asked = ask(request, any_tranche=True, any_fund=True, usual_fund=Fund.REVENUE)
    key = request.GET.get("step", "")
    title = STEP_TITLES.get(key)
    if title is None:
        raise Http404("A bridge has no such step.")
    if not asked.is_valid:
        return figures_page(request, asked, title)
    figure = with_year(asked)
    no_hidden_lines(asked.reader, figure.scope.lines or ())
    _, baseline, _ = _baseline(asked)
    years = frozenset((figure.year,)) if figure.year else None
    parts = step_parts(asked.position, key, baseline, figure.scope, years)
    where = figure_title(replace(figure)).partition(":")[0]
    return working_page(
        request, asked, f"Bridge: {title.lower()}. {where}, {years_in_words(figure)}", parts
    )


@audience(PUBLIC)
@cached
def gap(request: HttpRequest) -> HttpResponse:
    """The postings that make one recurrent gap."""
    asked = ask(request, scoped=False, any_tranche=True, any_fund=True)
    line, met_by = request.GET.get("line", ""), request.GET.get("met_by", "")
    figure = with_year(asked)
    no_hidden_lines(asked.reader, (line, met_by))
    parts = gap_parts(asked.position, line, met_by, figure.year) if asked.is_valid else []
    if not parts:
        raise Http404("There is no such gap.")
    heading = f"Recurrent gap: {line}, met by {met_by} for one year only, {figure.year}"
    return working_page(request, asked, heading, parts)


def _baseline(asked: Asked) -> tuple[str, Baseline | None, BaselineForm]:
    """The baseline asked for, by default the newest adopted one."""
    positions = queries.named_positions(NamedPosition.Kind.BASELINE)
    chosen = asked.request.GET.get("baseline", "")
    by_key = {str(position.pk): position for position in positions}
    if chosen and chosen != NONE and chosen not in by_key:
        raise Http404("There is no such baseline.")
    if not chosen:
        chosen = str(positions[-1].pk) if positions else NONE
    position = by_key.get(chosen)
    baseline = Baseline(position.name, position.as_at, position.number) if position else None
    return chosen, baseline, BaselineForm(positions, chosen)
