"""The audit as plain values (rule AUD-11)."""

import json

from futurefit.papers.report import as_values, audit_paper
from tests.papers.drawing import drawn

WRONG = """
    ## Savings

    | Service | 2015/16 | 2016/17 | 2017/18 |
    | --- | --- | --- | --- |
    | Parks | 30 | 10 | 31 |
    | Roads | 70 | 20 | 15 |
    | Total | 101 | 50 | 46 |
    """


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
