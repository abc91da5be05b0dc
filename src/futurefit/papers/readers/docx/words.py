"""What does a paragraph of a Word file say, as it would be printed? (rule AUD-25)

Insertions are part of the text, deletions are not; of a field its result, not its code; of a
content control what it shows, and of a tick box its box. What is not printed is counted in `Seen`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from futurefit.papers.readers.docx.names import (
    ALTERNATE,
    CHART,
    CUSTOM,
    DEL,
    DIAGRAM,
    INS,
    MATHS,
    MOVE_FROM,
    MOVE_TO,
    P_PR,
    R_PR,
    RUN,
    SDT,
    SDT_CONTENT,
    TEXT,
    TICKED,
    UNTICKED,
    VAL,
    W,
    is_on,
    number,
    preferred,
    switch,
    tick,
    value,
)
from futurefit.papers.readers.docx.numbering import in_letters
from futurefit.papers.readers.docx.seen import Seen
from futurefit.papers.readers.docx.styles import Styles
from futurefit.papers.readers.docx.symbols import (
    BOXES,
    UNKNOWN,
    has_private,
    is_symbolic,
    sign,
    signs,
)
from futurefit.papers.readers.html import RAISED, tidy

_NUM_PR = f"{W}numPr"
_P_STYLE, _R_STYLE = f"{W}pStyle", f"{W}rStyle"
_BOLD, _HIDDEN, _RAISED = f"{W}b", f"{W}vanish", f"{W}vertAlign"
_FONTS, _FONT = f"{W}rFonts", f"{W}ascii"
_TELLING = frozenset({_R_STYLE, _BOLD, _HIDDEN, _RAISED, _FONTS})
_FIELD_MARK = f"{W}fldChar"
_BOX = f"{W}txbxContent"
_RAISED_ROMAN = str.maketrans("ivxlc", "ⁱᵛˣˡᶜ")
_MOST_FIELDS = 100  # within one another


@dataclass(slots=True)
class Line:
    """A paragraph's text, whether all of it is bold, its style, whether a list may number it."""

    text: str
    bold: bool
    style: str = ""
    properties: Element | None = None
    listed: bool = False


