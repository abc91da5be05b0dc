"""How does one theme stand, and what happened to it since last time? (rule RPT-05)"""

from __future__ import annotations

from collections.abc import Sequence

from futurefit.kernel.report import Heading, Report
from futurefit.programme.reports import sections
from futurefit.programme.reports.values import Due, Risky, Standing, Told, TrancheFigures


def theme_report(
    theme: str,
    standing: Standing,
    figures: Sequence[TrancheFigures],
    *,
    told: Sequence[Told],
    milestones: Sequence[Due],
    risks: Sequence[Risky],
) -> Report:
    """A theme's vision and leads, its figures, milestones and risks."""
    words = list(sections.told(told))
    return Report(
        f"{theme}: theme report, {standing.until}",
        (
            *sections.opening(standing),
            *sections.summary(figures),
            *([Heading("The theme"), *words] if words else []),
            *(block for part in figures for block in sections.figures(part)),
            *sections.milestones(milestones, standing.on),
            *sections.risks(risks),
        ),
    )
