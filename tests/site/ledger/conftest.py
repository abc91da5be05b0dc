"""Alice leads libraries, Bob is from finance, Carol is the programme office, Charlie leads roads.

`book` stands on the ordinary test database, rolled back after each test; `own_book` on a database
of its own, where what is committed stays committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.databases import OwnDatabase, migrated_template, new_database, own_database

if TYPE_CHECKING:
    from tests.site.ledger.books import Book

__all__ = ["migrated_template", "new_database", "own_database"]


@pytest.fixture
def book(db: None) -> Book:
    """A programme without lines."""
    return _new_book()


@pytest.fixture
def own_book(own_database: OwnDatabase) -> Book:
    """A programme without lines, in a database of its own."""
    return _new_book()


def _new_book() -> Book:
    # Rows can be imported only after Django has been set up, which is after this file is read.
    from tests.site.ledger.books import Book

    return Book()
