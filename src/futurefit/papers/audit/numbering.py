"""Does a numbering skip or repeat: lists, paragraphs, references in tables, pages? (rule AUD-43)

A numbering is only judged where it is one: it starts at its beginning, and it goes on behind the
gap. Lists that restart, or that print the same number throughout, are left alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers import labels
from futurefit.papers.audit.passages import finding
from futurefit.papers.audit.wording import where
from futurefit.papers.document import Document, Table, TableCell
from futurefit.papers.text import Kind, Passage, Text, read_text, shortened

CODE = "AUD-43"

_ROMAN = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]
_MOST_ROWS = 200  # of a table; in longer ones a repeated reference is no slip of the pen
_HEAD_ROWS = 3  # rows from the top in which a column may be headed as references
_SHORT_NUMBER = re.compile(r"(?P<number>[0-9]{1,2})\.?")
_OPENS = re.compile(r"(?P<number>[0-9]{1,2})[.)]\s+[A-Z]")
_DOTTED = re.compile(r"(?P<major>[0-9]{1,2})\.(?P<minor>[0-9]{1,2})\.?\s+[A-Z(“\"'£0-9]")
_CAPTION = re.compile(
    r"(?P<what>table|figure|chart|appendix|annex)\s+(?P<number>[0-9]{1,2}|[a-z])\b"
)
_REFERENCE = re.compile(r"[A-Za-z]{0,4}[-/ ]?(?P<number>[0-9]{1,3})(?P<letter>[a-z]?)")
_PAGES = re.compile(r"(?P<first>[0-9]{1,4})(?:\s*[-–]\s*(?P<last>[0-9]{1,4}))?")
_PAGE_HEAD = re.compile(r"page(?:s|\(s\))?(?: nos?\.?| numbers?)?")
_FURTHEST = 40  # passages that may stand between two numbers of one numbering


def check_numbering(document: Document) -> list[Finding]:
    """Numbers that are skipped or used twice."""
    text = read_text(document)
    return [
        *_lists(text),
        *_entries(text),
        *_paragraphs(text),
        *_references(document),
        *_pages(document),
    ]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A number of a numbering, as printed, and where."""

    number: int
    printed: str
    passage: Passage


# --- lists ----------------------------------------------------------------------------------------


def _lists(text: Text) -> Iterator[Finding]:
    """The items of one list, level by level."""
    runs: dict[int, list[_Numbered]] = {}
    block: tuple[int | None, int | None] | None = None
    for passage in text.passages:
        at = (passage.place.table, passage.place.row)
        if not passage.is_item or at != block:
            yield from _judged(runs.values(), "list")
            runs = {}
            block = at
        if not passage.is_item or passage.marker == "•":
            continue
        for level in [level for level in runs if level > passage.level]:
            yield from _judged([runs.pop(level)], "list")
        run = runs.setdefault(passage.level, [])
        number = _number(passage.marker, run)
        if number is not None:
            run.append(_Numbered(number, passage.marker, passage))
    yield from _judged(runs.values(), "list")


def _number(marker: str, run: list[_Numbered]) -> int | None:
    """What a marker counts: "3", "c" or "iii"; a roman one where the list began with "i"."""
    if marker.isdigit():
        return int(marker)
    small = marker.lower()
    roman = run[0].printed.lower() == "i" if run else small == "i"
    if roman or len(small) > 1:
        return _ROMAN.index(small) + 1 if small in _ROMAN else None
    return ord(small) - ord("a") + 1 if "a" <= small <= "z" else None


def _judged(runs: Iterable[list[_Numbered]], what: str) -> Iterator[Finding]:
    """What is skipped or repeated in numberings that start at their beginning."""
    for run in runs:
        if len(run) < 3 or run[0].number != 1 or len({one.number for one in run}) == 1:
            continue
        for before, here, after in zip(run, run[1:], [*run[2:], None], strict=False):
            step = here.number - before.number
            goes_on = after is None or after.number == here.number + 1
            if step == 0 and goes_on:
                yield _told(here, f"this {what} has two items numbered {here.printed}", before)
            elif 2 <= step <= 4 and goes_on:
                yield _told(
                    here,
                    f"the numbering of this {what} goes from {before.printed} to {here.printed}",
                    before,
                )


def _told(here: _Numbered, message: str, before: _Numbered) -> Finding:
    words = shortened(before.passage.text, 40)
    after = f" (after “{words}”)" if any(map(str.isalpha, words)) else ""
    return finding(
        CODE,
        here.passage,
        f"{message}{after}.",
        printed=here.printed,
        advice="See whether an item was lost or put in, and number again.",
        confidence=0.6,
    )


# --- sections of a form ---------------------------------------------------------------------------


def _entries(text: Text) -> Iterator[Finding]:
    """Numbered parts of a form: a number alone in the first cell of a row, or opening a heading."""
    run: list[_Numbered] = []
    for passage in text.passages:
        number = _entry(text, passage)
        if number is None:
            continue
        far = run and passage.index - run[-1].passage.index > _FURTHEST
        if number == 1 or far or (run and number < run[-1].number):
            yield from _skipped(run)
            run = []
        if number == 1 or run:
            run.append(_Numbered(number, str(number), passage))
    yield from _skipped(run)


def _entry(text: Text, passage: Passage) -> int | None:
    if passage.kind is Kind.CELL and passage.place.column == 1:
        match = _SHORT_NUMBER.fullmatch(passage.text)
        beside = text.follows(passage)
        words = (
            beside is not None and beside.place.row == passage.place.row and len(beside.text) > 20
        )
        return int(match["number"]) if match and words else None
    if passage.kind in (Kind.HEADING, Kind.PARAGRAPH):
        match = _OPENS.match(passage.text)
        return int(match["number"]) if match else None
    return None


