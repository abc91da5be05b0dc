"""The view, its address, and the application that serves it."""

from __future__ import annotations

import os
from collections import defaultdict
from decimal import Decimal
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.naive.settings"

from django.core.wsgi import get_wsgi_application
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from futurefit.ledger.entries import RATINGS, Account

application = get_wsgi_application()

from futurefit.site.ledger.models import Heading, Line, Posting  # noqa: E402

LINES = 500
THOUSAND = Decimal(1_000_00)


def lines(request: HttpRequest) -> HttpResponse:
    """Five hundred lines with their years and sums, and the totals of all lines."""
    shown = list(Line.objects.order_by("ref")[:LINES])
    postings = Posting.objects.filter(line__in=[line.ref for line in shown])
    years = list(Posting.objects.order_by("year").values_list("year", flat=True).distinct())
    names = {(heading.dimension, heading.code): heading.name for heading in Heading.objects.all()}
    forecasts: dict[str, dict[str, int]] = defaultdict(dict)
    rated = postings.filter(account__in=RATINGS)
    for row in rated.values("line", "year").order_by().annotate(pence=Sum("amount_pence")):
        forecasts[row["line"]][row["year"]] = row["pence"]
    sums = {row["line"]: row for row in postings.values("line").order_by().annotate(**_sums())}
    rows = [
        {
            "line": line,
            "parent": names[("project", line.project)],
            "rating": next((r for r in RATINGS if sums[line.ref][f"in_{r}"]), ""),
            "amounts": [_thousands(forecasts[line.ref].get(year)) for year in years],
            "sums": _shown(sums[line.ref]),
            "owner": names[("owner", line.owner)],
        }
        for line in shown
    ]
    totals = [_total(tranche, years) for tranche in ("CURRENT", "PROPOSED")]
    return render(request, "naive/lines.html", {"years": years, "rows": rows, "totals": totals})


def _total(tranche: str, years: list[str]) -> dict[str, Any]:
    counted = Line.objects.filter(tranche=tranche).exclude(saving_class="COST_AVOIDANCE")
    postings = Posting.objects.filter(line__in=counted.values("ref"))
    by_year = _by_year(postings.filter(account__in=RATINGS))
    return {
        "title": f"Net total, {tranche.lower()}",
        "amounts": [_thousands(by_year.get(year)) for year in years],
        "sums": _shown(postings.aggregate(**_sums())),
    }


def _by_year(postings: QuerySet) -> dict[str, int]:
    sums = postings.values("year").order_by().annotate(pence=Sum("amount_pence"))
    return {row["year"]: row["pence"] for row in sums}


def _sums() -> dict[str, Sum]:
    def of(condition: Q) -> Sum:
        return Sum("amount_pence", filter=condition, default=0)

    return {
        "forecast": of(Q(account__in=RATINGS)),
        "target": of(Q(account=Account.TARGET)),
        "delivered": of(Q(account=Account.GREEN_DELIVERED)),
        "shortfall": of(Q(account=Account.VARIANCE)),
        **{f"in_{rating}": of(Q(account=rating)) for rating in RATINGS},
    }


def _shown(sums: dict[str, int]) -> list[Decimal]:
    return [
        _thousands(sums["forecast"]),
        _thousands(-sums["target"]),
        _thousands(sums["delivered"]),
        _thousands(sums["shortfall"]),
    ]


def _thousands(pence: int | None) -> Decimal:
    return Decimal(pence or 0) / THOUSAND


urlpatterns = [path("lines/", lines)]
