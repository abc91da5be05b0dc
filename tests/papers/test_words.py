"""Words held against figures: counts, changes, shares and targets."""

import time

import pytest

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.changes import check_changes
from futurefit.papers.audit.counts import check_counts
from futurefit.papers.audit.targets import check_targets
from futurefit.papers.audit.wholes import check_wholes
from tests.papers.drawing import drawn


def short(found: list[Finding]) -> list[tuple[str, str, str]]:
    """Findings as severity, printed and expected."""
    return [(one.severity.value, one.printed, one.expected) for one in found]


# --- counts (AUD-40) ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("There are three phases:\n\n- one\n- two\n- three\n- four\n", ("three phases", "4")),
        ("## 3 workstreams\n\n- one\n- two\n", ("3 workstreams", "2")),
        (
            "The 5 key strands were identified.\n\n- one\n  - deeper\n- two\n",
            ("5 key strands", "2"),
        ),
        (
            "There are two options:\n\na) one\n\nWords.\n\nb) two\n\nc) three\n",
            ("two options", "3"),
        ),
    ],
)
def test_a_list_that_is_not_as_long_as_said_is_told(paper: str, expected: tuple[str, str]) -> None:
    """AUD-40: hand-worked."""
    assert short(check_counts(drawn(paper))) == [("warning", *expected)]


@pytest.mark.parametrize(
    "paper",
    [
        "There are three phases:\n\n- one\n- two\n- three\n",
        "At least two options:\n\n- one\n- two\n- three\n",
        "Each of the 5 strands:\n\n- one\n- two\n",
        "It has three phases. We also need:\n\n- one\n- two\n",
        "It has 2 priorities. They are:\n\n- one\n- two\n",
        "In 2016/17 the programmes are:\n\n- one\n- two\n",
        "The first three actions:\n\n- one\n- two\n",
        "There are three phases and no list.\n",
    ],
)
def test_a_list_that_is_as_long_as_said_or_not_counted_is_left_alone(paper: str) -> None:
    """AUD-40."""
    assert check_counts(drawn(paper)) == []


def test_a_number_run_into_the_last_item_is_named() -> None:
    """AUD-40."""
    (found,) = check_counts(drawn("We chose 4 strands:\n\n- Data\n- Families\n- 5 Workforce:\n"))
    assert "a number run into it" in found.message


def test_a_lettered_list_that_is_short_may_be_cut() -> None:
    """AUD-40."""
    found = check_counts(drawn("There are three options:\n\na) one\nb) two\n"))
    assert short(found) == [("note", "three options", "2")]


# --- changes (AUD-41) -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It has almost halved (5 working days rather than 8).", "−37.5%"),  # O-DAY-03
        ("Cases more than doubled from 120 to 230.", "+91.7%"),
        ("Spend has doubled from £1.2m to £1.9m.", "+58.3%"),
        ("Requests quadrupled, from 100 to 300.", "+200.0%"),
        ("Cost rose by a third from £3.0m to £4.6m.", "+53.3%"),
        ("A fall of 20% from £5.0m to £4.4m.", "−12.0%"),
    ],
)
def test_a_word_that_does_not_fit_its_figures_is_told(sentence: str, expected: str) -> None:
    """AUD-41: hand-worked."""
    assert [(one.severity.value, one.expected) for one in check_changes(drawn(sentence))] == [
        ("warning", expected)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Cases doubled from 120 to 250.",
        "Cases more than doubled from 120 to 250.",
        "Spend nearly doubled from £1.2m to £2.2m.",
        "The backlog was halved (40 rather than 80).",
        "Cost rose by a third from £3.0m to £4.0m.",
        "A fall of 12% from £5.0m to £4.4m.",
        "It rose by 5% in 2015/16, from £1,234k to £1,296k.",
        "Demand has more than quadrupled over two years.",
        "The end date increased from 31 March 2021 to 30 June 2022.",
        "The deficit doubled from (£2m) to (£3m).",
        "Offices were reduced from 17 to 4.",
    ],
)
def test_a_word_that_fits_or_cannot_be_tested_is_left_alone(sentence: str) -> None:
    """AUD-41."""
    assert check_changes(drawn(sentence)) == []


def test_an_increase_that_falls_is_told() -> None:
    """AUD-41."""
    (found,) = check_changes(drawn("Visits increased from 800 to 700."))
    assert found.expected == "a fall"


