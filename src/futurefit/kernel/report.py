"""What does a report hold, before anybody decides whether it is a page, a sheet or a PDF?

Areas build these values; `publishing` writes them to files and `site` shows them. A value in a cell
keeps its type (pence, a count, a share, a date, words), so that every writer prints it its own way
and a spreadsheet receives numbers, not text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Shape(StrEnum):
    """What a column holds and so how it is printed and aligned."""

    WORDS = "words"
    PENCE = "pence"  # whole pence, printed in the table's money unit
    COUNT = "count"
    SHARE = "share"  # 0 to 1, printed per cent
    DATE = "date"
    RAG = "rag"  # the word, with its colour behind it


class Unit(StrEnum):
    """How money is printed; stored amounts are always whole pence."""

    POUNDS = "£"
    THOUSANDS = "£000"
    MILLIONS = "£m"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `key` names it in addresses, JSON and CSV; `title` heads it on paper."""

    key: str
    title: str
    shape: Shape = Shape.WORDS


Value = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value; `href` leads to its working, `note` is printed beside it ('c.', 'TBC').

    `marked` makes it stand out, as what its note finds wrong; never by colour alone.
    """

    value: Value
    href: str = ""
    note: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, one a column. `emphasis` marks totals; `level` indents sub-rows."""

    cells: tuple[Cell, ...]
    emphasis: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it will be shown and exported: title, unit of its money, columns, rows, notes."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: Unit = Unit.THOUSANDS
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the report's title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data: `kind` names a drawing in publishing.charts, `alt` says what it shows."""

    kind: str
    title: str
    alt: str
    rows: tuple[Mapping[str, Value], ...] = field(default_factory=tuple)


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: its title and blocks, in reading order."""

    title: str
    blocks: tuple[Block, ...]
