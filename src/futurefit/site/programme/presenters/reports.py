"""Which figures do reports show, and where does each lead? (rules RPT-01, RPT-02, RPT-07)

The tables are those of the site's own pages, at the position that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Chart, Column, Row, Table
from futurefit.ledger import bridge as bridges
from futurefit.ledger import movement as movements
from futurefit.ledger.bridge import Baseline
from futurefit.ledger.entries import Tranche
from futurefit.ledger.presentations import (
    RATING_MEASURES,
    Measure,
    Presentation,
    Scope,
    by,
    lines_in,
    rag_grid,
)
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure
from futurefit.programme.reports import Sums, Tracked, TrackedTranche, TrancheFigures, reddest
from futurefit.site.ledger.links import Workings
from futurefit.site.ledger.presenters import (
    bridge_chart,
    bridge_table,
    rag_chart,
    rag_grid_table,
)
from futurefit.site.ledger.presenters.figures import TOTAL
from futurefit.site.ledger.presenters.lines import lines_table
from futurefit.site.ledger.presenters.movement import CAUSE_TITLES, movement_table
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.spans import Place
from futurefit.site.programme.presenters.figures import measures_table, tranche_words

SHOWN = (
    Measure.TARGET,
    Measure.FORECAST,
    Measure.DELIVERED,
    Measure.AMBER,
    Measure.RED,
    Measure.SHORTFALL,
)
"""What a report says of each part: few enough columns for an upright sheet."""

_OF_A_LINE = frozenset(("line", "title", "rag", TOTAL, "target", "delivered", "owner"))
_RATINGS = {measure: Rag(account.value) for account, measure in RATING_MEASURES.items()}

Tables = Sequence[tuple[Chart | None, Table]]


@dataclass(frozen=True)
class Sight:
    """Who reads, between which two places, and what the figures are of."""

    reader: Reader
    since: Place
    until: Place
    years: tuple[str, ...]
    baseline: Baseline | None
    baseline_key: str = ""

    @property
    def earlier(self) -> Position:
        """The ledger as it was."""
        return self.since.position(self.reader.ledger)

    @property
    def later(self) -> Position:
        """The ledger as it is reported."""
        return self.until.position(self.reader.ledger)

    def figure(self, scope: Scope) -> Figure:
        """What every figure of a scope has in common."""
        return Figure(scope, as_at=self.until.as_at, known_at=self.until.known_at)


def position_tables(sight: Sight, scope: Scope) -> Tables:
    """What it comes to by kind, why it moved, and the ratings by year."""
    word, figure = _word(scope), sight.figure(scope)
    span = (sight.since, sight.until)
    moved = movements.movement(sight.earlier, sight.later, scope=scope)
    grid = rag_grid(sight.later, scope, sight.years)
    return (
        (None, by_dimension(sight, scope, "kind", f"{word}: what it comes to, by kind")),
        (None, _titled(word, movement_table(moved, figure=figure, span=span))),
        (
            rag_chart(grid, figure, title=f"{word}: net effect by year and rating"),
            rag_grid_table(grid, figure=figure, title=f"{word}: net effect by rating and year"),
        ),
    )


def bridge_tables(sight: Sight, scope: Scope) -> Tables:
    """The way from target to delivered."""
    word, figure = _word(scope), sight.figure(scope)
    found, key = bridges.bridge(sight.later, sight.baseline, scope=scope), sight.baseline_key
    title = f"{word}: from target to delivered"
    return (
        (
            bridge_chart(found, figure=figure, baseline=key, title=title),
            _titled(word, bridge_table(found, figure=figure, baseline=key)),
        ),
    )


def _titled(word: str, table: Table) -> Table:
    return replace(table, title=f"{word}: {table.title[0].lower()}{table.title[1:]}")


def by_dimension(sight: Sight, scope: Scope, dimension: str, title: str) -> Table:
    """The measures of a report by theme, workstream or kind."""
    return measures_table(
        sight.later,
        dimension,
        scope=scope,
        names=sight.reader.names,
        figure=sight.figure(scope),
        measures=SHOWN,
        title=title,
    )


def lines_of(sight: Sight, scope: Scope) -> Table:
    """The lines of a scope, few enough columns for a sheet; the restricted ones in one row."""
    every = lines_table(sight.later, sight.reader, figure=sight.figure(scope), years=sight.years)
    return _only(replace(every, title=f"{_word(scope)}: lines"), _OF_A_LINE.__contains__)


def _only(table: Table, wanted: Callable[[str], bool]) -> Table:
    """The same table with some of its columns."""
    places = [place for place, column in enumerate(table.columns) if wanted(column.key)]

    def kept(row: Row) -> Row:
        return replace(row, cells=tuple(row.cells[place] for place in places))

    columns: tuple[Column, ...] = tuple(table.columns[place] for place in places)
    return replace(table, columns=columns, rows=tuple(kept(row) for row in table.rows))


def tranche_figures(
    sight: Sight, scope: Scope, more: Callable[[Scope], Tables]
) -> TrancheFigures | None:
    """The figures of a scope with one tranche; None where no line stands in it, then or now."""
    if not lines_in(sight.later, scope) and not lines_in(sight.earlier, scope):
        return None
    now, before = by(sight.later, scope=scope), by(sight.earlier, scope=scope)
    sums = Sums(
        target_pence=now.total(Measure.TARGET).total,
        forecast_pence=now.total().total,
        delivered_pence=now.total(Measure.DELIVERED).total,
        forecast_before_pence=before.total().total,
        delivered_before_pence=before.total(Measure.DELIVERED).total,
    )
    return TrancheFigures(_word(scope), sums, (*position_tables(sight, scope), *more(scope)))


def _word(scope: Scope) -> str:
    return tranche_words(scope.tranche) if scope.tranche else ""


# --- Projects by rating -------------------------------------------------------------------------


def ratings(position: Position, scope: Scope) -> Mapping[Rag, int]:
    """What stands under each rating in a scope, over the years of the plan, in pence."""
    return _rated(by(position, scope=scope))


def _rated(presentation: Presentation) -> dict[Rag, int]:
    return {rag: presentation.total(measure).total for measure, rag in _RATINGS.items()}


def tracked_tranche(
    sight: Sight, tranche: Tranche, about: Mapping[tuple[str, str], Mapping[str, object]]
) -> TrackedTranche:
    """Every project with an amount in a tranche, now or before, and what themes hold outside their
    projects. `about` are the words of each, by dimension and code.
    """
    scope = Scope(tranche=tranche)
    now = _by_part(by(sight.later, "theme", "project", scope=scope))
    before = _by_part(by(sight.earlier, "theme", "project", scope=scope))
    total = Tracked(
        "Total",
        "",
        "",
        ratings(sight.later, scope),
        ratings(sight.earlier, scope),
        hrefs=_hrefs(sight, scope),
    )
    projects = []
    for part in dict.fromkeys((*now, *before)):
        dimension, code = part
        amounts, then = now.get(part, {}), before.get(part, {})
        if not code or (reddest(amounts) is None and reddest(then) is None):
            continue
        own = scope.narrowed(dimension, code)
        if dimension == "theme":
            own = own.narrowed("project", "")
        projects.append(
            Tracked(
                name=sight.reader.names.name(dimension, code),
                amounts=amounts,
                before=then,
                changes=_changes(sight, own),
                hrefs=_hrefs(sight, own),
                **{"part": "", "lead": "", **about.get(part, {})},  # type: ignore[arg-type]
            )
        )
    return TrackedTranche(tranche_words(tranche), tuple(projects), total)


def _by_part(presentation: Presentation) -> dict[tuple[str, str], dict[Rag, int]]:
    """By project, and by theme where a line belongs to none."""
    found: dict[tuple[str, str], dict[Rag, int]] = {}
    for measure, rag in _RATINGS.items():
        for row in presentation.rows(measure):
            theme, project = row.codes
            part = ("project", project) if project else ("theme", theme)
            if row.counted:
                sums = found.setdefault(part, {})
                sums[rag] = sums.get(rag, 0) + row.total
    return found


def _changes(sight: Sight, scope: Scope) -> tuple[tuple[str, int], ...]:
    moved = movements.movement(sight.earlier, sight.later, scope=scope)
    return tuple((CAUSE_TITLES[step.cause], step.amount_pence) for step in moved.steps)


def _hrefs(sight: Sight, scope: Scope) -> Mapping[str, str]:
    figure = sight.figure(scope)
    found = {"": Workings(figure).row()}
    for measure, rag in _RATINGS.items():
        found[rag] = Workings(replace(figure, measure=measure)).row()
    return found
