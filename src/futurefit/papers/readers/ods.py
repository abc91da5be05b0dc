"""What stands in an OpenDocument sheet? (rule AUD-27)

calamine decodes it. It gives values and not number formats, so figures are printed as a cell
without a format prints them, and formulas are not worked out again: a note says so.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import Block, Document, Unreadable
from futurefit.papers.readers.html import MOST_CELLS, tidy
from futurefit.papers.readers.xlsx import layout, notes
from futurefit.papers.readers.xlsx.formats import general
from futurefit.papers.readers.xlsx.sheet import Cell, Sheet, Styles, is_error
from futurefit.papers.readers.zipped import Package

CODE = "AUD-27"

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST_PLACES = 5 * MOST_CELLS  # of the rectangle that a sheet's cells span
_Given = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta


def read(name: str, sha256: str, data: bytes) -> Document:
    """Read an .ods file into a Document."""
    package = Package(name, data, "the program that made it")
    _check(package)
    blocks: list[Block] = []
    sheets: list[Sheet] = []
    builder = layout.Builder(name, Styles())
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for described in book.sheets_metadata:
                sheet = _sheet(name, described.name, book.get_sheet_by_name(described.name))
                sheet.shown = described.visible is SheetVisibleEnum.Visible
                sheets.append(sheet)
                if sheet.shown:
                    blocks += builder.blocks(sheet)
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable(
            f"{name} is damaged, protected, or not what its name says ({error}). Open it in the "
            "program that made it, and save it as .xlsx."
        ) from None
    found = (_note(name), *notes.notes(name, sheets, package))
    return Document(name, sha256, tuple(blocks), found, has_lines=False)


def _check(package: Package) -> None:
    """Refuse what is no sheet, or would swell beyond measure, before anything decodes it."""
    if "content.xml" not in package:
        raise Unreadable(f"{package.name} is a zip file without an OpenDocument sheet in it.")
    content = package.tree("content.xml")
    for table in content.iter(f"{_T}table") if content is not None else ():
        height, width = _reach(table)
        if height * width > _MOST_PLACES:
            raise Unreadable(f"{package.name} spreads its cells over too wide a sheet. Split it.")
    manifest = package.part("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
    if b"encryption-data" in manifest:
        raise Unreadable(f"{package.name} is protected by a password. Save a copy without it.")


def _reach(table: Element) -> tuple[int, int]:
    """How far down and across a sheet's cells reach.

    A cell may say that it stands for a million others: the decoder would draw out each of them.
    """
    row = height = width = 0
    for line in table.iter(f"{_T}table-row"):
        column = last = 0
        for cell in line:
            column += _times(cell, f"{_T}number-columns-repeated")
            if len(cell) or any(name.endswith("value-type") for name in cell.attrib):
                last = column
        row += _times(line, f"{_T}number-rows-repeated")
        if last:
            height, width = row, max(width, last)
    return height, width


def _times(element: Element, name: str) -> int:
    said = element.get(name, "1")
    return int(said) if said.isdecimal() and len(said) < 9 else 1


def _sheet(name: str, title: str, given: CalamineSheet) -> Sheet:
    """A sheet as the decoder gives it: cells that hold something, and what is merged."""
    if given.total_height * given.total_width > _MOST_PLACES:
        raise Unreadable(f"{name} spreads its cells over too wide a sheet. Split it.")
    sheet = Sheet(title)
    count = 0
    for row, values in enumerate(_rows(given), 1):
        cells = [
            Cell(row, column, text, text, error=is_error(text))
            for column, value in enumerate(values, 1)
            if (text := _printed(value))
        ]
        if cells:
            sheet.rows[row] = cells
            count += len(cells)
            if count > MOST_CELLS:
                raise Unreadable(f"{name} holds more than {MOST_CELLS:,} cells. Split it.")
    for (top, left), (bottom, right) in given.merged_cell_ranges or ():
        sheet.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    return sheet


def _rows(given: CalamineSheet) -> Iterator[list[_Given]]:
    """Every row from the first of the sheet, from its first column."""
    if given.height:
        yield from given.to_python(skip_empty_area=False)


def _printed(value: _Given) -> str:
    """A value as a cell without a number format prints it; dates as a British program does."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return general(float(value))
    if isinstance(value, datetime.datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.strftime("%d/%m/%Y" if midnight else "%d/%m/%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    hours, seconds = divmod(int(value.total_seconds()), 3600)
    return f"{hours}:{seconds // 60:02d}"


def _note(name: str) -> Finding:
    return Finding(
        CODE,
        Severity.NOTE,
        "Of this kind of workbook the values were read as the file keeps them: number formats were "
        "not applied, and formulas were not worked out again.",
        Provenance(file=name),
        advice="Save it as .xlsx to have figures judged as they are printed.",
    )
