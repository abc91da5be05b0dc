"""Are amounts that the text gives by year under the same years in the tables? (rule AUD-55)

"£30k in 2015/16 and £70k in 2016/17" is held against the rows of all tables. A row with the same
amounts under the same years bears it out; where the only rows with those amounts have them under
other years, one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.years import FinancialYear
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.passages import finding
from futurefit.papers.audit.wording import row_name, where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.numbers_in_text import POUNDS, PrintedNumber
from futurefit.papers.stated import PrintedYear, read_statements, years_in
from futurefit.papers.text import Passage

CODE = "AUD-55"

_NEAR = 12  # characters between an amount and its year
_FEWEST = 2  # amounts of different size that a line must give by year
_MOST = 50  # amounts of a line; more are no sentence
_LARGEST = 5_000  # figures of a table; more are a data set

_ByYear = dict[FinancialYear, PrintedNumber]


def check_years_said(document: Document) -> list[Finding]:
    """Amounts that the text has under other years than the paper's own tables."""
    return _held_against(document, [document])


def check_years_said_across(documents: Sequence[Document]) -> list[Finding]:
    """Amounts that a paper's text has under other years than the tables of other papers.

    What a paper's own tables bear out, or contradict, is left to its own check.
    """
    findings = []
    for document in documents:
        others = [other for other in documents if other.sha256 != document.sha256]
        own = {found.printed for found in check_years_said(document)}
        findings += [
            replace(found, place=replace(found.place, file=document.name, sha256=document.sha256))
            for found in _held_against(document, [document, *others])
            if found.printed not in own
        ]
    return findings


def _held_against(document: Document, papers: Sequence[Document]) -> list[Finding]:
    """What the text of a paper has under other years than the tables of some."""
    said = list(_said(document))
    if not said:
        return []
    rows = [
        (table, row, years)
        for paper in papers
        for table in read_arithmetic(paper)
        if len(table.grid.figures) <= _LARGEST
        for row, years in _rows(table).items()
        if len(years) >= _FEWEST
    ]
    findings = []
    for passage, amounts in said:
        if any(_same_years(amounts, years) for _, _, years in rows):
            continue
        moved = [(table, row, years) for table, row, years in rows if _same(amounts, years)]
        if moved:
            findings.append(_finding(passage, amounts, *moved[-1]))
    return findings


def _said(document: Document) -> Iterator[tuple[Passage, _ByYear]]:
    """The lines that give at least two different amounts by year."""
    lines: dict[int, tuple[Passage, list[PrintedNumber]]] = {}
    for statement in read_statements(document):
        if statement.number.unit == POUNDS and statement.number.low == statement.number.high:
            passage = statement.passage
            lines.setdefault(passage.index, (passage, []))[1].append(statement.number)
    for passage, amounts in lines.values():
        if not _FEWEST <= len(amounts) <= _MOST:
            continue
        by_year = _paired(passage.text, amounts)
        if len({amount.low for amount in by_year.values()}) >= _FEWEST:
            yield passage, by_year


def _paired(text: str, amounts: list[PrintedNumber]) -> _ByYear:
    """Each year with its amount: all right before their years or all right after, as fits."""
    years = years_in(text)
    before, gaps_before = _beside(years, amounts, after=False)
    after, gaps_after = _beside(years, amounts, after=True)
    is_after = (len(after), -gaps_after) > (len(before), -gaps_before)
    return after if is_after else before


def _beside(
    years: list[PrintedYear], amounts: list[PrintedNumber], after: bool
) -> tuple[_ByYear, int]:
    """The nearest amount on one side of each year, none twice, and how far they are in all."""
    found: _ByYear = {}
    gaps = 0
    free = list(amounts)
    for year in years:
        near = [
            (gap, amount)
            for amount in free
            if 0
            <= (
                gap := amount.start - year.end
                if after
                else year.start - amount.start - len(amount.text)
            )
            <= _NEAR
        ]
        if near and year.year not in found:
            gap, amount = min(near, key=lambda one: one[0])
            found[year.year] = amount
            gaps += gap
            free.remove(amount)
    return found, gaps


def _rows(table: TableArithmetic) -> dict[int, dict[FinancialYear, Figure]]:
    """The figures other than nought of each row that stand under a year."""
    grid = table.grid
    rows: dict[int, dict[FinancialYear, Figure]] = {}
    for (row, column), figure in grid.figures.items():
        years = years_in(grid.head_name(column, row))
        if figure.value and len(years) == 1:
            rows.setdefault(row, {})[years[0].year] = figure
    return rows


def _same_years(amounts: _ByYear, row: Mapping[FinancialYear, Figure]) -> bool:
    return all(
        year in row and _equal(amount, abs(row[year].value), row[year].half)
        for year, amount in amounts.items()
    )


def _same(amounts: _ByYear, row: Mapping[FinancialYear, Figure]) -> bool:
    """Whether a row holds just these amounts, in their order, under whatever years."""
    ordered = [amounts[year] for year in sorted(amounts)]
    figures = [row[year] for year in sorted(row)]
    return len(ordered) == len(figures) and all(
        _equal(amount, abs(figure.value), figure.half)
        for amount, figure in zip(ordered, figures, strict=True)
    )


def _equal(amount: PrintedNumber, value: Decimal, half: Decimal) -> bool:
    return abs(amount.low - value) <= amount.half + half


def _finding(
    passage: Passage,
    amounts: _ByYear,
    table: TableArithmetic,
    row: int,
    years: Mapping[FinancialYear, Figure],
) -> Finding:
    said = ", ".join(f"{amounts[year].text} in {year.label}" for year in sorted(amounts))
    printed = ", ".join(f"{years[year].cell.text} in {year.label}" for year in sorted(years))
    return finding(
        CODE,
        passage,
        f"the text says {said}; {where(table.table)}, {row_name(table, row)} prints {printed}.",
        severity=Severity.WARNING,
        printed=said,
        expected=printed,
        advice="Find out which years are meant, and say the same in both places.",
        confidence=0.8,
    )
