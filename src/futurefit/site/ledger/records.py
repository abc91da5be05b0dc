"""Which years have ended, and at which positions is what was promised for them looked at?

A month that was closed is looked at as it was closed; any other as it stands as at its last day.
Nothing here asks the clock: a year has ended when a month that ends with it was closed, or anything
took effect after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from futurefit.kernel.years import FinancialYear, parse_bucket
from futurefit.ledger.delivery_record import Outcome, outcomes
from futurefit.ledger.presentations import Scope
from futurefit.ledger.state import Ledger, Position
from futurefit.site.ledger import models, queries

MONTHS = 12


@dataclass(frozen=True)
class Closings:
    """The closed months by their last day, and how far the ledger has come."""

    numbers: dict[date, int]
    reached: date | None

    def at(self, ledger: Ledger, last_day: date) -> Position:
        """The ledger at the end of a month."""
        return ledger.at(last_day, self.numbers.get(last_day))


def closings() -> Closings:
    """The closed months as they stand now."""
    months = queries.named_positions(models.NamedPosition.Kind.MONTH)
    numbers = {month.as_at: month.number for month in months}
    last = models.Entry.objects.aggregate(last=Max("effective_on"))["last"]
    return Closings(numbers, max([*numbers, *([last] if last else [])], default=None))


def ended_years(ledger: Ledger, closed: Closings) -> list[FinancialYear]:
    """The years for which something was promised and that have ended, the earliest first."""
    found = {parse_bucket(label) for label in ledger.columns.years}
    return sorted(
        year
        for year in found
        if isinstance(year, FinancialYear)
        and closed.reached is not None
        and year.last_day <= closed.reached
    )


def month_ends(year: FinancialYear) -> Iterator[date]:
    """The last day of each month of a year, April first."""
    for number in range(MONTHS):
        years, month = divmod(3 + number + 1, 12)
        first_of_next = date(year.start + years, month + 1, 1)
        yield date.fromordinal(first_of_next.toordinal() - 1)


def outcomes_of(
    year: FinancialYear, ledger: Ledger, closed: Closings, scope: Scope
) -> list[Outcome]:
    """What became of what was promised for a year: look 0 is its first day, look 1 the end of April
    and so on to look 11, the end of February.
    """
    ends = list(month_ends(year))
    looks = [ledger.at(year.first_day), *(closed.at(ledger, day) for day in ends[:-1])]
    return outcomes(year, looks, closed.at(ledger, ends[-1]), ledger.now, scope=scope)
