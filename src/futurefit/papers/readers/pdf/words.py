"""Which words stand where on a page? (rule AUD-22)

PDFium is asked for two boxes a word, which costs far less than a box for each letter; and for two
boxes a line where the line is drawn in one piece, with nothing in it wider than a space and no
stroke across it, as most lines of prose are.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from futurefit.papers.readers.pdf import calls
from futurefit.papers.readers.pdf.drawing import Turn
from futurefit.papers.readers.pdf.page import EM, Run, Stroke, Word

_GAP = 0.55  # of a font's size: wider than a space (a quarter to a third), and runs part here
SMALL = 0.8  # of the height of what stands before: a lower letter is a mark
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_HEAVY = 600  # the weight from which a font counts as bold
_LONGEST_LINE = 400  # letters; a longer one is no line of a page, and takes long to search
_MOST_FIELDS = 10_000
_LONGEST_ENTRY = 100_000  # bytes

_LINE = re.compile(r"[^\r\n]+")
_SPACE = re.compile(r"[^\S\r\n ]|\x00")
_FIGURES = re.compile(r"\d[^a-zA-Z]*\s[^a-zA-Z]*\d")
"""What a line of prose has not: two figures with no word between."""
_SUSPECT = re.compile(r" (?![a-z])")
"""Before what may start a cell; the first and the last space of a line are looked at besides."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\uf8ff\ufeff\ufffe\uffff]"
)
"""Letters for the sake of which words are cleaned."""
_HYPHENS = {"\x02": "-", "\ufffe": "-"}
"""How PDFium writes a hyphen at the end of a line."""
_SYMBOLS = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "▪", "\uf0fe": "☒", "\uf0a8": "☐", "\uf06f": "☐"}
)
"""The usual symbols of fonts that map their letters privately."""


class _Struck:
    """The strokes down a page: how far they reach, and where they stand."""

    def __init__(self, down: Sequence[Stroke]) -> None:
        self._places = sorted([(stroke.left + stroke.right) / 2 for stroke in down])
        self.top = min([stroke.top for stroke in down], default=0.0)
        self.bottom = max([stroke.bottom for stroke in down], default=-1e9)

    def crosses(self, left: float, right: float) -> bool:
        """Whether one stands between two places."""
        nearest = bisect_left(self._places, left + 2)
        return nearest < len(self._places) and self._places[nearest] < right - 2


