"""Which words does a paper say, one line at a time, and where? (rule AUD-40)

Headings, paragraphs, list items, notes and the words in cells become passages of one line each, in
reading order, and one text that a pattern is looked for in once. Bare figures are left to the
checks of tables, and so are tables too large to be read by a person. Lines of more than 10,000
characters are left out: no sentence is so long, and hostile ones are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import (
    Aside,
    Block,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Table,
)

MOST_CELLS = 5_000
"""Cells of a table; a larger one is a data set, and its words are not read as sentences."""

_LONGEST_LINE = 10_000  # characters; a longer line is no writing for people
_LONGEST_SENTENCE = 1_500  # characters to either side
_LONGEST_NUMBER = 3  # characters: "12."
_LONGEST_QUOTE = 90  # characters of a passage that a message repeats

# What opens a line that is an item of a list: a bullet, or a number or letter with its bracket.
_MARK = re.compile(
    r"(?:[•○▪‣●■◦]|[–-](?=\s)|\(?(?P<mark>[0-9]{1,2}|[a-z]|[ivx]{1,5}|[IVX]{1,5})(?P<close>[).]))\s+(?=\S)"
)
_FIGURE = re.compile(r"[-+−–(£]*[0-9][0-9,.]*\s*[)%]*|[-–]+")
_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bc)(?<!\bNo)(?<!\bvs)[.!?;][)’”\"']*\s+(?=\S)"
)


class Kind(StrEnum):
    """What a passage is a line of."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of words. `level` is that of its heading or list, else 0.

    `marker` is what numbers an item ("a", "iv", "2"), or "•"; `shift` how many characters of the
    line it took. `start` is where the passage begins in the whole text; `block` counts the blocks
    of the document, so that lines of one cell share it with the lines of its table.
    """

    index: int
    text: str
    kind: Kind
    place: Provenance
    start: int
    block: int
    level: int = 0
    marker: str = ""

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list, in the text or in a cell."""
        return bool(self.marker)

    @property
    def quote(self) -> str:
        """The passage, shortened for a message."""
        return shortened(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The passages of a document, and their text as one: a passage a line.

    `folded` is `whole` in small letters, character for character.
    """

    passages: tuple[Passage, ...]
    whole: str
    folded: str
    starts: tuple[int, ...]

    def at(self, offset: int) -> Passage:
        """The passage that a place of the whole text lies in."""
        return self.passages[bisect_right(self.starts, offset) - 1]

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Passage]]:
        """Where a pattern in small letters occurs, with the passage that it starts in."""
        return ((match, self.at(match.start())) for match in pattern.finditer(self.folded))

    def printed(self, match: re.Match[str]) -> str:
        """What was matched, as printed."""
        return self.whole[match.start() : match.end()].strip()

    def sentence(self, passage: Passage, offset: int) -> tuple[int, int]:
        """Where the sentence round a place starts and ends in the whole text; cut if very long."""
        begin = max(passage.start, offset - _LONGEST_SENTENCE)
        end = min(passage.start + len(passage.text), offset + _LONGEST_SENTENCE)
        for stop in _SENTENCE_END.finditer(self.whole, begin, end):
            if stop.end() <= offset:
                begin = stop.end()
            elif stop.start() >= offset:
                return begin, stop.start() + 1
        return begin, end

    def follows(self, passage: Passage) -> Passage | None:
        """The next passage."""
        after = passage.index + 1
        return self.passages[after] if after < len(self.passages) else None


def shortened(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """Words for a message: one line, not too long."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def folded(text: str) -> str:
    """Small letters, exactly as many characters.

    >>> folded("Éclair İst")
    'éclair ist'
    """
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(character.lower()[:1] for character in text)


@lru_cache(maxsize=2)
def read_text(document: Document) -> Text:
    """The words of a document."""
    passages: list[Passage] = []
    starts: list[int] = []
    place_in_text = 0
    lines = (line for line in _lines(document) if len(line[0]) <= _LONGEST_LINE)
    for index, (line, kind, place, block, level, marker) in enumerate(lines):
        passages.append(Passage(index, line, kind, place, place_in_text, block, level, marker))
        starts.append(place_in_text)
        place_in_text += len(line) + 1
    whole = "\n".join(passage.text for passage in passages)
    return Text(tuple(passages), whole, folded(whole), tuple(starts))


_Line = tuple[str, Kind, Provenance, int, int, str]


def _lines(document: Document) -> Iterator[_Line]:
    """Every line of words with what it is and where."""
    heading = ""
    seen: set[tuple[int, str]] = set()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield from _cells(block, number, seen)
            continue
        if isinstance(block, Heading):
            heading = block.text
        place = Provenance(page=block.page, heading=heading, line=block.line, printed=block.text)
        kind, level, marker = _what(block)
        for at, line in enumerate(block.text.split("\n")):
            words, found = _marked(line) if kind is not Kind.HEADING else (line, "")
            own = marker if at == 0 and marker not in ("", "•") else found or marker
            yield words, Kind.ITEM if own else kind, place, number, level, own


def _what(block: Block) -> tuple[Kind, int, str]:
    """The kind, level and marker of a block."""
    if isinstance(block, Heading):
        return Kind.HEADING, block.level, ""
    if isinstance(block, ListItem):
        return Kind.ITEM, block.level, block.marker or "•"
    if isinstance(block, Paragraph):
        return Kind.PARAGRAPH, 0, ""
    return Kind.ASIDE if isinstance(block, Aside) else Kind.PARAGRAPH, 0, ""


def _cells(table: Table, number: int, seen: set[tuple[int, str]]) -> Iterator[_Line]:
    """The words in a table's cells; what a converter printed twice on a line is told once."""
    if len(table.cells) > MOST_CELLS:
        return
    for cell in table.cells:
        text = cell.text
        if not text or (cell.line, text) in seen:
            continue
        # A short number in the first column may be that of a part of a form.
        if _FIGURE.fullmatch(text) and (cell.column > 1 or len(text) > _LONGEST_NUMBER):
            continue
        if len(text) > 3:
            seen.add((cell.line, text))
        place = table.place(cell)
        if "\n" not in text and text[0].isalpha() and text[1:2] not in ").":
            yield text, Kind.CELL, place, number, 0, ""
            continue
        for line in text.split("\n"):
            words, marker = _marked(line)
            yield words, Kind.CELL, place, number, 1 if marker else 0, marker


def _marked(line: str) -> tuple[str, str]:
    """A line without the mark that makes it an item, and the mark."""
    match = _MARK.match(line)
    if match is None:
        return line, ""
    return line[match.end() :], match["mark"] or "•"
