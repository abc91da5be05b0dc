"""What stands in the cells of a worksheet: values, formulas, merged and hidden cells? (AUD-27)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from futurefit.papers.document import Unreadable
from futurefit.papers.readers.html import MOST_CELLS, RAISED, tidy
from futurefit.papers.readers.xlsx.formats import BUILT_IN, is_date, print_number
from futurefit.papers.readers.zipped import Package

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_MERGED = 100_000

Value = float | str | bool
_ROW, _C, _V, _F, _IS, _T, _R = f"{S}row", f"{S}c", f"{S}v", f"{S}f", f"{S}is", f"{S}t", f"{S}r"
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ERRORS = frozenset(
    ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "#SPILL!", "#CALC!")
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell's formula; one that is shared is written once and copied, its references shifted."""

    text: str
    shared: str = ""
    array: bool = False


@dataclass(slots=True)
class Cell:
    """A cell that holds something. `text` is what is printed, `error` whether that is an error."""

    row: int
    column: int
    text: str
    value: Value
    style: int = 0
    formula: Formula | None = None
    error: bool = False


@dataclass(slots=True)
class Sheet:
    """A worksheet as read."""

    name: str
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row and column, last row and column."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    shown: bool = True

    def cells(self) -> Iterator[Cell]:
        """Every cell that holds something."""
        for row in self.rows.values():
            yield from row


@dataclass(slots=True)
class Styles:
    """What the styles of a workbook come to, by number: number format, bold."""

    formats: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)


def place(ref: str) -> tuple[int, int] | None:
    """Row and column of an address.

    >>> place("B3"), place("$AA$10"), place("B0")
    ((3, 2), (10, 27), None)
    """
    match = _REF.fullmatch(ref)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if 0 < row <= MOST_ROWS and column <= MOST_COLUMNS else None


def address(row: int, column: int) -> str:
    """The address of a cell.

    >>> address(3, 2), address(10, 27)
    ('B3', 'AA10')
    """
    return f"{letters(column)}{row}"


