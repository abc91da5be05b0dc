"""What does PDFium find on the pages of a PDF? (rules AUD-22 and AUD-24)

The only module that knows PDFium. It is asked for the text of a page once and for two boxes a word,
which is a third more work than the text alone; a box for each letter would be twice as much.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw

from futurefit.papers.document import Unreadable
from futurefit.papers.readers.pdf.page import EM, Page, Run, Stroke, Word

MOST_PAGES = 5_000
MOST_LETTERS = 20_000_000
MOST_LETTERS_ON_A_PAGE = 500_000
MOST_DRAWN_ON_A_PAGE = 100_000
"""More than any paper has; a file that has more was made to hold up its readers."""

_GAP = 0.55  # of a font's size: wider than a space (a quarter to a third), and runs part here
_THIN = 3.0  # points: what is drawn thinner is a stroke
_SHORT = 4.0  # points: shorter strokes are dots and parts of pictures
_MOST_SEGMENTS = 1_000  # a path with more is a picture
_DEEPEST = 4  # forms within forms
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_HEAVY = 600  # the weight from which a font counts as bold

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\s\x00]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_KEPT = {"\x02": "-", "\ufffe": "-"}
"""How PDFium writes a hyphen at the end of a line."""
_SYMBOLS = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "▪", "\uf0fe": "☒", "\uf0a8": "☐", "\uf06f": "☐"}
)
"""The usual symbols of fonts that map their letters privately."""

_ONE_AT_A_TIME = threading.RLock()
"""PDFium holds state of its own: two threads in it at once end the process."""


class _Drawn:
    """What a walk over the objects of a page has found."""

    def __init__(self) -> None:
        self.across: list[Stroke] = []
        self.down: list[Stroke] = []
        self.shades: list[Stroke] = []
        self.pictured = 0.0
        self.seen = 0


class _Turn:
    """From the place of something in the file to its place on the page as it is read."""

    def __init__(self, frame: tuple[float, float, float, float], quarters: int) -> None:
        self.left, self.bottom, self.right, self.top = frame
        self.quarters = quarters
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (height, width) if quarters % 2 else (width, height)

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, from the top left corner."""
        match self.quarters:
            case 0:
                return left - self.left, self.top - top, right - self.left, self.top - bottom
            case 1:
                return (
                    bottom - self.bottom,
                    left - self.left,
                    top - self.bottom,
                    right - self.left,
                )
            case 2:
                return (
                    self.right - right,
                    bottom - self.bottom,
                    self.right - left,
                    top - self.bottom,
                )
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def pages(name: str, data: bytes) -> Iterator[Page | int]:
    """The pages one by one; the bare number of a page that cannot be read.

    Raises Unreadable for a file that is locked, broken, or larger than any paper. Nothing of a page
    is kept once the next is asked for.
    """
    with _ONE_AT_A_TIME:
        document = _opened(name, data)
    try:
        with _ONE_AT_A_TIME:
            count = len(document)
        if not count:
            raise Unreadable(f"{name} is a PDF without a page. Save it anew and try again.")
        if count > MOST_PAGES:
            raise Unreadable(f"{name} has {count:,} pages, more than {MOST_PAGES:,}. Split it.")
        letters = 0
        for number in range(1, count + 1):
            with _ONE_AT_A_TIME:
                page, here = _page(name, document, number)
            letters += here
            if letters > MOST_LETTERS:
                raise Unreadable(f"{name} holds more than {MOST_LETTERS:,} letters. Split it.")
            yield number if page is None else page
    finally:
        with _ONE_AT_A_TIME:
            document.close()


