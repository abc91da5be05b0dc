"""How does a report become a PDF that everybody can read, also by ear? (rule PUB-09)

Tagged after PDF/UA-1 (ISO 14289-1:2014): headings, tables whose heading row repeats on each page,
pictures with words, a title and a language. The values go to Typst as JSON beside a template that
never changes, so nothing that a person typed is ever run as markup or opens a file. The same report
and imprint make the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from futurefit.kernel.report import Block, Cell, Chart, Column, Heading, Report, Shape, Table, Unit
from futurefit.publishing.paper import LONGEST_WORD, lay_out, lies_on_its_side, stays_whole
from futurefit.publishing.printing import NUMBERS, Imprint, heading, print_value, rag_of

if TYPE_CHECKING:
    from typst import Fonts

_MARKED = "#fff2d3"
_WHEN_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)
_MAY_BREAK = "\u200b"
_OF_A_LINE = 72  # characters: a digest is copied from the page whole
_LATIN = 0x250  # below this, the letters have every character


def write(document: Report | Table, imprint: Imprint | None = None) -> bytes:
    """A report or a table as a .pdf file."""
    import typst

    made_at = imprint.made_at if imprint else _WHEN_UNKNOWN
    values = json.dumps(_values(document, imprint), ensure_ascii=False)
    try:
        return _compile(_template(), values, made_at)
    except typst.TypstError as wrong:
        if "could not be displayed" not in str(wrong):
            raise
        return _compile(_template(), _readable(values), made_at)


def _compile(source: bytes, values: str, made_at: datetime) -> bytes:
    """The PDF of a template and its values. PDF/UA refuses what nobody could read."""
    import typst

    folder = resources.files("futurefit.publishing") / "templates"
    compiler = typst.Compiler(
        source, root=str(folder), font_paths=_fonts(), ignore_system_fonts=True
    )
    written = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"report": values},
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(written, bytes)
    return written


@cache
def _template() -> bytes:
    return (resources.files("futurefit.publishing") / "templates" / "report.typ").read_bytes()


@cache
def _fonts() -> Fonts:
    """Arimo, which has the widths of Arial, and the faces that Typst brings for signs it lacks.

    Never those of the machine: the same report looks the same everywhere.
    """
    import fontpkg_arimo
    import typst

    folder = Path(fontpkg_arimo.ROOT) / "files"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)]
    )


# --- Characters that no letters have ------------------------------------------------------------


def _readable(values: str) -> str:
    """The values, each character that cannot be drawn replaced by its number: [U+1F600]."""
    missing = {one for one in set(values) if ord(one) >= _LATIN and not _can_be_drawn(one)}
    return values.translate({ord(one): f"[U+{ord(one):04X}]" for one in missing})


@cache
def _can_be_drawn(character: str) -> bool:
    import typst

    values = json.dumps(_values(Report(character, ()), None))
    try:
        _compile(_template(), values, _WHEN_UNKNOWN)
    except typst.TypstError:
        return False
    return True


def _clean(text: str) -> str:
    """Text without the controls that no page shows."""
    if text.isprintable():
        return text  # by far the most
    return "".join(
        one
        for one in text
        if (one >= " " or one in "\n\t") and one != "\ufeff" and not "\ud800" <= one <= "\udfff"
    )


def _words(text: str, longest: int = LONGEST_WORD) -> str:
    """Clean text, its words too long for a line with places where they may be parted."""
    text = _clean(text)
    if len(text) <= longest or all(len(word) <= longest for word in text.split()):
        return text
    return " ".join(
        _MAY_BREAK.join(word[at : at + longest] for at in range(0, len(word), longest))
        for word in text.split(" ")
    )


# --- What the template is given -----------------------------------------------------------------


def _values(document: Report | Table, imprint: Imprint | None) -> dict[str, Any]:
    """The report as report.typ reads it."""
    blocks = (document,) if isinstance(document, Table) else document.blocks
    lying = lies_on_its_side(document)
    facts = []
    if imprint is not None:
        made = (("Made", print_value(imprint.made_at, Shape.DATE)), *imprint.facts)
        facts = [_words(f"{name}: {fact}", _OF_A_LINE) for name, fact in made]
    return {
        "title": _words(document.title).strip() or "Report",
        "landscape": lying,
        "blocks": list(_blocks(blocks, lying)),
        "facts": facts,
    }


def _blocks(blocks: tuple[Block, ...], lying: bool) -> Iterator[dict[str, Any]]:
    deepest = 1  # the title; who listens to headings must not miss a level
    for block in blocks:
        match block:
            case Table():
                yield _table(block, lying)
            case Heading() if not block.text.strip():
                continue  # a heading without words is refused
            case Heading():
                deepest = min(max(block.level, 2), deepest + 1)
                yield {"kind": "heading", "level": deepest, "text": _words(block.text)}
            case Chart():
                yield _chart(block)
            case _:
                yield {"kind": "paragraph", "text": _words(block.text, _OF_A_LINE)}


def _chart(chart: Chart) -> dict[str, Any]:
    from futurefit.publishing import charts

    caption = _words(f"{chart.title}: {chart.alt}")
    drawn = _clean(charts.svg(chart).decode())
    return {"kind": "chart", "svg": drawn, "alt": caption, "caption": caption}


def _table(table: Table, lying: bool) -> dict[str, Any]:
    layout = lay_out(table, lying)
    return {
        "kind": "table",
        "title": _words(table.title),
        "heads": [_words(heading(column, table.unit)) for column in table.columns],
        "numbers": [column.shape in NUMBERS for column in table.columns],
        "widths": layout.widths_mm,
        "size": layout.letters_pt,
        "rows": [
            {
                "bold": row.emphasis,
                "breakable": not stays_whole(table, row),
                "cells": [
                    _cell(cell, column, table.unit, row.level if place == 0 else 0)
                    for place, (cell, column) in enumerate(
                        zip(row.cells, table.columns, strict=True)
                    )
                ],
            }
            for row in table.rows
        ],
        "notes": [_words(note, _OF_A_LINE) for note in table.notes],
    }


def _cell(cell: Cell, column: Column, unit: Unit, level: int) -> str | dict[str, Any]:
    """Its words, or a dictionary where more is to be said of it."""
    text = _words(print_value(cell.value, column.shape, unit))
    more: dict[str, Any] = {}
    rag = rag_of(cell.value) if column.shape is Shape.RAG else None
    if cell.marked:
        more |= {"marked": True, "fill": _MARKED}
    elif rag:
        more |= {"fill": rag.colour, "ink": rag.ink}
    if cell.note:
        more["note"] = _words(cell.note)
    if level:
        more["indent"] = level
    return {"text": text, **more} if more else text
