"""Numbering, references, repeats and names."""

import pytest

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.names import check_names
from futurefit.papers.audit.numbering import check_numbering
from futurefit.papers.audit.references import check_references
from futurefit.papers.audit.repeats import check_repeats
from tests.papers.drawing import as_table, drawn


def told(found: list[Finding]) -> list[tuple[str, int | None, str]]:
    """Findings as severity, line and printed."""
    return [(one.severity.value, one.place.line, one.printed) for one in found]


# --- numbering (AUD-43) ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "line", "printed"),
    [
        ("1. A\n2. B\n4. D\n5. E\n", 3, "4"),
        ("1. A\n2. B\n2. C\n3. D\n", 3, "2"),
        ("- a) x\n- b) y\n- d) z\n- e) w\n", 3, "d"),
        ("i) a\nii) b\niv) c\nv) d\n", 3, "iv"),
        ("1.1 One thing\n\n1.2 Two things\n\n1.4 Four things\n\n1.5 Five things\n", 5, "1.4"),
    ],
)
def test_a_numbering_that_skips_or_repeats_is_told(paper: str, line: int, printed: str) -> None:
    """AUD-43."""
    assert told(check_numbering(drawn(paper))) == [("note", line, printed)]


@pytest.mark.parametrize(
    "paper",
    [
        "1. A\n1. B\n1. C\n",  # numbers itself
        "1. A\n2. B\n\nWords\n\n1. C\n2. D\n3. E\n",
        "1. A\n2. B\n3. C\n",
        "- a) A\n- b) B\n- c) C\n",
        "h) eight\ni) nine\nj) ten\n",
        "2.1 A thing\n\n2.2 B thing\n\n3.1 C thing\n\n3.2 D thing\n",
    ],
)
def test_a_numbering_that_goes_on_is_left_alone(paper: str) -> None:
    """AUD-43."""
    assert check_numbering(drawn(paper)) == []


def test_a_form_whose_parts_jump_is_told() -> None:
    """AUD-43: the real pack goes from 4 to 7."""
    words = "What this part of the form is about"
    rows = [[f"{number}.", f"{words} {number}"] for number in (1, 2, 3, 4, 7)]
    (found,) = check_numbering(drawn(as_table(rows)))
    assert "5 and 6 are not there" in found.message


def test_one_reference_for_two_lines_is_told() -> None:
    """AUD-43."""
    lines = [
        ["Ref", "Saving", "£m"],
        [1, "A", 1],
        [2, "B", 2],
        [3, "C", 1],
        [3, "D", 2],
        [4, "E", 1],
    ]
    (found,) = check_numbering(drawn(as_table(lines)))
    assert (found.severity.value, found.place.row, found.printed) == ("warning", 5, "3")


def test_a_reference_that_is_left_out_is_told() -> None:
    """AUD-43."""
    lines = [["Ref", "Saving"], [1, "A"], [2, "B"], [4, "C"], [5, "D"], [6, "E"]]
    (found,) = check_numbering(drawn(as_table(lines)))
    assert (found.severity.value, found.printed, found.expected) == ("note", "4", "3")


@pytest.mark.parametrize("refs", ["aabbc", "11223", "12345", ["CG", "CG", "A", "B", "C"]])
def test_references_that_group_lines_are_left_alone(refs: list[str]) -> None:
    """AUD-43."""
    lines = [["Ref", "Saving"], *([ref, f"Line {number}"] for number, ref in enumerate(refs))]
    assert check_numbering(drawn(as_table(lines))) == []


def test_pages_of_the_contents_go_forward() -> None:
    """AUD-43."""
    head = ["Item", "Subject", "Page No"]
    right = [head, [1, "A", "1 - 10"], [2, "B", "11 - 24"], [3, "C", "25 - 40"]]
    wrong = [head, [1, "A", "1 - 10"], [2, "B", "11 - 30"], [3, "C", "25 - 40"]]
    assert check_numbering(drawn(as_table(right))) == []
    assert told(check_numbering(drawn(as_table(wrong)))) == [("note", 5, "25 - 40")]


# --- references (AUD-44) --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "missing"),
    [
        ("See Appendix B.\n\n## Appendix A\n\nWords\n", ["Appendix B"]),
        ("See Appendices 1 and 2.\n", ["Appendix 1", "Appendix 2"]),
        ("See Appendix A and Annex 2.\n\n## Appendices\n\n- Appendix A: data\n- Annex 2\n", []),
        ("As set out in Appendix 1 to the Constitution.\n", []),
        ("See Appendix 2b.\n\n## Appendix 2\n\nWords\n", []),
        ("We append a note to the appendix a reader may want.\n", []),
        ("Table 1: X\n\nTable 2: Y\n\nSee Table 4, and table 2.\n", ["Table 4"]),
        ("See Table 4.\n", []),
        (
            "1.1 See paragraph 1.4\n\n1.2 See section 1.1\n\n1.3 More\n\n1.5 Section 1.6 of an "
            "Act\n",
            ["paragraph 1.4"],
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_told(paper: str, missing: list[str]) -> None:
    """AUD-44."""
    assert [one.printed for one in check_references(drawn(paper))] == missing


def test_what_the_contents_promise_is_there() -> None:
    """AUD-44."""
    paper = (
        "## Contents\n\n- Vision\n- Indicative savings, April 2015 and August 2015\n"
        "- Holistic housing\n\n## Our vision\n\n## Savings at August 2015\n\nWords on savings, "
        "indicative as they are.\n"
    )
    assert [one.place.line for one in check_references(drawn(paper))] == [4, 5]


# --- repeats (AUD-49) -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "told_times"),
    [
        ("The work will also be matched with service needs to inform the overall plan", 1),
        ("The work will also be matched with budgets, staff and land across the county", 0),
    ],
)
def test_an_item_that_is_said_twice_is_told(second: str, told_times: int) -> None:
    """AUD-49."""
    first = "The work will also be matched with Service Needs, informing the overall plan"
    assert len(check_repeats(drawn(f"- {first}\n- Other words\n- {second}\n"))) == told_times


def test_items_that_differ_in_a_figure_differ() -> None:
    """AUD-49."""
    item = "- Year {0}: contracts that end in that year will save half a million pounds\n"
    assert check_repeats(drawn(item.format(1) + item.format(2))) == []


def test_a_question_that_a_form_asks_twice_is_told() -> None:
    """AUD-49."""
    question = "**What savings are targeted and when will they be delivered?**"
    paper = f"{question}\n\nSome.\n\n{question}\n\nOthers.\n"
    assert [one.place.line for one in check_repeats(drawn(paper))] == [5]
    apart = paper.replace("Some.", "Some.\n\nThis page is intentionally left blank")
    assert check_repeats(drawn(apart)) == []


# --- names (AUD-52) -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "rarer"),
    [
        ("FutureFit is here. FutureFit stays. Future Fit goes.", ["Future Fit"]),
        ("The COaCH team, the COaCH budget and CoaCh.", ["CoaCh"]),
        (
            "The Self-Sufficient Council. Our Self Sufficient Council. A Self Sustaining Council.",
            ["Self Sustaining Council"],
        ),
        ("workstream " * 6 + "worskstream", ["worskstream"]),
        ("contract " * 6 + "contractor contracting contracts", []),
        ("commissioned " * 6 + "commissioner", []),
        ("The Project Board Team met. The Programme Board Team met.", []),
        ("FutureFit and FutureFit", []),
    ],
)
def test_a_name_that_is_spelled_two_ways_is_told(paper: str, rarer: list[str]) -> None:
    """AUD-52."""
    assert [one.printed for one in check_names(drawn(paper))] == rarer
