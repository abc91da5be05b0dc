"""Where does this installation keep its data, and which secret signs its sessions?"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

KEY_FILE = "secret.key"


def folder() -> Path:
    """The data folder: FUTUREFIT_HOME, or `var` where the command is run."""
    return Path(os.environ.get("FUTUREFIT_HOME") or "var").resolve()


def prepare(home: Path) -> None:
    """Make the data folder and its secret where they are missing; two may do so at once."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "static").mkdir(exist_ok=True)
    key = home / KEY_FILE
    if key.exists():
        return
    # Readable by its owner only, and under a name that nobody else writes to.
    handle, draft = tempfile.mkstemp(prefix=f"{KEY_FILE}.", dir=home)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        # A link appears whole or not at all, so two processes that start together agree on one key.
        os.link(draft, key)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


def secret_key(home: Path) -> str:
    """The secret of this installation.

    Before `prepare` has run (in tests, or while a command only looks round) it is a fresh random
    one, so that reading the settings never writes to the disk.
    """
    try:
        return (home / KEY_FILE).read_text(encoding="ascii")
    except FileNotFoundError:
        return secrets.token_urlsafe(64)
