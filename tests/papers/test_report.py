"""The audit as a report and as plain values (rule AUD-11)."""

import json

from futurefit.kernel.report import Heading, Paragraph, Table
from futurefit.papers.report import as_values, audit_paper, build
from tests.papers.drawing import drawn

WRONG = """
    ## Savings

    | Service | 2015/16 | 2016/17 | 2017/18 |
    | --- | --- | --- | --- |
    | Parks | 30 | 10 | 31 |
    | Roads | 70 | 20 | 15 |
    | Total | 101 | 50 | 46 |
    """
RIGHT = "Nothing but words.\n"


def test_the_report_lists_the_worst_first_and_says_what_was_read() -> None:
    report = build([audit_paper(drawn(WRONG, "wrong.md")), audit_paper(drawn(RIGHT, "right.md"))])
    first, summary, table, second, clean = report.blocks
    assert first == Heading("wrong.md")
    assert summary == Paragraph("1 table read: 1 error, 1 note.")
    assert isinstance(table, Table)
    values = [[cell.value for cell in row.cells] for row in table.rows]
    assert [row[:6] for row in values] == [
        ["error", "AUD-12", "line 8, table 1, row 4, column 3", "50", "30", "20"],
        ["note", "AUD-17", "line 8, table 1, row 4, column 2", "101", "100", "1"],
    ]
    assert [row.emphasis for row in table.rows] == [True, False]
    assert (second, clean) == (Heading("right.md"), Paragraph("0 tables read: nothing was found."))


def test_the_values_are_documents_findings_and_counts() -> None:
    paper = drawn(WRONG, "wrong.md")
    values = as_values([audit_paper(paper)])
    assert json.loads(json.dumps(values)) == values
    assert values["documents"] == [
        {"name": "wrong.md", "sha256": paper.sha256, "tables": 1, "findings": 2}
    ]
    assert values["counts"] == {"error": 1, "warning": 0, "note": 1, "findings": 2}
    findings = values["findings"]
    assert isinstance(findings, list)
    assert findings[1] == {
        "code": "AUD-12",
        "severity": "error",
        "confidence": 0.95,
        "document": "wrong.md",
        "locator": {
            "page": None,
            "heading": "Savings",
            "line": 8,
            "table": 1,
            "row": 4,
            "column": 3,
        },
        "printed": "50",
        "expected": "30",
        "difference": "20",
        "message": "“Savings”, table 1: 2016/17 adds to 30; the printed Total is 50, 20 apart.",
        "advice": "The total is right if Roads, 2016/17 is counted twice.",
    }
