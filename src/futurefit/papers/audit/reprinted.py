"""Which tables are printed twice, with a figure that differs? (rules AUD-53 and AUD-58)

Two tables are one printed twice where nearly all figures with the same label and heading are equal.
Forms for several projects share labels and not figures, so they are never held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.arithmetic import read_arithmetic
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.matching import Keyed, keyed

CODE, CODE_ACROSS = "AUD-53", "AUD-58"

_FEWEST_EQUAL = 6  # figures other than nought that agree, and not all alike
_MOST_DIFFERENT = 2
_MOST_TABLES = 400  # of all papers together; more are a data set
_LARGEST = 5000  # figures of a table; more are a data set


def check_reprinted(document: Document) -> list[Finding]:
    """The figures that differ between two printings of a table in one paper."""
    return [
        _finding(CODE, Severity.WARNING, 0.6, first, second, _place(first[0], first[1]))
        for one, two in combinations(_tables(document), 2)
        for first, second in _differing(one, two)
    ]


def check_reprinted_across(documents: Sequence[Document]) -> list[Finding]:
    """The figures that differ between printings of a table in two papers.

    A later paper may bring a table up to date, so that these are notes.
    """
    found = []
    for before, after in combinations(documents, 2):
        if before.sha256 == after.sha256:
            continue
        theirs = _tables(after)
        for one in _tables(before):
            for two in theirs:
                for first, second in _differing(one, two):
                    place = replace(_place(*first), file=before.name, sha256=before.sha256)
                    found.append(
                        _finding(CODE_ACROSS, Severity.NOTE, 0.4, first, second, place, after.name)
                    )
    return found


def _tables(document: Document) -> list[Keyed]:
    """The tables that can be held against others; none of a data set."""
    found = [
        one
        for one in read_arithmetic(document)
        if _FEWEST_EQUAL <= len(one.grid.figures) <= _LARGEST
    ]
    return [keyed(one) for one in found] if len(found) <= _MOST_TABLES else []


def is_reprinted(one: Keyed, two: Keyed) -> bool:
    """Whether two tables are one printed twice, with figures that differ."""
    return next(_differing(one, two), None) is not None


_At = tuple[Keyed, Figure]


def _differing(one: Keyed, two: Keyed) -> Iterator[tuple[_At, _At]]:
    """The pairs of figures that differ, if the tables are one printed twice."""
    if len(one.words & two.words) < 3:  # labels and headings; less than two rows and a column
        return
    equal, different = [], []
    for key, first in one.figures.items():
        second = two.figures.get(key)
        if second is None or not key[0] or not key[2] or first.kind is not second.kind:
            continue
        if abs(first.value - second.value) <= first.half + second.half:
            if first.value:
                equal.append(first.value)
        else:
            different.append((first, second))
    if (
        len(different) <= _MOST_DIFFERENT
        and len(equal) >= _FEWEST_EQUAL
        and 2 * len(set(equal)) >= len(equal)
    ):
        for first, second in different:
            if not (first.rough or second.rough):
                yield (one, first), (two, second)


def _place(table: Keyed, figure: Figure) -> Provenance:
    return table.arithmetic.table.place(figure.cell)


def _finding(
    code: str,
    severity: Severity,
    confidence: float,
    first: _At,
    second: _At,
    place: Provenance,
    paper: str = "",
) -> Finding:
    """A figure that differs from its other printing, which `paper` names where it is another's."""
    (table, figure), (other, again) = first, second
    grid, cell = table.arithmetic.grid, figure.cell
    where = f"{paper}, table" if paper else "table"
    what = f"{grid.label(cell.row)}, {grid.head_name(cell.column, cell.row)}"
    return Finding(
        code=code,
        severity=severity,
        message=(
            f"{what}: {cell.text} here, {again.cell.text} in {where} "
            f"{other.arithmetic.table.index}, which otherwise prints the same figures."
        ),
        place=place,
        printed=cell.text,
        expected=again.cell.text,
        difference=figure.like(figure.value - again.value),
        advice="Find out which of the two is right, and print it in both places.",
        confidence=confidence,
    )