@dataclass(slots=True)
class Waiting:
    """What a paragraph refers to and prints elsewhere: to be told after it."""

    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind ("footnote", "endnote", "comment"), id, printed mark."""
    boxes: list[Element] = field(default_factory=list)


class Words:
    """Reads paragraphs one after the other, and remembers what runs on from one to the next."""

    def __init__(self, styles: Styles, seen: Seen) -> None:
        self._styles = styles
        self._seen = seen
        self.waiting = Waiting()
        self._pieces: list[str] = []
        self._bold = self._plain = False
        self._fields: list[bool] = []  # of each open field: whether its code is being read
        self._coding = 0
        self._marks = {"footnote": 0, "endnote": 0, "comment": 0}
        self._style_bold = self._style_hidden = False

    def line(self, paragraph: Element, bold_outside: bool = False) -> Line:
        """Read a paragraph. One whose end was deleted gives no text: the next goes on from it."""
        properties = paragraph.find(P_PR)
        style, joined, numbered = self._styles.usual, False, False
        for one in properties if properties is not None else ():
            tag = one.tag
            if tag == _P_STYLE:
                style = one.get(VAL) or style
            elif tag == _NUM_PR:
                numbered = True
            elif tag == R_PR and len(one):
                joined = self._end_of(one)
        look = self._styles.look(style)
        self._style_bold = bold_outside or look.bold
        self._style_hidden = look.hidden
        for child in paragraph:
            if child.tag == RUN:
                self._run(child)
            elif act := _INSIDE.get(child.tag):
                act(self, child)
        # A field's code ends with its paragraph, whatever a damaged file says.
        if self._fields:
            self._fields = [False] * len(self._fields)
            self._coding = 0
        if joined:
            return Line("", False)
        listed = numbered or look.list_number is not None
        text, bold = self._given() if self._pieces else ("", False)
        return Line(text, bold, style, properties, listed)

    def _end_of(self, mark: Element) -> bool:
        """Whether the end of a paragraph was deleted, so that the next one goes on from it."""
        if mark.find(INS) is not None:
            self._seen.note("inserted")
        if mark.find(DEL) is None:
            return False
        self._seen.note("deleted")
        return True

    def rest(self) -> Line | None:
        """What has been read and not given, since the end of its paragraph was deleted."""
        return Line(*self._given()) if self._pieces else None

    def _given(self) -> tuple[str, bool]:
        text, bold = tidy("".join(self._pieces)), self._bold and not self._plain
        self._pieces.clear()
        self._bold = self._plain = False
        return text, bold

    # --- What stands in a paragraph ---------------------------------------------------------------

    def _inside(self, holder: Element) -> None:
        """Whatever stands in a hyperlink, a simple field, a smart tag and their like."""
        for child in holder:
            if act := _INSIDE.get(child.tag):
                act(self, child)

    def _inserted(self, holder: Element) -> None:
        kind = "moved" if holder.tag == MOVE_TO else "inserted"
        self._seen.note(kind, _all_text(holder, TEXT))
        self._inside(holder)

    def _deleted_text(self, holder: Element) -> None:
        if holder.tag == DEL:
            self._seen.note("deleted", _all_text(holder, f"{W}delText"))

    def _control(self, control: Element) -> None:
        """A content control: a tick box, or what it holds."""
        if box := tick(control):
            self._add(box, False)
            return
        content = control.find(SDT_CONTENT)
        if content is not None:
            self._inside(content)

    def _alternate(self, choices: Element) -> None:
        choice = preferred(choices)
        for child in choice if choice is not None else ():
            if act := _INSIDE.get(child.tag) or _IN_RUN.get(child.tag):
                act(self, child)

    def _ruby(self, ruby: Element) -> None:
        base = ruby.find(f"{W}rubyBase")
        if base is not None:
            self._inside(base)

    def _maths(self, holder: Element) -> None:
        self._add(_all_text(holder, f"{MATHS}t"), False)

    def _note(self, reference: Element) -> None:
        """A mark that refers to a note: printed as a raised number, unless it brings its own."""
        kind = reference.tag.rpartition("}")[2].removesuffix("Reference")
        self._marks[kind] += 1
        mark = str(self._marks[kind])
        if kind == "endnote":
            mark = in_letters(self._marks[kind], "lowerRoman")
        if kind != "comment" and reference.get(f"{W}customMarkFollows") not in ("1", "true"):
            self._pieces.append(mark.translate(RAISED).translate(_RAISED_ROMAN))
        self.waiting.notes.append((kind, reference.get(f"{W}id", ""), mark))

    # --- What stands in a run ---------------------------------------------------------------------

    def _run(self, run: Element) -> None:
        bold, hidden, raised, font = self._style_bold, self._style_hidden, False, None
        for child in run:
            tag = child.tag
            if tag == TEXT:
                text = child.text
                if text and not self._coding:
                    if hidden:
                        self._seen.note("hidden", text)
                    else:
                        if font or raised or not text.isascii():
                            text = self._as_printed(text, font, raised)
                        self._pieces.append(text)
                        if bold:
                            self._bold = self._bold or not text.isspace()
                        elif not self._plain:
                            self._plain = not text.isspace()
            elif tag == R_PR:
                if len(child):
                    bold, hidden, raised, font = self._type(child)
            elif (act := _IN_RUN.get(tag)) and (not hidden or tag == _FIELD_MARK):
                act(self, child)

    def _type(self, properties: Element) -> tuple[bool, bool, bool, str | None]:
        """Whether a run is bold, hidden, raised; and its font where that is a symbol font."""
        bold, hidden = self._style_bold, self._style_hidden
        raised, font = False, None
        for one in properties:
            tag = one.tag
            if tag not in _TELLING:
                continue
            if tag == _R_STYLE:  # stands first
                look = self._styles.look(one.get(VAL, ""))
                bold = bold != look.bold  # bold within bold stands out as plain
                hidden = hidden or look.hidden
            elif tag == _BOLD:
                bold = is_on(one)
            elif tag == _HIDDEN:
                hidden = is_on(one)
            elif tag == _RAISED:
                raised = one.get(VAL) == "superscript"
            elif is_symbolic(one.get(_FONT)):
                font = one.get(_FONT)
        return bold, hidden, raised, font

    def _as_printed(self, text: str, font: str | None, raised: bool) -> str:
        if font:
            text = signs(font, text)
        elif not text.isascii():
            text = text.translate(BOXES)
            if has_private(text):
                text = "".join(sign(None, ord(one)) if has_private(one) else one for one in text)
        if UNKNOWN in text:
            self._seen.note("symbol")
        return text.translate(RAISED) if raised else text

    def _add(self, text: str, bold: bool) -> None:
        if self._coding:
            return
        self._pieces.append(text)
        if not text.isspace():
            if bold:
                self._bold = True
            else:
                self._plain = True

    def _gap(self, _: Element) -> None:
        self._add(" ", False)

    def _break(self, element: Element) -> None:
        of_line = element.get(f"{W}type", "textWrapping") == "textWrapping"
        self._add("\n" if of_line else " ", False)

    def _hyphen(self, _: Element) -> None:
        self._add("-", False)

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            code = 0
        printed = sign(element.get(f"{W}font"), code)
        if printed == UNKNOWN:
            self._seen.note("symbol")
        self._add(printed, False)

    def _field(self, mark: Element) -> None:
        """The start, the middle or the end of a field: its code is between the first two."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            if len(self._fields) < _MOST_FIELDS:
                data = mark.find(f"{W}ffData")
                if data is not None and not self._coding:
                    self._form(data)
                self._fields.append(True)
                self._coding += 1
        elif self._fields and kind in ("separate", "end"):
            if self._fields[-1]:
                self._coding -= 1
            self._fields[-1] = False
            if kind == "end":
                self._fields.pop()

    def _form(self, data: Element) -> None:
        """A field of an older form whose state is kept beside the text: a tick box or a list."""
        box = data.find(f"{W}checkBox")
        if box is not None:
            on = switch(box, f"{W}checked")
            on = switch(box, f"{W}default") if on is None else on
            self._add(TICKED if on else UNTICKED, False)
        choice = data.find(f"{W}ddList")
        if choice is not None:
            entries = [entry.get(VAL, "") for entry in choice.iterfind(f"{W}listEntry")]
            chosen = number(value(choice, f"{W}result") or value(choice, f"{W}default"))
            if 0 <= chosen < len(entries):
                self._add(entries[chosen], False)

    def _drawing(self, drawing: Element) -> None:
        """Text boxes wait to be told after the paragraph; what holds no text is counted."""
        boxes = _outermost(drawing, _BOX)
        self.waiting.boxes += boxes
        if boxes:
            return
        tags = {one.tag for one in drawing.iter()}
        if f"{W}control" in tags:
            self._seen.note("control")
        elif any(tag.endswith("}OLEObject") for tag in tags) or f"{W}objectEmbed" in tags:
            self._seen.note("object")
        elif f"{CHART}chart" in tags or any(tag.endswith("}chart") for tag in tags):
            self._seen.note("chart")
        elif any(tag.startswith(DIAGRAM) for tag in tags):
            self._seen.note("diagram")
        elif any(tag.endswith(("}blip", "}imagedata")) for tag in tags):
            self._seen.note("picture")


