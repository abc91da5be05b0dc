"""Which cells of a table are figures, what heads and labels them, and in what unit? (rule AUD-06)

A `Grid` is a table made ready for arithmetic. Heading rows, label columns and columns of references
are told from columns of figures by what stands in them; a unit comes from the cell, else its
column's heading, else its row's label, else the table's title (rule AUD-07).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from futurefit.kernel.report import Unit
from futurefit.papers import labels
from futurefit.papers.document import Table, TableCell
from futurefit.papers.figures import NUMBER, Figure
from futurefit.papers.printed import Kind, Printed, read_printed

_SCALES = {Unit.POUNDS: Decimal(1), Unit.THOUSANDS: Decimal(1000), Unit.MILLIONS: Decimal(10) ** 6}
_FIRST_YEAR, _LAST_YEAR = 1980, 2069  # bare numbers in between may be years
_LONGEST_HEAD = 60  # characters; longer words in the middle of a table head nothing
_FEWEST_ROUNDED = 12  # amounts that show a common rounding
_MOST_ROUNDED = 0.9  # share of them that it must fit
_STEPS = tuple(digit * 10**power for power in range(6, -1, -1) for digit in (10, 5))  # down to 5
_LONG_ENOUGH = 100  # the middle amount, in units of what it was rounded to
_NOT_AVAILABLE = frozenset({"n.a.", "n.a", "n/a", "na", ".", "..", "...", ":", "not available"})
_THOUSAND = 1000
_THOUSANDS = re.compile(r"[-−–(]?[1-9][0-9]{0,2}\.[0-9]{3}\)?")
_FEWEST_POINTED = 2  # figures with a point, and without one, that show what it is for
_LONGEST_UNIT = 10  # characters; "£ million" and the like
_LONGEST_LABEL = 300  # characters of a heading or label that are looked at for a unit


@dataclass(slots=True)
class Grid:
    """A table read as figures. Rows and columns count from 1, as in the table."""

    table: Table
    height: int
    width: int
    cells: dict[tuple[int, int], TableCell]
    figures: dict[tuple[int, int], Figure]
    head: int
    sections: tuple[int, ...]
    columns: tuple[int, ...]
    bold_rows: frozenset[int]
    heads_of: dict[int, dict[int, str]]  # by section (0 is the table's own heading) and column
    labels_of: dict[int, tuple[str, ...]]
    own_labels_of: dict[int, tuple[str, ...]]

    @property
    def rows(self) -> range:
        """The rows below the heading rows."""
        return range(self.head + 1, self.height + 1)

    def is_pending(self, row: int, column: int) -> bool:
        """Whether a cell stands for a figure that is not known ("TBC", "n.a.")."""
        cell = self.cells.get((row, column))
        return cell is not None and _is_pending((cell, read_printed(cell.text)))

    def labels(self, row: int) -> tuple[str, ...]:
        """The words of a row that are not under a column of figures."""
        return self.labels_of.get(row, ())

    def own_labels(self, row: int) -> tuple[str, ...]:
        """The labels that are printed in the row itself, without those that span into it."""
        return self.own_labels_of.get(row, ())

    def label(self, row: int) -> str:
        """The row's label as one would say it: the last of its words that is not a unit."""
        said = [text for text in self.labels(row) if text]
        named = [text for text in said if labels.rank([text])] or [
            text for text in said if labels.unit_of(text) is None or len(text) > len("£000's")
        ]
        return (named or said or [f"row {row}"])[-1]

    def heads(self, column: int, row: int | None = None) -> str:
        """The words that head a column, from the top: those above `row`, or the table's first."""
        section = self.section(row) if row else 0
        return self.heads_of.get(section, {}).get(column, "") or self.heads_of[0].get(column, "")

    def section(self, row: int) -> int:
        """The row that heads the section a row stands in; 0 for the table's own heading."""
        place = bisect_right(self.sections, row)
        return self.sections[place - 1] if place else 0

    def head_name(self, column: int, row: int | None = None) -> str:
        """The column's own heading: the lowest line of it, or its number if it has none."""
        return self.heads(column, row).rpartition(" | ")[2] or f"column {column}"


def read_grid(table: Table) -> Grid:
    """Read a table's figures."""
    return _Reader(table).grid()


