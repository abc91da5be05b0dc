"""Are these amounts one saving's, stated twice? (rule CLA-07)

Equal; apart by rounding; the same in all but spread over other years; a year later; or near. The
nearer, the more it says: `nats` is the weight, before it is known how common such amounts are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from futurefit.kernel.years import UNPROFILED

Amounts = Mapping[str, int]
"""Pence by year."""

_ROUNDED = 500_00  # pence: what rounding to thousands of pounds can move
_NEAR = 0.05
_FAR = 0.15  # beyond it, rounding explains nothing
_STEPS = (5_000_00, 10_000_00, 50_000_00)  # pence: what people round to
_STEP = math.log(1.1)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two lines' amounts agree: the weight, whether to the penny, and that in words."""

    nats: float
    exact: bool
    said: str


NOTHING = Likeness(0.0, False, "")


def compare_amounts(ours: Amounts, theirs: Amounts) -> Likeness:
    """How two lines' amounts agree."""
    total, others = sum(ours.values()), sum(theirs.values())
    is_near = abs(total - others) <= _FAR * max(abs(total), abs(others))
    if not is_near and ours.items().isdisjoint(theirs.items()):
        return NOTHING
    mine = {year: pence for year, pence in ours.items() if pence}
    other = {year: pence for year, pence in theirs.items() if pence}
    if not mine or not other:
        return NOTHING
    if mine == other:
        return Likeness(7.0, True, "Their amounts are the same, year by year.")
    if mine.keys() == other.keys() and all(
        abs(mine[year] - other[year]) <= _ROUNDED for year in mine
    ):
        return Likeness(6.0, False, "Their amounts are apart by rounding only.")
    if total * others <= 0:
        return NOTHING
    if total == others and _later(mine) == _later(other):
        return Likeness(5.5, False, "Their amounts are the same in other years.")
    if total == others:
        return Likeness(5.0, False, "Their amounts come to the same, spread otherwise.")
    if abs(total - others) <= _ROUNDED * max(len(mine), len(other)):
        return Likeness(4.5, False, "Their amounts come to the same but for rounding.")
    if mine.keys() == other.keys() and all(_rounds_to(mine[year], other[year]) for year in mine):
        return Likeness(4.0, False, "One’s amounts are the other’s, rounded.")
    if abs(total - others) <= _NEAR * max(abs(total), abs(others)):
        return Likeness(3.0, False, "Their amounts come to nearly the same.")
    if any(other.get(year) == pence for year, pence in mine.items()):
        return Likeness(2.0, False, "They have the same amount in one year.")
    return NOTHING


def _rounds_to(one: int, other: int) -> bool:
    """True when the rounder of the two is the other to the nearest ten thousand pounds or five."""
    return any(
        rounder % step == 0 and abs(one - other) * 2 <= step
        for step in _STEPS
        if step * 4 <= max(abs(one), abs(other))
        for rounder in (one, other)
    )


def _later(amounts: Amounts) -> tuple[tuple[int, int], ...]:
    """The amounts by years after the first."""
    starts = {
        (9999 if year == UNPROFILED else int(year[:4])): pence for year, pence in amounts.items()
    }
    first = min(starts)
    return tuple(sorted((start - first, pence) for start, pence in starts.items()))


def same_scale(pence: int) -> tuple[int, ...]:
    """Steps of a tenth that a sum lies in: two sums near each other have one in common."""
    if not pence:
        return ()
    step = int(math.log(abs(pence)) / _STEP)
    return (step, step + 1)
