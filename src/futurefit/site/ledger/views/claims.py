"""Double counting: what sources hold, what lines take from them, and what people have ruled."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import claims
from futurefit.ledger.entries import EntryKind
from futurefit.site.common.audience import OFFICERS, PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger import changing, forms, operations, queries
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
from futurefit.site.ledger.presenters.suspects import pair_table, pair_url, suspects_table
from futurefit.site.ledger.presenters.working import parts_table
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.suspecting import suspected_where_asked
from futurefit.site.ledger.views.changing import Page, run
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
    found = suspected_where_asked(position, reader.hidden)
    tables = [
        ("suspects", suspects_table(found.looked, reader, "Lines that may save the same pound")),
        ("findings", findings_table(findings(position, found.open, reader))),
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


@audience(PUBLIC)
@cached
def pair(request: HttpRequest) -> HttpResponse:
    """Two lines side by side: what makes them suspect, what was ruled, and what follows from it."""
    asked = ask(request, scoped=False, any_tranche=True, any_fund=True)
    reader = asked.reader
    first, second = sorted((request.GET.get("line_a", ""), request.GET.get("line_b", "")))
    reader.line(first)
    reader.line(second)
    if first == second or not asked.is_valid:
        raise Http404("Two lines make a pair.")
    found = suspected_where_asked(asked.position, reader.hidden)
    looked = next((one for one in found.looked if one.suspect.pair == (first, second)), None)
    rulings = Ruling.objects.filter(line_a=first, line_b=second).order_by("-at", "-pk")
    lines = [line for line in found.lines if line.line in (first, second)]
    tables = [
        ("lines", pair_table(lines, reader)),
        ("suspects", suspects_table([looked] if looked else [], reader, "What was found")),
        ("rulings", rulings_table(rulings, reader)),
    ]
    return figures_page(
        request,
        asked,
        f"{first} and {second}: one saving or two?",
        listings=[
            listed(request, table, name=name, can_filter=False)
            for name, table in tables
            if table.rows
        ],
        template="ledger/pair.html",
        read={first, second},
        is_suspect=looked is not None,
        changes=looked.changes if looked else (),
        may_rule=operations.may_rule(reader.holder, reader.ledger, (first, second)),
        ask_ruling=f"/double-counting/rule/?{urlencode({'line_a': first, 'line_b': second})}",
        follows=_follows(rulings.first(), reader),
    )


def _follows(ruling: Ruling | None, reader: Reader) -> list[tuple[str, str]]:
    """What is to be done after a ruling, by those who may: title and address."""
    if ruling is None or ruling.verdict == Ruling.Verdict.DIFFERENT:
        return []
    two = (ruling.line_a, ruling.line_b)
    if ruling.verdict == Ruling.Verdict.SHARED:
        may = all(reader.holder.may_post(EntryKind.CLAIM, reader.ledger.lines[ref]) for ref in two)
        query = urlencode({"line_a": two[0], "line_b": two[1]})
        return [("Claim these shares", f"/double-counting/shares/?{query}")] if may else []
    going = [ref for ref in two if ref != ruling.keeps]
    return [
        (f"{title} {ref}", changing.act_url(ref, act))
        for ref in going
        for act, title, kind in (
            ("replace", "Replace", EntryKind.REPLACE),
            ("withdraw", "Withdraw", EntryKind.WITHDRAW),
        )
        if reader.holder.may_post(kind, reader.ledger.lines[ref])
    ]


@audience(*OFFICERS)
def shares(request: HttpRequest) -> HttpResponse:
    """Let two lines claim the shares of one source that somebody ruled."""
    reader = reader_of(request)
    two = tuple(sorted((request.GET.get("line_a", ""), request.GET.get("line_b", ""))))
    lines = [reader.line(ref) for ref in two]
    if not all(reader.holder.may_post(EntryKind.CLAIM, line) for line in lines):
        raise PermissionDenied("You may not state the claims of these lines.")
    ruling = queries.rulings().get(two)
    claims_now = reader.ledger.now.claims
    both = [
        source
        for source in reader.ledger.now.capacities
        if all((ref, source) in claims_now for ref in two)
    ]
    initial: dict[str, object] = {"source": both[0] if both else ""}
    if ruling is not None and ruling.share_a is not None:
        initial |= {
            "share_a": ruling.share_a / 100,
            "share_b": 100 - ruling.share_a / 100,
            "why": ruling.why,
        }
    page = pair_url((two[0], two[1]))
    return run(
        request,
        reader,
        Page(
            title=f"Claim shares: {two[0]} and {two[1]}",
            lead="Each line then takes its share of one source. If the source is not in the list, "
            "state first what it holds.",
            back=page,
            back_title=f"{two[0]} and {two[1]}",
            make=lambda data: forms.SharesForm(
                data, reader=reader, pair=(two[0], two[1]), initial=initial
            ),
            after=page,
        ),
    )


@audience(*KEEPERS)
def rule(request: HttpRequest) -> HttpResponse:
    """Say whether two lines, or the claims on a source, are one saving."""
    reader = reader_of(request)
    form = forms.RulingForm(
        request.POST if request.method == "POST" else None,
        reader=reader,
        initial=request.GET.dict(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            ruling = operations.rule(
                form.about(),
                Ruling.Verdict(form.cleaned_data["verdict"]),
                by=reader.holder,
                why=form.cleaned_data["why"],
                keeps=form.keeps_of_pair(),
                shares=form.shares_of_pair(),
            )
        except operations.Refused as refused:
            for refusal in refused.refusals:
                place = refusal.field if refusal.field in form.fields else None
                form.add_error(place, refusal.message)
        else:
            messages.success(request, "The ruling is kept.")
            if ruling.source:
                return redirect("/double-counting/")
            return redirect(pair_url((ruling.line_a, ruling.line_b)))
    status = 400 if form.errors else 200
    return render(request, "ledger/rule.html", {"form": form}, status=status)
