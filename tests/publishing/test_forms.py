"""Forms as files: what may be filled in, what goes along unseen, and nothing that runs."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl

from futurefit.kernel.form import ANSWER, QUESTION, Box, Form, Grid, Line
from futurefit.kernel.report import Paragraph
from futurefit.papers import filled
from futurefit.publishing import word_form, workbook_form

FORM = Form(
    "A form",
    (
        Paragraph("Fill it in."),
        Grid(
            "",
            QUESTION,
            (ANSWER,),
            (
                Line("Purpose", (Box("To open longer.\nAt less cost."),)),
                Line("Type", (Box("Faster", ("Further", "Faster", "New")),)),
            ),
        ),
        Grid(
            "Amounts",
            "Row",
            ("Title", "Owner", "2026/27", "Total"),
            (
                Line(
                    "A-1",
                    (
                        Box("=1+1", is_open=False),
                        Box("Head of Libraries", tuple(f"Head {n}" for n in range(9))),
                        Box("150.25", is_number=True),
                        Box("150.25", is_open=False, formula="=SUM(D{row}:D{row})"),
                    ),
                ),
            ),
        ),
    ),
    "sealed <&>" * 5_000,
)


def test_a_word_form_has_boxes_with_tags_and_comes_back_as_it_was() -> None:
    """TRP-01, TRP-02."""
    data = word_form.write(FORM, filled.NAMESPACE)
    assert data == word_form.write(FORM, filled.NAMESPACE)
    xml = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert 'w:tag w:val="Question/Purpose/Answer"' in xml
    assert xml.count("<w14:checkbox") == 3
    assert xml.count('<w14:checked w14:val="1"') == 1
    assert docx.Document(BytesIO(data)).tables[0].rows[0].cells[0].text == QUESTION
    back = filled.read("form.docx", data)
    assert back.carried == FORM.carried
    questions, amounts = back.grids
    said = {line.mark.text: line.answers[ANSWER].text for line in questions.lines}
    assert said == {
        "Purpose": "To open longer.\nAt less cost.",
        "Type": "☐ Further\n☒ Faster\n☐ New",
    }
    (line,) = amounts.lines
    assert line.answers["2026/27"].text == "150.25"


def test_only_what_is_to_be_filled_in_is_unlocked_and_lists_say_what_may_stand() -> None:
    """TRP-01."""
    data = workbook_form.write(FORM, filled.CARRIER)
    assert data == workbook_form.write(FORM, filled.CARRIER)
    book = openpyxl.load_workbook(BytesIO(data))
    assert book[filled.CARRIER].sheet_state == "veryHidden"
    assert book["Lists"].sheet_state == "hidden"
    sheet = book["Amounts"]
    assert sheet.protection.sheet
    unlocked = [
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    ]
    assert unlocked == ["C2", "D2"]
    kinds = {str(one.sqref): one.type for one in sheet.data_validations.dataValidation}
    assert kinds == {"C2": "list", "D2": "decimal"}


def test_words_in_a_return_never_run_and_its_own_sums_do() -> None:
    """TRP-01, PUB-05."""
    data = workbook_form.write(FORM, filled.CARRIER)
    sheet = openpyxl.load_workbook(BytesIO(data))["Amounts"]
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("s", "=1+1")
    assert sheet["B2"].quotePrefix
    assert sheet["E2"].value == "=SUM(D2:D2)"
    back = filled.read("return.xlsx", data)
    assert back.carried == FORM.carried
    (line,) = next(grid for grid in back.grids if grid.mark == "Row").lines
    assert line.answers["Total"].wrong == ""
    assert line.answers["2026/27"].place == "Amounts!D2"
