"""SQLite with its promises of safety, or the PostgreSQL database that an address names."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from futurefit.site.config import database


def test_sqlite_lies_in_the_data_folder_unless_an_address_is_given() -> None:
    settings = database.settings(Path("/data"), "")
    assert settings["NAME"] == "/data/futurefit.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", 2), ("recursive_triggers", 1), ("foreign_keys", 1)]
)
def test_sqlite_keeps_its_promises(pragma: str, value: int) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://ann:s%40fe@db:5433/savings", ("savings", "ann", "s@fe", "db", "5433", {})),
        ("postgres://ann@db/savings", ("savings", "ann", "", "db", "", {})),
        (
            "postgresql://ann@/savings?host=/run/postgresql&port=5433&sslmode=require",
            ("savings", "ann", "", "/run/postgresql", "5433", {"sslmode": "require"}),
        ),
    ],
)
def test_an_address_of_postgresql_is_taken_apart(address: str, expected: tuple) -> None:
    made = database.settings(Path("/data"), address)
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert tuple(made[key] for key in keys) == expected
    assert made["ENGINE"].endswith("postgresql")


@pytest.mark.parametrize("address", ["mysql://db/savings", "postgresql://db", "savings"])
def test_another_address_is_told_how_one_is_written(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://user:password@host/name"):
        database.settings(Path("/data"), address)
