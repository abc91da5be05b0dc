"""Does a report become a PDF that everybody can read, and that runs nothing? (rule PUB-09)"""

import re
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from futurefit.kernel.report import (
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Shape,
    Table,
    Unit,
)
from futurefit.publishing import pdf
from futurefit.publishing.printing import print_value
from tests.publishing.cases import CHART, IMPRINT, grid, mixed, report
from tests.publishing.pdf_reading import tags, words


def one_cell(value: str) -> Table:
    return Table("T", (Column("a", "A"),), (Row((Cell(value),)),))


def test_every_value_of_a_table_stands_on_the_page_in_order() -> None:
    table = grid()
    printed = [
        print_value(cell.value, column.shape, table.unit)
        for row in table.rows
        for cell, column in zip(row.cells, table.columns, strict=True)
    ]
    (page,) = words(pdf.write(table))
    assert "Rating 2015/16 (£000)" in page
    assert " ".join(" ".join(printed).split()) in page


def test_tags_tell_headings_rows_captions_and_pictures_apart() -> None:
    read = tags(pdf.write(report(), IMPRINT))
    kinds = [kind for kind, _ in read]
    assert [kind for kind in kinds if kind.startswith("H")] == ["H1", "H2"]
    assert kinds.count("Table") == kinds.count("Caption") - 1 == 2  # and the chart's caption
    assert kinds.count("TH") == 5 + 6
    assert kinds.count("TR") == 1 + len(grid().rows) + 1 + len(mixed().rows)
    assert [says for kind, says in read if kind == "Figure"] == [f"{CHART.title}: {CHART.alt}"]


def test_a_reader_is_told_title_and_language_and_that_there_are_tags() -> None:
    written = pdf.write(report(), IMPRINT)
    file = pypdfium2.PdfDocument(written)
    assert file.get_metadata_value("Title") == "Programme summary"
    assert pypdfium2.raw.FPDFCatalog_IsTagged(file)
    assert b"/Lang(en-GB)" in written
    assert b"pdfuaid:part>1<" in written


def test_the_file_says_when_it_was_made_and_from_which_head() -> None:
    (page,) = words(pdf.write(report(), IMPRINT))
    assert "Made: 22 Nov 2026, 12:30 UTC Ledger head: 12:ab34" in page
    assert (
        pypdfium2.PdfDocument(pdf.write(report(), IMPRINT))
        .get_metadata_value("CreationDate")
        .startswith("D:20261122123000")
    )


def test_a_missing_level_of_heading_is_closed_up() -> None:
    deep = Report("Title", (Heading("Four", 4), Heading("Two", 2), Heading("", 3), Heading("3", 3)))
    kinds = [kind for kind, _ in tags(pdf.write(deep))]
    assert [kind for kind in kinds if kind.startswith("H")] == ["H1", "H2", "H2", "H3"]


@pytest.mark.parametrize(
    "typed",
    [
        "#sys.inputs",
        '#read("report.typ")',
        "*bold* _slanted_ $x$ `raw`",
        "<label> @reference // gone /* gone */",
        '"}],"title":"other',
        "= Heading \\ #image(1)",
    ],
)
def test_what_people_typed_is_printed_and_never_run(typed: str) -> None:
    table = Table(typed, (Column("a", typed),), (Row((Cell(typed, note=typed),)),), notes=(typed,))
    (page,) = words(pdf.write(Report(typed, (Heading(typed), Paragraph(typed), table))))
    assert page.count(typed) == 9  # each of the eight, and the title at the foot


def test_a_heading_row_repeats_and_pages_are_numbered() -> None:
    long = replace(grid(), rows=grid().rows * 40)
    pages = words(pdf.write(long))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert "Rating 2015/16 (£000)" in page
        assert f"Page {number} of {len(pages)}" in page


def test_a_hundred_pages_lose_no_row() -> None:
    rows = tuple(Row((Cell(f"Line {number}"), Cell(number * 100))) for number in range(5500))
    columns = (Column("line", "Line"), Column("pence", "Saving", Shape.PENCE))
    table = Table("Lines", columns, rows, unit=Unit.POUNDS)
    pages = words(pdf.write(table))
    assert len(pages) >= 100
    read = [pair for page in pages for pair in re.findall(r"Line (\d+) £([\d,]+)", page)]
    assert read == [(str(number), f"{number:,}") for number in range(5500)]


def test_a_sheet_lies_on_its_side_where_a_table_is_too_wide_and_nothing_is_cut() -> None:
    columns = tuple(Column(f"c{place}", f"Column {place}") for place in range(16))
    wide = Table("Wide", columns, (Row(tuple(Cell("1,234,567.89") for _ in columns)),))
    written = pdf.write(wide)
    page = pypdfium2.PdfDocument(written)[0]
    width, height = page.get_size()
    assert width > height
    text = page.get_textpage()
    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    assert max(right for _, _, right, _ in boxes) < width
    assert words(written)[0].count("1,234,567.89") == len(columns)
    amounts = [box for box in boxes if "1,234,567.89" in text.get_text_bounded(*box)]
    assert all(one[2] <= next_one[0] for one, next_one in pairwise(amounts))


def test_a_row_stays_on_one_page_unless_it_is_longer_than_one() -> None:
    def pages(cells: list[str]) -> list[str]:
        rows = tuple(Row((Cell(text),)) for text in cells)
        return words(pdf.write(Table("T", (Column("a", "A"),), rows)))

    short = [f"Begin {number} {'word ' * 60}end {number}." for number in range(40)]
    on_each = pages(short)
    assert len(on_each) > 1
    for page in on_each:
        assert re.findall(r"Begin (\d+)", page) == re.findall(r"end (\d+)", page)
    long = pages([" ".join(f"w{number}" for number in range(9000))])
    assert [w for page in long for w in re.findall(r"\bw(\d+)\b", page)] == [
        str(number) for number in range(9000)
    ]


def test_a_long_word_is_parted_and_stays_on_the_sheet() -> None:
    digest = "0123456789abcdef" * 16
    written = pdf.write(one_cell(digest))
    page = pypdfium2.PdfDocument(written)[0]
    text = page.get_textpage()
    assert max(text.get_rect(place)[2] for place in range(text.count_rects())) < page.get_width()
    assert digest in re.sub(r"[\s\u200b\ufffe]", "", words(written)[0])


def test_a_character_that_no_letters_have_is_printed_as_its_number() -> None:
    (page,) = words(pdf.write(one_cell("Done ✓ 汉 😀 \x00\x1b\ud800end")))
    assert "Done ✓ [U+6C49] [U+1F600] end" in page


def test_what_has_no_words_still_makes_a_file() -> None:
    for empty in (Report("", ()), Table("", (), ()), Report("", (Paragraph(""), Heading(" ")))):
        assert pdf.write(empty).startswith(b"%PDF")
    bare = Chart("bridge", "", "", ({"label": "Start", "pence": 100, "part": "total"},))
    assert pdf.write(Report("Chart", (bare,))).startswith(b"%PDF")
