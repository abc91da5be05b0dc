"""Which lines do the pages of a paper repeat at their heads and feet? (rule AUD-22)"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from futurefit.papers.document import AsideKind
from futurefit.papers.readers.pdf.flow import Text

_ZONE = 0.12  # of a page, at its top and at its bottom
_SHARE = 0.3  # of the pages: even and odd ones may differ
_FEWEST = 2  # pages
_DIGITS = re.compile(r"[0-9]+|\b[ivxlc]+\b")

Key = tuple[AsideKind, str]


def zone(line: Text, height: float) -> AsideKind | None:
    """Whether a line stands where running heads or feet do."""
    if line.bottom < _ZONE * height:
        return AsideKind.HEADER
    if line.top > (1 - _ZONE) * height:
        return AsideKind.FOOTER
    return None


def key(kind: AsideKind, text: str) -> Key:
    """What a line has in common with those of other pages: all but its numbers."""
    return kind, _DIGITS.sub("#", text)


def repeated(pages: Sequence[Sequence[Key]]) -> set[Key]:
    """The lines that enough pages repeat."""
    counted: Counter[Key] = Counter(one for page in pages for one in set(page))
    enough = max(_FEWEST, _SHARE * len(pages))
    if len(pages) < 2:
        return set()
    return {one for one, count in counted.items() if count >= enough}