@lru_cache(maxsize=MOST_COLUMNS)
def letters(column: int) -> str:
    """The name of a column."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_styles(root: Element | None) -> Styles:
    """Number format and bold type of each style."""
    found = Styles()
    if root is None:
        return found
    codes = dict(BUILT_IN)
    for one in root.iterfind(f"{S}numFmts/{S}numFmt"):
        codes[_whole(one.get("numFmtId"))] = one.get("formatCode", "General")
    fonts = []
    for font in root.iterfind(f"{S}fonts/{S}font"):
        bold = font.find(f"{S}b")
        fonts.append(bold is not None and bold.get("val", "1") not in ("0", "false"))
    for one in root.iterfind(f"{S}cellXfs/{S}xf"):
        font_number = _whole(one.get("fontId"))
        found.formats.append(codes.get(_whole(one.get("numFmtId")), "General"))
        found.bold.append(font_number < len(fonts) and fonts[font_number])
    return found


def read_strings(package: Package, path: str) -> list[str]:
    """The texts that cells refer to by number."""
    if path not in package:
        return []
    return [_text(one) for one in package.children(path, f"{S}sst") if one.tag == f"{S}si"]


def _text(holder: Element) -> str:
    """A text of one or several runs; what only says how to pronounce it is left out."""
    pieces = []
    for child in holder:
        if child.tag == _T:
            pieces.append(child.text or "")
        elif child.tag == _R:
            text = "".join(one.text or "" for one in child.iterfind(_T))
            raised = child.find(f"{S}rPr/{S}vertAlign")
            if raised is not None and raised.get("val") == "superscript":
                text = text.translate(RAISED)
            pieces.append(text)
    return tidy("".join(pieces))


def read_sheet(
    package: Package, path: str, sheet: Sheet, strings: list[str], styles: Styles, from_1904: bool
) -> int:
    """Fill a sheet with its cells; give back how many hold something."""
    count = row = 0
    formats = styles.formats
    for element in package.children(path, f"{S}cols", f"{S}sheetData", f"{S}mergeCells"):
        if element.tag != _ROW:
            _lay_out(element, sheet)
            continue
        row = _whole(element.get("r"), row + 1)
        if not 0 < row <= MOST_ROWS:
            raise package.damaged(f"{sheet.name}: there is no row {row}")
        if element.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(row)
        cells: list[Cell] = []
        column = 0
        for one in element:
            if one.tag != _C:
                continue
            ref = one.get("r")
            column = (place(ref) or (0, 0))[1] if ref else column + 1
            if not 0 < column <= MOST_COLUMNS:
                raise package.damaged(f"{sheet.name}: there is no cell {ref}")
            if not len(one):
                continue
            cell = _cell(one, row, column, strings, formats, from_1904)
            if cell is not None:
                cells.append(cell)
        if cells:
            count += len(cells)
            if count > MOST_CELLS:
                raise Unreadable(f"{package.name} holds more than {MOST_CELLS:,} cells. Split it.")
            sheet.rows.setdefault(row, []).extend(cells)
    return count


def _cell(
    one: Element, row: int, column: int, strings: list[str], formats: list[str], from_1904: bool
) -> Cell | None:
    """A cell as printed; None where it holds nothing."""
    style = _whole(one.get("s"))
    said: str | None = None
    formula = None
    for child in one:
        tag = child.tag
        if tag == _V:
            said = child.text
        elif tag == _F:
            formula = Formula(
                child.text or "",
                child.get("si", "") if child.get("t") == "shared" else "",
                child.get("t") in ("array", "dataTable"),
            )
        elif tag == _IS:
            text = _text(child)
            return Cell(row, column, text, text, style) if text else None
    kind = one.get("t", "n")
    if said is None:
        return Cell(row, column, "", "", style, formula) if formula else None
    if kind == "s":
        number = _whole(said, -1)
        text = strings[number] if 0 <= number < len(strings) else ""
        return Cell(row, column, text, text, style, formula) if text or formula else None
    if kind in ("str", "d"):
        text = tidy(said)
        return Cell(row, column, text, said, style, formula) if text or formula else None
    if kind == "b":
        return Cell(row, column, "TRUE" if said == "1" else "FALSE", said == "1", style, formula)
    if kind == "e":
        return Cell(row, column, said.strip()[:20], said.strip()[:20], style, formula, error=True)
    try:
        value = float(said)
    except ValueError:
        return Cell(row, column, tidy(said), said, style, formula)
    code = formats[style] if style < len(formats) else "General"
    return Cell(row, column, print_number(value, code, from_1904), value, style, formula)


def _lay_out(one: Element, sheet: Sheet) -> None:
    """Take in what a sheet says beside its cells: what is merged, which columns are hidden."""
    if one.tag == f"{S}col":
        if one.get("hidden") in ("1", "true"):
            first, last = _whole(one.get("min"), 1), _whole(one.get("max"), 1)
            sheet.hidden_columns.append((max(1, first), min(last, MOST_COLUMNS)))
    elif one.tag == f"{S}mergeCell" and len(sheet.merged) < MOST_MERGED:
        first_ref, _, last_ref = one.get("ref", "").partition(":")
        start, end = place(first_ref), place(last_ref or first_ref)
        if start and end and start <= end and start[1] <= end[1]:
            sheet.merged.append((*start, *end))


def shows_dates(styles: Styles, cell: Cell) -> bool:
    """Whether a cell's number is shown as a date."""
    return cell.style < len(styles.formats) and is_date(styles.formats[cell.style])


def is_error(text: str) -> bool:
    """Whether a text is one of Excel's errors."""
    return text in _ERRORS


def _whole(said: str | None, usual: int = 0) -> int:
    """A number that a file gives, kept within reason."""
    if said is None or len(said) > 9:
        return usual
    try:
        return int(said)
    except ValueError:
        return usual
