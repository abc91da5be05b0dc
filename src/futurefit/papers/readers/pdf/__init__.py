"""What stands in a PDF: text, tables, and what no reader can see? (rules AUD-22 to AUD-24)"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from futurefit.papers.document import Document
from futurefit.papers.readers.pdf.assembling import Assembly
from futurefit.papers.readers.pdf.opening import pages


def read(name: str, sha256: str, data: bytes) -> Document:
    """Read a PDF into a Document; raise Unreadable for one that is locked, damaged or no paper."""
    with _collector_at_rest():
        assembly = Assembly(name)
        for page in pages(name, data):
            assembly.add(page)
        return assembly.document(sha256)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Python's collector looks in vain through a hundred thousand cells that all stay.

    Nothing here refers to itself, so nothing waits for it; it took an eighth of the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
