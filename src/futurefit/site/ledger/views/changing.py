"""‘What changed?’: a form, a balanced preview, and the confirmation that posts it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from futurefit.kernel.report import Table
from futurefit.ledger import acts, proof, rights, state
from futurefit.ledger.double_counts import in_words
from futurefit.ledger.entries import Draft, EntryKind, SourceKind
from futurefit.ledger.state import Ledger
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.forms import numbers
from futurefit.site.ledger import changing, forms, links, operations, people, queries
from futurefit.site.ledger.naming import ATTRIBUTE_TITLES
from futurefit.site.ledger.operations import posting
from futurefit.site.ledger.presenters.journals import entry_words
from futurefit.site.ledger.presenters.preview import attributes_preview_table, preview_tables
from futurefit.site.ledger.presenters.suspects import pair_url
from futurefit.site.ledger.queries import LineWords
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.suspecting import suspected_of

Makes = Callable[..., forms.ChangeForm]

CONFIRM, PROPOSE = "Confirm", "Propose it to finance"


@dataclass(frozen=True)
class Page:
    """What a form of a change stands under: its title, where it leads back to, how it is posted."""

    title: str
    lead: str
    back: str
    back_title: str
    make: Makes
    button: str = CONFIRM
    done: str = ""
    after: str = ""
    also: Callable[[forms.ChangeForm], None] | None = None
    record: Callable[[forms.ChangeForm], str] | None = None
    """Records the change in its own way, and says what it did."""


@audience(*OFFICERS)
def change(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """Say what changed on a line."""
    reader = reader_of(request)
    attributes = reader.line(ref)
    if act not in changing.ACTS:
        raise Http404("Nothing of that sort can be changed on a line.")
    chosen = changing.ACTS[act]
    if not reader.holder.may_post(chosen.kind, attributes):
        raise PermissionDenied(f"You may not {people.ACTS[chosen.kind]} on line {ref}.")
    waits = rights.needs_second_person(chosen.kind)
    return run(
        request,
        reader,
        Page(
            title=f"{chosen.title}: {ref} {reader.title(ref)}",
            lead=chosen.hint,
            back=links.line_url(ref),
            back_title=f"{ref} {reader.title(ref)}",
            make=lambda data: chosen.form(data, reader=reader, ref=ref),
            button=PROPOSE if waits else CONFIRM,
            after=links.line_url(ref),
        ),
    )


@audience(*OFFICERS)
def open_line(request: HttpRequest) -> HttpResponse:
    """Open a new line."""
    reader = reader_of(request)
    if not reader.holder.may_post_somewhere(EntryKind.OPEN_LINE):
        raise PermissionDenied("You may not open a line.")
    parent = request.GET.get("parent", "")
    owner = {"parent": parent}
    return run(
        request,
        reader,
        Page(
            title="Add a line",
            lead="A line is one saving, cost or receipt. Its target is set next.",
            back="/lines/",
            back_title="Lines",
            make=lambda data: forms.OpenLineForm(data, reader=reader, initial=owner),
        ),
    )


@audience(*OFFICERS)
def reverse(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Undo an entry by its mirror image."""
    reader = reader_of(request)
    found = queries.journal(number)
    if found is None or not 1 <= entry <= len(found.entries):
        raise Http404(f"Journal {number} has no entry {entry}.")
    original = found.entries[entry - 1]
    for ref in people.touched([original]):
        reader.line(ref)
    lines = [reader.ledger.lines[ref] for ref in people.touched([original])]
    if not all(reader.holder.may_post(original.kind, line, reversal=True) for line in lines):
        raise PermissionDenied("You may not reverse this entry.")
    standing = reader.ledger.now.postings(journals=(number, number), entry=entry - 1)
    if not standing:
        raise Http404("That entry moved no amounts, so there is nothing to reverse.")
    undone = acts.reverse(standing, on=timezone.localdate())
    waits = proof.needs_second_person(reader.ledger, [undone])
    return run(
        request,
        reader,
        Page(
            title=f"Reverse entry {entry} of journal {number}",
            lead=entry_words(original, reader.names),
            back=links.journal_url(number),
            back_title=f"Journal {number}",
            make=lambda data: forms.ReverseForm(data, reader=reader, original=standing),
            button=PROPOSE if waits else CONFIRM,
        ),
    )


