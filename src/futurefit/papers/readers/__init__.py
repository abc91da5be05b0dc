"""Which reader opens which file, and which files are refused? (rule AUD-02)

A reader is one module with `read(name, sha256, data) -> Document` and one line in `READERS`. The
limits here hold for all of them, before a reader sees a byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path, PurePath

from futurefit.papers.document import Document, Unreadable
from futurefit.papers.readers import csv, markdown

READERS: dict[str, Callable[[str, str, bytes], Document]] = {
    ".csv": csv.read,
    ".tsv": csv.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}
"""The reader of each file name ending."""

LARGEST_BYTES = 20_000_000
"""Larger files are refused: no paper is, and a mistake would hold up everybody else."""

_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}


def read_file(path: Path) -> Document:
    """Read a file from disk; raise Unreadable, saying why, when it is not a paper we can read."""
    if path.is_dir():
        raise Unreadable(f"{path} is a folder. Give the papers in it one by one.")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"{path} does not exist. Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"{path} cannot be opened: {reason}.") from None
    return read(path.name, data)


def read(name: str, data: bytes) -> Document:
    """Read a paper that is already in memory; `name` tells its format."""
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Unreadable(
            f"{name}: there is no reader for this kind of file. It must end in "
            f"{', '.join(READERS)}."
        )
    if not data.strip():
        raise Unreadable(f"{name} is empty.")
    if len(data) > LARGEST_BYTES:
        raise Unreadable(
            f"{name} is larger than {LARGEST_BYTES // 1_000_000} MB. Split it, or save the part "
            "that holds the tables."
        )
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise Unreadable(
                f"{name} is {kind}, whatever its name says. Save it as Markdown or CSV."
            )
    return reader(name, hashlib.sha256(data).hexdigest(), data)
