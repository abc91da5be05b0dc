"""How does a report look in a terminal? (rule PUB-04)

Money stands to the right, its unit in the heading; a rating is its word, coloured where the
terminal has colours. Control characters are shown, not obeyed: a paper's words may be hostile.
"""

from __future__ import annotations

import unicodedata
from io import StringIO
from typing import TYPE_CHECKING

from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Block, Cell, Chart, Column, Heading, Report, Shape, Table, Unit
from futurefit.publishing.printing import NUMBERS, Imprint, heading, print_value, rag_of

if TYPE_CHECKING:
    # Rich takes a tenth of a second to import: only when something is printed.
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

_WIDE_ENOUGH = 200  # columns of a text file: nothing is cut off
_NARROWEST = 12  # columns of words, which may be broken to fit; figures never are


def write(document: Report | Table, imprint: Imprint | None = None) -> bytes:
    """A report as a plain text file, without colours."""
    from rich.console import Console

    file = StringIO()
    show(document, Console(file=file, width=_WIDE_ENOUGH, color_system=None), imprint)
    lines = (line.rstrip() for line in file.getvalue().splitlines())
    return ("\n".join(lines).strip("\n") + "\n").encode()


def show(document: Report | Table, console: Console, imprint: Imprint | None = None) -> None:
    """Print a report or a table to a terminal."""
    from rich.text import Text

    if isinstance(document, Table):
        _show_block(document, console)
    else:
        console.print(Text(harmless(document.title), style="bold underline"))
        for block in document.blocks:
            _show_block(block, console)
    if imprint is not None:
        console.print()
        made = (("Made", print_value(imprint.made_at, Shape.DATE)), *imprint.facts)
        for name, fact in made:
            console.print(Text(harmless(f"{name}: {fact}"), style="dim"))


def harmless(text: str) -> str:
    """Text without the control characters that a terminal would obey, such as colours and bells."""
    return "".join(
        "�" if unicodedata.category(character) == "Cc" and character not in "\n\t" else character
        for character in text
    )


def _show_block(block: Block, console: Console) -> None:
    from rich.text import Text

    console.print()
    if isinstance(block, Table):
        title, drawn = harmless(block.title), _table(block)
        in_unit = any(heading(column, block.unit) != column.title for column in block.columns)
        if in_unit and _widths(drawn, console)[1] > console.width:
            # Said once above the table, the unit leaves room for the figures.
            title, drawn = f"{title} ({block.unit.value})", _table(block, bare=True)
        console.print(Text(title, style="bold"))
        least = _widths(drawn, console)[0]
        if least > console.width:
            # A line that is too long is better than a figure without its last digits.
            drawn.width = least
        console.print(drawn, crop=False)
        for note in block.notes:
            console.print(Text(harmless(note)))
    elif isinstance(block, Heading):
        console.print(Text(harmless(block.text), style="bold"))
    elif isinstance(block, Chart):
        console.print(Text(harmless(f"{block.title}: {block.alt}")))
    else:
        console.print(Text(harmless(block.text)))


def _widths(drawn: RichTable, console: Console) -> tuple[int, int]:
    """The least width at which no figure is cut, and the most that a table could use."""
    from rich.measure import Measurement

    least, most = Measurement.get(console, console.options.update(max_width=10_000), drawn)
    return least, most


def _table(table: Table, bare: bool = False) -> RichTable:
    from rich import box
    from rich.table import Table as RichTable

    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(table.columns):
        is_number = column.shape in NUMBERS
        head = harmless(column.title if bare else heading(column, table.unit))
        lengths = [_cell(row.cells[place], column, table.unit).cell_len for row in table.rows]
        longest = max((len(head), *lengths))
        drawn.add_column(
            head.replace("[", r"\["),
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
            min_width=longest if is_number else min(longest, _NARROWEST),
        )
    for row in table.rows:
        cells = [
            _cell(cell, column, table.unit)
            for column, cell in zip(table.columns, row.cells, strict=True)
        ]
        if cells:
            cells[0].pad_left(2 * row.level)
        drawn.add_row(*cells, style="bold" if row.emphasis else "")
    return drawn


def _cell(cell: Cell, column: Column, unit: Unit) -> Text:
    from rich.text import Text

    words = harmless(print_value(cell.value, column.shape, unit))
    rag = rag_of(cell.value) if column.shape is Shape.RAG else None
    text = Text(words, style=_style(rag))
    if cell.note:
        text.append(f"{' ' if words else ''}{harmless(cell.note)}", style="italic")
    return text


def _style(rag: Rag | None) -> str:
    return f"bold {rag.ink} on {rag.colour}" if rag else ""
