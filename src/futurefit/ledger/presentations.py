"""What does the programme come to, by theme, year and rating, or by anything else? (rules LED-01,
PRE-01 to PRE-06)

A presentation is a pure function of a position. It groups lines by one or two dimensions and sums
their postings. What must never be added is kept apart by the `Scope`: one tranche and one fund at a
time, one kind unless it is headed 'net'. Cost avoidance never closes the gap, so its rows stand
below the total; an amount without a year stands under UNPROFILED, outside the total.

To add a dimension: one line in DIMENSIONS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from futurefit.kernel.years import UNPROFILED, FinancialYear, OpenBucket, parse_bucket
from futurefit.ledger import columns as cols
from futurefit.ledger.entries import (
    Account,
    Fund,
    LineAttributes,
    LineKind,
    Reason,
    Recurrence,
    SavingClass,
    Tranche,
)
from futurefit.ledger.state import Position

RAG = "rag"
"""The one dimension that is not an attribute of a line but the account an amount stands in."""

DIMENSIONS: Mapping[str, Callable[[LineAttributes], str]] = {
    "theme": lambda line: line.theme or line.project,
    "workstream": lambda line: line.workstream,
    "project": lambda line: line.project,
    "directorate": lambda line: line.directorate,
    "service": lambda line: line.service,
    "mtfp_heading": lambda line: line.mtfp_heading,
    "kind": lambda line: line.kind,
    "saving_class": lambda line: line.saving_class,
    "saving_type": lambda line: line.saving_type,
    "tranche": lambda line: line.tranche,
    "fund": lambda line: line.fund,
    "recurrence": lambda line: line.recurrence,
    "owner": lambda line: line.owner,
}
"""What lines are grouped by. A project that belongs to no theme stands beside the themes."""

NEVER_ADDED = frozenset({"tranche", "fund"})
"""Dimensions whose rows are shown one under another but have no total."""


class Measure(StrEnum):
    """Which amounts: `shortfall` is target less forecast, `variance` positive when adverse."""

    FORECAST = "forecast"
    TARGET = "target"
    DELIVERED = "delivered"
    VARIANCE = "variance"
    SHORTFALL = "shortfall"
    UNRATED = "unrated"
    RED = "red"
    AMBER = "amber"
    GREEN_ON_TARGET = "green_on_target"


class View(StrEnum):
    """How years are read. INCREMENTS are what each year adds, as RAG grids and papers print them;
    PLAN also unwinds one-offs in the following year; CUMULATIVE is the running sum of PLAN.
    """

    INCREMENTS = "increments"
    PLAN = "plan"
    CUMULATIVE = "cumulative"


_MEASURES: Mapping[Measure, tuple[tuple[int, ...], int]] = {
    Measure.FORECAST: (tuple(range(cols.FIRST_RATING, cols.AFTER_RATINGS)), 1),
    Measure.TARGET: ((cols.TARGET,), -1),
    Measure.DELIVERED: ((cols.DELIVERED,), 1),
    Measure.VARIANCE: (tuple(range(cols.FIRST_VARIANCE, len(cols.ACCOUNTS))), 1),
    Measure.SHORTFALL: (tuple(range(cols.FIRST_VARIANCE, len(cols.ACCOUNTS))), 1),
    Measure.UNRATED: ((1,), 1),
    Measure.RED: ((2,), 1),
    Measure.AMBER: ((3,), 1),
    Measure.GREEN_ON_TARGET: ((4,), 1),
}
"""The accounts that make each measure, and the sign. By double entry, what a target lacks in its
forecast is exactly its variance."""

RATING_MEASURES: Mapping[Account, Measure] = {
    Account.UNRATED: Measure.UNRATED,
    Account.RED: Measure.RED,
    Account.AMBER: Measure.AMBER,
    Account.GREEN_ON_TARGET: Measure.GREEN_ON_TARGET,
    Account.GREEN_DELIVERED: Measure.DELIVERED,
}


def accounts_of(measure: Measure) -> list[tuple[Account, Reason | None]]:
    """The accounts whose postings make a measure."""
    return [cols.ACCOUNTS[code] for code in _MEASURES[measure][0]]


def sign_of(measure: Measure) -> int:
    """−1 for the target, which is a contra account; 1 for the rest."""
    return _MEASURES[measure][1]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which lines are summed. `tranche` and `fund` None only where they are a dimension; `kind`
    None is net: all kinds of that fund. `only` narrows by any dimension, to one code.
    """

    tranche: Tranche | None = Tranche.PROPOSED
    fund: Fund | None = Fund.REVENUE
    kind: LineKind | None = None
    only: tuple[tuple[str, str], ...] = ()
    lines: frozenset[str] | None = None

    def narrowed(self, dimension: str, code: str) -> Scope:
        """The same scope, within one row of a dimension."""
        return replace(self, only=(*self.only, (dimension, code)))


