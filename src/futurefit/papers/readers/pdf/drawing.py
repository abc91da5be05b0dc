"""Which strokes and pictures are drawn on a page? (rule AUD-23)"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from itertools import pairwise

from futurefit.papers.readers.pdf import calls
from futurefit.papers.readers.pdf.page import FAR, Stroke, near

MOST_DRAWN_ON_A_PAGE = 100_000
"""Parts; a page with more was made to hold up its readers."""

_THIN = 3.0  # points: what is drawn thinner is a stroke
_SHORT = 4.0  # points: shorter strokes are dots and parts of pictures
_MOST_SEGMENTS = 1_000  # a path with more is a picture
_DEEPEST = 4  # forms within forms

_Box = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]


class Drawn:
    """What a walk over a page has found; `pictured` is the area of its pictures."""

    def __init__(self) -> None:
        self.across: list[Stroke] = []
        self.down: list[Stroke] = []
        self.pictured = 0.0
        self.seen = 0

    def stroke(self, box: _Box) -> None:
        """Keep what is thin and long enough."""
        width, height = box[2] - box[0], box[3] - box[1]
        if not (-FAR < box[0] <= box[2] < FAR and -FAR < box[1] <= box[3] < FAR):
            return
        if height <= _THIN and width >= _SHORT:
            self.across.append(Stroke(*box))
        elif width <= _THIN and height >= _SHORT:
            self.down.append(Stroke(*box))


class Turn:
    """From the place of something in the file to its place on the page as it is read."""

    def __init__(self, frame: _Box, quarters: int) -> None:
        self.left, self.bottom, self.right, self.top = map(near, frame)
        self.quarters = quarters
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (height, width) if quarters % 2 else (width, height)

    def box(self, left: float, bottom: float, right: float, top: float) -> _Box:
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


def walk(page: int, turn: Turn, drawn: Drawn) -> None:
    """Collect the strokes and pictures of a page, and of forms drawn on it."""
    _walk(calls.ready(page), calls.count_drawn, calls.get_drawn, None, turn, drawn, 0)


def _walk(
    holder: calls.Ready,
    count: Callable[..., int],
    get: Callable[..., int],
    matrix: _Matrix | None,
    turn: Turn,
    drawn: Drawn,
    depth: int,
) -> None:
    bounds = (ctypes.c_float * 4)()
    start = ctypes.addressof(bounds)
    kind_of, box_of, text = calls.drawn_kind, calls.drawn_box, calls.TEXT
    for index in range(count(holder)):
        one = get(holder, index)
        kind = kind_of(one)
        if kind == text:
            continue
        drawn.seen += 1
        if drawn.seen > MOST_DRAWN_ON_A_PAGE:
            return
        if kind == calls.FORM:
            if depth < _DEEPEST:
                inner = _times(_matrix(one), matrix)
                form = calls.ready(one)
                _walk(form, calls.count_inner, calls.get_inner, inner, turn, drawn, depth + 1)
            continue
        if kind not in (calls.PATH, calls.IMAGE):
            continue
        if not box_of(one, start, start + 4, start + 8, start + 12):
            continue
        left, bottom, right, top = bounds
        if matrix is not None:
            left, bottom, right, top = _placed((left, bottom, right, top), matrix)
        box = turn.box(left, bottom, right, top)
        width, height = box[2] - box[0], box[3] - box[1]
        if kind == calls.IMAGE:
            drawn.pictured += max(0.0, width) * max(0.0, height)
        if height <= _THIN or width <= _THIN:
            drawn.stroke(box)
        elif kind == calls.PATH:
            _path(one, matrix, turn, drawn)


def _path(one: int, matrix: _Matrix | None, turn: Turn, drawn: Drawn) -> None:
    """The strokes of a path of several parts: thin parts, and the straight edges of drawn ones."""
    count = calls.count_segments(one)
    if not 1 < count <= _MOST_SEGMENTS:
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    calls.draw_mode(one, ctypes.addressof(filled), ctypes.addressof(stroked))
    if not filled.value and not stroked.value:
        return
    whole = _times(_matrix(one), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    parts: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = calls.get_segment(one, index)
        kind = calls.segment_kind(segment)
        if kind == calls.CURVE:
            return
        calls.segment_point(segment, ctypes.addressof(x), ctypes.addressof(y))
        if kind == calls.MOVE or not parts:
            parts.append([])
        parts[-1].append(_at(x.value, y.value, whole))
        if calls.segment_closes(segment):
            parts[-1].append(parts[-1][0])
    for part in parts:
        across = [point[0] for point in part]
        up = [point[1] for point in part]
        box = turn.box(min(across), min(up), max(across), max(up))
        if box[3] - box[1] <= _THIN or box[2] - box[0] <= _THIN:
            drawn.stroke(box)
        elif stroked.value:
            for (x1, y1), (x2, y2) in pairwise(part):
                drawn.stroke(turn.box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))


def _matrix(one: int) -> _Matrix:
    own = calls.Matrix()
    calls.drawn_matrix(one, ctypes.addressof(own))
    return (own.a, own.b, own.c, own.d, own.e, own.f)


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


def _placed(box: _Box, matrix: _Matrix) -> _Box:
    """A box within a form, on the page."""
    x1, y1 = _at(box[0], box[1], matrix)
    x2, y2 = _at(box[2], box[3], matrix)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