def _opened(name: str, data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Unreadable(
                f"{name} is locked with a password. Open it with the password, and save or print "
                "it as a PDF without one."
            ) from None
        raise Unreadable(
            f"{name} is damaged, cut off, or no PDF. Fetch it again, or open it in a PDF viewer "
            "and save it anew."
        ) from None


def _page(name: str, document: Any, number: int) -> tuple[Page | None, int]:
    """A page, and how many letters it has; None for a page that cannot be loaded."""
    page = raw.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return None, 0
    try:
        textpage = raw.FPDFText_LoadPage(page)
        if not textpage:
            return None, 0
        try:
            return _read(name, page, textpage, number)
        finally:
            raw.FPDFText_ClosePage(textpage)
    finally:
        raw.FPDF_ClosePage(page)


def _read(name: str, page: Any, textpage: Any, number: int) -> tuple[Page, int]:
    count = max(0, raw.FPDFText_CountChars(textpage))
    if count > MOST_LETTERS_ON_A_PAGE:
        raise Unreadable(
            f"{name}: page {number} holds {count:,} letters, more than a page can. Save the file "
            "anew, or leave the page out."
        )
    if raw.FPDFPage_CountObjects(page) > MOST_DRAWN_ON_A_PAGE:
        raise Unreadable(
            f"{name}: page {number} is drawn with more than {MOST_DRAWN_ON_A_PAGE:,} parts. Leave "
            "it out, or print the file to a new PDF."
        )
    text = _text(textpage, count)
    lines = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    places = _Places(textpage, text, count)
    angles = [_quarters(raw.FPDFText_GetCharAngle(textpage, places[at])) for at, _ in lines]
    asked = raw.FPDFPage_GetRotation(page) % 4
    quarters = _most(lines, angles, asked)
    frame = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(frame))
    turn = _Turn((frame.left, frame.bottom, frame.right, frame.top), quarters)
    runs = _runs(textpage, text, lines, angles, places, turn)
    runs += _fields(page, turn, len(runs), len(lines))
    drawn = _Drawn()
    _walk(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, None, turn, drawn, 0)
    area = turn.width * turn.height
    return (
        Page(
            number,
            turn.width,
            turn.height,
            runs,
            drawn.across,
            drawn.down,
            drawn.shades,
            min(1.0, drawn.pictured / area) if area > 0 else 0.0,
            (quarters - asked) % 4,
        ),
        count,
    )


def _text(textpage: Any, count: int) -> str:
    """The text of the page, one character of the string for each code unit that PDFium counts."""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    written = raw.FPDFText_GetText(textpage, 0, count, units) - 1 if count else 0
    data = buffer.raw[: 2 * max(0, written)]
    text = data.decode("utf-16-le", "surrogatepass")
    if 2 * len(text) == len(data):
        return text
    return "".join(map(chr, memoryview(data).cast("H")))


class _Places:
    """From a place in the text to the number of the letter: some letters have no text."""

    def __init__(self, textpage: Any, text: str, count: int) -> None:
        self._textpage = textpage
        self._same = len(text) == count

    def __getitem__(self, at: int) -> int:
        if self._same:
            return at
        index: int = raw.FPDFText_GetCharIndexFromTextIndex(self._textpage, at)
        return index


def _quarters(angle: float) -> int:
    """The quarter turns, clockwise, that make text at this angle stand upright."""
    return -round(angle / (math.pi / 2)) % 4 if angle > 0 else 0


def _most(lines: list[tuple[int, int]], angles: list[int], asked: int) -> int:
    """How most of the text stands; as the page asks to be shown, where there is none."""
    if not any(angles) and lines:
        return 0
    weighed: Counter[int] = Counter()
    for (start, end), angle in zip(lines, angles, strict=True):
        weighed[angle] += end - start
    return weighed.most_common(1)[0][0] if weighed else asked


