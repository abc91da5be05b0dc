"""Do the years in a table's headings fit its columns, and the paper? (rule AUD-46)

"2015-17" above the columns 2015/16 to 2017/18 covers them only as the years that they start in;
read as dates it ends a year early. Columns that leave out a year, and a base budget of a year that
is over, are told too. All are notes: they can be meant so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.years import FinancialYear, NotAYear, parse_span, parse_year, year_of
from futurefit.papers.audit.wording import where
from futurefit.papers.dates import PaperDate, paper_date
from futurefit.papers.document import Document, Table, TableCell

CODE = "AUD-46"

_MOST_CELLS = 5_000  # as in `papers.text`: a larger table is a data set
_HEAD_ROWS = 4
_YEAR_CELL = re.compile(r"(?:20)?[0-9]{2}\s*[/–-]\s*(?:20)?[0-9]{2}(?P<open>\+?)")
_SPAN = re.compile(r"(?<![0-9/.-])20[0-9]{2}\s?[–-]\s?(?:20)?[0-9]{2}(?![0-9/-])")
_BASE = re.compile(
    r"(?P<year>20[0-9]{2}\s?[/–-]\s?[0-9]{2})\s+(?:base|opening|net|controllable)?\s*budget"
)
_FEWEST_COLUMNS = 2


def check_year_headings(document: Document) -> list[Finding]:
    """Headings of years that do not fit the columns below them, or the paper's own date."""
    own = paper_date(document)
    found: list[Finding] = []
    for table in document.tables:
        if len(table.cells) > _MOST_CELLS:
            continue
        columns = _year_columns(table)
        if columns:
            found += _spans(table, columns)
            found += _left_out(table, columns)
        found += _base(table, own)
    return found


def _year_columns(table: Table) -> list[tuple[FinancialYear, TableCell]]:
    """The row of a table's head that names years, each with its cell."""
    rows: dict[int, list[tuple[FinancialYear, TableCell]]] = {}
    for cell in table.cells:
        if cell.row <= _HEAD_ROWS and (match := _YEAR_CELL.fullmatch(cell.text.strip())):
            try:
                year = parse_year(cell.text.strip().rstrip("+"))
            except NotAYear:
                continue
            # "2020/21+" is open; it may cover what a heading says of later years.
            if not match["open"]:
                rows.setdefault(cell.row, []).append((year, cell))
    best = max(rows.values(), key=len, default=[])
    return best if len(best) >= _FEWEST_COLUMNS else []


def _spans(table: Table, columns: list[tuple[FinancialYear, TableCell]]) -> Iterator[Finding]:
    """Spans in the table's own headings that end before, or after, its columns do."""
    years = [year for year, _ in columns]
    first, last = min(years), max(years)
    row = columns[0][1].row
    # What heads the years stands above them, or before them in their row.
    for cell in table.cells:
        if cell.row > row or cell.column > columns[0][1].column:
            continue
        for match in _SPAN.finditer(cell.text):
            try:
                span = parse_span(match[0])
            except NotAYear:
                continue
            as_dates = (span.first, span.last) == (first, last)
            as_starts = (span.first, span.last + 1) == (first, last)
            one_year = span.first == span.last
            if as_dates or one_year or span.last < first or span.first > last:
                continue
            reading = f"{span.first} to {span.last}"
            said = (
                f"“{match[0]}” heads the columns {first} to {last}; as dates it means {reading}."
                + (
                    " Only if it names the years in which they start does it fit."
                    if as_starts
                    else ""
                )
            )
            yield Finding(
                code=CODE,
                severity=Severity.NOTE,
                message=f"{where(table)}: {said}",
                place=table.place(cell),
                printed=match[0],
                expected=f"{first} to {last}",
                advice=f"Write {first} to {last}, or correct the columns.",
                confidence=0.5 if as_starts else 0.6,
            )


def _left_out(table: Table, columns: list[tuple[FinancialYear, TableCell]]) -> Iterator[Finding]:
    """Columns that go up a year at a time but for one."""
    steps = [after.start - before.start for (before, _), (after, _) in pairwise(columns)]
    if len(steps) < 3 or steps.count(1) != len(steps) - 1 or steps.count(2) != 1:
        return
    year, cell = columns[steps.index(2) + 1]
    missing = FinancialYear(year.start - 1)
    yield Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=f"{where(table)}: the columns of years leave out {missing}.",
        place=table.place(cell),
        printed=cell.text,
        expected=missing.label,
        advice="See whether a column was lost, or a heading is wrong.",
        confidence=0.5,
    )


def _base(table: Table, own: PaperDate | None) -> Iterator[Finding]:
    """A base budget of a year that was over when the paper was written."""
    if own is None:
        return
    now = year_of(own.first)
    for cell in table.cells:
        if cell.row > _HEAD_ROWS:
            return
        match = _BASE.search(cell.text.lower())
        if match is None:
            continue
        try:
            year = parse_year(match["year"])
        except NotAYear:
            continue
        if year < now:
            yield Finding(
                code=CODE,
                severity=Severity.NOTE,
                message=(
                    f"{where(table)}: the base budget is that of {year}; the paper is of "
                    f"{own.words}, in {now}."
                ),
                place=table.place(cell),
                printed=cell.text[match.start() : match.end()],
                expected=now.label,
                advice="See whether the heading was taken over from an earlier paper.",
                confidence=0.5,
            )
