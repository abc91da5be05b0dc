"""What stands in a PDF: text, tables, and what no reader can see? (rules AUD-22 to AUD-24)"""

from __future__ import annotations

from futurefit.papers.document import Document
from futurefit.papers.readers.pdf.assembling import Assembly
from futurefit.papers.readers.pdf.pdfium import pages


def read(name: str, sha256: str, data: bytes) -> Document:
    """Read a PDF into a Document; raise Unreadable for one that is locked, damaged or no paper."""
    assembly = Assembly(name)
    for page in pages(name, data):
        assembly.add(page)
    return assembly.document(sha256)