class Letters:
    """The text of a page, and where its words stand. `lines` are its lines as PDFium parts them."""

    def __init__(self, handle: int, count: int) -> None:
        self._handle = calls.ready(handle)
        text = _text(handle, count)
        # To ask whether all can be printed takes a fraction of looking for what cannot.
        printable = text.replace("\r\n", "").isprintable()
        plain = printable or (text.isascii() and "\t" not in text and "\x00" not in text)
        self._text = text if plain else _SPACE.sub(" ", text)
        self._shifted = len(self._text) != count
        self._odd = not printable and _ODD.search(self._text) is not None
        self._fonts: dict[int, bool] = {}
        # One for all letters: PDFium writes each box over the one before.
        self._box = calls.Rectangle()
        self._box_at = calls.ready_place(self._box)
        self.lines = [match.span() for match in _LINE.finditer(self._text)]
        self._angles = [
            _quarters(calls.letter_angle(self._handle, self._letter(start)))
            for start, _ in self.lines
        ]

    def quarters(self, asked: int) -> int:
        """The quarter turns that make most of the text upright; as asked where there is none."""
        if not self.lines:
            return asked
        if not any(self._angles):
            return 0
        weighed: Counter[int] = Counter()
        for (start, end), angle in zip(self.lines, self._angles, strict=True):
            weighed[angle] += end - start
        return weighed.most_common(1)[0][0]

    def runs(self, turn: Turn, down: Sequence[Stroke]) -> list[Run]:
        """The runs of the page, in the order of the file."""
        runs: list[Run] = []
        struck = _Struck(down)
        for line, (start, end) in enumerate(self.lines):
            if self._angles[line] != turn.quarters:
                runs += self._parted(line, start, end, turn, len(runs), upright=False)
                continue
            whole = self._whole(line, start, end, turn, len(runs), struck)
            if whole is None:
                runs += self._parted(line, start, end, turn, len(runs), upright=True)
            else:
                runs.append(whole)
        return [run.within_bounds() for run in runs]

    def _letter(self, at: int) -> int:
        """The number of a letter by its place in the text: some letters have no text."""
        if not self._shifted:
            return at
        number: int = calls.letter_at(self._handle, at)
        return number

    def _whole(
        self, line: int, start: int, end: int, turn: Turn, order: int, struck: _Struck
    ) -> Run | None:
        """A line as one run, where one look is enough to tell that it is one."""
        text = self._text[start:end].strip()
        if self._odd or turn.quarters or not text or "  " in text:
            return None
        if len(text) > _LONGEST_LINE or _FIGURES.search(text):
            return None
        start = self._text.index(text, start)
        end = start + len(text)
        first, last = start, end - 1
        spaces = [start + match.start() for match in _SUSPECT.finditer(text)]
        if " " in text:
            spaces += [start + text.index(" "), start + text.rindex(" ")]
        if self._shifted:
            first, last, *spaces = map(self._letter, [first, last, *spaces])
        handle = self._handle
        drawn = calls.letter_object(handle, first)
        if drawn is None or drawn != calls.letter_object(handle, last):
            return None
        for space in spaces:
            # A space that the file does not have stands for a gap, and the gap may be wide.
            if calls.is_generated(handle, space):
                return None
        box, address = self._box, self._box_at
        if not calls.letter_box(handle, first, address):
            return None
        left, top, bottom = box.left - turn.left, turn.top - box.top, turn.top - box.bottom
        if not calls.letter_box(handle, last, address):
            return None
        right = box.right - turn.left
        if struck.bottom > top and struck.top < bottom and struck.crosses(left, right):
            return None
        words = (Word(left, right, text),)
        return Run(left, top, right, bottom, text, words, self._is_bold(drawn), order, line, True)

    def _parted(
        self, line: int, start: int, end: int, turn: Turn, order: int, *, upright: bool
    ) -> list[Run]:
        """The runs of a line, word by word."""
        runs: list[Run] = []
        words: list[Word] = []
        first = 0
        left = top = right = bottom = reach = 0.0
        box, address = self._box, self._box_at
        handle, letter_box = self._handle, calls.letter_box
        flat, shifted = turn.quarters == 0, self._shifted
        from_left, from_top = turn.left, turn.top

        after = start - 1
        for word in self._text[start:end].split(" "):
            at = after + 1
            after = at + len(word)
            if not word:
                continue
            letter = self._letter(at) if shifted else at
            if not letter_box(handle, letter, address):
                continue
            l, t, r, b = box.left, box.top, box.right, box.bottom  # noqa: E741
            if after - at > 1:
                tall = t - b
                letter_box(handle, self._letter(after - 1) if shifted else after - 1, address)
                if box.right > r:
                    r = box.right
                if box.left < l:
                    l = box.left  # noqa: E741
                if not (flat and upright):
                    t, b = max(t, box.top), min(b, box.bottom)
                elif box.top - box.bottom < SMALL * tall and box.bottom > b + 0.2 * tall:
                    word = self._raised(word, after, tall)
                elif (
                    not words
                    and word[0].isdigit()
                    and tall < SMALL * (box.top - box.bottom)
                    and b > box.bottom + 0.2 * (box.top - box.bottom)
                ):
                    word = self._raised_in_front(word, at, box.top - box.bottom)
                    t, b = box.top, box.bottom
            if flat:
                l, t, r, b = l - from_left, from_top - t, r - from_left, from_top - b  # noqa: E741
            else:
                l, t, r, b = turn.box(l, b, r, t)  # noqa: E741
            if self._odd:
                word = _clean(word)
                if not word:
                    continue
            if not words:
                first, left, top, right, bottom, reach = letter, l, t, r, b, r
                words.append(Word(l, r, word))
                continue
            tall = bottom - top
            if upright:
                gap = l - reach
                apart = (
                    gap > _GAP * EM * tall
                    or gap < -tall
                    or b <= top + 0.2 * tall
                    or t >= bottom - 0.2 * tall
                )
            else:
                apart = r < left - 2 or l > right + 2
            if apart:
                bold = self._is_bold(calls.letter_object(handle, first))
                text = " ".join([one[2] for one in words]) if len(words) > 1 else words[0][2]
                place = order + len(runs)
                runs.append(
                    Run(left, top, right, bottom, text, tuple(words), bold, place, line, upright)
                )
                words = []
                first, left, top, right, bottom, reach = letter, l, t, r, b, r
                words.append(Word(l, r, word))
                continue
            if (
                upright
                and b - t < SMALL * tall
                and b < bottom - 0.2 * tall
                and l - reach < 0.1 * tall
                and is_mark(word)
            ):
                before = words.pop()
                words.append(Word(before.left, r, before.text + word.translate(RAISED)))
                right = reach = max(reach, r)
                continue
            if (
                upright
                and len(words) == 1
                and is_mark(words[0].text)
                and tall < SMALL * (b - t)
                and bottom < b - 0.2 * (b - t)
            ):
                # The mark in front of a footnote.
                words[0] = words[0]._replace(text=words[0].text.translate(RAISED))
                top, bottom = t, b
            reach = r
            if l < left:
                left = l
            if r > right:
                right = r
            if b - t > tall or not upright:
                top, bottom = min(top, t), max(bottom, b)
            words.append(Word(l, r, word))
        if words:
            bold = self._is_bold(calls.letter_object(handle, first))
            text = " ".join([one[2] for one in words])
            place = order + len(runs)
            runs.append(
                Run(left, top, right, bottom, text, tuple(words), bold, place, line, upright)
            )
        return runs

    def _raised(self, word: str, after: int, tall: float) -> str:
        """A word with the small digits at its end raised; `after` is where it ends in the text."""
        box = self._box
        kept = len(word)
        while kept > 1 and word[kept - 1].isdigit():
            letter = self._letter(after - 1 - (len(word) - kept))
            calls.letter_box(self._handle, letter, self._box_at)
            if box.top - box.bottom >= SMALL * tall:
                break
            kept -= 1
        return word[:kept] + word[kept:].translate(RAISED)

    def _raised_in_front(self, word: str, at: int, tall: float) -> str:
        """A word with the small digits at its start raised; `at` is where it starts in the text."""
        first = calls.Rectangle()
        place = calls.ready_place(first)
        raised = 0
        while raised < len(word) and word[raised].isdigit():
            calls.letter_box(self._handle, self._letter(at + raised), place)
            if first.top - first.bottom >= SMALL * tall:
                break
            raised += 1
        return word[:raised].translate(RAISED) + word[raised:]

    def _is_bold(self, drawn: int | None) -> bool:
        """Whether the font of a piece of text is bold, by its name or its weight."""
        font = calls.font_of(drawn) if drawn else None
        if not font:
            return False
        bold = self._fonts.get(font)
        if bold is None:
            name = ctypes.create_string_buffer(256)
            calls.font_name(font, ctypes.addressof(name), 256)
            named = name.value.decode("latin-1")
            bold = bool(_BOLD.search(named)) or calls.font_weight(font) >= _HEAVY
            self._fonts[font] = bold
        return bold


