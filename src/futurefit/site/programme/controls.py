"""Does the ledger say what the papers print? (rule CON-01)

A control total is a printed figure that should equal a figure of the ledger at the paper's own
date. Where it does not, both stand: the paper's figure neither overrules the detail nor is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import columns as cols
from futurefit.ledger.entries import RATINGS, Account
from futurefit.ledger.state import Ledger


@dataclass(frozen=True, slots=True)
class Control:
    """A printed figure and the figure of the ledger that it should be. Without `years` it is about
    all years of the plan, without `ratings` about the whole forecast.
    """

    check: str
    what: str
    lines: tuple[str, ...]
    years: tuple[str, ...]
    ratings: tuple[str, ...]
    amount_pence: int
    printed: str
    as_at: date
    advice: str = ""
    place: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Tested:
    """A control with what the ledger says at its date."""

    control: Control
    ledger_pence: int

    @property
    def agrees(self) -> bool:
        """True when paper and ledger say the same."""
        return self.control.amount_pence == self.ledger_pence


def tested(ledger: Ledger, controls: Iterable[Control]) -> list[Tested]:
    """Each control with the ledger's own figure."""
    return [Tested(control, ledger_figure(ledger, control)) for control in controls]


def ledger_figure(ledger: Ledger, control: Control) -> int:
    """What the ledger says at the control's date, in pence."""
    columns = ledger.columns
    ratings = [Account(rating) for rating in control.ratings] or RATINGS
    years = control.years or [year for year in columns.years if year != UNPROFILED]
    wanted = cols.mask(
        columns,
        standing=ledger.at(control.as_at).standing,
        lines=control.lines,
        years=years,
        accounts=[(rating, None) for rating in ratings],
    )
    return cols.total(columns, wanted)


def findings(results: Iterable[Tested]) -> list[Finding]:
    """One finding a check in which paper and ledger differ."""
    wrong: dict[str, list[Tested]] = {}
    for result in results:
        if not result.agrees:
            wrong.setdefault(result.control.check, []).append(result)
    return [_finding(parts) for parts in wrong.values()]


def _finding(parts: list[Tested]) -> Finding:
    first = parts[0].control
    said = [
        f"{part.control.what}: the paper prints {part.control.printed}, "
        f"the ledger has {_thousands(part.ledger_pence)}, "
        f"{_thousands(abs(part.control.amount_pence - part.ledger_pence))} apart."
        for part in parts
    ]
    advice = next((part.control.advice for part in parts if part.control.advice), "")
    return Finding(
        code="CON-01",
        severity=Severity.ERROR,
        message=" ".join(said),
        place=first.place,
        printed="; ".join(part.control.printed for part in parts),
        expected="; ".join(_thousands(part.ledger_pence) for part in parts),
        difference="; ".join(
            _thousands(part.control.amount_pence - part.ledger_pence) for part in parts
        ),
        advice=advice or "Ask the paper's author which figure is meant.",
    )


def _thousands(pence: int) -> str:
    """'£60k', with as many places as the amount needs: the papers think in thousands."""
    exact = print_money(abs(pence), Unit.THOUSANDS, places=5).rstrip("0").rstrip(".")
    return f"{'-' if pence < 0 else ''}£{exact}k"
