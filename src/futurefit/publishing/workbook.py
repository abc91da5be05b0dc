"""How does a report become an Excel workbook that people can go on working with? (rule PUB-05)

A sheet a table: the heading row frozen and filtered, real numbers in the table's own unit, totals
in bold, ratings with the word and the colour. Words are written as words: nothing in them ever runs
as a formula. A last sheet says what the workbook is. The same report and imprint make the same
bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from futurefit.kernel.money import PENCE_IN
from futurefit.kernel.report import Column, Paragraph, Report, Shape, Table, Unit, Value
from futurefit.publishing.printing import (
    NUMBERS,
    Imprint,
    has_notes,
    heading,
    notes_of,
    print_value,
    rag_of,
    tables_of,
    whole_pence,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook as Workbook
    from xlsxwriter.worksheet import Worksheet as Worksheet

_MOST_ROWS = 1_048_575  # of a sheet, beside its heading row
_LONGEST_TEXT = 32_767  # characters in a cell
_WIDEST, _MOMENT_WIDTH = 400, 130  # pixels of a column
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")

_MONEY = {
    Unit.POUNDS: "£#,##0;-£#,##0",
    Unit.THOUSANDS: "#,##0;-#,##0",
    Unit.MILLIONS: "#,##0.000;-#,##0.000",
}
_POUNDS_AND_PENCE = "£#,##0.00;-£#,##0.00"
_COUNT, _SHARE = "#,##0", "0.0%"
_DAY, _MOMENT = "d mmm yyyy", "d mmm yyyy hh:mm"
HEADING = {"bold": True, "bg_color": "#e8ecf0", "bottom": 1, "text_wrap": True, "valign": "top"}
_WHEN_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)


def write(document: Report | Table, imprint: Imprint | None = None) -> bytes:
    """A table, or a report's tables and paragraphs, as an .xlsx file."""
    file = BytesIO()
    book = begin(file, document.title, imprint)
    formats = Formats(book)
    tables = tables_of(document)
    names = sheet_names([*(table.title for table in tables), "About"])
    for name, table in zip(names, tables, strict=False):
        _write_table(book.add_worksheet(name), table, formats)
    _write_about(book.add_worksheet(names[-1]), document, imprint, formats)
    book.close()
    return file.getvalue()


def begin(file: BytesIO, title: str, imprint: Imprint | None) -> Workbook:
    """A workbook without a sheet yet; what is written in it stands in `file` once it is closed."""
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"in_memory": True})
    made_at = imprint.made_at if imprint else _WHEN_UNKNOWN
    book.set_properties({"title": title, "created": _naive(made_at)})
    return book


def sheet_names(titles: Sequence[str]) -> list[str]:
    """A name for each sheet that Excel allows: short, without its marks, and each one once."""
    names: list[str] = []
    for title in titles:
        plain = "".join("-" if mark in "[]:*?/\\" or mark < " " else mark for mark in title)
        plain = plain.strip(" '-")[:31].rstrip(" '-") or "Table"
        name, again = plain, 1
        while name.lower() in {*(taken.lower() for taken in names), "history"}:
            again += 1
            name = f"{plain[: 30 - len(str(again))]} {again}"
        names.append(name)
    return names


