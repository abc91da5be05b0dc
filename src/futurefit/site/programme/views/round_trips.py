"""Taking papers and workbooks away to be filled in, and bringing them back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from futurefit.papers.filled import CARRIER, NAMESPACE
from futurefit.programme import returns
from futurefit.programme.round_trips import Difference
from futurefit.publishing import word_form, workbook_form
from futurefit.publishing.formats import FORMATS
from futurefit.publishing.printing import Imprint
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.listing import listing
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.asking import ask
from futurefit.site.ledger.operations import Refused, Stale
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.programme import concept_forms, models
from futurefit.site.programme import queries as programme_queries
from futurefit.site.programme.forms import round_trips as asking
from futurefit.site.programme.links import part_url, return_url
from futurefit.site.programme.operations import round_trips as operations
from futurefit.site.programme.presenters import figures, lifecycle
from futurefit.site.programme.presenters import round_trips as presenters
from futurefit.site.programme.queries import round_trips as queries
from futurefit.site.programme.views.asking import (
    form_page,
    holder,
    must_edit,
    part_or_404,
    posts,
    put_beside_fields,
)

_BACK = ("Returns", "/returns/")


# --- Away -----------------------------------------------------------------------------------------


@audience(*OFFICERS)
def project_form(request: HttpRequest, code: str) -> HttpResponse:
    """A project's concept paper as a Word form to fill in."""
    part = part_or_404("project", code)
    must_edit(request, part)
    words = programme_queries.words_of(part)
    if not isinstance(words, models.Project):
        raise Http404("Nothing is said about this project yet.")
    asked = ask(request, any_tranche=True)
    shown = (
        figures.current_grid(
            asked.position, code, years=asked.years, figure=asked.figure, tested=[]
        ),
        figures.proposed_grid(
            asked.position,
            code,
            years=asked.years,
            figure=asked.figure,
            tested=[],
            hidden=asked.reader.hidden,
        ),
        lifecycle.sign_offs_table(
            words.sign_offs.all(), programme_queries.sign_offs_of(words), posts()
        ),
    )
    reader = reader_of(request)
    form = concept_forms.concept_form(words, reader, shown=shown)
    carried = concept_forms.seal(form, words, reader)
    data = word_form.write(replace(form, carried=carried), NAMESPACE, Imprint(timezone.now()))
    lines = concept_forms.lines_of(code, reader)
    return _file(data, f"{slugify(part.name) or code}-form", "docx", reader, lines)


@audience(*OFFICERS)
def workbook(request: HttpRequest) -> HttpResponse:
    """A data return for the lines that this person may change."""
    reader = reader_of(request)
    lines = queries.for_a_return(queries.own_lines(reader), request.GET.get("part", ""))
    if not lines:
        raise Http404("You may change no line there.")
    found = list(queries.lines_held(reader, lines).values())
    horizon = ledger_queries.horizon()
    title = f"Data return: {ledger_queries.council() or 'savings programme'}"
    years = horizon.labels if horizon else ()
    form = returns.return_form(title, found, years, queries.post_titles(), "")
    carried = concept_forms.seal_return(form, lines, reader.ledger)
    data = workbook_form.write(replace(form, carried=carried), CARRIER, Imprint(timezone.now()))
    return _file(data, "data-return", "xlsx", reader, lines)


