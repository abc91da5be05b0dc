"""The list of lines, and the page of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from futurefit.kernel.rag import NotRag, Rag, read_rag
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger import presentations
from futurefit.ledger.entries import Account, EntryKind, LineAttributes
from futurefit.ledger.working import Figure
from futurefit.site.common.audience import OFFICERS, PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger import changing, drafts, models, people, queries
from futurefit.site.ledger.asking import Asked, ask
from futurefit.site.ledger.choosing import offer
from futurefit.site.ledger.naming import ATTRIBUTE_TITLES, NO_YEAR_LABELS
from futurefit.site.ledger.presenters.claims import (
    claims_of_line_table,
    findings_on_line,
    findings_table,
)
from futurefit.site.ledger.presenters.figures import rag_grid_table
from futurefit.site.ledger.presenters.journals import journals_table
from futurefit.site.ledger.presenters.lines import lines_table, own_scope, story_table
from futurefit.site.ledger.presenters.suspects import suspects_table
from futurefit.site.ledger.presenters.working import account_words, place_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.saying import said_in
from futurefit.site.ledger.suspecting import suspected_where_asked
from futurefit.site.ledger.views.pages import carried, figures_page, listed


class Narrowing(forms.Form):
    """Which lines a reader wants listed."""

    rag = forms.ChoiceField(
        label="Rating",
        required=False,
        choices=[("", "Any"), *((rag.value, rag.word) for rag in Rag)],
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)

    def __init__(self, reader: Reader, data: dict[str, Any]) -> None:
        super().__init__(data)
        for name in ("theme", "owner"):
            offer(self, name, [("", "Any"), *reader.names.choices(name)])


@audience(PUBLIC)
@cached
def index(request: HttpRequest) -> HttpResponse:
    """Every line of a scope, up to 500 on a page, with totals."""
    asked = ask(request, "measure", any_tranche=True, any_fund=True)
    if not asked.is_valid:
        return figures_page(request, asked, "Lines")
    try:
        rating = read_rag(request.GET["rag"]) if request.GET.get("rag") else None
    except NotRag:
        rating = None
    table = lines_table(
        asked.position,
        asked.reader,
        figure=asked.figure,
        years=asked.years,
        rating=rating,
        unit=asked.unit,
    )
    shown = listed(request, table)
    return figures_page(
        request,
        asked,
        "Lines",
        listings=[shown],
        narrowing=Narrowing(asked.reader, request.GET.dict()),
        narrowing_kept=carried(request, "rag", "theme", "owner"),
        may_open=asked.reader.holder.may_post_somewhere(EntryKind.OPEN_LINE),
        template="ledger/lines.html",
        read=set(asked.position.lines) if asked.reader.sees_people else (),
    )


@audience(PUBLIC)
@cached
def line(request: HttpRequest, ref: str) -> HttpResponse:
    """One line: what it is, its figures, where they were read, its claims and its history."""
    asked = ask(request, scoped=False, any_tranche=True, any_fund=True)
    reader = asked.reader
    attributes = reader.line(ref)
    words = reader.words.get(ref)
    heading = f"{ref} {words.title}" if words else ref
    figure = Figure(
        own_scope(ref, attributes), as_at=asked.figure.as_at, known_at=asked.figure.known_at
    )
    position = asked.position
    listings = []
    if asked.is_valid and ref in position.lines:
        figure = Figure(
            own_scope(ref, position.lines[ref]), as_at=figure.as_at, known_at=figure.known_at
        )
        sources = queries.capacity_words()
        found = findings_on_line(position, sources, reader, ref)
        of_line = [
            one
            for one in suspected_where_asked(position, reader.hidden).looked
            if ref in one.suspect.pair
        ]
        grid = presentations.rag_grid(position, figure.scope, asked.years)
        tables = [
            ("grid", rag_grid_table(grid, figure=figure, unit=asked.unit, title="RAG grid")),
            ("story", story_table(position, figure, asked.years, asked.unit)),
            ("sources", _sources_table(asked, ref)),
            ("claims", claims_of_line_table(position, ref, sources)),
            ("findings", findings_table(found)),
            ("suspects", suspects_table(of_line, reader, "May be counted twice")),
            ("journals", journals_table(_journals(asked, ref), reader, title="What happened")),
            ("words", _words_table(ref)),
        ]
        listings = [
            listed(request, table, name=name, can_filter=False)
            for name, table in tables
            if table.rows
        ]
    return figures_page(
        request,
        asked,
        heading,
        listings=listings,
        template="ledger/line.html",
        read={ref},
        ref=ref,
        words=words,
        attributes=_attributes(reader, attributes),
        trail=_trail(reader, attributes),
        acts=changing.acts_on(reader.holder, ref, attributes),
        may_word=reader.holder.may_post(EntryKind.RE_RATE, attributes),
        waiting=_waiting(reader, ref),
        is_open=ref in position.lines,
    )


def _waiting(reader: Reader, ref: str) -> list[tuple[str, str]]:
    """The changes on the line that wait for a second person, for those who may see them."""
    if reader.holder.roles.isdisjoint(OFFICERS):
        return []
    return [
        (f"/waiting/{proposal.pk}/", f"Proposal {proposal.pk}")
        for proposal in queries.waiting_proposals()
        if ref in (lines := people.touched(drafts.read(proposal.draft).entries))
        and not reader.hides(lines)
    ]


def _attributes(reader: Reader, attributes: LineAttributes) -> list[tuple[str, str]]:
    return [
        (title, reader.names.name(name, getattr(attributes, name)))
        for name, title in ATTRIBUTE_TITLES.items()
        if getattr(attributes, name)
    ]


def _trail(reader: Reader, attributes: LineAttributes) -> list[tuple[str, str]]:
    """What the line hangs on, from the theme down, each with its lines."""
    return [
        (reader.names.name(name, code), f"/lines/?{name}={code}")
        for name in ("theme", "workstream", "project")
        if (code := getattr(attributes, name))
    ]


def _sources_table(asked: Asked, ref: str) -> Table:
    """The cells of papers that the line's figures were read from, as printed."""
    read = [
        standing
        for standing in asked.position.postings(lines=[ref])
        if standing.posting.source is not None and standing.posting.account is not Account.TARGET
    ]
    said = said_in((standing.journal for standing in read), asked.reader)
    rows = []
    for standing in read:
        posting = standing.posting
        source = said[standing.journal].sources.get(posting.source or 0)
        url = said[standing.journal].urls.get(posting.source or 0, "")
        if source is None:
            continue
        rows.append(
            Row(
                (
                    Cell(NO_YEAR_LABELS.get(posting.year, posting.year)),
                    Cell(account_words(posting)),
                    Cell(posting.amount_pence),
                    Cell(source.printed),
                    Cell(place_words(source), url),
                )
            )
        )
    return Table(
        title="Read from",
        columns=(
            Column("year", "Year"),
            Column("account", "Stands in"),
            Column("amount", "Amount", Shape.PENCE),
            Column("printed", "Printed as"),
            Column("place", "Place"),
        ),
        rows=tuple(rows),
        unit=Unit.POUNDS,
    )


