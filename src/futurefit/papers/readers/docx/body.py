"""Which blocks does a Word file hold, in reading order? (rule AUD-25)

A table nested in a cell comes after the one that it stands in; notes, comments and text boxes come
after the block that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from futurefit.papers.document import (
    BOLD_LINE,
    Aside,
    AsideKind,
    Block,
    Heading,
    ListItem,
    Paragraph,
    Table,
    Unreadable,
)
from futurefit.papers.readers.docx.names import (
    ALTERNATE,
    CUSTOM,
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    SDT,
    SDT_CONTENT,
    TBL,
    TR,
    P,
    W,
    number,
    preferred,
    tick,
    value,
)
from futurefit.papers.readers.docx.numbering import Numbering
from futurefit.papers.readers.docx.seen import Seen
from futurefit.papers.readers.docx.styles import Styles, outline_level
from futurefit.papers.readers.docx.tables import cells_of, read_rows, within
from futurefit.papers.readers.docx.words import Line, Waiting, Words
from futurefit.papers.readers.html import DEEPEST, MOST_CELLS

MOST_BLOCKS = 300_000
LONGEST_HEADING = 120  # characters; a longer bold line is a sentence said loudly, not a heading

_NUM_PR = f"{W}numPr"
_ALT_CHUNK, _SUB_DOC = f"{W}altChunk", f"{W}subDoc"
_OUTLINE = f"{W}outlineLvl"
_KINDS = {
    "footnote": AsideKind.FOOTNOTE,
    "endnote": AsideKind.ENDNOTE,
    "comment": AsideKind.COMMENT,
}


class Body:
    """The blocks of a file, as its parts are read one after the other."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        seen: Seen,
        notes: dict[tuple[str, str], Element],
    ) -> None:
        """`notes` holds each footnote, endnote and comment by its kind and id."""
        self._styles = styles
        self._numbering = numbering
        self._seen = seen
        self._notes = notes
        self._words = Words(styles, seen)
        self.blocks: list[Block] = []
        self._line = 0
        self._tables = self._places = 0
        self._boxes = 0

    def take(self, element: Element) -> None:
        """Read one element of the text: a paragraph, a table, or something that holds them."""
        for one, box in _spread(element):
            if one.tag == P:
                self._paragraph(one, box)
            elif one.tag == TBL:
                self._table(one, None, 1)
                self._after()
            elif one.tag in (_ALT_CHUNK, _SUB_DOC):
                self._seen.note("inserted file")

    def finish(self) -> None:
        """Give what is left of a last paragraph whose end was deleted."""
        if line := self._words.rest():
            self._add(Paragraph(line.text, self._next()))
        self._after()

    def aside(self, kind: AsideKind, holder: Element, marker: str = "") -> None:
        """Text that stands outside the running text, its paragraphs and rows as lines."""
        text = self._flat(holder)
        if text:
            self._add(Aside(kind, text, self._next(), marker))

    def _next(self) -> int:
        self._line += 1
        self._seen.line = self._line
        return self._line

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        if len(self.blocks) > MOST_BLOCKS:
            raise Unreadable(f"It holds more than {MOST_BLOCKS:,} paragraphs. Split it.")
        if isinstance(block, Heading):
            self._seen.heading = block.text

    # --- Paragraphs -------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Element, box: str) -> None:
        self._seen.line = self._line + 1
        line = self._words.line(paragraph)
        text = box or line.text
        level = self._level(line)
        marked = self._marker(line) if line.listed else None
        if text:
            if level:
                printed = f"{marked[0]} {text}" if marked and marked[0] else text
                self._add(Heading(" ".join(printed.split()), level, self._next()))
            elif marked:
                marker = marked[0].strip("().:;[]-– \t")
                self._add(ListItem(text, self._next(), marked[2] + 1, marker))
            elif line.bold and _heads(text):
                self._add(Heading(text, BOLD_LINE, self._next()))
            else:
                self._add(Paragraph(text, self._next()))
        self._after()

    def _level(self, line: Line) -> int:
        """The level of a heading, from 1, or 0: what the paragraph says, else its style."""
        said = value(line.properties, _OUTLINE)
        return self._styles.look(line.style).level if said is None else outline_level(said)

    def _marker(self, line: Line) -> tuple[str, bool, int] | None:
        """What a list prints before a paragraph, whether it is a bullet, and the level from 0."""
        listed = line.properties.find(_NUM_PR) if line.properties is not None else None
        look = self._styles.look(line.style)
        use, level = look.list_number, look.list_level
        if use is not None and level is None:
            level = self._numbering.level_of_style(use, line.style)
        if listed is not None:
            use = value(listed, f"{W}numId") or use
            said = value(listed, f"{W}ilvl")
            level = level if said is None else number(said)
        if not use or use == "0":
            return None
        counted = self._numbering.count(use, level or 0)
        return None if counted is None else (*counted, level or 0)

    def _after(self) -> None:
        """Tell the notes and text boxes that belong to what was just read."""
        while self._words.waiting.notes or self._words.waiting.boxes:
            waiting, self._words.waiting = self._words.waiting, Waiting()
            for kind, name, marker in waiting.notes:
                note = self._notes.get((kind, name))
                if note is None:
                    continue
                if kind == "comment":
                    self._seen.note("comment", " ".join(t.text or "" for t in note.iter(f"{W}t")))
                self.aside(_KINDS[kind], note, marker)
            for box in waiting.boxes:
                self._boxes += 1
                if self._boxes > MOST_BLOCKS:
                    raise Unreadable(f"It holds more than {MOST_BLOCKS:,} text boxes. Split it.")
                self._box(box)

    def _box(self, box: Element) -> None:
        """A text box: its paragraphs are one aside, its tables are tables."""
        self.aside(AsideKind.TEXT_BOX, box)
        for one, _ in _spread(box):
            if one.tag == TBL:
                self._table(one, None, 1)

    def _flat(self, holder: Element) -> str:
        """The paragraphs of a note, header or text box as lines; a row of a table is one line."""
        lines = []
        for one, box in _spread(holder):
            if one.tag == P:
                lines.append(box or self._words.line(one).text)
            elif one.tag == TBL and holder.tag != f"{W}txbxContent":
                for row in within(one, TR):
                    texts = [self._flat(cell) for cell, _ in cells_of(row)]
                    lines.append(" ".join(filter(None, texts)))
        if rest := self._words.rest():
            lines.append(rest.text)
        return "\n".join(filter(None, lines))

    # --- Tables -----------------------------------------------------------------------------------

    def _table(self, table: Element, inside: int | None, depth: int) -> None:
        if depth > DEEPEST:
            raise Unreadable(f"Tables are nested more than {DEEPEST} deep.")
        index, heading, first = self._tables + 1, self._seen.heading, self._line + 1
        rows = read_rows(table, self._styles, self._seen, self._next, self._fill)
        self._places += rows.places
        if self._places > MOST_CELLS:
            raise Unreadable(f"Its tables hold more than {MOST_CELLS:,} cells. Split it.")
        if rows.cells:
            self._tables = index
            self._add(Table(index, first, tuple(rows.cells), heading, within=inside))
        for nested in rows.nested:
            self._table(nested, index if rows.cells else None, depth + 1)

    def _fill(self, cell: Element, bold_style: bool) -> tuple[str, bool, list[Element]]:
        """The text of a cell, whether all of it is bold, and the tables in it."""
        text, bold, plain = "", False, False
        nested: list[Element] = []
        for child in cell:
            if child.tag not in _HOLDERS:
                continue
            for one, box in ((child, ""),) if child.tag == P else _spread(child):
                if one.tag == P:
                    line = self._words.line(one, bold_style)
                    said = box or line.text
                    if line.listed and (marked := self._marker(line)) and marked[0]:
                        said = f"{marked[0]} {said}".strip()
                    if said:
                        text = f"{text}\n{said}" if text else said
                        bold, plain = bold or line.bold, plain or not line.bold
                elif one.tag == TBL:
                    nested.append(one)
        if rest := self._words.rest():
            text, plain = f"{text}\n{rest.text}".strip(), plain or not rest.bold
        return text, bold and not plain, nested


def _heads(text: str) -> bool:
    """Whether a bold line may be a heading: short, and no sentence."""
    return len(text) <= LONGEST_HEADING and "\n" not in text and not text.endswith(".")


def _spread(holder: Element, box: str = "") -> Iterator[tuple[Element, str]]:
    """The blocks of an element, or it itself; with a box where they stand for a tick box."""
    tag = holder.tag
    if tag in (P, TBL, _ALT_CHUNK, _SUB_DOC):
        yield holder, box
        return
    if tag in (MOVE_FROM, DEL):
        return
    if tag == SDT:
        content = holder.find(SDT_CONTENT)
        box = tick(holder) or box
        children: Iterable[Element] = content if content is not None else ()
    elif tag == ALTERNATE:
        choice = preferred(holder)
        children = choice if choice is not None else ()
    else:
        children = holder
    for child in children:
        if child.tag in _HOLDERS:
            yield from _spread(child, box)


_HOLDERS = frozenset({P, TBL, SDT, CUSTOM, INS, MOVE_TO, ALTERNATE, _ALT_CHUNK, _SUB_DOC})
