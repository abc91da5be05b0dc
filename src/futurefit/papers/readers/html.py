"""What do the HTML tags in a cell or a line of text mean? (rule AUD-01)

Converters write bold, lists and whole tables as HTML inside Markdown. This reads them in one pass
over the characters, without recursion and without looking back, so that no text, however broken,
takes longer than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from futurefit.papers.document import Unreadable

DEEPEST = 20
"""Tables nested deeper than this are refused."""

MOST_CELLS = 1_000_000
"""Grid places, spans included, that one document may hold."""

_LONGEST_TAG = 2_000  # characters; a "<" without its ">" within them is only a character
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
_SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*([0-9]{1,6})", re.IGNORECASE)
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_BOLD = frozenset({"b", "strong", "th"})
_BREAKS = frozenset({"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class RawCell:
    """A cell as the tags give it, before anybody knows its line or its table's number."""

    row: int
    column: int
    row_span: int
    col_span: int
    heading: bool
    lines: int  # line breaks before it, counted from the start of the fragment
    text: str = ""
    bold: bool = False
    tables: list[RawTable] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """A table as the tags give it. `lines` counts the line breaks that stand before it."""

    lines: int
    cells: list[RawCell] = field(default_factory=list)


@dataclass(slots=True)
class Fragment:
    """Text without its tags, whether all of it is bold, and the tables that stood in it."""

    text: str
    bold: bool
    tables: list[RawTable]


@dataclass(slots=True)
class _Words:
    """Text being gathered: pieces, and whether any or all of them are bold."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = False
    plain: bool = False
    tables: list[RawTable] = field(default_factory=list)

    def add(self, text: str, bold: bool) -> None:
        self.pieces.append(text)
        if not text.isspace():
            self.bold |= bold
            self.plain |= not bold

    def text(self) -> str:
        return tidy("".join(self.pieces))


@dataclass(slots=True)
class _OpenTable:
    """A table whose end has not been seen."""

    raw: RawTable
    row: int = 0
    column: int = 0
    cell: RawCell | None = None
    words: _Words = field(default_factory=_Words)
    bold_outside: int = 0
    heading: bool = False  # whether its rows are marked as headings here
    taken: dict[int, int] = field(default_factory=dict)  # column -> last row that a span covers


def tags(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces: ("", words) or (tag name, what the tag says), in order.

    >>> list(tags("a<b>c</b> < d"))
    [('', 'a'), ('b', 'b'), ('', 'c'), ('b', '/b'), ('', ' < d')]
    """
    start = position = 0
    while (position := text.find("<", position)) >= 0:
        name = _NAME.match(text, position + 1)
        if name is None:
            if text.startswith("<!--", position):
                end = text.find("-->", position + 4, position + _LONGEST_TAG)
                if end >= 0:
                    if start < position:
                        yield "", text[start:position]
                    start = position = end + 3
                    continue
            position += 1
            continue
        end = text.find(">", name.end(), position + _LONGEST_TAG)
        if end < 0:
            position += 1
            continue
        if start < position:
            yield "", text[start:position]
        yield name[1].lower(), text[position + 1 : end]
        start = position = end + 1
    if start < len(text):
        yield "", text[start:]


def read_fragment(text: str, flowing: bool = False) -> Fragment:
    """Read a cell or paragraph; its tables come out of the text and stand apart.

    In `flowing` text the file's own line ends are only spaces, as browsers take them.
    """
    if "<" not in text:
        return Fragment(tidy(unescape(text.replace("\n", " ") if flowing else text)), False, [])
    outer = _Words()
    open_tables: list[_OpenTable] = []
    bold = raised = lines = places = 0
    for name, tag in tags(text):
        table = open_tables[-1] if open_tables else None
        # Words between a table's cells belong to whatever the table stands in.
        words = next((t.words for t in reversed(open_tables) if t.cell), outer)
        lines += tag.count("\n")
        if not name:
            said = unescape(tag.replace("\n", " ") if flowing else tag)
            words.add(said.translate(RAISED) if raised else said, bold > 0)
            continue
        closing = tag.startswith("/")
        if name == "table":
            if not closing:
                if len(open_tables) >= DEEPEST:
                    raise Unreadable(f"Tables are nested more than {DEEPEST} deep.")
                raw = RawTable(lines=lines)
                words.tables.append(raw)
                open_tables.append(_OpenTable(raw, bold_outside=bold))
                bold = 0
            elif table is not None:
                _close_cell(table)
                open_tables.pop()
                bold = table.bold_outside
        elif name in ("tr", "td", "th") and table is not None:
            _close_cell(table)
            bold = 0
            if name == "tr" and not closing:
                table.row += 1
                table.column = 0
            elif name != "tr" and not closing:
                places += _open_cell(table, name, tag, lines)
                if places > MOST_CELLS:
                    raise Unreadable(f"Its tables hold more than {MOST_CELLS:,} cells.")
                bold = int(name == "th")
        elif name in _GROUPS and table is not None:
            table.heading = name == "thead" and not closing
        elif name in _BOLD:
            bold = max(0, bold + (-1 if closing else 1))
        elif name == "sup":
            raised = int(not closing)
        elif name in _BREAKS:
            words.pieces.append("\n")
    for table in reversed(open_tables):
        _close_cell(table)
    return Fragment(outer.text(), outer.bold and not outer.plain, outer.tables)


def tidy(text: str) -> str:
    """Single spaces, no blank lines, no space at either end."""
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _open_cell(table: _OpenTable, name: str, tag: str, lines: int) -> int:
    """Start a cell at the next free column; give back the places that it fills."""
    spans = {said.lower(): max(1, int(count)) for said, count in _SPAN.findall(tag)}
    down, across = spans.get("rowspan", 1), spans.get("colspan", 1)
    table.row = max(table.row, 1)  # a cell before any row starts the first
    before = table.column
    column = before + 1
    while table.taken.get(column, 0) >= table.row:
        column += 1
    table.column = column + across - 1
    if down > 1:
        for taken in range(column, column + across):
            table.taken[taken] = table.row + down - 1
    heading = name == "th" or table.heading
    table.cell = RawCell(table.row, column, down, across, heading, lines)
    table.words = _Words()
    return table.column - before


def _close_cell(table: _OpenTable) -> None:
    """End the cell that is open, if one is."""
    if table.cell is None:
        return
    table.cell.text = table.words.text()
    table.cell.bold = table.words.bold and not table.words.plain
    table.cell.tables = table.words.tables
    table.raw.cells.append(table.cell)
    table.cell = None
