"""Which kinds of file can a report be written to?

Adding one is a module with a `write` function and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from futurefit.kernel.report import Report, Table
from futurefit.publishing import csv, html, pdf, plain, text, word, workbook
from futurefit.publishing.printing import Imprint


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how it is written, what it is called on the web, and how its name ends."""

    write: Callable[[Report | Table, Imprint | None], bytes]
    media_type: str
    suffix: str


FORMATS = {
    "csv": Format(csv.write, "text/csv; charset=utf-8", "csv"),
    "docx": Format(
        word.write,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    "html": Format(html.write, "text/html; charset=utf-8", "html"),
    "json": Format(plain.write, "application/json", "json"),
    "pdf": Format(pdf.write, "application/pdf", "pdf"),
    "text": Format(text.write, "text/plain; charset=utf-8", "txt"),
    "xlsx": Format(
        workbook.write,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
}
