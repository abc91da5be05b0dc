"""What stands in a Markdown file, as people and document converters write it? (rule AUD-03)

Besides plain Markdown: tables of lines with tabs, ragged, their cells holding HTML; HTML tables in
the text or nested in a cell; printed page numbers left in the running text ("Page 287").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

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
from futurefit.papers.readers.html import MOST_CELLS, Fragment, RawTable, read_fragment

_LONGEST_RULE = 200  # characters of a line of dashes
_LONGEST_MARKED = 200_000  # characters; nobody marks up a longer paragraph: it is kept as it stands
_MOST_BLOCKS = 300_000  # headings, paragraphs and items that one document may hold
_LONGEST_HEADING = 120  # characters; a longer bold line is a sentence said loudly, not a heading

_MARKED_HEADING = re.compile(r" {0,3}(#{1,6}) +(.*)")
_ITEM = re.compile(r"( *)(?:[-*+]|([0-9]{1,4}|[A-Za-z]|[ivx]{1,5})[.)]) +(\S.*)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
_PAGE = re.compile(r"\s*Page ([0-9]{1,5})\s*", re.IGNORECASE)
_BLANK_PAGE = "this page is intentionally left blank"
_DELIMITER = re.compile(r":?-+:?")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}\)")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]{1,2000})(?<=\S)\*(?![\w*])")
_STRONG = re.compile(r"(\*{2,3})(?=\S)([^*]{1,2000})(?<=\S)\1")
_UNDERLINE = re.compile(r"(?<!\w)_(?=\S)([^_]{1,2000})(?<=\S)_(?!\w)")
_STRONG_UNDERLINE = re.compile(r"(?<!\w)__(?=\S)([^_]{1,2000})(?<=\S)__(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>&])")
_KEPT = re.compile(r"\x00([0-9]+);")
_STROKE = re.compile(r"(?<!\\)\|")


def read(name: str, sha256: str, data: bytes) -> Document:
    """Read a Markdown file into a Document."""
    text, findings = decode(name, data)
    try:
        blocks = _Reading(text.split("\n")).blocks()
    except Unreadable as error:
        raise Unreadable(f"{name} cannot be read. {error}") from None
    return Document(name, sha256, tuple(_with_pages(blocks)), findings)


@dataclass(frozen=True, slots=True)
class _PageMark:
    """A printed page number found in the running text."""

    number: int


@dataclass(slots=True)
class _Reading:
    """The state of one pass over the lines."""

    lines: list[str]
    found: list[Block | _PageMark] = field(default_factory=list)
    heading: str = ""
    tables: int = 0
    cells: int = 0

    def blocks(self) -> list[Block | _PageMark]:
        """Every block and page mark, in order."""
        here = 0
        while here < len(self.lines):
            here = self._take(here)
            if len(self.found) > _MOST_BLOCKS:
                raise Unreadable(f"It holds more than {_MOST_BLOCKS:,} paragraphs. Split it.")
        return self.found

    def _take(self, here: int) -> int:
        """Read the block that starts at line `here`; give back where the next one starts."""
        line = self.lines[here]
        if not line.strip() or _is_rule(line):
            return here + 1
        if match := _MARKED_HEADING.match(line):
            self._head(match[2].rstrip("# \t"), len(match[1]), here)
            return here + 1
        if "\t" in line and not _ITEM.match(line):
            return self._take_rows(here, _is_tabbed, _tab_cells)
        if line.lstrip().startswith("|"):
            return self._take_rows(here, _is_piped, _pipe_cells)
        if line.lstrip()[:6].lower() == "<table":
            return self._take_html(here)
        if page := _PAGE.fullmatch(line):
            self.found.append(_PageMark(int(page[1])))
            return here + 1
        if match := _ITEM.match(line):
            return self._take_item(here, match)
        return self._take_paragraph(here)

    def _head(self, marked: str, level: int, here: int) -> None:
        """Record a heading, if it has words; tables that follow stand under it."""
        words, _ = _words(marked)
        if words:
            self.heading = words
            self.found.append(Heading(words, level, here + 1))

    def _take_paragraph(self, here: int) -> int:
        """Lines up to a blank one or the start of something else."""
        first = here
        pieces: list[str] = []
        while here < len(self.lines):
            line = self.lines[here]
            if here > first and self._starts_block(line):
                break
            # Two spaces or a backslash at the end of a line is a line break made on purpose.
            ends = "\n" if line.endswith(("  ", "\\")) else " "
            pieces += [line.strip().removesuffix("\\"), ends]
            here += 1
        marked = "".join(pieces[:-1])
        fragment = _read_marked(marked)
        words = _restore(fragment.text)
        bold = fragment.bold and "\n" not in words and len(words) <= _LONGEST_HEADING
        if bold and not words.endswith("."):
            self._head(marked, BOLD_LINE, first)
        elif words:
            self.found.append(Paragraph(words, first + 1))
        for raw in fragment.tables:
            self._add_raw(raw, first, None)
        return here

    def _starts_block(self, line: str) -> bool:
        """Whether a line ends the paragraph before it."""
        stripped = line.lstrip()
        return (
            not stripped
            or "\t" in line
            or stripped[0] == "|"
            or stripped[:6].lower() == "<table"
            or bool(_MARKED_HEADING.match(line) or _ITEM.match(line))
            or _is_rule(line)
            or bool(_PAGE.fullmatch(line))
        )

    def _take_item(self, here: int, match: re.Match[str]) -> int:
        """A list item, with the indented lines that go on from it."""
        first, indent = here, len(match[1])
        pieces = [match[3]]
        here += 1
        while here < len(self.lines):
            line = self.lines[here]
            if self._starts_block(line) or len(line) - len(line.lstrip()) <= indent:
                break
            pieces.append(line.strip())
            here += 1
        words, _ = _words(" ".join(pieces))
        self.found.append(ListItem(words, first + 1, indent // 2 + 1, match[2] or ""))
        return here

    def _take_rows(
        self,
        here: int,
        belongs: Callable[[str], bool],
        split: Callable[[str], list[str]],
    ) -> int:
        """A table of one row a line: of cells between tabs, or of cells between strokes."""
        first, index = here, self._new_table()
        cells: list[TableCell] = []
        nested: list[tuple[int, RawTable]] = []
        row, ruled = 0, False
        while here < len(self.lines) and belongs(self.lines[here]):
            texts = split(self.lines[here])
            here += 1
            if row and not ruled and belongs is _is_piped and all(map(_DELIMITER.fullmatch, texts)):
                # The line of dashes says that what stands above it is the heading.
                cells = [cell._replace(heading=True) for cell in cells]
                ruled = True
                continue
            row += 1
            self._count(len(texts))
            for column, marked in enumerate(texts, 1):
                fragment = _read_marked(marked)
                words = _restore(fragment.text)
                cells.append(TableCell(row, column, words, here, bold=fragment.bold))
                nested += [(here, raw) for raw in fragment.tables]
        self.found.append(Table(index, first + 1, tuple(cells), self.heading))
        for line, raw in nested:
            self._add_raw(raw, line - 1, index)
        return here

    def _take_html(self, here: int) -> int:
        """A table in HTML, to its closing tag or the end of the file."""
        first, depth = here, 0
        while here < len(self.lines):
            line = self.lines[here].lower()
            depth += line.count("<table") - line.count("</table")
            here += 1
            if depth <= 0:
                break
        fragment = read_fragment("\n".join(self.lines[first:here]))
        if fragment.text:
            self.found.append(Paragraph(fragment.text, first + 1))
        for raw in fragment.tables:
            self._add_raw(raw, first, None)
        return here

    def _add_raw(self, raw: RawTable, first: int, within: int | None) -> None:
        """Record a table that was written in HTML, and after it those that stand in its cells."""
        index = self._new_table()
        self._count(len(raw.cells))
        cells = tuple(
            TableCell(
                cell.row,
                cell.column,
                _restore(cell.text),
                first + cell.lines + 1,
                cell.row_span,
                cell.col_span,
                cell.bold,
                cell.heading,
            )
            for cell in raw.cells
        )
        self.found.append(Table(index, first + raw.lines + 1, cells, self.heading, within=within))
        for cell in raw.cells:
            for inner in cell.tables:
                self._add_raw(inner, first, index)

    def _new_table(self) -> int:
        self.tables += 1
        return self.tables

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MOST_CELLS:
            raise Unreadable(f"Its tables hold more than {MOST_CELLS:,} cells. Split it.")


def _is_rule(line: str) -> bool:
    """Whether a line is only dashes, stars or underlines: a line across the page."""
    return len(line) <= _LONGEST_RULE and bool(_RULE.fullmatch(line))


def _is_tabbed(line: str) -> bool:
    return "\t" in line


def _is_piped(line: str) -> bool:
    return line.lstrip().startswith("|")


def _tab_cells(line: str) -> list[str]:
    return line.split("\t")


def _pipe_cells(line: str) -> list[str]:
    """The cells between the strokes of a line; an escaped stroke is a character."""
    parts = [part.strip() for part in _STROKE.split(line.strip())]
    # The strokes at both ends of the line leave an empty part each.
    return parts[1 : -1 if len(parts) > 2 and not parts[-1] else None]


# --- Marks in the text ----------------------------------------------------------------------------


def _words(marked: str) -> tuple[str, bool]:
    """The text without its marks, and whether all of it is bold."""
    fragment = _read_marked(marked)
    return _restore(fragment.text), fragment.bold


def _read_marked(marked: str) -> Fragment:
    """A paragraph or cell without its marks and tags."""
    if len(marked) > _LONGEST_MARKED:
        return Fragment(marked, bold=False, tables=[])
    return read_fragment(_unmark(marked))


def _unmark(text: str) -> str:
    """The text without Markdown's marks: bold becomes a tag, escaped characters are set aside."""
    if "\\" in text:
        text = _ESCAPE.sub(lambda match: f"\0{ord(match[1])};", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", text)
        text = _STRONG.sub(r"<b>\2</b>", text)
    if "_" in text:
        text = _UNDERLINE.sub(r"\1", text)
        text = _STRONG_UNDERLINE.sub(r"<b>\1</b>", text)
    return text


def _restore(text: str) -> str:
    """The characters that had been escaped, put back."""
    return _KEPT.sub(lambda match: chr(int(match[1])), text) if "\0" in text else text


# --- Pages ----------------------------------------------------------------------------------------


def _with_pages(found: Iterable[Block | _PageMark]) -> Iterator[Block]:
    """The blocks with their printed page.

    A page number left in the text stands somewhere on its page, and pages without a number follow
    it. So a number counts for its own section only: from a heading of the first level, or a blank
    page, to the next.
    """
    section: list[Block | _PageMark] = []
    for block in found:
        if isinstance(block, Heading) and block.level == 1:
            yield from _paged(section)
            section = []
        section.append(block)
        if isinstance(block, Paragraph) and block.text.lower() == _BLANK_PAGE:
            yield from _paged(section)
            section = []
    yield from _paged(section)


def _paged(section: Iterable[Block | _PageMark]) -> Iterator[Block]:
    """One section's blocks: those before its first page number share that number."""
    section = list(section)
    page = next((block.number for block in section if isinstance(block, _PageMark)), None)
    for block in section:
        if isinstance(block, _PageMark):
            page = block.number
        else:
            yield replace(block, page=page) if page is not None else block
