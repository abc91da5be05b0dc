"""Where do these words stand in the programme, of all that this reader may read?

A plain search of the database: every word must stand somewhere in what is said. A line's words are
looked at only where its reader may read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from futurefit.ledger.entries import LineAttributes, Restriction
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that holds the words looked for: what it is, its name, and where it stands."""

    sort: str
    title: str
    text: str
    part: Heading | None = None
    line: str = ""
    href: str = ""
    restricted: bool = False


_STATEMENTS: Sequence[tuple[str, type[models.About], tuple[str, ...]]] = (
    ("Milestone", models.Milestone, ("what", "note", "date_printed")),
    ("Risk", models.Risk, ("what", "mitigation", "area")),
    ("Measure of success", models.SuccessMeasure, ("what", "baseline", "target")),
    ("Dependency", models.Dependency, ("what",)),
    ("Support asked for", models.SupportRequest, ("what", "funding", "when")),
    ("Fact", models.Fact, ("what", "printed", "note")),
    ("Consultation", models.Consultation, ("what", "audience", "reasons", "report")),
    ("Document", models.DocumentLink, ("title",)),
)
_PARTS: Sequence[
    tuple[
        str,
        type[models.Theme] | type[models.Workstream] | type[models.Project],
        tuple[str, ...],
    ]
] = (
    ("Theme", models.Theme, ("also_called", "vision", "vision_points", "progress", "pace")),
    ("Workstream", models.Workstream, ("method", "timing", "resource_estimate", "progress")),
    ("Project", models.Project, ("description", "purpose", "outcomes", "plan_area")),
)


def search(words: Sequence[str], may_read: Callable[[LineAttributes], bool]) -> list[Hit]:
    """Everything that holds all the words, of what this reader may read."""
    if not words:
        return []
    return [*_parts(words), *_lines(words, may_read), *_statements(words), *_documents(words)]


def _parts(words: Sequence[str]) -> Iterable[Hit]:
    for sort, model, names in _PARTS:
        rows = model.objects.filter(_hold(words, ("heading__name", *names)))
        for row in rows.select_related("heading"):
            yield Hit(sort, str(row), _passage(_texts(row, names), words), row.heading)


def _statements(words: Sequence[str]) -> Iterable[Hit]:
    for sort, model, names in _STATEMENTS:
        rows = model._default_manager.filter(_hold(words, names))
        for row in rows.select_related("about"):
            yield Hit(sort, str(row), _passage(_texts(row, names[1:]), words), row.about)


def _documents(words: Sequence[str]) -> Iterable[Hit]:
    for document in ledger_queries.documents().values():
        if _holds(f"{document.name} {document.kind}", words):
            yield Hit("Document", document.name, document.kind, href=document.url)


def _lines(words: Sequence[str], may_read: Callable[[LineAttributes], bool]) -> Iterable[Hit]:
    said = ledger_queries.line_words()
    for ref, attributes in ledger_queries.current_ledger().lines.items():
        if ref not in said or not may_read(attributes):
            continue
        line = said[ref]
        if _holds(f"{ref} {line.title} {line.narrative} {line.printed_note}", words):
            yield Hit(
                "Line",
                f"{ref}: {line.title}",
                _passage((line.narrative, line.printed_note), words),
                line=ref,
                restricted=attributes.restriction is not Restriction.PUBLIC,
            )


def _hold(words: Sequence[str], names: Sequence[str]) -> Q:
    """Each word stands in one of the fields."""
    wanted = Q()
    for word in words:
        somewhere = Q()
        for name in names:
            somewhere |= Q(**{f"{name}__icontains": word})
        wanted &= somewhere
    return wanted


def _texts(row: models.Placed, names: Sequence[str]) -> list[str]:
    return [getattr(row, name) for name in names]


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word.casefold() in folded for word in words)


def _passage(texts: Iterable[str], words: Sequence[str]) -> str:
    """The first text that holds one of the words, cut to a length that a list can show."""
    for text in ("; ".join(models.statements(text)) for text in texts):
        folded = text.casefold()
        places = [folded.find(word.casefold()) for word in words if word.casefold() in folded]
        if places:
            start = max(0, min(places) - 60)
            cut = text[start : start + 200]
            before = "…" if start else ""
            return f"{before}{cut}{'…' if start + 200 < len(text) else ''}"
    return ""