@audience(*OFFICERS)
def capacity(request: HttpRequest) -> HttpResponse:
    """State what a source of savings holds."""
    reader = reader_of(request)
    if not reader.holder.may_post(EntryKind.SET_CAPACITY, None):
        raise PermissionDenied("Only the finance partner may state what a source holds.")

    def name_it(form: forms.ChangeForm) -> None:
        chosen = form.cleaned_data
        operations.name_source(
            chosen["code"],
            kind=SourceKind(chosen["source_kind"]),
            title=chosen["title"],
            by=reader.holder,
        )

    return run(
        request,
        reader,
        Page(
            title="State what a source holds",
            lead="A source is a budget, contract, asset, post, tax base or group of clients that "
            "savings are taken out of. Claims on it may not pass what it holds.",
            back="/double-counting/",
            back_title="Double counting",
            make=lambda data: forms.CapacityForm(data, reader=reader),
            after="/double-counting/",
            also=name_it,
        ),
    )


@audience(*OFFICERS)
def words(request: HttpRequest, ref: str) -> HttpResponse:
    """Change what a line is called and told."""
    reader = reader_of(request)
    reader.line(ref)
    stands = reader.words[ref]
    plain = {
        "title": stands.title,
        "narrative": stands.narrative,
        "printed_note": stands.printed_note,
    }
    form = forms.WordsForm(request.POST or None, initial={**plain, "was": plain})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                operations.edit_words(
                    ref,
                    LineWords(chosen["title"], chosen["narrative"], chosen["printed_note"]),
                    by=reader.holder,
                    was=LineWords(**chosen["was"]),
                    why=chosen["why"],
                )
            except operations.Refused as refused:
                for refusal in refused.refusals:
                    place = refusal.field if refusal.field in form.fields else None
                    form.add_error(place, refusal.message)
            except operations.Stale as stale:
                status = 409
                # What was typed is kept; to send it again is to have seen the words as they stand.
                form = forms.WordsForm({**request.POST.dict(), "was": json.dumps(plain)})
                for moved in stale.moved:
                    form.add_error(None, moved.message)
            else:
                messages.success(request, f"The words of line {ref} are changed.")
                return redirect(links.line_url(ref))
    return render(
        request,
        "ledger/words.html",
        {"form": form, "ref": ref, "title": stands.title, "back": links.line_url(ref)},
        status=status,
    )


# --- Form, preview, confirmation ----------------------------------------------------------------


def run(request: HttpRequest, reader: Reader, about: Page) -> HttpResponse:
    """Take a change through its three steps. Nothing is written before the last."""
    if request.method != "POST":
        return _form(request, reader, about, about.make(None))
    form = about.make(request.POST)
    if not form.is_valid():
        return _form(request, reader, about, form, status=400)
    draft = replace(form.draft(), by=reader.holder.post)
    step = request.POST.get("step", "preview")
    if step == "edit":
        return _form(request, reader, about, about.make(request.POST))
    expects = _expected(form, draft, reader.ledger)
    try:
        if step == "confirm":
            return _post(request, reader, about, form, draft, expects)
        posting.refuse_stale(reader.ledger, draft, expects)
        _refuse(reader, form, draft)
    except operations.Stale as stale:
        for moved in stale.moved:
            form.add_error(None, moved.message)
        # What was typed is kept; to send it again is to have seen how the line stands now.
        return _form(request, reader, about, form, status=409, seen={})
    except operations.Refused as refused:
        form.add_refusals(refused.refusals)
        return _form(request, reader, about, form, status=400)
    return _preview(request, reader, about, form, draft, expects)


