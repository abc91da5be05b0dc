"""Which columns do the words of some rows stand in, with no lines to tell by? (rule AUD-23)"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from futurefit.papers.readers.pdf.page import Run, Word
from futurefit.papers.readers.pdf.rows import Row, is_figure

MOST_COLUMNS = 150
"""Words in more columns are a drawing."""
_TOUCH = 0.5  # points: boxes that overlap by less only touch


class Column(NamedTuple):
    """The stretch of the page that a column's words take."""

    left: float
    right: float


def columns(found: Sequence[Row]) -> list[Column]:
    """The columns that rows of several runs stand in, from left to right.

    The narrowest runs say where columns are, since what spans several is wide. Where more runs
    reach over two neighbours than rows fill both apart, the two are one.
    """
    runs = [(run.right - run.left, run) for row in found if len(row.runs) > 1 for run in row.runs]
    runs.sort(key=_width)
    spans: list[list[float]] = []
    for _, run in runs:
        left, right = run.left + _TOUCH, run.right - _TOUCH
        over = [span for span in spans if span[0] < right and span[1] > left]
        if not over:
            if len(spans) == MOST_COLUMNS:
                return []
            spans.append([run.left, run.right])
        elif len(over) == 1:
            span = over[0]
            if run.left < span[0]:
                span[0] = run.left
            if run.right > span[1]:
                span[1] = run.right
    spans.sort()
    at = 0
    while at + 1 < len(spans):
        mine, other = spans[at], spans[at + 1]
        apart = together = 0
        for row in found:
            in_mine = in_other = False
            for run in row.runs:
                left, right = run.left + _TOUCH, run.right - _TOUCH
                here = left < mine[1] and right > mine[0]
                there = left < other[1] and right > other[0]
                if here and there:
                    together += 1
                    break
                in_mine = in_mine or here
                in_other = in_other or there
            else:
                apart += in_mine and in_other
        if together > apart or other[0] <= mine[1] + _TOUCH:
            mine[1] = max(mine[1], other[1])
            del spans[at + 1]
        else:
            at += 1
    return [Column(left, right) for left, right in spans]


def _width(item: tuple[float, Run]) -> float:
    return item[0]


def over(run: Run, among: Sequence[Column]) -> tuple[int, int]:
    """The first and last column that a run stands over; the nearest where it stands between two."""
    left, right = run.left + _TOUCH, run.right - _TOUCH
    last = max(0, bisect_left(among, (right,)) - 1)
    first = last
    while first and among[first - 1].right > left:
        first -= 1
    if among[first].right <= left and first + 1 < len(among):
        # Between two columns: the nearer of them.
        first = last = last + (among[last + 1].left - run.right < run.left - among[last].right)
    return first, last


def parted(
    run: Run, among: Sequence[Column], first: int, last: int
) -> list[tuple[int, Run]] | None:
    """Figures of several columns that were drawn too close to part: one run for each column.

    None where the run is words that span the columns.
    """
    parts: list[list[Word]] = [[] for _ in range(last - first + 1)]
    bounds = [(among[at].right + among[at + 1].left) / 2 for at in range(first, last)]
    for word in run.words:
        at = sum(1 for bound in bounds if (word.left + word.right) / 2 > bound)
        parts[at].append(word)
    if not all(parts) or not all(
        is_figure(" ".join([word.text for word in part])) for part in parts[1:]
    ):
        return None
    return [
        (
            first + at,
            run._replace(
                left=part[0].left,
                right=part[-1].right,
                text=" ".join([word.text for word in part]),
                words=tuple(part),
            ),
        )
        for at, part in enumerate(parts)
    ]
