"""Which tables does a worksheet hold, and what heads them? (rule AUD-27)

Rows part as in a CSV file (AUD-04). Tables side by side are parted where a blank column stands
between two that each have labels and figures of their own: a blank column alone only spaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from futurefit.papers.document import Block, Heading, Paragraph, Table, TableCell, Unreadable
from futurefit.papers.printed import is_number
from futurefit.papers.readers.blocks import TITLE_LEVEL, Line, Part, has_figure, parts
from futurefit.papers.readers.html import MOST_CELLS
from futurefit.papers.readers.xlsx.sheet import Cell, Sheet, Styles, address

_SHEET_LEVEL = 1


class Builder:
    """Makes blocks of one sheet after the other; tables count through the workbook."""

    def __init__(self, name: str, styles: Styles) -> None:
        self._name = name
        self._bold = styles.bold
        self._tables = self._places = self._line = 0

    def blocks(self, sheet: Sheet) -> Iterator[Block]:
        """The blocks of a sheet, under its name."""
        if not sheet.rows:
            return
        self._line += 1
        first = self._line  # row 1 stands on the next line
        yield Heading(sheet.name, _SHEET_LEVEL, first)
        cells = {row: {cell.column: cell for cell in held} for row, held in sheet.rows.items()}
        spans = self._spans(sheet, cells)
        lines, columns = _lines(cells)
        self._line = first + max(sheet.rows)
        for part in parts(lines):
            yield from self._part(part, columns, sheet, cells, spans, first)

    def _spans(
        self, sheet: Sheet, cells: dict[int, dict[int, Cell]]
    ) -> dict[tuple[int, int], tuple[int, int]]:
        """What each merged cell spans. What is left under one is not printed, and is taken out."""
        spans = {}
        for top, left, bottom, right in sheet.merged:
            spans[top, left] = (bottom - top + 1, right - left + 1)
            if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
                raise Unreadable(f"{self._name} merges more than {MOST_CELLS:,} cells. Split it.")
            for row in range(top, bottom + 1):
                held = cells.get(row)
                if held:
                    for column in [c for c in held if left <= c <= right]:
                        if (row, column) != (top, left):
                            del held[column]
        return spans

    def _part(
        self,
        part: Part,
        columns: list[int],
        sheet: Sheet,
        cells: dict[int, dict[int, Cell]],
        spans: dict[tuple[int, int], tuple[int, int]],
        first: int,
    ) -> Iterator[Block]:
        """One run of rows: its titles, then the tables that stand side by side in it."""
        if all(row.filled < 2 for row in part.rows) and not part.figures:
            for row in part.rows:
                for text in filter(None, row.texts):
                    yield Paragraph(text, first + row.line)
            return
        titles = part.take_titles()
        for line, text in titles:
            yield Heading(text, TITLE_LEVEL, first + line)
        while part.rows and not part.rows[-1].filled:
            part.rows.pop()
        for start, end in _side_by_side(part.rows):
            rows = [Line(row.line, row.texts[start:end]) for row in part.rows]
            beside = Part(rows)
            own = beside.take_titles() if (start, end) != (0, len(columns)) else []
            while beside.rows and not beside.rows[-1].filled:
                beside.rows.pop()
            said = " – ".join(text for _, text in [*titles, *own])
            table = self._table(beside.rows, columns[start:end], sheet, cells, spans, first)
            if table is not None:
                place, made = table
                yield Table(self._tables, first + place, made, said or sheet.name, sheet=sheet.name)

    def _table(
        self,
        rows: list[Line],
        columns: list[int],
        sheet: Sheet,
        cells: dict[int, dict[int, Cell]],
        spans: dict[tuple[int, int], tuple[int, int]],
        first: int,
    ) -> tuple[int, tuple[TableCell, ...]] | None:
        """The line in the sheet of a table, and its cells; blank ones are left out."""
        filled = [place for row in rows for place, text in enumerate(row.texts) if text]
        if not filled:
            return None
        left, right = columns[min(filled)], columns[max(filled)]
        last_row = rows[-1].line
        found: list[TableCell] = []
        for number, row in enumerate(rows, 1):
            for column, cell in sorted(cells.get(row.line, {}).items()):
                if not left <= column <= right or not cell.text:
                    continue
                down, across = spans.get((row.line, column), (1, 1))
                found.append(
                    TableCell(
                        number,
                        column - left + 1,
                        cell.text,
                        first + row.line,
                        min(down, last_row - row.line + 1),
                        min(across, right - column + 1),
                        cell.style < len(self._bold) and self._bold[cell.style],
                        ref=address(row.line, column),
                    )
                )
                self._places += 1
        if self._places > MOST_CELLS:
            raise Unreadable(f"{self._name} holds more than {MOST_CELLS:,} cells. Split it.")
        self._tables += 1
        return rows[0].line, tuple(found)


def _lines(cells: dict[int, dict[int, Cell]]) -> tuple[list[Line], list[int]]:
    """The rows of a sheet with their texts under every column in use; a gap is one blank row."""
    columns = sorted({column for held in cells.values() for column, c in held.items() if c.text})
    # Of a gap between columns one blank place is kept, which is where tables may part.
    kept: list[int] = []
    for column in columns:
        if kept and column > kept[-1] + 1:
            kept.append(kept[-1] + 1)
        kept.append(column)
    places = {column: place for place, column in enumerate(kept)}
    if len(cells) * len(kept) > 20 * MOST_CELLS:
        raise Unreadable("Its cells stand too far apart to be tables.")
    lines: list[Line] = []
    for row in sorted(cells):
        texts = [""] * len(kept)
        for column, cell in cells[row].items():
            if cell.text:
                texts[places[column]] = cell.text
        if lines and row > lines[-1].line + 1:
            lines.append(Line(lines[-1].line + 1, []))
        lines.append(Line(row, texts))
    return lines, kept


def _side_by_side(rows: list[Line]) -> list[tuple[int, int]]:
    """From and to which place each of the tables side by side reaches."""
    width = max((len(row.texts) for row in rows), default=0)
    used = [False] * width
    for row in rows:
        for place, text in enumerate(row.texts):
            if text:
                used[place] = True
    runs: list[tuple[int, int]] = []
    for place, filled in enumerate(used):
        if filled:
            if runs and runs[-1][1] == place:
                runs[-1] = (runs[-1][0], place + 1)
            else:
                runs.append((place, place + 1))
    if len(runs) < 2:
        return [(0, width)]
    found = [runs[0]]
    for start, end in runs[1:]:
        if _stands_alone(rows, *found[-1]) and _stands_alone(rows, start, end):
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
    return found


def _stands_alone(rows: list[Line], start: int, end: int) -> bool:
    """Whether columns are a table of their own: labels in the first, figures in the others."""
    if end - start < 2:
        return False
    labels = figures = beside = 0
    for row in rows:
        texts = row.texts[start:end]
        if not texts:
            continue
        if texts[0]:
            if is_number(texts[0]):
                beside += 1
            else:
                labels += 1
        figures += has_figure(Line(row.line, texts[1:]))
    return labels > 1 and labels > beside and figures > 1
