"""The benchmarks of Word files and workbooks run, and mark rightly."""

import io

import xlsxwriter

from benchmarks import docx, workbooks
from benchmarks.measuring import TINY
from futurefit.papers.document import Document, Table, TableCell


def test_both_readers_of_word_agree() -> None:
    report = docx.run(TINY)
    assert report.agreed == ["576 cells and 30 paragraphs, word for word"]
    assert report.scores[0].ours > 0


def test_a_wrong_cell_is_marked() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("S1")
        sheet.write_row(0, 0, ["Parks", 1250.4])
        sheet.write_row(1, 0, ["Roads", -3])
    right = (("A1", "Parks"), ("B1", "1,250"), ("A2", "Roads"), ("B2", "(3)"))
    wrong = (("A1", "Parks"), ("B1", "1,260"), ("A2", "Roads"), ("B2", "3"))
    for given, marks in ((right, 4), (wrong, 2)):
        made = tuple(TableCell(1, n, text, 1, ref=ref) for n, (ref, text) in enumerate(given, 1))
        document = Document("b.xlsx", "", (Table(1, 1, made, sheet="S1"),))
        assert workbooks.marked(document, file.getvalue())[:2] == (marks, 4)
