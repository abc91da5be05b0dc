"""Which tables were not added up, for being no tables of a paper? (rule AUD-08)"""

from __future__ import annotations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import read_arithmetic
from futurefit.papers.audit.wording import where
from futurefit.papers.document import Document
from futurefit.papers.sums import MOST_TOTALS, Direction

CODE = "AUD-08"


def check_extent(document: Document) -> list[Finding]:
    """One note for each table with more likely totals than any paper has."""
    return [
        Finding(
            code=CODE,
            severity=Severity.NOTE,
            message=(
                f"{where(arithmetic.table)}: more than {MOST_TOTALS:,} "
                f"{'rows' if direction is Direction.DOWN else 'columns'} look like totals. It was "
                "taken for a data set and not added up."
            ),
            place=arithmetic.table.place(),
            advice="To have its totals checked, give the table as the paper prints it.",
        )
        for arithmetic in read_arithmetic(document)
        for direction in arithmetic.untried
    ]
