"""Financial years, open buckets, spans, quarters and horizons (rule YEAR-01)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from futurefit.kernel.years import (
    UNPROFILED,
    FinancialYear,
    Horizon,
    NotAYear,
    OpenBucket,
    Quarter,
    YearSpan,
    parse_bucket,
    parse_quarter,
    parse_span,
    parse_year,
    quarter_of,
    year_of,
)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2016, 3, 31), "2015/16 Q4"),
        (date(2016, 4, 1), "2016/17 Q1"),
        (date(2015, 11, 19), "2015/16 Q3"),
    ],
)
def test_o_fy_01_a_day_falls_in_its_year_and_quarter(day: date, quarter: str) -> None:
    assert quarter_of(day).label == quarter
    assert year_of(day).label == quarter[:7]


def test_o_fy_01_1999_00_is_valid_and_starts_in_1999() -> None:
    assert parse_year("1999/00") == FinancialYear(1999)


@pytest.mark.parametrize("text", ["2015/17", "2015-17"])
def test_o_fy_01_a_span_is_no_year(text: str) -> None:
    with pytest.raises(NotAYear, match="after 2015 comes 16"):
        parse_year(text)


def test_o_fy_01_days_of_a_leap_year_and_a_common_one() -> None:
    assert FinancialYear(2015).days == 366
    assert FinancialYear(2016).days == 365


@pytest.mark.parametrize(
    "text",
    ["2015/16", "2015-16", "2015–16", "2015 / 16", "15/16", "15-16", "2015/2016", " 2015-2016 "],
)
def test_a_year_is_read_in_every_way_it_is_written(text: str) -> None:
    assert parse_year(text).label == "2015/16"


def test_two_digits_are_a_year_from_1970_to_2069() -> None:
    assert parse_year("99/00").start == 1999
    assert parse_year("70/71").start == 1970
    assert parse_year("69/70").start == 2069
    assert parse_year("00/01").start == 2000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2015",
        "2015/16+",
        "2015-2018",
        "15/2016",
        "2015/6",
        "TBC",
        "07/05/15",
        "0000/01",
        "٢٠١٥/١٦",
    ],
)
def test_anything_else_is_refused_in_a_years_place(text: str) -> None:
    with pytest.raises(NotAYear):
        parse_year(text)


def test_a_year_counts_on_and_years_compare() -> None:
    assert FinancialYear(2015) + 1 == FinancialYear(2016)
    assert FinancialYear(2015) < FinancialYear(2016)
    assert FinancialYear(2015).first_day == date(2015, 4, 1)
    assert FinancialYear(2015).last_day == date(2016, 3, 31)
    assert str(FinancialYear(2099)) == "2099/00"


def test_labels_sort_as_text_years_then_the_open_bucket_then_unprofiled() -> None:
    labels = [FinancialYear(2016).label, FinancialYear(2020).label, OpenBucket(2020).label]
    assert sorted([UNPROFILED, *reversed(labels)]) == [*labels, UNPROFILED]


def test_a_bucket_is_a_year_an_open_bucket_or_none() -> None:
    assert parse_bucket("2016-17") == FinancialYear(2016)
    assert parse_bucket("20/21+") == OpenBucket(2020)
    assert OpenBucket(2020).label == "2020/21+"
    assert parse_bucket("UNPROFILED") is None
    with pytest.raises(NotAYear):
        parse_bucket("some day")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2015-18", "2015/16 to 2017/18"),
        ("2013-2017", "2013/14 to 2016/17"),
        ("2016–20", "2016/17 to 2019/20"),
        ("1999-02", "1999/00 to 2001/02"),
        ("2015/16 to 2018/19", "2015/16 to 2018/19"),
        ("2015/16 - 2018/19", "2015/16 to 2018/19"),
    ],
)
def test_a_span_is_read_from_its_years_or_its_calendar_years(text: str, label: str) -> None:
    span = parse_span(text)
    assert span.label == label
    assert [year.label for year in span.years][:: len(span.years) - 1] == label.split(" to ")


@pytest.mark.parametrize(
    "text", ["2018-15", "2015/14", "2018/19 to 2015/16", "2015/17 to 2018/19", "soon"]
)
def test_a_span_that_runs_backwards_is_refused(text: str) -> None:
    with pytest.raises(NotAYear):
        parse_span(text)


@pytest.mark.parametrize(
    "text", ["2015/16 Q3", "Q3 2015/16", "Quarter 3 15/16", "quarter 3, 2015-16", "15/16 quarter 3"]
)
def test_a_quarter_is_read_in_every_way_it_is_written(text: str) -> None:
    assert parse_quarter(text) == Quarter(FinancialYear(2015), 3)


@pytest.mark.parametrize("text", ["Q5 2015/16", "2015/16", "Q3", "Q3 2015/17"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(NotAYear):
        parse_quarter(text)


def test_quarter_3_15_16_is_october_to_december_2015() -> None:
    quarter = parse_quarter("Quarter 3 15/16")
    assert (quarter.first_day, quarter.last_day) == (date(2015, 10, 1), date(2015, 12, 31))


def test_the_quarters_of_a_year_follow_each_other_from_its_first_day_to_its_last() -> None:
    year = FinancialYear(2015)
    quarters = [Quarter(year, number) for number in (1, 2, 3, 4)]
    assert quarters[0].first_day == year.first_day
    assert quarters[3].last_day == year.last_day
    for earlier, later in pairwise(quarters):
        assert earlier.last_day + timedelta(days=1) == later.first_day
    with pytest.raises(NotAYear):
        Quarter(year, 0)


def test_a_horizon_heads_its_columns_and_knows_what_lies_outside() -> None:
    horizon = Horizon(2015, 2019, 2020)
    assert horizon.labels == (
        "2015/16", "2016/17", "2017/18", "2018/19", "2019/20", "2020/21+",
    )  # fmt: skip
    assert "2019/20" in horizon
    assert "2020/21+" in horizon
    assert "2020/21" not in horizon
    assert UNPROFILED not in horizon
    assert Horizon(2015, 2016).labels == ("2015/16", "2016/17")


def test_a_horizon_has_no_gap_before_its_open_bucket_and_never_runs_backwards() -> None:
    with pytest.raises(NotAYear, match=r"2020/21\+, not 2021/22\+"):
        Horizon(2015, 2019, 2021)
    with pytest.raises(NotAYear, match="backwards"):
        Horizon(2019, 2015)
    with pytest.raises(NotAYear):
        YearSpan(FinancialYear(2016), FinancialYear(2015))
