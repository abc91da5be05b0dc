"""Is a net or gross amount of the text the one that a table prints? (rule AUD-57)

Net (or gross) budget, expenditure and spending of one year are one quantity by another name. Where
the text has an amount within one per cent of the table's, and not it, the two are meant to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from futurefit.kernel.findings import Finding
from futurefit.kernel.years import FinancialYear
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.passages import finding
from futurefit.papers.audit.wording import column_name, row_name, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.numbers_in_text import POUNDS
from futurefit.papers.printed import Kind
from futurefit.papers.stated import Statement, read_statements, years_in

CODE = "AUD-57"

_SAID = re.compile(
    r"\b(net|gross)\s+(?:[a-z]+\s+){0,2}(?:budget|expenditure|spend(?:ing)?|cost)s?\b"
)
_NEAR = Decimal("0.01")  # share of the amount within which two are meant to be the same
_MOST_ROWS = 200  # of net or gross amounts; more are a data set

_Key = tuple[str, FinancialYear]
_Place = tuple[TableArithmetic, Figure]


def check_net_amounts(document: Document) -> list[Finding]:
    """Net and gross amounts of the text that are nearly those of a table."""
    keys: dict[int, _Key | None] = {}
    said = []
    for statement in read_statements(document):
        number, passage = statement.number, statement.passage
        if number.unit == POUNDS and number.low == number.high and not number.qualifier:
            if passage.index not in keys:
                keys[passage.index] = _key(passage.text)
            key = keys[passage.index]
            if key is not None:
                said.append((key, statement))
    if not said:
        return []
    printed: dict[_Key, list[_Place]] = {}
    for key, place in _printed(document):
        printed.setdefault(key, []).append(place)
    return [
        found for key, statement in said for found in _compared(statement, printed.get(key, []))
    ]


def _key(words: str) -> _Key | None:
    """Net or gross, and the one year that goes with it."""
    small = words.lower()
    match = _SAID.search(small)
    if match is None:
        return None
    years = {printed.year for printed in years_in(small)}
    return (match[1], years.pop()) if len(years) == 1 else None


def _printed(document: Document) -> Iterator[tuple[_Key, _Place]]:
    """The net and gross amounts of the tables, with the year of their row, column or title."""
    for table in read_arithmetic(document):
        grid = table.grid
        rows = [row for row in grid.rows if _SAID.search(" ".join(grid.labels(row)).lower())]
        for row in rows[:_MOST_ROWS]:
            label = " ".join(grid.labels(row))
            for column in grid.columns:
                figure = grid.figures.get((row, column))
                if figure is None or figure.kind is not Kind.NUMBER:
                    continue
                words = (label, f"{label} {grid.heads(column, row)}")
                key = _key(words[0]) or _key(words[1]) or _key(f"{label} {grid.table.heading}")
                if key is not None:
                    yield key, (table, figure)


def _compared(statement: Statement, places: list[_Place]) -> Iterator[Finding]:
    number = statement.number
    near = []
    for table, figure in places:
        gap = abs(abs(figure.value) - number.low)
        if gap < figure.half + number.half:
            return
        if gap <= _NEAR * number.low:
            near.append((table, figure))
    for table, figure in near[:1]:
        cell = figure.cell
        yield finding(
            CODE,
            statement.passage,
            f"{number.text} here; {where(table.table)}, {row_name(table, cell.row)}, "
            f"{column_name(table, cell.column, cell.row)} prints {cell.text}, which is nearly the "
            "same and does not round to it.",
            printed=number.text,
            expected=cell.text,
            advice="If both are the same amount, print it alike; if not, say what sets them apart.",
            confidence=0.5,
        )
