"""Does every row add up to its printed total? (rule AUD-13)"""

from __future__ import annotations

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.totals import total_findings
from futurefit.papers.document import Document
from futurefit.papers.sums import Direction

CODE = "AUD-13"


def check_row_totals(document: Document) -> list[Finding]:
    """One finding for each wrong figure that shows in the total of its row."""
    return total_findings(document, Direction.ACROSS, CODE)
