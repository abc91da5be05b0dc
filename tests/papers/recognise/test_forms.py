"""Concept papers by their forms, whatever file they came in, and a form of another council."""

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from futurefit.ledger.entries import SavingType, Tranche
from futurefit.papers.candidates import PaperCandidate, PaperKind
from futurefit.papers.readers import read_file
from futurefit.papers.recognise import read_template, recognise, shipped
from futurefit.papers.recognise.templates import (
    FieldTemplate,
    GridTemplate,
    ListTemplate,
    PartTemplate,
    ScheduleTemplate,
    Template,
    WordsTemplate,
)
from tests.papers.drawing import as_table, drawn
from tests.papers.recognise.papers import PROJECT, Part, amounts, told, written

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
K = 100_000
"""£1,000 in pence."""


def only(parts: list[Part], form: str = "md") -> PaperCandidate:
    (paper,) = recognise(written(parts, form))
    return paper


@pytest.fixture(scope="module")
def project() -> PaperCandidate:
    return only(PROJECT)


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_a_paper_proposes_the_same_in_whatever_file_it_comes(
    project: PaperCandidate, form: str
) -> None:
    assert told(only(PROJECT, form)) == told(project)


def test_every_question_of_the_form_has_its_answer(project: PaperCandidate) -> None:
    """REC-03, REC-04, REC-13."""
    assert project.missing == ()
    answers = {name: [one.text for one in said] for name, said in project.fields.items()}
    assert answers == {
        "title": ["Night buses on request"],
        "saving_type": ["NEW"],
        "plan_area": ["Environment"],
        "cmr_lead": ["Cabinet member for transport"],
        "slt_lead": ["Director of place"],
        "head_of_service_lead": ["Head of transport"],
        "description": ["Two late buses run only when somebody has booked."],
        "purpose": ["Fewer empty miles."],
        "outcomes": ["Buses that people use."],
        "equality": ["Older passengers are asked first."],
        "base_budget": ["£1.2m"],
        "base_budget_year": ["2026-27"],
        "base_budget_excludes": ["Recharges"],
        "current_fte": ["6.5"],
        "fte_impact": ["-1.0"],
        "investment_required": ["12"],
        "investment_recurrent": ["N"],
        "rag_comment": ["Red until the first winter is over"],
    }
    assert project.fields["base_budget"][0].meaning == 1_200 * K


def test_a_grid_gives_a_line_for_each_of_its_blocks(project: PaperCandidate) -> None:
    """REC-05."""
    assert {line.key: amounts(line) for line in project.lines} == {
        "current": [("GREEN_DELIVERED", "2026/27", 40 * K), ("AMBER", "2027/28", 25 * K)],
        "proposed-new": [("GREEN_ON_TARGET", "2027/28", 10 * K), ("RED", "2028/29", 30 * K)],
        "proposed-faster": [("AMBER", "2027/28", 5 * K), ("AMBER", "2028/29", -5 * K)],
    }
    assert [(one.attributes.tranche, one.attributes.saving_type) for one in project.lines] == [
        (Tranche.CURRENT, SavingType.NOT_STATED),
        (Tranche.PROPOSED, SavingType.NEW),
        (Tranche.PROPOSED, SavingType.FASTER),
    ]
    rough = [one for line in project.lines for one in line.amounts if one.said.doubt]
    assert [(one.pence, one.said.doubt) for one in rough] == [(30 * K, "the figure is rough")]
    assert [(one.year, one.pence, one.lines) for one in project.totals] == [
        (year, pence * K, ("proposed-new", "proposed-faster"))
        for year, pence in (("2027/28", 15), ("2028/29", 25), ("", 40))
    ]
    assert project.findings == ()


def test_lists_keep_their_columns_and_say_what_is_done(project: PaperCandidate) -> None:
    """REC-11 and REC-12."""
    opened, settled = project.parts["milestone"]
    assert (opened["due"].meaning, "status" in opened) == (date(2027, 5, 1), False)
    assert (settled["due"].meaning, settled["status"].meaning) == (None, "DONE")
    (risk,) = project.parts["risk"]
    assert risk["mitigation"].text == "Posters at every stop"
    (signed,) = project.parts["sign_off"]
    assert (signed["post"].text, signed["on"].meaning) == ("Head of Service", date(2027, 3, 2))


def without(*texts: str) -> list[Part]:
    return [part for part in PROJECT if part not in texts]


