"""How does a report become one page that opens anywhere? (rule PUB-07)

A file of its own: no script, no style sheet, font or picture from elsewhere, so that it can be
mailed, filed and opened in ten years. Every word is escaped: a paper's words may be hostile.
Tables have captions and headings, ratings their words, charts their tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from futurefit.kernel.report import Block, Cell, Chart, Column, Heading, Report, Shape, Table, Unit
from futurefit.publishing.printing import NUMBERS, Imprint, heading, print_value, rag_of

_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 Arial, "Liberation Sans", sans-serif; color: #0b0c0c; background: #fff;
  margin: 0 auto; padding: 1.5rem; max-width: 70rem; }
h1 { font-size: 2rem; line-height: 1.2; } h2 { font-size: 1.5rem; } h3 { font-size: 1.2rem; }
p { max-width: 45rem; }
.scroll { overflow-x: auto; margin: 1rem 0 1.5rem; }
.scroll:focus { outline: 3px solid #0b0c0c; outline-offset: 2px; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0;
  border-bottom: 1px solid #b1b4b6; overflow-wrap: break-word; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.total th, tr.total td { font-weight: bold; border-top: 2px solid #505a5f; }
td.marked, th.marked { background: #fff2d3; border: 2px solid #b5530f; padding-left: .4rem; }
.note { display: block; font-style: italic; font-weight: normal; white-space: normal; }
.rag { padding: 0 .4rem; font-weight: bold; }
.about { color: #505a5f; border-top: 1px solid #b1b4b6; margin-top: 2rem; }
svg { max-width: 100%; height: auto; }
@media print { body { padding: 0; max-width: none; } .scroll { overflow: visible; }
  tr, svg { break-inside: avoid; } thead { display: table-header-group; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write(document: Report | Table, imprint: Imprint | None = None) -> bytes:
    """A report or a table as an HTML file in UTF-8."""
    blocks = (document,) if isinstance(document, Table) else document.blocks
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_words(document.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{_words(document.title)}</h1>",
        *(line for block in blocks for line in _block(block)),
        "</main>",
        *_about(imprint),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _words(text: str) -> str:
    """Text that is only text: escaped, and without control characters."""
    return escape("".join(one for one in text if one >= " " or one in "\n\t"))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from _table(block)
        case Heading():
            level = min(max(block.level, 2), 6)
            yield f"<h{level}>{_words(block.text)}</h{level}>"
        case Chart():
            yield from _chart(block)
        case _:
            yield f"<p>{_words(block.text)}</p>"


def _chart(chart: Chart) -> Iterator[str]:
    from futurefit.publishing import charts

    yield "<figure>"
    yield charts.svg(chart).decode()
    yield f"<figcaption>{_words(chart.title)}: {_words(chart.alt)}</figcaption>"
    yield "</figure>"


def _table(table: Table) -> Iterator[str]:
    # A region that scrolls is reached by the keyboard, and so has a name.
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{_words(table.title)}">'
    yield "<table>"
    yield f"<caption>{_words(table.title)}</caption>"
    heads = (
        f'<th scope="col"{_class("number" * (column.shape in NUMBERS))}>'
        f"{_words(heading(column, table.unit))}</th>"
        for column in table.columns
    )
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = "".join(
            _cell(cell, column, table.unit, first=place == 0)
            for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
        )
        yield f"<tr{_class('total' * row.emphasis)}>{cells}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    for note in table.notes:
        yield f"<p>{_words(note)}</p>"


def _cell(cell: Cell, column: Column, unit: Unit, first: bool) -> str:
    words = _words(print_value(cell.value, column.shape, unit))
    rag = rag_of(cell.value) if column.shape is Shape.RAG else None
    if rag:
        words = f'<span class="rag" style="background:{rag.colour};color:{rag.ink}">{words}</span>'
    note = f' <span class="note">{_words(cell.note)}</span>' if cell.note else ""
    number = column.shape in NUMBERS
    tag = "th" if first and not number else "td"
    scope = ' scope="row"' if tag == "th" else ""
    look = " ".join(["number"] * number + ["marked"] * cell.marked)
    return f"<{tag}{scope}{_class(look)}>{words}{note}</{tag}>"


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _about(imprint: Imprint | None) -> Iterator[str]:
    """What the page says of itself."""
    if imprint is None:
        return
    made = (("Made", print_value(imprint.made_at, Shape.DATE)), *imprint.facts)
    facts = "<br>".join(f"{_words(name)}: {_words(fact)}" for name, fact in made)
    yield f'<footer class="about"><p>{facts}</p></footer>'
