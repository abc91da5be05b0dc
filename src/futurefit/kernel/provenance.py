"""Where did this figure come from, to the cell, and how was it printed?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """A place in a document. Every part may be unknown; `printed` is the text exactly as it stands.

    `table` counts from 1 through the document, `row` and `column` count from 1 within the table
    (the heading row is row 1), `line` is the line of a text file, `page` is the printed page.
    """

    file: str = ""
    sha256: str = ""
    page: int | None = None
    heading: str = ""
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    printed: str = ""

    def words(self) -> str:
        """The place as a person would say it: 'page 287, line 619, table 12, row 2, column 3'."""
        counted = [
            (name, value)
            for name, value in (
                ("page", self.page),
                ("line", self.line),
                ("table", self.table),
                ("row", self.row),
                ("column", self.column),
            )
            if value is not None
        ]
        parts = [self.file] if self.file else []
        parts += [f"“{self.heading}”"] if self.heading else []
        parts += [f"{name} {value}" for name, value in counted]
        return ", ".join(parts)
