"""What stands in a form that somebody filled in and brought back? (rule TRP-02)

The same readers as of any paper, but every table is a grid: its first row heads the columns, its
first column says what each row is about. A workbook's amounts come as they are kept, not as they
are shown, and a formula is worked out again (AUD-28): where the file keeps another result, or none,
the cell says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from futurefit.kernel.form import Answer, Filled, FilledGrid, FilledLine
from futurefit.papers import readers
from futurefit.papers.document import Table, Unreadable
from futurefit.papers.readers import docx, xlsx
from futurefit.papers.readers.xlsx.sheet import Cell, Sheet, address, shows_dates
from futurefit.papers.readers.zipped import Package

NAMESPACE = "urn:futurefit:form"
"""Of the XML part in which a Word form carries what is not shown."""

CARRIER = "FutureFit"
"""The hidden sheet of a workbook that carries the same, in the cells of its first column."""

ENDINGS = (".docx", ".xlsx")

_NOT_WORKED_OUT = (
    "It holds a formula without a result. Open the workbook in Excel or LibreOffice, save it, and "
    "bring it again."
)


def read(name: str, data: bytes) -> Filled:
    """Read a form or a data return; raise Unreadable, saying why, where it is neither."""
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise Unreadable(f"{name}: a form comes back as .docx, a data return as .xlsx.")
    readers.check(name, data)
    sha256 = hashlib.sha256(data).hexdigest()
    if ending == ".docx":
        return _from_word(name, sha256, data)
    return _from_workbook(name, sha256, data)


# --- Word -----------------------------------------------------------------------------------------


def _from_word(name: str, sha256: str, data: bytes) -> Filled:
    document = docx.read(name, sha256, data)
    package = Package(name, data, "Word")
    carried = ""
    for path in package.paths:
        if path.startswith("customxml/item") and path.endswith(".xml"):
            root = package.tree(path)
            if root is not None and root.tag == f"{{{NAMESPACE}}}form":
                carried = root.text or ""
    tables = (table for table in document.tables if table.within is None)
    return Filled(name, sha256, carried, tuple(_grids(map(_rows, tables))))


def _rows(table: Table) -> tuple[str, dict[int, dict[int, Answer]]]:
    rows: dict[int, dict[int, Answer]] = {}
    for cell in table.cells:
        place = f"table {table.index}, row {cell.row}, column {cell.column}"
        rows.setdefault(cell.row, {})[cell.column] = Answer(cell.text, place)
    return "", rows


# --- Excel ----------------------------------------------------------------------------------------


def _from_workbook(name: str, sha256: str, data: bytes) -> Filled:
    book = xlsx.open_book(name, data)
    wrong = {
        finding.place.heading: finding.message
        for finding in xlsx.formula_findings(book)
        if finding.place.heading
    }
    carried = ""
    for sheet in book.sheets:
        if sheet.name == CARRIER and not sheet.shown:
            carried = "".join(
                str(cell.value)
                for row in sorted(sheet.rows)
                for cell in sheet.rows[row]
                if cell.column == 1
            )

    def rows_of(sheet: Sheet) -> tuple[str, dict[int, dict[int, Answer]]]:
        rows: dict[int, dict[int, Answer]] = {}
        for cell in sheet.cells():
            place = f"{sheet.name}!{address(cell.row, cell.column)}"
            is_day = shows_dates(book.styles, cell)
            answer = Answer(_kept(cell, is_day=is_day), place, _fault(cell, wrong.get(place, "")))
            rows.setdefault(cell.row, {})[cell.column] = answer
        return sheet.name, rows

    shown = (sheet for sheet in book.sheets if sheet.shown)
    return Filled(name, sha256, carried, tuple(_grids(map(rows_of, shown))))


def _kept(cell: Cell, *, is_day: bool) -> str:
    """A cell as the file keeps it: a number to the 15 digits that a spreadsheet knows of it."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, float) or is_day:
        return cell.text
    text = f"{cell.value:.15g}"
    return f"{cell.value:.5f}".rstrip("0").rstrip(".") if "e" in text else text


def _fault(cell: Cell, told: str) -> str:
    if told:
        return told
    if cell.formula is not None and cell.value == "" and not cell.text:
        return _NOT_WORKED_OUT
    return f"It shows {cell.text}." if cell.error else ""


# --- Both -----------------------------------------------------------------------------------------


def _grids(tables: Iterable[tuple[str, dict[int, dict[int, Answer]]]]) -> Iterator[FilledGrid]:
    """Every table whose first row of several cells can head its columns."""
    for sheet, rows in tables:
        first = next((row for row in sorted(rows) if len(_said(rows[row])) > 1), None)
        if first is None:
            continue
        heads = {column: " ".join(one.text.split()) for column, one in rows[first].items()}
        left = min(heads)
        lines = []
        for row in sorted(rows):
            cells = rows[row]
            if row <= first or not _said(cells):
                continue
            nowhere = Answer("", next(iter(cells.values())).place)
            answers = {head: cells[c] for c, head in heads.items() if c != left and c in cells}
            lines.append(FilledLine(cells.get(left, nowhere), answers))
        columns = tuple(head for column, head in sorted(heads.items()) if column != left)
        yield FilledGrid(heads[left], tuple(lines), columns, sheet)


def _said(cells: Mapping[int, Answer]) -> list[int]:
    return [column for column, one in cells.items() if one.text or one.wrong]


def as_values(filled: Filled) -> dict[str, Any]:
    """The form as plain values that JSON holds."""
    return {
        "name": filled.name,
        "sha256": filled.sha256,
        "carried": filled.carried,
        "grids": [
            {
                "mark": grid.mark,
                "sheet": grid.sheet,
                "columns": list(grid.columns),
                "lines": [
                    [_cell(line.mark), {head: _cell(one) for head, one in line.answers.items()}]
                    for line in grid.lines
                ],
            }
            for grid in filled.grids
        ],
    }


def filled_from(values: Mapping[str, Any]) -> Filled:
    """The form that `as_values` told of; KeyError, TypeError or ValueError where it is none."""
    return Filled(
        values["name"],
        values["sha256"],
        values["carried"],
        tuple(
            FilledGrid(
                grid["mark"],
                tuple(
                    FilledLine(Answer(*mark), {head: Answer(*one) for head, one in answers.items()})
                    for mark, answers in grid["lines"]
                ),
                tuple(grid["columns"]),
                grid["sheet"],
            )
            for grid in values["grids"]
        ),
    )


def _cell(answer: Answer) -> list[str]:
    return [answer.text, answer.place, answer.wrong]
