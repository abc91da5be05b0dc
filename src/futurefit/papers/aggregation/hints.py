"""What do the labels of a line say that it is? (rule ARI-08)

A label moves the balance by a few bits. It never makes a relation that the figures do not bear out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from futurefit.papers.aggregation.evidence import Axis

_TOTAL = re.compile(r"\b(?:sub-?)?totals?\b|\b(?:sum|all|net|gross|overall|grand)\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:average|averages|avg|ave|aver|means?)\b", re.IGNORECASE)
_LABEL_COLUMNS, _HEADING_ROWS, _LONGEST = 6, 12, 60


def labels_of(cells: Sequence[Sequence[str]], axis: Axis) -> list[str]:
    """The words at the start of every row, or at the head of every column."""
    if axis is Axis.DOWN:
        return [" ".join(filter(_is_label, row[:_LABEL_COLUMNS])) for row in cells]
    head = cells[:_HEADING_ROWS]
    width = max(map(len, cells), default=0)
    return [
        " ".join(row[column] for row in head if column < len(row) and _is_label(row[column]))
        for column in range(width)
    ]


def says_total(label: str) -> bool:
    """Whether a label speaks of a total."""
    return _TOTAL.search(label) is not None


def says_mean(label: str) -> bool:
    """Whether a label speaks of an average."""
    return _MEAN.search(label) is not None


def _is_label(text: str) -> bool:
    return bool(text) and len(text) < _LONGEST and any(map(str.isalpha, text))
