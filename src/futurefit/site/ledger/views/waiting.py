"""Changes that wait for their second person: the list, and one to accept or turn down."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.ledger import state
from futurefit.ledger.entries import Draft
from futurefit.ledger.proof import NOTHING
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.ledger import drafts, forms, links, models, operations, people, queries
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.presenters.journals import entry_words
from futurefit.site.ledger.presenters.preview import preview_tables
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.views.pages import listed, page


@audience(*OFFICERS)
def index(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first."""
    reader = reader_of(request)
    rows, hidden = [], 0
    touched: set[str] = set()
    for proposal in queries.waiting_proposals():
        draft = drafts.read(proposal.draft)
        lines = sorted(people.touched(draft.entries))
        if reader.hides(lines):
            hidden += 1
            continue
        touched |= set(lines)
        rows.append(
            Row(
                (
                    Cell(f"Proposal {proposal.pk}", f"/waiting/{proposal.pk}/"),
                    Cell(", ".join(dict.fromkeys(in_words(e.kind) for e in draft.entries))),
                    Cell(", ".join(f"{line} {reader.title(line)}" for line in lines)),
                    Cell(proposal.by),
                    Cell(proposal.at),
                    Cell(draft.why),
                )
            )
        )
    table = Table(
        title="Waiting for a second person",
        columns=(
            Column("number", "Change"),
            Column("kind", "What"),
            Column("lines", "Lines"),
            Column("by", "Proposed by"),
            Column("at", "When", Shape.DATE),
            Column("why", "Why"),
        ),
        rows=tuple(rows),
        notes=(f"{hidden} more on restricted lines.",) if hidden else (),
    )
    return page(
        request,
        "ledger/waiting.html",
        {"n_waiting": len(rows)},
        listings=[listed(request, table)],
        reader=reader,
        read=touched,
    )


@audience(*OFFICERS)
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One change that waits: what it would do, and the answer to it."""
    return _shown(request, number, status=200)


@audience(*OFFICERS)
@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Accept a change as its second person."""
    reader, _, draft = _found(request, number)
    form = forms.ProofForm(request.POST, reader=reader, draft=draft) if draft else None
    if form is not None and not form.is_valid():
        return _shown(request, number, proof=form, status=400)
    brings = form.proof() if form is not None else NOTHING
    try:
        journal = operations.accept_proposal(number, by=reader.holder, brings=brings)
    except (operations.Refused, operations.Stale) as wrong:
        return _shown(request, number, proof=form, status=409, wrong=str(wrong))
    messages.success(request, f"Accepted: recorded as journal {journal.number}.")
    lines = people.touched(draft.entries) if draft else set()
    return redirect(links.line_url(min(lines)) if lines else "/waiting/")


@audience(*OFFICERS)
@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Turn a change down, or take one's own back."""
    reader, _, _ = _found(request, number)
    form = forms.AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, number, answer=form, status=400)
    try:
        operations.refuse_proposal(number, by=reader.holder, answer=form.cleaned_data["answer"])
    except operations.Refused as refused:
        return _shown(request, number, answer=form, status=409, wrong=str(refused))
    messages.success(request, "Turned down. Nothing in the ledger has changed.")
    return redirect("/waiting/")


def _found(request: HttpRequest, number: int) -> tuple[Reader, models.Proposal, Draft | None]:
    reader = reader_of(request)
    found = models.Proposal.objects.filter(pk=number).first()
    if found is None:
        raise Http404("There is no such change waiting.")
    draft = drafts.read(found.draft) if found.draft else None
    if draft is not None and reader.hides(people.touched(draft.entries)):
        raise Http404("There is no such change waiting.")
    return reader, found, draft


def _shown(
    request: HttpRequest,
    number: int,
    *,
    status: int,
    answer: forms.AnswerForm | None = None,
    proof: forms.ProofForm | None = None,
    wrong: str = "",
) -> HttpResponse:
    reader, found, draft = _found(request, number)
    waits = found.status == models.Proposal.Status.WAITING
    context: dict[str, object] = {
        "proposal": found,
        "draft": draft,
        "answer": answer or forms.AnswerForm(),
        "wrong": wrong,
        "waits": waits,
        "journal": found.journal_id and links.journal_url(found.journal_id),
    }
    lines = people.touched(draft.entries) if draft else set()
    if draft is not None:
        context["sentences"] = [entry_words(entry, reader.names) for entry in draft.entries]
    if draft is not None and waits:
        after = state.overlay(reader.ledger, draft.entries)
        tables = preview_tables(reader.ledger, after, draft.entries)
        is_own = people.proposed(found, reader.holder)
        may_check = not people.check_refusals(reader.ledger, draft, reader.holder)
        context |= {
            "proof": proof or forms.ProofForm(reader=reader, draft=draft),
            "tables": [(f"preview-{place}", table) for place, table in enumerate(tables)],
            "may_accept": not is_own and may_check,
            "may_refuse": is_own or may_check,
            "is_own": is_own,
        }
    response = render(request, "ledger/proposal.html", context, status=status)
    restricted = reader.restricted(lines)
    if restricted:
        response.restricted = f"Words of lines {restricted}"  # type: ignore[attr-defined]
    return response
