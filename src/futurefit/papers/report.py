"""How is an audit shown, and handed to other programs? (rule AUD-11)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Cell, Column, Heading, Paragraph, Report, Row, Shape, Table
from futurefit.papers.audit import audit
from futurefit.papers.document import Document

_COLUMNS = (
    Column("severity", "Severity"),
    Column("code", "Rule"),
    Column("where", "Where"),
    Column("printed", "Printed"),
    Column("expected", "Expected"),
    Column("difference", "Difference"),
    Column("message", "What was found"),
    Column("advice", "What to do"),
    Column("confidence", "Confidence", Shape.SHARE),
)
_WORST_FIRST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Audited:
    """A paper and what was found in it."""

    document: Document
    findings: tuple[Finding, ...]


def audit_paper(document: Document) -> Audited:
    """Audit one paper."""
    return Audited(document, tuple(audit(document)))


def build(papers: Sequence[Audited]) -> Report:
    """The audit of some papers to be read: for each a table of findings, the worst first."""
    blocks: list[Heading | Paragraph | Table] = []
    for paper in papers:
        blocks.append(Heading(paper.document.name))
        blocks.append(Paragraph(_summary(paper)))
        if paper.findings:
            rows = sorted(paper.findings, key=lambda finding: _WORST_FIRST[finding.severity])
            blocks.append(Table("Findings", _COLUMNS, tuple(map(_row, rows))))
    return Report("Audit", tuple(blocks))


def as_values(papers: Sequence[Audited]) -> dict[str, object]:
    """The audit as plain values for JSON: documents, findings and counts."""
    findings = [finding for paper in papers for finding in paper.findings]
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
        "findings": [_values(finding) for finding in findings],
        "counts": _counts(findings),
    }


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, and in all."""
    by_severity = Counter(finding.severity for finding in findings)
    return {
        **{severity.value: by_severity[severity] for severity in Severity},
        "findings": len(findings),
    }


def _summary(paper: Audited) -> str:
    """How many tables were read and what came of it."""
    tables = sum(1 for _ in paper.document.tables)
    counts = _counts(paper.findings)
    said = [
        f"{counts[severity.value]} {severity.value}{'' if counts[severity.value] == 1 else 's'}"
        for severity in Severity
        if counts[severity.value]
    ]
    read = f"{tables} table{'' if tables == 1 else 's'} read: "
    return read + (", ".join(said) if said else "nothing was found") + "."


def _row(finding: Finding) -> Row:
    cells = (
        finding.severity.value,
        finding.code,
        _where(finding.place),
        finding.printed,
        finding.expected,
        finding.difference,
        finding.message,
        finding.advice,
        finding.confidence,
    )
    return Row(tuple(Cell(value) for value in cells), emphasis=finding.severity is Severity.ERROR)


def _where(place: Provenance) -> str:
    """The place within the paper; its file and heading stand elsewhere in the report."""
    within = Provenance(
        page=place.page, line=place.line, table=place.table, row=place.row, column=place.column
    )
    return within.words() or "the whole file"


def _values(finding: Finding) -> dict[str, object]:
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
