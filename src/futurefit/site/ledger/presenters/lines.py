"""How is every line listed, and how is one shown?

A page of hundreds of lines with their years is made while the reader waits. Rows are made only for
the page that is asked for, from one pass over the postings; totals come from the presentation of
all lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import columns as cols
from futurefit.ledger.entries import Account, LineAttributes, Reason, SavingClass
from futurefit.ledger.presentations import (
    RATING_MEASURES,
    Measure,
    Presentation,
    Scope,
    accounts_of,
    by,
    lines_in,
    sign_of,
)
from futurefit.ledger.presentations import Row as Sums
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure
from futurefit.site.common.drawn import Drawn
from futurefit.site.ledger.links import Workings, line_url, narrowing
from futurefit.site.ledger.naming import RESTRICTED_LINES
from futurefit.site.ledger.presenters.bridge import STEP_TITLES, step_url
from futurefit.site.ledger.presenters.figures import (
    AVOIDANCE_NOTE,
    BLANK,
    NO_YEAR,
    NO_YEAR_NOTE,
    TOTAL,
    measure_words,
)
from futurefit.site.ledger.reading import Reader

SUMS = (Measure.TARGET, Measure.FORECAST, Measure.DELIVERED, Measure.SHORTFALL)
"""What is said of each line over all years of the plan."""

LEAST_SURE = (Rag.UNRATED, Rag.RED, Rag.AMBER, Rag.GREEN_ON_TARGET, Rag.GREEN_DELIVERED)
"""A line is listed under the first of these in which it has an amount."""

_RATING = {Rag(account.value): measure for account, measure in RATING_MEASURES.items()}


def lines_table(
    position: Position,
    reader: Reader,
    *,
    figure: Figure,
    years: Sequence[str],
    rating: Rag | None = None,
    unit: Unit = Unit.THOUSANDS,
) -> Table:
    """Every line of a scope with what it is, an amount a year, and its sums.

    `rating` keeps those that have an amount under it. Current and proposed, and funds, are never
    added: each has its total. The rows are `Drawn`.
    """
    maker = _Lines(position, reader, figure, years)
    refs = lines_in(position, figure.scope)
    if rating is not None:
        refs = [
            ref
            for ref, standing in zip(refs, maker.ratings(refs), strict=True)
            if rating in standing
        ]
    foot, notes = maker.foot(refs, rated=rating is not None)
    shown = [ref for ref in refs if ref not in reader.hidden]
    return Table(
        title="Lines",
        columns=maker.columns(),
        rows=Drawn(shown, maker.rows, foot),  # type: ignore[arg-type]
        unit=unit,
        notes=notes,
    )


class _Lines:
    """The rows of one list of lines."""

    def __init__(
        self, position: Position, reader: Reader, figure: Figure, years: Sequence[str]
    ) -> None:
        self.position, self.reader, self.names = position, reader, reader.names
        self.figure = replace(figure, year="")
        self.measure = figure.measure
        self.sums = [measure for measure in SUMS if measure is not figure.measure]
        self.workings = {
            measure: Workings(replace(self.figure, measure=measure))
            for measure in (figure.measure, *self.sums)
        }
        known = position.ledger.columns.years
        every = by(position, "tranche", "fund", scope=_apart(figure.scope), years=years)
        self.years = every.years
        self.with_no_year = UNPROFILED in known and any(
            row.unprofiled for row in every.rows(self.measure)
        )
        self.places = [known.index(year) if year in known else -1 for year in self.years]
        self.no_year = known.index(UNPROFILED) if UNPROFILED in known else -1

    def columns(self) -> tuple[Column, ...]:
        """What a line is, the years, and its sums."""
        return (
            Column("line", "Line"),
            Column("title", "Title"),
            Column("parent", "Part of"),
            Column("rag", "Least sure", Shape.RAG),
            *(Column(year, year, Shape.PENCE) for year in self.years),
            Column(TOTAL, measure_words(self.measure).partition(" (")[0], Shape.PENCE),
            *((Column(NO_YEAR, "No year yet", Shape.PENCE),) if self.with_no_year else ()),
            *(Column(m.value, measure_words(m).partition(" (")[0], Shape.PENCE) for m in self.sums),
            Column("kind", "Kind"),
            Column("tranche", "Tranche"),
            Column("owner", "Owner"),
        )

    def amounts(self, refs: Sequence[str], *measures: Measure) -> list[list[list[int]]]:
        """For each measure, each line's pence by year, in the order of the ledger's years."""
        columns = self.position.ledger.columns
        groups, ordered = cols.coded(columns, {ref: ref for ref in refs})
        cube = cols.cube(columns, groups, len(ordered), self.position.standing)
        place = {ref: row for row, ref in enumerate(ordered)}
        found = []
        for measure in measures:
            codes = [cols.account_code(*account) for account in accounts_of(measure)]
            rows = cols.measured(cube, codes, sign_of(measure))
            found.append([rows[place[ref]] for ref in refs])
        return found

    def ratings(self, refs: Sequence[str]) -> list[list[Rag]]:
        """The ratings under which each line has an amount, the least sure first."""
        by_rating = self.amounts(refs, *(_RATING[rag] for rag in LEAST_SURE))
        return [
            [rag for rag, row in zip(LEAST_SURE, rows, strict=True) if any(row)]
            for rows in zip(*by_rating, strict=True)
        ]

    def rows(self, refs: Sequence[str]) -> list[Row]:
        """A row a line."""
        if not refs:
            return []
        shown, *sums = self.amounts(refs, self.measure, *self.sums)
        made = zip(refs, shown, self.ratings(refs), *sums, strict=True)
        return [self.row(ref, years, standing, more) for ref, years, standing, *more in made]

    def row(self, ref: str, years: list[int], standing: list[Rag], more: list[list[int]]) -> Row:
        """One line."""
        attributes = self.position.lines[ref]
        words = self.reader.words.get(ref)
        # A paper may print words in place of an amount: they stand where nothing else does.
        note = "" if standing or not words else words.printed_note
        narrowed = narrowing(line=ref)
        shared = self.workings[self.measure].shared + narrowed
        of_year = self.workings[self.measure].year
        cells = [
            Cell(ref, line_url(ref)),
            Cell(words.title if words else ref, note=note),
            self.parent(attributes),
            Cell(standing[0].value if standing else None),
        ]
        for year, place in zip(self.years, self.places, strict=True):
            amount = years[place] if place >= 0 else 0
            cells.append(Cell(amount, shared + of_year(year)) if amount else BLANK)
        amount = self.plan(years)
        cells.append(Cell(amount, shared) if amount else BLANK)
        if self.with_no_year:
            amount = years[self.no_year]
            cells.append(Cell(amount, shared + of_year(UNPROFILED)) if amount else BLANK)
        for measure, row in zip(self.sums, more, strict=True):
            amount = self.plan(row)
            cells.append(
                Cell(amount, self.workings[measure].shared + narrowed) if amount else BLANK
            )
        cells += (
            self.said("kind", attributes.kind),
            self.said("tranche", attributes.tranche),
            self.said("owner", attributes.owner),
        )
        return Row(tuple(cells))

    def plan(self, years: list[int]) -> int:
        """The sum over the years of the plan."""
        return sum(years) - (years[self.no_year] if self.no_year >= 0 else 0)

    def parent(self, attributes: LineAttributes) -> Cell:
        """What the line hangs on."""
        for dimension in ("project", "workstream", "theme"):
            code = getattr(attributes, dimension)
            if code:
                return self.said(dimension, code)
        return BLANK

    def said(self, dimension: str, code: str) -> Cell:
        """The name of a code; "" is left blank here, where a column of gaps is easier to read."""
        return Cell(self.names.name(dimension, code)) if code else BLANK

    def foot(self, refs: Sequence[str], *, rated: bool) -> tuple[list[Row], tuple[str, ...]]:
        """What stands below the lines: those that may not be read, totals, cost avoidance."""
        scope = self.figure.scope
        hidden = [ref for ref in refs if ref in self.reader.hidden]
        rows, notes = [], []
        every = replace(_apart(scope), lines=frozenset(refs)) if rated else _apart(scope)
        if hidden:
            together = by(
                self.position, "tranche", "fund", scope=replace(every, lines=frozenset(hidden))
            )
            rows += self.heaps(together, RESTRICTED_LINES, linked=False)
        totals = by(self.position, "tranche", "fund", scope=every)
        counted = self.heaps(totals, "Total" if scope.kind else "Net total", linked=not rated)
        rows += [replace(row, emphasis=True) for row in counted]
        avoided = self.heaps(totals, "Cost avoidance", linked=not rated, counted=False)
        rows += [replace(row, emphasis=True) for row in avoided]
        notes += [AVOIDANCE_NOTE] if avoided else []
        notes += [NO_YEAR_NOTE] if self.with_no_year else []
        return rows, tuple(notes)

    def heaps(
        self, presentation: Presentation, title: str, *, linked: bool, counted: bool | None = True
    ) -> list[Row]:
        """A row for each tranche and fund, which are never added."""
        whole = title == RESTRICTED_LINES
        by_measure = {
            measure: _by_heap(presentation, measure, None if whole else counted)
            for measure in (self.measure, *self.sums)
        }
        found = []
        for heap, shown in by_measure[self.measure].items():
            narrowed = [
                pair
                for pair in zip(("tranche", "fund"), heap, strict=True)
                if getattr(self.figure.scope, pair[0]) is None
            ]
            called = ", ".join(self.names.name(*pair).lower() for pair in narrowed)
            if not counted:
                narrowed.append(("saving_class", SavingClass.COST_AVOIDANCE.value))
            hrefs = {m: w.row(narrowed) if linked else "" for m, w in self.workings.items()}
            found.append(
                self.heap(
                    f"{title}, {called}" if called else title,
                    dict(zip(presentation.years, shown.amounts, strict=True)),
                    [by_measure[measure][heap] for measure in (self.measure, *self.sums)],
                    hrefs,
                )
            )
        return found

    def heap(
        self, title: str, years: dict[str, int], sums: list[Sums], hrefs: dict[Measure, str]
    ) -> Row:
        """One row of sums."""
        shared = hrefs[self.measure]

        def at(year: str) -> str:
            return shared + self.workings[self.measure].year(year) if shared else ""

        cells = [Cell(title), BLANK, BLANK, BLANK]
        cells += [Cell(years.get(year, 0), at(year)) for year in self.years]
        cells.append(Cell(sums[0].total, shared))
        if self.with_no_year:
            cells.append(Cell(sums[0].unprofiled, at(UNPROFILED)))
        for measure, row in zip(self.sums, sums[1:], strict=True):
            cells.append(Cell(row.total, hrefs[measure]))
        return Row((*cells, BLANK, BLANK, BLANK))


def _apart(scope: Scope) -> Scope:
    """The scope to be presented by tranche and fund, with what it says of them as a narrowing."""
    only = [
        (name, code.value)
        for name, code in (("tranche", scope.tranche), ("fund", scope.fund))
        if code is not None
    ]
    return replace(scope, tranche=None, fund=None, only=(*scope.only, *only))


def _by_heap(
    presentation: Presentation, measure: Measure, counted: bool | None
) -> dict[tuple[str, ...], Sums]:
    """The sums of each tranche and fund; None adds what counts to what does not."""
    found: dict[tuple[str, ...], Sums] = {}
    for row in presentation.rows(measure):
        if counted is not None and row.counted is not counted:
            continue
        held = found.get(row.codes)
        if held is not None:
            amounts = tuple(map(sum, zip(held.amounts, row.amounts, strict=True)))
            row = Sums(row.codes, amounts, held.total + row.total, held.unprofiled + row.unprofiled)
        found[row.codes] = row
    return found


# --- One line -----------------------------------------------------------------------------------


def own_scope(ref: str, attributes: LineAttributes) -> Scope:
    """The scope of one line, in its own tranche and fund."""
    return Scope(attributes.tranche, attributes.fund, lines=frozenset((ref,)))


def story_table(
    position: Position, figure: Figure, years: Sequence[str], unit: Unit = Unit.THOUSANDS
) -> Table:
    """A line's target, forecast and each variance by year."""
    one = by(position, scope=figure.scope, years=years)
    rows: list[Row] = []
    with_no_year = False
    for measure in (Measure.TARGET, Measure.VARIANCE, Measure.FORECAST, Measure.DELIVERED):
        found = one.rows(measure)
        sums = found[0] if found else Sums((), (0,) * len(one.years), 0, 0)
        with_no_year = with_no_year or bool(sums.unprofiled)
        if measure is Measure.VARIANCE:
            rows += _variances(position, figure, one.years)
            continue
        workings = Workings(replace(figure, measure=measure))
        rows.append(_story(measure_words(measure), sums, one.years, workings))
    if not with_no_year:
        rows = [replace(row, cells=row.cells[:-1]) for row in rows]
    return Table(
        title="From target to delivered, by year",
        columns=(
            Column("what", "What"),
            *(Column(year, year, Shape.PENCE) for year in one.years),
            Column(TOTAL, "Total", Shape.PENCE),
            *((Column(NO_YEAR, "No year yet", Shape.PENCE),) if with_no_year else ()),
        ),
        rows=tuple(rows),
        unit=unit,
        notes=("Target, with each difference below it, comes to the forecast.",)
        if len(rows) > 3
        else (),
    )