PROPOSED = Scope(tranche=Tranche.PROPOSED)
CURRENT = Scope(tranche=Tranche.CURRENT)


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its codes (one a dimension), amounts by year of the presentation, total over the
    years of the plan, and what has no year. `counted` is False for cost avoidance.
    """

    codes: tuple[str, ...]
    amounts: tuple[int, ...]
    total: int
    unprofiled: int
    counted: bool = True


@dataclass(frozen=True, eq=False)
class Presentation:
    """Groups × years, with every measure at hand. `years` leaves out UNPROFILED."""

    dimensions: tuple[str, ...]
    scope: Scope
    view: View
    years: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    counted: tuple[bool, ...]
    cube: cols.Ints
    axis: tuple[int, ...]
    no_year: int | None

    def rows(self, measure: Measure = Measure.FORECAST) -> list[Row]:
        """A row a group, in the order of their codes, cost avoidance last. By 'rag': a row a
        rating, whatever the measure.
        """
        if RAG in self.dimensions:
            rows = [
                self._row(_with_rating(self.dimensions, codes, account), amounts, counted)
                for account, rating in RATING_MEASURES.items()
                for codes, amounts, counted in self._groups(rating)
            ]
        else:
            rows = [self._row(*group) for group in self._groups(measure)]
        return sorted(rows, key=lambda row: not row.counted)

    def total(self, measure: Measure = Measure.FORECAST) -> Row:
        """The sum of the rows that count; of the same postings, so it cannot disagree with them."""
        kept = [amounts for _, amounts, counted in self._groups(measure) if counted]
        sums = [sum(column) for column in zip(*kept, strict=True)]
        return self._row(("",) * len(self.dimensions), sums or [0] * self.cube.shape[1], True)

    @property
    def has_total(self) -> bool:
        """False when the rows must never be added (by tranche or by fund)."""
        return not NEVER_ADDED & set(self.dimensions)

    def _groups(self, measure: Measure) -> Iterable[tuple[tuple[str, ...], list[int], bool]]:
        sums = cols.measured(self.cube, *_MEASURES[measure])
        return zip(self.groups, sums, self.counted, strict=True)

    def _row(self, codes: tuple[str, ...], amounts: list[int], counted: bool) -> Row:
        by_year = [amounts[place] for place in self.axis]
        total = sum(by_year)
        if self.view is View.CUMULATIVE:
            by_year = list(accumulate(by_year))
        unprofiled = 0 if self.no_year is None else amounts[self.no_year]
        return Row(codes, tuple(by_year), total, unprofiled, counted)


def by(
    position: Position,
    *dimensions: str,
    scope: Scope = PROPOSED,
    view: View = View.INCREMENTS,
    years: Sequence[str] = (),
) -> Presentation:
    """Sum a position by one or two dimensions (or none) within a scope.

    `years` names years that must have a column even if nothing stands there (the programme's own).
    ValueError: an unknown dimension, or a scope that would add tranches or funds together.
    """
    _refuse_nonsense(dimensions, scope)
    columns = position.ledger.columns
    grouping = [name for name in dimensions if name != RAG]
    parts = [_codes(position, name) for name in (_AVOIDED, *grouping)]
    in_scope = _in_scope(position, scope)
    groups, found = cols.grouped([in_scope, *(codes for codes, _ in parts)])
    cube = cols.cube(columns, groups, len(found), position.standing)
    labels = list(columns.years)
    if view is not View.INCREMENTS:
        cube, labels = _unwind(position, groups, cube, years)
    busy = {labels[place] for place in cols.busy_years(cube)}
    shown = sorted((busy | set(years)) - {UNPROFILED})
    missing = [label for label in shown if label not in labels]
    cube = cols.with_unwinding(cube, cube, labels, [], len(labels) + len(missing))
    labels += missing
    texts = [
        [words[code] for (_, words), code in zip(parts, group[1:], strict=True)] for group in found
    ]
    return Presentation(
        dimensions=dimensions,
        scope=scope,
        view=view,
        years=tuple(shown),
        groups=tuple(tuple(group[1:]) for group in texts),
        counted=tuple(group[0] == "" for group in texts),
        cube=cube,
        axis=tuple(labels.index(label) for label in shown),
        no_year=labels.index(UNPROFILED) if UNPROFILED in labels else None,
    )


def _refuse_nonsense(dimensions: tuple[str, ...], scope: Scope) -> None:
    for name in dimensions:
        if name != RAG and name not in DIMENSIONS:
            raise ValueError(f"{name!r} is not a dimension; choose from {', '.join(names())}")
    if scope.tranche is None and "tranche" not in dimensions:
        raise ValueError("current and proposed are never added: name a tranche")
    if scope.fund is None and "fund" not in dimensions:
        raise ValueError("funds are never added: name a fund")


def names() -> list[str]:
    """Every dimension that a presentation can be made by."""
    return [*DIMENSIONS, RAG]


_AVOIDED = "cost avoidance"


def _codes(position: Position, name: str) -> tuple[cols.Ints, list[str]]:
    """Each line's code within a dimension; kept until a line is opened or reclassified."""
    cache = position.table.groups
    if name not in cache:
        of = _avoided if name == _AVOIDED else DIMENSIONS[name]
        texts = {line: of(attributes) for line, attributes in position.lines.items()}
        cache[name] = cols.coded(position.ledger.columns, texts)
    return cache[name]


def _avoided(line: LineAttributes) -> str:
    return _AVOIDED if line.saving_class is SavingClass.COST_AVOIDANCE else ""


def _in_scope(position: Position, scope: Scope) -> cols.Ints:
    """0 for each line in scope, −1 for the rest."""
    wanted = [
        *(
            (name, str(code))
            for name, code in (
                ("tranche", scope.tranche),
                ("fund", scope.fund),
                ("kind", scope.kind),
            )
            if code is not None
        ),
        *scope.only,
    ]
    chosen = _codes(position, _AVOIDED)[0] * 0
    chosen = cols.kept(chosen, _codes(position, _AVOIDED)[0])
    for name, code in wanted:
        codes, texts = _codes(position, name)
        place = texts.index(code) if code in texts else len(texts)
        chosen = cols.kept(chosen, cols.where_code(codes, place))
    if scope.lines is not None:
        listed = dict.fromkeys(scope.lines, "")
        chosen = cols.kept(chosen, cols.coded(position.ledger.columns, listed)[0])
    return chosen


def lines_in(position: Position, scope: Scope) -> list[str]:
    """The lines that a scope sums, in the order in which they were opened."""
    chosen = _in_scope(position, scope).tolist()
    return [
        line for line, code in zip(position.ledger.columns.lines, chosen, strict=True) if code == 0
    ]


def _unwind(
    position: Position, groups: cols.Ints, cube: cols.Ints, years: Sequence[str]
) -> tuple[cols.Ints, list[str]]:
    """Add what each one-off takes back in the following year (rule PRE-04)."""
    codes, texts = _codes(position, "recurrence")
    labels = list(position.ledger.columns.years)
    if Recurrence.ONE_OFF not in texts:
        return cube, labels
    once = cols.kept(groups, cols.where_code(codes, texts.index(Recurrence.ONE_OFF)))
    one_off = cols.cube(position.ledger.columns, once, cube.shape[0], position.standing)
    busy = set(cols.busy_years(one_off))
    n_years = len(labels)
    following = []
    for place in range(n_years):
        after = following_year(labels[place], (*labels, *years)) if place in busy else ""
        if after and after not in labels:
            labels.append(after)
        following.append(labels.index(after) if after else -1)
    return cols.with_unwinding(cube, one_off, labels[:n_years], following, len(labels)), labels


def following_year(label: str, known: Iterable[str]) -> str:
    """The label after a year: the open bucket once that has begun, "" after a bucket."""
    year = parse_bucket(label)
    if not isinstance(year, FinancialYear):
        return ""
    for other in known:
        bucket = parse_bucket(other)
        if isinstance(bucket, OpenBucket) and bucket.start <= year.start + 1:
            return other
    return FinancialYear(year.start + 1).label


def _with_rating(
    dimensions: tuple[str, ...], codes: tuple[str, ...], account: Account
) -> tuple[str, ...]:
    """A group's codes with the rating put in where 'rag' stands among the dimensions."""
    rest = iter(codes)
    return tuple(account if name == RAG else next(rest) for name in dimensions)


def rag_grid(position: Position, scope: Scope, years: Sequence[str] = ()) -> Presentation:
    """Ratings × years, as concept papers print it: no unwinding of one-offs (rule PRE-02)."""
    return by(position, RAG, scope=scope, years=years)


def mtfp(
    position: Position,
    scope: Scope = PROPOSED,
    view: View = View.PLAN,
    years: Sequence[str] = (),
) -> Presentation:
    """The savings under the headings of the medium-term financial plan (rule PRE-03)."""
    return by(position, "mtfp_heading", scope=scope, view=view, years=years)
