"""Which milestones have slipped that savings hang on, and what would that move? Reads only.
(rules MIL-01, MIL-02)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from futurefit.kernel.years import Horizon
from futurefit.ledger.entries import Account, Entry
from futurefit.ledger.state import Ledger
from futurefit.programme import milestones as slipping
from futurefit.programme import rounds
from futurefit.programme.milestones import Slip
from futurefit.programme.rounds import Held
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import models
from futurefit.site.programme.queries import words


@dataclass(frozen=True, slots=True)
class Slipped:
    """A milestone that slipped, and what that does to one line that hangs on it."""

    milestone: models.Milestone
    line: str
    agreed: date
    forecast: date
    slip: Slip


def slipped(ledger: Ledger, number: int | None = None) -> list[Slipped]:
    """Every slip that is not yet carried into the ledger (or those of one milestone)."""
    horizon = ledger_queries.horizon()
    if horizon is None:
        return []
    rows = words.milestones().exclude(lines="")
    if number is not None:
        rows = rows.filter(pk=number)
    tied = list(rows)
    held = rounds.held_by_line(ledger.now) if tied else {}
    return [found for row in tied for found in _of(row, held, horizon)]


def _of(milestone: models.Milestone, held: Mapping[str, Held], horizon: Horizon) -> list[Slipped]:
    agreed = milestone.profiled_on or milestone.agreed_on
    forecast = milestone.done_on or milestone.due_on
    if agreed is None or forecast is None or forecast <= agreed:
        return []
    found = []
    for line in milestone.lines.split():
        if line not in held:
            continue
        years: dict[str, int] = {}
        for (year, rating), amount in held[line].ratings.items():
            if rating is not Account.GREEN_DELIVERED:
                years[year] = years.get(year, 0) + amount
        slip = slipping.slip(years, agreed=agreed, forecast=forecast, horizon=horizon)
        if slip is not None:
            found.append(Slipped(milestone, line, agreed, forecast, slip))
    return found


def slip_entries(ledger: Ledger, found: Slipped, on: date) -> list[Entry]:
    """The re-profile that a slip proposes for one line."""
    held = rounds.held_by_line(ledger.now)[found.line]
    forecast: dict[str, int] = {}
    for move in found.slip.moves:
        for year, change in (
            (move.from_year, -move.amount_pence),
            (move.to_year, move.amount_pence),
        ):
            forecast[year] = forecast.get(year, held.forecast(year)) + change
    return rounds.entries(held, rounds.Row(found.line, None, forecast), on=on)
