"""What stands in a paper, in reading order, before anybody says what it means? (rule AUD-01)

Every reader gives the same `Document`. Text is as printed, without markup; nothing is added up,
dropped or mended here. Tables count from 1 through the document; rows and columns count from 1
within the table, heading rows included. Lines count from 1 in a text file; in a file without lines,
`line` only counts on in reading order, and `Document.has_lines` is false.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from futurefit.kernel.findings import Finding
from futurefit.kernel.provenance import Provenance

BOLD_LINE = 7
"""The level of a heading that is only a bold line of its own, below the six that are marked."""


class Box(NamedTuple):
    """Where something stands on its page, in points from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 to 6 as marked, or `BOLD_LINE`."""

    text: str
    level: int
    line: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks that the paper makes on purpose are kept."""

    text: str
    line: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list. `level` counts from 1; `marker` is its number or letter, if it has one."""

    text: str
    line: int
    level: int = 1
    marker: str = ""
    page: int | None = None
    box: Box | None = None


class AsideKind(StrEnum):
    """What stands outside the running text."""

    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    TEXT_BOX = "text box"


@dataclass(frozen=True, slots=True)
class Aside:
    """Text outside the running text; `marker` is a note's number, where it has one.

    A header or footer that every page repeats is told once.
    """

    kind: AsideKind
    text: str
    line: int
    marker: str = ""
    page: int | None = None
    box: Box | None = None


class TableCell(NamedTuple):
    """A cell: its place, what it spans, its text. `heading` is set where the file marks it so.

    `ref` is its address in a workbook ("D14"); `page` is set where the table runs over several.
    """

    row: int
    column: int
    text: str
    line: int
    row_span: int = 1
    col_span: int = 1
    bold: bool = False
    heading: bool = False
    ref: str = ""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed. `heading` is what it stands under, `within` the table it is nested in.

    `sheet` is the sheet of a workbook that it stands on.
    """

    index: int
    line: int
    cells: tuple[TableCell, ...]
    heading: str = ""
    page: int | None = None
    within: int | None = None
    sheet: str = ""
    box: Box | None = None

    def place(self, cell: TableCell | None = None) -> Provenance:
        """Where the table or a cell stands; a workbook's cell is headed "Savings!D14"."""
        if cell is None:
            return Provenance(
                page=self.page, heading=self.heading, line=self.line, table=self.index
            )
        return Provenance(
            page=cell.page or self.page,
            heading=f"{self.sheet}!{cell.ref}" if cell.ref else self.heading,
            line=cell.line,
            table=self.index,
            row=cell.row,
            column=cell.column,
            printed=cell.text,
        )


Block = Heading | Paragraph | ListItem | Aside | Table


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A paper as read. `findings` are the reader's own (how it was decoded, what it could not see).

    `pages` counts its pages where the file has pages; `has_lines` is true of a text file.

    A document equals only itself: it is a key to what has been worked out from it, and comparing
    two means comparing their blocks.
    """

    name: str
    sha256: str
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    pages: int | None = None
    has_lines: bool = True

    @property
    def tables(self) -> Iterator[Table]:
        """The tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))


class Unreadable(Exception):
    """The file cannot be read as a paper; the message says why and what to do."""
