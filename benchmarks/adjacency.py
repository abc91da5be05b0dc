"""How much of a table was found, as the ICDAR 2013 table competition counts it?

A table is taken apart into relations: each cell that is not blank with its next such neighbour to
the right and below, told by their texts and the direction. Precision is the share of the relations
found that are in the truth, recall the share of the truth that is found (Göbel, Hassan, Oro and
Orsi, "A methodology for evaluating algorithms for table understanding in PDF documents", 2012).
Here the tables of a page are compared all together, so that no matching of tables is needed, and a
table that is none lowers precision.
"""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple


class Spot(NamedTuple):
    """A cell: its first row and column, its last, and its text."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


Relations = Counter[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Relations found and true at once, relations found, relations in the truth."""

    right: int = 0
    found: int = 0
    true: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        """The share of what was found that is true."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the truth that was found."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 0.0


def normal(text: str) -> str:
    """A text without what extractors may differ in: spaces, kinds of dash, forms of a letter."""
    text = unicodedata.normalize("NFKC", text).lower()
    return "".join("-" if letter in "‐‑‒–—−" else letter for letter in text if not letter.isspace())


def relations(cells: Iterable[Spot]) -> Relations:
    """The relations of a table."""
    full = [spot for spot in cells if normal(spot.text)]
    by_row: dict[int, list[tuple[int, int]]] = defaultdict(list)
    by_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, spot in enumerate(full):
        for row in range(spot.row, spot.last_row + 1):
            by_row[row].append((spot.column, number))
        for column in range(spot.column, spot.last_column + 1):
            by_column[column].append((spot.row, number))
    pairs = set()
    for direction, lines in (("right", by_row), ("below", by_column)):
        for line in lines.values():
            line.sort()
            pairs.update(
                (one, other, direction) for (_, one), (_, other) in pairwise(line) if one != other
            )
    return Counter(
        (normal(full[one].text), normal(full[other].text), direction)
        for one, other, direction in pairs
    )


def score(found: Relations, true: Relations) -> Agreement:
    """How far two sets of relations agree."""
    return Agreement((found & true).total(), found.total(), true.total())


def truth(path: Path) -> dict[int, Relations]:
    """The relations of each page, from a ground truth file of the competition."""
    pages: dict[int, Relations] = defaultdict(Counter)
    for region in ET.parse(path).getroot().iter("region"):
        cells = []
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
            cells.append(
                Spot(
                    row,
                    column,
                    int(cell.get("end-row") or row),
                    int(cell.get("end-col") or column),
                    cell.findtext("content") or "",
                )
            )
        pages[int(region.get("page", 1))] += relations(cells)
    return pages
