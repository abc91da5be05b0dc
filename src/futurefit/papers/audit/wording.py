"""How does a finding say where, what was found, what was expected and what to do?

Written for a finance officer with the paper in hand: the heading and table, the row and column by
their own names, the figures as printed.
"""

from __future__ import annotations

from decimal import Decimal

from futurefit.papers.arithmetic import TableArithmetic
from futurefit.papers.document import Table
from futurefit.papers.faults import Fault
from futurefit.papers.figures import Figure
from futurefit.papers.slips import ONE_DIGIT, slip_among, slip_of
from futurefit.papers.sums import Check, Direction, Sum
from futurefit.papers.suspects import Broken

_MOST_NAMED = 3  # consequences that one message names


def where(table: Table) -> str:
    """The table as one would point to it: “Budget and savings”, table 46."""
    heading = table.heading if len(table.heading) <= 80 else table.heading[:79].rstrip() + "…"
    return f"“{heading}”, table {table.index}" if heading else f"Table {table.index}"


def row_name(arithmetic: TableArithmetic, row: int) -> str:
    """A row by its label."""
    return _short(arithmetic.grid.label(row))


def column_name(arithmetic: TableArithmetic, column: int, row: int | None = None) -> str:
    """A column by its heading."""
    return _short(arithmetic.grid.head_name(column, row))


def cell_name(arithmetic: TableArithmetic, figure: Figure) -> str:
    """A figure by its row and column."""
    row = figure.cell.row
    return f"{row_name(arithmetic, row)}, {column_name(arithmetic, figure.cell.column, row)}"


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= 60 else name[:59].rstrip() + "…"


def names(arithmetic: TableArithmetic, found: Sum, check: Check) -> tuple[str, str]:
    """What adds up, and the name of its total: ("2016/17", "Total")."""
    if found.direction is Direction.DOWN:
        return (
            column_name(arithmetic, check.cross, found.total),
            row_name(arithmetic, found.total),
        )
    return row_name(arithmetic, check.cross), column_name(arithmetic, found.total, check.cross)


def apart(figure: Figure, difference: Decimal) -> str:
    """A difference as the figure would print it, without a sign."""
    return figure.like(abs(difference))


def total_message(fault: Fault) -> str:
    """What is wrong with a total, or with the one figure that makes totals wrong."""
    arithmetic, first = fault.arithmetic, fault.first
    at = where(arithmetic.table)
    what, total = names(arithmetic, first.found, first.check)
    expected = first.total.like(first.check.expected)
    gap = apart(first.total, first.check.difference)
    if fault.is_total:
        said = (
            f"{at}: {what} adds to {expected}; the printed {total} is "
            f"{first.total.cell.text}, {gap} apart."
        )
    elif fault.others:
        said = (
            f"{at}: {cell_name(arithmetic, fault.suspect)} is {_printed(fault.suspect)}; what it "
            f"is added into agrees both ways if it is {fault.like(fault.expected)}, "
            f"{fault.like(abs(fault.slipped))} apart."
        )
    else:
        why = (
            "Other totals bear that total out, so a part is wrong"
            if fault.borne_out
            else "The likeliest cause is a part"
        )
        said = (
            f"{at}: {what} adds to {expected} and its {total} is {first.total.cell.text}, "
            f"{gap} apart. {why}: {_may_be(fault, fault.suspect, fault.expected)}."
        )
    if fault.is_total and fault.others:
        consequences = "; ".join(
            _consequence(arithmetic, one) for one in fault.others[:_MOST_NAMED]
        )
        said += f" The same {gap} is why {consequences}: it is one error."
    elif not fault.is_sure and not fault.others:
        said += _rivals(fault)
    return said


def _printed(figure: Figure) -> str:
    return f"printed as {figure.cell.text}" if figure.cell.text else "left blank"


def _may_be(fault: Fault, figure: Figure, meant: Decimal) -> str:
    model = figure if figure.cell.text else fault.first.total
    blank = "" if figure.cell.text else "is blank and "
    return f"{cell_name(fault.arithmetic, figure)} {blank}may be {model.like(meant)}"


def _rivals(fault: Fault) -> str:
    """The next suspects, where a slip in one of them would explain as much."""
    others = [
        _may_be(fault, figure, meant)
        for figure, meant in fault.suspects
        if figure is not fault.suspect
        and (not figure.cell.text or figure is fault.first.total or slip_of(figure, meant))
    ]
    return f" If not, {' or '.join(others)}." if others else ""


def _consequence(arithmetic: TableArithmetic, one: Broken) -> str:
    what, total = names(arithmetic, one.found, one.check)
    return (
        f"{what} adds to {one.total.like(one.check.expected)} beside the printed "
        f"{one.total.cell.text}" + ("" if what == total else f" ({total})")
    )


def total_advice(fault: Fault) -> str:
    """What to look for: the one slip that would explain it, else where to look."""
    check = fault.first.check
    if not fault.suspect.cell.text:
        return f"Print {fault.like(fault.expected)} there, or a dash if the total is wrong."
    slip = slip_of(fault.suspect, fault.expected)
    if slip and slip != ONE_DIGIT:
        return slip
    if fault.is_total and not fault.others:
        among = slip_among(
            check.parts, check.difference, lambda part: cell_name(fault.arithmetic, part)
        )
        slip = among or slip
    meant = fault.like(fault.expected)
    return slip or f"Check {fault.suspect.cell.text} against its source; {meant} would add up."
