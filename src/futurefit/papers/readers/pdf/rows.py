"""Which runs of words stand side by side, and do they look like figures? (rule AUD-22)"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from futurefit.papers.readers.pdf.page import Run

FIGURE = re.compile(
    r"[-–—+(£€$<>~c*]*\d[\d.,\u00a0 /]*\)?(?:%|p|k|m|bn)?\)?[*†‡⁰¹²³⁴-⁹a-z]{0,2}"
    r"|[-–—]|[nN]/?[aA]\.?|\.{2}|tbc|TBC|[-–—+]?£?\d[\d.,]* ?[-–] ?£?\d[\d.,]*%?"
)
"""What stands in a column of figures, well enough to tell such columns; AUD-05 reads them."""

_HEADS = re.compile(r"(?:19|20)\d\d ?[/–—-] ?\d{2,4}\*?|£?0{3}s?")
_LONGEST = 40  # letters of a figure

_SHARED = 0.45  # of the lower of two runs: how much of their heights stand side by side
_UNLIKE = 0.15  # of what one is higher than the other, besides


class Row(NamedTuple):
    """Runs that stand side by side, from left to right."""

    top: float
    bottom: float
    runs: list[Run]

    @property
    def left(self) -> float:
        """Where its first run starts."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where its last run ends."""
        return max(run.right for run in self.runs)


@lru_cache(4096)
def is_figure(text: str) -> bool:
    """Whether a cell looks like a figure, a dash, or what stands in for one.

    Years ("2015/16") and units ("£000") head figures and are none. Answers are kept for a while:
    a cell is asked about some three times while its table is made out.
    """
    return (
        len(text) < _LONGEST
        and FIGURE.fullmatch(text) is not None
        and _HEADS.fullmatch(text) is None
    )


def rows(runs: Iterable[Run]) -> list[Row]:
    """Upright runs as rows, from the top down."""
    found: list[Row] = []
    row: list[Run] = []
    top = bottom = middle = first = 0.0
    placed = [((run.top + run.bottom) / 2, run) for run in runs if run.upright]
    placed.sort()
    for here, run in placed:
        tall = run.bottom - run.top
        if row:
            lower, higher = (tall, first) if tall < first else (first, tall)
            if here - middle < _SHARED * lower + _UNLIKE * (higher - lower):
                row.append(run)
                if run.top < top:
                    top = run.top
                if run.bottom > bottom:
                    bottom = run.bottom
                continue
            if len(row) > 1:
                row.sort()
            found.append(Row(top, bottom, row))
        row, top, bottom, middle, first = [run], run.top, run.bottom, here, tall
    if row:
        row.sort()
        found.append(Row(top, bottom, row))
    return found


def joined(lines: Iterable[str]) -> str:
    """Lines of one text, with a space between them; a word broken by a hyphen keeps it, unspaced.

    >>> joined(["the co-", "operation of", "2015 -", "2016"])
    'the co-operation of 2015 - 2016'
    """
    text = ""
    for line in lines:
        if not text:
            text = line
        elif text.endswith("-") and len(text) > 1 and text[-2].isalpha() and line[:1].islower():
            text += line
        else:
            text += " " + line
    return text
