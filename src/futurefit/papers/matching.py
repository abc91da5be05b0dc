"""By which words is a figure of a table found in another table? (rules AUD-53 and AUD-54)

A figure's key is its row's labels and its column's headings; where the same occur again, how many
times before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from futurefit.papers.arithmetic import TableArithmetic
from futurefit.papers.figures import Figure

Key = tuple[str, int, str, int]
"""The row's words and how many rows had them before; the column's words and likewise."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A table whose figures are found by words. `words` are its rows and columns, `name` its
    heading.
    """

    arithmetic: TableArithmetic
    name: str
    words: frozenset[str]
    figures: dict[Key, Figure]
    keys: dict[tuple[int, int], Key]


def keyed(arithmetic: TableArithmetic) -> Keyed:
    """A table's figures by their words."""
    grid = arithmetic.grid
    rows: dict[int, tuple[str, int]] = {}
    columns: dict[tuple[int, int], tuple[str, int]] = {}
    row_seen: Counter[str] = Counter()
    column_seen: dict[int, Counter[str]] = {}
    figures: dict[Key, Figure] = {}
    keys: dict[tuple[int, int], Key] = {}
    for row, column in sorted(grid.figures):
        if row not in rows:
            said = _plain(" | ".join(grid.labels(row)))
            rows[row] = said, row_seen[said]
            row_seen[said] += 1
        section = grid.section(row)
        if (section, column) not in columns:
            over = _plain(grid.heads(column, row))
            seen = column_seen.setdefault(section, Counter())
            columns[section, column] = over, seen[over]
            seen[over] += 1
        key = (*rows[row], *columns[section, column])
        figures[key] = grid.figures[row, column]
        keys[row, column] = key
    words = {said for said, _ in rows.values()} | {over for over, _ in columns.values()}
    return Keyed(arithmetic, _plain(grid.table.heading), frozenset(words - {""}), figures, keys)


def _plain(words: str) -> str:
    """Words to be compared: small letters, single spaces, no marks at their ends."""
    return " ".join(words.casefold().split()).strip(" :.*")
