"""Tables of savings by year: units, signs, references, printed twice, and a plan over them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.ledger.entries import LineKind
from futurefit.papers.candidates import PaperCandidate, PaperKind
from futurefit.papers.recognise import recognise, shipped
from tests.papers.drawing import as_table, drawn
from tests.papers.recognise.papers import amounts

K, M = 100_000, 100_000_000


def schedule(text: str, name: str = "paper.md") -> PaperCandidate:
    (paper,) = recognise(drawn(text, name))
    assert paper.kind is PaperKind.SAVINGS_SCHEDULE
    return paper


def test_a_schedule_on_its_own_is_its_own_paper() -> None:
    """REC-02 and REC-06: references are keys, totals are totals, income is told by its words."""
    paper = schedule(
        """
        ## Budget savings 2027/28 to 2028/29

        | Ref | Proposal | 2027/28 £000 | 2028/29 £000 | Total £000 |
        | --- | --- | --- | --- | --- |
        | A1 | Late buses on request | 15 | 25 | 40 |
        | A2 | Fees and charges for parks | 7.5 | - | 7.5 |
        | A3 | Business rates pool | (20) | 30 | 10 |
        |  | Total | 2.5 | 55 | 57.5 |
        """
    )
    assert {line.key: amounts(line) for line in paper.lines} == {
        "A1": [("UNRATED", "2027/28", 15 * K), ("UNRATED", "2028/29", 25 * K)],
        "A2": [("UNRATED", "2027/28", 750_000), ("UNRATED", "2028/29", 0)],
        "A3": [("UNRATED", "2027/28", -20 * K), ("UNRATED", "2028/29", 30 * K)],
    }
    assert [
        (line.attributes.kind.value, line.attributes.saving_class.value) for line in paper.lines
    ] == [("SAVING", "NOT_STATED"), ("SAVING", "INCOME"), ("FUNDING", "NOT_STATED")]
    assert [(one.year, one.pence) for one in paper.totals] == [
        ("2027/28", 250_000),
        ("2028/29", 55 * K),
        ("", 5_750_000),
    ]
    assert all(not one.said.doubt for line in paper.lines for one in line.amounts)
    assert paper.findings == ()


def test_what_else_a_row_says_is_kept_with_the_line() -> None:
    """REC-06: other columns by their headings, and the directorate above the rows."""
    paper = schedule(
        """
        ## Budget savings

        | Ref | Proposal | Lead | 2027/28 £000 | 2028/29 £000 | Posts |
        | --- | --- | --- | --- | --- | --- |
        | **Place** | | | | | |
        | A1 | Late buses | Transport manager | 15 | 25 | 1.5 |
        | **People** | | | | | |
        | B1 | Shared meals | | 5 | | |
        """
    )
    said = [{name: one.text for name, one in line.others.items()} for line in paper.lines]
    assert said == [
        {"Lead": "Transport manager", "Posts": "1.5", "section": "Place"},
        {"section": "People"},
    ]
    assert [amounts(line) for line in paper.lines] == [
        [("UNRATED", "2027/28", 15 * K), ("UNRATED", "2028/29", 25 * K)],
        [("UNRATED", "2027/28", 5 * K)],
    ]


def test_a_schedule_in_a_csv_file() -> None:
    paper = schedule(
        "Schedule of savings\nRef,Description,2027/28,2028/29,Total\n"
        "A1,Late buses,15000,25000,40000\nA2,Parks,500,,500\n",
        "savings.csv",
    )
    assert [line.key for line in paper.lines] == ["A1", "A2"]
    doubt = "the table prints no unit: £000 by the form"
    assert paper.lines[0].amounts[0].said.doubt == doubt


@pytest.mark.parametrize(
    ("heading", "cell", "pence", "doubt"),
    [
        ("2027/28 £000", "12", 12 * K, ""),
        ("2027/28 (£m)", "0.012", 12 * K, ""),
        ("2027/28", "£12k", 12 * K, ""),
        ("2027/28 £", "12,000", 12 * K, ""),
        ("2027/28", "12", 12 * K, "the table prints no unit: £000 by the form"),
        ("2027/28 £000", "c. 12", 12 * K, "the figure is rough"),
        (
            "2027/28 £000",
            "12 (inc. 2 for parks)",
            12 * K,
            "printed with a remark: inc. 2 for parks",
        ),
    ],
)
def test_the_unit_is_the_cells_the_columns_or_the_forms(
    heading: str, cell: str, pence: int, doubt: str
) -> None:
    """REC-06."""
    paper = schedule(
        f"## Budget savings\n\n| Proposal | {heading} | {heading.replace('27/28', '28/29')} |\n"
        f"| --- | --- | --- |\n| Buses | {cell} | |\n"
    )
    (line,) = paper.lines
    (amount,) = line.amounts
    assert (amount.pence, amount.said.doubt) == (pence, doubt)


def test_two_units_in_one_table_are_a_doubt() -> None:
    """REC-06."""
    paper = schedule(
        """
        ## Budget savings

        | All in £m | All in £000 | 2027/28 | 2028/29 |
        | --- | --- | --- | --- |
        | Buses | | 1 | 2 |
        """
    )
    assert "two units" in paper.lines[0].amounts[0].said.doubt


def test_a_promised_figure_is_a_doubt_and_no_amount() -> None:
    """REC-01."""
    paper = schedule(
        """
        ## Budget savings

        | Proposal | 2027/28 £000 | 2028/29 £000 |
        | --- | --- | --- |
        | Buses | TBC | 5 |
        """
    )
    assert amounts(paper.lines[0]) == [("UNRATED", "2028/29", 5 * K)]
    assert paper.lines[0].doubts == ("2027/28: “TBC”: no figure is given yet",)


def test_a_form_whose_savings_are_minuses() -> None:
    """REC-06: the sign is the form's."""
    form = next(one for one in shipped() if one.kind is PaperKind.SAVINGS_SCHEDULE)
    turned = replace(form, schedules=tuple(replace(one, sign=-1) for one in form.schedules))
    (paper,) = recognise(
        drawn(
            """
            ## Budget savings

            | Proposal | 2027/28 £000 | 2028/29 £000 |
            | --- | --- | --- |
            | Buses | -15 | (5) |
            | Total | -15 | (5) |
            """
        ),
        [turned],
    )
    assert [one.pence for one in paper.lines[0].amounts] == [15 * K, 5 * K]
    assert [one.pence for one in paper.totals] == [15 * K, 5 * K]


