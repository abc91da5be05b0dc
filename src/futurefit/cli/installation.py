"""Where is the data, is it there, and which position of the ledger is asked about?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from futurefit.cli.problems import Problem

if TYPE_CHECKING:
    from futurefit.ledger.chain import Head
    from futurefit.ledger.state import Ledger, Position
    from futurefit.publishing.printing import Imprint

HOW_TO_BEGIN = (
    "Run `futurefit demo` to load the demonstration, take a ledger in with "
    "`futurefit ledger import`, or set FUTUREFIT_HOME to the folder that holds your data."
)


@contextmanager
def opened() -> Iterator[Path]:
    """Open the installation's data, which must be there; the folder it is in."""
    folder = start()
    from django.db import DatabaseError, connection

    name = str(connection.settings_dict["NAME"])
    # SQLite would make an empty file of a name that is not there.
    if connection.vendor == "sqlite" and "mode=memory" not in name and not Path(name).is_file():
        raise Problem(f"There is no data in {folder} yet. {HOW_TO_BEGIN}")
    try:
        yield folder
    except DatabaseError as wrong:
        raise Problem(_unusable(folder, wrong)) from wrong


def _unusable(folder: Path, wrong: Exception) -> str:
    """Why a database cannot be used: it is empty, older than the program, or broken."""
    from django.db import DatabaseError, connection

    try:
        if "ledger_programme" not in connection.introspection.table_names():
            return f"There is no programme in {folder} yet. {HOW_TO_BEGIN}"
    except DatabaseError:
        return f"The database in {folder} cannot be read: {wrong}."
    return (
        f"The database in {folder} cannot be used: {wrong}. "
        "If FutureFit was updated, run `futurefit serve` once: that updates the database."
    )


def start() -> Path:
    """Make Django ready; the data folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futurefit.site.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise Problem(str(wrong)) from wrong
    from futurefit.site.config import home

    return home.folder()


def ledger(folder: Path) -> Ledger:
    """The ledger as it stands; Problem where no programme was set up."""
    from futurefit.site.ledger import queries

    head(folder)
    return queries.current_ledger()


def head(folder: Path) -> Head:
    """How far the stored chain says that it goes; Problem where no programme was set up."""
    from futurefit.site.ledger import queries

    if queries.programme() is None:
        raise Problem(f"There is no programme in {folder} yet. {HOW_TO_BEGIN}")
    return queries.head()


def position(
    of: Ledger, as_at: date | None, known_at: int | datetime | None, option: str = "--known-at"
) -> Position:
    """The ledger as at a date, as known at a journal or moment."""
    if isinstance(known_at, int) and known_at > of.head.number:
        raise Problem(
            f"{option}: there is no journal {known_at}; the last one is {of.head.number}."
        )
    return of.at(as_at, known_at)


def imprint(at: Head, as_at: date | None = None, known_at: str = "") -> Imprint:
    """What a result says of itself: when it was made, and from which ledger."""
    from django.utils import timezone

    from futurefit.kernel.report import Shape
    from futurefit.publishing.printing import Imprint, print_value

    facts = [("Ledger head", str(at))]
    if as_at is not None:
        facts.append(("As at", print_value(as_at, Shape.DATE)))
    if known_at:
        facts.append(("As known at", known_at))
    return Imprint(timezone.localtime(), tuple(facts))
