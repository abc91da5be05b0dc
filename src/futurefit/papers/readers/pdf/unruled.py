"""Which words stand in rows and columns with no lines down the page? (rule AUD-23)

Columns are told by what stands below each other, rows by what stands side by side; rules across the
page part rows and frame tables. Prose in columns, lists and lists of contents are no tables.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from futurefit.papers.readers.pdf.beside import lists
from futurefit.papers.readers.pdf.columns import Column, columns, over, parted
from futurefit.papers.readers.pdf.found import Cell, Found, cell
from futurefit.papers.readers.pdf.grids import Line
from futurefit.papers.readers.pdf.page import Run
from futurefit.papers.readers.pdf.rows import Row, is_figure, rows

_MARKER = re.compile(
    r"[•▪●○◦·\-–—*➢✓o]|\(?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)]?|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]"
)
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
_LONG = 9  # words: a run of more is prose, not a cell
_FILLED = 0.35  # of its cells: a table without any rule that fills fewer is a diagram
_LOOKED_AT = 30  # rows, to tell how far rows stand apart
_BETWEEN = 3  # rows of one run that may stand between rows of several


class Spot(NamedTuple):
    """Runs of a row that stand in one cell, and the first and last column they stand over."""

    first: int
    last: int
    runs: list[Run]


def unruled(runs: Sequence[Run], across: Sequence[Line]) -> list[Found]:
    """The tables among runs that stand in no grid."""
    standing = rows(runs)
    found = []
    for start, end in _blocks(standing):
        above = standing[start - 1] if start else None
        below = standing[end] if end < len(standing) else None
        block = standing[start:end]
        stretches = columns(block)
        parts = [
            _table(part, columns(part), None, None, across) for part in lists(block, stretches)
        ]
        if not parts or None in parts:
            parts = [_table(block, stretches, above, below, across)]
        found += [table for table in parts if table is not None]
    return found


def _blocks(standing: Sequence[Row]) -> list[tuple[int, int]]:
    """Stretches of rows that may be tables, as first row and row after the last.

    They start and end with rows of several runs, with few rows of one run between those.
    """
    blocks: list[tuple[int, int]] = []
    start = end = -1  # of the stretch so far: what stands after `end` waits for another row
    for at, row in enumerate(standing):
        several = len(row.runs) > 1 and not _is_prose(row)
        if start >= 0:
            tall = row.bottom - row.top
            gap = row.top - standing[at - 1].bottom
            far = gap > 1.2 * tall and gap > 1.2 * tall + 1.6 * _usual_gap(
                standing[max(start, end - _LOOKED_AT) : end]
            )
            prose = not several and (len(row.runs) > 1 or row.runs[0].word_count > _LONG)
            if far or prose or at - end > _BETWEEN:
                blocks.append((start, end))
                start = -1
        if several:
            start, end = (at if start < 0 else start), at + 1
    if start >= 0:
        blocks.append((start, end))
    return blocks


def _usual_gap(block: Sequence[Row]) -> float:
    gaps = sorted(max(0.0, after.top - before.bottom) for before, after in pairwise(block))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _is_prose(row: Row) -> bool:
    """Whether a row of several runs is a stretched line, a list's item, or a line of contents."""
    first = row.runs[0]
    if len(row.runs) == 2 and _MARKER.fullmatch(first.text) and row.runs[1].word_count > 2:
        return True
    if any(".." in run.text or ". ." in run.text or "…" in run.text for run in row.runs) and any(
        _LEADERS.search(run.text) for run in row.runs
    ):
        return True
    longest = max([run.word_count for run in row.runs])
    return longest > _LONG and not any(is_figure(run.text) for run in row.runs[1:])


