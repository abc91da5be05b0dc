"""Which table of one paper is which of another, and which row and column? (rule AUD-60)

Tables are matched by their heading, the headings of their columns, the labels of their rows and
their figures; rows by their labels, the words that they stand under, and their figures; columns by
their headings. Where they stand does not count, and a slight change of wording is seen through.
Matching is the same from either side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TypeVar

from rapidfuzz import fuzz

from futurefit.papers import labels
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.grid import Grid, read_grid
from futurefit.papers.printed import Kind
from futurefit.papers.text import shortened

T = TypeVar("T")

Head = tuple[str, int]
"""A column's headings, and how many columns before it have the same."""

_TABLES_ALIKE = 0.25  # share of the words of two tables that are the same, for them to be one
_SAME_HEADING = 0.5  # what the same heading over two tables adds to that share
_SAME_FIGURES = 0.5  # what the same figures add
_WORDS_ALIKE = 85  # of 100, for labels that were reworded
_MOST_PAIRS = 40_000  # of labels left over that are compared letter by letter
_UNIT = re.compile(
    r"\(?£\s*['’‘`]?\s*(?:0{3}['’]?s?|k|thousands?|mn|m|millions?)?\s*\)?(?![\w.])", re.IGNORECASE
)
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, eq=False)
class Worded:
    """A table whose rows and columns are known by their words. `name` is the heading over it."""

    grid: Grid
    name: str
    rows: tuple[WordedRow, ...]

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The labels of most rows, where the last of each do not tell the rows apart."""
        grid = self.grid
        if len({grid.label(row.number) for row in self.rows}) == len(self.rows):
            return frozenset()
        counted = Counter(text for row in self.rows for text in set(grid.labels(row.number)))
        return frozenset(text for text, count in counted.items() if 2 * count > len(self.rows))

    @property
    def words(self) -> frozenset[Hashable]:
        """What its rows and columns are called."""
        return frozenset(
            word for row in self.rows for word in (row.label, *row.figures) if word not in ((), "")
        )

    @property
    def values(self) -> frozenset[Decimal]:
        """Its figures, noughts left out."""
        return frozenset(one.value for one in self.grid.figures.values() if one.value)

    def title(self, figure: Figure) -> str:
        """A figure as one would say it: "Parks, 2016/17"."""
        return f"{self.row_title(figure.cell.row)}, {self.column_title(figure)}"

    def column_title(self, figure: Figure) -> str:
        """What heads a figure's column."""
        return shortened(self.grid.head_name(figure.cell.column, figure.cell.row))

    def row_title(self, row: int) -> str:
        """A row as one would say it: its label or, where rows share labels, all that tell it."""
        label = self.grid.label(row)
        if self.repeated:
            telling = (text for text in self.grid.labels(row) if text not in self.repeated)
            label = ", ".join(dict.fromkeys(filter(None, telling))) or label
        return shortened(label or f"row {row}")


@dataclass(frozen=True, slots=True, eq=False)
class WordedRow:
    """A row with figures, by its words: `label` its own, `context` what it stands under."""

    number: int
    label: tuple[str, ...]
    context: str
    own: tuple[str, ...]  # as printed in the row itself
    figures: dict[Head, Figure]

    @property
    def is_total(self) -> bool:
        """Whether its label claims a total."""
        return bool(labels.rank(self.own))

    @property
    def content(self) -> tuple[object, ...]:
        """What its figures are, by their columns."""
        return tuple(sorted((head, said(one)) for head, one in self.figures.items()))


def said(figure: Figure) -> tuple[bool, Decimal]:
    """What a figure says, however it is printed: £0.5m is £500k, a dash is nought, 5 is not 5%."""
    return figure.kind is Kind.PERCENT and bool(figure.value), figure.value


def reworded(first: Worded, one: WordedRow, two: WordedRow) -> str:
    """What a row was called before, as far as it is called otherwise now; "" where it is not."""
    if len(one.label) != len(two.label):
        return ""
    were = zip(first.grid.labels(one.number), one.label, two.label, strict=True)
    return shortened(", ".join(printed for printed, was, now in were if was != now))


Place = tuple[Worded, WordedRow]
"""A row of a table."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Both versions' tables, the pairs of rows, and the rows that only one version has.

    `rows` are pairs in the same table, `moved` those that went from one table to another. Their
    figures stand under the same heads, whatever is printed over them.
    """

    before: tuple[Worded, ...]
    after: tuple[Worded, ...]
    rows: tuple[tuple[Place, Place], ...]
    moved: tuple[tuple[Place, Place], ...]
    dropped: tuple[Place, ...]
    added: tuple[Place, ...]


