"""Numbers of running text (rules AUD-63 and AUD-64)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.papers.numbers_in_text import numbers


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("80%-90%", 80, 90, "%"),
        ("5-10% of spend", 5, 10, "%"),
        ("£5m to £7m", 5_000_000, 7_000_000, "£"),
        ("£1-2 million", 1_000_000, 2_000_000, "£"),
        ("413 strategic contracts", 413, 413, ""),
        ("£1.9bn", 1_900_000_000, 1_900_000_000, "£"),
        ("£ 346k", 346_000, 346_000, "£"),
    ],
)
def test_a_number_is_a_value_or_a_range(text: str, low: int, high: int, unit: str) -> None:
    """AUD-63."""
    (only,) = numbers(text)
    assert (only.low, only.high, only.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize("text", ["reference A4", "19/11/2015", "section 1.2.3", "no figures"])
def test_references_and_dates_with_strokes_are_no_numbers(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("c.£6m", "about"),
        ("nearly £5 million", "about"),
        ("over 30%", "more than"),
        ("> 30%", "more than"),
        ("up to £1.5m", "less than"),
        ("30%", ""),
    ],
)
def test_a_number_keeps_its_qualifier(text: str, qualifier: str) -> None:
    """AUD-64."""
    (only,) = numbers(text)
    assert only.qualifier == qualifier


@given(st.text())
def test_what_is_told_is_what_is_printed(text: str) -> None:
    for one in numbers(text):
        assert one.text in text[one.start : one.start + len(one.text) + 2]
        assert one.half > Decimal(0)
