"""Does an amount stand under the wrong year or column? (rule AUD-14)

It shows in two ways: a total row whose figures agree one column away from where they are printed;
and two columns (or rows) of which one has too much by what the other lacks, with that amount in the
one and not in the other.
"""

from __future__ import annotations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import Move, TableArithmetic, read_arithmetic
from futurefit.papers.audit.wording import column_name, row_name, where
from futurefit.papers.document import Document
from futurefit.papers.faults import Cause, Fault, read_faults
from futurefit.papers.figures import Figure
from futurefit.papers.sums import Check, Direction, Status, Sum

CODE = "AUD-14"


def check_misplaced(document: Document) -> list[Finding]:
    """One finding for each amount, or run of amounts, under the wrong heading."""
    moved = [
        _moved_total(arithmetic, move)
        for arithmetic in read_arithmetic(document)
        for move in arithmetic.moves
        if not move.layout
    ]
    beside = [
        finding
        for arithmetic in read_arithmetic(document)
        for found in arithmetic.sums
        for check in found.checks
        if (finding := _beside_its_place(arithmetic, found, check)) is not None
    ]
    parts = [
        _misplaced_part(fault) for fault in read_faults(document) if fault.cause is Cause.MISPLACED
    ]
    return [*moved, *beside, *parts]


def _moved_total(arithmetic: TableArithmetic, move: Move) -> Finding:
    """Totals that agree with the next column."""
    figures = [arithmetic.placed[move.row, column + move.by] for column in move.columns]
    first = figures[0]
    printed = [column_name(arithmetic, column, move.row) for column in move.columns]
    meant = [column_name(arithmetic, column + move.by, move.row) for column in move.columns]
    total = row_name(arithmetic, move.row)
    amounts = ", ".join(figure.cell.text for figure in figures)
    if len(figures) == 1:
        said = (
            f"{where(arithmetic.table)}: {total} prints {amounts} under {printed[0]}; what it adds "
            f"up stands under {meant[0]}."
        )
    else:
        said = (
            f"{where(arithmetic.table)}: {total} prints {amounts} under {printed[0]} to "
            f"{printed[-1]}; what it adds up stands under {meant[0]} to {meant[-1]}."
        )
    return Finding(
        code=CODE,
        severity=Severity.ERROR,
        message=said,
        place=arithmetic.table.place(first.cell),
        printed=first.cell.text,
        expected=f"{first.cell.text} under {meant[0]}",
        advice=f"Find out which is right: {printed[0]} in the total, or {meant[0]} in the detail.",
        confidence=0.9,
    )


def _beside_its_place(arithmetic: TableArithmetic, found: Sum, check: Check) -> Finding | None:
    """A total left blank, with just what it should be in a cell beside it that is no part of it."""
    if check.status is not Status.BLANK or not check.expected or not check.telling:
        return None
    row, column = found.place(check.cross)
    if found.proven < 1:
        return None
    for place in ((row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)):
        here = arithmetic.grid.figures.get(place)
        if (
            here is None
            or not here.value
            or here.value != check.expected
            or any(here is part for part in check.parts)
            or _is_proven(arithmetic, here)
        ):
            continue
        total = row_name(arithmetic, row), column_name(arithmetic, column, row)
        stands = row_name(arithmetic, place[0]), column_name(arithmetic, place[1], place[0])
        differs = stands[1] != total[1] or place[1] != column
        there = total[1] if differs else total[0]
        text = here.cell.text
        return Finding(
            code=CODE,
            severity=Severity.WARNING,
            message=(
                f"{where(arithmetic.table)}: {total[0]}, {total[1]} is left blank and should be "
                f"{here.like(check.expected)}; {text} stands beside it, against "
                f"{stands[0]}, {stands[1]}."
            ),
            place=arithmetic.table.place(here.cell),
            printed=text,
            expected=f"{text} against {there}",
            advice=f"Move {text} to {total[0]}, {total[1]}, or print that total.",
            confidence=0.75,
        )
    return None


def _is_proven(arithmetic: TableArithmetic, figure: Figure) -> bool:
    """Whether a total that holds counts a figure."""
    return any(
        figure is one
        for found in arithmetic.sums
        for check in found.checks
        if check.status is Status.HOLDS
        for one in (check.total, *check.parts)
    )


def _misplaced_part(fault: Fault) -> Finding:
    """A part in one column that the other column's total counts."""
    arithmetic, cell = fault.arithmetic, fault.suspect.cell
    down = fault.first.found.direction is Direction.DOWN
    name = column_name if down else row_name
    line = row_name(arithmetic, cell.row) if down else column_name(arithmetic, cell.column)
    here, there = (
        name(arithmetic, cell.column if down else cell.row),
        name(arithmetic, fault.belongs),
    )
    gap = fault.first.total.like(abs(fault.first.check.difference))
    text = fault.suspect.cell.text
    out = f"both are {gap} out" if fault.others else f"{gap} is missing or too much"
    exchanged = bool(fault.expected)
    said = (
        f"{line} prints {text} against {here} and {fault.suspect.like(fault.expected)} against "
        f"{there}; the totals agree if they are the other way round."
        if exchanged
        else f"{line} prints {text} against {here}; the totals agree if it stands against {there}."
    )
    return Finding(
        code=CODE,
        severity=Severity.ERROR,
        message=f"{where(arithmetic.table)}: {said} As printed, {out}.",
        place=arithmetic.table.place(fault.suspect.cell),
        printed=text,
        expected=fault.suspect.like(fault.expected) if exchanged else f"{text} against {there}",
        advice=f"Find out whether {text} belongs to {here} or to {there}.",
        confidence=0.9,
    )
