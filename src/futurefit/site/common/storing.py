"""Where do the bytes of papers lie, uploaded or submitted? (rules PAP-01, LIF-09)

In the data folder, each file under the SHA-256 of what it holds and under nothing else: no name
that somebody chose ever becomes a path. What is there is never written again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class Damaged(Exception):
    """The bytes on the disk are not those that were uploaded."""


def keep(data: bytes) -> str:
    """Keep the bytes and give back their SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if path.is_file() and path.stat().st_size == len(data):
        return sha256
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix="uploading.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Whole or not at all, whoever else keeps the same file at this moment.
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return sha256


def load(sha256: str) -> bytes:
    """The bytes that were kept; Damaged where they are gone or no longer the same."""
    try:
        data = _path(sha256).read_bytes()
    except OSError as missing:
        raise Damaged(f"The file of this paper is not in the data folder: {missing}.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged("The file of this paper has been changed in the data folder.")
    return data


def _path(sha256: str) -> Path:
    return Path(settings.HOME) / "papers" / sha256[:2] / sha256
