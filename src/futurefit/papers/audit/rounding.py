"""Which totals differ from their parts by no more than rounding? (rules AUD-09, AUD-17)

Rounded parts may add to half a unit a part more or less than the rounded total. That is lawful, and
worth a line under the table: one note a table.
"""

from __future__ import annotations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.wording import names, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.sums import Check, Status, Sum

CODE = "AUD-17"

_MOST_NAMED = 4


def check_rounding(document: Document) -> list[Finding]:
    """One note for each table with rounding differences."""
    findings: list[Finding] = []
    for arithmetic in read_arithmetic(document):
        rounded = [
            (found, check, check.total)
            for found in arithmetic.sums
            for check in found.checks
            if check.total is not None and check.status is Status.ROUNDED
        ]
        if rounded:
            findings.append(_note(arithmetic, rounded))
    return findings


def _note(arithmetic: TableArithmetic, rounded: list[tuple[Sum, Check, Figure]]) -> Finding:
    said = []
    for found, check, total in rounded[:_MOST_NAMED]:
        what, name = names(arithmetic, found, check)
        said.append(f"{what} adds to {total.like(check.expected)}, {name} {total.cell.text}")
    more = len(rounded) - len(said)
    _, check, total = rounded[0]
    return Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=(
            f"{where(arithmetic.table)}: {'; '.join(said)}{f'; and {more} more' if more else ''}. "
            "Rounding can explain it."
        ),
        place=arithmetic.table.place(total.cell),
        printed=total.cell.text,
        expected=total.like(check.expected),
        difference=total.like(check.difference),
        advice="Say under the table that figures may not add up because of rounding.",
        confidence=0.2,
    )
