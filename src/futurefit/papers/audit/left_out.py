"""Does a total leave out the line just before its parts? (rule AUD-21)

A total that is right without the first of the lines that its label would mean may be meant so, or
may have been worked out before that line was put in. The figures cannot tell: a note, where one
plain line is left out.
"""

from __future__ import annotations

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers import labels
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.wording import column_name, row_name, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind, read_printed
from futurefit.papers.sums import Direction, Sum

CODE = "AUD-21"


def check_left_out(document: Document) -> list[Finding]:
    """One note for each plain total that leaves out one line before its parts."""
    return [
        _note(arithmetic, found, missed)
        for arithmetic in read_arithmetic(document)
        for found in arithmetic.sums
        if len(found.left_out) == 1
        and _is_plain(arithmetic, found)
        and (missed := _figures(arithmetic, found))
    ]


def _is_plain(arithmetic: TableArithmetic, found: Sum) -> bool:
    """Whether the total is called a total, and the line left out is one like its parts."""
    grid, line = arithmetic.grid, found.left_out[0]
    if found.direction is Direction.DOWN:
        said = grid.own_labels(line)
        bare = any(map(labels.is_bare_total, grid.own_labels(found.total)))
        return bare and any(said) and not labels.rank(said)
    headed_by_year = read_printed(grid.head_name(line)).kind is Kind.PERIOD
    return headed_by_year and labels.is_bare_total(grid.head_name(found.total))


def _figures(arithmetic: TableArithmetic, found: Sum) -> list[Figure]:
    """The figures that the total leaves out, where it has one itself."""
    places = (
        found.place(check.cross, found.left_out[0])
        for check in found.checks
        if check.total is not None
    )
    figures = (arithmetic.placed.get(place) for place in places)
    return [figure for figure in figures if figure is not None and figure.value]


def _note(arithmetic: TableArithmetic, found: Sum, missed: list[Figure]) -> Finding:
    name = row_name if found.direction is Direction.DOWN else column_name
    line = name(arithmetic, found.left_out[0])
    total = name(arithmetic, found.total)
    amounts = ", ".join(figure.cell.text for figure in missed)
    return Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=(
            f"{where(arithmetic.table)}: {total} adds up what follows {line} and leaves {line} out "
            f"({amounts})."
        ),
        place=arithmetic.table.place(missed[0].cell),
        printed=missed[0].cell.text,
        advice=f"If {total} is meant to take in {line}, work it out again; if not, say so.",
        confidence=0.3,
    )
