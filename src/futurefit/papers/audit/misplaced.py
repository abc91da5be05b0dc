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
from futurefit.papers.sums import Direction

CODE = "AUD-14"


def check_misplaced(document: Document) -> list[Finding]:
    """One finding for each amount, or run of amounts, under the wrong heading."""
    moved = [
        _moved_total(arithmetic, move)
        for arithmetic in read_arithmetic(document)
        for move in arithmetic.moves
        if not move.layout
    ]
    parts = [
        _misplaced_part(fault) for fault in read_faults(document) if fault.cause is Cause.MISPLACED
    ]
    return [*moved, *parts]


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


def _misplaced_part(fault: Fault) -> Finding:
    """A part in one column that the other column's total counts."""
    arithmetic, cross = fault.arithmetic, fault.first.check.cross
    down = fault.first.found.direction is Direction.DOWN
    name = column_name if down else row_name
    line = (
        row_name(arithmetic, fault.suspect.cell.row)
        if down
        else column_name(arithmetic, fault.suspect.cell.column)
    )
    here, there = name(arithmetic, cross), name(arithmetic, fault.belongs)
    gap = fault.first.total.like(abs(fault.first.check.difference))
    text = fault.suspect.cell.text
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
        message=f"{where(arithmetic.table)}: {said} As printed, both are {gap} out.",
        place=arithmetic.table.place(fault.suspect.cell),
        printed=text,
        expected=fault.suspect.like(fault.expected) if exchanged else f"{text} against {there}",
        advice=f"Find out whether {text} belongs to {here} or to {there}.",
        confidence=0.9,
    )