def _table(
    block: Sequence[Row],
    stretches: Sequence[Column],
    above: Row | None,
    below: Row | None,
    across: Sequence[Line],
) -> Found | None:
    """The table of a block by its columns, or None where the block is not one.

    The row above may be a heading over several columns, the row below the end of a label.
    """
    if len(stretches) < 2:
        return None
    left, right = stretches[0].left, stretches[-1].right
    rules = _rules(across, block[0].top - 30, block[-1].bottom + 6, left, right)
    lines = [_spots(row, stretches) for row in block]
    if not _is_table(lines, stretches, rules):
        return None
    if above is not None and _heads(above, block[0], stretches):
        block = [above, *block]
        lines = [_spots(above, stretches), *lines]
    if below is not None and _ends(below, block[-1]):
        block = [*block, below]
        lines = [*lines, _spots(below, stretches)]
    groups = _groups(block, lines, rules)
    cells: list[Cell] = []
    for number, group in enumerate(groups, 1):
        top, bottom = block[group[0]].top, max([block[at].bottom for at in group])
        cells += _row(number, [lines[at] for at in group], stretches, top, bottom)
    edges = [
        stretches[0].left,
        *((one.right + other.left) / 2 for one, other in pairwise(stretches)),
        stretches[-1].right,
    ]
    return Found(
        min(row.left for row in block),
        block[0].top,
        max(row.right for row in block),
        block[-1].bottom,
        cells,
        tuple(edges),
        frozenset(run.order for row in block for run in row.runs),
    )


def _heads(above: Row, first: Row, stretches: Sequence[Column]) -> bool:
    """Whether the row above a table stands close over its columns, and not over its labels."""
    return (
        first.top - above.bottom < 0.8 * (above.bottom - above.top)
        and above.left > stretches[0].right
        and above.right <= stretches[-1].right + (above.right - above.left) / 4
        and all(run.word_count <= _LONG for run in above.runs)
        and any(one < last for one, last in [over(run, stretches) for run in above.runs])
    )


def _ends(below: Row, last: Row) -> bool:
    """Whether the row below a table ends the label that its last row starts."""
    return (
        len(below.runs) == 1
        and below.top - last.bottom < 0.3 * (below.bottom - below.top)
        and below.runs[0].text[:1].islower()
        and below.right <= last.runs[0].right + (last.runs[0].right - last.left)
        and abs(below.left - last.left) < 2 * (below.bottom - below.top)
    )


def _rules(
    across: Sequence[Line], top: float, bottom: float, left: float, right: float
) -> list[Line]:
    """The rules that stand over or between some rows."""
    first = bisect_left(across, (top,))
    found = []
    for line in across[first:]:
        if line.at > bottom:
            break
        if min(line.end, right) - max(line.start, left) > 8:
            found.append(line)
    return found


def _spots(row: Row, stretches: Sequence[Column]) -> list[Spot]:
    """The runs of a row by the columns that they stand over."""
    spots: list[Spot] = []
    for run in row.runs:
        first, last = over(run, stretches)
        pieces = [(first, last, run)]
        if last > first:
            parts = parted(run, stretches, first, last)
            if parts is not None:
                pieces = [(at, at, part) for at, part in parts]
        for start, end, piece in pieces:
            if spots and spots[-1].last >= start:
                before = spots[-1]
                spots[-1] = Spot(before.first, max(before.last, end), [*before.runs, piece])
            else:
                spots.append(Spot(start, end, [piece]))
    return spots


def _is_table(
    lines: Sequence[Sequence[Spot]], stretches: Sequence[Column], rules: Sequence[Line]
) -> bool:
    """Whether there is enough for a table: a column of figures, or short words in three columns."""
    several = [line for line in lines if len(line) > 1]
    wide = [
        rule
        for rule in rules
        if rule.end - rule.start > 0.5 * (stretches[-1].right - stretches[0].left)
    ]
    if len(several) < (2 if len(wide) > 1 else 3):
        return False
    if 3 * len(several) < len(lines):
        return False
    texts: list[list[str]] = [[] for _ in stretches]
    for line in several:
        for spot in line:
            if spot.first == spot.last:
                texts[spot.first].append(" ".join([run.text for run in spot.runs]))
    if not wide and sum(map(len, several)) < _FILLED * len(stretches) * len(several):
        return False
    figures = [sum(map(is_figure, column)) for column in texts]
    if any(
        2 * count >= len(column) >= 2 for count, column in zip(figures[1:], texts[1:], strict=True)
    ):
        return not (
            len(stretches) == 2
            and all(_MARKER.fullmatch(text) for text in texts[0])
            and figures[1] < len(texts[1])
        )
    filled = [text for column in texts for text in column]
    if 3 * sum(text[:1].islower() for text in filled) > len(filled):
        return False
    mean = sum(text.count(" ") + 1 for text in filled) / max(1, len(filled))
    if len(wide) > 2:
        return mean <= 8
    return len(stretches) > 2 and mean <= 4 and len(several) > 2


