"""What was asked of the fund, granted and spent? Reads only. (rules FND-01, FND-02)"""

from __future__ import annotations

from dataclasses import dataclass

from futurefit.ledger.entries import Fund, LineKind, Recurrence, Tranche
from futurefit.ledger.state import Position
from futurefit.programme.fund import Ask, Payback, Sort, asks, lasting_savings, payback
from futurefit.site.programme import models


@dataclass(frozen=True, slots=True)
class Asked:
    """What one part of the programme asks of one fund in one tranche, and when it comes back."""

    part: str
    tranche: Tranche
    fund: Fund
    asks: tuple[Ask, ...]
    granted_pence: int
    spent_pence: int
    payback: Payback

    @property
    def lasting_pence(self) -> int:
        """How much of it is not classed as asked for once only."""
        return sum(ask.pence for ask in self.asks if ask.recurrence is Recurrence.ONGOING)


def fund_entries() -> list[models.FundEntry]:
    """Every grant and all spending, the earliest first."""
    return list(models.FundEntry.objects.all())


def asked_of_fund(
    position: Position, entries: list[models.FundEntry], horizon: tuple[str, ...]
) -> list[Asked]:
    """Every part that asks for investment, by tranche and fund: what was granted and spent of it,
    and its payback within the years of the plan.
    """
    groups: dict[tuple[str, Tranche, Fund], list[Ask]] = {}
    for ask in asks(position):
        groups.setdefault((ask.part, ask.tranche, ask.fund), []).append(ask)
    found = []
    for (part, tranche, fund), own in groups.items():
        lines = {ask.line for ask in own}

        def sum_of(sort: Sort, lines: set[str] = lines) -> int:
            return sum(e.amount_pence for e in entries if e.sort == sort and e.line_ref in lines)

        begins = lasting_savings(position, part, tranche)
        found.append(
            Asked(
                part,
                tranche,
                fund,
                tuple(own),
                sum_of(Sort.GRANTED),
                sum_of(Sort.SPENT),
                payback(sum(ask.pence for ask in own), begins, horizon),
            )
        )
    return found


def investment_lines(position: Position) -> list[str]:
    """Every investment line, for a form to choose from."""
    return [ref for ref, own in position.lines.items() if own.kind is LineKind.INVESTMENT]
