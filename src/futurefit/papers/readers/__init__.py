"""Which reader opens which file, and which files are refused? (rule AUD-02)

A reader is one module with `read(name, sha256, data) -> Document` and one line in `READERS`; it is
imported when the first of its files comes. The limits here hold for all of them, before a reader
sees a byte.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path, PurePath

from futurefit.papers.document import Document, Unreadable

READERS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".html": "web",
    ".htm": "web",
}
"""The module that reads each file name ending."""

_SAVED_AS = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".xls": ".xlsx",
    ".xlsb": ".xlsx",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
}
"""What to save other programs' files as."""

LARGEST_BYTES = 50_000_000
"""Larger files are refused: no paper is, and a mistake would hold up everybody else."""

_SIGNATURES = {
    b"%PDF": ("a PDF", ".pdf"),
    b"PK\x03\x04": ("a Word, Excel or zip file", ".docx .docm .xlsx .xlsm .ods"),
    b"\xd0\xcf\x11\xe0": (
        "an old or an encrypted Word or Excel file",
        ".docx .docm .xlsx .xlsm",
    ),
    b"\x1f\x8b": ("a compressed file", ""),
    b"\x89PNG": ("a picture", ""),
    b"\xff\xd8\xff": ("a picture", ""),
    b"SQLite format 3": ("a database", ""),
}
"""How files of other kinds begin: what they are, and the endings whose readers expect that."""


def read_file(path: Path) -> Document:
    """Read a file from disk; raise Unreadable, saying why, when it is not a paper we can read."""
    return read(path.name, load(path))


def load(path: Path) -> bytes:
    """A file's bytes, no more of them than a paper may have."""
    if path.is_dir():
        raise Unreadable(f"{path} is a folder. Give the papers in it one by one.")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"{path} does not exist. Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"{path} cannot be opened: {reason}.") from None


def read(name: str, data: bytes) -> Document:
    """Read a paper that is already in memory; `name` tells its format."""
    check(name, data)
    reader = import_module(f"{__name__}.{READERS[PurePath(name).suffix.lower()]}")
    document: Document = reader.read(name, hashlib.sha256(data).hexdigest(), data)
    return document


def check(name: str, data: bytes) -> None:
    """Refuse what can be told to be no paper without reading it."""
    ending = PurePath(name).suffix.lower()
    if ending in _SAVED_AS:
        raise Unreadable(
            f"{name}: this kind of file is not read. Open it and save it as {_SAVED_AS[ending]}."
        )
    if ending not in READERS:
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
    for signature, (kind, endings) in _SIGNATURES.items():
        if data.startswith(signature) and ending not in endings.split():
            right = next((one for one in endings.split() if one in READERS), "")
            raise Unreadable(
                f"{name} is {kind}, whatever its name says. "
                + (f"Give it its own ending, such as {right}." if right else "Save it as Markdown.")
            )
