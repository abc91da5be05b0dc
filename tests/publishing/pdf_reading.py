"""What PDFium, which shares no code with our writer, finds in a PDF: words and tags."""

from collections.abc import Iterator
from ctypes import create_string_buffer
from typing import Any

import pypdfium2
from pypdfium2 import raw


def words(written: bytes) -> list[str]:
    """What stands on each page, with single spaces."""
    return [
        " ".join(page.get_textpage().get_text_bounded().split())
        for page in pypdfium2.PdfDocument(written)
    ]


def tags(written: bytes) -> list[tuple[str, str]]:
    """Of each tag its kind and the words for who cannot see it, in reading order, page by page."""
    found: list[tuple[str, str]] = []
    for page in pypdfium2.PdfDocument(written):
        tree = raw.FPDF_StructTree_GetForPage(page)
        for place in range(raw.FPDF_StructTree_CountChildren(tree)):
            found += _tags(raw.FPDF_StructTree_GetChildAtIndex(tree, place))
        raw.FPDF_StructTree_Close(tree)
    return found


def _tags(element: Any) -> Iterator[tuple[str, str]]:
    yield (
        _text(raw.FPDF_StructElement_GetType, element),
        _text(raw.FPDF_StructElement_GetAltText, element),
    )
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
        if child:
            yield from _tags(child)


def _text(read: Any, element: Any) -> str:
    size = read(element, None, 0)
    held = create_string_buffer(max(size, 2))
    read(element, held, size)
    return held.raw.decode("utf-16-le").rstrip("\0")
