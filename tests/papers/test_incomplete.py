"""What a paper leaves out (rule AUD-48)."""

import pytest

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.incomplete import check_incomplete
from tests.papers.drawing import as_table, drawn


def told(found: list[Finding]) -> list[tuple[str, str]]:
    """Findings as severity and printed."""
    return [(one.severity.value, one.printed) for one in found]


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("Equality Impact Assessment\n\nTBD\n", [("warning", "TBD")]),
        ("Colour of the cover\n\nTBC\n", [("note", "TBC")]),
        ("Lead officer: [insert name]\n", [("warning", "[insert name]")]),
        ("Savings of £xx will be made.\n", [("warning", "£xx")]),
        ("Lorem ipsum dolor sit amet.\n", [("warning", "Lorem ipsum")]),
        (
            "See Error! Reference source not found.\n",
            [("warning", "Error! Reference source not found")],
        ),
        ("Start-up costs of for expertise are likely.\n", [("note", "costs of for")]),
        ("Move to the new provider, 2016 TBC\n", [("note", "Move to the new provider, 2016 TBC")]),
    ],
)
def test_what_is_left_open_is_told(paper: str, expected: list[tuple[str, str]]) -> None:
    """AUD-48."""
    assert told(check_incomplete(drawn(paper))) == expected


@pytest.mark.parametrize(
    "paper",
    [
        "Equality Impact Assessment\n\nNone of the groups is affected.\n",
        "Chapter XX of the plan, the XXL size and a taxxx.\n",
        "Planning applications to be determined.\n",
        "The costs of care for adults; savings of £4m; a reduction of in-house staff.\n",
        as_table([["Saving", "£000"], ["Buses", "TBC"], ["Parks", 12]]),
        "The outcome of the review is yet to be confirmed, and will depend on the settlement, on "
        "prices and on wages across the county in the years that are to come.\n",
    ],
)
def test_what_is_complete_is_left_alone(paper: str) -> None:
    """AUD-48."""
    assert check_incomplete(drawn(paper)) == []


def test_blank_rows_of_a_form_are_one_note() -> None:
    """AUD-48."""
    form = [
        ["Total savings", "£000's", "30"],
        ["Base budget", "£000's", "500"],
        ["Net saving", "£000's", "20"],
        ["Any investment required?", "£000's", ""],
        ["FTE impact", "", ""],
    ]
    (found,) = check_incomplete(drawn(as_table([["", "Unit", "2016/17"], *form])))
    assert (found.place.row, found.printed) == (5, "Any investment required?")
    assert "FTE impact" in found.message


RISKS = """
    | Risk | Mitigation |
    |---|---|
    | Bad weather delays the works | Agree dates with the contractor |
    | {risk} | {mitigation} |
    """


@pytest.mark.parametrize(
    ("risk", "mitigation", "said"),
    [
        ("The provider does not agree", "", ["has no mitigation"]),
        (
            "Challenge by audit<br>Ensure support is in place",
            "Advice is taken",
            ["reads as a mitigation"],
        ),
        ("Challenge by audit", "Ensure support is in place", []),
    ],
)
def test_both_halves_of_a_risk_are_in_their_place(
    risk: str, mitigation: str, said: list[str]
) -> None:
    """AUD-48."""
    found = check_incomplete(drawn(RISKS.format(risk=risk, mitigation=mitigation)))
    assert len(found) == len(said)
    assert all(words in one.message for words, one in zip(said, found, strict=True))


def test_a_form_without_its_parts_is_told() -> None:
    """AUD-48: the parts that the template of REC-02 requires."""
    paper = """
    **Future Fit Project Title: Buses**

    **SLT Lead:** the director

    **Head of Service Lead:** the head of transport

    **Brief Project Description:**

    Fewer buses.

    **Purpose:**

    To save.

    **Outcomes of the project:**

    - Less spent

    **Timescales:**

    | Milestone | Completed By Date: |
    |---|---|
    | Plan | March 2016 |
    """
    messages = [one.message for one in check_incomplete(drawn(paper))]
    assert any("sign off" in message and "milestone" not in message for message in messages)
    assert any("says nothing of its effect on equality" in message for message in messages)