# --- shares and wholes (AUD-42) -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Almost a quarter (31%) of staff.", "25%"),
        ("Two thirds (60%) said so.", "67%"),
        ("In all, 5 of 9 (65%) schools.", "56%"),
        ("9 out of 8 people.", "at most 8"),
        ("£1.2m, of which £3.4m is for staff.", "at most £1.2m"),
    ],
)
def test_a_part_that_does_not_fit_its_whole_is_told(sentence: str, expected: str) -> None:
    """AUD-42: hand-worked."""
    assert [(one.severity.value, one.expected) for one in check_wholes(drawn(sentence))] == [
        ("warning", expected)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Over half (62%) replied, and a third (33%) did not.",
        "In all, 5 of 9 (56%) schools.",
        "8 out of 10 people.",
        "£5.9m, of which £1.083m is for assessments.",
        "Gross spend 2017/18 (£26.3m), net spend 2017/18 (£18.6m).",
    ],
)
def test_a_part_that_fits_is_left_alone(sentence: str) -> None:
    """AUD-42."""
    assert check_wholes(drawn(sentence)) == []


def test_gross_below_net_is_a_note() -> None:
    """AUD-42."""
    paper = "## Net expenditure 2017/18 (£26.3m)\n\nWords\n\n## Gross spend 2017/18 (£18.6m)\n"
    assert short(check_wholes(drawn(paper))) == [("note", "£18.6m", "at least £26.3m")]


@pytest.mark.parametrize(("second", "told"), [("625", 0), ("650", 1)])
def test_equal_parts_are_equal_in_the_table(second: str, told: int) -> None:
    """AUD-42."""
    first = "625" if second == "625" else "600"
    found = check_wholes(
        drawn(f"""
        Workforce - £1250K (split equally across 2018/19 & 2019/20)

        | £000 | 2018/19 | 2019/20 | Total |
        |---|---|---|---|
        | Workforce | {first} | {second} | 1,250 |
        | Systems | 100 | 150 | 250 |
        """)
    )
    assert [one.printed for one in found] == ["600, 650"][:told]


# --- targets (AUD-51) -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "second", "expected"),
    [
        ("£3.00m", "£1.50m", []),
        ("£3.00m", "£1.25m", [("warning", "£3.00m", "£2.75m")]),
        ("£3m", "£1.25m", []),  # £3m may be anything from 2.5 to 3.5
        ("£3.00m", "up to £1.25m", []),
        ("about £3.00m", "£1.25m", []),
    ],
)
def test_an_amount_is_the_sum_of_the_items_under_it(
    whole: str, second: str, expected: list[tuple[str, str, str]]
) -> None:
    """AUD-51: hand-worked."""
    paper = f"Savings of {whole} are profiled as follows:\n\n- Staff £1.50m\n- Systems {second}\n"
    assert short(check_targets(drawn(paper))) == expected


PLAN = """
    We aim to {aim} services.

    | Services | £000 | % |
    |---|---|---|
    | Already commissioned | 650 | 65% |
    | Planned to commission | 130 | 13% |
    | Internal provision | 220 | 22% |
    | Total | 1,000 | 100% |
    """


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        ("meet a target of between 80% and 90% of commissioned", [("note", "80%", "78%")]),
        ("meet a target of 75% of commissioned", []),
        ("meet a target of 80% of recycled", []),
    ],
)
def test_a_share_that_is_aimed_at_is_held_against_the_plan(
    aim: str, expected: list[tuple[str, str, str]]
) -> None:
    """AUD-51: hand-worked."""
    assert short(check_targets(drawn(PLAN.format(aim=aim)))) == expected


@pytest.mark.parametrize("words", ["from 5 to 6 ", "doubled from 1 to 3 ", "half (5%) ", "5 of 6 "])
def test_long_paragraphs_are_judged_in_time(words: str) -> None:
    """AUD-41, AUD-42: twice the text takes about twice as long, not four times."""

    def seconds(times: int) -> float:
        document = drawn(words * times)
        started = time.perf_counter()
        check_changes(document)
        check_wholes(document)
        return time.perf_counter() - started

    assert min(seconds(1_600) for _ in range(2)) < 10 * max(0.01, seconds(400))
