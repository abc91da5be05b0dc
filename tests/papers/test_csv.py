"""CSV as spreadsheets and councils save it (rule AUD-04)."""

import pytest

from futurefit.papers.document import Document, Heading, Unreadable
from futurefit.papers.readers import read
from tests.papers.drawing import rows


def csv(text: str | bytes) -> Document:
    return read("budget.csv", text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    (table,) = csv(delimiter.join(["Parks", "1", "2"]) + "\n" + delimiter.join("abc")).tables
    assert rows(table) == [["Parks", "1", "2"], ["a", "b", "c"]]


def test_commas_in_figures_do_not_hide_a_semicolon() -> None:
    (table,) = csv("Parks;1,250;2,000\nRoads;3,000;4,100,200\n").tables
    assert rows(table) == [["Parks", "1,250", "2,000"], ["Roads", "3,000", "4,100,200"]]


def test_titles_above_a_table_are_its_heading_and_not_its_rows() -> None:
    paper = csv("Savings plan,,\n(£000),,\n,,\nService,2016/17,2017/18\nParks,30,70\n")
    (table,) = paper.tables
    assert rows(table) == [["Service", "2016/17", "2017/18"], ["Parks", "30", "70"]]
    assert (table.line, table.heading) == (4, "Savings plan – (£000)")
    assert paper.blocks[:2] == (Heading("Savings plan", 2, 1), Heading("(£000)", 2, 2))


def test_blank_lines_part_tables_that_are_headed_anew() -> None:
    paper = csv("A,2016/17\nx,1\n\nSecond\nB,2017/18\ny,2\n,\nz,3\n")
    first, second = paper.tables
    assert (rows(first), first.heading) == ([["A", "2016/17"], ["x", "1"]], "")
    assert second.heading == "Second"
    assert rows(second) == [["B", "2017/18"], ["y", "2"], ["", ""], ["z", "3"]]


def test_a_quoted_cell_may_hold_lines_and_rows_keep_the_line_they_start_on() -> None:
    (table,) = csv('Name,Sum\n"two\nlines",1\nlast,2\n').tables
    assert [(cell.text, cell.line) for cell in table.cells if cell.column == 1] == [
        ("Name", 1),
        ("two\nlines", 2),
        ("last", 4),
    ]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["UTF-16"]),
        ("cp1252", ["Windows-1252"]),
    ],
)
def test_how_a_file_was_decoded_is_a_note(encoding: str, told: list[str]) -> None:
    paper = csv("Fee,Sum\nCafé,£5\n".encode(encoding))
    (table,) = paper.tables
    assert rows(table) == [["Fee", "Sum"], ["Café", "£5"]]
    assert [(note.code, note.severity.value, note.printed) for note in paper.findings] == [
        ("AUD-02", "note", name) for name in told
    ]


def test_a_quotation_mark_without_its_pair_is_refused() -> None:
    with pytest.raises(Unreadable, match="quotation mark without its pair"):
        csv('a,"b\n' + "c,d\n" * 50_000)


def test_a_file_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("futurefit.papers.readers.csv.MOST_CELLS", 100)
    assert list(csv("1,2\n" * 50).tables)
    with pytest.raises(Unreadable, match="more than 100 cells"):
        csv("1,2\n" * 51)
    with pytest.raises(Unreadable, match="more than 100 cells"):
        csv("a,b\n" + "\n" * 101)
