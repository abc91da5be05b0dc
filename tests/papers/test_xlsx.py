"""Workbooks as Excel prints them (AUD-27), their formulas (AUD-28), and hostile ones (AUD-29)."""

import contextlib
import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel import report
from futurefit.papers.document import Document, Heading, Paragraph, Unreadable
from futurefit.papers.readers import read
from futurefit.papers.readers.xlsx.formats import BUILT_IN, print_number
from futurefit.publishing import workbook as published
from tests.papers.drawing import rows
from tests.papers.office import cells, workbook_parts, zipped

Sheet = xlsxwriter.worksheet.Worksheet


def written(fill: Callable[[xlsxwriter.Workbook, Sheet], None]) -> Document:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book, book.add_worksheet("Savings"))
    book.close()
    return read("budget.xlsx", file.getvalue())


def made(*sheets: str, **more: object) -> Document:
    return read("budget.xlsx", zipped(workbook_parts(*sheets, **more)))  # type: ignore[arg-type]


def told(document: Document) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.severity.value, one.printed, one.expected) for one in document.findings]


# --- What is printed (AUD-27) ---------------------------------------------------------------------

POUNDS = '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (2455.5, "#,##0", "2,456"),
        (2455123, "#,##0,", "2,455"),
        (2455123, '£0.0,,"m"', "£2.5m"),
        (-1234.25, "#,##0.0;(#,##0.0)", "(1,234.3)"),
        (0, "#,##0;-#,##0;-", "-"),
        (0, POUNDS, "£-"),
        (-5, POUNDS, "-£5"),
        (0, BUILT_IN[43], "-"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (-0.4, "0", "0"),
        (5, "00000", "00005"),
        (309812, "00-00-00", "30-98-12"),
        (0.25, "0.0##", "0.25"),
        (2, "0.0##", "2.0"),
        (12345, "0.00E+00", "1.23E+04"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (3, '[>=10]0;[<10]"few"', "few"),
        (7, '"FTE "0.0_);[Red]0', "FTE 7.0"),
        (5, 'General" wte"', "5 wte"),
        (12, ";;;", ""),
        (42326, "dd/mm/yyyy", "18/11/2015"),
        (42326.75, "d mmm yy hh:mm", "18 Nov 15 18:00"),
        (42326.75, "h:mm AM/PM", "6:00 PM"),
        (42326, "mmmm-yy", "November-15"),
        (60, "d mmm yyyy", "28 Feb 1900"),
        (1.5, "[h]:mm", "36:00"),
        (-1, "d mmm yyyy", "########"),
        (1 / 3, "General", "0.333333333"),
        (0.1 + 0.2, "General", "0.3"),
        (1.5e-7, "General", "1.5E-07"),
        (123456789012, "General", "1.23457E+11"),
    ],
)
def test_numbers_are_printed_as_excel_prints_them(value: float, code: str, printed: str) -> None:
    assert print_number(value, code) == printed


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_keep_every_digit(value: int) -> None:
    assert int(print_number(float(value), "#,##0").replace(",", "")) == value


@given(st.floats(allow_nan=True), st.text(alphabet='0#?.,%;[]"\\_*EeGdmyhs-+@£ /', max_size=12))
def test_any_format_prints_something(value: float, code: str) -> None:
    assert isinstance(print_number(value, code), str)


def test_a_sheet_s_tables_titles_and_addresses() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        sheet.write("B1", "Savings plan", bold)
        sheet.write("B2", "(£000)")
        sheet.write_row("B4", ["Service", "2016/17", "2017/18"], bold)
        sheet.write_row("B5", ["Parks", 1250.4, 30], money)
        sheet.write_row("B6", ["Roads", 2, 3], money)
        sheet.merge_range("B9:D9", "Reserves")
        sheet.write_row("B10", ["Fund", "Sum", "Note"])
        sheet.write_row("B11", ["General", 5, "x"])

    document = written(fill)
    first, second = document.tables
    assert rows(first) == [
        ["Service", "2016/17", "2017/18"], ["Parks", "1,250", "30"], ["Roads", "2", "3"]
    ]  # fmt: skip
    assert (first.heading, first.sheet, second.heading) == (
        "Savings plan – (£000)", "Savings", "Reserves"
    )  # fmt: skip
    corner = first.cells[4]
    assert (corner.ref, corner.text, corner.row, corner.column) == ("C5", "1,250", 2, 2)
    assert first.place(corner).heading == "Savings!C5"
    assert [cell.bold for cell in first.cells[:4]] == [True, True, True, False]
    assert document.blocks[:3] == (
        Heading("Savings", 1, 1),
        Heading("Savings plan", 2, 2),
        Heading("(£000)", 2, 3),
    )
    lines = [block.line for block in document.blocks]
    assert lines == sorted(lines)


