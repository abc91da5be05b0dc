"""Dated parameters (rule PAR-01)."""

from datetime import date
from decimal import Decimal

import pytest

from futurefit.kernel.parameters import (
    NoneInForce,
    UnknownParameter,
    parameter,
    parameters,
    read_parameters,
)


@pytest.mark.parametrize(
    ("name", "on", "value"),
    [
        ("call_in_working_days", date(2015, 11, 19), 5),
        ("agenda_clear_working_days", date(2015, 11, 19), 5),
        ("key_decision_notice_clear_days", date(2015, 11, 19), 28),
        ("key_decision_notice_counting", date(2015, 11, 19), "calendar"),
        ("interests_notice_days", date(2015, 11, 19), 28),
        ("section_115_meeting_days", date(2026, 11, 2), 21),
        ("standstill_working_days", date(2026, 3, 3), 8),
        ("rag_weight_green_on_target", date(2015, 11, 19), Decimal("0.9")),
    ],
)
def test_a_parameter_is_what_was_in_force_on_the_day(
    name: str, on: date, value: int | Decimal | str
) -> None:
    assert parameter(name, on).value == value


def test_a_share_is_not_taken_for_a_count() -> None:
    with pytest.raises(TypeError, match="not a whole number"):
        _ = parameter("rag_weight_amber", date(2015, 11, 19)).whole


def test_a_date_with_none_in_force_is_an_error_that_says_what_there_is() -> None:
    with pytest.raises(NoneInForce) as missing:
        parameter("standstill_working_days", date(2015, 11, 19))
    assert str(missing.value) == (
        "No value of standstill_working_days is known to be in force on 2015-11-19; there are "
        "values for 2025-02-24 to now. Add a dated row with its source to the parameter files."
    )


def test_an_unknown_name_is_an_error_that_offers_the_nearest() -> None:
    with pytest.raises(UnknownParameter, match="Did you mean standstill_working_days"):
        parameter("standstil_working_days", date(2026, 3, 3))


def test_every_parameter_has_a_unit_and_a_source_and_assumptions_are_marked() -> None:
    assert parameters()
    for name, dated in parameters().items():
        for value in dated:
            assert value.unit, name
            assert value.source, name
            assert isinstance(value.value, int | Decimal | str), name
            assert isinstance(value.valid_from, date), name
            if value.source.startswith("Assumption"):
                assert not value.verified, name
    assert all(
        value.source.startswith("Assumption")
        for name, dated in parameters().items()
        if name.startswith("rag_weight_")
        for value in dated
    )


FILE = """
[[days]]
value = 8
valid_from = 2010-01-01
valid_to = {end}
unit = "days"
source = "Constitution of 2010"
verified = true

[[days]]
value = 5
valid_from = 2015-06-01
unit = "days"
source = "Constitution of 2015"
verified = true
"""


def test_values_follow_each_other_by_date() -> None:
    (earlier, later) = read_parameters(FILE.format(end="2015-05-31"), "test.toml")["days"]
    assert (earlier.value, earlier.valid_to) == (8, date(2015, 5, 31))
    assert (later.value, later.valid_to) == (5, None)


def test_two_values_on_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match=r"test\.toml: days has two values on 2015-06-01"):
        read_parameters(FILE.format(end="2015-06-01"), "test.toml")


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(ValueError, match=r"test\.toml: days has a wrong or missing field"):
        read_parameters("[[days]]\nvalue = 8\n", "test.toml")
