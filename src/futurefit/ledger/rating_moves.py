"""What was amber at one position: what is it at another? (rule RCD-01)

A table from rating to rating. Pounds are followed, so a row says what became of each rating, and a
column where each came from; rows and columns add up to what stands at either position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import RATINGS, Account, Reason
from futurefit.ledger.journeys import Journey, Stop, journeys
from futurefit.ledger.presentations import PROPOSED, Scope, counts
from futurefit.ledger.state import Position


class Elsewhere(StrEnum):
    """Where pounds are that stand under no rating of what is looked at."""

    NOT_YET = "NOT_YET"
    OTHER_YEAR = "OTHER_YEAR"
    CLASSED = "CLASSED"


Stand = Account | Reason | Elsewhere


def followed(
    earlier: Position,
    later: Position,
    scope: Scope = PROPOSED,
    years: frozenset[str] | None = None,
) -> list[tuple[Stand, Stand, Journey]]:
    """Pounds with where they stood and where they stand, as far as either is a rating, over `years`
    (None: those of the plan).
    """
    if years is None:
        years = frozenset(later.ledger.columns.years) - {UNPROFILED}

    def stand(position: Position, line: str, stop: Stop | None) -> Stand:
        if stop is None:
            return Elsewhere.NOT_YET
        attributes = position.lines.get(line)
        if attributes is None or not counts(scope, line, attributes):
            return Elsewhere.CLASSED
        if stop.is_forecast and stop.year not in years:
            return Elsewhere.OTHER_YEAR
        return stop.place

    found = []
    for journey in journeys([earlier, later], {*earlier.lines, *later.lines}):
        was = stand(earlier, journey.line, journey.at(0))
        now = stand(later, journey.line, journey.at(1))
        if was in RATINGS or now in RATINGS:
            found.append((was, now, journey))
    return found


def rating_moves(found: Iterable[tuple[Stand, Stand, Journey]]) -> dict[tuple[Stand, Stand], int]:
    """Pence by where they stood and where they stand."""
    sums: dict[tuple[Stand, Stand], int] = defaultdict(int)
    for was, now, journey in found:
        sums[was, now] += journey.amount_pence
    return {key: pence for key, pence in sums.items() if pence}
