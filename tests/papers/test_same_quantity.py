"""Is the same quantity told alike wherever a paper tells it? (rules AUD-54 to AUD-57, AUD-59)"""

from collections.abc import Callable
from pathlib import Path

import pytest

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit.introduced import check_introduced
from futurefit.papers.audit.net_amounts import check_net_amounts
from futurefit.papers.audit.said_again import check_said_again
from futurefit.papers.audit.same_row import check_same_row
from futurefit.papers.audit.years_said import check_years_said, check_years_said_across
from futurefit.papers.document import Document
from futurefit.papers.readers import read, read_file

SUMMARY = """\
| £000 | 2016/17 | 2017/18 | 2018/19 | Total |
|---|---|---|---|---|
| Libraries | 110 | 220 | 305 | 635 |
| Museums | 80 | 95 | 60 | 235 |
"""
DETAIL = """\
| £000 | 2016/17 | 2017/18 | 2018/19 | Total |
|---|---|---|---|---|
| Opening hours | 60 | 120 | 105 | 285 |
| Staff | 50 | 100 | 200 | 350 |
| Libraries | 110 | 220 | 305 | 635 |
"""


def paper(*parts: str) -> Document:
    return read("paper.md", "\n\n".join(parts).encode())


def messages(found: list[Finding]) -> list[str]:
    return [finding.message for finding in found]


# --- A row in a summary and its detail (AUD-54) ---------------------------------------------------


def test_a_row_that_summary_and_detail_print_alike_is_silent() -> None:
    """Rule AUD-54."""
    assert check_same_row(paper("# Plan", SUMMARY, "# Detail", DETAIL)) == []


def test_the_one_figure_of_a_row_that_differs_elsewhere_is_told() -> None:
    """Rule AUD-54."""
    (found,) = check_same_row(paper("# Plan", SUMMARY, DETAIL.replace("305 | 635", "350 | 635")))
    assert (found.severity, found.printed, found.expected) == (Severity.WARNING, "305", "350")
    assert "Libraries, 2018/19 is 305; table 2 prints 350" in found.message


def test_rows_of_two_projects_that_share_a_label_are_not_compared() -> None:
    """Rule AUD-54."""
    other = DETAIL.replace(
        "| Libraries | 110 | 220 | 305 | 635 |", "| Libraries | 7 | 8 | 9 | 24 |"
    )
    assert check_same_row(paper("# One", SUMMARY, "# Two", other)) == []


# --- Amounts by year in text and table (AUD-55) ---------------------------------------------------

GRID = """\
| £000 | 2016/17 | 2017/18 | Total |
|---|---|---|---|
| Amber | 30 | 70 | 100 |
| Total | 30 | 70 | 100 |
"""


@pytest.mark.parametrize(
    "said", ["£30k in 2016/17 and £70k in 2017/18", "2016/17 £30k, 2017/18 £70k", "£0.03m 2016/17"]
)
def test_amounts_by_year_that_a_table_bears_out_are_silent(said: str) -> None:
    """Rule AUD-55."""
    assert check_years_said(paper(f"Savings of £100k ({said}).", GRID)) == []


@pytest.mark.parametrize(
    "said",
    ["£30K 2015/16 £70K 2016/17", "£30k in 2015/16, £70k in 2016/17", "15/16 £30k 16/17 £70k"],
)
def test_the_same_amounts_under_other_years_are_told(said: str) -> None:
    """Rule AUD-55."""
    (found,) = check_years_said(paper(f"£100K savings ({said})", GRID))
    assert found.severity is Severity.WARNING
    assert "prints 30 in 2016/17, 70 in 2017/18" in found.message


def test_a_slide_is_held_against_the_paper_that_is_audited_with_it() -> None:
    """Rule AUD-55."""
    slide = read("slide.md", "£100K savings (£30K 2015/16 £70K 2016/17)".encode())
    grid = read("paper.md", GRID.encode())
    assert check_years_said(slide) == []
    (found,) = check_years_said_across([slide, grid])
    assert (found.place.file, found.printed) == ("slide.md", "£30K in 2015/16, £70K in 2016/17")
    assert check_years_said_across([grid, read("a.md", b"Nothing")]) == []


