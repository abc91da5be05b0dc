"""Does a report become a Word document that people can go on editing? (rule PUB-08)"""

from io import BytesIO

import docx

from futurefit.kernel.report import Cell, Column, Paragraph, Report, Row, Table
from futurefit.publishing import word
from tests.publishing.cases import IMPRINT, grid, report


def test_every_value_of_a_table_reads_back_as_it_prints() -> None:
    (table,) = docx.Document(BytesIO(word.write(grid()))).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][1] == "2015/16 (£000)"
    assert rows[1] == ["Green delivered", "584", "318", "", "902"]


def test_a_report_has_real_headings_pictures_with_words_and_what_it_says_of_itself() -> None:
    file = docx.Document(BytesIO(word.write(report(), IMPRINT)))
    styles = {paragraph.style.name for paragraph in file.paragraphs if paragraph.style}
    assert "Title" in styles
    assert any(name and name.startswith("Heading") for name in styles)
    assert file.core_properties.language == "en-GB"
    assert "Ledger head: 12:ab34" in file.paragraphs[-1].text
    for picture in file.inline_shapes:
        assert picture._inline.docPr.get("descr")


def test_a_heading_row_repeats_on_every_page() -> None:
    (table,) = docx.Document(BytesIO(word.write(grid()))).tables
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_a_mark_is_told_by_words_and_shade() -> None:
    table = Table("T", (Column("a", "A"),), (Row((Cell("40", note="should be 30", marked=True),)),))
    (read,) = docx.Document(BytesIO(word.write(table))).tables
    cell = read.rows[1].cells[0]
    assert cell.text == "40 should be 30"
    assert 'w:fill="FFF2D3"' in cell._tc.xml


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    file = docx.Document(BytesIO(word.write(Report("A\x00b", (Paragraph("c\x1bd\ufffee"),)))))
    assert [paragraph.text for paragraph in file.paragraphs] == ["Ab", "cde"]
