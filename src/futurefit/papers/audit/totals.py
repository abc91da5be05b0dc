"""Which findings do broken totals make, one way or the other? (rules AUD-10 to AUD-13)

A fault that shows both down and across is told once, by the total that is wrong itself, and by the
row where both or neither are.
"""

from __future__ import annotations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit.weighing import weigh
from futurefit.papers.audit.wording import (
    apart,
    names,
    total_advice,
    total_message,
    where,
)
from futurefit.papers.document import Document
from futurefit.papers.faults import Cause, Fault, read_faults
from futurefit.papers.sums import Direction

_LINE_ADVICE = (
    "Look for a row or column that was left out, or added after the total was worked out. "
    "If the total takes in something else, its label should say what."
)
_MOST_PLACES = 4  # places that one message about a whole line names


def total_findings(document: Document, direction: Direction, code: str) -> list[Finding]:
    """The findings of every fault that is told by a total of this direction."""
    findings = []
    for fault in read_faults(document):
        if fault.first.found.direction is direction and fault.cause is not Cause.MISPLACED:
            weight = weigh(fault)
            if weight is not None:
                findings.append(_finding(fault, code, *weight))
    return findings


def _finding(fault: Fault, code: str, severity: Severity, confidence: float) -> Finding:
    """One wrong figure, or one total line that fails as a whole."""
    line = fault.cause is Cause.LINE
    return Finding(
        code=code,
        severity=severity,
        message=_line_message(fault) if line else total_message(fault),
        place=fault.arithmetic.table.place(fault.suspect.cell),
        printed=fault.suspect.cell.text,
        expected=fault.like(fault.expected),
        difference=fault.like(fault.slipped),
        advice=_LINE_ADVICE if line else total_advice(fault),
        confidence=confidence,
    )


def _line_message(fault: Fault) -> str:
    """Where a whole total line does not add up."""
    arithmetic, first = fault.arithmetic, fault.first
    all_broken = (first, *fault.others)
    gaps = [
        f"{names(arithmetic, one.found, one.check)[0]} by {apart(one.total, one.check.difference)}"
        for one in all_broken[:_MOST_PLACES]
    ]
    more = len(all_broken) - len(gaps)
    _, total = names(arithmetic, first.found, first.check)
    return (
        f"{where(arithmetic.table)}: {total} differs from what it should add up in "
        f"{len(all_broken)} places: {'; '.join(gaps)}{f' and {more} more' if more else ''}."
    )
