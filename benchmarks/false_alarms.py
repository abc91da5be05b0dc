"""How often does the audit cry wolf over real tables that nobody has tampered with?

Every table of the real files is audited as it stands. Errors and warnings of the arithmetic in
tables are counted, for each 100 tables, and each is judged by a person: `JUDGED` says which are
right (the table does not add up, and its owner would agree) and which are false, with the reason.
One that is not judged yet counts as false, so that a new one stands out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Report, Score, Size
from benchmarks.mutations import SHARED, alone, annotated
from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit import audit
from futurefit.papers.document import Document, Unreadable
from futurefit.papers.readers import read_file

JUDGED = Path(__file__).with_name("false_alarms.json")
_FOLDERS = {
    "packs": "packs",
    "budget papers": "budget-papers",
    "programme": "programme",
    "reference": "reference",
    "collection rates": "reference/council-tax-collection",
    "fraud": "fraud",
    "tables in PDF, simple": "pdf-tables/simple",
    "tables in PDF, EU": "pdf-tables/icdar2013-eu",
    "spend: Darlington": "spend/darlington",
    "spend: Hyndburn": "spend/hyndburn",
    "spend: Manchester": "spend/manchester",
    "spend: Salford": "spend/salford",
    "spend: Sutton Coldfield": "spend/sutton-coldfield",
    "spend: Tameside": "spend/tameside",
    "spend: Trafford": "spend/trafford",
}
_SUFFIXES = {".csv", ".md", ".pdf", ".xlsx", ".docx", ".html"}
_LARGEST = 3_000_000  # bytes; larger files are measured elsewhere
IN_TABLES = {f"AUD-{number:02}" for number in (*range(8, 22), *range(34, 39))}


def documents() -> Iterator[tuple[str, str, Document]]:
    """Every real paper or file: its set, its name and what was read."""
    for name, folder in _FOLDERS.items():
        for path in sorted((SHARED / "data" / folder).glob("*")):
            if path.suffix not in _SUFFIXES or path.stat().st_size > _LARGEST:
                continue
            if path.name.startswith("README"):
                continue
            try:
                yield name, path.name, read_file(path)
            except Unreadable:
                continue
    for table, _ in annotated(SHARED / "data/aggregations/annotated-tables.jsonl.gz"):
        yield "annotated spreadsheets", f"annotated {table.index}", alone(table)


def alarms(document: Document) -> list[Finding]:
    """The errors and warnings of the arithmetic in its tables."""
    return [
        one
        for one in audit(document)
        if one.severity in (Severity.ERROR, Severity.WARNING) and one.code in IN_TABLES
    ]


def key(name: str, finding: Finding) -> str:
    """What a judgement is filed under."""
    place = finding.place
    return f"{name} | {finding.code} | table {place.table} row {place.row} column {place.column}"


def run(size: Size) -> Report:
    """Errors and warnings for each 100 tables, and how many of them were judged to be false."""
    judged = json.loads(JUDGED.read_text(encoding="utf-8"))
    report = Report("false_alarms", "errors and warnings in real tables as they stand")
    tables: dict[str, int] = {}
    found: dict[str, list[tuple[str, Finding]]] = {}
    for name, file, document in documents():
        tables[name] = tables.get(name, 0) + sum(1 for _ in document.tables)
        found.setdefault(name, []).extend((key(file, one), one) for one in alarms(document))
    for name, count in tables.items():
        errors = [one for at, one in found[name] if one.severity is Severity.ERROR]
        false = [at for at, one in found[name] if not judged.get(at, "false").startswith("right")]
        fresh = [at for at, _ in found[name] if at not in judged]
        note = f"{len(errors)} errors, {len(found[name]) - len(errors)} warnings in {count} tables"
        if fresh:
            note += "; not judged yet: " + "; ".join(fresh)
        report.scores.append(
            Score(
                f"{name}: judged false",
                round(100 * len(false) / max(1, count), 2),
                "for each 100 tables",
                aim=0.0,
                more=False,
                note=note,
            )
        )
    return report
