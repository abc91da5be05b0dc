"""Which tables do the pages of papers show, and give away as files?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.papers.candidates import PaperCandidate, Said
from futurefit.site.ledger.links import line_url
from futurefit.site.ledger.naming import NO_YEAR_LABELS, Names, in_words
from futurefit.site.papers import links
from futurefit.site.papers.models import Upload
from futurefit.site.papers.reviewing import Difference

if TYPE_CHECKING:  # it brings every template, and most pages of the site need none
    from futurefit.papers.recognise.differences import Difference as WordsDiffer

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def uploads_table(uploads: Sequence[Upload], decided: Mapping[int, int], names: Names) -> Table:
    """The papers that are here, the newest first."""
    return Table(
        title="Papers",
        columns=(
            Column("name", "Paper"),
            Column("about", "About"),
            Column("errors", "Errors", Shape.COUNT),
            Column("warnings", "Warnings", Shape.COUNT),
            Column("lines", "Lines read", Shape.COUNT),
            Column("left", "Still to decide", Shape.COUNT),
            Column("restriction", "Who may read it"),
            Column("by", "Uploaded by"),
            Column("at", "When", Shape.DATE),
        ),
        rows=tuple(
            Row(
                (
                    Cell(
                        upload.name,
                        links.paper_url(upload.pk),
                        f"revises {upload.revises.name}" if upload.revises else "",
                    ),
                    Cell(about_words(upload, names)),
                    Cell(upload.errors),
                    Cell(upload.warnings),
                    Cell(upload.lines),
                    Cell(max(0, upload.lines - decided.get(upload.pk, 0))),
                    Cell(in_words(upload.place.restriction)),
                    Cell(upload.by),
                    Cell(upload.at),
                )
            )
            for upload in uploads
        ),
    )


def about_words(upload: Upload, names: Names) -> str:
    """Which part of the programme a paper is about."""
    dimension, _, code = upload.parent.partition(":")
    return names.name(dimension, code) if code else "Several parts"


def findings_table(upload: Upload, findings: Sequence[Finding]) -> Table:
    """What the audit found, the gravest first, each leading to its place in the paper."""
    return Table(
        title=f"Findings in {upload.name}",
        columns=(
            Column("severity", "Severity"),
            Column("code", "Rule"),
            Column("message", "What does not hold"),
            Column("place", "Where"),
            Column("printed", "Printed"),
            Column("expected", "Expected"),
            Column("advice", "What to do"),
            Column("confidence", "Confidence", Shape.SHARE),
        ),
        rows=tuple(
            Row(
                (
                    Cell(one.severity.value.capitalize()),
                    Cell(one.code),
                    Cell(one.message),
                    where(upload.pk, one.place),
                    Cell(one.printed or None),
                    Cell(one.expected or None),
                    Cell(one.advice or None),
                    Cell(one.confidence),
                )
            )
            for one in sorted(findings, key=lambda one: _ORDER[one.severity])
        ),
    )


def where(number: int, place: Provenance) -> Cell:
    """A place in words that leads to it."""
    words = place_words(place)
    url = links.source_url(number, place)
    return Cell(words, url if "?" in url else "")


def place_words(place: Provenance) -> str:
    """A place within its paper: the paper itself is named on the page."""
    return Provenance(
        page=place.page,
        heading=place.heading,
        line=place.line,
        table=place.table,
        row=place.row,
        column=place.column,
    ).words()


def words_table(upload: Upload, candidate: PaperCandidate, title: str) -> Table:
    """What a part of a paper says in words, field by field, with doubts."""
    rows = [
        _said(upload, _titled(name), said)
        for name, several in candidate.fields.items()
        for said in several
    ]
    for kind, statements in candidate.parts.items():
        for number, statement in enumerate(statements, start=1):
            rows += [
                _said(upload, f"{_titled(kind)} {number}: {_titled(name).lower()}", said)
                for name, said in statement.items()
            ]
    return Table(
        title=title,
        columns=(
            Column("field", "What"),
            Column("text", "As printed"),
            Column("meaning", "Understood as"),
            Column("place", "Where"),
            Column("doubt", "Doubt"),
        ),
        rows=tuple(rows),
    )


_WORDED = ("field", "part")
"""Differences that are about words and not about lines or their amounts."""

_SHORT = frozenset({"cmr", "fte", "rag", "slt"})


def _titled(name: str) -> str:
    """The name of a field or part as a person reads it."""
    words = [word.upper() if word in _SHORT else word for word in name.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def changed_words_table(upload: Upload, differences: Sequence[WordsDiffer], title: str) -> Table:
    """What a new version says otherwise in words."""
    return Table(
        title=title,
        columns=(
            Column("field", "What"),
            Column("change", "Change"),
            Column("before", "Before"),
            Column("now", "Now"),
            Column("place", "Where"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(_titled(one.key)),
                    Cell(one.change.value.capitalize()),
                    Cell("; ".join(said.text for said in one.before) or None),
                    Cell("; ".join(said.text for said in one.after) or None),
                    where(upload.pk, one.after[0].place) if one.after else Cell(None),
                )
            )
            for one in differences
            if one.about in _WORDED
        ),
    )


def _said(upload: Upload, title: str, said: Said) -> Row:
    meaning: str | date | None
    match said.meaning:
        case bool():
            meaning = "ticked" if said.meaning else "not ticked"
        case int():
            meaning = print_money(said.meaning)
        case _:
            meaning = None if said.meaning == said.text else said.meaning
    return Row(
        (
            Cell(title),
            Cell(said.text),
            Cell(meaning),
            where(upload.pk, said.place),
            Cell(said.doubt or None),
        )
    )


def differences_table(
    number: int, title: str, differences: Sequence[Difference], *, revises: bool, line: str
) -> Table:
    """A line's amounts by year and rating: in the paper, before, in the ledger."""
    return Table(
        title=title,
        columns=(
            Column("year", "Year"),
            Column("rating", "Rating", Shape.RAG),
            Column("paper", "This paper", Shape.PENCE),
            *((Column("before", "Accepted before", Shape.PENCE),) if revises else ()),
            Column("ledger", f"Ledger holds{f' ({line})' if line else ''}", Shape.PENCE),
            Column("word", "Which is"),
            Column("place", "Read from"),
        ),
        rows=tuple(
            Row((*cells[:3], *((Cell(one.before),) if revises else ()), *cells[3:]))
            for one in differences
            for cells in (_amount_cells(number, one),)
        ),
        unit=Unit.POUNDS,
    )


