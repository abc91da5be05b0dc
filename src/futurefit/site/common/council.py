"""Whose site is this?

The programme names its council; the ledger's app tells how to ask. Until a programme is set up, and
where the database cannot answer, the name is that of the configuration.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError

_ask: Callable[[], str] = str


def register(ask: Callable[[], str]) -> None:
    """Let `ask` say the council's name; "" where no programme is set up."""
    global _ask
    _ask = ask


def name() -> str:
    """The council's name, for headers, titles and files."""
    try:
        return _ask() or settings.COUNCIL
    except DatabaseError:
        # A page that says what failed must not fail for want of a name.
        return settings.COUNCIL
