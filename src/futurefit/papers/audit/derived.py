"""Is a figure what its row or column makes of the others everywhere else? (rules AUD-32, AUD-33)

Averages, unit costs, rates and changes are printed without saying how they were worked out. Where
one way of working them out holds line after line (papers.aggregation) and fails in one, that one is
wrong. Totals are left to AUD-12 and AUD-13, percentages to AUD-18.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.aggregation import Axis, Operator, Relation, find_relations
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.wording import cell_name, where
from futurefit.papers.document import Document, Table
from futurefit.papers.faults import read_faults
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind

ONE_FAILS, SOME_FAIL = "AUD-32", "AUD-33"

_FEWEST = 5  # places that must bear a relation out before one that does not is an error
_FEWEST_FOR_SOME = 10
_MOST_FAILING = 2
_MOST_CELLS = 5_000  # of a table; a larger one is a data set
_SUREST = 30.0  # bits of evidence

_MADE = {
    Operator.AVERAGE: "the average of",
    Operator.DIVISION: "the first divided by the second of",
    Operator.RELATIVE_CHANGE: "the change of the first against the second of",
}


def check_derived(document: Document) -> list[Finding]:
    """Figures that are not made as the others of their row or column are.

    Not where a failing total has already shown one of the figures concerned to be wrong.
    """
    told = frozenset(key for fault in read_faults(document) for key in fault.meant)
    return [
        finding
        for arithmetic in read_arithmetic(document)
        for finding in _in_table(arithmetic, told)
    ]


def _in_table(arithmetic: TableArithmetic, told: frozenset[int]) -> Iterator[Finding]:
    grid = arithmetic.grid
    done: set[int] = set()
    for relation in _relations(arithmetic.table):
        failing = list(_failing(arithmetic, relation))
        if not failing or any(id(figure) in told for line in failing for figure in line):
            continue
        one = len(failing) == 1
        if relation.hits < (_FEWEST if one else _FEWEST_FOR_SOME) or len(failing) > _MOST_FAILING:
            continue
        for figure, *operands in failing:
            if id(figure) in done or figure.kind is Kind.PERCENT:
                continue
            done.add(id(figure))
            expected = _made(relation, [operand.value / operand.scale for operand in operands])
            if expected is not None and grid.cells.get((figure.cell.row, figure.cell.column)):
                yield _finding(arithmetic, relation, figure, operands, expected, one)


@lru_cache(maxsize=64)
def _relations(table: Table) -> tuple[Relation, ...]:
    """The surest relations of a table that are not sums. None of a data set."""
    if len(table.cells) > _MOST_CELLS:
        return ()
    height = max((cell.row for cell in table.cells), default=0)
    width = max((cell.column for cell in table.cells), default=0)
    texts = [[""] * width for _ in range(height)]
    for cell in table.cells:
        texts[cell.row - 1][cell.column - 1] = cell.text
    return tuple(
        relation
        for relation in find_relations(texts)
        if relation.operator is not Operator.SUM and relation.score >= _SUREST and relation.misses
    )


def _failing(arithmetic: TableArithmetic, relation: Relation) -> Iterator[list[Figure]]:
    """The figure and its operands wherever all are printed and the relation does not hold."""
    figures = arithmetic.grid.figures
    down = relation.axis is Axis.DOWN
    places = frozenset(relation.places)
    crossings = {place[1 if down else 0] - 1 for place in figures}
    for crossing in sorted(crossings - places):
        cells = [
            (line + 1, crossing + 1) if down else (crossing + 1, line + 1)
            for line in (relation.total, *relation.parts)
        ]
        if all(cell in figures for cell in cells):
            yield [figures[cell] for cell in cells]


def _made(relation: Relation, values: Sequence[Decimal]) -> Decimal | None:
    """What the operands make."""
    if relation.operator is Operator.AVERAGE:
        return sum(values, Decimal(0)) / len(values)
    first, base = values
    if not base:
        return None
    over = first - base if relation.operator is Operator.RELATIVE_CHANGE else first
    return relation.factor * over / base


def _finding(
    arithmetic: TableArithmetic,
    relation: Relation,
    figure: Figure,
    operands: Sequence[Figure],
    expected: Decimal,
    one: bool,
) -> Finding:
    value = (expected * figure.scale).quantize(Decimal(1).scaleb(-figure.places) * figure.scale)
    shown = figure.like(value)
    named = ", ".join(operand.cell.text for operand in operands[:4])
    more = f" and {len(operands) - 4} more" if len(operands) > 4 else ""
    return Finding(
        code=ONE_FAILS if one else SOME_FAIL,
        severity=Severity.ERROR if one else Severity.WARNING,
        message=(
            f"{where(arithmetic.table)}: {cell_name(arithmetic, figure)} is printed as "
            f"{figure.cell.text}. In {relation.hits} other places such a figure is "
            f"{_MADE[relation.operator]} the same figures; here these are {named}{more}, which "
            f"make {shown}."
        ),
        place=arithmetic.table.place(figure.cell),
        printed=figure.cell.text,
        expected=shown,
        difference=figure.like(figure.value - value),
        advice="Check the figure and those that it is worked out from.",
        confidence=0.8 if one else 0.5,
    )
