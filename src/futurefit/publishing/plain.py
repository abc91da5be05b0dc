"""How does a report become plain values, for JSON and for programs? (rule PUB-03)

Amounts are whole pence, shares 0 to 1, dates ISO 8601, ratings their codes. A row is keyed by its
columns. Which rows are totals is said beside them: a program must not add a total to its parts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from futurefit.kernel.report import (
    Block,
    Chart,
    Heading,
    Paragraph,
    Report,
    Shape,
    Table,
    Value,
)
from futurefit.publishing.printing import Imprint, cells_with_notes, whole_pence


def plain(document: Report | Table, imprint: Imprint | None = None) -> dict[str, Any]:
    """A report or a table as dictionaries, lists, text and numbers."""
    if isinstance(document, Table):
        values = _table(document)
    else:
        values = {"title": document.title, "blocks": [_block(block) for block in document.blocks]}
    if imprint is not None:
        values["imprint"] = {"made_at": imprint.made_at.isoformat(), **dict(imprint.facts)}
    return values


def write(document: Report | Table, imprint: Imprint | None = None) -> bytes:
    """The same as JSON, in UTF-8."""
    text = json.dumps(plain(document, imprint), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Table():
            return {"block": "table", **_table(block)}
        case Heading():
            return {"block": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"block": "paragraph", "text": block.text}
        case Chart():
            return {
                "block": "chart",
                "kind": block.kind,
                "title": block.title,
                "alt": block.alt,
                "rows": [_row(row) for row in block.rows],
            }


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    if len(set(keys)) < len(keys):
        raise ValueError(f"“{table.title}” has two columns with one key: {', '.join(keys)}.")
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.shape is Shape.PENCE and not isinstance(cell.value, str | None):
                whole_pence(_number(cell.value))
    return {
        "title": table.title,
        "money": "pence",
        "columns": [
            {"key": column.key, "title": column.title, "shape": column.shape.value}
            for column in table.columns
        ],
        "rows": [
            _row(dict(zip(keys, (cell.value for cell in row.cells), strict=True)))
            for row in table.rows
        ],
        "totals": [number for number, row in enumerate(table.rows) if row.emphasis],
        "levels": [row.level for row in table.rows],
        "remarks": [
            {"row": number, "column": column.key, "note": note}
            for number, column, note in cells_with_notes(table)
        ],
        "notes": list(table.notes),
    }


def _number(value: Value) -> float:
    if isinstance(value, int | float):
        return value
    raise TypeError(f"A money cell holds whole pence, not {value!r}.")


def _row(row: Mapping[str, Value]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()
    }
