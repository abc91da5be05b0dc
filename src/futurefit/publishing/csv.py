"""How does a table become a CSV file that a spreadsheet and a program both read? (rule PUB-02)

UTF-8 with a byte order mark, because Excel takes a file without one for the machine's old code page
and spoils every £, while Python ("utf-8-sig"), R, DuckDB and Polars drop the mark. Lines end as RFC
4180 has it. Columns are headed by their keys; amounts are whole pence and their heading says so.
Words that a spreadsheet would run as a formula get an apostrophe in front.

One table makes one plain file. A report of several gives each under its title, an empty line apart.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from futurefit.kernel.report import Cell, Column, Report, Shape, Table
from futurefit.publishing.printing import (
    Imprint,
    has_notes,
    notes_of,
    print_value,
    tables_of,
    whole_pence,
)

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe goes before what could start a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def write(document: Report | Table, imprint: Imprint | None = None) -> bytes:
    """A table (or a report's tables) as CSV. There is no place in it for an imprint."""
    tables = tables_of(document)
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    for number, table in enumerate(tables):
        if len(tables) > 1:
            writer.writerows([[]] * (number > 0) + [[inert(table.title)]])
        noted = has_notes(table)
        writer.writerow([_key(column) for column in table.columns] + ["notes"] * noted)
        for row in table.rows:
            cells = zip(row.cells, table.columns, strict=True)
            notes = [inert(notes_of(table, row))] * noted
            writer.writerow([_plain(cell, column) for cell, column in cells] + notes)
    return file.getvalue().encode("utf-8-sig")


def _key(column: Column) -> str:
    """A column's heading: its key, and whole pence where it holds money."""
    pence = column.shape is Shape.PENCE and not column.key.endswith("_pence")
    return inert(column.key + "_pence" * pence)


def _plain(cell: Cell, column: Column) -> str:
    """A cell as a program reads it back."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return inert(print_value(value, column.shape))
    return str(whole_pence(value) if column.shape is Shape.PENCE else value)
