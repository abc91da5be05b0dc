"""Is a total left blank over parts that have figures, or printed over none? (rule AUD-16)

Neither is a sum that fails: a blank is not nought. One note for each total row or column.
"""

from __future__ import annotations

from collections.abc import Iterator

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.wording import column_name, names, row_name, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.sums import Check, Direction, Status, Sum

CODE = "AUD-16"

_MOST_NAMED = 6
_FEWEST_PRINTED = (
    2  # places of a total line that must be printed and right, for one blank to stand out
)


def check_blanks(document: Document) -> list[Finding]:
    """Notes on totals without figures, and on totals without parts."""
    return [
        finding
        for arithmetic in read_arithmetic(document)
        for found in arithmetic.sums
        for finding in _findings(arithmetic, found)
    ]


def _findings(arithmetic: TableArithmetic, found: Sum) -> Iterator[Finding]:
    blank = [
        check
        for check in found.checks
        if check.status is Status.BLANK
        and check.expected
        and not arithmetic.grid.is_pending(*found.place(check.cross))
    ]
    if blank:
        yield _blank(arithmetic, found, blank)
    bare = [
        (check, check.total)
        for check in found.checks
        if check.total is not None
        and check.status is Status.BARE
        and not _adds_up_the_other_way(arithmetic, found, check.total)
    ]
    if bare:
        yield _bare(arithmetic, found, bare)


def _adds_up_the_other_way(arithmetic: TableArithmetic, found: Sum, total: Figure) -> bool:
    """Whether a figure without parts in one direction is proven by those in the other."""
    return any(
        check.total is total and check.status is Status.HOLDS
        for other in arithmetic.sums
        if other.direction is not found.direction
        for check in other.checks
    )


def _blank(arithmetic: TableArithmetic, found: Sum, blank: list[Check]) -> Finding:
    down = found.direction is Direction.DOWN
    total = (row_name if down else column_name)(arithmetic, found.total)
    places = [
        f"{names(arithmetic, found, check)[0]} (adds to {check.parts[0].like(check.expected)})"
        for check in blank[:_MOST_NAMED]
    ]
    more = len(blank) - len(places)
    cell = arithmetic.grid.cells.get(found.place(blank[0].cross))
    part = blank[0].parts[0].cell
    counted = _is_counted(arithmetic, found, blank)
    return Finding(
        code=CODE,
        severity=Severity.WARNING if counted else Severity.NOTE,
        message=(
            f"{where(arithmetic.table)}: {total} is left blank for "
            f"{', '.join(places)}{f' and {more} more' if more else ''}."
        ),
        place=arithmetic.table.place(cell or part),
        expected=blank[0].parts[0].like(blank[0].expected),
        advice="Print the total, or a dash where there is nothing.",
        confidence=0.7 if counted else 1.0,
    )


def _is_counted(arithmetic: TableArithmetic, found: Sum, blank: list[Check]) -> bool:
    """Whether a single blank in a proven line is counted, as its parts add up, by another total."""
    if len(blank) > 1 or found.proven < _FEWEST_PRINTED:
        return False
    place = found.place(blank[0].cross)
    return any(
        check.total is not None
        and check.difference == blank[0].expected
        and place in {other.place(check.cross, line) for line in other.parts}
        for other in arithmetic.sums
        if other.direction is not found.direction and not other.less
        for check in other.checks
    )


def _bare(arithmetic: TableArithmetic, found: Sum, bare: list[tuple[Check, Figure]]) -> Finding:
    down = found.direction is Direction.DOWN
    name = (row_name if down else column_name)(arithmetic, found.total)
    places = [
        f"{total.cell.text} for {names(arithmetic, found, check)[0]}"
        for check, total in bare[:_MOST_NAMED]
    ]
    more = len(bare) - len(places)
    first = bare[0][1].cell
    return Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=(
            f"{where(arithmetic.table)}: {name} prints {', '.join(places)}"
            f"{f' and {more} more' if more else ''}, but no part of it."
        ),
        place=arithmetic.table.place(first),
        printed=first.text,
        advice="Print what the total is made of, or say that it is not broken down.",
        confidence=0.5,
    )
