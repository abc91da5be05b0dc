"""Papers drawn in the tests: a Markdown table is the case, the findings are the answer."""

from collections.abc import Iterable
from decimal import Decimal
from textwrap import dedent

from futurefit.kernel.findings import Finding
from futurefit.papers.audit import audit
from futurefit.papers.document import Document, Table
from futurefit.papers.grid import Grid, read_grid
from futurefit.papers.readers import read


def drawn(text: str, name: str = "paper.md") -> Document:
    """A paper as drawn in a test; the test's own indentation is taken off."""
    plain = dedent(text) if text[:1] in (" ", "\n") else text
    return read(name, plain.encode())


def table(text: str) -> Table:
    """The only table of a drawn paper."""
    (only,) = drawn(text).tables
    return only


def grid(text: str) -> Grid:
    """The only table of a drawn paper, read as figures."""
    return read_grid(table(text))


def rows(table: Table) -> list[list[str]]:
    """The printed text of a table, row by row."""
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return [found[row] for row in sorted(found)]


def findings(text: str, name: str = "paper.md") -> list[Finding]:
    """What the audit finds in a drawn paper."""
    return audit(drawn(text, name))


def told(found: Iterable[Finding]) -> list[tuple[str, str, int | None, int | None]]:
    """Findings in short: severity, rule, row, column."""
    return [(one.severity.value, one.code, one.place.row, one.place.column) for one in found]


def in_tables(found: Iterable[Finding]) -> list[Finding]:
    """The findings of the arithmetic in tables (AUD-08 to AUD-21 and AUD-34 to AUD-38)."""
    ours = {f"AUD-{number:02}" for number in (*range(8, 22), *range(34, 39))}
    return [one for one in found if one.code in ours]


def as_table(lines: Iterable[Iterable[object]]) -> str:
    """Rows of values as a Markdown table; the first is the heading."""
    drawn_rows = ["| " + " | ".join(map(str, line)) + " |" for line in lines]
    width = drawn_rows[0].count("|") - 1
    return "\n".join([drawn_rows[0], "|" + " --- |" * width, *drawn_rows[1:], ""])


def values(grid: Grid, row: int) -> list[Decimal | None]:
    """The values of a row under the columns of figures."""
    found = [grid.figures.get((row, column)) for column in grid.columns]
    return [figure.value if figure else None for figure in found]
