"""What was amber at one position: what is it at another? (rule RCD-01)

A table from rating to rating. Pounds are followed, so a row says what became of each rating, and a
column where each came from; rows and columns add up to what stands at either position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import columns as cols
from futurefit.ledger.entries import RATINGS, Account, Reason
from futurefit.ledger.journeys import Journey, Stop, journeys
from futurefit.ledger.movement import Membership
from futurefit.ledger.presentations import PROPOSED, Scope, counted, counts
from futurefit.ledger.state import Position


class Elsewhere(StrEnum):
    """Where pounds are that stand under no rating of what is looked at."""

    NOT_YET = "NOT_YET"
    OTHER_YEAR = "OTHER_YEAR"
    CLASSED = "CLASSED"


Stand = Account | Reason | Elsewhere


def rating_moves(
    earlier: Position,
    later: Position,
    scope: Scope = PROPOSED,
    years: frozenset[str] | None = None,
) -> dict[tuple[Stand, Stand], int]:
    """Pence by where they stood and where they stand, as far as either is a rating, over `years`
    (None: those of the plan).
    """
    columns = later.ledger.columns
    member = Membership(later.ledger, scope)
    moved = set(cols.touched(columns, earlier.standing, later.standing))
    moved |= {n for n in member.classed_anew if member.at(earlier, n) != member.at(later, n)}
    sums: dict[tuple[Stand, Stand], int] = defaultdict(int)
    for was, now, journey in followed(earlier, later, scope, years, moved):
        sums[was, now] += journey.amount_pence
    # What did not move need not be followed: it stands where it stood.
    still = counted(later, scope) & ~cols.listed(columns, moved)
    balances = cols.balances(columns, still, _years(later, years), later.standing)
    for rating in RATINGS:
        sums[rating, rating] += balances[cols.account_code(rating, None)]
    return {key: pence for key, pence in sums.items() if pence}


def followed(
    earlier: Position,
    later: Position,
    scope: Scope = PROPOSED,
    years: frozenset[str] | None = None,
    lines: Collection[str] | None = None,
) -> list[tuple[Stand, Stand, Journey]]:
    """The pounds behind that table, with where they stood and where they stand; of some lines, or
    (None) of all that count at either position.
    """
    chosen = _years(later, years)

    def is_in(position: Position, line: str) -> bool:
        attributes = position.lines.get(line)
        return attributes is not None and counts(scope, line, attributes)

    def stand(position: Position, line: str, stop: Stop | None) -> Stand:
        if stop is None:
            return Elsewhere.NOT_YET
        if not is_in(position, line):
            return Elsewhere.CLASSED
        if stop.is_forecast and stop.year not in chosen:
            return Elsewhere.OTHER_YEAR
        return stop.place

    if lines is None:
        lines = {*earlier.lines, *later.lines}
    counting = {line for line in lines if is_in(earlier, line) or is_in(later, line)}
    found = []
    for journey in journeys([earlier, later], counting):
        was = stand(earlier, journey.line, journey.at(0))
        now = stand(later, journey.line, journey.at(1))
        if was in RATINGS or now in RATINGS:
            found.append((was, now, journey))
    return found


def _years(position: Position, years: frozenset[str] | None) -> frozenset[str]:
    return frozenset(position.ledger.columns.years) - {UNPROFILED} if years is None else years
