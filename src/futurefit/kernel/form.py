"""What does a form ask, before anybody decides whether it is a Word paper or a workbook?

A form is grids to fill in among headings, words and tables that are only shown. The first column of
a grid, its marks, says what each row is about; grids are told apart by what heads that column. So
whoever wrote the form finds every answer again by words that people see, whichever program saved
the file meanwhile: `Filled` is the form as it came back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from futurefit.kernel.report import Heading, Paragraph, Table

QUESTION, ANSWER = "Question", "Answer"
"""What heads the two columns of a grid of single questions."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place to fill in. `options` are all that may be chosen ("" among them where it may stay
    empty); `is_open` is false for what is shown and not to be changed; `is_number` holds an amount
    or a count; `formula` is worked out by the spreadsheet for whoever fills in, and never read.
    """

    value: str = ""
    options: tuple[str, ...] = ()
    is_open: bool = True
    is_number: bool = False
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid: what it is about ("" for a row to be added), and a box a column."""

    mark: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to fill in. `blank`, where it is given, is a row that people may add."""

    title: str
    mark: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    hint: str = ""
    blank: Line | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form in reading order. `carried` goes with the file unseen, and comes back with it."""

    title: str
    blocks: tuple[Heading | Paragraph | Table | Grid, ...]
    carried: str

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All that can be filled in."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in a place of a form that came back; `wrong` is why it cannot be relied upon."""

    text: str
    place: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A row as it came back: its mark, and its answers by what heads their columns."""

    mark: Answer
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """A grid as it came back, under what heads its marks. `sheet` is its sheet of a workbook."""

    mark: str
    lines: tuple[FilledLine, ...]
    columns: tuple[str, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A file that came back: its grids, and what it carried unseen ("" where that is gone)."""

    name: str
    sha256: str
    carried: str
    grids: tuple[FilledGrid, ...]


Values = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Texts by grid (what heads its marks), row (its mark) and column."""


def values_of(form: Form) -> dict[str, dict[str, dict[str, str]]]:
    """What a form says before anybody fills it in."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for grid in form.grids:
        rows = found.setdefault(grid.mark, {})
        for line in grid.lines:
            boxes = zip(grid.columns, line.boxes, strict=True)
            rows[line.mark] = {column: box.value for column, box in boxes if box.is_open}
    return found


def plain(text: str) -> str:
    """A text as two programs agree on it: no blank lines, and one blank between words."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
