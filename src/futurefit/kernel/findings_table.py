"""How are findings told as a table, wherever they come from?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.report import Cell, Column, Row, Shape, Table

_ORDER = {severity: place for place, severity in enumerate(Severity)}
_TO_READ = ("severity", "code", "message", "place", "advice")
_COLUMNS = (
    Column("severity", "Severity"),
    Column("code", "Rule"),
    Column("message", "What does not hold"),
    Column("place", "Where"),
    Column("printed", "Printed"),
    Column("expected", "Expected"),
    Column("difference", "Apart"),
    Column("advice", "What to do"),
    Column("confidence", "Confidence", Shape.SHARE),
)


def findings_table(found: Sequence[Finding], title: str = "", full: bool = False) -> Table:
    """Findings, the gravest first; `full` adds the columns that a message tells in words."""
    said = counted(found)
    columns = tuple(column for column in _COLUMNS if full or column.key in _TO_READ)
    return Table(
        title=title or (f"Findings: {said}" if said else "No findings"),
        columns=columns,
        rows=tuple(
            Row(tuple(_cell(finding, column.key) for column in columns))
            for finding in sorted(found, key=lambda one: _ORDER[one.severity])
        ),
    )


def counted(found: Sequence[Finding]) -> str:
    """How many there are of each severity: "2 errors, 1 note"; "" where there are none."""
    numbers = Counter(finding.severity for finding in found)
    return ", ".join(
        f"{numbers[severity]} {severity}{'s' if numbers[severity] > 1 else ''}"
        for severity in Severity
        if numbers[severity]
    )


def _cell(finding: Finding, key: str) -> Cell:
    if key == "place":
        return Cell(finding.place.words())
    if key == "severity":
        return Cell(finding.severity.value)
    return Cell(getattr(finding, key))