class _Reader:
    """One pass over a table: what is printed, where the figures stand, then what they are in."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.cells = {(cell.row, cell.column): cell for cell in table.cells}
        self.height = max((cell.row for cell in table.cells), default=0)
        self.width = max((cell.column + cell.col_span - 1 for cell in table.cells), default=0)
        self.rows: dict[int, list[tuple[TableCell, Printed]]] = {}
        for cell in table.cells:
            if cell.text:
                self.rows.setdefault(cell.row, []).append((cell, read_printed(cell.text)))

    def grid(self) -> Grid:
        """The grid of figures."""
        first = self._first_row_of_figures()
        columns = self._columns(first)
        head = self._head(first, columns)
        sections = tuple(
            row for row in range(first + 1, self.height + 1) if self._heads_again(row, columns)
        )
        heads_of = {0: self._headings(range(1, head + 1))}
        above = 0
        for section in sections:
            # Heading rows in a run head what follows together.
            above = above if section - 1 in heads_of and section > 1 else section
            heads_of[section] = self._headings(range(above, section + 1))
        labels_of, own_labels_of = self._row_labels(head, columns)
        grid = Grid(
            table=self.table,
            height=self.height,
            width=self.width,
            cells=self.cells,
            figures={},
            head=head,
            sections=sections,
            columns=tuple(sorted(columns)),
            bold_rows=frozenset(self._bold_rows(head)),
            heads_of=heads_of,
            labels_of=labels_of,
            own_labels_of=own_labels_of,
        )
        grid.figures.update(self._figures(grid))
        return grid

    # --- Where the figures stand ----------------------------------------------------------------

    def _first_row_of_figures(self) -> int:
        """The first row that holds a figure; a row of calendar years is a heading."""
        headed: set[int] = set()  # columns with words above
        for row in range(1, self.height + 1):
            said = [(cell, one) for cell, one in self.rows.get(row, []) if not cell.heading]
            figures = [one for _, one in said if one.value is not None]
            numbers = [one for one in figures if one.kind is not Kind.NIL]
            if (numbers and not _are_years(said, headed)) or (not numbers and len(figures) > 1):
                return row
            headed |= {cell.column for cell, _ in self.rows.get(row, [])}
        return self.height + 1

    def _columns(self, first: int) -> set[int]:
        """The columns that hold more figures than words from the first row of figures on."""
        figures: dict[int, list[Printed]] = {}
        words: dict[int, int] = {}
        for row in range(first, self.height + 1):
            for cell, printed in self.rows.get(row, []):
                if printed.value is not None:
                    figures.setdefault(cell.column, []).append(printed)
                elif printed.kind is Kind.WORDS:
                    words[cell.column] = words.get(cell.column, 0) + 1
        heads = self._headings(range(1, first))
        return {
            column
            for column, found in figures.items()
            if len(found) > words.get(column, 0)
            and not labels.identifies(heads.get(column, "").rpartition(" | ")[2])
            and not (column == 1 and _counts_or_years(found))
        }

    def _head(self, first: int, columns: set[int]) -> int:
        """The last of the heading rows: the last, above the figures, with words over a column."""
        for row in range(first - 1, 0, -1):
            said = self.rows.get(row, [])
            if any(_covers(cell, columns) for cell, _ in said) or (
                said and all(cell.heading for cell, _ in said)
            ):
                return row
        return 0

    def _heads_again(self, row: int, columns: set[int]) -> bool:
        """Whether a row below the first figures heads the columns anew."""
        said = self.rows.get(row, [])
        if any(map(_is_pending, said)) or not _are_years(said, columns):
            return False
        over = sum(
            1 for cell, _ in said if cell.column in columns and len(cell.text) <= _LONGEST_HEAD
        )
        return over >= 2 and 2 * over >= len(columns)

    def _bold_rows(self, head: int) -> Iterator[int]:
        """The rows whose every figure is bold, unless most rows are."""
        bold = [
            row
            for row in range(head + 1, self.height + 1)
            if (
                said := [
                    cell for cell, printed in self.rows.get(row, []) if printed.value is not None
                ]
            )
            and all(cell.bold for cell in said)
        ]
        if 2 * len(bold) <= self.height - head:
            yield from bold

    # --- What heads and labels them -------------------------------------------------------------

    def _headings(self, rows: range) -> dict[int, str]:
        """The words over each column, from the top, joined by strokes."""
        found: dict[int, list[str]] = {}
        for row in rows:
            for cell, _ in self.rows.get(row, []):
                for column in range(cell.column, cell.column + cell.col_span):
                    over = found.setdefault(column, [])
                    if cell.text not in over:
                        over.append(cell.text)
        return {column: " | ".join(over) for column, over in found.items()}

    def _row_labels(
        self, head: int, columns: set[int]
    ) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
        """The words of each row outside the columns of figures: all that apply, and its own."""
        every: dict[int, tuple[str, ...]] = {}
        own: dict[int, tuple[str, ...]] = {}
        spanning: list[TableCell] = []
        for row in range(head + 1, self.height + 1):
            spanning = [cell for cell in spanning if cell.row + cell.row_span > row]
            said = [
                cell
                for cell, printed in self.rows.get(row, [])
                if cell.column not in columns and printed.value is None
            ]
            own[row] = tuple(cell.text for cell in said)
            every[row] = (*(cell.text for cell in spanning), *own[row])
            spanning += [cell for cell in said if cell.row_span > 1]
        return every, own

    # --- What they are in -----------------------------------------------------------------------

    def _figures(self, grid: Grid) -> dict[tuple[int, int], Figure]:
        """Every figure below the heading, in its unit."""
        title = " ".join((self.table.heading, *self._titles(grid)))[:_LONGEST_LABEL]
        table_unit = labels.unit_of(title)
        row_units = self._row_units(grid)
        over: dict[tuple[int, int], tuple[Unit | None, bool]] = {}
        figures: dict[tuple[int, int], Figure] = {}
        for row in grid.rows:
            section = grid.section(row)
            per_cent_row = labels.is_percentage(" ".join(grid.labels(row))[:_LONGEST_LABEL])
            for cell, printed in self.rows.get(row, []):
                if printed.value is None:
                    continue
                if (section, cell.column) not in over:
                    heads = grid.heads(cell.column, row)[-_LONGEST_LABEL:]
                    over[section, cell.column] = labels.unit_of(heads), labels.is_percentage(heads)
                unit, per_cent = over[section, cell.column]
                figures[row, cell.column] = _figure(
                    cell,
                    printed,
                    unit or row_units.get(row) or table_unit or Unit.POUNDS,
                    per_cent=per_cent_row or (per_cent and unit is None),
                )
        return _rounded_alike(_with_thousands(figures))

    def _row_units(self, grid: Grid) -> dict[int, Unit]:
        """The units that the rows' labels name, if every row of figures has one.

        A cell with no more than a unit counts for the blank cells under it. Where some rows have no
        unit, those that name one do not stand apart from them: the column is in one unit.
        """
        units: dict[int, Unit] = {}
        carried: dict[int, Unit] = {}
        for row in grid.rows:
            said = self.rows.get(row, [])
            for cell, printed in said:
                unit = (
                    None
                    if printed.value is not None
                    else labels.unit_of(cell.text[:_LONGEST_LABEL])
                )
                carried.pop(cell.column, None)
                if unit and len(cell.text) <= _LONGEST_UNIT:
                    carried[cell.column] = unit
                elif unit:
                    units[row] = unit
            units.update((row, unit) for unit in carried.values())
        with_figures = {
            row
            for row in grid.rows
            if any(printed.value is not None for _, printed in self.rows.get(row, []))
        }
        return units if with_figures <= units.keys() else {}

    def _titles(self, grid: Grid) -> Iterator[str]:
        """The heading words that stand over no column of figures: the table's own title."""
        columns = set(grid.columns)
        for row in range(1, grid.head + 1):
            for cell, _ in self.rows.get(row, []):
                if not _covers(cell, columns) or cell.col_span >= self.width > 1:
                    yield cell.text