def _all_text(holder: Element, tag: str) -> str:
    return "".join(one.text or "" for one in holder.iter(tag))


def _outermost(holder: Element, tag: str) -> list[Element]:
    """The elements of a tag that stand in no other of that tag; of alternatives, one only."""
    found = []
    waiting = [holder]
    while waiting:
        one = waiting.pop()
        if one.tag == tag:
            found.append(one)
        elif one.tag == ALTERNATE:
            choice = preferred(one)
            waiting += [choice] if choice is not None else []
        else:
            waiting += reversed(one)
    return found


_INSIDE: dict[str, Callable[[Words, Element], None]] = {
    RUN: Words._run,
    INS: Words._inserted,
    MOVE_TO: Words._inserted,
    DEL: Words._deleted_text,
    MOVE_FROM: Words._deleted_text,
    SDT: Words._control,
    ALTERNATE: Words._alternate,
    f"{MATHS}oMath": Words._maths,
    f"{MATHS}oMathPara": Words._maths,
    **dict.fromkeys(
        (f"{W}hyperlink", f"{W}fldSimple", f"{W}smartTag", CUSTOM, f"{W}dir", f"{W}bdo"),
        Words._inside,
    ),
}
_IN_RUN: dict[str, Callable[[Words, Element], None]] = {
    f"{W}tab": Words._gap,
    f"{W}ptab": Words._gap,
    f"{W}br": Words._break,
    f"{W}cr": Words._break,
    f"{W}noBreakHyphen": Words._hyphen,
    f"{W}sym": Words._symbol,
    _FIELD_MARK: Words._field,
    f"{W}drawing": Words._drawing,
    f"{W}pict": Words._drawing,
    f"{W}object": Words._drawing,
    ALTERNATE: Words._alternate,
    f"{W}ruby": Words._ruby,
    f"{W}footnoteReference": Words._note,
    f"{W}endnoteReference": Words._note,
    f"{W}commentReference": Words._note,
}
