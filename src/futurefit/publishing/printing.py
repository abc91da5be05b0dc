"""How does each value of a report read, whoever prints it? (rule PUB-01)

The page, the terminal and the workbook print the same words: this is where they are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from futurefit.kernel.money import print_money, round_half_up
from futurefit.kernel.rag import NotRag, Rag, read_rag
from futurefit.kernel.report import Column, Report, Row, Shape, Table, Unit, Value

NUMBERS = frozenset({Shape.PENCE, Shape.COUNT, Shape.SHARE})
"""The shapes that stand to the right."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a publication says of itself.

    `made_at` is when it was made (an argument, never the clock), `facts` what to print with it: the
    ledger's head, the date it stands at, the address it came from.
    """

    made_at: datetime
    facts: tuple[tuple[str, str], ...] = ()


def tables_of(document: Report | Table) -> list[Table]:
    """The tables of a report, or the table itself."""
    if isinstance(document, Table):
        return [document]
    return [block for block in document.blocks if isinstance(block, Table)]


def heading(column: Column, unit: Unit) -> str:
    """A column's title, with the unit of its money; an amount in pounds carries its own sign."""
    if column.shape is Shape.PENCE and unit is not Unit.POUNDS:
        return f"{column.title} ({unit.value})"
    return column.title


def print_value(value: Value, shape: Shape, unit: Unit = Unit.POUNDS) -> str:
    """A value as people read it; "" where there is none. Words among numbers stay words."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.day} {value:%b %Y, %H:%M} {value:%Z}".rstrip()
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if shape is Shape.RAG:
        rag = rag_of(value)
        return rag.word if rag else str(value)
    if isinstance(value, str):
        return value
    if shape is Shape.PENCE:
        return print_money(whole_pence(value), unit)
    if shape is Shape.SHARE:
        return f"{round_half_up(Decimal(repr(float(value))) * 100, 1)}%"
    return f"{value:,}" if shape is Shape.COUNT else str(value)


def whole_pence(value: float) -> int:
    """The amount of a money cell. A fraction of a penny means that the program is wrong."""
    if not isinstance(value, int):
        raise TypeError(f"A money cell holds whole pence, not {value!r}.")
    return value


def rag_of(value: Value) -> Rag | None:
    """The rating that a cell holds, by its code or its word."""
    try:
        return read_rag(str(value))
    except NotRag:
        return None


def cells_with_notes(table: Table) -> Iterator[tuple[int, Column, str]]:
    """Row (from 0), column and note of every cell that has one."""
    for number, row in enumerate(table.rows):
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.note:
                yield number, column, cell.note


def has_notes(table: Table) -> bool:
    """Whether a file of this table needs a column for the notes of its cells."""
    return any(True for _ in cells_with_notes(table))


def notes_of(table: Table, row: Row) -> str:
    """The notes of a row's cells in one text: "2016/17: about; Total: TBC"."""
    return "; ".join(
        f"{column.title}: {cell.note}"
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.note
    )
