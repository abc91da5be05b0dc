"""Alice leads libraries, Bob is from finance, Carol is the office, Charlie leads highways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

# Django is set up only after this file has been read.
if TYPE_CHECKING:
    from tests.site.papers.shelves import Shelf


@pytest.fixture
def shelf(db: None, tmp_path: Path, settings: Settings) -> Iterator[Shelf]:
    """A programme without lines, and a data folder of its own."""
    from futurefit.site.papers import queries
    from tests.site.papers.shelves import Shelf

    settings.HOME = tmp_path
    queries._study.cache_clear()
    yield Shelf()
    queries._study.cache_clear()
