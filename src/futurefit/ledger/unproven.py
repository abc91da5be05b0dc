"""Which deliveries of a chain were never proven, or seen by a second person? (rules LED-11, PRF-01)

What is posted here is refused without either. A chain can come in from elsewhere, or be written
past the site: it verifies, and what it delivers counts, so it is said.
"""

from __future__ import annotations

from datetime import UTC, datetime

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.ledger import chain, proof
from futurefit.ledger.entries import Journal
from futurefit.ledger.rights import needs_second_person

EVIDENCE_SINCE = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)
"""Since when a delivery is asked for its evidence (PRF-01): journals recorded before have none."""


def findings(journal: Journal) -> list[Finding]:
    """What a journal delivers without evidence or without a second person."""
    found = []
    if journal.recorded_at >= EVIDENCE_SINCE and proof.unproven(journal.entries):
        found.append(_finding("PRF-01", journal, "delivers an amount without evidence"))
    if any(needs_second_person(entry.kind) for entry in journal.entries):
        # Commitments stay when words are erased; the texts tell whether the two are one.
        committed = {word.field for word in journal.words}
        by, second = chain.word(journal, "by"), chain.word(journal, "checked_by")
        if "checked_by" not in committed or (second is not None and second == by):
            found.append(_finding("LED-11", journal, "delivers an amount that nobody else checked"))
    return found


def _finding(code: str, journal: Journal, what: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        message=f"Journal {journal.number} {what}.",
        place=Provenance(heading=f"Journal {journal.number}"),
        advice="Ask whoever recorded it for its proof; reverse it where there is none.",
    )
