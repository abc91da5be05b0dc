"""What does a table hold whose cells are drawn? (rule AUD-23)

Lines say where cells end, as far as they go. Where a band between two lines holds several rows of
figures, or a column several columns of them, the figures say the rest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from futurefit.papers.readers.pdf.columns import columns
from futurefit.papers.readers.pdf.found import Cell, Found, cell
from futurefit.papers.readers.pdf.grids import Field, Grid, Line, distinct, fields
from futurefit.papers.readers.pdf.page import Run, Word
from futurefit.papers.readers.pdf.rows import Row, is_figure, rows

_EDGE = 2.0  # points by which words may stand over the outer lines

_DRAWING = 8  # a grid with fewer words than one cell in eight is a diagram


def ruled(grid: Grid, runs: Sequence[Run]) -> Found | None:
    """The table in a grid; None where it holds no words, or those of one cell only."""
    left, top, right, bottom = grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]
    inside = [
        run
        for run in runs
        if left - _EDGE <= (run.left + run.right) / 2 <= right + _EDGE
        and top - _EDGE <= (run.top + run.bottom) / 2 <= bottom + _EDGE
    ]
    if not inside:
        return None
    spots = fields(grid)
    held = _held(grid, spots, inside)
    finer = _finer(grid, spots, held)
    if finer is not grid:
        grid = finer
        spots = fields(grid)
        held = _held(grid, spots, inside)
    full = sum(1 for spot in spots if held.get(spot))
    if full < 2 or full * _DRAWING < len(spots):
        return None
    cells = _cells(grid, spots, held)
    if max(one.row for one in cells) < 2 or max(one.column for one in cells) < 2:
        return None
    return Found(
        left,
        top,
        right,
        bottom,
        cells,
        tuple(grid.xs),
        frozenset([run.order for run in inside]),
    )


def _held(grid: Grid, spots: Sequence[Field], runs: Sequence[Run]) -> dict[Field, list[Run]]:
    """The runs of each cell; a run over a line between two cells is parted at its words."""
    owner: dict[tuple[int, int], Field] = {}
    for spot in spots:
        for row in range(spot.row, spot.last_row + 1):
            for column in range(spot.column, spot.last_column + 1):
                owner[row, column] = spot
    xs, ys = grid.xs, grid.ys
    most_column, most_row = len(xs) - 2, len(ys) - 2
    held: dict[Field, list[Run]] = defaultdict(list)
    for run in runs:
        row = min(max(bisect_right(ys, (run.top + run.bottom) / 2) - 1, 0), most_row)
        first, last = run.words[0], run.words[-1]
        start = min(max(bisect_right(xs, (first[0] + first[1]) / 2) - 1, 0), most_column)
        end = min(max(bisect_right(xs, (last[0] + last[1]) / 2) - 1, 0), most_column)
        if start == end or owner[row, start] is owner[row, end] or not run.upright:
            held[owner[row, start]].append(run)
            continue
        parts: dict[Field, list[Word]] = defaultdict(list)
        for word in run.words:
            column = bisect_right(xs, (word.left + word.right) / 2) - 1
            parts[owner[row, min(max(column, 0), most_column)]].append(word)
        for spot, words in parts.items():
            held[spot].append(
                run._replace(
                    left=words[0].left,
                    right=words[-1].right,
                    text=" ".join([word.text for word in words]),
                    words=tuple(words),
                )
            )
    return held


def _finer(grid: Grid, spots: Sequence[Field], held: dict[Field, list[Run]]) -> Grid:
    """The grid with the lines that its figures stand for, where the drawn ones leave them out."""
    downward = _missing_columns(grid, spots, held)
    crosswise = _missing_rows(grid, spots, held)
    if not downward and not crosswise:
        return grid
    return Grid(
        distinct([*grid.xs, *(line.at for line in downward)]),
        distinct([*grid.ys, *(line.at for line in crosswise)]),
        [*grid.across, *crosswise],
        [*grid.down, *downward],
    )


def _missing_rows(grid: Grid, spots: Sequence[Field], held: dict[Field, list[Run]]) -> list[Line]:
    """Lines between the rows of figures that stand in one band."""
    bands: dict[int, list[Field]] = defaultdict(list)
    for spot in spots:
        if spot.row == spot.last_row:
            bands[spot.row].append(spot)
    lines: list[Line] = []
    for spots_here in bands.values():
        in_band = [(spot, held.get(spot, [])) for spot in spots_here]
        if all(len(runs) < 2 for _, runs in in_band):
            continue
        found = rows([run for _, runs in in_band for run in runs])
        if len(found) < 2 or not any(_is_column_of_figures(runs) for _, runs in in_band):
            continue
        starts = _starts(found)
        for before, after in pairwise(found):
            if id(after) in starts:
                at = (before.bottom + after.top) / 2
                lines += [
                    Line(at, grid.xs[spot.column], grid.xs[spot.last_column + 1])
                    for spot in spots_here
                ]
    return lines


def _is_column_of_figures(runs: Sequence[Run]) -> bool:
    """Whether a cell holds two figures or more below each other, and nothing else."""
    return len(runs) > 1 and all(is_figure(run.text) for run in runs) and len(rows(runs)) > 1


def _starts(found: Sequence[Row]) -> set[int]:
    """The rows (by identity) that start a line of the table, rather than go on with a label."""
    starts: set[int] = set()
    figures = [any(is_figure(run.text) for run in row.runs) for row in found]
    for at, row in enumerate(found):
        words = row.runs[0].text
        small = words[:1].islower()
        if figures[at]:
            goes_on = small and at > 0 and not figures[at - 1]
        else:
            goes_on = small
        if not goes_on:
            starts.add(id(row))
    return starts


def _missing_columns(
    grid: Grid, spots: Sequence[Field], held: dict[Field, list[Run]]
) -> list[Line]:
    """Lines between the columns of figures that stand in one drawn column, or over several."""
    alike: dict[tuple[int, int], list[Field]] = defaultdict(list)
    for spot in spots:
        if len(held.get(spot, ())) > 1:
            alike[spot.column, spot.last_column].append(spot)
    lines: list[Line] = []
    for (first, last), spots_here in alike.items():
        runs = [run for spot in spots_here for run in held[spot]]
        found = rows(runs)
        several = [row for row in found if len(row.runs) > 1]
        figures = sum(is_figure(run.text) for row in several for run in row.runs[1:])
        if 2 * figures < sum(len(row.runs) - 1 for row in several) or not several:
            continue
        bounds = grid.xs[first + 1 : last + 1]
        if bounds and not any(
            run.left < x - 1 and run.right > x + 1 for run in runs for x in bounds
        ):
            places = list(bounds)
        elif len(several) > 1 and 2 * len(several) >= len(found):
            stretches = columns(found)
            places = [(one.right + other.left) / 2 for one, other in pairwise(stretches)]
        else:
            continue
        for at in places:
            lines += [
                Line(at, grid.ys[spot.row], grid.ys[spot.last_row + 1])
                for spot in spots_here
                if not any(run.left < at - 1 and run.right > at + 1 for run in held[spot])
            ]
    return lines


def _cells(grid: Grid, spots: Sequence[Field], held: dict[Field, list[Run]]) -> list[Cell]:
    """The cells, without the rows and columns of the grid that hold no cell of their own."""
    xs, ys = grid.xs, grid.ys
    full_rows = _kept([(spot.row, spot.last_row) for spot in spots if held.get(spot)], len(ys) - 1)
    full_columns = _kept(
        [(spot.column, spot.last_column) for spot in spots if held.get(spot)], len(xs) - 1
    )
    cells: list[Cell] = []
    for spot in spots:
        row, row_span = _renumbered(full_rows, spot.row, spot.last_row)
        column, col_span = _renumbered(full_columns, spot.column, spot.last_column)
        if row_span and col_span:
            box = (xs[spot.column], ys[spot.row], xs[spot.last_column + 1], ys[spot.last_row + 1])
            cells.append(cell(row, column, row_span, col_span, held.get(spot, ()), box))
    return sorted(cells)


def _kept(stretches: Sequence[tuple[int, int]], count: int) -> list[int]:
    """The numbers of rows, or columns, that some cell with words stands in and that part two cells.

    Double lines, and lines that only frame a heading, make rows that no cell starts and ends in.
    """
    starts = {first for first, _ in stretches}
    return [at for at in range(count) if at in starts]


def _renumbered(kept: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """The number, from 1, and the span of a cell among the rows (or columns) that are kept."""
    start, end = bisect_left(kept, first), bisect_right(kept, last)
    return (start + 1, end - start) if end > start else (0, 0)
