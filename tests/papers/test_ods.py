"""OpenDocument sheets: their values, and what is refused (AUD-27, AUD-29)."""

import shutil
import subprocess
from pathlib import Path

import pytest

from futurefit.papers.document import Document, Heading, Unreadable
from futurefit.papers.readers import read
from tests.conftest import absent
from tests.papers.drawing import rows
from tests.papers.office import zipped

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def sheet(*lines: str, name: str = "Savings") -> bytes:
    inside = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{inside}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
        }
    )


def words(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def figure(value: float, more: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {more}/>'


def ods(data: bytes) -> Document:
    return read("budget.ods", data)


def test_a_sheet_gives_tables_with_titles_and_addresses() -> None:
    document = ods(
        sheet(
            words("Savings plan"),
            "",
            words("Service") + words("2016/17"),
            words("Parks") + figure(1250.5),
            words("Roads") + figure(3),
        )
    )
    (table,) = document.tables
    assert rows(table) == [["Service", "2016/17"], ["Parks", "1250.5"], ["Roads", "3"]]
    assert (table.heading, table.sheet, table.cells[3].ref) == ("Savings plan", "Savings", "B4")
    assert document.blocks[:2] == (Heading("Savings", 1, 1), Heading("Savings plan", 2, 2))
    assert [(note.code, note.severity.value) for note in document.findings] == [("AUD-27", "note")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"a": "b"}), "without an OpenDocument sheet in it"),
        (sheet(words("x"))[:200], "damaged or cut short"),
        (zipped({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "declares XML entities"),
        (b"\xd0\xcf\x11\xe0 and no more", "old or an encrypted Word or Excel file"),
        (
            sheet(figure(1, 'table:number-columns-repeated="99999999"')),
            "spreads its cells over too wide a sheet",
        ),
        (
            zipped(
                {
                    "content.xml": f"<office:document-content {SPACES}><table:table>"
                    '<table:table-row table:number-rows-repeated="1000000">'
                    + figure(1, 'table:number-columns-repeated="1000"')
                    + "</table:table-row></table:table></office:document-content>"
                }
            ),
            "spreads its cells over too wide a sheet",
        ),
    ],
    ids=("no sheet", "cut", "entities", "not OpenDocument", "wide", "high"),
)
def test_what_is_no_sheet_is_refused_and_said_so(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        ods(data)


def test_a_workbook_of_before_2007_is_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"save it as \.xlsx"):
        read("budget.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def test_what_libreoffice_saves_reads_as_it_was_written(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        absent("there is no LibreOffice here to save a sheet")
    (tmp_path / "plan.csv").write_text("Service,2016/17\nParks,1250\nRoads,3\n", encoding="utf-8")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "plan.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (table,) = ods((tmp_path / "plan.ods").read_bytes()).tables
    assert rows(table) == [["Service", "2016/17"], ["Parks", "1250"], ["Roads", "3"]]
