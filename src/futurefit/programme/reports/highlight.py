"""What should people know of one project this month? (rule RPT-06)"""

from __future__ import annotations

from collections.abc import Sequence

from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Cell, Column, Heading, Report, Row, Shape, Table
from futurefit.programme.reports import sections
from futurefit.programme.reports.values import Due, Risky, Standing, Told, TrancheFigures


def highlight_report(
    project: str,
    standing: Standing,
    figures: Sequence[TrancheFigures],
    *,
    stage: str,
    lead: str,
    ratings: Sequence[tuple[str, Rag | None, Rag | None]],
    told: Sequence[Told],
    milestones: Sequence[Due],
    risks: Sequence[Risky],
) -> Report:
    """A project at a glance. `ratings` are (tranche, rating now, rating at the earlier one)."""
    words = list(sections.told(told))
    return Report(
        f"{project}: highlight report, {standing.until}",
        (
            *sections.opening(standing),
            _at_a_glance(stage, lead, ratings, standing),
            *sections.summary(figures),
            *(block for part in figures for block in sections.figures(part)),
            *sections.milestones(milestones, standing.on),
            *sections.risks(risks),
            *([Heading("The project"), *words] if words else []),
        ),
    )


def _at_a_glance(
    stage: str, lead: str, ratings: Sequence[tuple[str, Rag | None, Rag | None]], standing: Standing
) -> Table:
    return Table(
        "At a glance",
        (
            Column("tranche", "Savings"),
            Column("rag", "Least sure now", Shape.RAG),
            Column("rag_before", f"At {standing.since}", Shape.RAG),
            Column("stage", "Stage"),
            Column("lead", "Lead"),
        ),
        tuple(
            Row((Cell(tranche), Cell(now), Cell(before), Cell(stage), Cell(lead)))
            for tranche, now, before in ratings
        ),
    )
