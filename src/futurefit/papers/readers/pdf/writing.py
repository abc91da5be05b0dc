"""How do the pages of a paper become blocks, one after another? (rules AUD-22 and AUD-23)

Lines and tables are counted on. A table, row or paragraph that a page's end breaks is made whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from futurefit.papers.document import Aside, AsideKind, Block, Heading, Paragraph, Table, TableCell
from futurefit.papers.readers.pdf import flow
from futurefit.papers.readers.pdf.flow import Piece, Text
from futurefit.papers.readers.pdf.found import Cell, Found
from futurefit.papers.readers.pdf.page import Page
from futurefit.papers.readers.pdf.rows import is_figure, joined

_NEAR = 0.3  # of a page: from its foot, or its head, to a table that goes on
_SHIFT = 4.0  # points that ruled columns may shift from page to page
_LONGEST_CAPTION = 200  # characters


class Writer:
    """Makes the blocks of one page after another."""

    def __init__(self, usual: float, sizes: Sequence[float]) -> None:
        self._usual = usual
        self._sizes = sizes
        self._blocks: list[Block] = []
        self._line = 0
        self._tables = 0
        self._heading = ""
        self._open: tuple[int, Found, Page, int] | None = None  # block, table, page, rows
        self._unfinished: tuple[int, int] | None = None  # the block and page that text ends on

    def write(
        self,
        page: Page,
        found: Sequence[Found],
        parts: Sequence[Piece | Found],
        asides: Sequence[tuple[AsideKind, Text]],
    ) -> None:
        """Add a page: its tables as found, and its text and tables in reading order."""
        for kind, text in asides:
            if kind is AsideKind.HEADER:
                self._aside(kind, text, page)
        numbers: dict[int, int] = {}
        for place, part in enumerate(parts):
            if isinstance(part, Piece):
                self._piece(part, page, first=place == 0)
                continue
            self._unfinished = None
            at = found.index(part)
            if place == 0 and self._goes_on(part, page):
                numbers[at] = self._continue(part, page)
            else:
                within = numbers.get(part.within) if part.within is not None else None
                numbers[at] = self._table(part, page, within)
        for kind, text in asides:
            if kind is not AsideKind.HEADER:
                self._aside(kind, text, page)

    def finished(self) -> list[Block]:
        """All blocks."""
        return self._blocks

    def _piece(self, piece: Piece, page: Page, *, first: bool) -> None:
        """Add a piece of text, or its words to the paragraph that the page before ends on."""
        note = flow.footnote(piece, page, self._line + 1, self._usual)
        if note is not None:
            # Below the text: what the page ends on goes on all the same.
            self._line += 1
            self._blocks.append(note)
            return
        self._open = None
        block = flow.block(piece, page, self._line + 1, self._usual, self._sizes)
        if first and self._unfinished is not None and isinstance(block, Paragraph):
            place, number = self._unfinished
            before = self._blocks[place]
            assert isinstance(before, Paragraph)
            if number == page.number - 1 and flow.is_broken(before.text, block.text):
                text = joined([before.text, block.text])
                self._blocks[place] = replace(before, text=text)
                self._unfinished = place, page.number
                return
        self._line += 1
        self._blocks.append(block)
        last = len(self._blocks) - 1
        self._unfinished = (last, page.number) if isinstance(block, Paragraph) else None
        if isinstance(block, Heading):
            self._heading = block.text

    def _next(self) -> int:
        self._line += 1
        return self._line

    def _aside(self, kind: AsideKind, text: Text, page: Page) -> None:
        box = page.box(text.left, text.top, text.right, text.bottom)
        aside = Aside(kind, text.text, self._next(), page=page.number, box=box)
        self._blocks.append(aside)

    def _table(self, found: Found, page: Page, within: int | None) -> int:
        self._tables += 1
        heading = self._caption(found, page)
        line = self._line + 1
        cells = self._cells(found.cells, page, 0)
        box = page.box(found.left, found.top, found.right, found.bottom)
        table = Table(self._tables, line, tuple(cells), heading, page.number, within, box=box)
        self._blocks.append(table)
        if within is None:
            rows = max(cell.row for cell in found.cells)
            self._open = (len(self._blocks) - 1, found, page, rows)
        return self._tables

    def _caption(self, found: Found, page: Page) -> str:
        """The heading a table stands under, with the short line just above it, if there is one."""
        last = self._blocks[-1] if self._blocks else None
        if (
            isinstance(last, Paragraph)
            and last.page == page.number
            and len(last.text) <= _LONGEST_CAPTION
            and not last.text.endswith((".", ";", ","))
        ):
            return f"{self._heading} – {last.text}" if self._heading else last.text
        return self._heading

    def _cells(self, cells: Sequence[Cell], page: Page, above: int) -> list[TableCell]:
        """Cells as the document has them; every row is a line, and `above` rows come before."""
        made: list[TableCell] = []
        row = 0
        for one in sorted(cells):
            if one.row != row:
                row = one.row
                self._line += 1
            made.append(
                TableCell(
                    one.row + above,
                    one.column,
                    one.text,
                    self._line,
                    one.row_span,
                    one.col_span,
                    one.bold,
                    page=page.number,
                    box=page.box(one.left, one.top, one.right, one.bottom),
                )
            )
        return made

    def _goes_on(self, found: Found, page: Page) -> bool:
        """Whether the first table of a page goes on with the last of the page before."""
        if self._open is None or found.within is not None:
            return False
        _, before, last, _ = self._open
        if last.number != page.number - 1 or len(before.edges) != len(found.edges):
            return False
        if last.height - before.bottom > _NEAR * last.height:
            return False
        if found.top > _NEAR * page.height:
            return False
        shift = found.edges[0] - before.edges[0]
        room = max(_SHIFT, 0.06 * (before.edges[-1] - before.edges[0]))
        if any(
            abs(one - other - shift) > room
            for one, other in zip(found.edges, before.edges, strict=True)
        ):
            return False
        if _repeated(before, found):
            return True
        start = 2 if self._rest(found, 1) else 1
        first = [cell for cell in found.cells if cell.row == start]
        ruled_alike = all(
            abs(one - other - shift) <= _SHIFT
            for one, other in zip(found.edges, before.edges, strict=True)
        )
        return any(is_figure(cell.text) for cell in first if cell.column > 1) or (
            ruled_alike and not any(is_figure(cell.text) for cell in before.cells)
        )

    def _rest(self, found: Found, row: int) -> dict[int, str]:
        """The texts by column of a row that is the rest of the one a page's end broke, or nothing.

        Such a row has no figures, starts with a small letter, stands below words throughout, and
        leaves blank what others stand above: a row of its own would fill all its cells.
        """
        assert self._open is not None
        place, _, _, rows = self._open
        table = self._blocks[place]
        assert isinstance(table, Table)
        here = [cell for cell in found.cells if cell.row == row]
        rest = {cell.column: cell.text for cell in here if cell.text}
        if not rest or any(cell.row_span > 1 or cell.col_span > 1 for cell in here):
            return {}
        last = {cell.column for cell in table.cells if cell.row == rows and cell.text}
        if any(map(is_figure, rest.values())) or not rest.keys() < last:
            return {}
        return rest if next(iter(rest.values()))[0].islower() else {}

    def _continue(self, found: Found, page: Page) -> int:
        """Add the rows of a table that goes on, without the heading rows that it repeats."""
        assert self._open is not None
        place, before, _, rows = self._open
        table = self._blocks[place]
        assert isinstance(table, Table)
        above = table.cells
        skipped = _repeated(before, found)
        rest = self._rest(found, skipped + 1)
        if rest:
            skipped += 1
            above = tuple(
                cell._replace(text=joined([cell.text, rest[cell.column]]))
                if cell.row == rows and cell.column in rest
                else cell
                for cell in above
            )
        kept = [cell._replace(row=cell.row - skipped) for cell in found.cells if cell.row > skipped]
        cells = self._cells(kept, page, rows)
        self._blocks[place] = Table(
            table.index,
            table.line,
            (*above, *cells),
            table.heading,
            table.page,
            table.within,
            box=table.box,
        )
        rows += max((cell.row for cell in kept), default=0)
        self._open = (place, found._replace(cells=before.cells), page, rows)
        return table.index


def _repeated(before: Found, found: Found) -> int:
    """How many rows at the top of a table repeat those at the top of the one before."""
    count = 0
    mine, theirs = _texts(before), _texts(found)
    for (row, one), (_, other) in zip(mine, theirs, strict=False):
        if one != other or any(is_figure(text) for text in one[1:]):
            break
        count = row
    return 0 if count >= max(row for row, _ in theirs) else count


def _texts(found: Found) -> list[tuple[int, list[str]]]:
    """The texts of the first rows."""
    texts: list[tuple[int, list[str]]] = []
    for cell in found.cells:
        if cell.row > 6:
            break
        if not texts or texts[-1][0] != cell.row:
            texts.append((cell.row, []))
        texts[-1][1].append(cell.text)
    assert all(one[0] < other[0] for one, other in pairwise(texts))
    return texts
