"""Do cells name another unit than the heading that they stand under? (rule AUD-38)

"£1.5m" under "£000" is read as one and a half million, since a cell's own unit goes before its
heading's (rule AUD-07). A reader who trusts the heading reads something else: one note a table. A
bare figure that its heading makes more than any council has is a warning: the heading is wrong, or
the figure is.
"""

from __future__ import annotations

import re
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.report import Unit
from futurefit.papers import labels
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.wording import cell_name, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind, read_printed

CODE = "AUD-38"

_OWN = re.compile(r"[0-9]\s*(k|thousand|m|mn|million|bn|billion)\b", re.IGNORECASE)
_SCALES = {"k": Unit.THOUSANDS, "t": Unit.THOUSANDS, "m": Unit.MILLIONS}
_MOST = Decimal(10) ** 11  # pounds; more than all councils of a country spend in a year
_MOST_NAMED = 4


def check_units(document: Document) -> list[Finding]:
    """A note for cells in another unit than their heading's; a warning for figures past belief."""
    findings: list[Finding] = []
    for arithmetic in read_arithmetic(document):
        at_odds: list[Figure] = []
        for (row, column), figure in arithmetic.grid.figures.items():
            unit = labels.unit_of(arithmetic.grid.heads(column, row))
            if unit in (Unit.THOUSANDS, Unit.MILLIONS) and figure.kind is Kind.NUMBER:
                if _names_another(figure, unit):
                    at_odds.append(figure)
                elif abs(figure.value) >= _MOST and not read_printed(figure.cell.text).own_unit:
                    findings.append(_past_belief(arithmetic, figure, unit))
        if at_odds:
            findings.append(_note(arithmetic, at_odds))
    return findings


def _names_another(figure: Figure, unit: Unit) -> bool:
    """Whether a cell prints a scale of its own that is not its heading's."""
    own = _OWN.search(figure.cell.text)
    return own is not None and _SCALES.get(own[1][0].lower()) is not unit


def _note(arithmetic: TableArithmetic, at_odds: list[Figure]) -> Finding:
    first = at_odds[0]
    said = "; ".join(
        f"{cell_name(arithmetic, one)} prints {one.cell.text}" for one in at_odds[:_MOST_NAMED]
    )
    more = len(at_odds) - _MOST_NAMED
    head = arithmetic.grid.heads(first.cell.column, first.cell.row).rpartition(" | ")[2]
    return Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=(
            f"{where(arithmetic.table)}: {said}{f'; and {more} more' if more > 0 else ''}, under "
            f"a heading in another unit ({head}). The cell's own unit was taken."
        ),
        place=arithmetic.table.place(first.cell),
        printed=first.cell.text,
        advice="Print every figure of a column in the unit of its heading.",
        confidence=0.8,
    )


def _past_belief(arithmetic: TableArithmetic, figure: Figure, unit: Unit) -> Finding:
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        message=(
            f"{where(arithmetic.table)}: {cell_name(arithmetic, figure)} prints "
            f"{figure.cell.text} under a heading in {unit.value}, which makes "
            f"£{figure.value:,.0f}."
        ),
        place=arithmetic.table.place(figure.cell),
        printed=figure.cell.text,
        advice=f"Find out whether the figure is in pounds, or the heading's {unit.value} is right.",
        confidence=0.7,
    )
