"""How does a table of a report become a table on a page, fast, and how is it sorted and taken away?

`html` writes one table. `listing` reads the address of the page (`sort`, `q`, `page`, `format`),
and shows that part of a table with what a reader needs round it, or gives the file they asked for.

Cells are joined as text, not through templates: a page of 500 lines is made while the reader waits.
Every word is escaped here, and here only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from futurefit.kernel.report import Cell, Column, Shape, Table, Unit, Value
from futurefit.publishing.printing import NUMBERS, print_value, rag_of

Printer = Callable[[Value], str]
Link = Callable[[str], str]
"""Makes the address that sorts the page by a `sort` value such as "title" or "-title"."""


# --- Values -------------------------------------------------------------------------------------
#
# What a value reads like is made in publishing.printing. A page prints thousands of amounts, and
# whole numbers are ten times quicker than decimals: so amounts are printed here as well, and a test
# holds the two together.


def _pounds(pence: int) -> str:
    pounds, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}{f'.{odd:02}' if odd else ''}"


def _thousands(pence: int) -> str:
    if pence < 0:
        rounded = (50_000 - pence) // 100_000
        return f"-{rounded:,}" if rounded else "0"
    return f"{(pence + 50_000) // 100_000:,}"


def _millions(pence: int) -> str:
    thousands = (abs(pence) + 50_000) // 100_000
    sign = "-" if pence < 0 and thousands else ""
    return f"{sign}{thousands // 1000:,}.{thousands % 1000:03}"


_AMOUNTS: dict[Unit, Callable[[int], str]] = {
    Unit.POUNDS: _pounds,
    Unit.THOUSANDS: _thousands,
    Unit.MILLIONS: _millions,
}


def printer(shape: Shape, unit: Unit = Unit.THOUSANDS) -> Printer:
    """The function that prints values of a shape as escaped HTML."""
    if shape is Shape.RAG:
        return rag_tag
    if shape is Shape.WORDS:
        return _words
    amount = _AMOUNTS[unit]
    is_money = shape is Shape.PENCE

    def print_one(value: Value) -> str:
        if is_money and type(value) is int:
            return amount(value)
        if isinstance(value, datetime):
            value = timezone.localtime(value)
        return escape(print_value(value, shape, unit))

    return print_one


def _words(value: Value) -> str:
    if type(value) is str:
        return escape(value) if value else ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return escape(print_value(value, Shape.WORDS))


@lru_cache(maxsize=256)
def rag_tag(value: Value) -> str:
    """A rating as its word on its colour, in HTML; any other text as it stands."""
    rag = rag_of(value) if value else None
    if rag is None:
        return _words(value)
    return f'<strong class="rag rag--{rag.value.lower().replace("_", "-")}">{rag.word}</strong>'


# --- One table ----------------------------------------------------------------------------------


def html(
    table: Table,
    *,
    name: str = "",
    sort: str = "",
    link: Link | None = None,
    caption_hidden: bool = False,
) -> SafeString:
    """The table in a scroll region that a keyboard can reach, with its notes below.

    `name` tells tables of one page apart. `link` makes the columns' titles sort the table, and
    `sort` is how it stands sorted now. `caption_hidden` where a heading just above says the same.
    """
    identity = f"table-{name or slugify(table.title) or 'figures'}"
    hidden = " govuk-visually-hidden" if caption_hidden else ""
    parts = [
        f'<div class="table-region" role="region" aria-labelledby="{identity}" tabindex="0">'
        f'<table class="figures"><caption class="govuk-table__caption '
        f'govuk-table__caption--m{hidden}" id="{identity}">{escape(table.title)}</caption>',
        _head(table, sort, link),
        "<tbody>",
        *_body(table),
        "</tbody></table></div>",
    ]
    if table.notes:
        parts.append('<ul class="table-notes">')
        parts += [f"<li>{escape(note)}</li>" for note in table.notes]
        parts.append("</ul>")
    return mark_safe("".join(parts))  # noqa: S308  (each value is escaped above)


def _head(table: Table, sort: str, link: Link | None) -> str:
    cells = []
    for column in table.columns:
        title = escape(column.title)
        classes = ' class="n"' if column.shape in NUMBERS else ""
        ordered = ""
        if link is not None:
            following, ordered = _next_order(column, sort)
            title = f'<a href="{escape(link(following))}" rel="nofollow">{title}</a>'
        if column.shape is Shape.PENCE and table.unit is not Unit.POUNDS:
            title += f' <span class="unit">{table.unit}</span>'
        cells.append(f'<th scope="col"{classes}{ordered}>{title}</th>')
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _next_order(column: Column, sort: str) -> tuple[str, str]:
    """The order that a column's title leads to, and how a screen reader hears the present one."""
    if sort == column.key:
        return f"-{column.key}", ' aria-sort="ascending"'
    if sort == f"-{column.key}":
        return column.key, ' aria-sort="descending"'
    return column.key, ""


def _body(table: Table) -> list[str]:
    printers = [printer(column.shape, table.unit) for column in table.columns]
    opens = ['<td class="n">' if column.shape in NUMBERS else "<td>" for column in table.columns]
    rows = []
    for row in table.rows:
        classes = "total" if row.emphasis else ""
        if row.level:
            classes = f"{classes} level-{min(row.level, 3)}".lstrip()
        first, *rest = row.cells
        parts = [
            f'<tr class="{classes}"><th scope="row">' if classes else '<tr><th scope="row">',
            _cell(first, printers[0](first.value)),
            "</th>",
        ]
        for place, cell in enumerate(rest, 1):
            text = printers[place](cell.value)
            if cell.href or cell.note:
                text = _cell(cell, text)
            parts.append(f"{opens[place]}{text}</td>")
        parts.append("</tr>")
        rows.append("".join(parts))
    return rows


def _cell(cell: Cell, text: str) -> str:
    if cell.href and text:
        href = cell.href
        text = f'<a href="{escape(href) if "&" in href or chr(34) in href else href}">{text}</a>'
    if cell.note:
        text = f'{text} <span class="note">{escape(cell.note)}</span>'.lstrip()
    return text
