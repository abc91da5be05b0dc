"""How does a finding point to words of a paper? (rule AUD-40)"""

from __future__ import annotations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.text import Passage, shortened


def finding(
    code: str,
    passage: Passage,
    message: str,
    *,
    severity: Severity = Severity.NOTE,
    printed: str = "",
    expected: str = "",
    difference: str = "",
    advice: str = "",
    confidence: float = 0.5,
) -> Finding:
    """A finding on a passage; its message opens with where that stands."""
    return Finding(
        code=code,
        severity=severity,
        message=f"{where(passage)}{message}",
        place=passage.place,
        printed=printed,
        expected=expected,
        difference=difference,
        advice=advice,
        confidence=confidence,
    )


def where(passage: Passage) -> str:
    """The heading that a passage stands under, as one would point to it: "“Next steps”: "."""
    heading = passage.place.heading
    return f"“{shortened(heading, 60)}”: " if heading else ""
