"""What was recognised, as values for programs and as a report for people."""

import json

from futurefit.kernel.report import Heading, Paragraph, Table
from futurefit.papers.recognise import recognise
from futurefit.papers.recognise.report import as_report, as_values
from tests.papers.drawing import drawn
from tests.papers.recognise.papers import PROJECT, written


def test_a_candidate_as_values_is_plain_json() -> None:
    """REC-01: with every place and doubt."""
    (paper,) = recognise(written(PROJECT, "md"))
    values = json.loads(json.dumps(as_values(paper), ensure_ascii=False))
    assert values["kind"] == "project concept paper"
    assert [line["key"] for line in values["lines"]] == [
        "current",
        "proposed-new",
        "proposed-faster",
    ]
    red = values["lines"][1]["amounts"][1]
    assert (red["account"], red["year"], red["pence"]) == ("RED", "2028/29", 3_000_000)
    assert (red["said"]["text"], red["said"]["doubt"]) == ("c. 30", "the figure is rough")
    assert red["said"]["place"]["row"] == 3
    assert values["lines"][1]["attributes"]["saving_type"] == "NEW"
    assert values["parts"]["milestone"][0]["due"]["meaning"] == "2027-05-01"
    assert values["missing"] == []


def test_a_report_shows_each_paper_with_its_lines_answers_and_doubts() -> None:
    parts = [part for part in PROJECT if part != "SLT Lead: Director of place"]
    report = as_report("paper.md", recognise(written(parts, "md")))
    assert report.title == "What paper.md proposes"
    said = [block.text for block in report.blocks if isinstance(block, (Heading, Paragraph))]
    assert "Night buses on request" in said
    assert "Asked for and not found: slt lead." in said
    tables = {block.title: block for block in report.blocks if isinstance(block, Table)}
    assert tables.keys() == {"Lines", "Answers", "Lists"}
    amounts = [(row.cells[3].value, row.cells[5].value) for row in tables["Lines"].rows]
    assert ("red", 3_000_000) in amounts
    assert any(row.cells[5].note == "the figure is rough" for row in tables["Lines"].rows)


def test_a_document_without_a_known_form_says_so() -> None:
    report = as_report("minutes.md", recognise(drawn("# Minutes\n\nNobody came.")))
    assert [block.text for block in report.blocks if isinstance(block, Paragraph)] == [
        "No part of it looks like a form that is known."
    ]
