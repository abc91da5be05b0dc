"""Markdown as people and converters write it (rules AUD-01 and AUD-03)."""

import pytest

from futurefit.papers.document import BOLD_LINE, Heading, ListItem, Paragraph, Table, Unreadable
from tests.papers.drawing import drawn, rows, table


def test_blocks_come_in_reading_order_with_their_lines() -> None:
    paper = drawn(
        """\
        # Savings plan

        First line
        goes on here.

        - one
          and more of it
          - deeper
        3. third

        **What it costs**

        | Service | 2016/17 |
        | --- | --- |
        | Parks | 30 |
        """
    )
    assert paper.blocks[:-1] == (
        Heading("Savings plan", 1, 1),
        Paragraph("First line goes on here.", 3),
        ListItem("one and more of it", 6, 1),
        ListItem("deeper", 8, 2),
        ListItem("third", 9, 1, "3"),
        Heading("What it costs", BOLD_LINE, 11),
    )
    last = paper.blocks[-1]
    assert isinstance(last, Table)
    assert (last.index, last.line, last.heading) == (1, 13, "What it costs")


def test_marks_are_taken_out_and_characters_kept() -> None:
    paper = drawn(
        r"""
        *Cost* of **the [plan](http://example.org)** is \*not\* 3<sup>rd</sup> &amp; m<sup>2</sup>,
        a_file_name, 2 * 3 * 4; snake_case stays.
        """
    )
    assert [block.text for block in paper.blocks if isinstance(block, Paragraph)] == [
        "Cost of the plan is *not* 3rd & m², a_file_name, 2 * 3 * 4; snake_case stays."
    ]


def test_line_breaks_made_on_purpose_are_kept() -> None:
    paper = drawn("**Lead:** the director  \n**Challenge:** a member\nof the cabinet\n")
    (block,) = paper.blocks
    assert block == Paragraph("Lead: the director\nChallenge: a member of the cabinet", 1)


def test_a_table_of_tabs_may_be_ragged_and_keeps_its_empty_cells() -> None:
    found = table("\t<b>2016/17</b>\t2017/18\nAmber\t30\t\n\t\t\nTotal\t30\n")
    assert rows(found) == [
        ["", "2016/17", "2017/18"],
        ["Amber", "30", ""],
        ["", "", ""],
        ["Total", "30"],
    ]
    bold = [(cell.row, cell.column) for cell in found.cells if cell.bold]
    assert bold == [(1, 2)]
    assert [cell.line for cell in found.cells if cell.column == 1] == [1, 2, 3, 4]


def test_only_a_cell_that_is_bold_throughout_is_bold() -> None:
    found = table("a\t<b><u>all</u></b>\t<b>some</b> of it\t**marked**\n")
    assert [cell.bold for cell in found.cells] == [False, True, False, True]
    assert [cell.text for cell in found.cells] == ["a", "all", "some of it", "marked"]


def test_a_piped_table_marks_its_heading_rows_and_keeps_escaped_strokes() -> None:
    found = table(
        r"""
        | Year | 2016/17 | |
        | Item | £000 | a \| b |
        |:---|---:|---|
        | Parks | - | - |
        | - | - | - |
        """
    )
    assert rows(found) == [
        ["Year", "2016/17", ""],
        ["Item", "£000", "a | b"],
        ["Parks", "-", "-"],
        ["-", "-", "-"],
    ]
    assert [cell.row for cell in found.cells if cell.heading] == [1, 1, 1, 2, 2, 2]


def test_a_table_nested_in_a_cell_stands_apart_and_knows_where_it_was() -> None:
    paper = drawn(
        "1.\t<p>Shared posts</p> <p>More.</p>\t"
        '<table border="1"> <tr> <td>Lead:</td> <td>Head of <b>Service</b></td> </tr> </table>\n'
        "2.\tOther\t\n"
    )
    outer, inner = paper.tables
    assert rows(outer) == [["1.", "Shared posts\nMore.", ""], ["2.", "Other", ""]]
    assert rows(inner) == [["Lead:", "Head of Service"]]
    assert (outer.index, outer.within, inner.index, inner.within, inner.line) == (1, None, 2, 1, 1)


def test_a_table_in_html_keeps_its_spans_headings_and_lines() -> None:
    found = table(
        """\
        Before.

        <table>
        <tr><th rowspan="2">Service</th><th colspan="2">Year</th></tr>
        <tr><th>2016/17</th>
            <th>2017/18</th></tr>
        <tr><td>Parks<td>30<td>70
        </table>
        """
    )
    places = {cell.text: (cell.row, cell.column, cell.line) for cell in found.cells}
    assert places == {
        "Service": (1, 1, 4),
        "Year": (1, 2, 4),
        "2016/17": (2, 2, 5),
        "2017/18": (2, 3, 6),
        "Parks": (3, 1, 7),
        "30": (3, 2, 7),
        "70": (3, 3, 7),
    }
    year = next(cell for cell in found.cells if cell.text == "Year")
    assert (year.col_span, year.row_span, year.heading) == (2, 1, True)


def test_words_between_a_tables_cells_are_not_lost() -> None:
    paper = drawn("<table><caption>Savings</caption><tr><td>1</td></tr></table>\n\nAfter\n")
    assert [block.text for block in paper.blocks if isinstance(block, Paragraph)] == [
        "Savings",
        "After",
    ]


def test_a_printed_page_number_counts_for_its_own_section() -> None:
    paper = drawn(
        """\
        # One

        before the mark

        Page 287

        after the mark

        Page 288

        on the next page

        This page is intentionally left blank

        unknown

        # Two

        unknown too
        """
    )
    pages = [(block.text, block.page) for block in paper.blocks if not isinstance(block, Table)]
    assert pages == [
        ("One", 287),
        ("before the mark", 287),
        ("after the mark", 287),
        ("on the next page", 288),
        ("This page is intentionally left blank", 288),
        ("unknown", None),
        ("Two", None),
        ("unknown too", None),
    ]


def test_a_line_of_tabs_may_start_with_a_hash() -> None:
    paper = drawn("#\tRisk\n1\tToo slow\n")
    assert [rows(found) for found in paper.tables] == [[["#", "Risk"], ["1", "Too slow"]]]


def test_a_table_that_is_never_closed_ends_with_the_file() -> None:
    assert rows(table("<table><tr><td>1<td>2\n\nmore")) == [["1", "2\nmore"]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<table>" * 21, "nested more than 20 deep"),
        ("<table>" + "<tr><td colspan=999999>1" * 2, "more than 1,000,000 cells"),
        ("a\n\n" * 300_001, "more than 300,000 paragraphs"),
    ],
    ids=["deep", "wide", "paragraphs"],
)
def test_a_paper_without_end_is_refused(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        drawn(text)


def test_a_table_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("futurefit.papers.readers.markdown.MOST_CELLS", 100)
    assert list(drawn("1\t2\n" * 50).tables)
    with pytest.raises(Unreadable, match="more than 100 cells"):
        drawn("1\t2\n" * 51)
