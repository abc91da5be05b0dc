"""Are there as many as the words say: "three phases", and four listed? (rule AUD-40)

A number and what it counts, in the sentence that leads into a list: its items are counted. Where
the list is lettered or numbered, text may stand between its items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit.passages import finding
from futurefit.papers.document import Document
from futurefit.papers.said import NUMBER_WORDS
from futurefit.papers.text import Kind, Passage, Text, read_text, shortened

CODE = "AUD-40"

_MOST_COUNTED = 20
_FURTHEST = 60  # passages over which a numbered list may stretch

_NUMBER = r"(?P<number>[0-9]{1,2}|" + "|".join(NUMBER_WORDS) + r")"
_THINGS = (
    r"(?P<thing>work[ -]?streams|strands|themes|priorities|areas|outcomes|objectives|phases|stages|"
    r"options|aims|goals|projects|programmes|elements|principles|pillars|types|kinds|categories|"
    r"criteria|recommendations|proposals|questions|actions|risks|steps|reasons|ways|parts|tests|"
    r"measures|milestones|packages|tranches|strategies|factors|drivers|issues|benefits|"
    r"assumptions|scenarios|tiers|levels|components|conditions|points|initiatives|sites|"
    r"opportunities|challenges|commitments|ambitions|promises)"
)
_COUNTED = re.compile(
    _NUMBER
    + r"\s+(?:(?!(?:the|of|a|an|in|and|to|our|these)\s)[a-z][a-z'’-]+\s+){0,2}?"
    + _THINGS
    + r"(?![a-z-])"
)
_BEFORE = re.compile(
    r"(?:[0-9a-z£.,%/–-]|\b(?:least|most|over|than|to|further|another|other|"
    r"additional|every|first|last|next|or|of|of the)\s)$"
)
_LEADS = re.compile(r"\b(?:following|follows|below|identified|namely|these are|they are|are)\b")
_THEY_ARE = re.compile(r"(?:they|these|those)\b")
_CHAINS = (
    "abcdefghijklmnopqrstuvwxyz",
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
    [str(number) for number in range(1, _MOST_COUNTED + 1)],
)
_RUN_IN = re.compile(r"(?P<number>[0-9]{1,2})\s+[A-Z]")


def check_counts(document: Document) -> list[Finding]:
    """A warning for each list that is not as long as its own lead-in says."""
    text = read_text(document)
    found = []
    for passage, after in pairwise(text.passages):
        if not after.is_item or (passage.is_item and after.level <= passage.level):
            continue
        for match in _COUNTED.finditer(text.folded, passage.start, _end(passage)):
            said = _value(match["number"])
            before = text.folded[max(0, match.start() - 12) : match.start()]
            if _BEFORE.search(before) or not 2 <= said <= _MOST_COUNTED:
                continue
            items = _listed(text, passage, after, match.end())
            if items is not None and len(items) != said:
                found.append(_finding(text, match, passage, said, items))
                break
    return found


def _end(passage: Passage) -> int:
    return passage.start + len(passage.text)


def _value(number: str) -> int:
    return int(number) if number.isdigit() else NUMBER_WORDS[number]


def _listed(text: Text, passage: Passage, after: Passage, counted: int) -> list[Passage] | None:
    """The items of the list that a passage leads into; None where it leads into none."""
    line = text.folded[passage.start : _end(passage)].rstrip(" *")
    rest = text.folded[counted : passage.start + len(line)].strip()
    *_, tail = rest.rpartition(". ")
    if tail != rest and not _THEY_ARE.match(tail):
        return None  # another sentence leads into the list
    told = line.endswith(".") and _LEADS.search(rest)
    if not (line.endswith(":") or passage.kind is Kind.HEADING or told):
        return None
    if after.marker == "•":
        items = list(_run(text, after))
        return items if all(item.marker == "•" for item in items) else None
    return _in_order(text, after)


def _run(text: Text, first: Passage) -> Iterator[Passage]:
    """The items that follow each other on the level of the first one; deeper ones are theirs."""
    for passage in text.passages[first.index :]:
        same_cell = (passage.place.table, passage.place.row) == (first.place.table, first.place.row)
        if not passage.is_item or not same_cell or passage.level < first.level:
            return
        if passage.level == first.level:
            yield passage


def _in_order(text: Text, first: Passage) -> list[Passage] | None:
    """The items a), b), c) or 1, 2, 3 of one list, with whatever text stands between them."""
    chain = next((chain for chain in _CHAINS if chain[0] == first.marker.lower()), None)
    if chain is None:
        return None
    items = [first]
    for passage in text.passages[first.index + 1 : first.index + _FURTHEST]:
        marker = passage.marker.lower()
        if marker == chain[0] or passage.kind is Kind.HEADING:
            break
        if len(items) < len(chain) and marker == chain[len(items)]:
            items.append(passage)
    return items


def _finding(
    text: Text, match: re.Match[str], passage: Passage, said: int, items: list[Passage]
) -> Finding:
    listed = len(items)
    words = text.printed(match)
    ordered = items[0].marker != "•"
    run_in = _RUN_IN.match(items[-1].text)
    hint = (
        f" The last item begins with “{shortened(items[-1].text, 20)}”: a number run into it may "
        "belong to a list of its own."
        if run_in
        else ""
    )
    few = listed < said
    return finding(
        CODE,
        passage,
        f"“{words}” is said, and {listed} {'is' if listed == 1 else 'are'} listed.{hint}",
        # A numbered list may be cut by a page or a table of the layout.
        severity=Severity.NOTE if ordered and few else Severity.WARNING,
        printed=words,
        expected=str(listed),
        difference=f"{listed - said:+d}",
        advice=(
            "List what is missing, or correct the number."
            if few
            else "Correct the number, or show which items belong together."
        ),
        confidence=0.4 if ordered and few else 0.8,
    )
