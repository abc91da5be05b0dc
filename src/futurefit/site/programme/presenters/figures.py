"""How is the programme summed up on its pages? Every figure comes from a presentation.

Tables by year are the ledger's own (`site.ledger.presenters`). Here stand those that set measures
side by side, and the grids of a concept paper with what the paper itself prints beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.kernel.years import UNPROFILED, NotAYear, parse_bucket
from futurefit.ledger.entries import LineKind, SavingType, Tranche
from futurefit.ledger.presentations import (
    Measure,
    Presentation,
    Scope,
    by,
    lines_in,
    rag_grid,
)
from futurefit.ledger.presentations import Row as Sums
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure
from futurefit.site.ledger.links import Workings
from futurefit.site.ledger.naming import DIMENSION_TITLES, Names, in_words
from futurefit.site.ledger.presenters import rag_grid_table
from futurefit.site.ledger.presenters.figures import (
    AVOIDANCE_NOTE,
    BLANK,
    NO_YEAR,
    NO_YEAR_NOTE,
    TOTAL,
    measure_words,
)
from futurefit.site.programme.controls import Tested

SUMS = (Measure.TARGET, Measure.FORECAST, Measure.DELIVERED, Measure.SHORTFALL)
"""What is said first of any part of the programme."""

RATED = (
    Measure.TARGET,
    Measure.FORECAST,
    Measure.DELIVERED,
    Measure.GREEN_ON_TARGET,
    Measure.AMBER,
    Measure.RED,
    Measure.UNRATED,
    Measure.SHORTFALL,
)
"""The forecast taken apart by rating: from Delivered to Unrated it adds up."""

Href = Callable[[str], str]
"""The address of the page of a code; "" where it has none."""


def measures_table(
    position: Position,
    dimension: str,
    *,
    scope: Scope,
    names: Names,
    figure: Figure,
    measures: Sequence[Measure] = SUMS,
    title: str,
    href: Href = lambda code: "",
    unit: Unit = Unit.THOUSANDS,
) -> Table:
    """One row a code of the dimension, one column a measure, over all years of the plan.

    Where the scope adds kinds together the total is headed net; cost avoidance stands below it.
    """
    presentation = by(position, dimension, scope=scope)
    counted = _by_code(presentation, measures, counted=True)
    avoided = _by_code(presentation, measures, counted=False)
    workings = {
        measure: Workings(replace(figure, scope=scope, measure=measure, year=""))
        for measure in (*measures, Measure.FORECAST)
    }
    total = {measure: presentation.total(measure) for measure in (*measures, Measure.FORECAST)}
    no_year = any(sums[Measure.FORECAST].unprofiled for sums in (*counted.values(), total))
    rows = []
    for code in sorted(counted, key=lambda code: names.rank(dimension, code)):
        first = Cell(names.name(dimension, code), href(code))
        narrowed = [(dimension, code)]
        cells = _measured(counted[code], measures, workings, narrowed, no_year=no_year)
        rows.append(Row((first, *cells)))
    called = "Net total" if scope.kind is None else "Total"
    cells = _measured(total, measures, workings, [], no_year=no_year)
    rows.append(Row((Cell(called), *cells), emphasis=True))
    notes = [NO_YEAR_NOTE] if no_year else []
    for code, sums in avoided.items():
        first = Cell(f"{names.name(dimension, code)}: cost avoidance")
        narrowed = [(dimension, code), ("saving_class", "COST_AVOIDANCE")]
        cells = _measured(sums, measures, workings, narrowed, no_year=no_year)
        rows.append(Row((first, *cells), emphasis=True))
    if avoided:
        notes.append(AVOIDANCE_NOTE)
    return Table(
        title=title,
        columns=(
            Column(dimension, DIMENSION_TITLES[dimension]),
            *(
                Column(measure.value, measure_words(measure).partition(" (")[0], Shape.PENCE)
                for measure in measures
            ),
            *((Column(NO_YEAR, "No year yet", Shape.PENCE),) if no_year else ()),
        ),
        rows=tuple(rows),
        unit=unit,
        notes=tuple(notes),
    )


def _by_code(
    presentation: Presentation, measures: Sequence[Measure], *, counted: bool
) -> dict[str, dict[Measure, Sums]]:
    found: dict[str, dict[Measure, Sums]] = {}
    for measure in (*measures, Measure.FORECAST):
        for row in presentation.rows(measure):
            if row.counted is counted:
                found.setdefault(row.codes[0], {})[measure] = row
    return found


def _measured(
    sums: Mapping[Measure, Sums],
    measures: Sequence[Measure],
    workings: Mapping[Measure, Workings],
    narrowed: Sequence[tuple[str, str]],
    *,
    no_year: bool,
) -> list[Cell]:
    cells = [Cell(sums[measure].total, workings[measure].row(narrowed)) for measure in measures]
    if no_year:
        without = sums[Measure.FORECAST].unprofiled
        shared = workings[Measure.FORECAST]
        href = shared.row(narrowed) + shared.year(UNPROFILED)
        cells.append(Cell(without, href) if without else BLANK)
    return cells


# --- The grids of a concept paper -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the grid of proposed savings: "Further and New", or "Faster"."""

    title: str
    saving_types: frozenset[SavingType]


BLOCKS = (
    Block("New savings (Further and New)", frozenset(SavingType) - {SavingType.FASTER}),
    Block("Existing savings (Faster)", frozenset({SavingType.FASTER})),
)