def _refuse(reader: Reader, form: forms.ChangeForm, draft: Draft) -> None:
    """Raise Refused for whatever would be refused at the end, so that it is said now."""
    found = people.refusals(reader.ledger, draft, reader.holder)
    if not found:
        words = _words_of(form)
        found = posting.refusals(reader.ledger, draft, timezone.now(), words, by=reader.holder)
        found = [refusal for refusal in found if refusal.code not in posting.WAITS_FOR]
    if found:
        raise operations.Refused(found)


def _post(
    request: HttpRequest,
    reader: Reader,
    about: Page,
    form: forms.ChangeForm,
    draft: Draft,
    expects: Mapping[str, int],
) -> HttpResponse:
    lines = sorted(people.touched(draft.entries))
    if about.record is not None:
        messages.success(request, about.record(form))
    elif proof.needs_second_person(reader.ledger, draft.entries):
        operations.propose(draft, by=reader.holder, expects=expects)
        messages.success(request, "Your change waits for a second person, from finance.")
    else:
        with transaction.atomic() if about.also else nullcontext():
            if about.also:
                about.also(form)
            journal = operations.post(
                draft, by=reader.holder, expects=expects, words=_words_of(form)
            )
        messages.success(request, f"Done: recorded as journal {journal.number}.")
    return redirect(about.after or (links.line_url(lines[0]) if lines else about.back))


def _may_double(draft: Draft) -> bool:
    """True for a change by which a pound may come to be counted twice (rule CLA-10)."""
    return any(
        entry.kind in (EntryKind.OPEN_LINE, EntryKind.CLAIM, EntryKind.SET_TARGET)
        for entry in draft.entries
    )


def _words_of(form: forms.ChangeForm) -> dict[str, LineWords]:
    return form.words()


def _expected(form: forms.ChangeForm, draft: Draft, ledger: Ledger) -> dict[str, int]:
    """The last journal of each line that the person saw; of one not on the form, as it is now."""
    seen = numbers(form.cleaned_data["seen"])
    opened = {entry.line for entry in draft.entries if entry.kind is EntryKind.OPEN_LINE}
    touched = people.touched(draft.entries) - opened
    return {ref: seen.get(ref, ledger.last_journal(ref)) for ref in sorted(touched)}


def _form(
    request: HttpRequest,
    reader: Reader,
    about: Page,
    form: forms.ChangeForm,
    *,
    status: int = 200,
    seen: Mapping[str, int] | None = None,
) -> HttpResponse:
    ref = (
        getattr(form, "ref", "") if isinstance(form, forms.LineForm | forms.ReclassifyForm) else ""
    )
    if ref and (not form.is_bound or seen is not None):
        stands = urlencode({ref: reader.ledger.last_journal(ref)})
    else:
        stands = form["seen"].value() or ""
    return render(
        request,
        "ledger/change.html",
        {"about": about, "form": form, "seen": "" if seen is not None and not ref else stands},
        status=status,
    )


def _preview(
    request: HttpRequest,
    reader: Reader,
    about: Page,
    form: forms.ChangeForm,
    draft: Draft,
    expects: Mapping[str, int],
) -> HttpResponse:
    after = state.overlay(reader.ledger, draft.entries)
    tables: list[Table] = preview_tables(reader.ledger, after, draft.entries)
    tables += [
        attributes_preview_table(reader.ledger, entry, reader.names, dict(ATTRIBUTE_TITLES))
        for entry in draft.entries
        if entry.attributes is not None
    ]
    suspects = suspected_of(
        after,
        people.touched(draft.entries) if _may_double(draft) else (),
        hidden=reader.hidden,
        words=_words_of(form),
    )
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name in form.fields and name != "seen"
        for value in values
    ]
    return render(
        request,
        "ledger/preview.html",
        {
            "about": about,
            "sentences": [entry_words(entry, reader.names) for entry in draft.entries],
            "draft": draft,
            "on": form.on,
            "suspects": [
                (in_words(one.suspect), pair_url(one.suspect.pair), one.changes)
                for one in suspects
                if one.is_open
            ],
            "tables": [(f"preview-{place}", table) for place, table in enumerate(tables)],
            "kept": kept,
            "seen": urlencode(expects),
        },
    )
