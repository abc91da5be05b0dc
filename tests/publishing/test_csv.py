"""CSV files, opened again and read back (rule PUB-02)."""

import csv
from io import StringIO

from futurefit.kernel.report import Unit
from futurefit.publishing.csv import inert, write
from tests.publishing.cases import HOSTILE, SEN, K, grid, mixed, report


def read(file: bytes) -> list[list[str]]:
    """The rows of a file, as a program gets them."""
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline="")))


def test_a_grid_reads_back_to_the_penny_and_its_totals_match() -> None:
    for unit in Unit:  # the unit is how it is shown, never what is exported
        head, *rows = read(write(grid(unit)))
        assert head == ["rating", "2015/16_pence", "2016/17_pence", "2017/18_pence", "total_pence"]
        amounts = [[int(cell or 0) for cell in row[1:]] for row in rows]
        assert [sum(column) for column in zip(*amounts[:-1], strict=True)] == amounts[-1]
        assert amounts[-1] == [total * K for total in SEN["Total"] if total]
        assert rows[0] == ["Green delivered", "58400000", "31800000", "", "90200000"]


def test_excel_and_programs_both_see_utf_8() -> None:
    file = write(mixed())
    assert file.startswith(b"\xef\xbb\xbf")
    assert "Fees, “and” charges" in file.decode("utf-8-sig")
    assert file.count(b"\r\n") == len(mixed().rows) + 1


def test_every_shape_reads_back_and_notes_have_a_column() -> None:
    head, first, second, *_ = read(write(mixed()))
    assert head == ["words", "saving_pence", "posts", "share", "due_on", "rag", "notes"]
    assert first == [
        "Fees, “and” charges", "125050", "1250", "0.367", "2015-11-19", "Amber", "Saving: about",
    ]  # fmt: skip
    assert second == [
        "Energy", "", "2.5", "-0.012", "2015-11-19T10:00:00+00:00", "Green on target",
        "Saving: TBC",
    ]  # fmt: skip


def test_no_cell_of_words_can_run_as_a_formula() -> None:
    _, _, _, *rows = read(write(mixed()))
    assert [row[0] for row in rows] == [f"'{words}" for words in HOSTILE]
    assert all(row[1] == "-100" for row in rows)  # an amount stays a number
    assert inert("＝1+1") == "'＝1+1"
    assert inert("1-2") == "1-2"


def test_several_tables_stand_under_their_titles() -> None:
    rows = read(write(report()))
    assert rows[0] == [grid().title]
    assert rows[rows.index([]) + 1] == ["Lines"]
