"""The transformation fund: asked, granted, spent, and when it pays back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from futurefit.ledger.entries import Tranche
from futurefit.ledger.rights import Role
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.listing import listing
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.views.pages import drawing, page
from futurefit.site.programme import forms, models, operations, queries
from futurefit.site.programme.presenters import fund as presenter
from futurefit.site.programme.views.asking import form_page, holder, put_beside_fields

_BACK = ("Transformation fund", "/fund/")


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """Who asks for how much, what was granted and spent, and when it comes back."""
    reader = reader_of(request)
    horizon = ledger_queries.horizon()
    entries = queries.fund_entries()
    position = reader.ledger.now
    asked = queries.asked_of_fund(position, entries, horizon.labels if horizon else ())
    lines, who = reader.ledger.lines, reader.holder
    strikable = {
        entry.line_ref for entry in entries if operations.may_record(who, lines[entry.line_ref])
    }
    sections = []
    for tranche in (Tranche.PROPOSED, Tranche.CURRENT):
        rows = [each for each in asked if each.tranche is tranche]
        if rows:
            table = presenter.fund_table(rows, tranche, reader)
            chart = drawing(presenter.fund_chart(rows, tranche, reader))
            sections.append((chart, listing(request, table, name=tranche.value.lower())))
    by_year = presenter.by_year_table(asked, entries, reader)
    recorded = presenter.entries_table(entries, reader, may_strike=strikable)
    below = [
        listing(request, by_year, name="years"),
        listing(request, recorded, name="entries"),
    ]
    loud = [each for each in asked if each.payback.stands_out]
    context: dict[str, object] = {
        "sections": sections,
        "below": below,
        "loud": [
            (reader.names.name("theme", each.part), presenter.stands_out(each)) for each in loud
        ],
        "may_record": bool(_recordable(reader)),
    }
    return page(
        request,
        "programme/fund.html",
        context,
        listings=[*(table for _, table in sections), *below],
        reader=reader,
        read=[ask.line for each in asked for ask in each.asks],
    )


def _recordable(reader: Reader) -> list[str]:
    """The investment lines for which this reader records grants and spending."""
    return [
        ref
        for ref in queries.investment_lines(reader.ledger.now)
        if ref not in reader.hidden
        and operations.may_record(reader.holder, reader.ledger.lines[ref])
    ]


@audience(Role.FINANCE_PARTNER)
def record(request: HttpRequest) -> HttpResponse:
    """Record a grant, or what was spent."""
    reader = reader_of(request)
    lines = [(ref, f"{ref}: {reader.title(ref)}") for ref in _recordable(reader)]
    form = forms.FundEntryForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        entry = form.save(commit=False)
        entry.once = form.cleaned_data["once"]
        try:
            entry = operations.record_in_fund(entry, by=holder(request), today=timezone.localdate())
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, f"Recorded: {entry}.")
            return redirect("fund")
    return form_page(request, form, "Record a grant, or what was spent", _BACK, button="Record")


@audience(Role.FINANCE_PARTNER)
def strike(request: HttpRequest, number: int) -> HttpResponse:
    """Take an entry away."""
    entry = get_object_or_404(models.FundEntry, pk=number)
    reader_of(request).line(entry.line_ref)
    form = forms.RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.strike_from_fund(entry, by=holder(request), why=form.cleaned_data["why"])
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, f"Taken away: {entry}.")
            return redirect("fund")
    return form_page(request, form, f"Take away: {entry}", _BACK, button="Take it away")