def test_tables_side_by_side_are_parted_and_spacing_columns_are_not() -> None:
    def fill(_: xlsxwriter.Workbook, sheet: Sheet) -> None:
        for row, line in enumerate(
            [
                ["Service", "", "2016", "", "2017", "", "Fund", "Sum"],
                ["Parks", "", 1, "", 2, "", "General", 9],
                ["Roads", "", 3, "", 4, "", "Capital", 8],
            ]
        ):
            sheet.write_row(row, 0, line)

    first, second = written(fill).tables
    assert rows(first) == [["Service", "2016", "2017"], ["Parks", "1", "2"], ["Roads", "3", "4"]]
    assert [cell.column for cell in first.cells[:3]] == [1, 3, 5]
    assert rows(second) == [["Fund", "Sum"], ["General", "9"], ["Capital", "8"]]


def test_words_alone_are_paragraphs_and_merged_cells_span() -> None:
    words = made(cells(A1="About this workbook", A3="It is a plan."))
    assert words.blocks[1:] == (Paragraph("About this workbook", 2), Paragraph("It is a plan.", 4))
    data = cells(A1="Service", B1="Years", C1="lost", B2=1, C2=2, A3="x", B3=1, C3=2)
    merged = "<mergeCells><mergeCell ref='B1:C1'/><mergeCell ref='A1:A2'/></mergeCells>"
    (table,) = made(data + merged).tables
    assert [(c.text, c.row_span, c.col_span) for c in table.cells[:2]] == [
        ("Service", 2, 1),
        ("Years", 1, 2),
    ]
    assert "lost" not in [cell.text for cell in table.cells]


def test_shared_and_rich_texts_booleans_and_dates_of_1904() -> None:
    parts = workbook_parts(
        '<sheetData><row><c t="s"><v>0</v></c><c t="b"><v>1</v></c><c s="1"><v>1</v></c>'
        '<c t="s"><v>9</v></c></row><row><c t="n"><v>1</v></c><c t="str"><v> x  y </v></c></row>'
        "</sheetData>",
        styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
    )
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="s" Type="x/sharedStrings" Target="strings.xml"/></Relationships>',
    )
    parts["xl/strings.xml"] = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Cost</t>'
        '</r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r><rPh><t>no</t></rPh></si>'
        "</sst>"
    )
    (table,) = read("budget.xlsx", zipped(parts)).tables
    assert rows(table) == [["Cost¹", "TRUE", "02/01/1904"], ["1", "x y"]]


def test_what_is_hidden_is_told() -> None:
    shown = "<cols><col min='2' max='2' hidden='1'/></cols>" + cells(
        A1="Service", B1="Sum", A2="Parks", B2=1, A3="Roads", B3=2
    ).replace('<row r="3">', '<row r="3" hidden="1">')
    document = made(shown, cells(A1="secret"), states=("visible", "veryHidden"))
    assert told(document) == [
        ("AUD-27", "warning", "“S2”", "no hidden sheets"),
        ("AUD-27", "note", "3", ""),
        ("AUD-27", "note", "B", ""),
    ]
    assert "secret" not in [getattr(block, "text", "") for block in document.blocks]
    (table,) = document.tables
    assert rows(table)[-1] == ["Roads", "2"]


def test_the_programme_s_own_workbook_reads_back_equal() -> None:
    table = report.Table(
        "Savings by theme",
        (
            report.Column("theme", "Theme", report.Shape.WORDS),
            report.Column("saved", "2016/17", report.Shape.PENCE),
            report.Column("share", "Share", report.Shape.SHARE),
            report.Column("due", "Due", report.Shape.DATE),
        ),
        (
            report.Row(tuple(map(report.Cell, ("Parks", 123_456_700, 0.25, date(2015, 11, 12))))),
            report.Row(tuple(map(report.Cell, ("=1+1", -500_000, 0.75, None)))),
        ),
        unit=report.Unit.THOUSANDS,
    )
    document = read("out.xlsx", published.write(table))
    first = next(document.tables)
    assert [line[:4] for line in rows(first)[1:]] == [
        ["Parks", "1,235", "25.0%", "12 Nov 2015"],
        ["=1+1", "-5", "75.0%"],
    ]
    assert [one for one in document.findings if one.severity.value != "note"] == []


