"""The words of a paper as passages, its dates, and its own date (rules AUD-40, AUD-45)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.papers.dates import MONTHS, dates_in, in_words, paper_date
from futurefit.papers.said import quantities
from futurefit.papers.text import Kind, folded, read_text
from tests.papers.drawing import drawn


def test_passages_are_lines_of_words_with_their_place() -> None:
    text = read_text(
        drawn("""
        ## Next steps

        We will:
        - a) plan it
        - b) do it

        | Ref | What |
        |---|---|
        | 1 | Buses<br>• fewer<br>• better |
        """)
    )
    assert [(one.kind.value, one.marker, one.text, one.place.line) for one in text.passages] == [
        ("heading", "", "Next steps", 2),
        ("paragraph", "", "We will:", 4),
        ("item", "a", "plan it", 5),
        ("item", "b", "do it", 6),
        ("cell", "", "Ref", 8),
        ("cell", "", "What", 8),
        ("cell", "", "1", 10),
        ("cell", "", "Buses", 10),
        ("cell", "•", "fewer", 10),
        ("cell", "•", "better", 10),
    ]
    assert text.passages[-1].place.column == 2
    assert text.passages[2].kind is Kind.ITEM


def test_the_whole_text_leads_back_to_each_passage() -> None:
    text = read_text(drawn("# One\n\nTwo\n\n- three\n"))
    for passage in text.passages:
        assert text.whole[passage.start :].startswith(passage.text)
        assert text.at(passage.start + len(passage.text) - 1) is passage


def test_tables_of_data_are_not_read_as_words() -> None:
    rows = "\n".join(f"{number},word {number}" for number in range(3_000))
    assert read_text(drawn(f"a,b\n{rows}\n", "data.csv")).passages == ()


@given(st.text(max_size=60))
def test_folding_keeps_every_character_in_its_place(words: str) -> None:
    assert len(folded(words)) == len(words)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("19 November 2015", "2015-11-19", "2015-11-19"),
        ("the 1st of April 2016", "2016-04-01", "2016-04-01"),
        ("27.08.2015", "2015-08-27", "2015-08-27"),
        ("07/05/15", "2015-05-07", "2015-05-07"),
        ("2015-11-19", "2015-11-19", "2015-11-19"),
        ("Nov 2015", "2015-11-01", "2015-11-30"),
        ("July / August 2015", "2015-07-01", "2015-08-31"),
        ("November/January 2016", "2015-11-01", "2016-01-31"),
        ("September/October 15", "2015-09-01", "2015-10-31"),
        ("Spring 2016", "2016-03-01", "2016-05-31"),
    ],
)
def test_a_date_covers_the_days_that_it_names(words: str, first: str, last: str) -> None:
    (said,) = dates_in(words)
    assert (said.first, said.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "words",
    [
        "in May",
        "by 5 May",
        "section 1.2.15",
        "£1.2.15",
        "Gate 0 of November",
        "version 10.4",
        "may 15",
    ],
)
def test_what_names_no_day_is_no_date(words: str) -> None:
    assert dates_in(words) == ()


@given(st.dates(date(2000, 1, 1), date(2069, 12, 31)))
def test_every_day_is_read_however_it_is_written(day: date) -> None:
    month = MONTHS[day.month - 1]
    for words in (
        in_words(day),
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%y}",
        f"{day.day} {month[:3]} {day.year}",
    ):
        (said,) = dates_in(f"On {words}.")
        assert (said.first, said.last) == (day, day)


@pytest.mark.parametrize(
    ("paper", "own"),
    [
        ("# Cabinet\n\n**Thursday, 19 November 2015, 10.00 am**\n", "2015-11-19"),
        ("| Date of meeting | 3 March 2020 |\n|---|---|\n| Report of | Finance |\n", "2020-03-03"),
        ("Date of issue: 1 May 2019\n\n# Council meeting, 9 May 2019\n", "2019-05-09"),
        ("# Budget\n\nThe minutes of 3 May 2018 were agreed by all who had been there.\n", None),
        ("# Budget 2020/21\n\nNothing else is said.\n", None),
    ],
)  # fmt: skip
def test_a_paper_is_of_the_day_that_it_says(paper: str, own: str | None) -> None:
    found = paper_date(drawn(paper))
    assert (found and found.first.isoformat()) == own


def test_quantities_know_what_they_count() -> None:
    said = "from £1.2m to £950k, 5 working days rather than 8, 12.5% of 2015/16 by 31 december"
    assert [(one.text, float(one.value), one.unit) for one in quantities(said)] == [
        ("£1.2m", 1_200_000, "£"),
        ("£950k", 950_000, "£"),
        ("5", 5, "day"),
        ("8", 8, ""),
        ("12.5%", 12.5, "%"),
    ]
