"""What does the transformation fund pay for, and when does it pay back? (rules FND-01, FND-02)

Asked is what the ledger's investment lines ask for; granted and spent are facts beside it. Payback
is what is asked divided by what is saved, net and lasting, in a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.columns import account_code
from futurefit.ledger.entries import RATINGS, Fund, LineKind, Recurrence, SavingClass, Tranche
from futurefit.ledger.presentations import DIMENSIONS
from futurefit.ledger.state import Position


class Sort(StrEnum):
    """What happened to money of the fund."""

    GRANTED = "GRANTED"
    SPENT = "SPENT"


@dataclass(frozen=True, slots=True)
class Ask:
    """What one investment line asks for, in pence by year (positive: what it costs)."""

    line: str
    part: str
    tranche: Tranche
    fund: Fund
    recurrence: Recurrence
    by_year_pence: Mapping[str, int]

    @property
    def pence(self) -> int:
        """All that is asked, whether or not it has a year."""
        return sum(self.by_year_pence.values())


def asks(position: Position) -> list[Ask]:
    """Every investment line with an amount, as it is forecast at a position (rule FND-01)."""
    found = []
    rated = {account_code(rating, None) for rating in RATINGS}
    for line, own in position.lines.items():
        if own.kind is not LineKind.INVESTMENT:
            continue
        by_year: dict[str, int] = {}
        for (year, account), amount in position.balances(line).items():
            if account in rated:
                by_year[year] = by_year.get(year, 0) - amount
        by_year = {year: amount for year, amount in sorted(by_year.items()) if amount}
        if by_year:
            part = DIMENSIONS["theme"](own)
            found.append(Ask(line, part, own.tranche, own.fund, own.recurrence, by_year))
    return found


def lasting_savings(position: Position, part: str, tranche: Tranche) -> dict[str, int]:
    """What a part of the programme saves for good, by the year in which each saving begins: its
    lines but for investments, one-offs and cost avoidance, in pence.
    """
    lines = [
        line
        for line, own in position.lines.items()
        if DIMENSIONS["theme"](own) == part
        and own.tranche is tranche
        and own.fund is Fund.REVENUE
        and own.kind not in (LineKind.INVESTMENT, LineKind.CAPITAL_RECEIPT)
        and own.recurrence is Recurrence.ONGOING
        and own.saving_class is not SavingClass.COST_AVOIDANCE
    ]
    sums: dict[str, int] = {}
    for standing in position.postings(lines=lines, accounts=[(rating, None) for rating in RATINGS]):
        posting = standing.posting
        sums[posting.year] = sums.get(posting.year, 0) + posting.amount_pence
    return {year: amount for year, amount in sorted(sums.items()) if amount}


@dataclass(frozen=True, slots=True)
class Payback:
    """What is asked against what is saved. `yearly_pence` is the lasting net saving a year once all
    of it has begun; `years` asked ÷ saved, None where nothing is saved; `year` the first financial
    year by whose end as much has been saved as was asked, "" where that is beyond the plan.
    """

    asked_pence: int
    yearly_pence: int
    years: Fraction | None
    year: str

    @property
    def stands_out(self) -> bool:
        """True where more is asked than is saved in a year (rule FND-02)."""
        return self.asked_pence > 0 and self.asked_pence > self.yearly_pence


def payback(asked_pence: int, begins: Mapping[str, int], horizon: tuple[str, ...]) -> Payback:
    """When what is asked comes back. `begins` is `lasting_savings`; `horizon` the years to look at,
    in order. Savings without a year count in the yearly saving, and in no year's running sum.

    £2.1m to save £1.5m a year, half of it from 2018/19 and half from 2019/20, takes 1.4 years, and
    is back in 2019/20.
    """
    yearly = sum(begins.values())
    years = Fraction(asked_pence, yearly) if yearly > 0 else None
    running = saved = 0
    back = ""
    for label in horizon:
        if label == UNPROFILED:
            continue
        running += begins.get(label, 0)
        saved += running
        if saved >= asked_pence and saved > 0:
            back = label
            break
    return Payback(asked_pence, yearly, years, back)
