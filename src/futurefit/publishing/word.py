"""How does a report become a Word document that people can go on editing? (rule PUB-08)

Real headings, real tables whose heading row repeats on each page, pictures with words for who
cannot see them, British English for the spelling checker, a page number at the foot. The same
report and imprint make the same document.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from futurefit.kernel.report import Block, Cell, Chart, Column, Heading, Report, Shape, Table, Unit
from futurefit.publishing.paper import MARGIN_MM, Layout, lay_out, lies_on_its_side, stays_whole
from futurefit.publishing.printing import NUMBERS, Imprint, heading, print_value, rag_of

if TYPE_CHECKING:
    # python-docx takes a fifth of a second to import: only when something is written.
    from docx.document import Document as Document
    from docx.table import _Cell

_MARKED, HEADING = "FFF2D3", "E8ECF0"
_WHEN_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)


def write(document: Report | Table, imprint: Imprint | None = None) -> bytes:
    """A report or a table as a .docx file."""
    blocks = (document,) if isinstance(document, Table) else document.blocks
    lying = lies_on_its_side(document)
    file = begin(document.title, imprint, lying=lying)
    for block in blocks:
        add(file, block, lying)
    if imprint is not None:
        made = (("Made", print_value(imprint.made_at, Shape.DATE)), *imprint.facts)
        file.add_paragraph("\n".join(words(f"{name}: {fact}") for name, fact in made))
    return finish(file)


def begin(title: str, imprint: Imprint | None, *, lying: bool) -> Document:
    """A document under its title, its pages `lying` on their side or not."""
    import docx
    from docx.enum.section import WD_ORIENT

    file = docx.Document()
    _set_up(file, title, imprint)
    if lying:
        section = file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    file.add_heading(words(title), 0)
    return file


def finish(file: Document, carried: bytes = b"") -> bytes:
    """The file of a document; `carried` is an XML part that goes with it unseen."""
    if carried:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        package = file.part.package
        path = package.next_partname("/customXml/item%d.xml")
        part = Part(PackURI(path), "application/xml", carried, package)
        file.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    saved = BytesIO()
    file.save(saved)
    return _timeless(saved)


def _timeless(file: BytesIO) -> bytes:
    """The same document without the moment at which each of its parts was zipped."""
    packed = BytesIO()
    with ZipFile(file) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as kept:
        for part in parts.infolist():
            kept.writestr(ZipInfo(part.filename), parts.read(part), ZIP_DEFLATED)
    return packed.getvalue()


def _set_up(file: Document, title: str, imprint: Imprint | None) -> None:
    """Properties, fonts, language, paper and page number."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    properties = file.core_properties
    properties.title, properties.author, properties.language = words(title)[:255], "", "en-GB"
    made_at = imprint.made_at if imprint else _WHEN_UNKNOWN
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.comments = ""
    style = file.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10.5)
    fonts = style.element.get_or_add_rPr()
    language = fonts.makeelement(qn("w:lang"), {qn("w:val"): "en-GB"})
    fonts.append(language)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, edge, Mm(MARGIN_MM))
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    number = foot._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): "PAGE"})
    foot._p.append(number)


def words(text: str) -> str:
    """Text that XML can hold."""
    return "".join(
        one for one in text if (one >= " " and one not in "\ufffe\uffff") or one in "\n\t"
    )


def add(file: Document, block: Block, lying: bool) -> None:
    """Add a block of a report at the end of the document."""
    match block:
        case Table():
            _add_table(file, block, lying)
        case Heading():
            file.add_heading(words(block.text), min(max(block.level - 1, 1), 9))
        case Chart():
            _add_chart(file, block)
        case _:
            file.add_paragraph(words(block.text))


def _add_chart(file: Document, chart: Chart) -> None:
    from docx.shared import Mm

    from futurefit.publishing import charts

    picture = file.add_picture(BytesIO(charts.png(chart)), width=Mm(165))
    picture._inline.docPr.set("descr", words(chart.alt))
    picture._inline.docPr.set("title", words(chart.title))
    file.add_paragraph(words(f"{chart.title}: {chart.alt}"))


def _add_table(file: Document, table: Table, lying: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    title = file.add_paragraph()
    title.paragraph_format.keep_with_next = True
    title.add_run(words(table.title)).bold = True
    if not table.columns:
        return
    drawn = file.add_table(rows=len(table.rows) + 1, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    layout = lay_out(table, lying)
    widths = [Mm(width) for width in layout.widths_mm]
    for line, width in zip(drawn._tbl.tblGrid.gridCol_lst, widths, strict=True):
        line.w = width
    rows = iter(drawn.rows)
    head = next(rows)
    repeat(head._tr)
    for cell, column, width in zip(head.cells, table.columns, widths, strict=True):
        cell.width = width
        _say(cell, heading(column, table.unit), layout, bold=True)
        _shade(cell, HEADING)
        if column.shape in NUMBERS:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row, said in zip(rows, table.rows, strict=True):
        if stays_whole(table, said):
            _mark_row(row._tr, "w:cantSplit")
        for cell, value, column, width in zip(
            row.cells, said.cells, table.columns, widths, strict=True
        ):
            cell.width = width
            _fill(cell, value, column, table.unit, layout, bold=said.emphasis)
            if column.shape in NUMBERS:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for note in table.notes:
        file.add_paragraph(words(note))
    file.add_paragraph()


def _fill(cell: _Cell, value: Cell, column: Column, unit: Unit, layout: Layout, bold: bool) -> None:
    """A value, its note beside it, and the colour of a rating or a mark behind."""
    from docx.shared import Pt

    _say(cell, print_value(value.value, column.shape, unit), layout, bold=bold or value.marked)
    if value.note:
        gap = " " if value.value is not None else ""
        run = cell.paragraphs[0].add_run(gap + words(value.note))
        run.italic, run.font.size = True, Pt(layout.letters_pt)
    rag = rag_of(value.value) if column.shape is Shape.RAG else None
    if value.marked:
        _shade(cell, _MARKED)
    elif rag:
        _shade(cell, rag.colour.lstrip("#"), rag.ink.lstrip("#"))


def _say(cell: _Cell, text: str, layout: Layout, bold: bool) -> None:
    from docx.shared import Pt

    run = cell.paragraphs[0].add_run(words(text))
    run.bold, run.font.size = bold or None, Pt(layout.letters_pt)


def _shade(cell: _Cell, colour: str, ink: str = "") -> None:
    """A colour behind a cell, and of its letters."""
    from docx.shared import RGBColor

    shade_cell(cell._tc, colour)
    if ink:
        for run in cell.paragraphs[0].runs:
            run.font.color.rgb = RGBColor.from_string(ink)


def shade_cell(cell: Any, colour: str) -> None:
    """A colour behind a cell, given as its element."""
    from docx.oxml.ns import qn

    properties = cell.get_or_add_tcPr()
    shade = properties.makeelement(
        qn("w:shd"), {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): colour}
    )
    properties.append(shade)


def repeat(row: Any) -> None:
    """Let a heading row stand again at the top of each page."""
    _mark_row(row, "w:tblHeader")


def _mark_row(row: Any, mark: str) -> None:
    """Say of a row that it is a heading, or that it stays on one page."""
    from docx.oxml.ns import qn

    properties = row.get_or_add_trPr()
    properties.append(properties.makeelement(qn(mark), {}))