class Formats:
    """The workbook's formats, one for each combination that is used."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """The format of these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _write_table(sheet: Worksheet, table: Table, formats: Formats) -> None:
    if len(table.rows) > _MOST_ROWS:
        raise ValueError(
            f"“{table.title}” has {len(table.rows):,} rows; a sheet holds {_MOST_ROWS:,}. "
            "Filter it, or take the CSV file."
        )
    noted = has_notes(table)
    titles = [heading(column, table.unit) for column in table.columns] + ["Notes"] * noted
    for place, (title, column) in enumerate(zip(titles, [*table.columns, None], strict=False)):
        to_the_right = column is not None and column.shape in NUMBERS
        align = {"align": "right"} if to_the_right else {}
        write_text(sheet, 0, place, title, formats, {**HEADING, **align})
    money = [
        _money_format(table, place) if column.shape is Shape.PENCE else ""
        for place, column in enumerate(table.columns)
    ]
    for number, row in enumerate(table.rows, start=1):
        look: dict[str, Any] = {"bold": True, "top": 1} if row.emphasis else {}
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            indent = {"indent": row.level} if place == 0 and row.level else {}
            properties = {**look, **indent}
            if money[place]:
                properties["num_format"] = money[place]
            _write_cell(sheet, number, place, cell.value, column, table.unit, properties, formats)
        if noted:
            write_text(sheet, number, len(table.columns), notes_of(table, row), formats, look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), max(len(titles) - 1, 0))
    sheet.autofit(_WIDEST)
    for place in range(len(table.columns)):
        # Left to itself, a column is made wide enough for a day but not for a time of day.
        if any(isinstance(row.cells[place].value, datetime) for row in table.rows):
            sheet.set_column_pixels(place, place, _MOMENT_WIDTH)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _money_format(table: Table, place: int) -> str:
    """Pounds show their pence where any amount of the column has some."""
    amounts = (row.cells[place].value for row in table.rows)
    has_pence = any(isinstance(amount, int) and amount % 100 for amount in amounts)
    if table.unit is Unit.POUNDS and has_pence:
        return _POUNDS_AND_PENCE
    return _MONEY[table.unit]


def _write_cell(
    sheet: Worksheet,
    row: int,
    place: int,
    value: Value,
    column: Column,
    unit: Unit,
    properties: dict[str, Any],
    formats: Formats,
) -> None:
    """One value, with its own type: a number is a number and a date is a date."""
    if value is None:
        sheet.write_blank(row, place, None, formats(**properties))
    elif isinstance(value, datetime):
        look = formats(**properties, num_format=_MOMENT, align="left")
        sheet.write_datetime(row, place, _naive(value), look)
    elif isinstance(value, date):
        look = formats(**properties, num_format=_DAY, align="left")
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, str):
        rag = rag_of(value) if column.shape is Shape.RAG else None
        if rag is not None:
            properties = {**properties, "bg_color": rag.colour, "font_color": rag.ink}
        words = print_value(value, column.shape, unit)
        write_text(sheet, row, place, words, formats, properties)
    elif column.shape is Shape.PENCE:
        number = whole_pence(value) / PENCE_IN[unit]
        sheet.write_number(row, place, number, formats(**properties))
    else:
        if column.shape is Shape.SHARE:
            properties = {**properties, "num_format": _SHARE}
        elif isinstance(value, int):
            properties = {**properties, "num_format": _COUNT}
        sheet.write_number(row, place, value, formats(**properties))


def write_text(
    sheet: Worksheet,
    row: int,
    place: int,
    text: str,
    formats: Formats,
    properties: dict[str, Any],
) -> None:
    """Words as words. The quote prefix keeps them so when somebody edits the cell."""
    if text.startswith(_RUNS):
        properties = {**properties, "quote_prefix": True}
    if len(text) > _LONGEST_TEXT:
        cut = " … [cut here: longer than a cell can hold]"
        text = text[: _LONGEST_TEXT - len(cut)] + cut
    sheet.write_string(row, place, text, formats(**properties))


def _write_about(
    sheet: Worksheet, document: Report | Table, imprint: Imprint | None, formats: Formats
) -> None:
    """What this workbook is, when it was made and from what, and the notes of its tables."""
    facts = [("Title", document.title)]
    if imprint is not None:
        facts += [("Made", print_value(imprint.made_at, Shape.DATE)), *imprint.facts]
    if isinstance(document, Report):
        facts += [("", block.text) for block in document.blocks if isinstance(block, Paragraph)]
    for table in tables_of(document):
        facts.append((f"{table.title}: unit of money", table.unit.value))
        facts += [(f"{table.title}: note", note) for note in table.notes]
    for row, (name, fact) in enumerate(facts):
        write_text(sheet, row, 0, name, formats, {"bold": True, "valign": "top"})
        write_text(sheet, row, 1, fact, formats, {"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 90)


def _naive(moment: datetime) -> datetime:
    """Excel knows no time zones: moments with one are written in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