def _text(handle: int, count: int) -> str:
    """The text of a page, one character of the string for each code unit that PDFium counts."""
    if not count:
        return ""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    written = calls.get_text(handle, 0, count, ctypes.addressof(buffer)) - 1
    data = buffer.raw[: 2 * max(0, written)]
    text = data.decode("utf-16-le", "surrogatepass")
    if 2 * len(text) == len(data):
        return text
    return "".join(map(chr, memoryview(data).cast("H")))


def is_mark(word: str) -> bool:
    """Whether a small word can be the number of a footnote."""
    return len(word) < 3 and word.isdigit()


def _quarters(angle: float) -> int:
    """The quarter turns, clockwise, that make text at this angle stand upright."""
    return -round(angle / (math.pi / 2)) % 4 if angle > 0 else 0


def _clean(word: str) -> str:
    """Without control characters, which could reorder or hide text where it is shown."""
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        word = word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub(lambda found: _HYPHENS.get(found.group(), ""), word).translate(_SYMBOLS)


def fields(page: int, turn: Turn, order: int, line: int) -> Iterator[Run]:
    """What stands in the fields of a form: its text, and ☒ or ☐ for a tick box."""
    for index in range(min(calls.count_notes(page), _MOST_FIELDS)):
        note = calls.get_note(page, index)
        if not note:
            continue
        try:
            text = _entry_of(note)
            frame = calls.Rectangle()
            if not text or not calls.note_box(note, ctypes.addressof(frame)):
                continue
        finally:
            calls.close_note(note)
        left, top, right, bottom = turn.box(frame.left, frame.bottom, frame.right, frame.top)
        # As high as a line of text, whatever room the field leaves for more.
        middle, half = (top + bottom) / 2, min(bottom - top, 12) / 2
        yield Run(
            left,
            middle - half,
            right,
            middle + half,
            text,
            (Word(left, right, text),),
            False,
            order + index,
            line + index,
            True,
        ).within_bounds()


def _entry_of(note: int) -> str:
    """What stands in a field, or nothing where the note is no field."""
    if calls.note_kind(note) != calls.WIDGET:
        return ""
    state = _entry(note, b"AS")
    if state:
        return "☐" if state == "Off" else "☒"
    return " ".join([_clean(word) for word in _entry(note, b"V").split()])


def _entry(note: int, key: bytes) -> str:
    """An entry of a field as text, or nothing."""
    size = calls.note_entry(note, key, None, 0)
    if not 2 < size < _LONGEST_ENTRY:
        return ""
    buffer = ctypes.create_string_buffer(size)
    calls.note_entry(note, key, ctypes.addressof(buffer), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