def test_what_a_form_requires_and_a_paper_lacks_is_named() -> None:
    """REC-13."""
    paper = only(without("SLT Lead: Director of place", "Fewer empty miles."))
    assert paper.missing == ("slt_lead", "purpose")


@pytest.mark.parametrize(
    ("ticks", "doubt"),
    [("☐☐☐☐", "no option is ticked"), ("☒☐☒☐", "2 of 4 options are ticked")],
)
def test_no_tick_or_two_is_a_doubt(ticks: str, doubt: str) -> None:
    """REC-04."""
    parts = list(PROJECT)
    parts[1] = [
        ["Type of Saving:", ""],
        *(
            [name, tick]
            for name, tick in zip(("FURTHER", "FASTER", "NEW", "CROSS CUTTING"), ticks, strict=True)
        ),
    ]
    paper = only(parts)
    assert [one.code for one in paper.findings] == ["REC-04"]
    assert doubt in paper.findings[0].message
    said = paper.fields.get("saving_type", ())
    assert [one.doubt for one in said] == [doubt] * ticks.count("☒")
    assert ("saving_type" in paper.missing) == (not said)
    proposed = next(line for line in paper.lines if line.key == "proposed-new")
    assert proposed.attributes.saving_type is SavingType.NOT_STATED


def test_papers_one_after_another_keep_apart() -> None:
    """REC-02: each begins with its title; a page left blank ends it."""
    second = [[["Future Fit Project Title: Parks by volunteers"]], *PROJECT[1:]]
    between: list[Part] = ["This page is intentionally left blank", "# Notes", "Purpose: none"]
    first, other = recognise(written([*PROJECT, *between, *second], "md"))
    assert (first.title.text, other.title.text) == (
        "Night buses on request",
        "Parks by volunteers",
    )
    assert told(first)["fields"] == told(only(PROJECT))["fields"]
    assert told(other)["lines"] == told(first)["lines"]


def test_a_word_that_a_form_uses_is_not_yet_a_paper() -> None:
    """REC-02: a form must be there with several of its labels."""
    assert recognise(drawn("# Project Title\n\nPurpose: to say what a project title is.\n")) == ()


def test_a_form_that_is_only_mentioned_ends_no_paper() -> None:
    """REC-02."""
    mention = "See the decision notice (attached), and the contract register."
    at = PROJECT.index("Fewer empty miles.")
    paper = only([*PROJECT[: at + 1], mention, *PROJECT[at + 1 :]])
    assert paper.missing == ()
    assert [one.text for one in paper.fields["purpose"]] == ["Fewer empty miles.", mention]


def test_an_answer_in_the_cell_below_its_label() -> None:
    """REC-03: where the form says so."""
    form = read_template(
        "mine.toml",
        """
        template = { name = "mine", kind = "decision notice", at_least = 2 }
        starts = { labels = ["Our form"] }
        field = [
            { name = "title", labels = ["Subject"], takes = "below" },
            { name = "decided_on", labels = ["When"], takes = "below", means = "day" },
        ]
        """,
    )
    (paper,) = recognise(
        drawn("# Our form\n\n" + as_table([["Subject", "When"], ["Buses", "4 May 2027"], "xy"])),
        [form],
    )
    assert [one.text for one in paper.fields["title"]] == ["Buses"]
    assert [one.meaning for one in paper.fields["decided_on"]] == [date(2027, 5, 4)]


def test_a_total_that_does_not_agree_is_a_note_and_changes_nothing() -> None:
    """REC-08."""
    grid = [list(row) for row in PROJECT[-3]]
    grid[3][3] = "19"
    paper = only([*PROJECT[:-3], grid, *PROJECT[-2:]])  # type: ignore[list-item]
    (finding,) = paper.findings
    assert (finding.code, finding.printed, finding.expected) == ("REC-08", "19", "£10,000")
    assert told(paper)["lines"] == told(only(PROJECT))["lines"]


# --- another council ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def northmoor() -> PaperCandidate:
    path = EXAMPLES / "northmoor-business-case.toml"
    form = read_template(path.name, path.read_text(encoding="utf-8"))
    (paper,) = recognise(read_file(EXAMPLES / "northmoor-business-case.md"), (*shipped(), form))
    return paper


