"""Workbooks, opened again and read back, by a reader and by LibreOffice (rule PUB-05)."""

import csv
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from futurefit.kernel.money import read_money
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.publishing.workbook import sheet_names, write
from tests.conftest import absent
from tests.publishing.cases import HOSTILE, IMPRINT, SEN, grid, mixed, report


def sheets(file: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet's rows, as a reader of workbooks gets them."""
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(file: bytes, name: str) -> str:
    """One of the XML parts that a workbook is made of."""
    with zipfile.ZipFile(BytesIO(file)) as parts:
        return parts.read(name).decode()


@pytest.mark.parametrize(
    ("unit", "one"), [(Unit.POUNDS, 0.001), (Unit.THOUSANDS, 1), (Unit.MILLIONS, 1000)]
)
def test_a_grid_reads_back_as_numbers_in_its_unit_and_its_totals_match(
    unit: Unit, one: float
) -> None:
    head, *rows = sheets(write(grid(unit)))["Current savings- SEN contract"]
    suffix = "" if unit is Unit.POUNDS else f" ({unit.value})"
    assert head == ["Rating", *(f"{y}{suffix}" for y in ("2015/16", "2016/17", "2017/18", "Total"))]
    amounts = [[cell or 0 for cell in row[1:]] for row in rows]
    assert amounts[-1] == [(total or 0) / one for total in SEN["Total"]]
    for column in zip(*amounts, strict=True):
        assert sum(column[:-1]) == pytest.approx(column[-1])
    assert rows[0][3] == ""  # an empty cell is not nought


def test_every_shape_keeps_its_type_and_notes_have_a_column() -> None:
    head, first, second, *_ = sheets(write(mixed()))["Lines"]
    assert head == ["Words", "Saving", "Posts", "Share", "Due", "RAG", "Notes"]
    assert first == [
        "Fees, “and” charges", 1250.5, 1250, 0.367, date(2015, 11, 19), "Amber", "Saving: about",
    ]  # fmt: skip
    assert second[4] == datetime(2015, 11, 19, 10)  # noqa: DTZ001 -- Excel knows no time zones
    assert second[5] == "Green on target"


def test_words_are_never_formulas() -> None:
    file = write(mixed())
    assert [row[0] for row in sheets(file)["Lines"][3:]] == list(HOSTILE)
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert "<f>" not in part(file, sheet)
        assert "<hyperlink" not in part(file, sheet)
    assert 'quotePrefix="1"' in part(file, "xl/styles.xml")


def test_the_heading_row_is_frozen_and_filtered() -> None:
    sheet = part(write(grid()), "xl/worksheets/sheet1.xml")
    assert '<pane ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:E6"/>' in sheet


def test_ratings_have_their_colour_behind_the_word_and_legible_ink() -> None:
    styles = part(write(grid()), "xl/styles.xml")
    for rag in (Rag.GREEN_DELIVERED, Rag.GREEN_ON_TARGET, Rag.AMBER, Rag.RED):
        assert f'<fgColor rgb="FF{rag.colour[1:].upper()}"/>' in styles
        assert f'<color rgb="FF{rag.ink[1:].upper()}"/>' in styles


def test_numbers_have_formats_and_pounds_show_pence_only_where_there_are_any() -> None:
    assert 'formatCode="£#,##0.00;-£#,##0.00"' in part(write(mixed()), "xl/styles.xml")
    assert 'formatCode="£#,##0;-£#,##0"' in part(write(grid(Unit.POUNDS)), "xl/styles.xml")
    assert 'formatCode="#,##0.000;-#,##0.000"' in part(write(grid(Unit.MILLIONS)), "xl/styles.xml")


def test_the_last_sheet_says_what_the_workbook_is() -> None:
    about = sheets(write(report(), IMPRINT))["About"]
    assert ["Title", "Programme summary"] in about
    assert ["Made", "22 Nov 2026, 12:30 UTC"] in about
    assert ["Ledger head", "12:ab34"] in about
    assert ["", "=As printed."] in about
    assert [f"{grid().title}: note", "An empty cell was not stated."] in about


def test_the_same_report_makes_the_same_bytes() -> None:
    assert write(report(), IMPRINT) == write(report(), IMPRINT)
    created = part(write(report(), IMPRINT), "docProps/core.xml")
    assert ">2026-11-22T12:30:00Z</dcterms:created>" in created


def test_an_empty_table_still_opens() -> None:
    empty = Table("Nothing", (Column("a", "A", Shape.PENCE),), ())
    assert sheets(write(empty))["Nothing"] == [["A (£000)"]]


def test_words_too_long_for_a_cell_say_that_they_are_cut() -> None:
    long = Table("Long", (Column("a", "A"),), (Row((Cell("x" * 40_000),)),))
    (text,) = sheets(write(long))["Long"][1]
    assert len(text) == 32_767
    assert text.endswith("… [cut here: longer than a cell can hold]")


def test_sheets_have_names_that_excel_allows() -> None:
    assert sheet_names(["RAG: 2016/17", "rag- 2016-17", "", "History", "x" * 40, "x" * 41]) == [
        "RAG- 2016-17",
        "rag- 2016-17 2",
        "Table",
        "History 2",
        "x" * 31,
        "x" * 29 + " 2",
    ]


def test_libreoffice_reads_the_same_figures(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        absent("there is no LibreOffice here to read a workbook")
    workbook = tmp_path / "grid.xlsx"
    workbook.write_bytes(write(grid()))
    profile = (tmp_path / "profile").as_uri()
    utf_8 = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", utf_8]
    subprocess.run(
        [*command, "--outdir", tmp_path, workbook], check=True, capture_output=True, timeout=240
    )
    with (tmp_path / "grid.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    printed = [[read_money(cell, Unit.THOUSANDS).pence or 0 for cell in row[1:]] for row in rows]
    assert printed == [[(cell or 0) * 1000_00 for cell in thousands] for thousands in SEN.values()]
    assert [row[0] for row in rows] == [
        "Green delivered", "Green on target", "Amber", "Red", "Total",
    ]  # fmt: skip


def test_more_rows_than_a_sheet_holds_are_refused_not_dropped() -> None:
    row = Row((Cell(1),))
    huge = Table("Huge", (Column("a", "A", Shape.COUNT),), (row,) * 1_048_576)
    with pytest.raises(ValueError, match="take the CSV file"):
        write(huge)
