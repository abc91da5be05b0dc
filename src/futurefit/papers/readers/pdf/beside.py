"""Do several lists stand side by side, where one wide table could be seen? (rule AUD-23)

A long list of few columns is often printed in two parts, to save paper. Nothing in one row of the
page has to do with the other part, so each part is a table. Columns spaced alike and a wide gutter
are not enough to tell (budgets of two years look like that): the parts repeat their headings, or
count on from one to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from futurefit.papers.readers.pdf.columns import Column
from futurefit.papers.readers.pdf.rows import Row, is_figure

_MOST_PARTS = 4
_GUTTER = 1.5  # times the widest gap between columns of a part
_SHIFT = 4.0  # points by which columns of two parts may stand otherwise
_FEWEST_ROWS = 3


def lists(block: Sequence[Row], stretches: Sequence[Column]) -> list[list[Row]]:
    """The rows of each list, from left to right; nothing where the rows are those of one table."""
    for count in range(2, _MOST_PARTS + 1):
        width = len(stretches) // count
        if width > 1 and width * count == len(stretches) and _are_alike(stretches, width):
            parts = _parted(block, stretches, width)
            if parts and (_repeat_headings(parts, width) or _count_on(parts)):
                return parts
    return []


def _are_alike(stretches: Sequence[Column], width: int) -> bool:
    """Whether every so many columns a gutter comes, and the columns after it are spaced alike."""
    gaps = [after.left - before.right for before, after in pairwise(stretches)]
    gutters = gaps[width - 1 :: width]
    inner = max(gap for at, gap in enumerate(gaps, 1) if at % width)
    if min(gutters) < _GUTTER * inner:
        return False
    for first in range(width, len(stretches), width):
        shift = stretches[first].left - stretches[0].left
        for mine, other in zip(stretches, stretches[first : first + width], strict=False):
            left, right = other.left - mine.left - shift, other.right - mine.right - shift
            if min(abs(left), abs(right)) > _SHIFT:
                return False
    return True


def _parted(block: Sequence[Row], stretches: Sequence[Column], width: int) -> list[list[Row]]:
    """The rows cut at the gutters; nothing where a part has few, or words stand over a gutter."""
    starts = [float("-inf"), *(stretches[at].left for at in range(width, len(stretches), width))]
    ends = [*(stretches[at - 1].right for at in range(width, len(stretches), width))]
    parts: list[list[Row]] = [[] for _ in starts]
    for row in block:
        if any(
            run.left < end and run.right > start + 1
            for run in row.runs
            for end, start in zip(ends, starts[1:], strict=True)
        ):
            return []
        for at, part in enumerate(parts):
            after = starts[at + 1] if at + 1 < len(starts) else float("inf")
            runs = [run for run in row.runs if starts[at] - 1 <= run.left < after - 1]
            if runs:
                top, bottom = min([run.top for run in runs]), max([run.bottom for run in runs])
                part.append(Row(top, bottom, runs))
    return parts if all(len(part) >= _FEWEST_ROWS for part in parts) else []


def _repeat_headings(parts: Sequence[Sequence[Row]], width: int) -> bool:
    """Whether each part starts with the same headings, one over each column."""
    heads = [[run.text for run in part[0].runs] for part in parts]
    return (
        len(heads[0]) == width
        and all(head == heads[0] for head in heads)
        and not any(is_figure(text) for text in heads[0])
    )


def _count_on(parts: Sequence[Sequence[Row]]) -> bool:
    """Whether the first columns, one part after the other, count up by one."""
    texts = [row.runs[0].text for part in parts for row in part]
    if not all(text.isascii() and text.isdigit() and len(text) < 10 for text in texts):
        return False
    return all(int(after) == int(before) + 1 for before, after in pairwise(texts))
