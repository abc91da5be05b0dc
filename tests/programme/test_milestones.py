"""What a slipped milestone does to the savings that hang on it (rules MIL-01, MIL-02)."""

from datetime import date

import pytest

from futurefit.kernel.years import Horizon
from futurefit.programme.milestones import Move, months_between, part_year_pence, slip, start_of

HORIZON = Horizon(2016, 2019, 2020)
K = 1_000_00


@pytest.mark.parametrize(
    ("full", "start", "first", "second"),
    [
        (240 * K, date(2016, 10, 1), 120 * K, 120 * K),
        (600 * K, date(2017, 7, 1), 450 * K, 150 * K),
    ],
)
def test_part_year_effect_by_months(full: int, start: date, first: int, second: int) -> None:
    """O-SAV-04: £240k from 1 October is 120 and 120, £600k from 1 July 450 and 150."""
    assert part_year_pence(full, start) == first
    assert full - part_year_pence(full, start) == second


def test_a_saving_starts_with_the_next_whole_month() -> None:
    """MIL-01."""
    assert start_of(date(2016, 12, 2)) == date(2017, 1, 1)
    assert start_of(date(2016, 12, 1)) == date(2016, 12, 1)
    assert months_between(date(2016, 10, 1), date(2016, 11, 15)) == 2
    assert months_between(date(2016, 10, 20), date(2016, 10, 31)) == 0


def test_a_slip_within_the_year_moves_a_twelfth_a_month() -> None:
    """MIL-02, from O-SAV-04: £240k a year from 1 October 2016 slips to 1 January 2017. Three months
    are left of six, so £60k of the £120k goes to 2017/18, £20k a month.
    """
    found = slip(
        {"2016/17": 120 * K, "2017/18": 120 * K},
        agreed=date(2016, 10, 1),
        forecast=date(2017, 1, 1),
        horizon=HORIZON,
    )
    assert found is not None
    assert (found.months, found.year) == (3, "2016/17")
    assert (found.full_year_pence, found.per_month_pence) == (240 * K, 20 * K)
    assert found.moves == (Move("2016/17", "2017/18", 60 * K),)


def test_a_slip_into_the_next_year_leaves_its_part_year_there() -> None:
    """By hand: £240k a year from 1 July 2017 brings 180 in 2017/18 and 60 more in 2018/19. So the
    £120k of 2016/17 goes, and of the 240 that then stand in 2017/18, 60 go on.
    """
    found = slip(
        {"2016/17": 120 * K, "2017/18": 120 * K},
        agreed=date(2016, 10, 1),
        forecast=date(2017, 7, 1),
        horizon=HORIZON,
    )
    assert found is not None
    assert found.moves == (
        Move("2016/17", "2017/18", 120 * K),
        Move("2017/18", "2018/19", 60 * K),
    )


def test_a_slip_over_a_whole_year_takes_the_rest_along() -> None:
    """By hand: from 1 October 2016 to 1 April 2018 nothing is left before 2018/19."""
    found = slip(
        {"2016/17": 120 * K, "2017/18": 150 * K},
        agreed=date(2016, 10, 1),
        forecast=date(2018, 4, 1),
        horizon=HORIZON,
    )
    assert found is not None
    # £30k of 2017/18 is no part of this saving's full-year effect, and stays.
    assert found.moves == (
        Move("2016/17", "2018/19", 120 * K),
        Move("2017/18", "2018/19", 120 * K),
    )


def test_a_slip_at_the_end_of_the_plan_goes_into_the_open_bucket() -> None:
    held = {"2019/20": 60 * K}
    found = slip(held, agreed=date(2019, 10, 1), forecast=date(2020, 10, 1), horizon=HORIZON)
    assert found is not None
    assert found.moves == (Move("2019/20", "2020/21+", 60 * K),)
    closed = Horizon(2016, 2019)
    assert slip(held, agreed=date(2019, 10, 1), forecast=date(2020, 10, 1), horizon=closed) is None


def test_nothing_moves_where_nothing_hangs_or_slips() -> None:
    held = {"2017/18": 1 * K}
    for agreed, forecast in (
        (date(2016, 10, 1), date(2017, 1, 1)),  # 2016/17 holds nothing
        (date(2017, 10, 1), date(2017, 7, 1)),  # sooner
        (date(2017, 10, 2), date(2017, 11, 1)),  # the same month of start
    ):
        assert slip(held, agreed=agreed, forecast=forecast, horizon=HORIZON) is None


def test_a_cost_slips_as_a_cost() -> None:
    found = slip(
        {"2016/17": -120 * K},
        agreed=date(2016, 10, 1),
        forecast=date(2016, 11, 1),
        horizon=HORIZON,
    )
    assert found is not None
    assert (found.per_month_pence, found.moves) == (
        -20 * K,
        (Move("2016/17", "2017/18", -20 * K),),
    )
