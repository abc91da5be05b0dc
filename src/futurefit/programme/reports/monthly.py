"""How does the whole programme stand, and what happened since last time? (rule RPT-02)"""

from __future__ import annotations

from collections.abc import Sequence

from futurefit.kernel.findings import Finding
from futurefit.kernel.report import Report
from futurefit.programme.reports import sections
from futurefit.programme.reports.values import Due, Risky, Standing, TrancheFigures, Waiting


def programme_report(
    programme: str,
    standing: Standing,
    figures: Sequence[TrancheFigures],
    *,
    milestones: Sequence[Due],
    risks: Sequence[Risky],
    findings: Sequence[Finding],
    waiting: Sequence[Waiting],
) -> Report:
    """The monthly report of a programme: position, movement, bridge, ratings, themes, and words."""
    return Report(
        f"{programme}: programme report, {standing.until}",
        (
            *sections.opening(standing),
            *sections.summary(figures),
            *(block for part in figures for block in sections.figures(part)),
            *sections.milestones(milestones, standing.on),
            *sections.risks(risks),
            *sections.findings(findings),
            *sections.waiting(waiting),
        ),
    )