def test_another_councils_form_is_a_mapping_file(northmoor: PaperCandidate) -> None:
    """REC-16: its own labels, years, ratings, ticks and sign; the example of the manual."""
    assert northmoor.template == "Northmoor business case"
    assert northmoor.title.text == "Car park lights on timers"
    (line,) = northmoor.lines
    assert amounts(line) == [
        ("GREEN_DELIVERED", "2027/28", 850_000),
        ("GREEN_DELIVERED", "2028/29", 400_000),
        ("GREEN_DELIVERED", "2029/30", 0),
        ("GREEN_ON_TARGET", "2028/29", 600_000),
        ("GREEN_ON_TARGET", "2029/30", 250_000),
    ]
    assert line.doubts == ("2029/30: “TBC”: no figure is given yet",)
    assert line.attributes.saving_type is SavingType.NEW
    assert northmoor.fields["base_budget"][0].meaning == 21_200_000
    assert [row.get("due") and row["due"].meaning for row in northmoor.parts["milestone"]] == [
        date(2027, 6, 30),
        date(2027, 10, 31),
        None,
    ]
    assert [row["on"].meaning for row in northmoor.parts["sign_off"]] == [
        date(2027, 3, 12),
        date(2027, 3, 15),
    ]
    assert northmoor.missing == ("equality",)


def test_without_its_mapping_file_a_form_is_not_guessed() -> None:
    found = recognise(read_file(EXAMPLES / "northmoor-business-case.md"))
    assert [one for one in found if one.kind is PaperKind.PROJECT] == []


def test_the_first_form_that_fits_is_taken() -> None:
    """REC-02: a council puts its own forms before ours."""
    (ours,) = (form for form in shipped() if form.kind is PaperKind.PROJECT)
    mine = replace(ours, name="mine")
    (paper,) = recognise(written(PROJECT, "md"), (mine, *shipped()))
    assert paper.template == "mine"


# --- a notice, a register, a theme ----------------------------------------------------------------


def test_a_decision_notice() -> None:
    (notice,) = recognise(
        drawn(
            """
            # Notice of Decision

            | Subject | Night buses |
            | --- | --- |
            | Decision maker | Cabinet member for transport |
            | Date of decision | 4 May 2027 |
            | Call-in deadline | 12 May 2027 |

            ## Decision

            - To run two late buses on request
            - To look again after a winter

            ## Reasons for the decision

            Empty buses cost money.

            ## Alternative options considered

            To end the buses.
            """,
            "notice.md",
        )
    )
    assert notice.kind is PaperKind.DECISION
    assert notice.title.text == "Night buses"
    assert notice.fields["decided_on"][0].meaning == date(2027, 5, 4)
    assert notice.fields["call_in_by"][0].meaning == date(2027, 5, 12)
    assert [row["what"].text for row in notice.parts["decision"]] == [
        "To run two late buses on request",
        "To look again after a winter",
    ]
    assert notice.missing == ()


def test_a_register_of_contracts() -> None:
    """REC-11."""
    (register,) = recognise(
        drawn(
            """
            ## Contract register

            | Ref | Contract title | Supplier | Annual value | Start date | End date |
            | --- | --- | --- | --- | --- | --- |
            | C1 | Lamps | Bright Ltd | £120k | 01/04/2025 | 31/03/2028 |
            | C2 | Late buses | Owl Coaches | c. £1.5m | 01/09/2026 | TBC |
            """,
            "register.md",
        )
    )
    first, second = register.parts["contract"]
    assert (first["value"].meaning, first["ends"].meaning) == (12_000_000, date(2028, 3, 31))
    assert (second["value"].meaning, second["value"].doubt) == (
        150_000_000,
        "the figure is rough (about)",
    )
    assert (second["ends"].meaning, second["ends"].doubt) == (None, "still to be confirmed")


THEME = """
# 2020 Vision Concept Paper - Quiet Streets

## Vision

Fewer cars, slower.

## How will we judge success?

- Fewer crashes

## Support Requirements

- Crossing experts: one-off £40k
- Patience

## What additional savings/income is targeted and when is this expected to be delivered?

{savings}

## {streams}

### 1. Crossings

Lead Head of Service: Head of highways

## What are the key milestones for delivery and when do these need to be achieved?

### Outstanding Milestones

- First crossing – 30 June 2027

### Completed Milestones

- A survey

## What risks/issues are foreseen and how can these be mitigated?

- Rain
"""


STREAMS = (
    "What will be key work streams that will enable the delivery of this theme and who will lead "
    "their ongoing development?"
)


