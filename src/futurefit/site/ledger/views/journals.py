"""The journals: every change ever made, in order, and each in words and in full."""

from __future__ import annotations

from django import forms
from django.core.cache import cache
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from futurefit.kernel.findings import Finding
from futurefit.ledger import chain
from futurefit.ledger.chain import Head
from futurefit.ledger.entries import Entry, EntryKind, EntryRef, Journal
from futurefit.site.common.audience import PUBLIC, SIGNED_IN, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger import links, models, people, proof, queries
from futurefit.site.ledger.naming import ATTRIBUTE_TITLES, in_words
from futurefit.site.ledger.presenters.journals import (
    entry_words,
    journals_table,
    postings_table,
)
from futurefit.site.ledger.presenters.working import place_words
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.saying import Said, said_in
from futurefit.site.ledger.views.pages import listed, page

LATEST = 100
"""How many journals stand on a page: the chain only grows, and its end is what people look for."""


class Choice(forms.Form):
    """Which journals a reader wants listed."""

    line = forms.CharField(label="Line", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="What happened",
        required=False,
        choices=[("", "Anything"), *((kind.value, in_words(kind)) for kind in EntryKind)],
    )
    first = forms.IntegerField(label="From journal", required=False, min_value=1)
    last = forms.IntegerField(label="To journal", required=False, min_value=1)


@audience(PUBLIC)
@cached
def index(request: HttpRequest) -> HttpResponse:
    """The journals, the latest first."""
    reader = reader_of(request)
    form = Choice(request.GET)
    context = {"form": form, "head": reader.ledger.head}
    if not form.is_valid():
        return page(request, "ledger/journals.html", context, status=400)
    chosen = form.cleaned_data
    found = models.Journal.objects.order_by("-number")
    if chosen["line"]:
        reader.line(chosen["line"])
    if chosen["line"] or chosen["kind"]:
        found = found.filter(number__in=_touching(chosen["line"], chosen["kind"]))
    if chosen["first"]:
        found = found.filter(number__gte=chosen["first"])
    if chosen["last"]:
        found = found.filter(number__lte=chosen["last"])
    table = journals_table(list(found.values_list("number", flat=True)), reader)
    return page(
        request,
        "ledger/journals.html",
        context,
        listings=[listed(request, table, rows_per_page=LATEST)],
        reader=reader,
        read=reader.ledger.lines if reader.sees_people else (),
    )


def _touching(line: str, kind: str) -> set[int]:
    """The numbers of the journals with an entry of a kind (any, if empty) on a line (any)."""
    entries = models.Entry.objects.order_by()
    if kind:
        entries = entries.filter(kind=kind)
    if not line:
        return set(entries.values_list("journal_id", flat=True))
    stated = entries.filter(Q(line=line) | Q(replaced_by=line))
    found = set(stated.values_list("journal_id", flat=True))
    posted = set(
        models.Posting.objects.filter(line=line).order_by().values_list("journal_id", "entry")
    )
    kinds = {
        (number, place): what
        for number, place, what in entries.filter(
            journal_id__in={number for number, _ in posted}
        ).values_list("journal_id", "place", "kind")
    }
    return found | {number for number, place in posted if (number, place) in kinds}


@audience(PUBLIC)
@cached
def journal(request: HttpRequest, number: int) -> HttpResponse:
    """One journal: what it says, its entries and their postings, its digests."""
    reader = reader_of(request)
    found = queries.journal(number)
    if found is None:
        raise Http404(f"There is no journal {number}.")
    said = said_in([number], reader)[number]
    entries = [_shown(reader, found, place) for place in range(len(found.entries))]
    sources = [] if said.is_hidden else _sources(found, said)
    touched = people.touched(found.entries)
    return page(
        request,
        "ledger/journal.html",
        {
            "journal": found,
            "said": said,
            "acts": entries,
            "sources": sources,
            "previous": links.journal_url(number - 1) if number > 1 else "",
            "next": links.journal_url(number + 1) if number < reader.ledger.head.number else "",
            "erased": models.Erasure.objects.filter(journal_id=number),
            # A reason to erase words may repeat them: it is for colleagues.
            "tells_why_erased": reader.sees_people and not said.is_hidden,
        },
        reader=reader,
        read=touched,
    )