def match(before: Document, after: Document) -> Matched:
    """Match the tables of two papers, their rows and their columns."""
    old, new = _worded(before), _worded(after)
    tables = _tables(old, new)
    rows: list[tuple[Place, Place]] = []
    dropped = [(one, row) for one in _left(old, [first for first, _ in tables]) for row in one.rows]
    added = [(one, row) for one in _left(new, [second for _, second in tables]) for row in one.rows]
    for first, second in tables:
        renamed = _under_heads_of(first, second)
        found = _rows(first.rows, renamed.rows)
        rows += [((first, one), (renamed, two)) for one, two in found]
        dropped += [(first, row) for row in _left(first.rows, [one for one, _ in found])]
        added += [(renamed, row) for row in _left(renamed.rows, [two for _, two in found])]
    moved = _between_tables(dropped, added)
    return Matched(
        tuple(old),
        tuple(new),
        tuple(rows),
        tuple(moved),
        tuple(_left(dropped, [one for one, _ in moved])),
        tuple(_left(added, [two for _, two in moved])),
    )


# --- Words --------------------------------------------------------------------------------------


def _worded(document: Document) -> list[Worded]:
    """The tables of a paper that hold figures."""
    grids = (read_grid(table) for table in document.tables)
    return [_words_of(grid) for grid in grids if grid.figures]


def _words_of(grid: Grid) -> Worded:
    figures: dict[int, dict[Head, Figure]] = {}
    heads: dict[tuple[int, int], Head] = {}
    seen: dict[int, Counter[str]] = {}
    for row, column in sorted(grid.figures, key=lambda place: (place[1], place[0])):
        section = grid.section(row)
        if (section, column) not in heads:
            over = _plain(grid.heads(column, row))
            counts = seen.setdefault(section, Counter())
            heads[section, column] = over, counts[over]
            counts[over] += 1
        figures.setdefault(row, {})[heads[section, column]] = grid.figures[row, column]
    rows = []
    under = ""
    for row in grid.rows:
        said = grid.labels(row)
        if row not in figures:
            under = _plain(" ".join(said)) or under
            continue
        rows.append(
            WordedRow(
                row,
                tuple(_plain(text) for text in said),
                under,
                grid.own_labels(row),
                figures[row],
            )
        )
    return Worded(grid, _plain(grid.table.heading), tuple(rows))


@lru_cache(maxsize=20_000)
def _plain(words: str) -> str:
    """Words to be compared: small letters, single spaces, no unit of money, no marks at the ends.

    >>> _plain("2016/17  (£000)"), _plain("2016/17 £m"), _plain("Over £500k")
    ('2016/17', '2016/17', 'over £500k')
    """
    if "£" in words:
        words = _UNIT.sub(" ", words)
    return " ".join(words.casefold().split()).strip(" :.*|")


@lru_cache(maxsize=50_000)
def _likeness(one: str, other: str) -> float:
    """How alike two labels read, 0 to 100; 0 where their numbers differ."""
    if one == other:
        return 100
    if sorted(_DIGITS.findall(one)) != sorted(_DIGITS.findall(other)):
        return 0
    score = fuzz.token_sort_ratio(one, other, score_cutoff=_WORDS_ALIKE)
    return score if one and other else 0


# --- Tables -------------------------------------------------------------------------------------


def _tables(before: Sequence[Worded], after: Sequence[Worded]) -> list[tuple[Worded, Worded]]:
    """The pairs: first those that are the same throughout, then the likeliest."""
    contents = {
        id(table): tuple((row.label, row.content) for row in table.rows)
        for table in (*before, *after)
    }
    sets = {key: frozenset(Counter(rows).items()) for key, rows in contents.items()}
    pairs = _passes(
        before,
        after,
        [
            lambda one: (one.name, contents[id(one)]),
            lambda one: contents[id(one)],
            # The same rows in another order.
            lambda one: sets[id(one)],
        ],
    )
    old = _left(before, [one for one, _ in pairs])
    new = _left(after, [two for _, two in pairs])
    holding: dict[Hashable, list[int]] = {}
    old_words, new_words = [one.words for one in old], [one.words for one in new]
    new_values = [one.values for one in new]
    for place, words in enumerate(new_words):
        for word in words:
            holding.setdefault(word, []).append(place)
    scored: list[tuple[float, int, int]] = []
    for first, table in enumerate(old):
        values = table.values
        shared = Counter(place for word in old_words[first] for place in holding.get(word, ()))
        for second, count in shared.items():
            score = count / len(old_words[first] | new_words[second])
            score += _SAME_HEADING * bool(table.name and table.name == new[second].name)
            if score >= _TABLES_ALIKE:
                every = len(values | new_values[second]) or 1
                score += _SAME_FIGURES * len(values & new_values[second]) / every
                scored.append((score, first, second))
    pairs += [(old[first], new[second]) for first, second in _likeliest(scored)]
    order = {id(table): place for place, table in enumerate(before)}
    return sorted(pairs, key=lambda pair: order[id(pair[0])])


