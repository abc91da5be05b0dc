"""How does a presentation become a table, by dimension and year or as a paper's RAG grid?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from futurefit.kernel.money import print_money
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Cell, Chart, Column, Row, Shape, Table, Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import Fund, LineKind, SavingClass
from futurefit.ledger.presentations import (
    NEVER_ADDED,
    RAG,
    RATING_MEASURES,
    Measure,
    Presentation,
    View,
)
from futurefit.ledger.presentations import Row as Sums
from futurefit.ledger.working import Figure
from futurefit.site.ledger.links import Workings, lines_url, working_url
from futurefit.site.ledger.naming import DIMENSION_TITLES, Names, in_words

BLANK = Cell(None)
TOTAL = "total"
NO_YEAR = "no_year"

NO_YEAR_NOTE = "“No year yet” is outside the plan and its total until a year is given."
AVOIDANCE_NOTE = "Cost avoidance helps, but never closes the gap: it is outside the total."
ONE_OFF_NOTE = "One-offs are taken back in the year after the one in which they help."
KEPT_APART_NOTE = "These are never added together."

_MEASURED = {
    Measure.FORECAST: "Forecast",
    Measure.TARGET: "Target",
    Measure.DELIVERED: "Delivered",
    Measure.VARIANCE: "Variance (adverse is positive)",
    Measure.SHORTFALL: "Shortfall (target less forecast)",
    Measure.UNRATED: "Unrated",
    Measure.RED: "Red",
    Measure.AMBER: "Amber",
    Measure.GREEN_ON_TARGET: "Green on target",
}
_MEASURE_OF = {Rag(account.value): measure for account, measure in RATING_MEASURES.items()}


def measure_words(measure: Measure) -> str:
    """What a measure is called at the head of a table."""
    return _MEASURED[measure]


def figure_title(figure: Figure, dimensions: Sequence[str] = ()) -> str:
    """What a figure of this scope is, in words: “Proposed savings: forecast by theme”."""
    scope = figure.scope
    tranche = f"{in_words(scope.tranche)} " if scope.tranche else "Current and proposed "
    kind = "net effect" if scope.kind is None else f"{in_words(scope.kind).lower()}"
    if scope.kind in (LineKind.SAVING, LineKind.CAPITAL_RECEIPT):
        kind += "s"
    fund = "" if scope.fund in (None, Fund.REVENUE) else f", {in_words(scope.fund).lower()}"
    grouped = " and ".join(DIMENSION_TITLES[name].lower() for name in dimensions)
    said = measure_words(figure.measure).partition(" (")[0].lower()
    return f"{tranche}{kind}{fund}: {said}{f' by {grouped}' if grouped else ''}"


def presentation_table(
    presentation: Presentation,
    *,
    names: Names,
    figure: Figure,
    unit: Unit = Unit.THOUSANDS,
    title: str = "",
    row_links: bool = False,
) -> Table:
    """A presentation as a table in which every amount leads to its working.

    `figure` says what all amounts have in common (measure and position); scope and view are the
    presentation's. `row_links` leads from a row's name to the lines behind it.
    """
    # A rating is of the forecast, whatever else is measured.
    measure = Measure.FORECAST if RAG in presentation.dimensions else figure.measure
    figure = replace(
        figure, scope=presentation.scope, view=presentation.view, year="", measure=measure
    )
    writer = _Writer(presentation, names, figure, row_links)
    counted, avoided, total = _split(presentation, measure)
    writer.with_no_year = any(row.unprofiled for row in (*counted, *avoided, total))
    rows = writer.groups(counted, presentation.dimensions)
    notes = []
    if presentation.has_total:
        rows.append(writer.total(total))
    else:
        notes.append(KEPT_APART_NOTE)
    if avoided:
        rows += writer.avoided(avoided)
        notes.append(AVOIDANCE_NOTE)
    if writer.with_no_year:
        notes.append(NO_YEAR_NOTE)
    if presentation.view is not View.INCREMENTS:
        notes.append(ONE_OFF_NOTE)
    return Table(
        title=title or figure_title(figure, presentation.dimensions),
        columns=writer.columns(_heading(presentation.dimensions)),
        rows=tuple(rows),
        unit=unit,
        notes=tuple(notes),
    )


def rag_grid_table(
    grid: Presentation,
    *,
    figure: Figure,
    unit: Unit = Unit.THOUSANDS,
    title: str = "RAG grid",
) -> Table:
    """A RAG grid as concept papers print it: a cell is blank where nothing stands.

    `grid` is what `presentations.rag_grid` gives; unrated appears only where something is unrated.
    """
    figure = replace(figure, scope=grid.scope, view=grid.view, year="", measure=Measure.FORECAST)
    found, avoided, total = _split(grid, Measure.FORECAST)
    nothing = Sums(("",), (0,) * len(grid.years), 0, 0)
    counted = dict.fromkeys(Rag, nothing) | {Rag(row.codes[0]): row for row in found}
    columns_of = _Writer(grid, Names({}), figure, row_links=False)
    columns_of.with_no_year = any(row.unprofiled for row in counted.values())
    rows = []
    for rag, sums in counted.items():
        if rag is Rag.UNRATED and not any((*sums.amounts, sums.unprofiled)):
            continue
        workings = Workings(replace(figure, measure=_MEASURE_OF[rag]))
        rows.append(Row((Cell(rag.value), *columns_of.cells(sums, workings, workings.row()))))
    rows.append(columns_of.total(total))
    notes = [NO_YEAR_NOTE] if columns_of.with_no_year else []
    if any(any((*row.amounts, row.unprofiled)) for row in avoided):
        notes.append(AVOIDANCE_NOTE)
        rows += columns_of.avoided(avoided)
    return Table(
        title=title,
        columns=columns_of.columns(Column("rag", "RAG", Shape.RAG)),
        rows=tuple(rows),
        unit=unit,
        notes=tuple(notes),
    )


def rag_chart(
    grid: Presentation, figure: Figure, title: str = "Net effect by rating and year"
) -> Chart:
    """A RAG grid to be drawn, with the target across it; no rows where nothing stands in a year."""
    found, _, total = _split(grid, Measure.FORECAST)
    target = grid.total(Measure.TARGET)
    figure = replace(figure, scope=grid.scope, view=grid.view, year="")
    rows: list[dict[str, str | int]] = []
    for place, year in enumerate(grid.years):
        for row in found:
            rag = Rag(row.codes[0])
            if row.amounts[place]:
                href = working_url(replace(figure, measure=_MEASURE_OF[rag], year=year))
                pence = row.amounts[place]
                rows.append({"year": year, "rag": rag.value, "pence": pence, "href": href})
        if any(grid.counted):  # what counts has a target to be seen against
            href = working_url(replace(figure, measure=Measure.TARGET, year=year))
            pence = target.amounts[place]
            rows.append({"year": year, "rag": "TARGET", "pence": pence, "href": href})
    if not any((*total.amounts, *target.amounts)):
        rows = []
    forecast, wanted = (print_money(sums.total, Unit.MILLIONS) for sums in (total, target))
    return Chart(
        kind="rag_by_year",
        title=title,
        alt=f"Forecast £{forecast}m against a target of £{wanted}m, by year and rating. "
        "The table below has every figure.",
        rows=tuple(rows),
    )


def _split(presentation: Presentation, measure: Measure) -> tuple[list[Sums], list[Sums], Sums]:
    """The rows that count, those of cost avoidance, and the total.

    A presentation that is about cost avoidance counts it, as its working does.
    """
    rows = presentation.rows(measure)
    counted = [row for row in rows if row.counted]
    avoided = [row for row in rows if not row.counted]
    scope = presentation.scope
    asked_for = ("saving_class", SavingClass.COST_AVOIDANCE.value) in scope.only or scope.lines
    if not asked_for or counted or not avoided:
        return counted, avoided, presentation.total(measure)
    return avoided, [], _added(avoided, "")


def _heading(dimensions: Sequence[str]) -> Column:
    shape = Shape.RAG if dimensions == (RAG,) else Shape.WORDS
    title = ", then ".join(
        DIMENSION_TITLES[name] if place == 0 else DIMENSION_TITLES[name].lower()
        for place, name in enumerate(dimensions)
    )
    return Column("_".join(dimensions) or "all", title or "All lines", shape)


class _Writer:
    """The rows and columns of one table: what stands in its cells and where each leads."""

    def __init__(
        self, presentation: Presentation, names: Names, figure: Figure, row_links: bool
    ) -> None:
        self.presentation = presentation
        self.names = names
        self.figure = figure
        self.workings = Workings(figure)
        self.row_links = row_links
        self.with_no_year = False
        self.taken = {name for name, _ in figure.scope.only}

    def columns(self, first: Column) -> tuple[Column, ...]:
        """The columns: what the rows are, the years, their total, and what has no year."""
        years = tuple(Column(year, year, Shape.PENCE) for year in self.presentation.years)
        total = (Column(TOTAL, "Total", Shape.PENCE),)
        no_year = (Column(NO_YEAR, "No year yet", Shape.PENCE),) if self.with_no_year else ()
        return (first, *years, *total, *no_year)

    def groups(self, rows: Sequence[Sums], dimensions: tuple[str, ...]) -> list[Row]:
        """A row a group; by two dimensions the groups of the second stand under their first."""
        if RAG in dimensions:
            rows = [row for row in rows if any((*row.amounts, row.unprofiled))]
        if not dimensions:
            return [self.row(Cell("All lines"), row, ()) for row in rows]
        if len(dimensions) == 1:
            return [self.group(row, dimensions) for row in self.sorted(rows, dimensions)]
        found = []
        for code in dict.fromkeys(row.codes[0] for row in self.sorted(rows, dimensions)):
            below = [row for row in rows if row.codes[0] == code]
            found.append(self.group(_added(below, code), dimensions[:1]))
            if dimensions[1] in NEVER_ADDED:
                found[-1] = _emptied(found[-1])
            found += [
                self.group(row, dimensions, level=1) for row in self.sorted(below, dimensions)
            ]
        return found

    def sorted(self, rows: Iterable[Sums], dimensions: tuple[str, ...]) -> list[Sums]:
        """The rows in the order in which their codes are listed."""
        return sorted(
            rows,
            key=lambda row: [
                self.names.rank(name, code)
                for name, code in zip(dimensions, row.codes, strict=True)
            ],
        )

    def group(self, row: Sums, dimensions: tuple[str, ...], level: int = 0) -> Row:
        """One group: its name and amounts."""
        codes = list(zip(dimensions, row.codes, strict=False))
        name, code = codes[-1]
        shown = code if dimensions == (RAG,) else self.names.name(name, code)
        href = ""
        if self.row_links:
            scope = self.figure.scope
            for pair in self.narrowed(codes):
                scope = scope.narrowed(*pair)
            href = lines_url(replace(self.figure, scope=scope), dict(codes).get(RAG, ""))
        return self.row(Cell(shown, href), row, codes, level)

    def row(self, first: Cell, row: Sums, codes: Iterable[tuple[str, str]], level: int = 0) -> Row:
        """A row of amounts that lead to the working of the group with these codes."""
        rating = dict(codes).get(RAG)
        workings = self.workings
        if rating is not None:
            workings = Workings(replace(self.figure, measure=_MEASURE_OF[Rag(rating)]))
        return Row(
            (first, *self.cells(row, workings, workings.row(self.narrowed(codes)))), level=level
        )

    def narrowed(self, codes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """By what a group is narrowed more than the whole table."""
        return [pair for pair in codes if pair[0] != RAG and pair[0] not in self.taken]

    def total(self, row: Sums) -> Row:
        """The total of what counts. Where it adds kinds together, it is headed net."""
        scope = self.figure.scope
        is_net = scope.kind is None and scope.lines is None
        cells = self.cells(row, self.workings, self.workings.row(), blank=False)
        return Row((Cell("Net total" if is_net else "Total"), *cells), emphasis=True)

    def avoided(self, rows: Sequence[Sums]) -> list[Row]:
        """Cost avoidance, below the total: one row, or as many as may not be added."""
        narrowed = [("saving_class", SavingClass.COST_AVOIDANCE.value)]
        if self.presentation.has_total:
            cells = self.cells(_added(rows, ""), self.workings, self.workings.row(narrowed))
            return [Row((Cell("Cost avoidance"), *cells), emphasis=True)]
        found = []
        dimensions = self.presentation.dimensions
        for sums in self.sorted(rows, dimensions):
            codes = list(zip(dimensions, sums.codes, strict=True))
            called = ", ".join(self.names.name(*pair) for pair in codes)
            row = self.row(Cell(f"{called}: cost avoidance"), sums, [*codes, *narrowed])
            found.append(replace(row, emphasis=True))
        return found

    def cells(self, row: Sums, workings: Workings, shared: str, blank: bool = True) -> list[Cell]:
        """The amounts of a row; a year in which nothing stands is left blank."""
        found = [
            Cell(amount, shared + workings.year(year)) if amount or not blank else BLANK
            for year, amount in zip(self.presentation.years, row.amounts, strict=True)
        ]
        found.append(Cell(row.total, shared) if row.total or not blank else BLANK)
        if self.with_no_year:
            href = shared + workings.year(UNPROFILED)
            found.append(Cell(row.unprofiled, href) if row.unprofiled else BLANK)
        return found


def _added(rows: Sequence[Sums], code: str) -> Sums:
    """Rows of the same presentation added up."""
    return Sums(
        (code,),
        tuple(sum(column) for column in zip(*(row.amounts for row in rows), strict=True)),
        sum(row.total for row in rows),
        sum(row.unprofiled for row in rows),
    )


def _emptied(row: Row) -> Row:
    """The row's name without amounts: those below it are never added."""
    return replace(row, cells=(row.cells[0], *(BLANK for _ in row.cells[1:])))
