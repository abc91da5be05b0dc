"""Is an audit told so that a member can read it and an officer can mend the paper?"""

from futurefit.kernel.report import Heading, Paragraph, Report, Table
from futurefit.papers.audit_report import build_erratum, build_report, what_was_tested
from futurefit.papers.readers import read
from futurefit.papers.redrawn import MOST_ROWS, marks_of, redraw, redraw_table
from futurefit.papers.report import Audited, audit_paper

RIGHT = """\
# Plan

| £000 | 2016/17 | 2017/18 | Total |
|---|---|---|---|
| Libraries | 10 | 20 | 30 |
| Museums | 12 | 22 | 34 |
| Archives | 15 | 6 | 21 |
| Total | 37 | 48 | 85 |
"""


def audited(text: str) -> Audited:
    return audit_paper(read("plan.md", text.encode()))


def tables(report: Report) -> list[Table]:
    return [block for block in report.blocks if isinstance(block, Table)]


def test_a_wrong_cell_is_marked_where_it_stands_with_what_should() -> None:
    """Rule AUD-66."""
    paper = audited(RIGHT.replace("| 30 |", "| 40 |"))
    (table,) = paper.document.tables
    drawn = redraw_table(table, marks_of(paper.findings)[1])
    marked = [
        (row.cells[0].value, column.title, cell.value, cell.note)
        for row in drawn.rows
        for cell, column in zip(row.cells, drawn.columns, strict=True)
        if cell.marked
    ]
    assert marked == [("Libraries", "Total", "40", "◄ should be 30 (AUD-13)")]


def test_a_paper_drawn_again_keeps_every_word() -> None:
    """Rule AUD-66."""
    text = f"{RIGHT}\nWords after.\n\n- one\n- two\n"
    document = read("plan.md", text.encode())
    blocks = redraw(document)
    assert [block.text for block in blocks if isinstance(block, Heading | Paragraph)] == [
        "Plan",
        "Words after.",
        "– one",
        "– two",
    ]
    (drawn,) = (block for block in blocks if isinstance(block, Table))
    said = {column.title for column in drawn.columns}
    said |= {str(cell.value) for row in drawn.rows for cell in row.cells}
    (table,) = document.tables
    assert said == {cell.text for cell in table.cells}


def test_a_long_table_is_drawn_round_its_marks_and_says_so() -> None:
    """Rule AUD-66."""
    rows = "".join(f"| Line {n} | {n} | 1 | {n + 1} |\n" for n in range(1, 4 * MOST_ROWS))
    paper = audited(f"| £000 | 2016/17 | 2017/18 | Total |\n|---|---|---|---|\n{rows}".replace(
        "| 100 | 1 | 101 |", "| 100 | 1 | 107 |"
    ))  # fmt: skip
    (table,) = paper.document.tables
    drawn = redraw_table(table, marks_of(paper.findings)[1])
    assert len(drawn.rows) == 5
    assert drawn.notes == (f"{4 * MOST_ROWS - 1 - 5} rows without marks are left out.",)


def test_a_report_lists_what_was_found_and_draws_the_tables_that_are_wrong() -> None:
    """Rule AUD-67."""
    report = build_report([audited(RIGHT.replace("| 30 |", "| 40 |"))], unread=["b.pdf is empty."])
    assert report.title == "Audit: plan.md"
    findings, drawn = tables(report)
    assert findings.title == "Findings: 1 error"
    assert drawn.title == "Table 1: Plan"
    assert Paragraph("Not read: b.pdf is empty.") in report.blocks


def test_a_paper_without_faults_gets_a_clean_bill_that_says_what_was_tested() -> None:
    """Rule AUD-68."""
    paper = audited(RIGHT)
    report = build_report([paper])
    assert report.title == "Clean bill: plan.md"
    assert tables(report) == []
    said = " ".join(block.text for block in report.blocks if isinstance(block, Paragraph))
    assert "7 of 7 printed totals borne out" in said
    assert paper.document.sha256 in said
    assert what_was_tested(paper.document).figures == 12


def test_an_erratum_says_for_what_to_read_what_and_leaves_notes_out() -> None:
    """Rule AUD-69."""
    report = build_erratum([audited(RIGHT.replace("| 30 |", "| 40 |"))])
    (corrections,) = tables(report)
    assert [[cell.value for cell in row.cells][1:3] for row in corrections.rows] == [["40", "30"]]
    assert tables(build_erratum([audited(RIGHT)])) == []