def _shown(reader: Reader, found: Journal, place: int) -> dict[str, object]:
    entry = found.entries[place]
    ref = EntryRef(found.number, place)
    undone = reader.ledger.reversals.get(ref)
    shown: dict[str, object] = {
        "number": place + 1,
        "number_text": str(place + 1),
        "kind": in_words(entry.kind),
        "on": entry.effective_on,
        "relates_to": entry.relates_to,
        "undone": undone and links.journal_url(undone.ref.journal, undone.ref.entry),
        "undone_by": undone and undone.ref.journal,
        "reverses": entry.reverses
        and links.journal_url(entry.reverses.journal, entry.reverses.entry),
    }
    if reader.hides_entry(entry):
        return {**shown, "is_hidden": True}
    return {
        **shown,
        "words": entry_words(entry, reader.names),
        "lines": [
            (line, links.line_url(line), reader.title(line))
            for line in sorted(people.touched([entry]))
        ],
        "classes": _classes(reader, entry),
        "table": postings_table(entry, f"Postings of entry {place + 1}") if entry.postings else "",
        "reverse": _may_reverse(reader, entry, undone is not None)
        and f"/journals/{found.number}/{place + 1}/reverse/",
    }


def _classes(reader: Reader, entry: Entry) -> list[tuple[str, str]]:
    if entry.attributes is None:
        return []
    return [
        (title, reader.names.name(name, getattr(entry.attributes, name)))
        for name, title in ATTRIBUTE_TITLES.items()
        if getattr(entry.attributes, name)
    ]


def _may_reverse(reader: Reader, entry: Entry, is_undone: bool) -> bool:
    lines = [reader.ledger.lines[ref] for ref in people.touched([entry])]
    return (
        bool(entry.postings)
        and not is_undone
        and entry.reverses is None
        and all(reader.holder.may_post(entry.kind, line, reversal=True) for line in lines)
    )


def _sources(found: Journal, said: Said) -> list[tuple[str, str, str]]:
    """Where the journal's figures were read, what was printed there, and the paper's address."""
    return [
        (place_words(source), source.printed, said.urls.get(place, ""))
        for place, source in sorted(said.sources.items())
    ]


LAST_VERIFIED = "ledger-last-verified"
"""Where the outcome of the last verification is kept: it is news, not part of any record."""


class HeadForm(forms.Form):
    """A head that somebody noted before."""

    head = forms.CharField(
        label="A head that you noted",
        required=False,
        max_length=100,
        help_text="NUMBER:DIGEST, as an export or a publication printed it",
        widget=forms.TextInput(attrs={"class": "govuk-input--extra-letter-spacing"}),
    )

    def clean_head(self) -> Head | None:
        text = self.cleaned_data["head"]
        try:
            return chain.parse_head(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


@audience(SIGNED_IN)
def verify(request: HttpRequest) -> HttpResponse:
    """The head of the chain, and, when asked to, whether every journal still stands as written."""
    reader = reader_of(request)
    form = HeadForm(request.POST if request.method == "POST" else None)
    found: list[Finding] | None = None
    if request.method == "POST" and form.is_valid():
        head = queries.head()
        found = proof.verify(form.cleaned_data["head"])
        last = {"at": timezone.now(), "by": reader.holder.post, "head": str(head), "n": len(found)}
        cache.set(LAST_VERIFIED, last, timeout=None)
    return page(
        request,
        "ledger/verify.html",
        {"form": form, "head": queries.head(), "found": found, "last": cache.get(LAST_VERIFIED)},
        status=400 if form.is_bound and not form.is_valid() else 200,
    )
