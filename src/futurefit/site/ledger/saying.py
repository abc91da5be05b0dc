"""Who made journals, why, and from which places of which papers, as far as a reader may know?

Working and lists ask for the words of just those journals that stand on one page.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q

from futurefit.kernel.provenance import Provenance
from futurefit.site.ledger import models, origins
from futurefit.site.ledger.origins import Origin
from futurefit.site.ledger.reading import Reader

ERASED = "(erased)"
RESTRICTED = "(restricted)"

_AT_ONCE = 500
"""Journals named in one statement: a database takes a limited number of them."""
_PLACES = ("sha256", "page", "line", "table", "row", "column")


@dataclass(frozen=True, slots=True)
class Said:
    """A journal's words. `by` is empty for readers who may not see people; all are, and `is_hidden`
    is true, for a journal that touches a line whose words they may not read. `urls` leads to those
    sources whose papers are kept here; the words of a paper that they may not read are left out.
    """

    by: str = ""
    checked_by: str = ""
    why: str = ""
    sources: Mapping[int, Provenance] = field(default_factory=dict)
    urls: Mapping[int, str] = field(default_factory=dict)
    is_hidden: bool = False


def said_in(numbers: Iterable[int], reader: Reader) -> dict[int, Said]:
    """The words of these journals for one reader."""
    wanted = sorted(set(numbers))
    hidden = hidden_journals(wanted, reader)
    found = {number: Said(why=RESTRICTED, is_hidden=True) for number in hidden}
    for piece in _pieces([number for number in wanted if number not in hidden]):
        words: dict[int, dict[str, str]] = defaultdict(dict)
        for number, name in models.Commitment.objects.filter(journal_id__in=piece).values_list(
            "journal_id", "field"
        ):
            words[number][name] = ERASED
        for number, name, text in models.JournalWord.objects.filter(
            journal_id__in=piece
        ).values_list("journal_id", "field", "text"):
            words[number][name] = text
        sources = _sources(piece, words)
        digests = {place.sha256 for places in sources.values() for place in places.values()}
        papers = origins.of(digests, reader.holder)
        for number in piece:
            said = words[number]
            found[number] = Said(
                said.get("by", "") if reader.sees_people else "",
                said.get("checked_by", "") if reader.sees_people else "",
                said.get("why", ""),
                {n: _readable(place, papers) for n, place in sources.get(number, {}).items()},
                {n: _url(place, papers) for n, place in sources.get(number, {}).items()},
            )
    return found


def hidden_journals(numbers: Collection[int], reader: Reader) -> set[int]:
    """Those of the journals that touch a line whose words the reader may not read."""
    if not reader.hidden:
        return set()
    found: set[int] = set()
    for piece in _pieces(sorted(numbers)):
        for lines in _pieces(sorted(reader.hidden)):
            postings = models.Posting.objects.filter(journal_id__in=piece, line__in=lines)
            entries = models.Entry.objects.filter(
                Q(line__in=lines) | Q(replaced_by__in=lines), journal_id__in=piece
            )
            for rows in (postings, entries):
                found |= set(rows.order_by().values_list("journal_id", flat=True).distinct())
    return found


def _readable(place: Provenance, papers: Mapping[str, Origin]) -> Provenance:
    """The place, without a word of a paper that may not be read."""
    paper = papers.get(place.sha256)
    return Provenance(file=origins.HIDDEN) if paper is not None and paper.is_hidden else place


def _url(place: Provenance, papers: Mapping[str, Origin]) -> str:
    return origins.url_of(place, papers.get(place.sha256))


def _sources(
    numbers: Collection[int], words: Mapping[int, Mapping[str, str]]
) -> dict[int, dict[int, Provenance]]:
    found: dict[int, dict[int, Provenance]] = defaultdict(dict)
    for number, place, *where in models.Source.objects.filter(journal_id__in=numbers).values_list(
        "journal_id", "place", *_PLACES
    ):
        source = Provenance(**dict(zip(_PLACES, where, strict=True)))
        text = words[number].get(f"source:{place}", "")
        if text and text != ERASED:
            source = replace(source, **json.loads(text))
        found[number][place] = source
    return found


def _pieces(items: list) -> Iterator[list]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
