"""Which table of one paper is which of another, and which row and column? (rule AUD-60)

Tables are matched by their heading, the headings of their columns and the labels of their rows;
where they stand does not count. A figure's key is its row's labels and its column's headings; where
the same occur again, how many times before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from futurefit.papers.arithmetic import TableArithmetic
from futurefit.papers.figures import Figure

Key = tuple[str, int, str, int]
"""The row's words and how many rows had them before; the column's words and likewise."""

_ALIKE = 0.25  # share of the words of two tables that are the same, for them to be one


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


def matched(
    before: Sequence[Keyed], after: Sequence[Keyed]
) -> tuple[list[tuple[Keyed, Keyed]], list[Keyed], list[Keyed]]:
    """The pairs in the order of the first, then what is only before and what is only after.

    The likeliest pairs come first: the more words they share, the same heading as a half more.
    """
    holding: dict[str, list[int]] = {}
    for place, table in enumerate(after):
        for word in (*table.words, f"# {table.name}"):
            holding.setdefault(word, []).append(place)
    scored: list[tuple[float, int, int]] = []
    for first, table in enumerate(before):
        shared = Counter(place for word in table.words for place in holding.get(word, ()))
        named = set(holding.get(f"# {table.name}", ())) if table.name else set()
        for second, count in shared.items():
            every = len(table.words | after[second].words)
            score = count / every + (0.5 if second in named else 0)
            if score >= _ALIKE:
                scored.append((score, first, second))
    scored.sort(key=lambda one: (-one[0], abs(one[1] - one[2]), one[1], one[2]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, first, second in scored:
        if first not in pairs and second not in taken:
            pairs[first] = second
            taken.add(second)
    return (
        [(before[first], after[pairs[first]]) for first in sorted(pairs)],
        [table for place, table in enumerate(before) if place not in pairs],
        [table for place, table in enumerate(after) if place not in taken],
    )


def _plain(words: str) -> str:
    """Words to be compared: small letters, single spaces, no marks at their ends."""
    return " ".join(words.casefold().split()).strip(" :.*")
