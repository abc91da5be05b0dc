"""A calendar of what is due: its address, and the feed that a calendar program asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from futurefit.site.accounts.queries import holder_of
from futurefit.site.common import council
from futurefit.site.common.audience import PUBLIC, SIGNED_IN, audience
from futurefit.site.desk import calendar, days, models, operations, queries
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.reading import Reader, reader_of


@audience(SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """The address of one's calendar, shown once when it is made; and how to close it."""
    holder = reader_of(request).holder
    address = ""
    if request.method == "POST" and "close" in request.POST:
        operations.revoke_calendar_key(by=holder)
        messages.success(request, "The calendar is closed: its address opens nothing any more.")
        return redirect("calendar")
    if request.method == "POST":
        key = operations.new_calendar_key(by=holder)
        address = request.build_absolute_uri(reverse("calendar-feed", args=[key]))
    is_open = models.CalendarKey.objects.filter(user_id=holder.user_id or 0).exists()
    return render(request, "desk/calendar.html", {"address": address, "is_open": is_open})


@audience(PUBLIC)
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The days of whoever the key was made for: a calendar program cannot sign in."""
    owner = queries.owner_of(operations.digest_of(key))
    if owner is None:
        raise Http404("This calendar is closed.")
    reader = Reader(holder_of(owner), ledger_queries.current_ledger())
    site = f"{request.scheme}://{request.get_host()}"
    content = calendar.written(
        days.of(reader, site), name=f"FutureFit, {council.name()}", made_at=timezone.now()
    )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
