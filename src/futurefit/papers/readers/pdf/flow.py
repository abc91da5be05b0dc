"""Which lines of a page belong to one paragraph, item or heading? (rule AUD-22)"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from futurefit.papers.document import (
    BOLD_LINE,
    Aside,
    AsideKind,
    Box,
    Heading,
    ListItem,
    Paragraph,
)
from futurefit.papers.readers.pdf.page import Page, Run
from futurefit.papers.readers.pdf.rows import joined
from futurefit.papers.readers.pdf.words import RAISED, SMALL, is_mark

_BULLET = re.compile(r"[•▪●○◦·➢✓■□*–-]\s")
_NUMBERED = re.compile(r"(\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_NOTE = re.compile(r"([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)")
_STARTS = re.compile("|".join([_BULLET.pattern, _NUMBERED.pattern, _NOTE.pattern]))
"""What any of them starts with: most lines have none, and one look tells."""
_SMALLER = 0.95  # times the size of the running text, below which footnotes are
_LARGER = 1.12  # times the size of the running text, from which a line is a heading
_LONGEST_HEADING = 200  # characters
_LONGEST_BOLD = 120  # characters; a longer bold line is a sentence said loudly
_BESIDE = 1.6  # times its height: what stands this near to the right goes on with a line
_LEVELS = 6


class Text(NamedTuple):
    """A line of running text, or several joined; `size` is the height of its letters."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    bold: bool
    size: float
    order: int


class Piece(NamedTuple):
    """A paragraph, item or heading before it is known how large the running text is."""

    lines: tuple[Text, ...]
    marker: str | None

    @property
    def text(self) -> str:
        """The lines as one text."""
        return joined([line.text for line in self.lines])

    @property
    def order(self) -> int:
        """Where it stands in the file."""
        return self.lines[0].order

    @property
    def top(self) -> float:
        """Where it starts on the page."""
        return self.lines[0].top

    def box(self, page: Page) -> Box:
        """Where it stands on its page."""
        return page.box(
            min([line.left for line in self.lines]),
            min([line.top for line in self.lines]),
            max([line.right for line in self.lines]),
            max([line.bottom for line in self.lines]),
        )


def lines(runs: Iterable[Run]) -> list[Text]:
    """The lines that runs make, in the order of the file."""
    found: list[Text] = []
    group: list[Run] = []
    for run in runs:
        if group and not _goes_on(group[-1], run):
            found.append(_line(group))
            group = []
        group.append(run)
    if group:
        found.append(_line(group))
    return found


def _goes_on(before: Run, run: Run) -> bool:
    if run.upright != before.upright:
        return False
    if run.line == before.line:
        # A raised mark that starts a line reaches into the one above: PDFium tells both as one.
        middle = (before.top + before.bottom) / 2
        return not (run.upright and run.left < before.right and run.top > middle)
    if not run.upright:
        return False
    tall = min(before.bottom - before.top, run.bottom - run.top)
    shared = min(before.bottom, run.bottom) - max(before.top, run.top)
    return shared > 0.5 * tall and -0.2 * tall < run.left - before.right < _BESIDE * tall


def _line(group: Sequence[Run]) -> Text:
    first = group[0]
    if len(group) == 1:
        return Text(
            first.left,
            first.top,
            first.right,
            first.bottom,
            first.text,
            first.bold,
            first.bottom - first.top,
            first.order,
        )
    return Text(
        min([run.left for run in group]),
        min([run.top for run in group]),
        max([run.right for run in group]),
        max([run.bottom for run in group]),
        " ".join([_mark(group), *[run.text for run in group[1:]]]),
        all(run.bold for run in group if len(run.text) > 1 or run.text.isalnum()),
        _size(group),
        first.order,
    )


def _mark(group: Sequence[Run]) -> str:
    """The first text of a line, raised where it is a small number that stands above the next."""
    mark, after = group[:2]
    tall = after.bottom - after.top
    if (
        is_mark(mark.text)
        and mark.bottom - mark.top < SMALL * tall
        and mark.bottom < after.bottom - 0.2 * tall
    ):
        return mark.text.translate(RAISED)
    return mark.text


def _size(group: Sequence[Run]) -> float:
    """The height of most of a line's letters: bullets come from fonts of their own."""
    widest = max(group, key=lambda run: run.right - run.left)
    return widest.bottom - widest.top


def is_side_by_side(found: Sequence[Text]) -> bool:
    """Whether running text stands in columns, and the order of the file tells how to read it."""
    ordered = sorted(found, key=lambda line: line.top)
    beside = 0
    for before, line in pairwise(ordered):
        if line.top >= before.bottom:
            continue
        tall = min(before.bottom - before.top, line.bottom - line.top)
        if min(before.bottom, line.bottom) - max(before.top, line.top) > 0.5 * tall and (
            line.left > before.right or line.right < before.left
        ):
            beside += 1
    return beside > 2


