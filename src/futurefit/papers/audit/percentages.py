"""Are the printed percentages the shares that they say they are? (rules AUD-18 to AUD-20)

A percentage beside an amount is taken for a share of its column's total, or of its row's, where the
table as a whole bears that out. Printed amounts are themselves rounded, so that a share lies in a
range. Where no share in it rounds to the printed percentage, that cannot arise (AUD-18, an error);
where one does, but not the share of the printed amounts, it can (AUD-19, a note). Percentages that
were rounded one by one need not add to a hundred (AUD-20, a note); forcing them to is how
impossible ones come about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import round_half_up
from futurefit.papers.arithmetic import TableArithmetic, add_up, read_arithmetic
from futurefit.papers.audit.wording import cell_name, names, where
from futurefit.papers.document import Document
from futurefit.papers.faults import read_faults
from futurefit.papers.printed import Kind
from futurefit.papers.shares import HUNDRED, Share, read_shares
from futurefit.papers.sums import Status

IMPOSSIBLE, POSSIBLE, NOT_AHUNDRED = "AUD-18", "AUD-19", "AUD-20"


def check_percentages(document: Document) -> list[Finding]:
    """Percentages that cannot arise, that could, and that do not add to a hundred.

    Not those that come right with a figure that a failing total has shown to be wrong: that is one
    cause, told there.
    """
    findings: list[Finding] = []
    meant: dict[int, Decimal] = {}
    for fault in read_faults(document):
        meant |= fault.meant
    for arithmetic in read_arithmetic(document):
        if any(figure.kind is Kind.PERCENT for figure in arithmetic.grid.figures.values()):
            findings += (
                _share_finding(arithmetic, share)
                for share in read_shares(arithmetic)
                if not share.agrees and not _is_consequence(share, meant)
            )
            findings += _not_a_hundred(arithmetic)
    return findings


def _is_consequence(share: Share, meant: Mapping[int, Decimal]) -> bool:
    """Whether a percentage is right of the amounts that the totals call for."""
    if id(share.amount) not in meant and id(share.whole) not in meant:
        return False
    return share.with_values(meant).can_arise


# --- What is said of them -------------------------------------------------------------------------


def _share_finding(arithmetic: TableArithmetic, share: Share) -> Finding:
    """A percentage that its amounts do not give."""
    least, most = share.least_and_most
    places = share.printed.places + 2
    shown = share.printed.like(share.rounded)
    exact = f"{round_half_up(share.exact, places)}%"
    range_said = f"{round_half_up(least, places)}% and {round_half_up(most, places)}%"
    said = (
        f"{where(arithmetic.table)}: {cell_name(arithmetic, share.printed)} is printed as "
        f"{share.printed.cell.text}; {share.amount.cell.text} of {share.whole.cell.text} is "
        f"{exact}, which rounds to {shown}."
    )
    if share.can_arise:
        return Finding(
            code=POSSIBLE,
            severity=Severity.NOTE,
            message=(
                f"{said} Amounts that round to the printed ones can give it: the share lies "
                f"between {range_said}."
            ),
            place=arithmetic.table.place(share.printed.cell),
            printed=share.printed.cell.text,
            expected=shown,
            difference=share.printed.like(share.printed.value - share.rounded),
            advice="Say whether percentages were worked out before the amounts were rounded.",
            confidence=0.3,
        )
    return Finding(
        code=IMPOSSIBLE,
        severity=Severity.ERROR,
        message=f"{said} Rounding cannot give it: the share lies between {range_said}.",
        place=arithmetic.table.place(share.printed.cell),
        printed=share.printed.cell.text,
        expected=shown,
        difference=share.printed.like(share.printed.value - share.rounded),
        advice=(
            "Print the percentage as it rounds. If percentages were changed to add to 100, let "
            "them not add, and say that this is due to rounding."
        ),
        confidence=0.95,
    )


def _not_a_hundred(arithmetic: TableArithmetic) -> Iterator[Finding]:
    """Columns or rows of percentages that do not add to the 100% printed."""
    added = add_up(arithmetic.grid, Kind.PERCENT)
    for found in added.sums:
        for check in found.checks:
            total = check.total
            if not found.proven or total is None or total.value != HUNDRED:
                continue
            if check.status not in (Status.ROUNDED, Status.BROKEN):
                continue
            what, _ = names(arithmetic, found, check)
            yield Finding(
                code=NOT_AHUNDRED,
                severity=Severity.NOTE,
                message=(
                    f"{where(arithmetic.table)}: the percentages of {what} add to "
                    f"{total.like(check.expected)}, not {total.cell.text}."
                ),
                place=arithmetic.table.place(total.cell),
                printed=total.cell.text,
                expected=total.like(check.expected),
                difference=total.like(check.difference),
                advice="Say under the table that percentages are rounded and need not add to 100.",
                confidence=0.2,
            )