def _is_pending(said: tuple[TableCell, Printed]) -> bool:
    """Whether a cell stands for a figure that is not known."""
    cell, printed = said
    return printed.kind is Kind.PENDING or cell.text.strip().lower() in _NOT_AVAILABLE


def _covers(cell: TableCell, columns: set[int]) -> bool:
    """Whether a cell stands over a column of figures."""
    return any(cell.column + place in columns for place in range(cell.col_span))


def _are_years(said: list[tuple[TableCell, Printed]], headed: set[int]) -> bool:
    """Whether the numbers of a row, if it has any, are calendar years that head their columns.

    Amounts can look like years, but have a label before them. Years behind a label follow each
    other, or at least rise or fall where nothing else heads their columns.
    """
    numbers = [(cell.column, printed) for cell, printed in said if printed.value is not None]
    if not all(_is_year(printed) for _, printed in numbers):
        return False
    if not numbers or numbers[0][0] == said[0][0].column:
        return True
    values = [printed.value for _, printed in numbers if printed.value is not None]
    steps = {after - before for before, after in pairwise(values)}
    if headed.isdisjoint(column for column, _ in numbers):
        return all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return steps in ({1}, {-1})


def _is_year(printed: Printed) -> bool:
    """Whether a bare number may be a calendar year."""
    value = printed.value
    return (
        printed.kind is Kind.NUMBER
        and value is not None
        and printed.half == Decimal("0.5")
        and not printed.own_unit
        and _FIRST_YEAR <= value <= _LAST_YEAR
    )


