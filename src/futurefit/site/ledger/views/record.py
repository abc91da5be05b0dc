"""What became of what was promised: the council's delivery record, and why a year was missed."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from futurefit.kernel.years import FinancialYear
from futurefit.ledger import missed as missing
from futurefit.ledger.bridge import targets_moved_to_accept_failure
from futurefit.ledger.delivery_record import LOOKED_AT, Fate, Outcome
from futurefit.ledger.entries import Account, LineKind
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger import records
from futurefit.site.ledger.asking import Asked, ask
from futurefit.site.ledger.choosing import offer
from futurefit.site.ledger.naming import DIMENSION_TITLES, in_words
from futurefit.site.ledger.presenters.bridge import accepted_failure_table
from futurefit.site.ledger.presenters.record import (
    FATE_TITLES,
    LOOKS,
    looks_table,
    missed_table,
    outcomes_table,
    reasons_table,
    record_table,
)
from futurefit.site.ledger.records import Closings
from futurefit.site.ledger.views.pages import carried, figures_page, listed

DIMENSIONS = ("directorate", "service", "saving_type", "saving_class", "theme")


class RecordForm(forms.Form):
    """When in its year a promise is looked at, and by what it is grouped."""

    look = forms.ChoiceField(
        label="Looked at", required=False, choices=[(str(n), w) for n, w in enumerate(LOOKS)]
    )
    by = forms.ChoiceField(
        label="By",
        required=False,
        choices=[("", "Rating only"), *((name, DIMENSION_TITLES[name]) for name in DIMENSIONS)],
    )


class YearForm(forms.Form):
    """Which finished year."""

    year = forms.ChoiceField(label="Year", required=False)


_ask = partial(ask, usual_kind=LineKind.SAVING.value, placed=False)


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """The delivery record of the years that have ended."""
    asked = _ask(request)
    form = RecordForm({name: request.GET.get(name, "") for name in ("look", "by")})
    answer = partial(
        figures_page,
        request,
        asked,
        "Delivery record",
        template="ledger/record.html",
        choices=form,
        choices_kept=carried(request, "look", "by"),
    )
    if not asked.is_valid or not form.is_valid():
        return answer(status=400)
    look, dimension = int(form.cleaned_data["look"] or 0), form.cleaned_data["by"]
    closed = records.closings()
    found = _outcomes(asked, records.ended_years(asked.reader.ledger, closed), closed)
    table = partial(record_table, figure=asked.figure, look=look, unit=asked.unit)
    return answer(
        listings=[
            listed(request, table(found, dimension, asked.reader), name="record"),
            listed(request, looks_table(found), name="looks", can_filter=False),
        ]
        if found
        else [],
    )


@audience(PUBLIC)
@cached
def working(request: HttpRequest) -> HttpResponse:
    """The pounds behind one figure of the record, line by line."""
    asked = _ask(request)
    look, rag = request.GET.get("look", "0"), request.GET.get("rag", "")
    fate, label = request.GET.get("fate", ""), request.GET.get("year", "")
    closed = records.closings()
    years = records.ended_years(asked.reader.ledger, closed)
    if label:
        years = [year for year in years if year.label == label]
    is_known = (
        look.isascii()
        and look.isdigit()
        and len(look) < 3
        and int(look) < len(LOOKS)
        and rag in {"", *LOOKED_AT}
        and fate in {"", *Fate}
    )
    if not asked.is_valid or not is_known or not years:
        raise Http404("The record has no such figure.")
    found = [
        outcome
        for outcome in _outcomes(asked, years, closed)
        if outcome.look == int(look) and rag in ("", outcome.rating) and fate in ("", outcome.fate)
    ]
    said = [
        label or "All years",
        in_words(Account(rag)) if rag else "All ratings",
        LOOKS[int(look)].lower(),
        *([FATE_TITLES[Fate(fate)].lower()] if fate else []),
    ]
    return figures_page(
        request,
        asked,
        f"Delivery record: {', '.join(said)}",
        listings=[listed(request, outcomes_table(found, asked.reader))],
        template="ledger/record_working.html",
        total_pence=sum(outcome.amount_pence for outcome in found),
        read={outcome.line for outcome in found},
    )


@audience(PUBLIC)
@cached
def missed(request: HttpRequest) -> HttpResponse:
    """Why a finished year was missed, in all and line by line."""
    asked = _ask(request)
    ledger, closed = asked.reader.ledger, records.closings()
    years = records.ended_years(ledger, closed)
    labels = [year.label for year in years]
    form = YearForm({"year": request.GET.get("year", "") or (labels[-1] if labels else "")})
    offer(form, "year", [(label, label) for label in labels])
    answer = partial(
        figures_page,
        request,
        asked,
        "Why it was missed",
        template="ledger/missed.html",
        choices=form if labels else None,
        choices_kept=carried(request, "year"),
    )
    if not asked.is_valid or not form.is_valid():
        return answer(status=400)
    if not labels:
        return answer()
    year = years[labels.index(form.cleaned_data["year"])]
    ended = closed.at(ledger, year.last_day)
    found = missing.missed(year.label, ended, ledger.now, asked.figure.scope)
    failures = [
        failure
        for failure in targets_moved_to_accept_failure(ledger.now, asked.figure.scope)
        if failure.year == year.label
    ]
    return answer(
        listings=[
            listed(request, reasons_table(found, asked.unit), name="reasons", can_filter=False),
            listed(request, missed_table(found, asked.reader, asked.unit), name="lines"),
            listed(
                request,
                accepted_failure_table(failures, asked.reader, asked.unit),
                name="accepted",
            ),
        ],
        year=year.label,
        read={line.line for line in found},
    )


def _outcomes(asked: Asked, years: list[FinancialYear], closed: Closings) -> list[Outcome]:
    ledger, scope = asked.reader.ledger, asked.figure.scope
    return [
        outcome for year in years for outcome in records.outcomes_of(year, ledger, closed, scope)
    ]
