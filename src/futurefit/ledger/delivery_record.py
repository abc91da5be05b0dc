"""Of what stood red, amber or green, how much came true, by when, and what became of the rest?
(rules RCD-01 to RCD-04)

The council's own delivery record. It follows pounds, not lines: a line of which a half was
delivered counts a half. What was to help the gap is followed; what a later year takes back is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from futurefit.kernel.years import FinancialYear, Quarter, quarter_of
from futurefit.ledger.entries import Account, LineAttributes, Reason
from futurefit.ledger.journeys import Journey, Stop, journeys
from futurefit.ledger.presentations import Scope, counts
from futurefit.ledger.state import Position

SMALL_NUMBER = 5
"""A share that rests on fewer lines says little, and says so."""

LOOKED_AT = (Account.UNRATED, Account.RED, Account.AMBER, Account.GREEN_ON_TARGET)
"""The ratings whose promise can still come true, or not."""

Key = TypeVar("Key", bound=Hashable)


class Fate(StrEnum):
    """What became of pounds that were promised for a year, by the end of it."""

    CAME_TRUE = "CAME_TRUE"
    OPEN = "OPEN"
    SLIPPED = "SLIPPED"
    RE_ESTIMATED = "RE_ESTIMATED"
    UNDELIVERABLE = "UNDELIVERABLE"
    WITHDRAWN = "WITHDRAWN"
    REPLACED = "REPLACED"
    TAKEN_OUT = "TAKEN_OUT"


_FATES: Mapping[Account | Reason, Fate] = {
    Reason.SLIPPED: Fate.SLIPPED,
    Reason.RE_ESTIMATED: Fate.RE_ESTIMATED,
    Reason.OVER_ACHIEVED: Fate.RE_ESTIMATED,
    Reason.UNDELIVERABLE: Fate.UNDELIVERABLE,
    Reason.UNIDENTIFIED: Fate.UNDELIVERABLE,
    Reason.WITHDRAWN: Fate.WITHDRAWN,
    Reason.REPLACED: Fate.REPLACED,
    Account.TARGET: Fate.TAKEN_OUT,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Pounds of one line that stood under a rating, for a year, at a look (0 is its start, or
    whatever the first position was), and what became of them by the end of the year. `end` is where
    they stood then, `now` where they stand now; `attributes` is how the line was classed at the
    look.
    """

    year: str
    look: int
    rating: Account
    line: str
    attributes: LineAttributes
    amount_pence: int
    fate: Fate
    end: Stop
    now: Stop

    @property
    def came_later(self) -> bool:
        """True for pounds that were not delivered by the end of the year, and are now."""
        return self.fate is not Fate.CAME_TRUE and self.now.place is Account.GREEN_DELIVERED


def outcomes(
    year: FinancialYear,
    looks: Sequence[Position],
    ended: Position,
    now: Position,
    *,
    scope: Scope,
) -> list[Outcome]:
    """What became of every pound that a scope promised for `year` at each look (rule RCD-02).

    The looks are positions within the year, the earliest first; `ended` is the year's end, and
    `now` not before it. Lines count as they were classed at the look.
    """
    lines = {
        line
        for look in looks
        for line, attributes in look.lines.items()
        if counts(scope, line, attributes)
    }
    found = []
    stages = [*looks, ended, now]
    for journey in journeys(stages, lines):
        end, last = journey.at(len(looks)), journey.at(len(looks) + 1)
        if end is None or last is None or journey.amount_pence <= 0:
            continue
        for look, position in enumerate(looks):
            stood = journey.at(look)
            if stood is None or stood.year != year.label or stood.place not in LOOKED_AT:
                continue
            attributes = position.lines[journey.line]
            if counts(scope, journey.line, attributes):
                found.append(_outcome(journey, year, look, stood, end, last, attributes))
    return found


def _outcome(
    journey: Journey,
    year: FinancialYear,
    look: int,
    stood: Stop,
    end: Stop,
    now: Stop,
    attributes: LineAttributes,
) -> Outcome:
    rating = Account(stood.place)
    fate = fate_of(year.label, end)
    return Outcome(
        year.label, look, rating, journey.line, attributes, journey.amount_pence, fate, end, now
    )


def fate_of(year: str, end: Stop) -> Fate:
    """What the place of pounds at the end of a year says of a promise for it (rule RCD-03)."""
    if not end.is_forecast:
        return _FATES[end.place]
    if end.year > year:  # a later year, the years after the plan, or no year at all
        return Fate.SLIPPED
    return Fate.CAME_TRUE if end.place is Account.GREEN_DELIVERED else Fate.OPEN


@dataclass(frozen=True, slots=True)
class Record:
    """What became of everything in one group: pence by fate; `by_quarter` is what had come true by
    the end of each quarter of its year; `came_later_pence` what is delivered by now, but was not by
    the end of its year.
    """

    stood_pence: int
    fates: Mapping[Fate, int]
    by_quarter: tuple[int, int, int, int]
    came_later_pence: int
    lines: int

    @property
    def came_true_share(self) -> Fraction:
        """Of what stood, what came true by the end of its year: 0 to 1."""
        return self.share(Fate.CAME_TRUE)

    def share(self, fate: Fate) -> Fraction:
        """Of what stood, what met one fate."""
        return Fraction(self.fates.get(fate, 0), self.stood_pence)

    @property
    def is_small(self) -> bool:
        """True when it rests on so few lines that it says little (rule RCD-04)."""
        return self.lines < SMALL_NUMBER


def records(found: Iterable[Outcome], key: Callable[[Outcome], Key]) -> dict[Key, Record]:
    """The outcomes in groups: by rating, by rating and directorate, by look, or however else."""
    groups: dict[Key, list[Outcome]] = defaultdict(list)
    for outcome in found:
        groups[key(outcome)].append(outcome)
    return {group: _record(own) for group, own in groups.items()}


def _record(found: Sequence[Outcome]) -> Record:
    fates: dict[Fate, int] = defaultdict(int)
    quarters = [0, 0, 0, 0]
    for outcome in found:
        fates[outcome.fate] += outcome.amount_pence
        if outcome.fate is Fate.CAME_TRUE:
            for number in range(_quarter(outcome) - 1, 4):
                quarters[number] += outcome.amount_pence
    return Record(
        stood_pence=sum(fates.values()),
        fates=dict(fates),
        by_quarter=(quarters[0], quarters[1], quarters[2], quarters[3]),
        came_later_pence=sum(o.amount_pence for o in found if o.came_later),
        lines=len({outcome.line for outcome in found}),
    )


def _quarter(outcome: Outcome) -> int:
    """The quarter of its year in which a promise came true; 1 for what came before it began."""
    quarter: Quarter = quarter_of(outcome.end.on)
    return quarter.number if quarter.year.label == outcome.year else 1
