"""Double counting: what sources hold, what lines take from them, and what people have ruled."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import claims
from futurefit.ledger.entries import EntryKind
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger import forms, operations, queries
from futurefit.site.ledger.asking import ask
from futurefit.site.ledger.models import Ruling
from futurefit.site.ledger.operations.writing import KEEPERS
from futurefit.site.ledger.presenters.claims import (
    claim_parts,
    claimed_table,
    findings,
    findings_table,
    rulings_table,
    sources_table,
)
from futurefit.site.ledger.presenters.working import parts_table
from futurefit.site.ledger.reading import reader_of
from futurefit.site.ledger.views.pages import figures_page, listed
from futurefit.site.ledger.views.working import with_year


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """Every source with its claims, every finding, every ruling."""
    asked = ask(request, scoped=False, any_tranche=True, any_fund=True)
    heading = "Is any pound counted twice?"
    if not asked.is_valid:
        return figures_page(request, asked, heading)
    reader, position = asked.reader, asked.position
    words = queries.capacity_words()
    found = findings(position, words, queries.rulings(), reader)
    tables = [
        ("findings", findings_table(found)),
        ("sources", sources_table(position, words, reader)),
        ("claimed", claimed_table(position, words, reader)),
        ("rulings", rulings_table(Ruling.objects.order_by("-at"), reader)),
    ]
    return figures_page(
        request,
        asked,
        heading,
        listings=[listed(request, table, name=name) for name, table in tables],
        template="ledger/claims.html",
        read=set(position.lines) if reader.sees_people else (),
        may_rule=not reader.holder.roles.isdisjoint(KEEPERS),
        may_state=reader.holder.may_post(EntryKind.SET_CAPACITY, None),
    )


@audience(PUBLIC)
@cached
def working(request: HttpRequest) -> HttpResponse:
    """What one line takes out of one source by a year: a share of its forecast up to then."""
    asked = ask(request, scoped=False, any_tranche=True, any_fund=True)
    line, source = request.GET.get("line", ""), request.GET.get("source", "")
    year = with_year(asked).year
    asked.reader.line(line)
    claim = asked.position.claims.get((line, source))
    taken = next(
        (
            dict(found.by_line)[line]
            for found in claims.claimed(asked.position)
            if (found.source, found.year) == (source, year) and line in dict(found.by_line)
        ),
        None,
    )
    if claim is None or taken is None or not asked.is_valid:
        raise Http404("There is no such claim.")
    words = queries.capacity_words()
    parts = claim_parts(asked.position, line, year)
    title = words[source].title if source in words else source
    when = "with what has no year" if year == UNPROFILED else f"by {year}"
    return figures_page(
        request,
        asked,
        f"What {line} takes out of: {title}, {when}",
        listings=[listed(request, parts_table(parts, asked.reader))],
        template="ledger/claim.html",
        read={line},
        taken_pence=taken,
        share=claim.basis_points / 100,
        of_pence=sum(part.amount_pence for part in parts),
    )


@audience(*KEEPERS)
def rule(request: HttpRequest) -> HttpResponse:
    """Say whether two lines, or the claims on a source, are one saving."""
    reader = reader_of(request)
    form = forms.RulingForm(request.POST if request.method == "POST" else None, reader=reader)
    if request.method == "POST" and form.is_valid():
        try:
            operations.rule(
                form.about(),
                Ruling.Verdict(form.cleaned_data["verdict"]),
                by=reader.holder,
                why=form.cleaned_data["why"],
            )
        except operations.Refused as refused:
            for refusal in refused.refusals:
                place = refusal.field if refusal.field in form.fields else None
                form.add_error(place, refusal.message)
        else:
            messages.success(request, "The ruling is kept.")
            return redirect("/double-counting/")
    status = 400 if form.errors else 200
    return render(request, "ledger/rule.html", {"form": form}, status=status)