def _groups(
    block: Sequence[Row], lines: Sequence[Sequence[Spot]], rules: Sequence[Line]
) -> list[list[int]]:
    """The rows of the page that make one row of the table each."""
    width = max(row.right for row in block) - min(row.left for row in block)
    wide = [rule.at for rule in rules if rule.end - rule.start > 0.5 * width]
    figures = [
        any(is_figure(run.text) for spot in line if spot.first > 0 for run in spot.runs)
        for line in lines
    ]
    body = next((at for at, has in enumerate(figures) if has and lines[at][0].first == 0), 0)
    pitches = sorted(
        after.top - before.top
        for before, after in zip(block[body:], block[body + 1 :], strict=False)
    )
    usual = pitches[len(pitches) // 2] if pitches else 0.0
    groups = [[0]]
    for at in range(1, len(block)):
        if _goes_on(at, body, block, lines, figures, wide, usual):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _goes_on(
    at: int,
    body: int,
    block: Sequence[Row],
    lines: Sequence[Sequence[Spot]],
    figures: Sequence[bool],
    wide: Sequence[float],
    usual: float,
) -> bool:
    """Whether a row of the page goes on with the cells of the one before it."""
    before, row = block[at - 1], block[at]
    middle, lower = (before.top + before.bottom) / 2, (row.top + row.bottom) / 2
    if any(middle < rule < lower for rule in wide):
        return False
    line, above = lines[at], lines[at - 1]
    tall = row.bottom - row.top
    pitch = row.top - before.top
    if pitch > 1.6 * tall:
        return False
    if at < body:  # headings over several lines
        return pitch < 1.35 * tall and not any(spot.last > spot.first for spot in above)
    if at == body:
        return False
    small = all(spot.runs[0].text[:1].islower() or spot.runs[0].text[:1] in "(&" for spot in line)
    if not figures[at]:
        if small and _under(line, above):
            return True
        return pitch < 0.85 * usual and _under(line, above)
    label = line[0]
    return (
        not figures[at - 1]
        and len(above) == 1
        and above[0].first == above[0].last == label.first == 0
        and label.runs[0].text[:1].islower()
    )


def _under(line: Sequence[Spot], above: Sequence[Spot]) -> bool:
    """Whether every cell of a row has one above it to go on with."""
    return all(
        any(other.first <= spot.first and spot.last <= other.last for other in above)
        for spot in line
    )


def _row(
    number: int,
    lines: Sequence[Sequence[Spot]],
    stretches: Sequence[Column],
    top: float,
    bottom: float,
) -> list[Cell]:
    """The cells of one row; every column that nothing stands over has a blank one."""
    merged: list[Spot] = []
    for spot in sorted([spot for line in lines for spot in line], key=_first):
        if merged and merged[-1].last >= spot.first:
            before = merged[-1]
            merged[-1] = Spot(before.first, max(before.last, spot.last), [*before.runs, *spot.runs])
        else:
            merged.append(spot)
    cells: list[Cell] = []
    at = 0
    for spot in merged:
        if at < spot.first:
            cells += _blanks(number, at, spot.first, stretches, top, bottom)
        cells.append(cell(number, spot.first + 1, 1, spot.last - spot.first + 1, spot.runs))
        at = spot.last + 1
    cells += _blanks(number, at, len(stretches), stretches, top, bottom)
    return cells


def _first(spot: Spot) -> tuple[int, int]:
    return spot.first, spot.last


def _blanks(
    number: int, start: int, end: int, stretches: Sequence[Column], top: float, bottom: float
) -> list[Cell]:
    """The blank cells of the columns from one up to, but without, another."""
    return [
        Cell(number, at, 1, 1, "", False, here.left, top, here.right, bottom)
        for at, here in enumerate(stretches[start:end], start + 1)
    ]
