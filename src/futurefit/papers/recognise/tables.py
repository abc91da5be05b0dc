"""Which columns of a table are years, in which unit, and did a row slip? (rules REC-05, REC-06)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from futurefit.kernel.report import Unit
from futurefit.papers import labels
from futurefit.papers.arithmetic import add_up
from futurefit.papers.document import Table, TableCell
from futurefit.papers.grid import read_grid
from futurefit.papers.printed import read_printed
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.amounts import Reading, joined, read_cell, year_of_heading

_HEADING_ROWS = 4
_TOTALS = ("Total", "Indicative Total", "Grand Total", "Overall Total")


@dataclass(frozen=True, slots=True)
class YearTable:
    """A table with years over its columns.

    `head` is the last heading row; `years` gives the label of each column of a year, `totals` the
    columns that add years up; `units` the unit of each column, with `unit_doubt` where none is
    printed or two are. `slipped` says which column a misplaced figure belongs to.
    """

    table: Table
    head: int
    years: Mapping[int, str]
    totals: tuple[int, ...]
    units: Mapping[int, Unit]
    unit_doubt: str
    slipped: Mapping[tuple[int, int], int]

    @property
    def first(self) -> int:
        """The first column that holds amounts; what stands before it labels the rows."""
        return min((*self.years, *self.totals))

    def column(self, cell: TableCell) -> int:
        """The column that a cell's figure belongs to."""
        return self.slipped.get((cell.row, cell.column), cell.column)

    def read(self, cell: TableCell) -> Reading | None:
        """A cell's amount, in pence, unsigned by any template; None without one."""
        column = self.column(cell)
        if column not in self.units:
            return None
        reading = read_cell(cell.text, self.units[column])
        if reading is None:
            return None
        printed = read_printed(cell.text)
        has_unit = printed.own_unit or not printed.value
        doubts = [reading.doubt, "" if has_unit else self.unit_doubt]
        if column != cell.column:
            doubts.append("the row slipped out of its columns: read where it adds up")
        return Reading(reading.pence, joined(doubts))


def read_years(
    table: Table,
    names: Mapping[str, str],
    unit: Unit,
    total_labels: Iterable[str] = (),
    from_row: int = 1,
) -> YearTable | None:
    """A table's years from a row on; None where fewer than two columns are headed by one.

    `names` are a form's own names of years, `unit` what its amounts are in where none is printed.
    """
    head, years = 0, dict[int, str]()
    for row in range(from_row, from_row + _HEADING_ROWS):
        found = {
            cell.column: year
            for cell in table.cells
            if cell.row == row and (year := year_of_heading(cell.text, names))
        }
        if len(found) >= 2 and len(set(found.values())) == len(found):
            head, years = row, found
            break
    if not years:
        return None
    above = [cell for cell in table.cells if from_row <= cell.row <= head]
    totals = tuple(
        cell.column
        for cell in above
        if cell.column > min(years)
        and cell.column not in years
        and (
            likeness.is_label([*_TOTALS, *total_labels], _without_unit(cell.text))
            or labels.is_bare_total(cell.text)
        )
    )
    units, doubt = _units(table, above, {*years, *totals}, unit, from_row)
    return YearTable(table, head, years, totals, units, doubt, _slipped(table))


def _without_unit(text: str) -> str:
    return text.partition("£")[0].strip(" (")


def _units(
    table: Table, above: list[TableCell], columns: set[int], given: Unit, from_row: int
) -> tuple[dict[int, Unit], str]:
    """Each column's unit: from its heading, else from what the table says of itself."""
    wide = [
        said for cell in above if cell.column not in columns and (said := labels.unit_of(cell.text))
    ]
    label_columns = {cell.column for cell in above} - columns
    for cell in table.cells:  # a column of units beside the labels: "£000's"
        if cell.row >= from_row and cell.column not in columns and cell.column < min(columns):
            said = labels.unit_of(cell.text)
            if said and (cell.column not in label_columns or len(cell.text) <= 8):
                wide.append(said)
    if not wide and (said := labels.unit_of(table.heading)):
        wide.append(said)
    doubt = ""
    if len(set(wide)) > 1:
        doubt = f"the table prints two units, {' and '.join(dict.fromkeys(wide))}"
    own = {
        cell.column: said
        for cell in above
        if cell.column in columns and (said := labels.unit_of(cell.text))
    }
    wide += own.values()  # a total without a unit of its own is in that of the years
    table_unit = wide[0] if wide else given
    if not wide:
        doubt = f"the table prints no unit: {given.value} by the form"
    return {column: own.get(column, table_unit) for column in columns}, doubt


def _slipped(table: Table) -> dict[tuple[int, int], int]:
    """Figures of total rows that only add up a column away (rule AUD-15)."""
    grid = read_grid(table)
    if not grid.figures:
        return {}
    return {
        (move.row, column): column + move.by
        for move in add_up(grid).moves
        if move.layout
        for column in move.columns
    }
