"""How does a saving spread over the years, and what is it worth in all? (rule SAV-01)

Amounts are incremental: the change that each year makes to the recurring budget. Cumulative views,
and the cash of a whole plan, are worked out from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, pairwise

from futurefit.kernel.money import round_half_up
from futurefit.kernel.years import year_of


class Basis(StrEnum):
    """How the part of a year that is left is measured. Months is usual; say which was used."""

    MONTHS = "months"
    DAYS = "days"


def cumulative(increments: Iterable[int]) -> list[int]:
    """The effect on each year's budget: the running sum of the increments."""
    return list(accumulate(increments))


def increments(cumulated: Sequence[int]) -> list[int]:
    """What each year adds to the year before: the opposite of `cumulative`."""
    return [later - earlier for earlier, later in pairwise([0, *cumulated])]


def cash_over_plan(increments: Iterable[int]) -> int:
    """The cash of all years together, if every increment lasts: not the total of the increments."""
    return sum(cumulative(increments))


def part_year(
    full_year_pence: int, starts_on: date, basis: Basis = Basis.MONTHS
) -> tuple[int, int]:
    """The increments of the first year and the next of a saving that starts within a year.

    They add to the full-year effect. £240k from 1 October:

    >>> part_year(24_000_000, date(2016, 10, 1))
    (12000000, 12000000)
    """
    year = year_of(starts_on)
    if basis is Basis.DAYS:
        share = Fraction((year.last_day - starts_on).days + 1, year.days)
    elif starts_on.day == 1:
        share = Fraction(12 - (starts_on.month - 4) % 12, 12)
    else:
        raise ValueError(
            f"{starts_on.isoformat()} is not the first of a month. Count in days, or start the "
            "saving on the first."
        )
    first = int(round_half_up(full_year_pence * share))
    return first, full_year_pence - first
