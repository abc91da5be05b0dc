"""Is a measure of success on its way from baseline to target? (rule MEA-01)

A reading is held against the straight path between the two. What counts as on the way is a dated
parameter, `measure_amber_share`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from futurefit.kernel.parameters import parameter
from futurefit.kernel.rag import Rag


@dataclass(frozen=True, slots=True)
class Path:
    """From where on which day to where by which day."""

    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date

    def expected(self, on: date) -> Decimal:
        """Where the straight path stands on a day; level before and after its ends."""
        if on <= self.baseline_on:
            return self.baseline
        if on >= self.target_on:
            return self.target
        share = Decimal((on - self.baseline_on).days) / (self.target_on - self.baseline_on).days
        return self.baseline + (self.target - self.baseline) * share


@dataclass(frozen=True, slots=True)
class Read:
    """A reading beside the path, with its rating."""

    on: date
    value: Decimal
    expected: Decimal
    rag: Rag


def rate(path: Path, readings: Sequence[tuple[date, Decimal]]) -> list[Read]:
    """Each reading with what the path expects of its day, and how it stands, in order of days.

    Delivered when the target is reached; green when at least the path's own progress is made; amber
    when at least the parameter's share of it is; red below.
    """
    return [
        Read(on, value, path.expected(on), _rag(path, on, value)) for on, value in sorted(readings)
    ]


def _rag(path: Path, on: date, value: Decimal) -> Rag:
    way = path.target - path.baseline
    if not way:
        return Rag.GREEN_ON_TARGET if value == path.target else Rag.RED
    # Progress towards the target, whichever way that lies.
    made = (value - path.baseline) / way
    if made >= 1:
        return Rag.GREEN_DELIVERED
    asked = (path.expected(on) - path.baseline) / way
    if made >= asked:
        return Rag.GREEN_ON_TARGET
    share = Decimal(parameter("measure_amber_share", on).value)
    return Rag.AMBER if made >= asked * share else Rag.RED
