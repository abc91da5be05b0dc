"""What stands on a web page, as a browser shows it? (rule AUD-26)

One pass over the tags, in the order of the file, forgiving as browsers are. Scripts and styles are
taken out first and are never text; nothing that the page points to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from futurefit.papers.document import (
    BOLD_LINE,
    Block,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Table,
    TableCell,
    Unreadable,
)
from futurefit.papers.readers.decoding import decode
from futurefit.papers.readers.docx.numbering import in_letters
from futurefit.papers.readers.html import MOST_CELLS, RawTable, read_fragment, tags

_MOST_BLOCKS = 300_000
_LONGEST_HEADING = 120  # characters; a longer bold line is a sentence said loudly, not a heading
_DECLARED_WITHIN = 4_096  # bytes in which a page says how it is encoded

_CHARSET = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_ENCODINGS = {
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in (2, 5, 7, 9, 13, 15)},
    **{f"windows-125{part}": f"cp125{part}" for part in range(9) if part != 2},
    **dict.fromkeys(("macintosh", "x-mac-roman"), "mac-roman"),
}
"""Encodings that a page may declare beside UTF-8, UTF-16 and Windows-1252."""

_SILENT = re.compile(r"<(script|style|template|title|noscript|svg|iframe|object)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[!?][^<>]{0,2000}>")
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_INPUT = re.compile(r"<input\b([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = r"\b{}\s*=\s*[\"']?\s*([^\"'\s>]*)"
_TYPE = re.compile(_ATTRIBUTE.format("type"), re.IGNORECASE)
_START = re.compile(r"\b(?:start|value)\s*=\s*[\"']?\s*([0-9]{1,6})", re.IGNORECASE)
_CHECKED = re.compile(r"\bchecked\b", re.IGNORECASE)
_VALUE = re.compile(r"\bvalue\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend",
    "main", "nav", "p", "pre", "section", "summary", "td", "th", "tr",
))
# fmt: on


def read(name: str, sha256: str, data: bytes) -> Document:
    """Read an HTML file into a Document."""
    text, findings = decode(name, _in_utf8(data))
    try:
        blocks = _Page().blocks(_without_code(text))
    except Unreadable as error:
        raise Unreadable(f"{name} cannot be read. {error}") from None
    return Document(name, sha256, tuple(blocks), findings)


def _in_utf8(data: bytes) -> bytes:
    """The bytes in UTF-8, where the page says that it is in an encoding we would not guess."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    encoding = _ENCODINGS.get(declared[1].decode("ascii").lower()) if declared else None
    if encoding is None:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace").encode()
    return data  # what reads as UTF-8 is UTF-8, whatever an old template declares


def _without_code(text: str) -> str:
    """The page without scripts, styles, comments and pictures; its lines keep their numbers."""
    text = _drop(text, re.compile("<!--"), lambda _: re.compile("-->"))
    text = _drop(text, _SILENT, lambda start: re.compile(rf"</{start[1]}\s*>", re.IGNORECASE))
    text = _PICTURE.sub(_lines, _MARKUP.sub(_lines, text))
    return _INPUT.sub(_shown, text)


def _lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _shown(match: re.Match[str]) -> str:
    """What a form field shows: a tick box, or what is filled in."""
    said = match[1]
    kind = _TYPE.search(said)
    if kind and kind[1].lower() in ("checkbox", "radio"):
        return "☒" if _CHECKED.search(said) else "☐"
    filled = _VALUE.search(said)
    if filled is None or (kind and kind[1].lower() in ("hidden", "password", "submit", "button")):
        return _lines(match)
    return f" {filled[1] or filled[2] or filled[3] or ''} "


def _drop(
    text: str, opening: re.Pattern[str], closing_of: Callable[[re.Match[str]], re.Pattern[str]]
) -> str:
    """The text without what stands between an opening and its closing, or the end of the file."""
    pieces = []
    here = 0
    while start := opening.search(text, here):
        pieces.append(text[here : start.start()])
        end = closing_of(start).search(text, start.end())
        here = end.end() if end else len(text)
        pieces.append("\n" * text.count("\n", start.start(), here))
    pieces.append(text[here:])
    return "".join(pieces)


@dataclass(slots=True)
class _List:
    """An open list: how it counts, and how far it has."""

    kind: str
    counted: int = 0


