"""Is anything said twice: an item in one list, a question of the form? (rule AUD-49)

Two items that share nearly all their words, in one list; and a question that a form asks once,
standing twice within one paper, where one may head what belongs to another. Slides repeat their
titles, so plain headings are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.passages import finding
from futurefit.papers.document import Document
from futurefit.papers.text import Kind, Passage, Text, folded, read_text, shortened

CODE = "AUD-49"

_WORD = re.compile(r"[a-z0-9£%]+(?:[.,'’-][a-z0-9%]+)*")
_FEWEST_WORDS = 7  # of an item; shorter ones are alike by chance
_ALIKE = 0.85  # of the words that either has, those that both have
_ENDS_PAPER = re.compile(r"page is (?:intentionally )?left blank|\bconcept paper\b|\breport of\b")
_FURTHEST_APART = 4  # words that one item may have more than the other
_LONGEST_LIST = 200  # items that are compared with each other


def check_repeats(document: Document) -> list[Finding]:
    """Items and questions that are printed twice."""
    text = read_text(document)
    return [*_items(text), *_questions(text)]


def _items(text: Text) -> Iterator[Finding]:
    items: list[tuple[Passage, frozenset[str]]] = []
    at: tuple[int | None, int | None, int | None] | None = None
    for passage in text.passages:
        here = (passage.place.table, passage.place.row, passage.place.column)
        if not passage.is_item or here != at or len(items) >= _LONGEST_LIST:
            items, at = [], here
        if not passage.is_item or len(passage.text) < 4 * _FEWEST_WORDS:
            continue
        words = frozenset(_WORD.findall(folded(passage.text)))
        if len(words) < _FEWEST_WORDS:
            continue
        twin = next((other for other, said in items if _alike(said, words)), None)
        if twin is not None:
            yield finding(
                CODE,
                passage,
                f"this list says nearly the same twice: “{twin.quote}” and “{passage.quote}”.",
                printed=passage.text,
                advice="Take one out, or say how they differ.",
                confidence=0.6,
            )
        items.append((passage, words))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two items share nearly all their words, and differ in none that is a figure."""
    if abs(len(one) - len(other)) > _FURTHEST_APART:
        return False
    if len(one & other) < _ALIKE * len(one | other) - 1e-9 and not _covers(one, other):
        return False
    return not any(character.isdigit() for word in one ^ other for character in word)


def _covers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all but a word or two of each stand in the other, small words left out."""
    return all(
        len([word for word in apart if len(word) > 3]) <= 1 for apart in (one - other, other - one)
    )


def _questions(text: Text) -> Iterator[Finding]:
    seen: dict[str, Passage] = {}
    for passage in text.passages:
        words = folded(passage.text)
        if len(words) <= 90 and _ENDS_PAPER.search(words) and passage.kind is not Kind.CELL:
            seen = {}
        if not (words.endswith("?") and 30 <= len(words) <= 160) or passage.is_item:
            continue
        first = seen.setdefault(words, passage)
        if first is not passage:
            yield finding(
                CODE,
                passage,
                f"“{shortened(passage.text, 70)}” is asked twice in this paper (first on line "
                f"{first.place.line}); one may stand over what answers another question.",
                printed=passage.text,
                advice="See which heading belongs here.",
                confidence=0.5,
            )