# --- Formulas (AUD-28) ----------------------------------------------------------------------------

FIGURES = {"A1": 10, "A2": 20, "A3": -5, "A4": "Parks", "B1": 1, "B2": 2, "B3": 3, "B4": 0}


@pytest.mark.parametrize(
    ("formula", "gives"),
    [
        ("SUM(A1:A3)", "25"),
        ("SUM(A:A)+SUM($1:$1)*0", "25"),
        ("-A1^2", "100"),
        ("2+3*4%-1", "1.12"),
        ("(A1-A2)/B2", "-5"),
        ("AVERAGE(A1:A4)", "8.333333333"),
        ("MIN(A1:A3)&amp;\"/\"&amp;MAX(A1:A3)".replace("&amp;", "&"), "-5/20"),
        ("ROUND(2.345,2)", "2.35"),
        ("ROUND(-1250,-2)", "-1300"),
        ("IF(A1>5,\"yes\",1/0)", "yes"),
        ("IF(A1=B1,1)", "FALSE"),
        ("IFERROR(A1/B4,7)", "7"),
        ("COUNT(A1:A4)", "3"),
        ("ABS(A3)", "5"),
        ("SUMIF(A1:A3,\">0\",B1:B3)", "3"),
        ("SUMIF(A1:A4,\"par*\",B1:B4)", "0"),
        ("SUBTOTAL(9,A1:A3)", "25"),
        ("AND(A1>1,OR(A2<1,NOT(FALSE)))", "TRUE"),
        ("Total*2", "50"),
        ("'S1'!A1+S1!B1", "11"),
    ],
)  # fmt: skip
def test_formulas_are_worked_out_as_excel_does(formula: str, gives: str) -> None:
    names = '<definedName name="Total">S1!$C$9</definedName>'
    sheet = cells(**FIGURES, C9="=SUM(A1:A3)|25", D9=f"={formula}|999")
    findings = made(sheet, names=names).findings
    assert [(one.code, one.severity.value, one.printed, one.expected) for one in findings] == [
        ("AUD-28", "error", "999", gives)
    ]
    assert findings[0].place.heading == "S1!D9"


def test_what_the_file_keeps_rightly_is_no_finding() -> None:
    assert made(cells(A1=0.1, A2=0.2, A3="=A1+A2|0.3", B3="=A3=0.3|1")).findings[:0] == ()
    assert told(made(cells(A1=1, A2=2, A3="=SUM(A1:A2)|3", A4="=A3*2|6"))) == []


def test_what_is_stale_is_told_where_it_starts() -> None:
    sheet = cells(A1=1, A2=2, A3="=SUM(A1:A2)|4", A4="=A3*2|8")
    assert told(made(sheet)) == [("AUD-28", "error", "4", "3")]


def test_a_difference_that_does_not_show_is_no_finding() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="3"/></cellXfs>'
    sheet = cells(A1=1.4, A2="=A1*2|2.9").replace('<c r="A2"', '<c r="A2" s="1"')
    assert told(made(sheet, styles=styles)) == []


def test_shared_formulas_shift_their_references() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" si="0" ref="B1:B3">'
        'A1*$A$1</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2">'
        '<f t="shared" si="0"/><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c><c r="B3">'
        '<f t="shared" si="0"/><v>5</v></c></row></sheetData>'
    )
    assert told(made(sheet)) == [("AUD-28", "error", "5", "3")]


def test_errors_are_told_once_a_kind() -> None:
    sheet = cells(A1="=B9/0|#DIV/0!", A2="=A1+1|#DIV/0!", A3="=X()|#N/A")
    assert told(made(sheet))[:2] == [
        ("AUD-28", "error", "#DIV/0!", "a figure"),
        ("AUD-28", "warning", "#N/A", "a figure"),
    ]


