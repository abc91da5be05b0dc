"""What do all pages of the ledger have in common?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from futurefit.kernel.report import Chart, Table, Value
from futurefit.site.common.listing import PAGE_ROWS, Listing, listing
from futurefit.site.ledger.asking import Asked
from futurefit.site.ledger.reading import Reader


def drawing(chart: Chart) -> SafeString:
    """A chart as it stands inside a page."""
    rows = tuple(tuple(row.items()) for row in chart.rows)
    return mark_safe(_drawn(chart.kind, chart.title, chart.alt, rows))  # noqa: S308  (drawn by us)


@lru_cache(maxsize=64)
def _drawn(kind: str, title: str, alt: str, rows: tuple[tuple[tuple[str, Value], ...], ...]) -> str:
    # Drawing takes a tenth of a second; most changes leave most pictures as they were.
    # Imported here: it loads the drawing library, and most pages have no chart.
    from futurefit.publishing import charts

    return charts.svg(Chart(kind, title, alt, tuple(dict(row) for row in rows))).decode()


def listed(
    request: HttpRequest,
    table: Table,
    *,
    name: str = "",
    can_filter: bool = True,
    rows_per_page: int = PAGE_ROWS,
) -> Listing:
    """A table under a heading of its own, which the page writes above it."""
    return listing(
        request,
        table,
        name=name,
        rows_per_page=rows_per_page,
        can_filter=can_filter,
        caption_hidden=True,
    )


def carried(request: HttpRequest, *chosen: str) -> list[tuple[str, str]]:
    """What a form of these choices carries along of the page's address."""
    own = {*chosen, "page", "format"}
    return [(name, text) for name, text in request.GET.dict().items() if name not in own]


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    *,
    listings: Sequence[Listing] = (),
    reader: Reader | None = None,
    read: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    """A page, or the file that was asked for instead of one of its tables.

    `read` are the lines whose words stand on it: that restricted ones were read is logged.
    """
    response = next((each.file for each in listings if each.file), None)
    if response is None:
        response = render(request, template, {**context, "listings": listings}, status=status)
    restricted = reader.restricted(read) if reader else ""
    if restricted:
        response.restricted = f"Words of lines {restricted}"  # type: ignore[attr-defined]
    return response


def figures_page(
    request: HttpRequest,
    asked: Asked,
    heading: str,
    *,
    lead: str = "",
    listings: Sequence[Listing] = (),
    chart: SafeString | str = "",
    template: str = "ledger/figures.html",
    read: Iterable[str] = (),
    status: int = 0,
    **more: object,
) -> HttpResponse:
    """A page of figures, with what it was asked for above them."""
    here = request.path
    context = {
        "asked": asked,
        "heading": heading,
        "lead": lead,
        "chart": chart,
        "elsewhere": [link for link in asked.elsewhere() if not link[1].startswith(f"{here}?")]
        if "in_tranche" in asked.form.fields
        else [],
        **more,
    }
    return page(
        request,
        template,
        context,
        listings=listings,
        reader=asked.reader,
        read=read,
        status=status or asked.status,
    )
