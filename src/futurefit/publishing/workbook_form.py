"""How does a form become a workbook that people fill in and bring back? (rule TRP-01)

A sheet a grid. Only what is to be filled in is unlocked; a choice is a list, an amount must be a
number. Words that a spreadsheet would run are written as words (PUB-05). What identifies the form
is on a sheet that Excel does not even offer to show.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from futurefit.kernel.form import Box, Form, Grid
from futurefit.kernel.report import Paragraph
from futurefit.publishing.printing import Imprint
from futurefit.publishing.workbook import HEADING, Formats, begin, sheet_names, write_text

if TYPE_CHECKING:
    from futurefit.publishing.workbook import Workbook, Worksheet

_LISTS = "Lists"
_INSTRUCTIONS, _LINE_POINTS = 100, 15  # letters of a line, and how high it is
_PIECE = 30_000  # characters of a cell
_OPEN, _SHUT = {"bg_color": "#FFFBE6", "locked": False, "border": 1}, {"font_color": "#505A5F"}
_AMOUNT = "#,##0.00###;-#,##0.00###"
_WIDEST = 360  # pixels of a column
_MOST = 1_000_000_000  # an amount in £000: more is a slip of the hand


def write(form: Form, carrier: str, imprint: Imprint | None = None) -> bytes:
    """The form as an .xlsx file; `carrier` names the sheet that carries what is not shown."""
    file = BytesIO()
    book = begin(file, form.title, imprint)
    formats = Formats(book)
    names = sheet_names(["Instructions", *(grid.title for grid in form.grids)])
    _instruct(book.add_worksheet(names[0]), form, formats)
    sheets = [book.add_worksheet(name) for name in names[1:]]
    lists = _lists(book, form, formats)
    for sheet, grid in zip(sheets, form.grids, strict=True):
        _write_grid(sheet, grid, lists, formats)
    carried = book.add_worksheet(carrier)
    for row, start in enumerate(range(0, len(form.carried), _PIECE)):
        carried.write_string(row, 0, form.carried[start : start + _PIECE])
    carried.very_hidden()
    carried.protect()
    book.close()
    return file.getvalue()


def _instruct(sheet: Worksheet, form: Form, formats: Formats) -> None:
    said = [form.title, *(block.text for block in form.blocks if isinstance(block, Paragraph))]
    for row, text in enumerate(said):
        look = {"bold": True, "font_size": 14} if row == 0 else {"text_wrap": True, "valign": "top"}
        write_text(sheet, row, 0, text, formats, look)
        sheet.set_row(row, _LINE_POINTS * (2 if row == 0 else 1 + len(text) // _INSTRUCTIONS))
    sheet.set_column(0, 0, _INSTRUCTIONS)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _lists(book: Workbook, form: Form, formats: Formats) -> dict[tuple[str, ...], str]:
    """Every list that boxes choose from, on a hidden sheet: where each stands."""
    wanted = dict.fromkeys(
        box.options for grid in form.grids for line in grid.lines for box in line.boxes
    )
    found: dict[tuple[str, ...], str] = {}
    sheet = book.add_worksheet(_LISTS)
    for column, options in enumerate(options for options in wanted if options):
        said = [option for option in options if option]
        for row, option in enumerate(said):
            write_text(sheet, row, column, option, formats, {})
        letter = _letters(column)
        found[options] = f"={_LISTS}!${letter}$1:${letter}${len(said)}"
    sheet.hide()
    sheet.protect()
    return found


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else _letters(column // 26 - 1) + chr(65 + column % 26)


def _write_grid(
    sheet: Worksheet, grid: Grid, lists: dict[tuple[str, ...], str], formats: Formats
) -> None:
    for column, head in enumerate((grid.mark, *grid.columns)):
        write_text(sheet, 0, column, head, formats, HEADING)
    for row, line in enumerate(grid.lines, start=1):
        write_text(sheet, row, 0, line.mark, formats, _SHUT)
        for column, box in enumerate(line.boxes, start=1):
            _write_box(sheet, row, column, box, formats)
            if box.is_open:
                _allow(sheet, row, column, box, lists)
    sheet.freeze_panes(1, 1)
    sheet.autofit(_WIDEST)
    sheet.protect(options={"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_box(sheet: Worksheet, row: int, column: int, box: Box, formats: Formats) -> None:
    look: dict[str, Any] = _OPEN if box.is_open else _SHUT
    if box.formula:
        number = formats(**look, num_format=_AMOUNT)
        sheet.write_formula(
            row, column, box.formula.format(row=row + 1), number, float(box.value or 0)
        )
    elif box.is_number and box.value:
        sheet.write_number(row, column, float(box.value), formats(**look, num_format=_AMOUNT))
    elif box.value:
        write_text(sheet, row, column, box.value, formats, {**look, "text_wrap": True})
    else:
        number_format = {"num_format": _AMOUNT} if box.is_number else {}
        sheet.write_blank(row, column, None, formats(**look, **number_format))


def _allow(
    sheet: Worksheet, row: int, column: int, box: Box, lists: dict[tuple[str, ...], str]
) -> None:
    """Let a spreadsheet say at once what cannot be filled in."""
    if box.options:
        sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "list",
                "source": lists[box.options],
                "error_title": "Choose from the list",
                "error_message": "Only what is in the list can be filled in here.",
            },
        )
    elif box.is_number:
        sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": -_MOST,
                "maximum": _MOST,
                "error_title": "An amount",
                "error_message": "Write a number, in £000. Leave it empty for nought.",
            },
        )
