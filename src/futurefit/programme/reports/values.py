"""What is a report told, as plain values?

Whoever asks hands these over: figures of the ledger, and words that this reader may read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from futurefit.kernel.report import Chart, Table


@dataclass(frozen=True, slots=True)
class Standing:
    """At which position a report's figures stand, and at which they are compared.

    `on` is the day from which days due are counted, `number` the last journal of the ledger.
    """

    until: str
    since: str
    on: date
    number: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one tranche in a scope, over the years of the plan, in pence."""

    target_pence: int
    forecast_pence: int
    delivered_pence: int
    forecast_before_pence: int
    delivered_before_pence: int


@dataclass(frozen=True, slots=True)
class TrancheFigures:
    """The figures of current or of proposed savings: they are never added together.

    `tables` stand in this order, each below its chart where it has one.
    """

    title: str
    sums: Sums
    tables: tuple[tuple[Chart | None, Table], ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone that is not done. `printed` is its date in the paper's words, if less than a day;
    `forecast_on` the day that its lead now expects.
    """

    what: str
    part: str
    due_on: date | None
    printed: str = ""
    forecast_on: date | None = None
    href: str = ""

    @property
    def expected_on(self) -> date | None:
        """The day on which it is expected: as forecast, else as planned."""
        return self.forecast_on or self.due_on


@dataclass(frozen=True, slots=True)
class Risky:
    """A risk that is open; `score` is likelihood times impact, None until both are said, and
    `exposure_pence` what to reckon with: what it would cost times how likely that is.
    """

    what: str
    part: str
    score: int | None
    mitigation: str
    owner: str
    href: str = ""
    exposure_pence: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody: how many, and since when the oldest."""

    what: str
    number: int
    oldest_on: date | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A heading and the statements below it; left out where nothing is said."""

    title: str
    statements: tuple[str, ...]
