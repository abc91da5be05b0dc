"""What changed between two positions of the ledger, line by line and act by act."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from futurefit.ledger import changes as changing
from futurefit.ledger.entries import RATINGS, Account, EntryKind
from futurefit.ledger.state import Ledger
from futurefit.ledger.working import Part
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.presenters.changes import (
    MEASURES,
    Span,
    acts_table,
    attributes_table,
    changes_table,
)
from futurefit.site.ledger.presenters.working import parts_table
from futurefit.site.ledger.reading import reader_of
from futurefit.site.ledger.spans import SpanForm, span_form
from futurefit.site.ledger.views.pages import listed, page

_ACCOUNTS = {
    "target": (frozenset((Account.TARGET,)), -1),
    "forecast": (frozenset(RATINGS), 1),
    "delivered": (frozenset((Account.GREEN_DELIVERED,)), 1),
}


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """What changed from one day or journal to another."""
    reader = reader_of(request)
    form = span_form(request)
    context: dict[str, object] = {"form": form, "heading": "What changed"}
    if not form.is_valid():
        return page(request, "ledger/changes.html", context, status=400)
    span, found = _found(form, reader.ledger)
    tables = [
        ("acts", acts_table(found, reader, span=span)),
        ("lines", changes_table(found, reader, span=span)),
        ("classes", attributes_table(found.attributes, reader)),
    ]
    listings = [listed(request, table, name=name) for name, table in tables if table.rows]
    context |= {
        "from_words": form.span[0].words,
        "to_words": form.span[1].words,
    }
    return page(
        request,
        "ledger/changes.html",
        context,
        listings=listings,
        reader=reader,
        read={change.line for change in found.lines},
    )


@audience(PUBLIC)
@cached
def working(request: HttpRequest) -> HttpResponse:
    """The postings behind one amount of that page."""
    reader = reader_of(request)
    form = span_form(request)
    line, measure = request.GET.get("line", ""), request.GET.get("measure", "")
    kind = request.GET.get("kind", "")
    if not form.is_valid() or measure not in MEASURES or kind not in set(EntryKind):
        raise Http404("There is no such figure.")
    reader.line(line)
    _, found = _found(form, reader.ledger)
    accounts, sign = _ACCOUNTS[measure]
    change = next((c for c in found.lines if (c.line, c.kind) == (line, kind)), None)
    postings = change.postings if change else ()
    # Going back in time the same postings count the other way.
    wanted = getattr(change, f"{measure}_pence") if change else 0
    parts = [
        Part(standing, sign * standing.posting.amount_pence)
        for standing in postings
        if standing.posting.account in accounts
    ]
    if sum(part.amount_pence for part in parts) != wanted:
        parts = [Part(part.standing, -part.amount_pence) for part in parts]
    table = parts_table(parts, reader)
    context = {
        "heading": f"{line}: {in_words(EntryKind(kind)).lower()}, {measure}",
        "total_pence": sum(part.amount_pence for part in parts),
        "n_parts": len(parts),
        "from_words": form.span[0].words,
        "to_words": form.span[1].words,
    }
    return page(
        request,
        "ledger/changes_working.html",
        context,
        listings=[listed(request, table)],
        reader=reader,
        read={line},
    )


def _found(form: SpanForm, ledger: Ledger) -> tuple[Span, changing.Changes]:
    since, until = form.span
    found = changing.changes(since.position(ledger), until.position(ledger))
    return (since.address, until.address), found
