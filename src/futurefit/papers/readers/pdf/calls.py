"""How is PDFium asked, and what of it is used? (rule AUD-22)

The only module that knows the library. Its functions are taken with plain integers for pointers,
which makes a call three times as quick as through the classes that its binding has for them: a long
paper needs some hundred thousand calls. Those asked of every word take pointers made ready once,
which is three times as quick again.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any, NewType

import pypdfium2
from pypdfium2 import raw

ONE_AT_A_TIME = threading.RLock()
"""PDFium holds state of its own: two threads in it at once end the process."""

Rectangle = raw.FS_RECTF
Matrix = raw.FS_MATRIX

TEXT, PATH, IMAGE, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_FORM,
)
"""Kinds of things drawn."""
CURVE, MOVE = raw.FPDF_SEGMENT_BEZIERTO, raw.FPDF_SEGMENT_MOVETO
"""Kinds of a path's segments."""
WIDGET = raw.FPDF_ANNOT_WIDGET
"""The kind of note that is a field of a form."""

Ready = NewType("Ready", object)
"""A pointer that needs no converting when it is passed."""

_pointer, _int, _float, _size = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_size_t


def _call(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A quick function: it keeps the interpreter's lock, which costs more to give up than it."""
    return _taken(ctypes.PYFUNCTYPE(result, *arguments), function)


def _bare(function: Any, result: Any) -> Callable[..., Any]:
    """A quick function whose arguments nobody converts: numbers that fit an int, and `Ready` ones.

    A plain integer for a pointer would be cut to half its length, and end the process.
    """
    return _taken(ctypes.PYFUNCTYPE(result), function)


def _slow(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function that does a page's work, while other threads of the interpreter may run."""
    return _taken(ctypes.CFUNCTYPE(result, *arguments), function)


def _taken(kind: Any, function: Any) -> Callable[..., Any]:
    taken: Callable[..., Any] = kind(ctypes.cast(function, ctypes.c_void_p).value)
    return taken


load_page = _slow(raw.FPDF_LoadPage, _pointer, _pointer, _int)
close_page = _call(raw.FPDF_ClosePage, None, _pointer)
load_text = _slow(raw.FPDFText_LoadPage, _pointer, _pointer)
close_text = _call(raw.FPDFText_ClosePage, None, _pointer)
page_box = _call(raw.FPDF_GetPageBoundingBox, _int, _pointer, _pointer)
page_rotation = _call(raw.FPDFPage_GetRotation, _int, _pointer)

count_letters = _call(raw.FPDFText_CountChars, _int, _pointer)
get_text = _call(raw.FPDFText_GetText, _int, _pointer, _int, _int, _pointer)
letter_at = _call(raw.FPDFText_GetCharIndexFromTextIndex, _int, _pointer, _int)
letter_angle: Callable[[Ready, int], float] = _bare(raw.FPDFText_GetCharAngle, _float)
letter_box: Callable[[Ready, int, Ready], int] = _bare(raw.FPDFText_GetLooseCharBox, _int)
is_generated: Callable[[Ready, int], int] = _bare(raw.FPDFText_IsGenerated, _int)
letter_object: Callable[[Ready, int], int | None] = _bare(raw.FPDFText_GetTextObject, _pointer)
font_of = _call(raw.FPDFTextObj_GetFont, _pointer, _pointer)
font_name = _call(
    raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _pointer, _pointer, ctypes.c_size_t
)
font_weight = _call(raw.FPDFFont_GetWeight, _int, _pointer)

count_drawn = _call(raw.FPDFPage_CountObjects, _int, _pointer)
get_drawn: Callable[[Ready, int], int] = _bare(raw.FPDFPage_GetObject, _pointer)
count_inner = _call(raw.FPDFFormObj_CountObjects, _int, _pointer)
get_inner = _call(raw.FPDFFormObj_GetObject, _pointer, _pointer, ctypes.c_ulong)
drawn_kind = _call(raw.FPDFPageObj_GetType, _int, _pointer)
drawn_box = _call(raw.FPDFPageObj_GetBounds, _int, _pointer, _pointer, _pointer, _pointer, _pointer)
drawn_matrix = _call(raw.FPDFPageObj_GetMatrix, _int, _pointer, _pointer)
count_segments = _call(raw.FPDFPath_CountSegments, _int, _pointer)
get_segment = _call(raw.FPDFPath_GetPathSegment, _pointer, _pointer, _int)
segment_kind = _call(raw.FPDFPathSegment_GetType, _int, _pointer)
segment_point = _call(raw.FPDFPathSegment_GetPoint, _int, _pointer, _pointer, _pointer)
segment_closes = _call(raw.FPDFPathSegment_GetClose, _int, _pointer)
draw_mode = _call(raw.FPDFPath_GetDrawMode, _int, _pointer, _pointer, _pointer)

count_notes = _call(raw.FPDFPage_GetAnnotCount, _int, _pointer)
get_note = _call(raw.FPDFPage_GetAnnot, _pointer, _pointer, _int)
close_note = _call(raw.FPDFPage_CloseAnnot, None, _pointer)
note_kind = _call(raw.FPDFAnnot_GetSubtype, _int, _pointer)
note_box = _call(raw.FPDFAnnot_GetRect, _int, _pointer, _pointer)
note_entry = _call(
    raw.FPDFAnnot_GetStringValue,
    ctypes.c_ulong,
    _pointer,
    ctypes.c_char_p,
    _pointer,
    ctypes.c_ulong,
)


def ready(pointer: int) -> Ready:
    """A pointer of PDFium's, to be passed many times."""
    return Ready(_pointer.from_param(pointer))


def ready_place(box: ctypes.Structure) -> Ready:
    """Where PDFium may write a box; keeps the box alive."""
    return Ready(ctypes.byref(box))


class Locked(Exception):
    """The file needs a password."""


class Damaged(Exception):
    """The file is no PDF that can be opened."""


class File:
    """An open PDF. Close it."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise Locked from None
            raise Damaged from None
        self.handle = ctypes.cast(self._document.raw, ctypes.c_void_p).value

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Give back what PDFium holds."""
        self._document.close()
