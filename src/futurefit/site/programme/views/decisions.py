"""Adopting proposals: what could become budget, and the decision that makes it so."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from futurefit.ledger.rights import Role
from futurefit.site.common.audience import audience
from futurefit.site.common.listing import listing
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.links import journal_url
from futurefit.site.ledger.operations import Refused, Stale
from futurefit.site.programme import forms, operations, queries, rights
from futurefit.site.programme.presenters import decisions as presenter
from futurefit.site.programme.views.asking import holder, put_beside_fields


@audience(Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)
def adopt(request: HttpRequest) -> HttpResponse:
    """Take proposals into the plan by a decision."""
    if not holder(request).keeps(*rights.KEEPERS):
        raise PermissionDenied(
            "Who adopts is from finance or the programme office for the whole programme: an "
            "adoption names the baseline of all of it."
        )
    today = timezone.localdate()
    ledger = ledger_queries.current_ledger()
    found = queries.proposals(today)
    ready = [each for each in found if not each.holds_up]
    shown = {
        "on": today,
        "expects": {ref: ledger.last_journal(ref) for each in ready for ref in each.lines},
    }
    form = forms.AdoptForm(
        request.POST or None,
        initial=shown,
        offered=[
            (f"{each.part.dimension}:{each.part.code}", f"{each.part.name} ({len(each.lines)})")
            for each in ready
        ],
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        chosen = [tuple(text.split(":", 1)) for text in told.pop("parts")]
        try:
            done = operations.adopt(chosen, by=holder(request), **told)
        except Refused as refused:
            put_beside_fields(form, refused)
        except Stale as moved:
            form.add_error(None, str(moved))
        else:
            messages.success(
                request,
                f"Adopted in journal {done.journal.number}. The ledger as it stands now is the "
                f"baseline “{done.baseline.name}”.",
            )
            return redirect(journal_url(done.journal.number))
    table = listing(request, presenter.proposals_table(found, ledger.now), caption_hidden=True)
    if table.file:
        return table.file
    context = {"form": form, "table": table, "ready": ready}
    return render(request, "programme/adopt.html", context, status=422 if form.errors else 200)