def _story(title: str, sums: Sums, years: Sequence[str], workings: Workings) -> Row:
    shared = workings.row()
    cells = [
        Cell(amount, shared + workings.year(year)) if amount else BLANK
        for year, amount in zip(years, sums.amounts, strict=True)
    ]
    no_year = Cell(sums.unprofiled, shared + workings.year(UNPROFILED))
    return Row((Cell(title), *cells, Cell(sums.total, shared), no_year))


def _variances(position: Position, figure: Figure, years: Sequence[str]) -> list[Row]:
    """A row for each reason, as what it does to the forecast: a slip out of a year is negative."""
    found = []
    for reason in Reason:
        chosen = position.postings(
            lines=lines_in(position, figure.scope), accounts=[(Account.VARIANCE, reason)]
        )
        sums: dict[str, int] = {}
        for standing in chosen:
            year = standing.posting.year
            sums[year] = sums.get(year, 0) - standing.posting.amount_pence
        if not any(sums.values()):
            continue
        cells = [
            Cell(sums[year], step_url(reason, replace(figure, year=year)))
            if sums.get(year)
            else BLANK
            for year in (*years, UNPROFILED)
        ]
        total = sum(amount for year, amount in sums.items() if year != UNPROFILED)
        href = step_url(reason, figure)
        found.append(
            Row((Cell(STEP_TITLES[reason]), *cells[:-1], Cell(total, href), cells[-1]), level=1)
        )
    return found
