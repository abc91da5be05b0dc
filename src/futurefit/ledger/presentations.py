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
from typing import NamedTuple

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


class Row(NamedTuple):
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
                row._replace(codes=_with_rating(self.dimensions, row.codes, account))
                for account, rating in RATING_MEASURES.items()
                for row in self._rows(rating)
            ]
        else:
            rows = self._rows(measure)
        return sorted(rows, key=lambda row: not row.counted)

    def total(self, measure: Measure = Measure.FORECAST) -> Row:
        """The sum of the rows that count; of the same postings, so it cannot disagree with them."""
        counted = cols.added(self.cube, *_MEASURES[measure])[list(self.counted)]
        ((amounts, total, apart),) = self._printed(counted.sum(axis=0, keepdims=True))
        return Row(("",) * len(self.dimensions), amounts, total, apart, True)

    @property
    def has_total(self) -> bool:
        """False when the rows must never be added (by tranche or by fund)."""
        return not NEVER_ADDED & set(self.dimensions)

    def _rows(self, measure: Measure) -> list[Row]:
        sums = self._printed(cols.added(self.cube, *_MEASURES[measure]))
        return [
            Row(codes, amounts, total, apart, counted)
            for codes, (amounts, total, apart), counted in zip(
                self.groups, sums, self.counted, strict=True
            )
        ]

    def _printed(self, sums: cols.Ints) -> Iterable[tuple[tuple[int, ...], int, int]]:
        running = self.view is View.CUMULATIVE
        return cols.printed(sums, self.axis, self.no_year, running=running)


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
    # Cost avoidance is a group of its own within every other, because it does not count.
    grouping = (_AVOIDED, *(name for name in dimensions if name != RAG))
    codes, keys = _codes(position, *grouping)
    groups, found = cols.renumbered(cols.kept(codes, in_scope(position, scope)), len(keys))
    cube = cols.cube(columns, groups, len(found), position.standing)
    labels = list(columns.years)
    if view is not View.INCREMENTS:
        cube, labels = _unwound(position, groups, cube, years)
    busy = {labels[place] for place in cols.busy_years(cube)}
    shown = sorted((busy | set(years)) - {UNPROFILED})
    missing = [label for label in shown if label not in labels]
    if missing:
        labels += missing
        cube = cols.widened(cube, len(labels))
    return Presentation(
        dimensions=dimensions,
        scope=scope,
        view=view,
        years=tuple(shown),
        groups=tuple(keys[code][1:] for code in found),
        counted=tuple(keys[code][0] == "" for code in found),
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


def _codes(position: Position, *dimensions: str) -> tuple[cols.Ints, list[tuple[str, ...]]]:
    """Each line's code within some dimensions together, and what each code stands for; kept until a
    line is opened or reclassified.
    """
    cache = position.table.groups
    if dimensions not in cache:
        of = [_avoided if name == _AVOIDED else DIMENSIONS[name] for name in dimensions]
        keys = {
            line: tuple([word(attributes) for word in of])
            for line, attributes in position.lines.items()
        }
        cache[dimensions] = cols.coded(position.ledger.columns, keys)
    return cache[dimensions]


def _avoided(line: LineAttributes) -> str:
    return _AVOIDED if line.saving_class is SavingClass.COST_AVOIDANCE else ""


def _wanted(scope: Scope) -> list[tuple[str, str]]:
    """What a scope asks of a line: a code in each of some dimensions."""
    named = (("tranche", scope.tranche), ("fund", scope.fund), ("kind", scope.kind))
    return [*scope.only, *((name, word.value) for name, word in named if word is not None)]


def in_scope(position: Position, scope: Scope) -> cols.Mask:
    """Which lines a scope sums."""
    chosen = _codes(position, _AVOIDED)[0] >= 0  # every line that is open
    if scope.lines is not None:
        chosen &= cols.listed(position.ledger.columns, scope.lines)
    for name, code in _wanted(scope):
        codes, keys = _codes(position, name)
        chosen &= codes == (keys.index((code,)) if (code,) in keys else len(keys))
    return chosen


def counted(position: Position, scope: Scope) -> cols.Mask:
    """Which lines count towards a scope's total: those it sums but for cost avoidance, unless the
    scope is about cost avoidance itself, or names its lines (rule PRE-01).
    """
    chosen = in_scope(position, scope)
    if _counts_avoidance(scope):
        return chosen
    codes, keys = _codes(position, _AVOIDED)
    chosen &= codes == (keys.index(("",)) if ("",) in keys else len(keys))
    return chosen


def counts(scope: Scope, line: str, attributes: LineAttributes) -> bool:
    """True when a line of these attributes counts towards a scope's total, as `counted` has it."""
    return (
        (scope.lines is None or line in scope.lines)
        and (_counts_avoidance(scope) or not _avoided(attributes))
        and all(DIMENSIONS[name](attributes) == code for name, code in _wanted(scope))
    )


def _counts_avoidance(scope: Scope) -> bool:
    about_avoidance = ("saving_class", SavingClass.COST_AVOIDANCE.value) in scope.only
    return about_avoidance or scope.lines is not None


def lines_in(position: Position, scope: Scope) -> list[str]:
    """The lines that a scope sums, in the order in which they were opened."""
    chosen = in_scope(position, scope).tolist()
    return [
        line for line, is_in in zip(position.ledger.columns.lines, chosen, strict=True) if is_in
    ]


def _unwound(
    position: Position, groups: cols.Ints, cube: cols.Ints, years: Sequence[str]
) -> tuple[cols.Ints, list[str]]:
    """The cube with what each one-off takes back in the following year (rule PRE-04), and the years
    of its axis.
    """
    columns = position.ledger.columns
    codes, keys = _codes(position, "recurrence")
    labels = list(columns.years)
    if (Recurrence.ONE_OFF,) not in keys:
        return cube, labels
    once = cols.kept(groups, codes == keys.index((Recurrence.ONE_OFF,)))
    one_off = cols.cube(columns, once, len(cube), position.standing)
    following = [-1] * len(labels)
    for place in cols.busy_years(one_off):
        after = following_year(labels[place], (*labels, *years))
        if after and after not in labels:
            labels.append(after)
        following[place] = labels.index(after) if after else -1
    return cols.unwound(cube, one_off, following, len(labels)), labels


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
