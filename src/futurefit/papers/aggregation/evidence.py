"""How strongly do figures bear out a relation, and over which stretch of a table? (ARI-03, ARI-04)

A relation says of two or more lines of a table (rows, or columns) that one is made of the others,
wherever a line of the other kind crosses them. Each crossing is a witness, weighed in bits: how
surprising the agreement would be by chance. 70,665 that agrees to the last digit says much, 2 = 1 +
1 little, and nought nothing. A crossing that disagrees speaks against. The stretches of a table in
which the witnesses for outweigh those against are found as all maximal scoring subsequences
(Ruzzo and Tompa, ISMB 1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

REPEATED = 0.4
"""Bits at most of a crossing that is like one already counted."""


class Operator(StrEnum):
    """What makes one figure of others."""

    SUM = "SUM"
    AVERAGE = "AVERAGE"
    DIVISION = "DIVISION"
    RELATIVE_CHANGE = "RELATIVE_CHANGE"


class Axis(StrEnum):
    """Which way the operands of a figure lie."""

    DOWN = "DOWN"  # in its column: lines are rows
    ACROSS = "ACROSS"  # in its row: lines are columns


@dataclass(frozen=True, slots=True)
class Stretch:
    """Crossings from `first` to `last` where a relation holds; `places` are those that count."""

    first: int
    last: int
    score: float
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Lines of which one is made of the others, where it holds and how sure that is (in bits).

    `hits` and `misses` count the crossings that agree and that plainly do not; `factor` is 100 for
    a quotient printed per cent.
    """

    operator: Operator
    axis: Axis
    total: int
    parts: tuple[int, ...]
    score: float
    stretches: tuple[Stretch, ...]
    hits: int = 0
    misses: int = 0
    factor: int = 1

    @property
    def places(self) -> tuple[int, ...]:
        """The crossings at which the total is made of the parts."""
        return tuple(place for stretch in self.stretches for place in stretch.places)


def proves(scores: Sequence[float], found: Sequence[Stretch], least: float) -> bool:
    """Whether the crossings that say something new, without the repeats, come to so many bits."""
    new = (scores[n] for one in found for n in range(one.first, one.last + 1))
    return sum(score for score in new if score > REPEATED) >= least


def stretches(scores: Sequence[float]) -> list[tuple[int, int, float]]:
    """All maximal scoring subsequences: first, last (inclusive) and score; in linear time.

    >>> stretches([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5])
    [(0, 0, 4), (2, 2, 3), (4, 10, 7)]
    """
    found: list[tuple[int, int, float, float]] = []  # first, last, sums before and after
    total = 0.0
    for place, score in enumerate(scores):
        if score <= 0:
            total += score
            continue
        first, left = place, total
        total += score
        right = total
        while True:
            back = len(found) - 1
            while back >= 0 and found[back][2] >= left:
                back -= 1
            if back < 0 or found[back][3] >= right:
                found.append((first, place, left, right))
                break
            first, left = found[back][0], found[back][2]
            del found[back:]
    return [(first, last, right - left) for first, last, left, right in found]
