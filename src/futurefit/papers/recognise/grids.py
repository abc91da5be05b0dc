"""Which amounts stand under which rating and year of a RAG grid? (rule REC-05)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from futurefit.ledger.entries import LineAttributes, SavingType, Tranche
from futurefit.papers.candidates import (
    AmountCandidate,
    LineCandidate,
    Said,
    TotalCandidate,
)
from futurefit.papers.document import Table, TableCell
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.pieces import rows_of
from futurefit.papers.recognise.sections import Section
from futurefit.papers.recognise.tables import YearTable, read_years
from futurefit.papers.recognise.templates import GridTemplate, SectionTemplate, Template


@dataclass(slots=True)
class _Block:
    """One line's worth of rows."""

    amounts: list[AmountCandidate] = field(default_factory=list)
    totals: list[TotalCandidate] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GridReading:
    """A grid as read: its lines, and the totals over all of them."""

    lines: tuple[LineCandidate, ...]
    totals: tuple[TotalCandidate, ...]
    table: int


def read_grids(
    template: Template,
    sections: Sequence[Section],
    title: Said,
    fields: Mapping[str, tuple[Said, ...]],
) -> list[GridReading]:
    """Every grid of a paper; a line without any amount is none."""
    found = []
    for grid in template.grids:
        for section in sections:
            label = section.label
            if f"grid {grid.key}" not in section.owners or label is None or label.table is None:
                continue
            if label.cell is not None:
                reading = _read(template, grid, label.table, label.cell, title, fields)
                if reading is not None:
                    found.append(reading)
    return found


def _read(
    template: Template,
    grid: GridTemplate,
    table: Table,
    label: TableCell,
    title: Said,
    fields: Mapping[str, tuple[Said, ...]],
) -> GridReading | None:
    years = read_years(table, template.years, grid.unit, grid.totals, from_row=label.row)
    if years is None:
        return None
    blocks: dict[str, _Block] = {}
    over_all: list[TotalCandidate] = []
    section: SectionTemplate | None = None
    for row, cells in rows_of(table).items():
        if row < years.head:
            continue
        texts = [cell.text for cell in cells if cell.text.strip() and cell.column < years.first]
        if row > years.head and _belongs_elsewhere(template, grid, texts):
            break
        section = _section(grid, texts) or section
        if row == years.head:
            continue
        if any(likeness.is_label(grid.over_all, text) for text in texts):
            over_all += _totals(years, cells, grid.sign)
            continue
        block = blocks.setdefault(section.key if section else grid.key, _Block())
        account = next(
            (
                account
                for text in texts
                for said, account in grid.rows.items()
                if likeness.is_label([said], text)
            ),
            None,
        )
        if account is not None:
            for cell in cells:
                reading = years.read(cell)
                column = years.column(cell)
                if reading is None:
                    continue
                if reading.pence is None:
                    block.doubts.append(f"{years.years.get(column, 'Total')}: {reading.doubt}")
                    continue
                said = _said(table, cell, grid.sign * reading.pence, reading.doubt)
                if column in years.years:
                    block.amounts.append(
                        AmountCandidate(
                            account, years.years[column], grid.sign * reading.pence, said
                        )
                    )
                else:
                    block.totals.append(
                        TotalCandidate(account, "", grid.sign * reading.pence, said)
                    )
        elif any(likeness.is_label(grid.totals, text) for text in texts):
            block.totals += _totals(years, cells, grid.sign)
    lines = tuple(
        LineCandidate(
            key=key,
            title=title,
            attributes=_attributes(grid, key, fields),
            amounts=tuple(block.amounts),
            totals=tuple(block.totals),
            doubts=tuple(block.doubts),
        )
        for key, block in blocks.items()
        if block.amounts or block.doubts
    )
    keys = tuple(line.key for line in lines)
    return GridReading(lines, tuple(replace(total, lines=keys) for total in over_all), table.index)


def _belongs_elsewhere(template: Template, grid: GridTemplate, texts: Sequence[str]) -> bool:
    """Whether a row is labelled by something else that the form asks for."""
    for text in texts:
        for name, labels in template.labelled:
            if name != f"grid {grid.key}" and likeness.first_after(labels, text) is not None:
                return True
    return False


def _section(grid: GridTemplate, texts: Sequence[str]) -> SectionTemplate | None:
    for one in grid.sections:
        if any(likeness.first_after(one.labels, text) is not None for text in texts):
            return one
    return None


def _totals(years: YearTable, cells: Sequence[TableCell], sign: int) -> list[TotalCandidate]:
    found = []
    for cell in cells:
        reading = years.read(cell)
        if reading is not None and reading.pence is not None:
            pence = sign * reading.pence
            year = years.years.get(years.column(cell), "")
            said = _said(years.table, cell, pence, reading.doubt)
            found.append(TotalCandidate(None, year, pence, said))
    return found


def _said(table: Table, cell: TableCell, pence: int, doubt: str) -> Said:
    return Said(cell.text, table.place(cell), pence, doubt)


def _attributes(
    grid: GridTemplate, key: str, fields: Mapping[str, tuple[Said, ...]]
) -> LineAttributes:
    """The grid's attributes; what is proposed has the ticked type, unless its section names one."""
    attributes = next((one.attributes for one in grid.sections if one.key == key), grid.attributes)
    ticked = fields.get("saving_type", ())
    if (
        len(ticked) == 1
        and attributes.saving_type is SavingType.NOT_STATED
        and attributes.tranche is Tranche.PROPOSED
        and ticked[0].meaning in set(SavingType)
    ):
        return replace(attributes, saving_type=SavingType(str(ticked[0].meaning)))
    return attributes