def test_one_reference_for_two_lines_is_told_apart_by_their_titles() -> None:
    """REC-06."""
    paper = schedule(
        """
        ## Budget savings

        | Ref | Proposal | 2027/28 £000 | 2028/29 £000 |
        | --- | --- | --- | --- |
        | 4 | Buses | 15 | 5 |
        | 4 | Parks | 1 | 2 |
        | 4 | Parks | 3 | 4 |
        """
    )
    assert [line.key for line in paper.lines] == ["4-buses", "4-parks", "4-parks-2"]
    assert all("several lines" in line.doubts[0] for line in paper.lines)


TWICE = """
## Budget savings

| Proposal | 2027/28 £000 | 2028/29 £000 |
| --- | --- | --- |
| Buses | 15 | 25 |
| Parks | 7 | 8 |

## Summary of budget savings

| Proposal | 2027/28 £000 | 2028/29 £000 |
| --- | --- | --- |
| Buses | 15 | {second} |
| Parks | 7 | 8 |
"""


def test_the_same_table_twice_is_one_set_of_lines() -> None:
    """REC-07."""
    paper = schedule(TWICE.format(second=25))
    assert [len(line.amounts) for line in paper.lines] == [2, 2]
    assert [[place.table for place in one.also] for one in paper.lines[0].amounts] == [[2], [2]]
    assert paper.findings == ()


def test_two_printings_that_differ_are_a_finding_and_the_first_is_proposed() -> None:
    """REC-07."""
    paper = schedule(TWICE.format(second=52))
    assert amounts(paper.lines[0])[1] == ("UNRATED", "2028/29", 25 * K)
    assert paper.lines[0].doubts == ("another printing of this line differs",)
    (finding,) = paper.findings
    assert (finding.code, finding.severity.value) == ("REC-07", "warning")
    assert "£25,000 and £52,000" in finding.message
    assert finding.place.table == 2
    assert [len(one.also) for one in paper.lines[1].amounts] == [1, 1]


PLAN = """
## Budget savings

| Proposal | 2027/28 £m | 2028/29 £m |
| --- | --- | --- |
| Council tax | 1.0 | 2.0 |
| Buses | 0.5 | {buses} |
| Parks | 0.1 | 0.3 |

## Medium Term Financial Plan

| Heading | 2027/28 £m | 2028/29 £m |
| --- | --- | --- |
| Council tax | 1.0 | 2.0 |
| New savings | 0.6 | 0.7 |
"""


def test_a_plan_that_groups_the_same_savings_names_them() -> None:
    """REC-10."""
    savings, plan = recognise(drawn(PLAN.format(buses="0.4")))
    assert plan.kind is PaperKind.MTFP
    assert plan.presentation_of == savings.title.text == "Budget savings"
    assert [line.attributes.kind for line in plan.lines] == [LineKind.FUNDING, LineKind.SAVING]


def test_a_plan_that_agrees_with_no_savings_says_so() -> None:
    """REC-10."""
    _, plan = recognise(drawn(PLAN.format(buses="0.5")))
    assert plan.presentation_of == ""
    assert [(one.code, one.severity.value) for one in plan.findings] == [("REC-10", "note")]


def test_a_table_by_year_that_is_about_no_savings_is_left_alone() -> None:
    """REC-02."""
    table = as_table([["What", "2027/28 £000", "2028/29 £000"], ["Pay", 9, 9]])
    assert recognise(drawn(f"## Spending\n\n{table}")) == ()


@given(st.lists(st.tuples(*[st.integers(-999_999, 999_999)] * 3), min_size=1, max_size=8))
def test_every_figure_of_a_schedule_is_read_once_and_where_it_stands(
    rows: list[tuple[int, int, int]],
) -> None:
    """Property: the amounts are the cells, row by row, each with its own place."""
    years = ["2027/28", "2028/29", "2029/30"]
    table = as_table(
        [
            ["Ref", "Savings proposal", *(f"{year} £000" for year in years)],
            *([f"S{n}", f"Idea {n}", *row] for n, row in enumerate(rows, 1)),
        ]
    )
    paper = schedule(f"## Budget savings\n\n{table}")
    assert [line.key for line in paper.lines] == [f"S{n}" for n in range(1, len(rows) + 1)]
    read = [[one.pence for one in line.amounts] for line in paper.lines]
    assert read == [[value * K for value in row] for row in rows]
    places = {
        (one.said.place.row, one.said.place.column) for line in paper.lines for one in line.amounts
    }
    assert places == {(row, column) for row in range(2, len(rows) + 2) for column in (3, 4, 5)}