@dataclass(slots=True)
class _Page:
    """The state of one pass over the tags."""

    found: list[Block] = field(default_factory=list)
    heading: str = ""
    tables: int = 0
    cells: int = 0
    line: int = 1
    pieces: list[str] = field(default_factory=list)
    first: int = 1  # the line on which the words being gathered start
    level: int = 0  # of the heading being gathered
    lists: list[_List] = field(default_factory=list)
    item: tuple[int, str] | None = None  # level and marker of the list item being gathered

    def blocks(self, text: str) -> list[Block]:
        """Every block, in order."""
        open_tables = 0
        table: list[str] = []
        caption: list[str] | None = None
        captions: list[str] = []
        table_line = 1
        for name, said in tags(text):
            closing = said.startswith("/")
            raw = f"<{said}>" if name else said
            if open_tables:
                if name == "table":
                    open_tables += -1 if closing else 1
                if name == "caption" and open_tables == 1:
                    if closing and caption is not None:
                        captions.append(read_fragment("".join(caption), True).text)
                    caption = None if closing else []
                    raw = "\n" * raw.count("\n")
                if caption is not None and open_tables == 1:
                    caption.append(raw)
                    raw = "\n" * raw.count("\n")
                table.append(raw)
                if not open_tables:
                    self._tables(table, " – ".join(filter(None, captions)), table_line)
                    table, caption, captions = [], None, []
            elif name == "table" and not closing:
                self._flush()
                open_tables, table_line = 1, self.line
                table = [raw]
            else:
                self._take(name, raw, closing)
            self.line += said.count("\n")
        if table:
            self._tables(table, " – ".join(filter(None, captions)), table_line)
        self._flush()
        return self.found

    def _take(self, name: str, raw: str, closing: bool) -> None:
        """One tag or run of words outside tables."""
        if not name:
            if not self.pieces:
                stripped = raw.lstrip()
                if not stripped:
                    return
                self.first = self.line + raw[: len(raw) - len(stripped)].count("\n")
            self.pieces.append(raw)
        elif name in _HEADINGS:
            self._flush()
            self.level = 0 if closing else _HEADINGS[name]
        elif name in ("ul", "ol"):
            self._flush()
            if not closing:
                self._open_list(name, raw)
            elif self.lists:
                self.lists.pop()
            self.item = None
        elif name == "li":
            self._flush()
            self.item = None if closing else self._count_item(raw)
        elif name in _BLOCKS:
            self._flush()
        elif self.pieces or name not in ("br", "a"):
            if not self.pieces:
                self.first = self.line
            self.pieces.append(raw)

    def _open_list(self, name: str, raw: str) -> None:
        kind = _TYPE.search(raw)
        start = _START.search(raw)
        said = _KINDS.get(kind[1], "decimal") if kind else "decimal"
        self.lists.append(_List(said if name == "ol" else "", int(start[1]) - 1 if start else 0))

    def _count_item(self, raw: str) -> tuple[int, str]:
        """The level of a list item, and what stands before it."""
        if not self.lists:
            return 1, ""
        inner = self.lists[-1]
        value = _START.search(raw)
        inner.counted = int(value[1]) if value else inner.counted + 1
        return len(self.lists), in_letters(inner.counted, inner.kind) if inner.kind else ""

    def _flush(self) -> None:
        """Give the words gathered so far as a block."""
        if not self.pieces:
            return
        fragment = read_fragment("".join(self.pieces), True)
        self.pieces = []
        text = fragment.text
        if not text:
            return
        if self.level:
            self._head(" ".join(text.split()), self.level)
        elif self.item is not None:
            self._add(ListItem(text, self.first, *self.item))
            self.item = None
        elif (
            fragment.bold
            and "\n" not in text
            and len(text) <= _LONGEST_HEADING
            and not text.endswith(".")
        ):
            self._head(text, BOLD_LINE)
        else:
            self._add(Paragraph(text, self.first))

    def _head(self, text: str, level: int) -> None:
        self.heading = text
        self._add(Heading(text, level, self.first))

    def _add(self, block: Block) -> None:
        self.found.append(block)
        if len(self.found) > _MOST_BLOCKS:
            raise Unreadable(f"It holds more than {_MOST_BLOCKS:,} paragraphs. Split it.")

    def _tables(self, pieces: list[str], caption: str, line: int) -> None:
        """A table with those in its cells; words between its cells come before it."""
        fragment = read_fragment("".join(pieces), True)
        if caption:
            self._add(Heading(caption, BOLD_LINE, line))
        if fragment.text:
            self._add(Paragraph(fragment.text, line))
        for raw in fragment.tables:
            self._add_raw(raw, caption or self.heading, line, None)

    def _add_raw(self, raw: RawTable, heading: str, line: int, within: int | None) -> None:
        index = self.tables + 1
        self.cells += sum(cell.row_span * cell.col_span for cell in raw.cells)
        if self.cells > MOST_CELLS:
            raise Unreadable(f"Its tables hold more than {MOST_CELLS:,} cells. Split it.")
        if raw.cells:
            self.tables = index
            last = max(cell.row for cell in raw.cells)
            cells = tuple(
                TableCell(
                    cell.row,
                    cell.column,
                    cell.text,
                    line + cell.lines,
                    min(cell.row_span, last - cell.row + 1),
                    cell.col_span,
                    cell.bold,
                    cell.heading,
                )
                for cell in raw.cells
            )
            self._add(Table(index, line + raw.lines, cells, heading, within=within))
        for cell in raw.cells:
            for inner in cell.tables:
                self._add_raw(inner, heading, line, index)