def _skipped(run: list[_Numbered]) -> Iterator[Finding]:
    """A gap in numbered parts; they may be far apart, so three in order have to come before it."""
    for place in range(3, len(run)):
        before, here = run[place - 1], run[place]
        in_order = [one.number for one in run[:place]] == list(range(1, place + 1))
        if in_order and here.number > before.number + 1:
            missing = [str(number) for number in range(before.number + 1, here.number)]
            are = "is" if len(missing) == 1 else "are"
            message = (
                f"the parts are numbered up to {before.printed}, then {here.printed}; "
                f"{' and '.join(missing)} {are} not there"
            )
            yield _told(here, message, before)


# --- numbered paragraphs --------------------------------------------------------------------------


def _paragraphs(text: Text) -> Iterator[Finding]:
    """Paragraphs numbered 3.1, 3.2, 3.4."""
    run: list[_Numbered] = []
    major = None
    for passage in text.passages:
        match = _DOTTED.match(passage.text) if passage.kind is not Kind.CELL else None
        if match is None:
            continue
        number = int(match["minor"])
        if match["major"] != major or number == 1:
            yield from _judged([run], "section")
            run, major = [], match["major"]
        run.append(_Numbered(number, f"{match['major']}.{match['minor']}", passage))
    yield from _judged([run], "section")


# --- references in tables -------------------------------------------------------------------------


def _references(document: Document) -> Iterator[Finding]:
    """A column of references in which one names two lines, or one is skipped."""
    told: set[tuple[str, ...]] = set()
    for table in document.tables:
        column = _reference_column(table)
        if column is None:
            continue
        first, rows = column
        found = [
            (line, after)
            for line, after in pairwise(rows)
            if line[0] == after[0] and line[1] != after[1] and _REFERENCE.fullmatch(line[0])
        ]
        once = {reference for reference, _, _ in rows}
        if len(found) > len(rows) // 4 or len(once) + 1 < len(rows):
            continue  # a reference may cover several lines in this table
        for (reference, name, _), (_, other, cell) in found[:1]:
            key = (reference, name, other)
            again = " It is printed so in another table too." if key in told else ""
            told.add(key)
            yield Finding(
                code=CODE,
                severity=Severity.WARNING,
                message=(
                    f"{where(table)}: two lines have the reference {reference}: "
                    f"“{shortened(name, 50)}” and “{shortened(other, 50)}”.{again}"
                ),
                place=table.place(cell),
                printed=cell.text,
                advice="Give each line a reference of its own, here and wherever it is quoted.",
                confidence=0.8,
            )
        yield from _missing(table, first, [(row[0], row[2]) for row in rows])


def _missing(table: Table, column: int, rows: list[tuple[str, TableCell]]) -> Iterator[Finding]:
    """References that count up from 1 and leave one number out."""
    numbers = [
        (int(match["number"]), cell) for said, cell in rows if (match := _REFERENCE.fullmatch(said))
    ]
    if len(numbers) < 5 or len(numbers) < len(rows) or numbers[0][0] != 1:
        return
    steps = [after[0] - before[0] for before, after in itertools.pairwise(numbers)]
    gaps = [place for place, step in enumerate(steps) if step == 2]
    if len(gaps) == 1 and all(step in (0, 1, 2) for step in steps):
        number, cell = numbers[gaps[0] + 1]
        yield Finding(
            code=CODE,
            severity=Severity.NOTE,
            message=f"{where(table)}: the references go from {number - 2} to {number}.",
            place=table.place(cell),
            printed=cell.text,
            expected=str(number - 1),
            advice="See whether a line was lost.",
            confidence=0.5,
        )


def _reference_column(table: Table) -> tuple[int, list[tuple[str, str, TableCell]]] | None:
    """The column headed as references, with each row's reference, words and cell."""
    rows: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        if cell.row > _MOST_ROWS:
            return None
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    head = next(
        (
            cell
            for row in sorted(rows)[:_HEAD_ROWS]
            for cell in rows[row][:2]
            if cell.column <= 2 and len(cell.text) <= 20 and cell.text[:1] != "1"
            and (labels.identifies(cell.text) and "year" not in cell.text.lower())
        ),
        None,
    )  # fmt: skip
    if head is None:
        return None
    found = []
    for row in sorted(rows):
        if row <= head.row:
            continue
        reference = next((cell for cell in rows[row] if cell.column == head.column), None)
        words = next((cell.text for cell in rows[row] if cell.column > head.column), "")
        if reference is not None and len(reference.text) <= 8 and words:
            found.append((reference.text, words, reference))
    return (head.column, found) if len(found) >= 4 else None


# --- pages ----------------------------------------------------------------------------------------


def _pages(document: Document) -> Iterator[Finding]:
    """Pages in a list of contents that run backwards or into each other."""
    for table in document.tables:
        heads = [
            cell
            for cell in table.cells
            if cell.row == 1 and _PAGE_HEAD.fullmatch(cell.text.lower())
        ]
        if len(heads) != 1:
            continue
        last = 0
        for cell in table.cells:
            match = _PAGES.fullmatch(cell.text) if cell.column == heads[0].column else None
            if match is None or cell.row == 1:
                continue
            first = int(match["first"])
            until = int(match["last"] or first)
            if until < first or first < last:
                before = f"after page {last}" if first < last else "backwards"
                yield Finding(
                    code=CODE,
                    severity=Severity.NOTE,
                    message=f"{where(table)}: pages {cell.text} run {before}.",
                    place=table.place(cell),
                    printed=cell.text,
                    advice="Correct the page numbers of the list of contents.",
                    confidence=0.6,
                )
            last = max(until, first)