def _runs(
    textpage: Any,
    text: str,
    lines: list[tuple[int, int]],
    angles: list[int],
    places: _Places,
    turn: _Turn,
) -> list[Run]:
    """The runs of the page, in the order of the file."""
    runs: list[Run] = []
    fonts: dict[int, bool] = {}
    rectangle = raw.FS_RECTF()
    address = ctypes.byref(rectangle)
    loose = raw.FPDFText_GetLooseCharBox
    find_words = _WORD.finditer
    dirty = bool(_CONTROL.search(text.replace("\r\n", "")) or max(text, default="") >= "\uf000")
    flat = turn.quarters == 0
    page_left, page_top = turn.left, turn.top
    for line, (start, end) in enumerate(lines):
        upright = angles[line] == turn.quarters
        words: list[Word] = []
        first = 0
        left = top = right = bottom = reach = 0.0
        for match in find_words(text, start, end):
            at, after = match.span()
            if not loose(textpage, places[at], address):
                continue
            l, t, r, b = rectangle.left, rectangle.top, rectangle.right, rectangle.bottom  # noqa: E741
            tall = t - b
            raised = False
            if after - at > 1 and loose(textpage, places[after - 1], address):
                if rectangle.right > r:
                    r = rectangle.right
                if rectangle.left < l:
                    l = rectangle.left  # noqa: E741
                if not flat or not upright:
                    t, b = max(t, rectangle.top), min(b, rectangle.bottom)
                raised = (
                    rectangle.top - rectangle.bottom < 0.8 * tall
                    and rectangle.bottom > b + 0.2 * tall
                )
            if flat:
                l, t, r, b = l - page_left, page_top - t, r - page_left, page_top - b  # noqa: E741
            else:
                l, t, r, b = turn.box(l, b, r, t)  # noqa: E741
            word = match.group()
            if dirty:
                word = _clean(word)
                if not word:
                    continue
            if raised:
                word = _raised(word, textpage, places, after, tall)
            if words:
                if upright:
                    tallest = bottom - top
                    gap = l - reach
                    apart = (
                        gap > _GAP * EM * tallest
                        or gap < -tallest
                        or b <= top + 0.2 * tallest
                        or t >= bottom - 0.2 * tallest
                    )
                else:
                    apart = r < left - 2 or l > right + 2
                if apart:
                    bold = _is_bold(textpage, places[first], fonts)
                    runs.append(
                        Run(left, top, right, bottom, tuple(words), bold, len(runs), line, upright)
                    )
                    words = []
            if words:
                if (
                    upright
                    and word.isdigit()
                    and len(word) < 3
                    and b - t < 0.8 * (bottom - top)
                    and b < bottom - 0.2 * (bottom - top)
                    and l - reach < 0.1 * (bottom - top)
                ):
                    word = word.translate(_RAISED)
                    before = words.pop()
                    word, l = before.text + word, before.left  # noqa: E741
                    t, b = top, bottom
                left, right = min(left, l), max(right, r)
                if b - t > bottom - top or not upright:
                    top, bottom = min(top, t), max(bottom, b)
            else:
                first = at
                left, top, right, bottom = l, t, r, b
            reach = r
            words.append(Word(l, r, word))
        if words:
            bold = _is_bold(textpage, places[first], fonts)
            runs.append(Run(left, top, right, bottom, tuple(words), bold, len(runs), line, upright))
    return runs


def _raised(word: str, textpage: Any, places: _Places, after: int, tall: float) -> str:
    """A word with the small digits at its end raised; `after` is where it ends in the text."""
    box = raw.FS_RECTF()
    kept = len(word)
    while kept > 1 and word[kept - 1].isdigit():
        index = places[after - 1 - (len(word) - kept)]
        raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
        if box.top - box.bottom >= 0.8 * tall:
            break
        kept -= 1
    return word[:kept] + word[kept:].translate(_RAISED)


def _clean(word: str) -> str:
    """Without control characters, which could reorder or hide text where it is shown."""
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        word = word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub(lambda found: _KEPT.get(found.group(), ""), word).translate(_SYMBOLS)


def _is_bold(textpage: Any, index: int, fonts: dict[int, bool]) -> bool:
    """Whether the font of a letter is bold, by its name or its weight."""
    drawn = raw.FPDFText_GetTextObject(textpage, index)
    font = raw.FPDFTextObj_GetFont(drawn) if drawn else None
    if not font:
        return False
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        name = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(font, name, 256)
        named = name.value.decode("latin-1")
        fonts[key] = bool(_BOLD.search(named)) or raw.FPDFFont_GetWeight(font) >= _HEAVY
    return fonts[key]


