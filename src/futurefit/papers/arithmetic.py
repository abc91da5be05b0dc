"""What does each table of a paper add up, and where does that fail? (rules AUD-08 to AUD-10)

The work that the checks share: every table's grid, its sums both ways, and rows whose figures stand
a column away from where they belong. Worked out once for a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from futurefit.papers import labels
from futurefit.papers.document import Document, Table
from futurefit.papers.figures import Figure
from futurefit.papers.grid import Grid, read_grid
from futurefit.papers.labels import Rank
from futurefit.papers.printed import Kind
from futurefit.papers.sums import Direction, Line, Status, Sum, find_sums, is_data_set

_MOST_TRIALS = 12  # ways of moving a row's figures that are tried in one table
_LARGEST_TRIED = 400  # rows; in longer tables moved rows are not looked for

_BAD = frozenset({Status.BROKEN, Status.BARE, Status.BLANK})

Places = Mapping[tuple[int, int], Figure]
"""Figures by row and column."""


@dataclass(frozen=True, slots=True)
class Move:
    """Figures of a total row that agree one column away from where they are printed."""

    row: int
    columns: tuple[int, ...]  # as printed
    by: int
    layout: bool  # one stands where no figure can: the cells slipped, the paper may be right


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a table's sums of one direction bear each other out."""

    sums: int
    printed: int  # those that print a total at all
    sound: int  # those of them that are proven to add up what their labels mean
    alone: bool  # one sum takes in every line of figures, so that it can mean no less


@dataclass(frozen=True, slots=True)
class TableArithmetic:
    """A table's figures, its sums down and across, and the moves that they were found with."""

    grid: Grid
    placed: Places
    down: tuple[Sum, ...]
    across: tuple[Sum, ...]
    moves: tuple[Move, ...]
    standing: Mapping[Direction, Standing]
    untried: tuple[Direction, ...]  # too many lines look like totals: it is a data set

    @property
    def table(self) -> Table:
        """The table itself."""
        return self.grid.table

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The sums of both directions."""
        return (*self.across, *self.down)


@lru_cache(maxsize=2)
def read_arithmetic(document: Document) -> tuple[TableArithmetic, ...]:
    """The arithmetic of every table that holds figures, in reading order."""
    grids = (read_grid(table) for table in document.tables)
    return tuple(add_up(grid) for grid in grids if grid.figures)


def add_up(grid: Grid, kind: Kind = Kind.NUMBER) -> TableArithmetic:
    """Find the sums of a table among its amounts (or among its percentages)."""
    placed = _added(grid, kind)
    moves: list[Move] = []
    rows = _rows(grid, placed)
    down = find_sums(Direction.DOWN, rows)
    if kind is Kind.NUMBER and grid.height <= _LARGEST_TRIED:
        for trial in _trials(grid, placed, down):
            if any((trial.row, column) not in placed for column in trial.columns):
                continue  # an earlier trial has moved them
            moved = _moved(placed, trial)
            found = find_sums(Direction.DOWN, _rows(grid, moved))
            if _better(down, found, trial, placed):
                placed, down = moved, found
                moves.append(trial)
    columns = _columns(grid, placed)
    across = find_sums(Direction.ACROSS, columns)
    standing = {
        Direction.DOWN: _standing(down, {row for row, _ in _stated(placed)}),
        Direction.ACROSS: _standing(across, {column for _, column in _stated(placed)}),
    }
    untried = tuple(
        direction
        for direction, lines in ((Direction.DOWN, rows), (Direction.ACROSS, columns))
        if is_data_set(lines)
    )
    return TableArithmetic(
        grid, placed, tuple(down), tuple(across), tuple(moves), standing, untried
    )


def is_sound(found: Sum) -> bool:
    """Whether a sum is proven to add up what its label alone would mean."""
    return found.proven > 0 and found.usual


def prints_total(found: Sum) -> bool:
    """Whether a total line has any figure."""
    return any(check.total is not None for check in found.checks)


def _standing(sums: list[Sum], lines: set[int]) -> Standing:
    printed = [found for found in sums if prints_total(found)]
    return Standing(
        sums=len(sums),
        printed=len(printed),
        sound=sum(1 for found in printed if is_sound(found)),
        alone=len(sums) == 1 and lines <= {sums[0].total, *sums[0].parts},
    )


def _stated(placed: Places) -> Iterator[tuple[int, int]]:
    """Where figures stand, lone dashes left out."""
    return (place for place, figure in placed.items() if figure.kind is not Kind.NIL)


def _added(grid: Grid, kind: Kind) -> Places:
    """The figures that can be added at all: of one kind, and not averages, prices or rates."""
    rows = {row for row in grid.rows if any(map(labels.is_not_added, grid.own_labels(row)))}
    columns = {column for column in grid.columns if labels.is_not_added(grid.heads(column))}
    return {
        (row, column): figure
        for (row, column), figure in grid.figures.items()
        if figure.kind in (kind, Kind.NIL) and row not in rows and column not in columns
    }


# --- Lines ----------------------------------------------------------------------------------------


def _rows(grid: Grid, placed: Places) -> list[Line]:
    """The rows as lines, without those that only repeat part of another."""
    columns = set(grid.columns)
    by_row: dict[int, dict[int, Figure]] = {}
    for (row, column), figure in placed.items():
        if column in columns:
            by_row.setdefault(row, {})[column] = figure
    last = max(by_row, default=0)
    lines = []
    sections = set(grid.sections)
    for row in grid.rows:
        said = grid.own_labels(row)
        starts = row in sections
        if starts or not any(map(labels.is_memo, said)):
            rank = labels.rank(said)
            marked = not rank and (row in grid.bold_rows or (row == last and not any(said)))
            lines.append(Line(row, by_row.get(row, {}), rank, marked, starts))
    return lines


def _columns(grid: Grid, placed: Places) -> list[Line]:
    """The columns as lines, without those that only repeat part of another."""
    by_column: dict[int, dict[int, Figure]] = {column: {} for column in grid.columns}
    for (row, column), figure in placed.items():
        if column in by_column and row > grid.head:
            by_column[column][row] = figure
    lines = []
    for column, figures in by_column.items():
        if not labels.is_memo(grid.head_name(column)):
            lines.append(Line(column, dict(sorted(figures.items())), column_rank(grid, column)))
    return lines


def column_rank(grid: Grid, column: int) -> Rank:
    """What a column's own heading claims; where that is only a unit, the heading above it."""
    for head in reversed(grid.heads(column).split(" | ")):
        found = labels.rank([head])
        if found or not (labels.unit_of(head) or labels.is_percentage(head)):
            return found
    return Rank.NONE


