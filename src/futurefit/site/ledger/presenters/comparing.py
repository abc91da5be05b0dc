"""How does one table look at two positions, old and new side by side? (rule PRE-07)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit

BLANK = Cell(None)

_Key = tuple[tuple[object, int, bool], ...]


def side_by_side(then: Table, now: Table, *, then_words: str, now_words: str) -> Table:
    """The two tables as one: for each column of amounts a pair, in which every cell leads to the
    working of its own position, and a new amount that differs says by how much.

    The first column names the rows. A row that stands at one position only is blank at the other.
    """
    amounts = list(now.columns[1:])
    known = {column.key for column in amounts}
    amounts += [column for column in then.columns[1:] if column.key not in known]
    old, new = _by_key(then), _by_key(now)
    rows = [_row(key, old.get(key), new.get(key), amounts, now.unit) for key in _merged(old, new)]
    columns = [now.columns[0]]
    for column in amounts:
        columns += [
            Column(f"{column.key}_then", f"{column.title}, {then_words}", column.shape),
            Column(column.key, f"{column.title}, {now_words}", column.shape),
        ]
    return replace(now, columns=tuple(columns), rows=tuple(rows))


def _by_key(table: Table) -> dict[_Key, dict[str, Cell]]:
    """Each row's cells by column, under its name and the names of the rows that it stands below."""
    found: dict[_Key, dict[str, Cell]] = {}
    path: list[tuple[object, int, bool]] = []
    for row in table.rows:
        path = [part for part in path if part[1] < row.level]
        path.append((row.cells[0].value, row.level, row.emphasis))
        cells = zip(table.columns, row.cells, strict=True)
        found[tuple(path)] = {column.key: cell for column, cell in cells} | {"": row.cells[0]}
    return found


def _merged(old: dict[_Key, dict[str, Cell]], new: dict[_Key, dict[str, Cell]]) -> Iterator[_Key]:
    """The rows of now in their order; what has gone stands before the totals of its own group."""
    gone = [key for key in old if key not in new]
    for key in new:
        is_total = key[-1][2]
        for lost in [lost for lost in gone if is_total and not lost[-1][2]]:
            gone.remove(lost)
            yield lost
        yield key
    yield from gone


def _row(
    key: _Key,
    then: dict[str, Cell] | None,
    now: dict[str, Cell] | None,
    amounts: list[Column],
    unit: Unit,
) -> Row:
    cells = [(now or then or {})[""]]
    for column in amounts:
        old = (then or {}).get(column.key, BLANK)
        new = (now or {}).get(column.key, BLANK)
        cells += [old, _said(old, new, column, unit)]
    _, level, emphasis = key[-1]
    return Row(tuple(cells), emphasis=emphasis, level=level)


def _said(old: Cell, new: Cell, column: Column, unit: Unit) -> Cell:
    """The new cell, with what it gained or lost beside it."""
    if column.shape is not Shape.PENCE:
        return new
    before, after = (cell.value if isinstance(cell.value, int) else 0 for cell in (old, new))
    gained = after - before
    if not gained:
        return new
    # Exactly: rounded like the amounts, a small change would read as none.
    exact = print_money(abs(gained), unit, places=5)
    sign = "+" if gained > 0 else "-"
    return replace(new, note=f"{sign}{exact.rstrip('0').rstrip('.')}", marked=True)
