"""Where are finished pages kept, and what goes when there is no more room?"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from futurefit.site.common import zipping

KEPT_BYTES = 64 * 1024 * 1024
"""How much each server process keeps: some hundred large tables."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Page:
    """A finished answer: the bytes between its gaps, and the gaps' names.

    `zipped` is one gzip file where there are no gaps, and a piece of one for each part where there
    are.
    """

    headers: tuple[tuple[str, str], ...]
    parts: tuple[bytes, ...]
    gaps: tuple[str, ...] = ()
    restricted: str = ""
    zipped: tuple[bytes, ...] = ()

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return sum(map(len, self.parts)) + sum(map(len, self.zipped)) + 1000


class Pages:
    """The pages that this process keeps; those not asked for the longest go first."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self.limit = limit
        self.kept = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._making: dict[Key, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        """The page under a key, if it is kept."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page; one that would take more than a quarter of the room is not worth it."""
        if page.size > self.limit // 4:
            return
        with self._lock:
            replaced = self._pages.pop(key, None)
            self.kept += page.size - (replaced.size if replaced else 0)
            self._pages[key] = page
            while self.kept > self.limit:
                _, oldest = self._pages.popitem(last=False)
                self.kept -= oldest.size

    @contextmanager
    def alone(self, key: Key) -> Iterator[None]:
        """Let one thread make the page while others that want it too wait for it."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            try:
                yield
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def zip(self, key: Key, page: Page) -> tuple[bytes, ...]:
        """The page's parts zipped, which are kept too."""
        if not page.zipped:
            pieces = tuple(map(zipping.piece, page.parts))
            zipped = pieces if page.gaps else (zipping.joined(page.parts, pieces),)
            with self._lock:
                if not page.zipped:
                    page.zipped = zipped
                    if self._pages.get(key) is page:
                        self.kept += sum(map(len, zipped))
        return page.zipped

    def clear(self) -> None:
        """Forget everything (tests start clean)."""
        with self._lock:
            self._pages.clear()
            self.kept = 0
