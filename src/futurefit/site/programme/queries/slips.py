"""Which savings slip with the milestones that they hang on, and what would that move? Reads only.
(rules MIL-01, MIL-02)
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """What slips of one line: from the day that its years were last made to follow, to the last day
    of all the milestones that it hangs on, of which `milestone` has that day.
    """

    milestones: tuple[models.Milestone, ...]
    milestone: models.Milestone
    line: str
    agreed: date
    forecast: date
    slip: Slip


def slipped(ledger: Ledger) -> list[Slipped]:
    """Every slip that is not yet carried into the ledger, in the order of the milestones."""
    horizon = ledger_queries.horizon()
    if horizon is None:
        return []
    tied: dict[str, list[models.Milestone]] = {}
    for row in words.milestones().exclude(lines=""):
        for line in dict.fromkeys(row.lines.split()):
            tied.setdefault(line, []).append(row)
    held = rounds.held_by_line(ledger.now) if tied else {}
    found = (_of(line, rows, held[line], horizon) for line, rows in tied.items() if line in held)
    return [each for each in found if each is not None]


def slipped_with(ledger: Ledger, number: int) -> list[Slipped]:
    """The slips that are accepted together with those of one milestone: a line follows all its
    milestones at once, and so does whatever else hangs on these.
    """
    every = slipped(ledger)
    reached = {number}
    found: list[Slipped] = []
    while True:
        more = [each for each in every if reached.intersection(row.pk for row in each.milestones)]
        if len(more) == len(found):
            return found
        found = more
        reached.update(row.pk for each in found for row in each.milestones)


def milestones_of(found: Sequence[Slipped]) -> list[models.Milestone]:
    """The milestones that some slips are the slips of, each once."""
    return list({row.pk: row for each in found for row in each.milestones}.values())


def _of(
    line: str, rows: Sequence[models.Milestone], held: Held, horizon: Horizon
) -> Slipped | None:
    dated = [row for row in rows if row.followed_on is not None and row.expected_on is not None]
    if not dated:
        return None
    latest = max(dated, key=lambda row: row.expected_on or date.min)
    agreed = max(row.followed_on for row in dated if row.followed_on is not None)
    forecast = latest.expected_on
    if forecast is None or forecast <= agreed:
        return None
    years: dict[str, int] = {}
    for (year, rating), amount in held.ratings.items():
        if rating is not Account.GREEN_DELIVERED:
            years[year] = years.get(year, 0) + amount
    slip = slipping.slip(years, agreed=agreed, forecast=forecast, horizon=horizon)
    if slip is None:
        return None
    return Slipped(tuple(dated), latest, line, agreed, forecast, slip)


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
