"""How does a paper stand on a page again, so that every cell has an address and nothing in it acts?

Only text is taken over, escaped: no link, picture, style or formula of a paper reaches the page
(rule PAP-02). Every block and every cell has a name of its own in the page's address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from futurefit.papers.document import (
    Aside,
    Block,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Table,
    TableCell,
)
from futurefit.papers.grid import read_grid

PIECE_CELLS = 4000
"""How many cells and other blocks stand on one page: more of them make a browser slow."""

CellPlace = tuple[int, int, int]
"""Table, row and column."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said beside a cell, and where that leads. `kind` is "found" or "read"."""

    words: str
    href: str = ""
    kind: str = "found"


Marks = Mapping[CellPlace, Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a paper that fits one page; a table too long for one page is cut between rows."""

    blocks: tuple[Block, ...]

    def holds(self, table: int | None, row: int | None, line: int | None) -> bool:
        """True when a place stands in this piece."""
        for block in self.blocks:
            if table is not None:
                if isinstance(block, Table) and block.index == table:
                    return row is None or any(cell.row == row for cell in block.cells)
            elif line is not None and block.line == line:
                return True
        return False


def pieces(document: Document, size: int = PIECE_CELLS) -> list[Piece]:
    """The paper in pieces, in reading order; one empty piece of an empty paper."""
    found: list[Piece] = []
    held: list[Block] = []
    n = 0
    for block in document.blocks:
        for part in _cut(block, size) if isinstance(block, Table) else [block]:
            cost = 1 + (len(part.cells) if isinstance(part, Table) else 0)
            if held and n + cost > size:
                found.append(Piece(tuple(held)))
                held, n = [], 0
            held.append(part)
            n += cost
    return [*found, Piece(tuple(held))] if held or not found else found


def _cut(table: Table, size: int) -> Iterator[Table]:
    """The table, or runs of its rows where it has too many cells."""
    if len(table.cells) <= size:
        yield table
        return
    run: list[TableCell] = []
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        if run and len(run) >= size and cell.row != run[-1].row:
            yield _of_cells(table, run)
            run = []
        run.append(cell)
    yield _of_cells(table, run)


def _of_cells(table: Table, cells: Sequence[TableCell]) -> Table:
    return Table(
        index=table.index,
        line=table.line,
        cells=tuple(cells),
        heading=table.heading,
        page=table.page,
        within=table.within,
        sheet=table.sheet,
    )


def blocks_html(
    blocks: Iterable[Block], marks: Marks, chosen: CellPlace | None = None, level: int = 2
) -> SafeString:
    """Blocks of a paper as HTML. `level` is that of the heading that they stand under."""
    parts = []
    above = level
    in_list = False
    for block in blocks:
        if in_list != isinstance(block, ListItem):
            in_list = not in_list
            parts.append('<ul class="source-list">' if in_list else "</ul>")
        name = f'id="line-{block.line}"' if not isinstance(block, Table) else ""
        match block:
            case Heading():
                # A page's headings step down one by one, whatever those of the paper do.
                above = min(above + 1, level + block.level, 6)
                parts.append(
                    f'<h{above} class="govuk-heading-s" {name}>{_text(block.text)}</h{above}>'
                    if block.text.strip()
                    else ""
                )
            case Paragraph():
                parts.append(f'<p class="govuk-body" {name}>{_text(block.text)}</p>')
            case ListItem():
                marker = f"{escape(block.marker)} " if block.marker else ""
                parts.append(
                    f'<li class="source-list__{min(block.level, 3)}" {name}>'
                    f"{marker}{_text(block.text)}</li>"
                )
            case Aside():
                parts.append(
                    f'<p class="source-aside" {name}><span class="source-aside__kind">'
                    f"{escape(block.kind.value.capitalize())} {escape(block.marker)}</span> "
                    f"{_text(block.text)}</p>"
                )
            case Table():
                parts.append(table_html(block, marks, chosen))
    if in_list:
        parts.append("</ul>")
    return mark_safe("".join(parts))  # noqa: S308  (each text is escaped above)


def table_html(
    table: Table, marks: Marks, chosen: CellPlace | None = None, *, prefix: str = "t"
) -> SafeString:
    """A table as printed, its cells anchored, with what is said of each."""
    grid = read_grid(table)
    first = min((cell.row for cell in table.cells), default=1)
    name = f"{prefix}{table.index}"
    # A table that is cut in runs has several pieces on several pages, and one name on each.
    parts = [
        f'<div class="table-region" role="region" aria-labelledby="{name}-title" tabindex="0">'
        f'<table class="source-table" id="{name}"><caption id="{name}-title">'
        f"{escape(title_of(table))}</caption><tbody>"
    ]
    head = grid.head if first == 1 and grid.head < grid.height else 0
    row = 0
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        if cell.row != row:
            parts.append("</tr>" if row else "")
            parts.append(f'<tr id="{name}-r{cell.row}">')
            row = cell.row
        parts.append(_cell(table, cell, head, marks, chosen, name))
    parts.append("</tr></tbody></table></div>" if row else "</tbody></table></div>")
    return mark_safe("".join(parts))  # noqa: S308  (each text is escaped below)


def _cell(
    table: Table,
    cell: TableCell,
    head: int,
    marks: Marks,
    chosen: CellPlace | None,
    name: str,
) -> str:
    place = (table.index, cell.row, cell.column)
    said = marks.get(place, ())
    classes = [f"source-table__{kind}" for kind in dict.fromkeys(mark.kind for mark in said)]
    if place == chosen:
        classes.append("source-table__chosen")
    if cell.bold:
        classes.append("source-table__bold")
    is_head = cell.row <= head and cell.text.strip()
    tag = "th" if is_head else "td"
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    )
    written = f' class="{" ".join(classes)}"' if classes else ""
    current = ' aria-current="true"' if place == chosen else ""
    notes = "".join(map(_note, said))
    scope = ' scope="col"' if is_head else ""
    return (
        f'<{tag} id="{name}-r{cell.row}-c{cell.column}"{scope}{spans}{written}{current}>'
        f"{_text(cell.text)}{notes}</{tag}>"
    )


def _note(mark: Mark) -> str:
    words = escape(mark.words)
    if mark.href:
        words = f'<a class="govuk-link" href="{escape(mark.href)}">{words}</a>'
    return f' <span class="source-table__note">{words}</span>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def title_of(table: Table) -> str:
    """What a table is called, and where it stands."""
    page = f", page {table.page}" if table.page else ""
    sheet = f", sheet {table.sheet}" if table.sheet and table.sheet != table.heading else ""
    heading = f": {table.heading}" if table.heading else ""
    return f"Table {table.index}{page}{sheet}{heading}"
