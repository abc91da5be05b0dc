"""A database of one's own, whose changes are real: for threads, processes, servers and tampering.

The ledger's triggers refuse to be emptied after a test, so pytest-django's way of cleaning up behind
tests that commit (`transactional_db`, its own `live_server`) cannot be used. Instead each such test
gets a copy of the migrated database, and the copy is thrown away. On SQLite it is a file, as in an
installation; on PostgreSQL a database made from a template.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, connections

_numbers = count(1)


@dataclass(frozen=True)
class OwnDatabase:
    """A fresh database, which `default` leads to for as long as the test runs."""

    home: Path
    address: str

    @property
    def environment(self) -> dict[str, str]:
        """What another process needs to work on the same database."""
        return {
            **os.environ,
            "FUTUREFIT_HOME": str(self.home),
            "FUTUREFIT_DATABASE": self.address,
        }


@pytest.fixture
def own_database(
    tmp_path: Path, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[OwnDatabase]:
    """A copy of the migrated database, in which everything that is committed stays committed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        make = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
        with make(tmp_path) as database:
            yield database


@contextmanager
def _on_sqlite(home: Path) -> Iterator[OwnDatabase]:
    file = home / "futurefit.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    with _instead(str(file)):
        yield OwnDatabase(home, "")


@contextmanager
def _on_postgresql(home: Path) -> Iterator[OwnDatabase]:
    template, name = connection.settings_dict["NAME"], f"own_{os.getpid()}_{next(_numbers)}"
    # Nobody may be connected to a template while it is copied.
    connection.close()
    with _elsewhere() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    parts = urlsplit(os.environ["FUTUREFIT_DATABASE"])
    try:
        with _instead(name):
            yield OwnDatabase(home, urlunsplit(parts._replace(path=f"/{name}")))
    finally:
        with _elsewhere() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _elsewhere():
    """A cursor on the server's own database, from which others are made and dropped."""
    with connection._nodb_cursor() as cursor:
        yield cursor


@contextmanager
def _instead(name: str) -> Iterator[None]:
    """Lead `default`, in this thread and in new ones, to the database of that name."""
    settings, usual = connections.settings["default"], connections["default"]
    usual_name = settings["NAME"]
    settings["NAME"] = name
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual
        settings["NAME"] = usual_name
