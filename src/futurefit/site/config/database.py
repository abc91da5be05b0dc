"""Which database does the site use, and with which promises of safety?

SQLite in the data folder, unless FUTUREFIT_DATABASE names a PostgreSQL database:

    postgresql://user:password@host:5432/name
    postgresql://user@/name?host=/run/postgresql          (a socket)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_START = "; ".join(
    (
        "PRAGMA journal_mode=WAL",  # readers never wait for the writer
        "PRAGMA synchronous=FULL",  # an acknowledged journal survives a power cut
        "PRAGMA recursive_triggers=ON",  # else REPLACE deletes past the ledger's triggers
        "PRAGMA cache_size=-16000",
    )
)

BUSY_SECONDS = 20
"""How long a writer waits for another one before it gives up."""


def settings(home: Path, address: str) -> dict[str, Any]:
    """The DATABASES entry for an address as it stands in FUTUREFIT_DATABASE ("" means SQLite)."""
    return _postgresql(address) if address else _sqlite(home / "futurefit.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": SQLITE_START,
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise ImproperlyConfigured(
            "FUTUREFIT_DATABASE must look like postgresql://user:password@host/name "
            "(or postgresql://user@/name?host=/folder/of/the/socket)."
        )
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = options.pop("host", "") or unquote(parts.hostname or "")
    port = options.pop("port", "") or str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