# --- Figures a column away ------------------------------------------------------------------------


def _trials(grid: Grid, placed: Places, down: Iterable[Sum]) -> Iterator[Move]:
    """Ways of moving a run of a failing total row's figures by one column."""
    tried = 0
    columns = set(grid.columns)
    settled = {
        found.total for found in down if not any(check.status in _BAD for check in found.checks)
    }
    for row in grid.rows:
        if row in settled or not labels.rank(grid.own_labels(row)):
            continue
        there = sorted(column for at, column in placed if at == row)
        for run in _runs(there):
            for by in (1, -1):
                target = run[-1] + by if by > 0 else run[0] + by
                if not 1 <= target <= grid.width or target not in columns:
                    continue
                tried += 1
                if tried > _MOST_TRIALS:
                    return
                yield Move(row, run, by, layout=not columns.issuperset(run))


def _runs(columns: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Columns that stand side by side, together."""
    run: list[int] = []
    for column in columns:
        if run and column != run[-1] + 1:
            yield tuple(run)
            run = []
        run.append(column)
    if run:
        yield tuple(run)


def _moved(placed: Places, move: Move) -> Places:
    """The figures with one run moved."""
    moving = {(move.row, column) for column in move.columns}
    kept = {place: figure for place, figure in placed.items() if place not in moving}
    return kept | {(row, column + move.by): placed[row, column] for row, column in sorted(moving)}


def _better(before: Iterable[Sum], after: Iterable[Sum], move: Move, placed: Places) -> bool:
    """Whether every moved figure agrees where it was moved to, and at least two faults are gone."""
    found = next((one for one in after if one.total == move.row), None)
    if found is None:
        return False
    status = {check.cross: check.status for check in found.checks}
    told = [column for column in move.columns if placed[move.row, column].value]
    if not told or any(status.get(column + move.by) is not Status.HOLDS for column in told):
        return False
    return _faults(after, move.row) + 2 <= _faults(before, move.row) or (
        move.layout and not any(one.total == move.row for one in before)
    )


def _faults(sums: Iterable[Sum], row: int) -> int:
    """How many places of a total row fail."""
    checks = (check for found in sums if found.total == row for check in found.checks)
    return sum(1 for check in checks if check.status in _BAD)
