"""How is an audit handed to other programs? (rule AUD-11)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit import CHECKS_ACROSS, audit
from futurefit.papers.document import Document


@dataclass(frozen=True, slots=True)
class Audited:
    """A paper and what was found in it."""

    document: Document
    findings: tuple[Finding, ...]


def audit_paper(document: Document) -> Audited:
    """Audit one paper."""
    return Audited(document, tuple(audit(document)))


def audit_papers(
    documents: Sequence[Document],
) -> tuple[tuple[Audited, ...], tuple[Finding, ...]]:
    """Audit papers each by itself, and find what does not hold between them."""
    across = tuple(finding for check in CHECKS_ACROSS for finding in check(documents))
    return tuple(audit_paper(document) for document in documents), across


def as_values(papers: Sequence[Audited], across: Sequence[Finding] = ()) -> dict[str, object]:
    """The audit as plain values for JSON: documents, findings (those between last) and counts."""
    findings = [*(finding for paper in papers for finding in paper.findings), *across]
    return {
        "documents": [
            {
                "name": paper.document.name,
                "sha256": paper.document.sha256,
                "tables": sum(1 for _ in paper.document.tables),
                "findings": len(paper.findings),
            }
            for paper in papers
        ],
        "findings": [finding_values(finding) for finding in findings],
        "counts": _counts(findings),
    }


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, and in all."""
    by_severity = Counter(finding.severity for finding in findings)
    return {
        **{severity.value: by_severity[severity] for severity in Severity},
        "findings": len(findings),
    }


def finding_values(finding: Finding) -> dict[str, object]:
    """One finding as plain values."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "document": place.file,
        "locator": {
            name: getattr(place, name)
            for name in ("page", "heading", "line", "table", "row", "column")
        },
        "printed": finding.printed,
        "expected": finding.expected,
        "difference": finding.difference,
        "message": finding.message,
        "advice": finding.advice,
    }
