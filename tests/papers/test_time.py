"""Dates, years above tables, status words, and what was in force."""

import pytest

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.calendar import check_calendar
from futurefit.papers.audit.law import check_law
from futurefit.papers.audit.status import check_status
from futurefit.papers.audit.year_headings import check_year_headings
from tests.papers.drawing import as_table, drawn

PAPER = "# Cabinet, Thursday 19 November 2015\n\n"


def told(found: list[Finding]) -> list[tuple[str, str]]:
    """Findings as severity and printed."""
    return [(one.severity.value, one.printed) for one in found]


# --- the calendar (AUD-45) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "severity", "printed"),
    [
        ("By 31 June 2016.", "error", "31 June 2016"),
        ("On 29 February 2015.", "error", "29 February 2015"),
        ("On 30.02.2016.", "error", "30.02.2016"),
        ("On Friday, 19 November 2015.", "error", "Friday, 19 November 2015"),
        ("On Monday 19 November we meet.", "warning", "Monday 19 November"),
        ("On 11/19/2015.", "note", "11/19/2015"),
        ("From 1 April 2016 to 31 March 2016.", "note", "1 April 2016 to 31 March 2016"),
        ("In 2016/15.", "note", "2016/15"),
        ("From 2018/19 to 2016/17.", "note", "2018/19 to 2016/17"),
        ("In Summer 2015/16.", "note", "Summer 2015/16"),
    ],
)
def test_a_date_that_cannot_be_is_told(words: str, severity: str, printed: str) -> None:
    """AUD-45: days counted with the calendar."""
    assert told(check_calendar(drawn(PAPER + words))) == [(severity, printed)]


@pytest.mark.parametrize(
    "words",
    [
        "On 29 February 2016, a Monday.",
        "Thursday 19 November.",
        "1 April 2016 to 31 March 2020.",
        "2015/16, 2015/2016 and 2016/17 to 2019/20.",
        "It was moved from 30 September 2021 to 31 March 2021.",
        "£100k was moved from 2018/19 to 2017/18.",
        "SI 2012/12, minute 2015/14.",
        "Winter 2015/16 and 2013-2017.",
    ],
)
def test_a_date_that_can_be_is_left_alone(words: str) -> None:
    """AUD-45."""
    assert check_calendar(drawn(PAPER + words)) == []


# --- years above a table (AUD-46) -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("Savings & RAG 2015-17", ["2015-17"]),
        ("Savings & RAG 2015-18", []),
        ("2015-16 Base Budget", []),
        ("2014-15 Base Budget", ["2014-15 Base Budget"]),
        ("Savings", []),
    ],
)
def test_years_in_a_heading_fit_the_columns(heading: str, printed: list[str]) -> None:
    """AUD-46: YEAR-01 reads 2015-18 as 2015/16 to 2017/18."""
    lines = [[heading, "2015/16", "2016/17", "2017/18"], ["Buses", 1, 2, 3]]
    found = check_year_headings(drawn(PAPER + as_table(lines)))
    assert told(found) == [("note", one) for one in printed]


def test_a_year_that_the_columns_leave_out_is_told() -> None:
    """AUD-46."""
    lines = [["", "2015/16", "2016/17", "2018/19", "2019/20"], ["Buses", 1, 2, 3, 4]]
    (found,) = check_year_headings(drawn(as_table(lines)))
    assert (found.printed, found.expected) == ("2018/19", "2017/18")


# --- status (AUD-47) ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("## Completed milestones\n\n- Register made\n- Pilot ongoing with partners\n", [6]),
        ("## Outstanding milestones\n\n- Draft the plan\n- Tender pack - completed\n", [6]),
        ("- Currently consulting with staff\n- Completed Oct 2015\n", [4]),
        ("Roll out the system by March 2016 - Achieved.\n", [3]),
        ("The brief will be sent to the board by 30 September 2015.\n", [3]),
        ("## Next steps\n\n- Leads send a paper - September 2015\n- Agree it - March 2016\n", [5]),
        ("We will:\n\n- Understand the causes (August 2015)\n- Write a plan (January 2016)\n", [5]),
    ],
)
def test_a_status_that_a_date_or_heading_contradicts_is_told(words: str, lines: list[int]) -> None:
    """AUD-47."""
    found = check_status(drawn(PAPER + words))
    assert [(one.severity.value, one.place.line) for one in found] == [("note", at) for at in lines]


