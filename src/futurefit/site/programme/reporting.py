"""Which reports are there, and how is one made for somebody? (rules RPT-01 to RPT-07)

Pages, files and the command line all make their reports here, so they are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from futurefit.kernel.report import Report
from futurefit.ledger.bridge import Baseline
from futurefit.ledger.entries import Tranche
from futurefit.ledger.presentations import Scope, lines_in
from futurefit.programme.reports import (
    Standing,
    TrancheFigures,
    highlight_report,
    programme_report,
    reddest,
    theme_report,
    tracker_report,
)
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.spans import NOW, SINCE_DAYS, Place
from futurefit.site.programme import models, queries
from futurefit.site.programme.presenters import reports
from futurefit.site.programme.presenters.figures import tranche_words
from futurefit.site.programme.presenters.reports import Sight, Tables

TRANCHES = (Tranche.CURRENT, Tranche.PROPOSED)
"""What is in the plan comes before what is asked for; they are never added together."""


@dataclass(frozen=True)
class Reporter:
    """Makes reports for a reader, of one position beside an earlier one."""

    reader: Reader
    since: Place
    until: Place = NOW

    def programme(self) -> Report:
        """The monthly report of the whole programme."""

        def bridge_and_themes(scope: Scope) -> Tables:
            title = f"{tranche_words(scope.tranche or Tranche.CURRENT)}: net effect by theme"
            themes = reports.by_dimension(self._sight, scope, "theme", title)
            return (*reports.bridge_tables(self._sight, scope), (None, themes))

        return programme_report(
            _name(),
            self._standing,
            self._figures(Scope(), bridge_and_themes),
            milestones=queries.dues(),
            risks=queries.open_risks(),
            findings=queries.findings(self.reader.ledger, self.reader.hidden),
            waiting=queries.waiting(self.reader.holder),
        )

    def theme(self, part: Heading) -> Report:
        """The report of a theme, with what hangs on it."""

        def by_workstream(scope: Scope) -> Tables:
            word = tranche_words(scope.tranche or Tranche.CURRENT)
            title = f"{word}: net effect by workstream"
            return (
                (None, reports.by_dimension(self._sight, scope, "workstream", title)),
                (None, reports.lines_of(self._sight, scope)),
            )

        words, parts = queries.words_of(part), queries.parts_of(part)
        return theme_report(
            part.name,
            self._standing,
            self._figures(_scope_of(part), by_workstream),
            told=queries.told_of_theme(words) if isinstance(words, models.Theme) else (),
            milestones=queries.dues(parts),
            risks=queries.open_risks(parts),
        )

    def project(self, part: Heading) -> Report:
        """The highlight report of a project."""

        def its_lines(scope: Scope) -> Tables:
            return ((None, reports.lines_of(self._sight, scope)),)

        words, parts = queries.words_of(part), queries.parts_of(part)
        project = words if isinstance(words, models.Project) else None
        within = _scope_of(part)
        ratings = []
        for tranche in TRANCHES:
            scope = replace(within, tranche=tranche)
            now, before = (
                reddest(reports.ratings(position, scope))
                for position in (self._sight.later, self._sight.earlier)
            )
            if now or before:
                ratings.append((tranche_words(tranche), now, before))
        return highlight_report(
            part.name,
            self._standing,
            self._figures(within, its_lines),
            stage=project.get_stage_display() if project else "",
            lead=queries.lead_of(project) if project else "",
            ratings=ratings,
            told=queries.told_of_project(project) if project else (),
            milestones=queries.dues(parts),
            risks=queries.open_risks(parts),
        )

    def tracker(self) -> Report:
        """Every project by rating, for scrutiny."""
        about = queries.tracked()
        return tracker_report(
            _name(),
            self._standing,
            [reports.tracked_tranche(self._sight, tranche, about) for tranche in TRANCHES],
        )

    def lines(self, part: Heading | None = None) -> list[str]:
        """The lines whose words stand in the report of a part."""
        if part is None:
            return []
        scope = replace(_scope_of(part), tranche=None, fund=None)
        return lines_in(self._sight.later, scope)

    @cached_property
    def _standing(self) -> Standing:
        return Standing(
            until=_day(timezone.localdate()) if self.until == NOW else self.until.words,
            since=self.since.words,
            on=self.until.as_at or timezone.localdate(),
            number=self.reader.ledger.head.number,
        )

    @cached_property
    def _sight(self) -> Sight:
        horizon = ledger_queries.horizon()
        adopted = ledger_queries.adopted_baseline()
        return Sight(
            self.reader,
            self.since,
            self.until,
            horizon.labels if horizon else (),
            Baseline(adopted.name, adopted.as_at, adopted.number) if adopted else None,
            str(adopted.pk) if adopted else "none",
        )

    def _figures(self, within: Scope, more: Callable[[Scope], Tables]) -> list[TrancheFigures]:
        found = (
            reports.tranche_figures(self._sight, replace(within, tranche=tranche), more)
            for tranche in TRANCHES
        )
        return [part for part in found if part is not None]


def place_before(until: Place) -> Place:
    """What a report is compared with when nobody says: the last named position before it, or
    where the ledger stood a month before.
    """
    on = until.as_at or timezone.localdate()
    earlier = [named for named in ledger_queries.named_positions() if named.as_at < on]
    if earlier:
        last = earlier[-1]
        return Place(last.name, last.name, last.as_at, last.number)
    day = on - timedelta(days=SINCE_DAYS)
    return Place(day.isoformat(), _day(day), as_at=day)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _scope_of(part: Heading) -> Scope:
    return Scope().narrowed(part.dimension, part.code)


def _name() -> str:
    programme = ledger_queries.programme()
    return programme.name if programme else "The programme"
