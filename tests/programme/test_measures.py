"""Measures of success against their straight path (rule MEA-01)."""

from datetime import date
from decimal import Decimal

import pytest

from futurefit.kernel.rag import Rag
from futurefit.programme.measures import Path, rate

# Worked by hand: 100 days from 200 down to 100, one a day.
DOWN = Path(Decimal(200), date(2016, 1, 1), Decimal(100), date(2016, 4, 10))


@pytest.mark.parametrize(
    ("day", "value", "expected", "rag"),
    [
        (date(2016, 1, 1), 200, 200, Rag.GREEN_ON_TARGET),
        (date(2016, 2, 20), 150, 150, Rag.GREEN_ON_TARGET),
        (date(2016, 2, 20), 160, 150, Rag.AMBER),  # 40 of the 50 asked for: four fifths
        (date(2016, 2, 20), 161, 150, Rag.RED),
        (date(2016, 2, 20), 210, 150, Rag.RED),
        (date(2016, 2, 20), 99, 150, Rag.GREEN_DELIVERED),
        (date(2016, 12, 1), 110, 100, Rag.AMBER),  # the path is level after its end
        (date(2015, 12, 1), 200, 200, Rag.GREEN_ON_TARGET),
    ],
)
def test_a_reading_is_rated_by_the_progress_made(
    day: date, value: int, expected: int, rag: Rag
) -> None:
    """MEA-01."""
    (read,) = rate(DOWN, [(day, Decimal(value))])
    assert (read.expected, read.rag) == (expected, rag)


def test_a_rising_measure_is_rated_the_same_way() -> None:
    up = Path(Decimal(0), date(2016, 1, 1), Decimal(100), date(2016, 4, 10))
    reads = rate(up, [(date(2016, 4, 10), Decimal(100)), (date(2016, 2, 20), Decimal(40))])
    assert [read.rag for read in reads] == [Rag.AMBER, Rag.GREEN_DELIVERED]


def test_a_measure_that_should_stay_is_on_target_while_it_does() -> None:
    flat = Path(Decimal(5), date(2016, 1, 1), Decimal(5), date(2016, 4, 10))
    reads = rate(flat, [(date(2016, 2, 1), Decimal(5)), (date(2016, 3, 1), Decimal(4))])
    assert [read.rag for read in reads] == [Rag.GREEN_ON_TARGET, Rag.RED]
