"""Does every column add up to its printed totals and sub-totals? (rule AUD-12)"""

from __future__ import annotations

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.totals import total_findings
from futurefit.papers.document import Document
from futurefit.papers.sums import Direction

CODE = "AUD-12"


def check_column_totals(document: Document) -> list[Finding]:
    """One finding for each wrong figure that shows in the total of its column."""
    return total_findings(document, Direction.DOWN, CODE)
