"""How are the rows of a table filtered and sorted without parting sub-rows or misplacing totals?

A table is read as a tree: a row is followed by its sub-rows (a higher `level`). Sorting orders rows
among their equals. Totals (emphasised rows without sub-rows) stay behind the rows they add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Value
from futurefit.site.common.drawn import Drawn

_ADDITIVE = frozenset((Shape.PENCE, Shape.COUNT))
_DIGITS = re.compile(r"(\d+)")
_RAG_ORDER = {name: place for place, rag in enumerate(Rag) for name in (rag.value, rag.word)}


@dataclass(frozen=True, slots=True)
class _Branch:
    row: Row
    below: tuple[_Branch, ...]

    @property
    def is_total(self) -> bool:
        return self.row.emphasis and not self.below


def arrange(table: Table, *, words: str = "", sort: str = "") -> Table:
    """The table with the rows that hold every one of `words`, sorted by a column's key ("-key":
    down).

    In a filtered table a single total at the foot is added up again over the rows that are left, in
    the columns where it was their sum; any other total is left out, and a note says so.
    """
    if not words and not sort:
        return table  # whose rows may not be made yet, and need not all be for one page
    branches = _branches(tuple(table.rows))
    notes = table.notes
    if words:
        branches, left_out = _filtered(table.columns, branches, words.casefold().split())
        if left_out:
            notes = (*notes, "Totals are left out while only some of the rows are shown.")
    if sort:
        branches = _sorted(branches, _place(table.columns, sort.removeprefix("-")), sort[0] == "-")
    return replace(table, rows=tuple(_rows(branches)), notes=notes)


def split_totals(table: Table) -> tuple[Sequence[Row], tuple[Row, ...]]:
    """The rows of a table, and the totals at its foot."""
    if isinstance(table.rows, Drawn):
        return table.rows.split()
    foot = len(table.rows)
    while foot and table.rows[foot - 1].emphasis and not table.rows[foot - 1].level:
        foot -= 1
    return table.rows[:foot], table.rows[foot:]


def _place(columns: Sequence[Column], key: str) -> int:
    return next(place for place, column in enumerate(columns) if column.key == key)


def _branches(rows: Sequence[Row]) -> tuple[_Branch, ...]:
    """The rows as a tree, by their levels."""
    found = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and rows[end].level > rows[start].level:
            end += 1
        found.append(_Branch(rows[start], _branches(rows[start + 1 : end])))
        start = end
    return tuple(found)


def _rows(branches: Iterable[_Branch]) -> Iterable[Row]:
    for branch in branches:
        yield branch.row
        yield from _rows(branch.below)


# --- Sorting ------------------------------------------------------------------------------------


def _sorted(branches: Sequence[_Branch], place: int, down: bool) -> tuple[_Branch, ...]:
    totals = [branch for branch in branches if branch.is_total]
    empty = [b for b in branches if not b.is_total and b.row.cells[place].value in (None, "")]
    plain = [b for b in branches if not b.is_total and b.row.cells[place].value not in (None, "")]
    plain.sort(key=lambda branch: _rank(branch.row.cells[place].value), reverse=down)
    return tuple(
        replace(branch, below=_sorted(branch.below, place, down))
        for branch in (*plain, *empty, *totals)  # what is empty comes after either way
    )


def _rank(value: Value) -> tuple[int, Any]:
    """Numbers before dates before words; "FF-9" before "FF-10"; ratings in their own order."""
    if isinstance(value, datetime):
        return 1, (value.date(), value.timetz().isoformat())
    if isinstance(value, date):
        return 1, (value, "")
    if isinstance(value, int | float):
        return 0, value
    text = str(value)
    if text in _RAG_ORDER:
        return 2, _RAG_ORDER[text]
    parts = _DIGITS.split(text.casefold())
    return 3, [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]


# --- Filtering ----------------------------------------------------------------------------------


def _filtered(
    columns: Sequence[Column], branches: Sequence[_Branch], words: Sequence[str]
) -> tuple[tuple[_Branch, ...], bool]:
    """The branches that hold the words, and whether totals had to be left out."""
    plain = tuple(branch for branch in branches if not branch.is_total)
    totals = [branch for branch in branches if branch.is_total]
    kept, inner_left_out = _holding(plain, words)
    if len(kept) == len(plain) and not inner_left_out and list(_rows(kept)) == list(_rows(plain)):
        return tuple(branches), False
    if len(totals) != 1 or branches[-1] is not totals[0]:
        return kept, bool(totals) or inner_left_out
    total = _added_again(columns, totals[0].row, plain, kept)
    return (*kept, _Branch(total, ())), inner_left_out


def _holding(branches: Sequence[_Branch], words: Sequence[str]) -> tuple[tuple[_Branch, ...], bool]:
    kept = []
    left_out = False
    for branch in branches:
        if branch.is_total:
            left_out = True
        elif _holds(branch.row, words):
            kept.append(branch)
        else:
            below, some_left_out = _holding(branch.below, words)
            if below:
                kept.append(replace(branch, below=below))
                left_out = left_out or some_left_out
    return tuple(kept), left_out


def _holds(row: Row, words: Sequence[str]) -> bool:
    text = " ".join(
        f"{cell.value} {cell.note}" for cell in row.cells if isinstance(cell.value, str | date)
    ).casefold()
    text += " " + text.replace("_", " ")  # ratings are stored as GREEN_ON_TARGET
    return all(word in text for word in words)


def _added_again(
    columns: Sequence[Column], total: Row, before: Sequence[_Branch], kept: Sequence[_Branch]
) -> Row:
    cells = [Cell("Total of the rows shown")]
    for place in range(1, len(columns)):
        stood = total.cells[place].value
        is_sum = columns[place].shape in _ADDITIVE and stood == _sum(before, place)
        cells.append(Cell(_sum(kept, place) if is_sum else None))
    return replace(total, cells=tuple(cells))


def _sum(branches: Sequence[_Branch], place: int) -> int:
    values = (branch.row.cells[place].value for branch in branches)
    return sum(value for value in values if isinstance(value, int))