def theme(savings: str) -> PaperCandidate:
    (paper,) = recognise(drawn(THEME.format(savings=savings, streams=STREAMS)))
    return paper


def test_a_theme_paper_whose_savings_are_words() -> None:
    """REC-09."""
    paper = theme(
        "Crossings - £90K (split equally across 2027/28, 2028/29 & 2029/30)\n\n"
        "Signs - up to £20k in 2027/28\n\n"
        "Paint - £15k over 2027/28 and 2028/29\n\n"
        "Advice - (marginal)\n"
    )
    assert {line.key: amounts(line) for line in paper.lines} == {
        "saving-crossings": [
            ("UNRATED", year, 30 * K) for year in ("2027/28", "2028/29", "2029/30")
        ],
        "saving-signs-in-2027-28": [("UNRATED", "2027/28", 20 * K)],
        "saving-paint-over-2027-28-and-2028": [("UNRATED", "UNPROFILED", 15 * K)],
        "saving-advice": [],
        "investment-crossing-experts-one-off": [("UNRATED", "UNPROFILED", -40 * K)],
    }
    doubts = {line.key: [one.said.doubt for one in line.amounts][:1] for line in paper.lines}
    assert "shared equally" in doubts["saving-crossings"][0]
    assert doubts["saving-signs-in-2027-28"] == ["the figure is rough (up to)"]
    assert "not how much in each" in doubts["saving-paint-over-2027-28-and-2028"][0]
    assert paper.lines[3].doubts == ("“marginal”: no amount is given",)
    assert paper.lines[-1].attributes.recurrence.value == "ONE_OFF"
    done = {row["what"].text: row["status"].meaning for row in paper.parts["milestone"]}
    assert list(done.values()) == ["OUTSTANDING", "DONE"]
    assert paper.parts["workstream"][0]["lead"].text == "Head of highways"
    assert paper.missing == ()


def test_words_beside_a_table_of_savings_are_its_total_and_no_line() -> None:
    """REC-09."""
    paper = theme(
        "£70k over both years, as follows.\n\n"
        "| Description | 2027/28 £000 | 2028/29 £000 | Total |\n| --- | --- | --- | --- |\n"
        "| Crossings | 30 | 40 | 70 |\n"
    )
    savings = [line for line in paper.lines if line.attributes.kind.value == "SAVING"]
    assert [(line.key, amounts(line)) for line in savings] == [
        ("crossings", [("UNRATED", "2027/28", 30 * K), ("UNRATED", "2028/29", 40 * K)])
    ]
    assert [(one.pence, one.lines) for one in paper.totals] == [(70 * K, ("crossings",))]
    assert paper.findings == ()


def test_a_grid_printed_twice_in_a_paper_is_one_set_of_lines() -> None:
    """REC-07: with each cell's second place; where one differs, a finding."""
    grid = PROJECT[-3]
    assert isinstance(grid, list)
    twice = only([*PROJECT[:-2], grid, *PROJECT[-2:]])
    assert told(twice)["lines"] == told(only(PROJECT))["lines"]
    proposed = [one for line in twice.lines for one in line.amounts if line.key != "current"]
    assert [len(one.also) for one in proposed] == [1] * 4
    other = [["45" if cell == "10" else cell for cell in row] for row in grid]
    differs = only([*PROJECT[:-2], other, *PROJECT[-2:]])
    assert [one.code for one in differs.findings if one.code == "REC-07"] == ["REC-07"]
    assert told(differs)["lines"] == told(twice)["lines"]


def test_the_manual_names_every_key_of_a_mapping_file() -> None:
    """REC-16."""
    page = (EXAMPLES.parent / "docs/manual/recognising.md").read_text(encoding="utf-8")
    shapes = {
        "template": Template,
        "field": FieldTemplate,
        "part": PartTemplate,
        "grid": GridTemplate,
        "schedule": ScheduleTemplate,
        "words": WordsTemplate,
        "list": ListTemplate,
    }
    ours = {"labelled", "by_initial"}  # worked out
    plural = {"fields", "parts", "grids", "schedules", "lists", "matrices"}  # written one by one
    keys = {
        f"{table}: {one.name}"
        for table, shape in shapes.items()
        for one in fields(shape)
        if one.name not in ours | plural
    }
    missing = [key for key in keys if not re.search(rf"`{key.partition(': ')[2]}\b", page)]
    assert sorted(missing) == []