def _counts_or_years(found: list[Printed]) -> bool:
    """Whether a first column only numbers its rows (1, 2, 3 …) or names their years."""
    if all(map(_is_year, found)):
        return True
    values = [printed.value for printed in found if printed.value is not None]
    return len(values) > 1 and all(after == before + 1 for before, after in pairwise(values))


def _figure(cell: TableCell, printed: Printed, unit: Unit, per_cent: bool) -> Figure:
    """A printed number as a figure; `unit` and `per_cent` are for one that names no unit itself."""
    value = printed.value or Decimal(0)
    if printed.own_unit:
        scale = _own_scale(cell.text, printed)
        return Figure(cell, printed.kind, value, printed.half, scale, printed.rough)
    kind = Kind.PERCENT if per_cent and printed.kind is Kind.NUMBER else printed.kind
    scale = _SCALES[unit] if kind is Kind.NUMBER else Decimal(1)
    return Figure(cell, kind, value * scale, printed.half * scale, scale, printed.rough)


def _with_thousands(figures: dict[tuple[int, int], Figure]) -> dict[tuple[int, int], Figure]:
    """The figures, with points that part thousands read as such (rule AUD-37).

    14.862 beside 532 and 1.204 is fourteen thousand, where every point of the table stands before
    just three digits and after one to three that do not begin with nought, and the figures without
    one are whole and below a thousand.
    """
    numbers = [one for one in figures.values() if one.kind is Kind.NUMBER]
    pointed = [one for one in numbers if "." in one.cell.text]
    plain = [one for one in numbers if "." not in one.cell.text]
    if (
        len(pointed) < _FEWEST_POINTED
        or len(plain) < _FEWEST_POINTED
        or any(abs(one.value) >= _THOUSAND or one.scale != 1 for one in plain)
        or not all(_THOUSANDS.fullmatch(one.cell.text.strip()) for one in pointed)
    ):
        return figures
    return {
        place: replace(
            figure,
            value=figure.value * _THOUSAND,
            half=Decimal("0.5"),
            scale=figure.scale * _THOUSAND,
        )
        if figure.kind is Kind.NUMBER and "." in figure.cell.text
        else figure
        for place, figure in figures.items()
    }


def _rounded_alike(figures: dict[tuple[int, int], Figure]) -> dict[tuple[int, int], Figure]:
    """The figures, no more exact than the table has been rounded to."""
    grain = _grain(figures.values())
    if grain is None:
        return figures
    return {
        place: replace(figure, half=max(figure.half, grain / 2))
        if figure.kind is Kind.NUMBER and not figure.value % grain
        else figure
        for place, figure in figures.items()
    }


def _all_round(kept: list[int], amounts: list[Figure]) -> bool:
    """Whether so many different whole amounts end in noughts, without exception, as none would."""
    return (
        len(kept) == len(amounts)
        and len(set(kept)) >= 2 * _FEWEST_ROUNDED
        and not any(figure.places for figure in amounts)
    )


def _own_scale(text: str, printed: Printed) -> Decimal:
    """What one of the printed number is worth in a cell that names its own unit."""
    number = NUMBER.search(text)
    places = len(number[0].partition(".")[2]) if number else 0
    return 2 * printed.half * Decimal(10) ** places


def _grain(figures: Iterable[Figure]) -> Decimal | None:
    """What the amounts of a table have been rounded to, where that is more than their last place.

    148,800 and 71,800 beside forty others like them were rounded to the nearest hundred; 50, 100
    and 20 are only round. So the figures must be many and long, and end in any digit before the
    noughts.
    """
    amounts = [figure for figure in figures if figure.kind is Kind.NUMBER and figure.value]
    if len(amounts) < _FEWEST_ROUNDED:
        return None
    place = 2 * min(figure.half for figure in amounts)
    units = [int(abs(figure.value) / place) for figure in amounts]
    for step in _STEPS:
        kept = [unit // step for unit in units if not unit % step]
        if (
            len(kept) >= max(_FEWEST_ROUNDED, _MOST_ROUNDED * len(units))
            and (sorted(kept)[len(kept) // 2] >= _LONG_ENOUGH or _all_round(kept, amounts))
            and 2 * sum(1 for unit in kept if unit % 5 == 0) < len(kept)
        ):
            return place * Decimal(step)
    return None
