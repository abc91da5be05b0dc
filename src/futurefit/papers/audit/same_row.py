"""Does a row that two tables print have the same figures in both? (rule AUD-54)

A summary and its detail, or two tables of one paper, may print one row. It is one row where its
label is the same and figures under the same headings agree; the one that does not is told. Rows of
forms for different things share labels and not figures, and are never held against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import read_arithmetic
from futurefit.papers.audit.reprinted import is_reprinted
from futurefit.papers.audit.wording import row_name, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.matching import Keyed, keyed

CODE = "AUD-54"

_FEWEST_EQUAL = 2  # figures of the row, not alike, that agree
_TELLING = 20  # halves of its last place: a figure of one digit agrees by chance
_LARGEST = 5_000  # figures of a table; more are a data set
_MOST_TABLES = 400
_MOST_ALIKE = 12  # tables with a row of one label; more are forms

_Row = dict[str, Figure]


def check_same_row(document: Document) -> list[Finding]:
    """The one figure of a row that differs from another printing of that row."""
    rows: dict[str, list[tuple[Keyed, _Row]]] = defaultdict(list)
    tables = [one for one in read_arithmetic(document) if len(one.grid.figures) <= _LARGEST]
    for table in map(keyed, tables[:_MOST_TABLES]):
        by_label: dict[tuple[str, int], _Row] = defaultdict(dict)
        for (label, again, head, head_again), figure in table.figures.items():
            if label and head and not head_again:
                by_label[label, again][head] = figure
        for (label, again), row in by_label.items():
            if not again:
                rows[label].append((table, row))
    return [
        finding
        for alike in rows.values()
        if 1 < len(alike) <= _MOST_ALIKE
        for (one, first), (two, second) in combinations(alike, 2)
        if not is_reprinted(one, two)
        for finding in _compared(one, first, two, second)
    ]


def _compared(one: Keyed, first: _Row, two: Keyed, second: _Row) -> Iterator[Finding]:
    """The finding, where all but one of the figures that both rows print agree."""
    equal, different = set(), []
    for head, figure in first.items():
        other = second.get(head)
        if other is None or figure.kind is not other.kind or figure.rough or other.rough:
            continue
        if abs(figure.value - other.value) < figure.half + other.half or (
            figure.value == other.value
        ):
            if abs(figure.value) >= _TELLING * figure.half:
                equal.add(figure.value)
        else:
            different.append((head, figure, other))
    if len(equal) >= _FEWEST_EQUAL and len(different) == 1:
        head, figure, other = different[0]
        cell = figure.cell
        yield Finding(
            code=CODE,
            severity=Severity.WARNING,
            message=(
                f"{where(one.arithmetic.table)}: {row_name(one.arithmetic, cell.row)}, "
                f"{one.arithmetic.grid.head_name(cell.column, cell.row)} is {cell.text}; table "
                f"{two.arithmetic.table.index} prints {other.cell.text} for the same, and agrees "
                f"in {len(equal)} other places of that row."
            ),
            place=one.arithmetic.table.place(cell),
            printed=cell.text,
            expected=other.cell.text,
            difference=figure.like(figure.value - other.value),
            advice="Find out which of the two is right, and print it in both places.",
            confidence=0.6,
        )
