"""Has a row slipped out of its columns? (rule AUD-15)

A figure where only labels stand, in a total row that agrees once it is moved by a column, is a slip
of layout, most likely of the conversion: one note, and the row is read where it agrees.
"""

from __future__ import annotations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import Move, TableArithmetic, read_arithmetic
from futurefit.papers.audit.wording import row_name, where
from futurefit.papers.document import Document

CODE = "AUD-15"


def check_layout(document: Document) -> list[Finding]:
    """One note for each total row whose cells stand a column away from their headings."""
    return [
        _note(arithmetic, move)
        for arithmetic in read_arithmetic(document)
        for move in arithmetic.moves
        if move.layout
    ]


def _note(arithmetic: TableArithmetic, move: Move) -> Finding:
    figures = [arithmetic.placed[move.row, column + move.by] for column in move.columns]
    amounts = ", ".join(figure.cell.text for figure in figures)
    side = "left" if move.by > 0 else "right"
    return Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=(
            f"{where(arithmetic.table)}: the figures of {row_name(arithmetic, move.row)} "
            f"({amounts}) stand one column to the {side} of their headings. They add up under the "
            "next column, and were read there."
        ),
        place=arithmetic.table.place(figures[0].cell),
        printed=figures[0].cell.text,
        advice="Look at the table in the paper itself: the file may have lost a cell.",
        confidence=0.3,
    )