def _file(data: bytes, name: str, kind: str, reader: Reader, lines) -> HttpResponse:
    response = HttpResponse(data, content_type=FORMATS[kind].media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    restricted = reader.restricted(lines)
    if restricted:
        response.restricted = f"Words of lines {restricted}"  # type: ignore[attr-defined]
    return response


# --- Back -----------------------------------------------------------------------------------------


@audience(*OFFICERS)
def index(request: HttpRequest) -> HttpResponseBase:
    """What came back, and how more is taken away and brought back."""
    reader = reader_of(request)
    found = queries.returns(reader)
    listed = listing(request, presenters.returns_table(found), caption_hidden=True)
    if listed.file:
        return listed.file
    lines = queries.for_a_return(queries.own_lines(reader), "")
    parts = [
        (f"{dimension}:{code}", reader.names.name(dimension, code))
        for dimension in ("theme", "project")
        for code in sorted({getattr(line, dimension) for line in lines.values()} - {""})
    ]
    context = {
        "listing": listed,
        "n": len(found),
        "parts": asking.ForForm(parts=parts) if lines else None,
    }
    return render(request, "programme/returns.html", context)


@audience(*OFFICERS)
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a form or a data return back."""
    sent = request.method == "POST"
    form = asking.BringForm(request.POST, request.FILES) if sent else asking.BringForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = operations.bring(file.name, file.read(), by=holder(request))
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            return redirect(return_url(row.pk))
    return form_page(
        request,
        form,
        "Bring a form or a data return back",
        _BACK,
        button="Read it",
        is_upload=True,
    )


@audience(*OFFICERS)
def paste(request: HttpRequest) -> HttpResponse:
    """Paste a block of cells."""
    form = asking.BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = operations.bring_block(form.cleaned_data["block"], by=holder(request))
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            return redirect(return_url(row.pk))
    return form_page(request, form, "Paste a block of cells", _BACK, button="Read it")


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference beside its tick box."""

    one: Difference
    said: str
    ticked: bool
    number: int


@audience(*OFFICERS)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """What came back: what it would change, and taking it."""
    reader = reader_of(request)
    row = models.Return.objects.select_related("project__heading").filter(pk=number).first()
    if row is None or not queries.may_look(reader, row):
        raise Http404("There is no such return.")
    if row.status != models.ReturnStatus.OPEN:
        return render(request, "programme/return_decided.html", {"row": row})
    looked = queries.look(row, reader)
    taken = request.POST.getlist("taken") if request.method == "POST" else None
    differences = looked.compared.differences if looked.compared else ()
    shown = [
        Shown(
            each,
            presenters.said(each),
            not each.is_conflict if taken is None else each.key in taken,
            place,
        )
        for place, each in enumerate(differences, start=1)
    ]
    refusals: list[str] = []
    changes = looked.returned.changes
    if looked.compared:
        try:
            changes = tuple(
                operations.changes_of([d for d in differences if queries.line_of(d)], reader.ledger)
            )
        except Refused as refused:
            refusals += [refusal.message for refusal in refused.refusals]
    first = {"on": timezone.localdate(), "seen": looked.seen}
    form = asking.ConfirmForm(
        request.POST or None, changes=changes, is_whole=looked.compared is None, initial=first
    )
    if request.method == "POST" and "aside" in request.POST:
        operations.set_aside(row.pk, by=reader.holder)
        messages.success(request, "Set aside. Nothing was changed.")
        return redirect("returns")
    if request.method == "POST" and form.is_valid():
        try:
            done = _confirmed(row, form, taken or [], reader)
        except Refused as refused:
            for refusal in refused.refusals:
                field = form.beside(refusal.field)
                form.add_error(field if field in form.fields else None, refusal.message)
        except Stale as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, _told(done))
            return redirect(part_url(done.project.heading) if done.project else "returns")
    problems = looked.compared.problems if looked.compared else looked.returned.problems
    tables = [presenters.changes_table(changes, reader)] if changes else []
    if looked.returned.owners:
        tables.append(presenters.owners_table(looked.returned.owners, reader.ledger, posts()))
    context = {
        "row": row,
        "shown": shown,
        "problems": returns.by_place(problems),
        "n_problems": len(problems),
        "refusals": refusals or _foreseen(looked, reader),
        "tables": tables,
        "form": form,
        "may_confirm": bool(shown or tables) and (bool(looked.compared) or not problems),
        "nothing": not shown and not tables and not problems,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programme/return.html", context, status=status)


def _confirmed(
    row: models.Return, form: asking.ConfirmForm, taken: list[str], reader: Reader
) -> models.Return:
    said = form.cleaned_data
    saying = operations.Saying(said["on"], said["why"], said["decision"], form.natures)
    if row.kind == models.ReturnKind.FORM:
        return operations.take(
            row.pk, seen=said["seen"], taken=taken, saying=saying, by=reader.holder
        )
    return operations.record(row.pk, seen=said["seen"], saying=saying, by=reader.holder)


def _foreseen(looked: queries.Looked, reader: Reader) -> list[str]:
    """What the ledger would refuse of a return, as far as it can be told before it is confirmed."""
    returned = looked.returned
    clear = [change for change in returned.changes if queries.likely(change)]
    if returned.problems or not (clear or returned.owners):
        return []
    saying = operations.Saying(timezone.localdate(), "Foreseen", "Foreseen")
    try:
        drafted = operations.draft(looked.row, clear, returned.owners, saying)
    except Refused as refused:
        return [refusal.message for refusal in refused.refusals]
    found = operations.objections(drafted, reader.holder, timezone.now())
    return list(dict.fromkeys(refusal.message for refusal in found))


def _told(row: models.Return) -> str:
    parts = ["Recorded."]
    if row.journal_id:
        parts.append(f"The figures are journal {row.journal_id}.")
    if row.proposal_id:
        parts.append(
            "What is newly delivered waits for its evidence and for a second person from finance."
        )
    return " ".join(parts)
