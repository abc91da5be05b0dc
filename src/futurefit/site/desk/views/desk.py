"""One's desk: what waits, what is new, the views that were saved; and the keys of the keyboard."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.site.common.audience import PUBLIC, SIGNED_IN, audience
from futurefit.site.desk import errands, operations, queries
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.views.pages import listed, page


@audience(SIGNED_IN)
def show(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is new on what I watch, and the views that I saved."""
    reader = reader_of(request)
    now = timezone.now()
    waiting, news = _waiting(reader), _news(reader)
    views = _views(reader)
    context: dict[str, object] = {
        "heading": "My desk",
        "number": reader.ledger.head.number,
        "moment": now.isoformat(),
        "has_news": bool(news.rows),
        "watches": bool(queries.watched(reader)),
        "nothing_waits": not waiting.rows,
    }
    tables = [(name, table) for name, table in (("waiting", waiting), ("new", news)) if table.rows]
    tables += [("views", views)] if views.rows else []
    listings = [listed(request, table, name=name) for name, table in tables]
    return page(request, "desk/desk.html", context, listings=listings)


def _waiting(reader: Reader) -> Table:
    found = errands.waiting_for(reader, timezone.localdate())
    return Table(
        title="Waiting for me",
        columns=(
            Column("sort", "What is asked"),
            Column("what", "About"),
            Column("since", "Since", Shape.DATE),
            Column("due", "Due", Shape.DATE),
        ),
        rows=tuple(
            Row((Cell(each.sort), Cell(each.what, each.href), Cell(each.since), Cell(each.due)))
            for each in found
        ),
    )


def _news(reader: Reader) -> Table:
    rows = [
        Row(
            (
                Cell(subject.title, subject.href),
                Cell(news.what, news.href),
                Cell(news.by),
                Cell(news.at),
            )
        )
        for watch, subject in queries.watched(reader)
        for news in queries.news(reader, subject, watch.seen_number, watch.seen_at)
    ]
    return Table(
        title="New on what I watch",
        columns=(
            Column("subject", "Where"),
            Column("what", "What happened"),
            Column("by", "By"),
            Column("at", "When", Shape.DATE),
        ),
        rows=tuple(rows),
    )


def _views(reader: Reader) -> Table:
    return Table(
        title="Saved views",
        columns=(
            Column("name", "View"),
            Column("whose", "Whose"),
            Column("forget", "Take it away"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(view.name, view.address),
                    Cell(
                        ("Mine, shared" if view.shared else "Mine")
                        if view.owner_id == reader.holder.user_id
                        else view.owner.post
                    ),
                    Cell("Take it away", reverse("forget-view", args=[view.pk]))
                    if view.owner_id == reader.holder.user_id
                    else Cell(""),
                )
            )
            for view in queries.saved_views(reader.holder.user_id or 0)
        ),
    )


@audience(SIGNED_IN)
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The news was read, up to what the page showed."""
    reader = reader_of(request)
    number = request.POST.get("number", "")
    moment = parse_datetime(request.POST.get("moment", ""))
    if number.isdigit() and moment is not None and moment <= timezone.now():
        operations.seen(
            number=min(int(number), reader.ledger.head.number), by=reader.holder, at=moment
        )
        messages.success(request, "Marked as seen.")
    return redirect("desk")


@audience(PUBLIC)
def keys(request: HttpRequest) -> HttpResponse:
    """Which keys lead where, and how to switch them off."""
    return render(
        request,
        "desk/keys.html",
        {"pages": [entry for entry in settings.NAVIGATION if entry.key]},
    )
