"""Which services or contracts does a list name, with which status, for whom? (rule REC-11)

Two shapes: a table whose title is the status, with rows that name a directorate above its services
and columns of a timeline; or one column (or several) a directorate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from futurefit.kernel.report import Unit
from futurefit.papers import labels
from futurefit.papers.candidates import Said, Statement
from futurefit.papers.document import Table, TableCell
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.amounts import read_cell
from futurefit.papers.recognise.pieces import row_of, rows_of
from futurefit.papers.recognise.templates import ListTemplate, MatrixTemplate, Template


def read_lists(template: Template, tables: Sequence[Table]) -> dict[str, tuple[Statement, ...]]:
    """The statements of every list and matrix of a form, in the order of the tables."""
    found: dict[str, list[Statement]] = {}
    for table in tables:
        for one in template.lists:
            found.setdefault(one.name, []).extend(_of_list(one, table))
        for matrix in template.matrices:
            found.setdefault(matrix.name, []).extend(_of_matrix(matrix, table))
    return {name: tuple(rows) for name, rows in found.items() if rows}


def _named(names: Mapping[str, str], text: str) -> str | None:
    return next(
        (code for name, code in names.items() if text and likeness.is_label([name], text)), None
    )


def _of_list(one: ListTemplate, table: Table) -> Iterator[Statement]:
    first = [cell for cell in row_of(table, 1) if cell.text.strip()]
    if not first:
        return
    status = _named(one.statuses, first[0].text)
    if status is None:
        return
    told = Said(first[0].text, table.place(first[0]), status)
    heads = [cell for cell in row_of(table, 2) if _named(one.sections, cell.text) is not None]
    if len(heads) > 1:
        yield from _by_column(one, table, told, heads)
    else:
        yield from _by_row(one, table, told, first[1:])


def _by_row(
    one: ListTemplate, table: Table, status: Said, timeline: Sequence[TableCell]
) -> Iterator[Statement]:
    """Rows that name a directorate, above the services of it."""
    directorate: Said | None = None
    for row, every in rows_of(table).items():
        cells = [cell for cell in every if cell.text.strip()]
        if row < 2 or not cells or cells[0].column != 1:
            continue
        code = _named(one.sections, cells[0].text)
        if code is not None and len(cells) == 1:
            directorate = Said(cells[0].text, table.place(cells[0]), code)
            continue
        statement = {"what": Said(cells[0].text, table.place(cells[0])), "status": status}
        if directorate is not None:
            statement["directorate"] = directorate
        for head in timeline:
            printed = next((cell for cell in cells if cell.column == head.column), None)
            if printed is not None:
                statement[head.text] = Said(printed.text, table.place(printed))
        yield statement


def _by_column(
    one: ListTemplate, table: Table, status: Said, heads: Sequence[TableCell]
) -> Iterator[Statement]:
    """Columns of a directorate each; one without a heading goes on with the one before it."""
    for cell in sorted(table.cells, key=lambda cell: (cell.column, cell.row)):
        if cell.row <= heads[0].row or not cell.text.strip():
            continue
        over = [head for head in heads if head.column <= cell.column]
        if over:
            head = max(over, key=lambda head: head.column)
            yield {
                "what": Said(cell.text, table.place(cell)),
                "status": status,
                "directorate": Said(head.text, table.place(head), _named(one.sections, head.text)),
            }


def _of_matrix(matrix: MatrixTemplate, table: Table) -> Iterator[Statement]:
    """A table whose title is the matrix's: every row with its cells under their headings."""
    titled = next(
        (cell for cell in row_of(table, 1) if likeness.holds(matrix.labels, cell.text)), None
    )
    if titled is None:
        return
    heads = {cell.column: cell.text for cell in row_of(table, 2) if cell.text.strip()}
    for row, every in rows_of(table).items():
        cells = [cell for cell in every if cell.text.strip()]
        if row < 3 or not cells or cells[0].column in heads:
            continue
        statement = {"what": Said(cells[0].text, table.place(cells[0]))}
        for cell in cells[1:]:
            head = heads.get(cell.column)
            if head is not None:
                statement[head] = _figure(matrix.unit, table, cell, head)
        yield statement


def _figure(unit: Unit, table: Table, cell: TableCell, head: str) -> Said:
    if labels.is_percentage(head):
        return Said(cell.text, table.place(cell))
    reading = read_cell(cell.text, labels.unit_of(head) or unit)
    if reading is None:
        return Said(cell.text, table.place(cell))
    return Said(cell.text, table.place(cell), reading.pence, reading.doubt)