_WORDS = {"since": "only in the ledger: it came since"}


def _cells(number: int, one: Difference) -> Cell:
    """The cell that an amount was read from, as printed."""
    if not one.amounts:
        return Cell(None)
    first = one.amounts[0].place
    more = len(one.amounts) - 1
    words = f"“{first.printed}”" if first.printed else place_words(first)
    return Cell(words, links.source_url(number, first), f"and {more} more" if more else "")


def candidates_table(
    upload: Upload,
    title: str,
    lines: Sequence[tuple[str, str, str, str, Sequence[Difference], Sequence[str]]],
    decide: Callable[[str], str],
) -> Table:
    """Every line that a part of a paper proposes, amount by amount: for reading and for files.

    `lines` give key, title, the ledger's line, state, differences and doubts.
    """
    rows: list[Row] = []
    for key, said, ref, state, differences, doubts in lines:
        told: Sequence[Difference | None] = differences or [None]
        rows += [
            Row(
                (
                    Cell(key, decide(key)),
                    Cell(said),
                    *_amount_cells(upload.pk, one),
                    Cell(ref, line_url(ref) if ref else ""),
                    Cell(state),
                    Cell(" ".join(doubts) or None),
                )
            )
            for one in told
        ]
    return Table(
        title=title,
        columns=(
            Column("key", "Line of the paper"),
            Column("title", "Title"),
            Column("year", "Year"),
            Column("rating", "Rating", Shape.RAG),
            Column("paper", "This paper", Shape.PENCE),
            Column("ledger", "Ledger holds", Shape.PENCE),
            Column("word", "Which is"),
            Column("place", "Read from"),
            Column("line", "Line of the ledger"),
            Column("state", "Decision"),
            Column("doubts", "Doubts"),
        ),
        rows=tuple(rows),
        unit=Unit.POUNDS,
    )


def _amount_cells(number: int, one: Difference | None) -> tuple[Cell, ...]:
    """An amount's year, rating, figures and cell; blanks for a line without any."""
    if one is None:
        return (Cell(None),) * 6
    return (
        Cell(NO_YEAR_LABELS.get(one.year, one.year)),
        Cell(in_words(one.account)),
        Cell(one.paper),
        Cell(one.ledger),
        Cell(_WORDS.get(one.word, one.word)),
        _cells(number, one),
    )
