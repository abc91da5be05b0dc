"""What stands in a workbook, as Excel would print it? (rule AUD-27)

Sheet after sheet, each with its tables, their titles and the address of every cell. What formulas
give is compared with what the file keeps (AUD-28). Nothing is run and no other file is opened
(AUD-29).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from futurefit.kernel.findings import Finding
from futurefit.papers.document import Block, Document, Unreadable
from futurefit.papers.readers.html import MOST_CELLS
from futurefit.papers.readers.xlsx import layout, notes
from futurefit.papers.readers.xlsx.checking import check_formulas
from futurefit.papers.readers.xlsx.sheet import (
    S,
    Sheet,
    Styles,
    read_sheet,
    read_strings,
    read_styles,
)
from futurefit.papers.readers.zipped import Package, Relation, without_collecting

_MOST_SHEETS = 1_000
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it is kept: every sheet, hidden ones too, with what its cells hold."""

    package: Package
    sheets: tuple[Sheet, ...]
    styles: Styles
    names: dict[str, str]
    from_1904: bool


@without_collecting()
def read(name: str, sha256: str, data: bytes) -> Document:
    """Read an .xlsx or .xlsm file into a Document."""
    book = open_book(name, data)
    blocks: list[Block] = []
    builder = layout.Builder(name, book.styles)
    for sheet in book.sheets:
        if sheet.shown:
            blocks += builder.blocks(sheet)
    findings: list[Finding] = list(notes.notes(name, list(book.sheets), book.package))
    findings += formula_findings(book)
    return Document(name, sha256, tuple(blocks), tuple(findings), has_lines=False)


def open_book(name: str, data: bytes) -> Book:
    """Read the sheets of an .xlsx or .xlsm file, before anybody says which tables they hold."""
    package = Package(name, data, "Excel")
    main = package.main_part("xl/workbook.xml")
    root = package.tree(main)
    if root is None or root.tag != f"{S}workbook":
        raise Unreadable(f"{name} is a zip file without an Excel workbook in it.")
    relations = package.relations(main)
    strings = read_strings(package, _path(relations, "sharedStrings"))
    styles_root = package.tree(_path(relations, "styles"))
    styles = read_styles(styles_root)
    properties = root.find(f"{S}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    sheets = tuple(_sheets(package, root, relations, strings, styles, from_1904))
    names = {
        one.get("name", "").upper(): one.text or ""
        for one in root.iterfind(f"{S}definedNames/{S}definedName")
    }
    return Book(package, sheets, styles, names, from_1904)


def formula_findings(book: Book) -> list[Finding]:
    """Where a workbook's formulas do not give what it shows (rule AUD-28)."""
    return check_formulas(
        book.package.name, list(book.sheets), book.names, book.styles, book.from_1904
    )


def _path(relations: dict[str, Relation], kind: str) -> str:
    """The part of a kind that the workbook points to; "" where there is none."""
    found = (one.target for one in relations.values() if one.kind == kind and not one.outside)
    return next(found, "")


def _sheets(
    package: Package,
    root: Element,
    relations: dict[str, Relation],
    strings: list[str],
    styles: Styles,
    from_1904: bool,
) -> Iterator[Sheet]:
    """Every worksheet with its cells; sheets that only hold a chart have none."""
    total = 0
    for order, one in enumerate(root.iterfind(f"{S}sheets/{S}sheet")):
        if order >= _MOST_SHEETS:
            raise Unreadable(f"{package.name} has more than {_MOST_SHEETS:,} sheets. Split it.")
        sheet = Sheet(one.get("name", ""), shown=one.get("state", "visible") == "visible")
        relation = relations.get(one.get(_R_ID, ""))
        if relation is not None and relation.kind == "worksheet" and not relation.outside:
            total += read_sheet(package, relation.target, sheet, strings, styles, from_1904)
            if total > MOST_CELLS:
                raise Unreadable(f"{package.name} holds more than {MOST_CELLS:,} cells. Split it.")
        yield sheet
