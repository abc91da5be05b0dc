"""How does a form become a Word paper that people fill in and bring back? (rule TRP-01)

Every box is a cell of a real table and a content control with a tag; a choice among few is tick
boxes, among many a list. What identifies the form goes with it as an XML part. A program that drops
the controls loses nothing: answers are found by the words at the head of row and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from futurefit.kernel.form import ANSWER, Box, Form, Grid, Line
from futurefit.kernel.report import Cell, Column, Report, Row, Table
from futurefit.publishing import word
from futurefit.publishing.paper import lay_out, lies_on_its_side
from futurefit.publishing.printing import Imprint

if TYPE_CHECKING:
    from futurefit.publishing.word import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TICKED, _UNTICKED = "☒", "☐"
_MOST_TICKS, _IN_A_ROW = 6, 3  # options of a question, and of a box among others in a row
_MM = 36_000  # English Metric Units
_SHOWN = "F3F3F3"


def write(form: Form, namespace: str, imprint: Imprint | None = None) -> bytes:
    """The form as a .docx file; `namespace` is that of the part that it carries unseen."""
    measured = tuple(_as_table(grid, list(grid.lines)) for grid in form.grids)
    lying = lies_on_its_side(Report(form.title, measured))
    file = word.begin(form.title, imprint, lying=lying)
    ids = iter(range(1, 1_000_000))
    for block in form.blocks:
        if isinstance(block, Grid):
            _add_grid(file, block, ids, lying)
        else:
            word.add(file, block, lying)
    carried = f'<form xmlns="{namespace}">{escape(form.carried)}</form>'
    return word.finish(file, carried.encode())


def _add_grid(file: Document, grid: Grid, ids: Iterator[int], lying: bool) -> None:
    if grid.title:
        title = file.add_paragraph()
        title.paragraph_format.keep_with_next = True
        title.add_run(word.words(grid.title)).bold = True
    if grid.hint:
        file.add_paragraph(word.words(grid.hint)).paragraph_format.keep_with_next = True
    lines = [*grid.lines, *([grid.blank] if grid.blank else [])]
    drawn = file.add_table(rows=len(lines) + 1, cols=len(grid.columns) + 1, style="Table Grid")
    drawn.autofit = False
    layout = lay_out(_as_table(grid, lines), lying)
    widths = [round(width * _MM) for width in layout.widths_mm]
    for column, width in zip(drawn._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    rows = iter(drawn._tbl.tr_lst)
    head = next(rows)
    word.repeat(head)
    for cell, text in zip(head.tc_lst, (grid.mark, *grid.columns), strict=True):
        _write(cell.p_lst[0], text, bold=True)
        word.shade_cell(cell, word.HEADING)
    for row, line in zip(rows, lines, strict=True):
        marked, *cells = row.tc_lst
        _write(marked.p_lst[0], line.mark, bold=grid.columns == (ANSWER,))
        word.shade_cell(marked, _SHOWN)
        for cell, box, column in zip(cells, line.boxes, grid.columns, strict=True):
            tag = f"{grid.mark}/{line.mark}/{column}"
            _fill(cell, box, tag, ids, alone=grid.columns == (ANSWER,))
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width
    file.add_paragraph()


def _as_table(grid: Grid, lines: list[Line]) -> Table:
    """The grid as it is measured to find the widths of its columns."""
    alone = grid.columns == (ANSWER,)
    return Table(
        grid.title,
        tuple(Column(head, head) for head in (grid.mark, *grid.columns)),
        tuple(
            Row((Cell(one.mark), *(Cell(_seen(box, alone=alone)) for box in one.boxes)))
            for one in lines
        ),
    )


def _seen(box: Box, *, alone: bool) -> str:
    ticks = box.options if _ticks(box, alone=alone) else ()
    return " ".join((box.value, *(f"{_TICKED} {one}" for one in ticks)))


def _ticks(box: Box, *, alone: bool) -> bool:
    most = _MOST_TICKS if alone else _IN_A_ROW
    return 1 < len([one for one in box.options if one]) <= most


def _fill(cell: Any, box: Box, tag: str, ids: Iterator[int], *, alone: bool) -> None:
    paragraph = cell.p_lst[0]
    if not box.is_open:
        _write(paragraph, box.value)
        word.shade_cell(cell, _SHOWN)
    elif _ticks(box, alone=alone):
        for number, option in enumerate(one for one in box.options if one):
            if number:
                paragraph = cell.add_p()
            ticked = option == box.value
            sign = _TICKED if ticked else _UNTICKED
            _control(paragraph, f"{tag}/{option}", sign, ids, ticked=ticked)
            _write(paragraph, f" {option}")
    elif box.options:
        _control(paragraph, tag, box.value, ids, options=box.options)
    else:
        _write_freely(cell, box.value, tag, ids)


def _write_freely(cell: Any, text: str, tag: str, ids: Iterator[int]) -> None:
    """Words in a control that holds whole paragraphs, one a line.

    Lines broken within a paragraph would not do: LibreOffice joins them.
    """
    make = cell.makeelement
    content = make(f"{_W}sdtContent", {})
    for line in text.split("\n"):
        paragraph = make(f"{_W}p", {})
        paragraph.append(_run(paragraph, line))
        content.append(paragraph)
    control = make(f"{_W}sdt", {})
    control.append(_properties(cell, tag, ids))
    control.append(content)
    cell.remove(cell.p_lst[0])
    cell.append(control)


def _control(
    paragraph: Any,
    tag: str,
    text: str,
    ids: Iterator[int],
    *,
    ticked: bool | None = None,
    options: tuple[str, ...] = (),
) -> None:
    """A tick box, where `ticked` says so, or a list of options."""
    make = paragraph.makeelement
    control, properties = make(f"{_W}sdt", {}), _properties(paragraph, tag, ids)
    if ticked is not None:
        box = make(f"{_W14}checkbox", {}, nsmap={"w14": _W14[1:-1]})
        for name, said in (
            ("checked", {"val": str(int(ticked))}),
            ("checkedState", {"val": "2612", "font": "MS Gothic"}),
            ("uncheckedState", {"val": "2610", "font": "MS Gothic"}),
        ):
            box.append(make(f"{_W14}{name}", {f"{_W14}{key}": v for key, v in said.items()}))
        properties.append(box)
    else:
        choices = make(f"{_W}dropDownList", {})
        for option in options:
            if option:
                shown = {f"{_W}displayText": option, f"{_W}value": option}
                choices.append(make(f"{_W}listItem", shown))
        properties.append(choices)
    content = make(f"{_W}sdtContent", {})
    control.append(properties)
    control.append(content)
    paragraph.append(control)
    content.append(_run(paragraph, text))


def _properties(holder: Any, tag: str, ids: Iterator[int]) -> Any:
    """What a control is called; Word takes no more than 64 letters."""
    make = holder.makeelement
    properties = make(f"{_W}sdtPr", {})
    for name, value in (("alias", tag[-64:]), ("tag", tag[-64:]), ("id", str(next(ids)))):
        properties.append(make(f"{_W}{name}", {f"{_W}val": word.words(value)}))
    return properties


def _write(paragraph: Any, text: str, *, bold: bool = False) -> None:
    paragraph.append(_run(paragraph, text, bold=bold))


def _run(paragraph: Any, text: str, *, bold: bool = False) -> Any:
    """Text in the size of a table."""
    make = paragraph.makeelement
    run, look = make(f"{_W}r", {}), make(f"{_W}rPr", {})
    if bold:
        look.append(make(f"{_W}b", {}))
    look.append(make(f"{_W}sz", {f"{_W}val": "18"}))
    written = make(f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    written.text = word.words(text)
    run.append(look)
    run.append(written)
    return run
