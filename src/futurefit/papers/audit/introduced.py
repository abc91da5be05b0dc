"""Does the sentence that leads into a table give the table's own total? (rule AUD-56)

"£400k across both workstreams, profiled as follows:" promises what the table adds up to. A sentence
that names any figure of the table, or an amount of another size, is about something else.
"""

from __future__ import annotations

import re

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.passages import finding
from futurefit.papers.audit.wording import where
from futurefit.papers.document import Document, Heading, Table
from futurefit.papers.figures import Figure
from futurefit.papers.numbers_in_text import POUNDS
from futurefit.papers.printed import Kind
from futurefit.papers.stated import Statement, read_statements

CODE = "AUD-56"

_LEADS = re.compile(r":\s*$|\bas follows\b|\bprofiled\b|\b(?:table|shown|set out) below\b")
_FARTHEST = 2  # blocks before the table in which the sentence may stand
_LEAST_ALIKE = 2  # times: an amount further than that from the total means something else


def check_introduced(document: Document) -> list[Finding]:
    """Sentences whose amount is not the total of the table that they lead into."""
    tables = {one.table.index: one for one in read_arithmetic(document)}
    if not tables:
        return []
    by_block: dict[int, list[Statement]] = {}
    for statement in read_statements(document):
        if statement.number.unit == POUNDS:
            by_block.setdefault(statement.passage.block, []).append(statement)
    findings = []
    for place, block in enumerate(document.blocks):
        if isinstance(block, Table) and block.index in tables:
            said = _leading(document, place, by_block)
            if said is not None:
                findings += _compared(said, tables[block.index])
    return findings


def _leading(
    document: Document, place: int, by_block: dict[int, list[Statement]]
) -> Statement | None:
    """The one amount of the sentence that leads into a table."""
    for before in range(place - 1, max(-1, place - 1 - _FARTHEST), -1):
        if isinstance(document.blocks[before], Table):
            return None
        said = by_block.get(before, [])
        if said and _LEADS.search(said[0].passage.text.lower()):
            one = said[0].number
            exact = one.low == one.high and not one.qualifier
            return said[0] if len(said) == 1 and exact else None
        if isinstance(document.blocks[before], Heading):
            return None
    return None


def _compared(said: Statement, table: TableArithmetic) -> list[Finding]:
    """The finding, where the table's total is of the same size and another."""
    number = said.number
    for figure in table.grid.figures.values():
        if abs(abs(figure.value) - number.low) <= figure.half + number.half:
            return []
    total = _total(table)
    if total is None or total.rough or not total.value or not number.low:
        return []
    ratio = abs(total.value) / number.low
    if not 1 / _LEAST_ALIKE < ratio < _LEAST_ALIKE:
        return []
    return [
        finding(
            CODE,
            said.passage,
            f"the text leads into {where(table.table)} with {number.text}; the table's total is "
            f"{total.cell.text}.",
            severity=Severity.WARNING,
            printed=number.text,
            expected=total.cell.text,
            advice="Find out which is right, or say what else the amount takes in.",
            confidence=0.6,
        )
    ]


def _total(table: TableArithmetic) -> Figure | None:
    """The total of everything: the last figure of the last total line of either direction."""
    totals = [
        check.total
        for found in table.sums
        for check in found.checks
        if check.total is not None and check.total.kind is Kind.NUMBER
    ]
    return max(
        totals, key=lambda one: (abs(one.value), one.cell.row, one.cell.column), default=None
    )