def pieces(found: Sequence[Text]) -> list[Piece]:
    """Paragraphs, items and headings of some lines that follow each other with no table between."""
    if not found:
        return []
    usual = _usual_gap(found)
    margin = max(line.right for line in found)
    result: list[Piece] = []
    group: list[Text] = []
    marker: str | None = None
    for line in found:
        starts = _STARTS.match(line.text) is not None
        mark = _marker(line.text) if starts else None
        if group and (starts or not _same(group, line, usual, margin, marker)):
            result.append(Piece(tuple(group), marker))
            group = []
        if not group:
            marker = mark
        group.append(line)
    result.append(Piece(tuple(group), marker))
    return result


def _usual_gap(found: Sequence[Text]) -> float:
    """The gap between the lines of a paragraph: the commonest small one."""
    gaps = Counter(
        round(line.top - before.bottom, 0)
        for before, line in pairwise(found)
        if -2 < line.top - before.bottom < 0.8 * line.size
    )
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _marker(text: str) -> str | None:
    """The number or letter of a list's item, nothing for a bullet, None for other lines."""
    if _BULLET.match(text):
        return ""
    numbered = _NUMBERED.match(text)
    return numbered.group(1) if numbered else None


def _same(
    group: Sequence[Text], line: Text, usual: float, margin: float, marker: str | None
) -> bool:
    """Whether a line goes on with the paragraph, item or heading before it."""
    before = group[-1]
    if abs(line.size - before.size) > 0.08 * before.size or line.bold != before.bold:
        return False
    gap = line.top - before.bottom
    if not -0.5 * line.size < gap < usual + 0.35 * line.size:
        return False
    if line.left > before.right or line.right < before.left:
        return False
    if marker is not None:
        return len(group) < 2 or line.left > group[0].left - 1
    if line.left > group[0].left + 1.5 * line.size and len(group) > 1:
        return False
    ended = before.text.endswith((".", ":", ";", "?", "!"))
    return not (ended and before.right < margin - 0.25 * (margin - group[0].left))


def is_broken(before: str, after: str) -> bool:
    """Whether two paragraphs are one that a page's end broke: no stop, then a small letter.

    >>> is_broken("The cost rises with", "every household."), is_broken("It rises.", "see below")
    (True, False)
    """
    return not before.endswith((".", ":", ";", "?", "!")) and after[:1].islower()


def footnote(piece: Piece, page: Page, line: int, usual: float) -> Aside | None:
    """A small piece in the lower half of a page with a raised number in front, as a footnote."""
    note = _NOTE.match(piece.text)
    first = piece.lines[0]
    if note is None or first.size > _SMALLER * usual or first.top < page.height / 2:
        return None
    text = piece.text[note.end() :]
    marker = unicodedata.normalize("NFKC", note.group(1))
    return Aside(AsideKind.FOOTNOTE, text, line, marker, page.number, piece.box(page))


def usual_size(found: Iterable[Text]) -> float:
    """The height of most letters of a document."""
    weighed: Counter[int] = Counter()
    for line in found:
        weighed[int(line.size * 10 + 0.5)] += len(line.text)
    return weighed.most_common(1)[0][0] / 10 if weighed else 0.0


def heading_sizes(found: Iterable[Piece], usual: float) -> list[float]:
    """The sizes of headings, the largest first, those within half a point of each other as one."""
    sizes: list[float] = []
    for size in sorted({line.size for piece in found for line in piece.lines}, reverse=True):
        if size >= _LARGER * usual and (not sizes or sizes[-1] - size > 0.5):
            sizes.append(size)
    return sizes


def block(
    piece: Piece, page: Page, line: int, usual: float, sizes: Sequence[float]
) -> Heading | Paragraph | ListItem:
    """A piece as a block of the document."""
    text = piece.text
    box = piece.box(page)
    first = piece.lines[0]
    lettered = any(letter.isalpha() for letter in text)
    if first.size >= _LARGER * usual and len(text) <= _LONGEST_HEADING and lettered:
        level = next((at for at, size in enumerate(sizes, 1) if first.size > size - 0.51), _LEVELS)
        return Heading(text, min(level, _LEVELS), line, page.number, box)
    if (
        first.bold
        and lettered
        and len(text) <= _LONGEST_BOLD
        and len(piece.lines) < 3
        and not text.endswith((".", ";", ","))
    ):
        return Heading(text, BOLD_LINE, line, page.number, box)
    if piece.marker is not None:
        # The marker and the space after it are the list's, not the item's.
        rest = text[len(piece.marker) :] if piece.marker else text[1:]
        return ListItem(rest.strip(), line, 1, piece.marker, page.number, box)
    return Paragraph(text, line, page.number, box)