def _likeliest(scored: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pairs of places, the highest score first, each place once; of equals, those closest by."""
    pairs: list[tuple[int, int]] = []
    old: set[int] = set()
    new: set[int] = set()
    ordered = sorted(scored, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1] + one[2]))
    for _, first, second in ordered:
        if first not in old and second not in new:
            pairs.append((first, second))
            old.add(first)
            new.add(second)
    return pairs


# --- Rows and columns ---------------------------------------------------------------------------


def _under_heads_of(first: Worded, second: Worded) -> Worded:
    """The second table with its columns called as the first's, where only the wording changed."""
    ours = {head for row in first.rows for head in row.figures}
    theirs = {head for row in second.rows for head in row.figures}
    old, new = sorted(ours - theirs), sorted(theirs - ours)
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return second
    scored = [
        (score, one, two)
        for one, head in enumerate(old)
        for two, other in enumerate(new)
        if head[1] == other[1] and (score := _likeness(head[0], other[0])) >= _WORDS_ALIKE
    ]
    called = {new[two]: old[one] for one, two in _likeliest(scored)}
    if not called:
        return second
    rows = tuple(
        WordedRow(
            row.number,
            row.label,
            row.context,
            row.own,
            {called.get(head, head): one for head, one in row.figures.items()},
        )
        for row in second.rows
    )
    return Worded(second.grid, second.name, rows)


def _rows(
    before: Sequence[WordedRow], after: Sequence[WordedRow]
) -> list[tuple[WordedRow, WordedRow]]:
    """The rows of one table: by label, context and figures, then by less, then by likeness."""
    contents = {id(row): row.content for row in (*before, *after)}
    pairs = _passes(
        before,
        after,
        [
            lambda row: (row.context, row.label, contents[id(row)]),
            lambda row: (row.label, contents[id(row)]),
            lambda row: (row.context, row.label),
            lambda row: row.label,
        ],
    )
    old = _left(before, [one for one, _ in pairs])
    new = _left(after, [two for _, two in pairs])
    if len(old) * len(new) <= _MOST_PAIRS:
        scored = [
            (score, first, second)
            for first, one in enumerate(old)
            for second, two in enumerate(new)
            if (score := _rows_alike(one, two))
        ]
        pairs += [(old[first], new[second]) for first, second in _likeliest(scored)]
    return sorted(pairs, key=lambda pair: pair[0].number)


def _rows_alike(one: WordedRow, two: WordedRow) -> float:
    """How alike two rows' labels read, word for word; 0 where one of them reads otherwise."""
    if not one.label or len(one.label) != len(two.label) or one.is_total != two.is_total:
        return 0
    scores = [_likeness(said, other) for said, other in zip(one.label, two.label, strict=True)]
    return sum(scores) / len(scores) if min(scores) >= _WORDS_ALIKE else 0


def _between_tables(before: Sequence[Place], after: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Rows that went from one table to another: the same figures, or the only one of its label.

    Totals are left out: those of two tables are called alike and are not the same.
    """
    old = [(table, row) for table, row in before if any(row.label) and not row.is_total]
    new = [(table, row) for table, row in after if any(row.label) and not row.is_total]
    pairs = _passes(old, new, [lambda place: (place[1].label, place[1].content)])
    old = _left(old, [one for one, _ in pairs])
    new = _left(new, [two for _, two in pairs])
    once = Counter(row.label for _, row in old), Counter(row.label for _, row in new)
    by_label = {row.label: (table, row) for table, row in new}
    for table, row in old:
        other = by_label.get(row.label)
        if other is None or any(count[row.label] != 1 for count in once):
            continue
        shared = len(row.figures.keys() & other[1].figures.keys())
        if 2 * shared >= max(len(row.figures), len(other[1].figures)):
            pairs.append(((table, row), other))
    return pairs


def _passes(
    before: Sequence[T], after: Sequence[T], keys: Sequence[Callable[[T], Hashable]]
) -> list[tuple[T, T]]:
    """Pairs with the same key, in order; what a key leaves over is tried with the next."""
    pairs: list[tuple[T, T]] = []
    for key in keys:
        waiting: dict[Hashable, list[T]] = {}
        for two in reversed(after):
            waiting.setdefault(key(two), []).append(two)
        found = [(one, there.pop()) for one in before if (there := waiting.get(key(one)))]
        pairs += found
        before = _left(before, [one for one, _ in found])
        after = _left(after, [two for _, two in found])
    return pairs


def _left(every: Sequence[T], taken: Iterable[T]) -> list[T]:
    """Those that are not among the taken; each is known by what it is, not by its value."""
    out = {_identity(one) for one in taken}
    return [one for one in every if _identity(one) not in out]


def _identity(one: object) -> int:
    """Which value it is: a row's place is a new pair each time, its row is not."""
    return id(one[1]) if isinstance(one, tuple) else id(one)
