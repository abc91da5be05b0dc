"""What is made of what in a table that carries no formulas? (rules ARI-01 to ARI-14)

Lines are related to lines (rows to rows, columns to columns), wherever something crosses them:
quotients first, then averages, then sums, for the crossings that are quotients cannot be expected
to add up. Each search proposes many relations; `choosing` keeps those that hold together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log2

from futurefit.papers.aggregation import averages, ratios, sums
from futurefit.papers.aggregation.choosing import choose_one_each, explain_once
from futurefit.papers.aggregation.evidence import Axis, Operator, Relation
from futurefit.papers.aggregation.hints import labels_of, says_mean, says_total
from futurefit.papers.aggregation.lines import Lines, both_ways
from futurefit.papers.aggregation.nesting import filled, nested_sums
from futurefit.papers.aggregation.reading import Numbers, read_numbers
from futurefit.papers.aggregation.work import MOST_STEPS, Work

MOST_CELLS = 160_000
"""Cells of the largest table that is looked into; a larger one is a data set."""

_LONGEST = 2_000  # lines of one kind that are compared; more are records of a data set
_FURTHEST = 12  # lines from a quotient to the nearer of its operands
_MOST_PROPOSED = 300
_GAP = 4  # lines at most between an average and its run
_LOOKED_UP, _WEIGHED = 4, 10  # steps of a look-up, and of weighing one crossing


@dataclass(frozen=True, slots=True)
class Search:
    """Relations found, and whether the table was too much to look for all."""

    relations: tuple[Relation, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Aggregation:
    """A figure that is made of others. Rows and columns count from 0.

    `operands` are [numerator, denominator] of a division and [after, before] of a relative change;
    cells of a sum or an average may be blank. `error` is the printed figure less what the operands
    make, in the figure's own units (per cent where it is printed so).
    """

    cell: tuple[int, int]
    operator: Operator
    operands: tuple[tuple[int, int], ...]
    error: Decimal


def find_aggregations(cells: Sequence[Sequence[str]]) -> tuple[Aggregation, ...]:
    """Every figure of a table that is made of others, by row and column.

    >>> [one.cell for one in find_aggregations([["Parks", "1,204"], ["Roads", "2,310"],
    ...     ["Waste", "871"], ["Total", "4,385"]])]
    [(3, 1)]
    """
    numbers = read_numbers(cells)
    return spell_out(numbers, find_relations(cells, numbers))


def spell_out(numbers: Numbers, relations: Iterable[Relation]) -> tuple[Aggregation, ...]:
    """Figure by figure what relations of lines say, by row and column."""
    found = {
        (place, relation.operator, operands): _error(numbers, relation, place, operands)
        for relation in relations
        for crossing in relation.places
        for place, *operands_ in [
            [_cell(relation.axis, line, crossing) for line in (relation.total, *relation.parts)]
        ]
        for operands in [tuple(operands_)]
    }
    return tuple(Aggregation(*key, error=found[key]) for key in sorted(found))


def find_relations(
    cells: Sequence[Sequence[str]], numbers: Numbers | None = None
) -> tuple[Relation, ...]:
    """The lines of a table that are made of other lines, and where that holds."""
    return search(cells, numbers).relations


def search(
    cells: Sequence[Sequence[str]], numbers: Numbers | None = None, steps: int = MOST_STEPS
) -> Search:
    """As `find_relations`, with whether something was left out for want of steps."""
    if sum(map(len, cells)) > MOST_CELLS:
        return Search((), True)
    work = Work(steps)
    ways = both_ways(numbers or read_numbers(cells))
    found: list[Relation] = []
    totals: dict[Axis, frozenset[int]] = {}
    aside: dict[Axis, frozenset[int]] = {}
    for lines in ways:
        labels = labels_of(cells, lines.axis)
        totals[lines.axis] = frozenset(n for n, label in enumerate(labels) if says_total(label))
        means = frozenset(n for n, label in enumerate(labels) if says_mean(label))
        if 1 < len(lines.numeric) <= _LONGEST:
            found += _quotients(lines, work)
            found += _averages(lines, means, work)
        work.cut |= len(lines.numeric) > _LONGEST
        aside[lines.axis] = frozenset(one.total for one in found if one.axis is lines.axis)
    sums_: list[Relation] = []
    for lines in ways:
        if 1 < len(lines.numeric) <= _LONGEST:
            quiet = aside[Axis.ACROSS if lines.axis is Axis.DOWN else Axis.DOWN]
            left = aside[lines.axis] | lines.shares()
            sums_ += nested_sums(lines, quiet, left, totals[lines.axis], work)
    return Search(tuple(explain_once(found, sums_)), work.cut)


def _quotients(lines: Lines, work: Work) -> list[Relation]:
    """Shares, ratios and relative changes."""
    order = lines.numeric
    at = {line: n for n, line in enumerate(order)}
    sample = lines.telling(6 if len(order) <= 40 else 4)
    reach = len(order) if len(order) <= 45 else 10
    if not work.spend(len(sample) * len(order) * min(2 * reach, len(order)) * _LOOKED_UP):
        return []
    votes = ratios.quotients(lines, sample, reach)
    found: list[Relation | None] = []
    for candidate, count in votes.most_common(_MOST_PROPOSED):
        result, first, second = at[candidate.result], at[candidate.first], at[candidate.second]
        if count < 0.3 * len(sample) or min(abs(result - first), abs(result - second)) > _FURTHEST:
            continue
        if not work.spend(lines.crossings * _WEIGHED):
            break
        far = abs(result - first) + abs(first - second)
        found.append(ratios.relate(lines, candidate, prior=log2(len(order)) + 2 * log2(1 + far)))
    return choose_one_each((one for one in found if one), lines.originals())


def _averages(lines: Lines, said: frozenset[int], work: Work) -> list[Relation]:
    """Averages of unbroken runs; `said` are the lines whose labels speak of an average."""
    sample = lines.telling(5)
    if not work.spend(averages.steps(lines, sample, _GAP, said)):
        return []
    votes: Counter[sums.Candidate] = averages.means(lines, sample, _GAP, said)
    found = [
        averages.relate(lines, total, parts, 4 if total in said else 24, total in said)
        for (total, parts), count in votes.most_common(_MOST_PROPOSED)
        if count >= 0.4 * len(sample)
        and (total in said or _adjoin(lines, total, parts))
        and work.spend(lines.crossings * (len(parts) + _WEIGHED))
    ]
    return [filled(lines, one) for one in choose_one_each((one for one in found if one), {})]


def _adjoin(lines: Lines, total: int, parts: Sequence[int]) -> bool:
    """Whether no line of numbers stands between a run and the line made of it."""
    low, high = sorted((total, parts[0] if parts[0] > total else parts[-1]))
    return not any(low < line < high for line in lines.numeric)


def _cell(axis: Axis, line: int, crossing: int) -> tuple[int, int]:
    return (line, crossing) if axis is Axis.DOWN else (crossing, line)


def _error(
    numbers: Numbers,
    relation: Relation,
    cell: tuple[int, int],
    operands: Sequence[tuple[int, int]],
) -> Decimal:
    """The printed figure less what its operands make."""
    scale = Decimal(1).scaleb(-numbers.decimals)
    printed = (numbers.values[cell[0]][cell[1]] or 0) * scale
    told = [numbers.values[row][column] for row, column in operands]
    values = [(value or 0) * scale for value in told]
    made = sum(values, Decimal(0))
    if relation.operator is Operator.AVERAGE:
        made /= max(1, sum(value is not None for value in told))
    elif relation.operator is not Operator.SUM:
        first, base = values
        over = first - base if relation.operator is Operator.RELATIVE_CHANGE else first
        made = relation.factor * over / base if base else printed
    return printed - made
