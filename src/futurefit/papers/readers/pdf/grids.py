"""Which strokes form the grid of a table, and which of its cells span several? (rule AUD-23)"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from futurefit.papers.readers.pdf.page import Stroke

_NEAR = 2.5  # points: strokes this close are one; ends this close meet
_GAP = 4.0  # points: pieces of one stroke may be this far apart, as dashes are
MOST_CELLS = 50_000
"""A grid of more is squared paper."""
MOST_STROKES = 3_000
"""A page with more is a drawing, and its strokes tell nothing of tables."""


class Line(NamedTuple):
    """A stroke with all its pieces: `at` is its place, from `start` to `end` along it."""

    at: float
    start: float
    end: float


class Grid(NamedTuple):
    """Lines that meet. `xs` and `ys` are the places of the lines; a cell stands between two."""

    xs: list[float]
    ys: list[float]
    across: list[Line]
    down: list[Line]


class Field(NamedTuple):
    """A cell of a grid: the places, counted from 0, of its first and last row and column."""

    row: int
    column: int
    last_row: int
    last_column: int


def across(strokes: Iterable[Stroke]) -> list[Line]:
    """The lines across the page, pieces joined."""
    return _lines(((one.top + one.bottom) / 2, one.left, one.right) for one in strokes)


def down(strokes: Iterable[Stroke]) -> list[Line]:
    """The lines down the page, pieces joined."""
    return _lines(((one.left + one.right) / 2, one.top, one.bottom) for one in strokes)


def _lines(pieces: Iterable[tuple[float, float, float]]) -> list[Line]:
    ordered = sorted(pieces)
    lines: list[Line] = []
    at = 0
    while at < len(ordered):
        after = at + 1
        while after < len(ordered) and ordered[after][0] - ordered[after - 1][0] <= 1.0:
            if ordered[after][0] - ordered[at][0] > _NEAR:
                break
            after += 1
        if after == at + 1:
            lines.append(Line(*ordered[at]))
            at = after
            continue
        place = sum(piece[0] for piece in ordered[at:after]) / (after - at)
        start = end = None
        for _, left, right in sorted(ordered[at:after], key=lambda piece: piece[1]):
            if start is None or end is None:
                start, end = left, right
            elif left <= end + _GAP:
                end = max(end, right)
            else:
                lines.append(Line(place, start, end))
                start, end = left, right
        if start is not None and end is not None:
            lines.append(Line(place, start, end))
        at = after
    return lines


def grids(across: Sequence[Line], down: Sequence[Line]) -> list[Grid]:
    """The groups of lines that meet and enclose at least two cells."""
    if not across or not down or len(across) + len(down) > MOST_STROKES:
        return []
    parent = list(range(len(across) + len(down)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    places = [line.at for line in across]
    for number, line in enumerate(down):
        first = bisect_left(places, line.start - _NEAR)
        for other in range(first, len(across)):
            crossing = across[other]
            if crossing.at > line.end + _NEAR:
                break
            if crossing.start - _NEAR <= line.at <= crossing.end + _NEAR:
                mine, theirs = root(len(across) + number), root(other)
                if mine != theirs:
                    parent[mine] = theirs
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate(across):
        groups[root(number)][0].append(line)
    for number, line in enumerate(down):
        groups[root(len(across) + number)][1].append(line)
    found = []
    for flat, tall in groups.values():
        if not flat or not tall:
            continue
        xs = distinct(
            [
                *(line.at for line in tall),
                min(line.start for line in flat),
                max(line.end for line in flat),
            ]
        )
        ys = distinct(
            [
                *(line.at for line in flat),
                min(line.start for line in tall),
                max(line.end for line in tall),
            ]
        )
        if 1 < (len(xs) - 1) * (len(ys) - 1) <= MOST_CELLS:
            found.append(Grid(xs, ys, flat, tall))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def distinct(places: list[float]) -> list[float]:
    """The places in order, those that are all but the same as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR + 0.5:
            kept.append(place)
    return kept


def fields(grid: Grid) -> list[Field]:
    """The cells of a grid; where a line between two is missing, they are one that spans both."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    walls = _walls(grid.down, grid.xs, grid.ys)
    floors = _walls(grid.across, grid.ys, grid.xs)
    taken = [[False] * columns for _ in range(rows)]
    found: list[Field] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            last = column
            while last + 1 < columns and not taken[row][last + 1] and (last + 1, row) not in walls:
                last += 1
            bottom = row
            while bottom + 1 < rows and all(
                (bottom + 1, at) not in floors
                and not taken[bottom + 1][at]
                and (at == last or (at + 1, bottom + 1) not in walls)
                for at in range(column, last + 1)
            ):
                bottom += 1
            for one in range(row, bottom + 1):
                for at in range(column, last + 1):
                    taken[one][at] = True
            found.append(Field(row, column, bottom, last))
    return found


def _walls(
    lines: Sequence[Line], places: Sequence[float], steps: Sequence[float]
) -> set[tuple[int, int]]:
    """(place, step) of every piece of a line that parts two neighbours, as numbers of both."""
    walls: set[tuple[int, int]] = set()
    for line in lines:
        place = bisect_left(places, line.at)
        if place == len(places) or (
            place and line.at - places[place - 1] < places[place] - line.at
        ):
            place -= 1
        for step in range(max(0, bisect_left(steps, line.start - _NEAR) - 1), len(steps) - 1):
            start, end = steps[step], steps[step + 1]
            if start > line.end:
                break
            if min(end, line.end) - max(start, line.start) > 0.6 * (end - start):
                walls.add((place, step))
    return walls