def test_other_amounts_by_year_are_about_something_else() -> None:
    """Rule AUD-55."""
    assert check_years_said(paper("£31k in 2015/16 and £75k in 2016/17.", GRID)) == []


# --- What leads into a table (AUD-56) -------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "£100k is saved, profiled as follows:",
        "£0.1m over two years:",
        "Of which £30k next year:",
        "About £90k is saved:",
        "The budget of £5.9m is cut:",
        "£100k to £120k is saved:",
        "We spent £90k.",
    ],
)
def test_a_sentence_that_agrees_or_means_something_else_is_silent(said: str) -> None:
    """Rule AUD-56."""
    assert check_introduced(paper(said, GRID)) == []


def test_an_amount_that_the_table_does_not_add_up_to_is_told() -> None:
    """Rule AUD-56."""
    (found,) = check_introduced(paper("£110k is saved, profiled as follows:", GRID))
    assert (found.severity, found.printed, found.expected) == (Severity.WARNING, "£110k", "100")


# --- Net and gross amounts (AUD-57) ---------------------------------------------------------------

BUDGET = """\
| £000 | Schools | Roads | Total |
|---|---|---|---|
| Gross spend 2017/18 | 30,000 | 12,400 | 42,400 |
| Income | (3,600) | (400) | (4,000) |
| Net budget 2017/18 | 26,400 | 12,000 | 38,400 |
"""


@pytest.mark.parametrize(
    "said",
    [
        "Net expenditure 2017/18 is £26.4m.",
        "Net expenditure 2016/17 was £26.3m.",
        "Gross expenditure 2017/18 is £26.3m.",
        "Net expenditure 2017/18 of another service is £20.1m.",
        "We spent £26.3m in 2017/18.",
        "Net expenditure 2017/18 is about £26.3m.",
    ],
)
def test_a_net_amount_that_is_the_same_or_another_is_silent(said: str) -> None:
    """Rule AUD-57."""
    assert check_net_amounts(paper(said, BUDGET)) == []


def test_a_net_amount_that_is_nearly_the_tables_is_told() -> None:
    """Rule AUD-57."""
    (found,) = check_net_amounts(paper("Net expenditure 2017/18 is £26.3m.", BUDGET))
    assert (found.severity, found.printed, found.expected) == (Severity.NOTE, "£26.3m", "26,400")


# --- Targets said twice (AUD-59) ------------------------------------------------------------------


def test_a_share_told_as_a_bound_in_one_place_only_is_told() -> None:
    """Rule AUD-59."""
    (found,) = check_said_again(
        paper(
            "We will buy 30% of supplies from local suppliers.",
            "Success: over 30% of supplies come from local suppliers.",
        )
    )
    assert (found.severity, found.printed) == (Severity.NOTE, "30%")


def test_one_aim_by_two_years_is_told_once() -> None:
    """Rule AUD-59."""
    (found,) = check_said_again(
        paper(
            "By 2020 the council will be self-sufficient in funding capital.",
            "Self sufficiency in capital funding by 2019.",
            "Self sufficiency in capital funding by 2019.",
        )
    )
    assert (found.printed, found.expected) == ("2019", "2020")


@pytest.mark.parametrize(
    "parts",
    [
        ("Over 30% of roads are good.", "30% of pupils will walk to school."),
        ("Schools open by 2019.", "Bridges are mended by 2020."),
        ("Savings grow by 2020/21.", "Savings grow by 2020/21."),
    ],
)
def test_other_things_are_not_held_against_each_other(parts: tuple[str, str]) -> None:
    """Rule AUD-59."""
    assert check_said_again(paper(*parts)) == []


# --- The real pack --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "lines"),
    [
        (check_same_row, []),
        (check_years_said, [1391]),  # £30k and £70k: a slide's years against the paper's grid
        (check_introduced, []),  # £400K leads into 0.400
        (check_net_amounts, [1088]),  # £26.3m beside 26,400
        (check_said_again, [363, 363]),  # by 2019, by 2019/20, by 2020
    ],
)
def test_the_packs_contradictions_between_places_are_found(
    check: Callable[[Document], list[Finding]], lines: list[int], shared: Path
) -> None:
    pack = read_file(shared / "data/packs/worcestershire-cabinet-2015-11-19.md")
    assert [finding.place.line for finding in check(pack)] == lines