def _fields(page: Any, turn: _Turn, order: int, line: int) -> Iterator[Run]:
    """What stands in the fields of a form: its text, and ☒ or ☐ for a tick box."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 10_000)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_WIDGET:
                continue
            frame = raw.FS_RECTF()
            if not raw.FPDFAnnot_GetRect(note, ctypes.byref(frame)):
                continue
            if _entry(note, b"AS"):
                words: list[str] = ["☐" if _entry(note, b"AS") == "Off" else "☒"]
            else:
                words = _clean(_entry(note, b"V").replace("\r", " ").replace("\n", " ")).split()
            if words:
                left, top, right, bottom = turn.box(
                    frame.left, frame.bottom, frame.right, frame.top
                )
                step = (right - left) / len(words)
                spread = [
                    Word(left + step * at, left + step * (at + 1), word)
                    for at, word in enumerate(words)
                ]
                middle, half = (top + bottom) / 2, min(bottom - top, 12) / 2
                yield Run(
                    left,
                    middle - half,
                    right,
                    middle + half,
                    tuple(spread),
                    False,
                    order + index,
                    line + index,
                    True,
                )
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _entry(note: Any, key: bytes) -> str:
    """An entry of a field as text, or nothing."""
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size < 100_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFAnnot_GetStringValue(note, key, units, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _walk(
    holder: Any, count: Any, get: Any, matrix: Any, turn: _Turn, drawn: _Drawn, depth: int
) -> None:
    """Collect the strokes, shades and pictures of a page or of a form drawn on it."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    to = tuple(map(ctypes.byref, (left, bottom, right, top)))
    kind_of, bounds = raw.FPDFPageObj_GetType, raw.FPDFPageObj_GetBounds
    text, path, image, form = (
        raw.FPDF_PAGEOBJ_TEXT,
        raw.FPDF_PAGEOBJ_PATH,
        raw.FPDF_PAGEOBJ_IMAGE,
        raw.FPDF_PAGEOBJ_FORM,
    )
    for index in range(count(holder)):
        one = get(holder, index)
        kind = kind_of(one)
        if kind == text:
            continue
        drawn.seen += 1
        if drawn.seen > MOST_DRAWN_ON_A_PAGE:
            return
        if kind == form:
            if depth < _DEEPEST:
                inner = raw.FS_MATRIX()
                raw.FPDFPageObj_GetMatrix(one, ctypes.byref(inner))
                _walk(
                    one,
                    raw.FPDFFormObj_CountObjects,
                    raw.FPDFFormObj_GetObject,
                    _times(_six(inner), matrix),
                    turn,
                    drawn,
                    depth + 1,
                )
            continue
        if kind not in (path, image) or not bounds(one, *to):
            continue
        place = _placed((left.value, bottom.value, right.value, top.value), matrix)
        box = turn.box(*place)
        width, height = box[2] - box[0], box[3] - box[1]
        if kind == image:
            drawn.pictured += max(0.0, width) * max(0.0, height)
        if height <= _THIN:
            if width >= _SHORT:
                drawn.across.append(Stroke(*box))
        elif width <= _THIN:
            if height >= _SHORT:
                drawn.down.append(Stroke(*box))
        elif kind == path:
            _path(one, matrix, turn, drawn)


def _path(one: Any, matrix: Any, turn: _Turn, drawn: _Drawn) -> None:
    """The strokes of a path of several parts: thin parts, and the straight edges of drawn ones."""
    count = raw.FPDFPath_CountSegments(one)
    if not 1 < count <= _MOST_SEGMENTS:
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, ctypes.byref(filled), ctypes.byref(stroked))
    if not filled.value and not stroked.value:
        return
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(one, ctypes.byref(own))
    whole = _times(_six(own), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    parts: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(one, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(_at(x.value, y.value, whole))
        if raw.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    for part in parts:
        across = [point[0] for point in part]
        up = [point[1] for point in part]
        box = turn.box(min(across), min(up), max(across), max(up))
        width, height = box[2] - box[0], box[3] - box[1]
        if height <= _THIN or width <= _THIN:
            _stroke(box, drawn)
        elif stroked.value:
            for (x1, y1), (x2, y2) in pairwise(part):
                _stroke(turn.box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), drawn)
        else:
            drawn.shades.append(Stroke(*box))


def _stroke(box: tuple[float, float, float, float], drawn: _Drawn) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if height <= _THIN and width >= _SHORT:
        drawn.across.append(Stroke(*box))
    elif width <= _THIN and height >= _SHORT:
        drawn.down.append(Stroke(*box))


_Matrix = tuple[float, float, float, float, float, float]


def _six(matrix: Any) -> _Matrix:
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: _Matrix, then: _Matrix | None) -> _Matrix:
    """One matrix for two, as PDF multiplies them."""
    if then is None:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _placed(
    box: tuple[float, float, float, float], matrix: _Matrix | None
) -> tuple[float, float, float, float]:
    """A box within a form, on the page."""
    if matrix is None:
        return box
    x1, y1 = _at(box[0], box[1], matrix)
    x2, y2 = _at(box[2], box[3], matrix)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
