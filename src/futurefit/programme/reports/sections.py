"""Which sections do several reports share? (rules RPT-01 to RPT-04)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.findings_table import counted, findings_table
from futurefit.kernel.money import print_money
from futurefit.kernel.report import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Shape,
    Table,
    Unit,
)
from futurefit.programme.reports.values import (
    Due,
    Risky,
    Standing,
    Sums,
    Told,
    TrancheFigures,
    Waiting,
)

COMING_DAYS = 92
"""How far ahead a report looks for milestones: a quarter, the time between two reviews."""

MOST_ROWS = 15
"""Rows of milestones or risks in a report; how many more there are is said below."""


def opening(standing: Standing) -> Iterator[Block]:
    """Where the figures stand, so that nobody takes them for others."""
    yield Paragraph(
        f"Figures stand at {standing.until} and are compared with {standing.since}. "
        f"Ledger at journal {standing.number}. Current and proposed savings are never added "
        "together. Milestones, risks and findings are as they are known on the day this is made."
    )


def summary(figures: Iterable[TrancheFigures]) -> Iterator[Block]:
    """Each tranche in one sentence: forecast, target, delivered, and how they moved."""
    for part in figures:
        yield Paragraph(f"{part.title}: {said(part.sums)}")


def said(sums: Sums) -> str:
    """Sums in a sentence."""
    short = sums.target_pence - sums.forecast_pence
    stands = (
        f"£{_millions(sums.forecast_pence)}m is forecast against a target of "
        f"£{_millions(sums.target_pence)}m"
    )
    delivered = f"£{_millions(sums.delivered_pence)}m" if sums.delivered_pence else "nothing"
    if short:
        stands += f", £{_millions(abs(short))}m {'short' if short > 0 else 'more than asked'}"
    return (
        f"{stands}; {delivered} is delivered. "
        f"{_moved('The forecast', sums.forecast_pence - sums.forecast_before_pence)}; "
        f"{_moved('what is delivered', sums.delivered_pence - sums.delivered_before_pence)}."
    )


def _moved(what: str, by: int) -> str:
    if not by:
        return f"{what} has not moved"
    return f"{what} {'rose' if by > 0 else 'fell'} by £{_thousands(abs(by))}"


def _millions(pence: int) -> str:
    return print_money(pence, Unit.MILLIONS)


def _thousands(pence: int) -> str:
    return f"{print_money(pence, Unit.THOUSANDS)}k"


def figures(part: TrancheFigures) -> Iterator[Block]:
    """The tables of a tranche, each below its chart."""
    yield Heading(f"{part.title} savings")
    for chart, table in part.tables:
        if chart is not None and chart.rows:
            yield chart
        yield table


def told(parts: Iterable[Told]) -> Iterator[Block]:
    """What is said in words, as far as anything is."""
    for part in parts:
        if part.statements:
            yield Heading(part.title, 3)
            yield from (Paragraph(statement) for statement in part.statements)


def milestones(found: Sequence[Due], on: date) -> Iterator[Block]:
    """What is overdue on a day, the longest first, and what comes in the next quarter (RPT-03)."""
    dated = sorted(
        ((expected, due) for due in found if (expected := due.expected_on)),
        key=lambda pair: (pair[0], pair[1].part, pair[1].what),
    )
    overdue = [due for expected, due in dated if expected < on]
    until = on + timedelta(days=COMING_DAYS)
    coming = [due for expected, due in dated if on <= expected <= until]
    yield Heading("Milestones")
    if overdue:
        yield _dues(f"Overdue: {len(overdue)}", overdue, on)
    else:
        yield Paragraph("No milestone is overdue.")
    if coming:
        yield _dues(f"Due by {until.day} {until:%B %Y}: {len(coming)}", coming, None)
    undated = len(found) - len(dated)
    if undated:
        yield Paragraph(f"Without a date: {undated}.")


def _dues(title: str, found: Sequence[Due], late_on: date | None) -> Table:
    """Milestones; with what their leads expect where one expects another day than planned."""
    with_forecast = any(due.forecast_on for due in found)
    columns = [
        Column("what", "Milestone"),
        Column("part", "Part of"),
        Column("due_on", "Due", Shape.DATE),
        *([Column("expected_on", "Expected", Shape.DATE)] if with_forecast else []),
        *([Column("days_late", "Days late", Shape.COUNT)] if late_on else []),
    ]
    rows = [
        [
            Cell(due.what, due.href),
            Cell(due.part),
            Cell(due.due_on, note=f"“{due.printed}”" if due.printed else ""),
            *([Cell(due.expected_on)] if with_forecast else []),
            *([Cell((late_on - due.expected_on).days)] if late_on and due.expected_on else []),
        ]
        for due in found
    ]
    return _capped(title, columns, rows)


def risks(found: Sequence[Risky]) -> Iterator[Block]:
    """The gravest risks first (RPT-04)."""
    yield Heading("Risks")
    if not found:
        yield Paragraph("No risk is open.")
        return
    graded = sorted(
        found,
        key=lambda risk: (
            *(-(risk.score or 0), -(risk.exposure_pence or 0)),
            *(risk.part, risk.what),
        ),
    )
    in_pounds = any(risk.exposure_pence is not None for risk in found)
    yield _capped(
        "Risks, the gravest first",
        [
            Column("what", "Risk"),
            Column("part", "Part of"),
            Column("score", "Score, 1 to 25", Shape.COUNT),
            *([Column("exposure", "Exposure", Shape.PENCE)] if in_pounds else []),
            Column("mitigation", "What is done"),
            Column("owner", "Owner"),
        ],
        [
            [
                Cell(risk.what, risk.href),
                Cell(risk.part),
                Cell(risk.score),
                *([Cell(risk.exposure_pence)] if in_pounds else []),
                Cell(risk.mitigation),
                Cell(risk.owner),
            ]
            for risk in graded
        ],
    )


def findings(found: Sequence[Finding]) -> Iterator[Block]:
    """What does not hold: errors and warnings in full, notes by their number."""
    yield Heading("What does not hold")
    yield Paragraph(f"Findings: {counted(found) or 'none'}.")
    grave = [finding for finding in found if finding.severity is not Severity.NOTE]
    if grave:
        yield findings_table(grave, title="Errors and warnings")


def waiting(found: Iterable[Waiting]) -> Iterator[Block]:
    """What waits for somebody."""
    yield Heading("What is waiting")
    open_ = [one for one in found if one.number]
    if not open_:
        yield Paragraph("Nothing is waiting.")
        return
    yield Table(
        "What is waiting",
        (
            Column("what", "What"),
            Column("number", "How many", Shape.COUNT),
            Column("oldest_on", "The oldest since", Shape.DATE),
        ),
        tuple(
            Row((Cell(one.what, one.href), Cell(one.number), Cell(one.oldest_on))) for one in open_
        ),
    )


def _capped(title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table of the first rows; nothing is left out without being counted."""
    left = len(rows) - MOST_ROWS
    notes = (f"{left} more are not shown here; the site lists them all.",) if left > 0 else ()
    shown = tuple(Row(tuple(cells)) for cells in rows[:MOST_ROWS])
    return Table(title, tuple(columns), shown, notes=notes)