@pytest.mark.parametrize(
    "words",
    [
        "## Completed milestones\n\n- First part complete, second ongoing\n- Register made\n",
        "## Ongoing\n\n- Analysis: first part complete, more is ongoing\n",
        "- Consulting with staff\n- Completed Oct 2015\n",
        "It was achieved in October 2015. It will be reviewed in March 2016.\n",
        "The start was 1 October 2015, and services will move later.\n",
        "## Next steps\n\n- Send a paper - November 2015\n- Plan made (completed), May 2015\n",
        "Savings to be made since June 2015 are on track.\n",
    ],
)
def test_a_status_that_fits_is_left_alone(words: str) -> None:
    """AUD-47."""
    assert check_status(drawn(PAPER + words)) == []


def test_milestones_whose_date_is_over_are_one_note() -> None:
    """AUD-47."""
    lines = [
        ["Milestone", "Completed By Date:"],
        ["Analysis", "Completed July 2015"],
        ["Options", "July / August 2015"],
        ["Evaluation", "September 2015"],
        ["Choice", "December 2015"],
    ]
    (found,) = check_status(drawn(PAPER + as_table(lines)))
    assert "July / August 2015" in found.message
    assert "September 2015" in found.message
    assert "December" not in found.message


def test_without_a_date_of_the_paper_nothing_is_late() -> None:
    """AUD-47."""
    assert check_status(drawn("## Next steps\n\n- Send the paper - September 2015\n")) == []


# --- the law (AUD-50) -----------------------------------------------------------------------------

FINE = "Breaches about interests may lead to fines up to £5,000."


@pytest.mark.parametrize(
    ("day", "told_times"),
    [("Thursday 5 March 2015", 0), ("Thursday 12 March 2015", 1), ("Thursday 19 November 2015", 1)],
)
def test_a_fine_is_that_of_the_day(day: str, told_times: int) -> None:
    """AUD-50: unlimited from 12 March 2015 (2012 c. 10 s85)."""
    found = check_law(drawn(f"# Cabinet, {day}\n\n{FINE}\n"))
    assert [one.expected for one in found] == ["unlimited"] * told_times


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("A rise of 2% needs no referendum: the limit is 2%.", []),
        ("A rise of 4.99% stays below the referendum limit.", ["4.99%"]),
        ("A rise of 4.99% is below the referendum limit for 2017/18.", []),
        ("We will raise the adult social care precept.", ["adult social care precept"]),
        ("The threshold is £172,514.", []),
        ("The threshold is £189,330.", ["£189,330"]),
        ("The cost is £189,331.", []),
        ("The Public Contracts Regulations 2006 apply.", ["Public Contracts Regulations 2006"]),
        ("The Data Protection Act 1998 applies.", []),
        ("A library fine of up to £5,000 is not what we mean.", []),
    ],
)
def test_what_is_quoted_of_the_law_was_in_force(words: str, printed: list[str]) -> None:
    """AUD-50: limits as domain sources give them, on 19 November 2015."""
    assert [one.printed for one in check_law(drawn(PAPER + words))] == printed


@pytest.mark.parametrize(("issued", "clear"), [("Tuesday, 10", None), ("Friday, 13", "3")])
def test_an_agenda_is_issued_in_time(issued: str, clear: str | None) -> None:
    """AUD-50: O-DAY-01, six clear working days from 10 November; three from the 13th."""
    paper = f"{PAPER}Date of Issue: {issued} November 2015\n"
    found = check_law(drawn(paper))
    assert [one.message.split(": ")[-1].split()[0] for one in found] == ([clear] if clear else [])


def test_nothing_is_held_against_a_paper_without_a_date() -> None:
    """AUD-50."""
    assert check_law(drawn(f"# Interests\n\n{FINE}\n")) == []
