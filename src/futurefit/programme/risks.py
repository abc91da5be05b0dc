"""How large is a risk, what might it cost, and whose review is overdue? (rules RSK-01, RSK-02)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from futurefit.kernel.money import to_pence

SCORES = range(1, 6)
"""Likelihood and impact, 1 (low) to 5 (high)."""


def score(likelihood: int | None, impact: int | None) -> int | None:
    """Likelihood times impact, 1 to 25; None until both are stated."""
    return None if likelihood is None or impact is None else likelihood * impact


def exposure(impact_pence: int | None, likelihood_percent: int | None) -> int | None:
    """What to reckon with, in whole pence: what it would cost times how likely that is.

    >>> exposure(20_000_000, 25)
    5000000
    """
    if impact_pence is None or likelihood_percent is None:
        return None
    return to_pence(Decimal(impact_pence) * likelihood_percent / 10_000)


class Band(StrEnum):
    """How a score is called."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


def band(score: int) -> Band:
    """Low up to 5, medium up to 12, high above: a habit of councils' registers, not law."""
    if score > 12:
        return Band.HIGH
    return Band.MEDIUM if score > 5 else Band.LOW


@dataclass(frozen=True, slots=True)
class Heat:
    """How many open risks stand at each (likelihood, impact), and how many have no score."""

    counts: dict[tuple[int, int], int]
    unscored: int


def heat(scores: Iterable[tuple[int | None, int | None]]) -> Heat:
    """Risks counted by likelihood and impact."""
    counts: dict[tuple[int, int], int] = {}
    unscored = 0
    for likelihood, impact in scores:
        if likelihood is None or impact is None:
            unscored += 1
        else:
            counts[likelihood, impact] = counts.get((likelihood, impact), 0) + 1
    return Heat(counts, unscored)


def is_overdue(review_on: date | None, closed_on: date | None, today: date) -> bool:
    """True for an open risk whose review was due before today."""
    return closed_on is None and review_on is not None and review_on < today
