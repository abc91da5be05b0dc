"""The small readings: labels, titles, days, amounts in sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.papers.recognise import likeness, recognise
from futurefit.papers.recognise.amounts import sums_in, year_of_heading
from futurefit.papers.recognise.days import read_day
from tests.papers.drawing import drawn


@pytest.mark.parametrize(
    ("label", "text", "rest"),
    [
        ("Purpose", "Purpose: to save", "to save"),
        ("Purpose", "PURPOSE", ""),
        ("Purpose", "3. Purpose –", ""),
        ("Purpose", "Purposes of this paper", None),
        ("Purpose", "The purpose: to save", None),
        ("Vision", "Vision for a quiet town", None),
        ("Milestone", "Milestones", ""),
        ("Brief Project Description", "Brief Projct Description:", ""),
        ("Red", "Rod", None),
        ("Risks/Impacts", "Risks/Impacts (E.g. risks to delivery)", ""),
        ("Theme Overview", "Theme Overview: with buses", "with buses"),
        ("Agreed…", "Agreed by all who were there", "Agreed by all who were there"),
        ("…Base Budget…", "2026-27 Base Budget (£000)", ""),
        ("#", "#", ""),
    ],
)
def test_what_stands_after_a_label(label: str, text: str, rest: str | None) -> None:
    """REC-03."""
    assert likeness.after(label, text) == rest


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Active Alliances", "Active Alliances – Programme Summary", True),
        ("Human resources and workforce training plan", "HR and workforce training plan", True),
        ("Commissioning", "Digital strategy", False),
        ("Better use of property", "Better use of libraries", False),
    ],
)
def test_which_headings_name_the_same_paper(one: str, other: str, same: bool) -> None:
    """REC-02."""
    assert bool(likeness.same_title(one, other)) is same


@pytest.mark.parametrize(
    ("text", "day", "doubted"),
    [
        ("27.08.2015", date(2015, 8, 27), False),
        ("27/08/15", date(2015, 8, 27), False),
        ("2015-08-27", date(2015, 8, 27), False),
        ("1st of October 2015", date(2015, 10, 1), False),
        ("Sept 2015", date(2015, 9, 30), True),
        ("Feb 2016", date(2016, 2, 29), True),
        ("October/November 2015", date(2015, 11, 30), True),
        ("2016 TBC", None, True),
        ("Completed July", None, False),
        ("31 February 2015", None, True),
        ("spring", None, False),
    ],
)
def test_which_day_is_meant(text: str, day: date | None, doubted: bool) -> None:
    """REC-12."""
    found, doubt = read_day(text)
    assert (found, bool(doubt)) == (day, doubted)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_a_day_in_any_writing_is_the_same_day(day: date) -> None:
    for form in ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"):
        assert read_day(day.strftime(form)) == (day, "")


@pytest.mark.parametrize(
    ("text", "pence", "doubt"),
    [
        ("saves £1.5m a year", 150_000_000, ""),
        ("- £ 600K", 60_000_000, ""),
        ("in excess of £250k.", 25_000_000, "the figure is rough (over)"),
        ("circa £347k through to", 34_700_000, "the figure is rough (about)"),
        ("estimated at £50k", 5_000_000, "the figure is rough (about)"),
        ("£1,250", 125_000, ""),
    ],
)
def test_an_amount_in_a_sentence(text: str, pence: int, doubt: str) -> None:
    """REC-09."""
    (found,) = sums_in(text)
    assert (found.pence, found.doubt) == (pence, doubt)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2016-17 £000", "2016/17"),
        ("16/17", "2016/17"),
        ("2020/21+", "2020/21+"),
        ("Year 2", "2028/29"),
        ("2016/17 to 2018/19", ""),
        ("Total", ""),
        ("01/02/2016", ""),
    ],
)
def test_which_year_heads_a_column(text: str, year: str) -> None:
    """REC-05."""
    assert year_of_heading(text, {"Year 2": "2028/29"}) == year


WORDS = st.sampled_from(
    [
        "# Future Fit Project Title: X",
        "Type of Saving",
        "| FURTHER | ☒ |\n| --- | --- |\n| NEW | ☐ |",
        "Purpose:",
        "| PROPOSED SAVINGS | | 2027/28 | 2028/29 |\n| - | - | - | - |\n| Red | | 1 | £2m |",
        "| Current Savings Programme | 15/16 | 16/17 |\n| - | - | - |\n| Total | 1 | x |",
        "# 2020 Vision Concept Paper - Y",
        "What additional savings/income is targeted and when is this expected to be delivered?",
        "Buses - £5k (split equally across 2027/28 & 2028/29)",
        "| 1. | Workstream – Z |\n| - | - |\n| Lead: | A |",
        "## Contract register",
        "| Contract | Value |\n| - | - |\n| | £1 |",
        "## Budget savings",
        "| Ref | Savings | 2027/28 | 2028/29 |\n| - | - | - | - |\n| 1 | | TBC | (3) |",
        "Notice of Decision",
        "- item: £3k by 3 May 2027",
        "This page is intentionally left blank",
        "Commissioning plans by service",
        "| ALREADY COMMISSIONED | Q1 |\n| - | - |\n| DASH | |\n| Buses | TBC |",
    ]
)


PRINTED = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40)


@given(st.lists(st.one_of(WORDS, PRINTED), max_size=14))
def test_any_mix_of_the_forms_words_is_recognised_without_a_crash(parts: list[str]) -> None:
    """Property: lines have keys of their own, and amounts stand in years that the ledger knows."""
    for paper in recognise(drawn("\n\n".join(["x", *parts]))):
        keys = [line.key for line in paper.lines]
        assert len(set(keys)) == len(keys)
        for line in paper.lines:
            places = [(one.account, one.year) for one in line.amounts]
            assert len(set(places)) == len(places)
