"""A database of one's own, whose changes are real: for threads, processes, servers and tampering.

The ledger's triggers refuse to be emptied after a test, so pytest-django's way of cleaning up
behind tests that commit (`transactional_db`, its own `live_server`) cannot be used. Instead each
such test gets a copy of a migrated database, and the copy is thrown away. On SQLite it is a file,
as in an installation; on PostgreSQL a database made from a template.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

FILE = "futurefit.sqlite3"
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


@pytest.fixture(scope="session")
def migrated_template(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """The name of a database that holds what every migration leaves, and nothing else."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            name = str(tmp_path_factory.mktemp("template") / FILE)
            with _instead(name):
                call_command("migrate", verbosity=0)
                # All of it in the one file that is copied.
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            yield name
        else:
            name = f"template_{os.getpid()}_{next(_numbers)}"
            with _made(name, "template0"):
                with _instead(name):
                    call_command("migrate", verbosity=0)
                yield name


NewDatabase = Callable[[], AbstractContextManager[OwnDatabase]]


@pytest.fixture(scope="session")
def new_database(
    tmp_path_factory: pytest.TempPathFactory,
    migrated_template: str,
    django_db_blocker: DjangoDbBlocker,
) -> NewDatabase:
    """Makes copies of the migrated database, each for the length of a `with`."""

    @contextmanager
    def make() -> Iterator[OwnDatabase]:
        name = f"own_{os.getpid()}_{next(_numbers)}"
        home = tmp_path_factory.mktemp(name)
        with django_db_blocker.unblock():
            if connection.vendor == "sqlite":
                shutil.copy(migrated_template, home / FILE)
                with _instead(str(home / FILE)):
                    yield OwnDatabase(home, "")
            else:
                address = urlsplit(os.environ["FUTUREFIT_DATABASE"])._replace(path=f"/{name}")
                with _made(name, migrated_template), _instead(name):
                    yield OwnDatabase(home, urlunsplit(address))

    return make


@pytest.fixture
def own_database(new_database: NewDatabase) -> Iterator[OwnDatabase]:
    """A copy of the migrated database, in which everything that is committed stays committed."""
    with new_database() as database:
        yield database


@contextmanager
def _made(name: str, template: str) -> Iterator[None]:
    """A PostgreSQL database for a while."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