def _journals(asked: Asked, ref: str) -> list[int]:
    """The numbers of the journals that touch a line, the latest first."""
    posted = models.Posting.objects.filter(line=ref).order_by().values("journal_id")
    stated = models.Entry.objects.filter(line=ref).order_by().values("journal_id")
    taken = models.Entry.objects.filter(replaced_by=ref).order_by().values("journal_id")
    known = asked.figure.known_at
    numbers = posted.union(stated, taken).values_list("journal_id", flat=True)
    return sorted((n for n in numbers if known is None or n <= known), reverse=True)


def _words_table(ref: str) -> Table:
    """How the line's words were changed, the latest first."""
    kept = models.Line.history.filter(ref=ref).order_by("-history_date", "-history_id")
    versions = list(kept)
    rows = []
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        if before is None:
            changed = "First words"
        else:
            names = [
                title
                for field, title in (
                    ("title", "title"),
                    ("narrative", "narrative"),
                    ("printed_note", "printed note"),
                )
                if getattr(version, field) != getattr(before, field)
            ]
            changed = f"Changed: {', '.join(names)}" if names else "Nothing"
        rows.append(
            Row(
                (
                    Cell(version.history_date),
                    Cell(changed),
                    Cell(version.title),
                    Cell(version.narrative),
                    Cell(version.history_change_reason),
                )
            )
        )
    return Table(
        title="Words, as they were changed",
        columns=(
            Column("at", "When", Shape.DATE),
            Column("changed", "What"),
            Column("title", "Title"),
            Column("narrative", "Narrative"),
            Column("why", "Why"),
        ),
        rows=tuple(rows) if len(rows) > 1 else (),
    )
