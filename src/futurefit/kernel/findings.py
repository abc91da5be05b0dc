"""What does not hold, where, what was printed, what was expected, and what should be done?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from futurefit.kernel.provenance import Provenance


class Severity(StrEnum):
    """How much a finding matters. Notes alone count as clean."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold.

    `confidence` (0 to 1) is that the paper is wrong, not the reading.
    """

    code: str
    severity: Severity
    message: str
    place: Provenance = Provenance()
    printed: str = ""
    expected: str = ""
    difference: str = ""
    advice: str = ""
    confidence: float = 1.0


def exit_status(findings: Iterable[Finding]) -> int:
    """0 when nothing (or only notes) was found, 1 otherwise."""
    return int(any(finding.severity is not Severity.NOTE for finding in findings))