def test_formulas_outside_what_is_worked_out_are_counted_in_one_note() -> None:
    sheet = cells(
        A1="=VLOOKUP(1,B1:C2,2)|5", A2="=[1]Other!A1|5", A3="=NOW()|5", A4="=Table1[Sum]|5",
        A5="=SUM(A1:A2 A2:A3)|5", A6="=A1:A2|5", A7="=Gone!A1|5", A8="=" + "(" * 99 + "1|5",
    )  # fmt: skip
    (note,) = made(sheet).findings
    assert (note.code, note.severity.value, note.printed) == ("AUD-28", "note", "8")
    assert "VLOOKUP (1)" in note.message


def test_formulas_without_results_are_told() -> None:
    (warning,) = made(cells(A1=1, A2="=A1*2|", A3='=""|')).findings
    assert (warning.code, warning.severity.value) == ("AUD-28", "warning")
    assert "1 formula has no result" in warning.message


def test_a_figure_typed_over_a_formula_is_a_warning_where_it_differs() -> None:
    column = {f"A{n}": n for n in range(1, 6)} | {f"B{n}": 10 for n in range(1, 6)}
    formulas = {f"C{n}": f"=A{n}+B{n}|{n + 10}" for n in range(1, 6)}
    assert told(made(cells(**column, **formulas | {"C3": 45}))) == [
        ("AUD-28", "warning", "45", "13")
    ]
    assert told(made(cells(**column, **formulas | {"C3": 13}))) == []
    assert told(made(cells(**column, **formulas | {"C5": 45}))) == []


def test_running_totals_over_a_long_column_do_not_hold_the_reader_up() -> None:
    rows_of = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><f>SUM($A$1:A{n})</f><v>{n}</v></c>'
        "</row>"
        for n in range(1, 6001)
    )
    (note,) = made(f"<sheetData>{rows_of}</sheetData>").findings
    assert "more than can be worked out in time" in note.message


# --- What is no paper (AUD-29) --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"a": "b"}), "without an Excel workbook in it"),
        (zipped(workbook_parts(cells(A1=1)))[:400], "damaged or cut short"),
        (zipped(workbook_parts("<sheetData><row r='1048577'/></sheetData>")), "no row 1048577"),
        (zipped(workbook_parts("<sheetData><row><c r='XFE1'><v>1</v></c></row></sheetData>")),
         "no cell XFE1"),
        (zipped(workbook_parts("<sheetData>")), "damaged or cut short"),
        (zipped({"xl/workbook.xml": '<!DOCTYPE w [<!ENTITY a "b">]><workbook/>'}), "XML entities"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_workbook_is_refused_and_said_so(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read("budget.xlsx", data)


def test_more_cells_than_a_paper_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("futurefit.papers.readers.xlsx.sheet.MOST_CELLS", 3)
    with pytest.raises(Unreadable, match="more than 3 cells"):
        made(cells(A1=1, A2=2, A3=3, A4=4))


def test_macros_links_and_dde_are_inert_and_told() -> None:
    parts = workbook_parts(cells(A1="=cmd|'/c calc'!A0|5", A2='=HYPERLINK("http://x","y")|5'))
    parts |= {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<ddeLink/>"}
    document = read("budget.xlsm", zipped(parts))
    assert [(one.code, one.severity.value, one.printed) for one in document.findings] == [
        ("AUD-29", "note", "1 link to another workbook"),
        ("AUD-29", "note", "1 set of macros"),
        ("AUD-28", "note", "2"),
    ]


@pytest.mark.parametrize("step", range(9))
def test_a_workbook_cut_or_changed_anywhere_is_read_or_refused(step: int) -> None:
    data = zipped(workbook_parts(cells(A1="Service", B1=1, A2="Parks", B2="=B1*2|2")))
    for at in range(step, len(data), 9):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        for damaged in (data[:at], bytes(changed)):
            with contextlib.suppress(Unreadable):
                assert read("budget.xlsx", damaged).name == "budget.xlsx"


def test_moments_are_printed_to_the_second() -> None:
    moment = datetime(2015, 11, 12, 9, 30, 15, tzinfo=UTC)
    serial = (moment - datetime(1899, 12, 30, tzinfo=UTC)).total_seconds() / 86_400
    assert print_number(serial, "yyyy-mm-dd hh:mm:ss") == "2015-11-12 09:30:15"
