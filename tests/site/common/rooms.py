"""A small site of our own, to try what all pages share."""

from __future__ import annotations

from itertools import count

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import include, path

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.ledger.rights import Role
from futurefit.site.common.audience import PUBLIC, SIGNED_IN, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.forms import DayField, MoneyField
from futurefit.site.common.listing import listing

made = count(1)
"""How often a page was made; each page says its number."""

COLUMNS = (
    Column("line", "Line"),
    Column("amount", "2016/17", Shape.PENCE),
    Column("rag", "Rating", Shape.RAG),
)
LINES = Table(
    "Lines of the programme",
    COLUMNS,
    (
        Row((Cell("FF-2 Libraries", "/lines/FF-2/"), Cell(25_000_000), Cell("AMBER"))),
        Row((Cell("FF-10 Roads"), Cell(5_000_000), Cell("RED"))),
        Row((Cell("FF-1 =HYPERLINK()"), Cell(10_000_000), Cell("UNRATED"))),
        Row((Cell("Total"), Cell(40_000_000), Cell(None)), emphasis=True),
    ),
)


def page(request: HttpRequest, content: str, **context: object) -> HttpResponse:
    template = engines["django"].from_string(
        '{% extends "common/base.html" %}{% block title %}A page{% endblock %}{% block content %}'
        f'<h1 class="govuk-heading-l">A page</h1>{content}{{% endblock %}}'
    )
    return HttpResponse(template.render(context, request))


@audience(PUBLIC)
@cached
def numbered(request: HttpRequest) -> HttpResponse:
    return page(request, f"<p>made: {next(made)}</p>")


@audience(PUBLIC)
def never_kept(request: HttpRequest) -> HttpResponse:
    return page(request, f"<p>made: {next(made)}</p>")


@audience(PUBLIC)
@cached
def with_token(request: HttpRequest) -> HttpResponse:
    return page(request, f"<p>made: {next(made)} {get_token(request)}</p>")


@audience(PUBLIC)
@cached
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"made: {next(made)}", status=404)


@audience(SIGNED_IN)
@cached
def inside(request: HttpRequest) -> HttpResponse:
    return page(request, f"<p>made: {next(made)}</p>")


@audience(SIGNED_IN)
@cached
def restricted(request: HttpRequest) -> HttpResponse:
    response = page(request, f"<p>made: {next(made)}</p>")
    response.restricted = "line FF-7"  # type: ignore[attr-defined]
    return response


@audience(Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)
def for_finance(request: HttpRequest) -> HttpResponse:
    return page(request, "<p>the books</p>")


@audience(PUBLIC)
def say(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Rated amber: £250k of FF-2 <Libraries>.")
    return HttpResponse("said")


@audience(PUBLIC)
@cached
def lines(request: HttpRequest) -> HttpResponse:
    shown = listing(request, LINES, rows_per_page=2)
    return shown.file or page(request, "{{ lines }}", lines=shown)


@audience(PUBLIC)
def two_tables(request: HttpRequest) -> HttpResponse:
    first = listing(request, LINES, name="first")
    second = listing(request, LINES, name="second")
    return first.file or second.file or page(request, "{{ a }}{{ b }}", a=first, b=second)


@audience(PUBLIC)
def in_order(request: HttpRequest) -> HttpResponse:
    return page(request, "{{ a }}", a=listing(request, LINES, can_filter=False, can_sort=False))


class WhatChanged(forms.Form):
    line = forms.CharField(label="Line", help_text="Its reference, such as FF-2")
    rating = forms.ChoiceField(
        label="New rating", choices=[("RED", "Red"), ("AMBER", "Amber")], widget=forms.RadioSelect
    )
    on = DayField(label="From which day")
    amount = MoneyField(label="How much, in £000", required=False)
    sure = forms.BooleanField(label="I have seen the evidence")
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)


@audience(PUBLIC)
def what_changed(request: HttpRequest) -> HttpResponse:
    form = WhatChanged(request.POST or None)
    if form.is_valid():
        return HttpResponse(repr(form.cleaned_data))
    return page(
        request,
        '{% error_summary form %}<form method="post">{% csrf_token %}{{ form }}'
        '<button class="govuk-button">Go on</button></form>',
        form=form,
    )


@audience(PUBLIC)
def broken(request: HttpRequest) -> HttpResponseBase:
    raise RuntimeError("a fault of ours, with the words of a secret")


urlpatterns = [
    path("", numbered, name="home"),
    path("never/", never_kept),
    path("token/", with_token),
    path("missing/", missing),
    path("inside/", inside),
    path("restricted/", restricted),
    path("finance/", for_finance, name="finance"),
    path("say/", say),
    path("lines/", lines),
    path("two/", two_tables),
    path("in-order/", in_order),
    path("form/", what_changed),
    path("broken/", broken),
    path("account/", include("futurefit.site.accounts.urls")),
]

handler400 = "futurefit.site.common.errors.bad_request"
handler403 = "futurefit.site.common.errors.forbidden"
handler404 = "futurefit.site.common.errors.not_found"
handler500 = "futurefit.site.common.errors.failed"