def project_scope(code: str, tranche: Tranche) -> Scope:
    """The savings of a project in one tranche: what a concept paper's grid holds."""
    return Scope(tranche=tranche, kind=LineKind.SAVING).narrowed("project", code)


def current_grid(
    position: Position, code: str, *, years: Sequence[str], figure: Figure, tested: Iterable[Tested]
) -> Table:
    """The savings of a project that are in the plan already, as its paper prints them."""
    scope = project_scope(code, Tranche.CURRENT)
    grid = rag_grid_table(
        rag_grid(position, scope, years),
        figure=figure,
        title="Current savings, in the plan already",
    )
    ratings, total, avoided = _parts(grid)
    printed = _printed(tested, lines_in(position, scope))
    rows = [_with_printed(row, grid, printed, str(row.cells[0].value)) for row in ratings]
    rows += [_with_printed(total, grid, printed, ""), *avoided]
    return _explained(replace(grid, rows=tuple(rows)), printed)


def proposed_grid(
    position: Position,
    code: str,
    *,
    years: Sequence[str],
    figure: Figure,
    tested: Iterable[Tested],
    hidden: Collection[str],
) -> Table:
    """The savings that a project proposes: new ones, those made sooner, and their total.

    The figures of a block with `hidden` lines lead nowhere: the way there would name the lines.
    """
    scope = project_scope(code, Tranche.PROPOSED)
    every = rag_grid(position, scope, years)
    whole = rag_grid_table(every, figure=figure, title="Proposed savings")
    _, total, avoided = _parts(whole)
    lines = lines_in(position, scope)
    tested = list(tested)
    rows: list[Row] = []
    for block in BLOCKS:
        within = [line for line in lines if position.lines[line].saving_type in block.saving_types]
        grid = rag_grid_table(
            rag_grid(position, replace(scope, lines=frozenset(within)), every.years), figure=figure
        )
        rows.append(Row((Cell(block.title), *(BLANK for _ in whole.columns[1:]))))
        block_rows = _block(grid, whole, _printed(tested, within), is_empty=not within)
        rows += block_rows if frozenset(hidden).isdisjoint(within) else map(_unlinked, block_rows)
    printed = _printed(tested, lines)
    total = replace(total, cells=(Cell("Total savings"), *total.cells[1:]))
    rows += [_with_printed(total, whole, printed, ""), *avoided]
    return _explained(replace(whole, rows=tuple(rows)), printed)


def _unlinked(row: Row) -> Row:
    return replace(row, cells=tuple(replace(cell, href="") for cell in row.cells))


def _parts(grid: Table) -> tuple[list[Row], Row, list[Row]]:
    """The rows of a grid: its ratings, its total, and cost avoidance below."""
    total = next(place for place, row in enumerate(grid.rows) if row.emphasis)
    return list(grid.rows[:total]), grid.rows[total], list(grid.rows[total + 1 :])


def _block(
    grid: Table, whole: Table, printed: Mapping[tuple[str, str], str], *, is_empty: bool
) -> list[Row]:
    """One block's ratings and total, in the columns of the whole grid."""
    ratings, total, _ = _parts(grid)
    rows = []
    for row in (*ratings, total):
        if is_empty:
            # Where no line stands there is no figure, and no working to lead to.
            cells = [row.cells[0], *(BLANK for _ in whole.columns[1:])]
        else:
            held = {column.key: cell for column, cell in zip(grid.columns, row.cells, strict=True)}
            cells = [held.get(column.key, BLANK) for column in whole.columns]
        fitted = Row(tuple(cells), level=1)
        rating = str(row.cells[0].value)
        rows.append(fitted if row is total else _with_printed(fitted, whole, printed, rating))
    return rows


def _printed(tested: Iterable[Tested], lines: Iterable[str]) -> dict[tuple[str, str], str]:
    """By year ("" for all) and rating ("" for all): what a paper prints that the ledger is not."""
    wanted = set(lines)
    return {
        ("".join(test.control.years), "".join(test.control.ratings)): test.control.printed
        for test in tested
        if not test.agrees
        and set(test.control.lines) == wanted
        and len(test.control.years) <= 1
        and len(test.control.ratings) <= 1
    }


def _with_printed(
    row: Row, table: Table, printed: Mapping[tuple[str, str], str], rating: str
) -> Row:
    cells = list(row.cells)
    for place, column in enumerate(table.columns[1:], 1):
        year = "" if column.key == TOTAL else column.key
        if (year, rating) in printed:
            note = f"printed: {printed[year, rating]}"
            cells[place] = replace(cells[place], note=note)
    return replace(row, cells=tuple(cells))


def _explained(table: Table, printed: Mapping[tuple[str, str], str]) -> Table:
    if not printed:
        return table
    note = "Where the papers print another figure it stands beside ours, and is a finding."
    return replace(table, notes=(*table.notes, note))


def grid_years(text: str, horizon: Sequence[str]) -> tuple[str, ...]:
    """The years that head a paper's grid; those of the programme where the paper has none."""
    found = []
    for label in text.split():
        try:
            bucket = parse_bucket(label)
        except NotAYear:
            continue
        if bucket is not None:
            found.append(bucket.label)
    return tuple(found) or tuple(horizon)


def tranche_words(tranche: Tranche) -> str:
    """'Proposed', 'Current': at the head of what is never added together."""
    return in_words(tranche)
