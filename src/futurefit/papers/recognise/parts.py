"""What stands in the lists of a paper: milestones, risks, sign-offs, workstreams? (rule REC-11)

A row of a table is a statement by its columns' headings. A table that goes on after a page break
without them keeps those of the table before; a row that only fills a later column goes on with the
row above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from futurefit.kernel.report import Unit
from futurefit.papers.candidates import Meaning, Said, Statement
from futurefit.papers.document import Table, TableCell
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.amounts import joined, sums_in
from futurefit.papers.recognise.days import days_in, is_only_a_date, read_day
from futurefit.papers.recognise.pieces import Form, Piece
from futurefit.papers.recognise.sections import Section, beside, under
from futurefit.papers.recognise.tables import read_years
from futurefit.papers.recognise.templates import PartTemplate, Template

_RULE = re.compile(r"[-–—=_\s]+")  # a line drawn under a heading
_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)]?")
_NUMBERED = re.compile(r"(?P<number>\d{1,2})[.)]\s+(?P<words>\S.*)")
_LED_BY_DASH = re.compile(r"\s+[–—-]\s+(?=\S)")
_BULLET = re.compile(r"^[•●▪◦○·*]\s*")
_SUB_BULLETS = frozenset("◦○")
_BRACKETED = re.compile(r"\([^()]*\)")


def read_parts(template: Template, sections: Sequence[Section]) -> dict[str, tuple[Statement, ...]]:
    """The statements of every part, in the order of the paper."""
    found: dict[str, tuple[Statement, ...]] = {}
    for part in template.parts:
        if part.numbered:
            others = {one.name for one in template.parts if one is not part}
            rows = list(_numbered(part, [one for one in sections if not others & set(one.owners)]))
        else:
            rows = [
                row
                for section in sections
                if part.name in section.owners
                for row in _of_section(part, section)
            ]
        if rows:
            found[part.name] = tuple(rows)
    return found


def _of_section(part: PartTemplate, section: Section) -> Iterator[Statement]:
    is_heading = section.label is not None and section.label.form is Form.HEADING
    pieces = section.pieces if is_heading else under(section)
    if section.label is not None and section.label.table is not None and not section.rest:
        pieces = [section.label, *pieces]  # the label may stand in the table's own heading
    columns: Mapping[str, int] = {}
    last: dict[str, Said] = {}
    width = 0
    status, due, about = "", "", None
    lead: Piece | None = None
    for group in _grouped(pieces):
        table = group[0].table
        if table is not None and (part.columns or part.order):
            headed = _headed(part, table)
            if headed:
                columns, width = headed[1], _width(table)
            elif not columns or width != _width(table):
                columns, width = _ordered(part, table), _width(table)
            if columns:
                for row in _rows(part, table, columns, headed[0] if headed else 0, group):
                    if "what" not in row and last and _first(part) not in row:
                        _go_on(last, row)
                        continue
                    if last:
                        yield _finished(part, last)
                    last = dict(row)
                continue
        if not part.items or (table is not None and read_years(table, {}, Unit.POUNDS)):
            continue
        for piece in group:
            if piece is section.label:
                continue
            text = _BULLET.sub("", piece.text)
            deeper = piece.level > 1 or piece.text[:1] in _SUB_BULLETS
            said = next((word for word in part.statuses if likeness.is_label([word], text)), None)
            if said is not None:
                status, due = part.statuses[said], ""
            elif piece.form is Form.HEADING:
                about = piece
            elif last and deeper and lead is not None:
                last["what"] = replace(last["what"], text=f"{last['what'].text}\n{text}")
            elif is_only_a_date(text):
                due = text
            elif _goes_on(last, text, piece, lead):
                last["what"] = replace(last["what"], text=f"{last['what'].text} {text}")
            elif _is_item(piece, text):
                if last:
                    yield _finished(part, last)
                last = {"what": piece.said(text)}
                if status:
                    last["status"] = Said(status, piece.place, status)
                if about is not None:
                    last["about"] = about.said()
                if due and not days_in(text):
                    last["due"] = piece.said(due)
                lead = piece
    if last:
        yield _finished(part, last)


def _is_item(piece: Piece, text: str) -> bool:
    """Whether a piece is an item, and not words that introduce items or a line that is drawn."""
    if not text.strip("-–_ ") or _NUMBER.fullmatch(text) or _BRACKETED.fullmatch(text):
        return False
    return not text.endswith(":") or text != piece.text


def _goes_on(last: Mapping[str, Said], text: str, piece: Piece, before: Piece | None) -> bool:
    """Whether a piece ends the sentence of the one before, cut by a page or a cell."""
    if not last or before is None or piece.form is Form.ITEM:
        return False
    ended = last["what"].text.rstrip()[-1:] in ".;!?"
    return not ended and text[:1].islower() and before.place.line != piece.place.line


def _grouped(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Runs of pieces of one table, or of none."""
    run: list[Piece] = []
    for piece in pieces:
        if run and piece.table is not run[-1].table:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


# --- tables ---------------------------------------------------------------------------------------


def _headed(part: PartTemplate, table: Table) -> tuple[int, Mapping[str, int]] | None:
    """The row that heads the part's columns, and where each stands; None without one."""
    for row in range(1, 4):
        found: dict[str, int] = {}
        for cell in table.cells:
            if cell.row == row and cell.text.strip():
                for name, labels in part.columns.items():
                    if name not in found and likeness.is_label(labels, cell.text):
                        found[name] = cell.column
                        break
        if len(found) >= min(2, len(part.columns)):
            return row, found
    return None


def _ordered(part: PartTemplate, table: Table) -> Mapping[str, int]:
    """The part's columns as they follow each other in a table without headings."""
    filled = sorted({cell.column for cell in table.cells if cell.text.strip()})
    if not part.order or len(filled) != len(part.order):
        return {}
    return dict(zip(part.order, filled, strict=True))


def _width(table: Table) -> int:
    return max((cell.column + cell.col_span - 1 for cell in table.cells), default=0)


def _first(part: PartTemplate) -> str:
    return next(iter(part.columns or part.order), "what")


def _rows(
    part: PartTemplate, table: Table, columns: Mapping[str, int], head: int, group: list[Piece]
) -> Iterator[dict[str, Said]]:
    """The rows below the heading, as far as the section goes."""
    mine = {piece.cell.row for piece in group if piece.cell is not None}
    by_place: dict[int, dict[int, TableCell]] = {}
    for cell in table.cells:
        if cell.row > head and cell.row in mine and cell.text.strip():
            by_place.setdefault(cell.row, {})[cell.column] = cell
    for row in sorted(by_place):
        cells = by_place[row]
        said = {
            name: _said(part, name, table, cells[column])
            for name, column in columns.items()
            if column in cells and not _RULE.fullmatch(cells[column].text)
        }
        if said:
            yield said


def _said(part: PartTemplate, name: str, table: Table, cell: TableCell) -> Said:
    text = cell.text.strip()
    meaning, doubt = _meaning(part.means.get(name, ""), text)
    return Said(text, table.place(cell), meaning, doubt)


def _meaning(means: str, text: str) -> tuple[Meaning, str]:
    if means == "day":
        return read_day(text)
    if means == "money":
        sums = list(sums_in(text))
        return (sums[0].pence, sums[0].doubt) if len(sums) == 1 else (None, "")
    return None, ""


def _go_on(last: dict[str, Said], row: Mapping[str, Said]) -> None:
    """A row that fills only later columns continues the row above it."""
    for name, said in row.items():
        before = last.get(name)
        last[name] = said if before is None else replace(before, text=f"{before.text}\n{said.text}")


def _finished(part: PartTemplate, row: Mapping[str, Said]) -> Statement:
    """A statement with what its words give beyond themselves: status, day, the halves of a cell."""
    done = dict(row)
    for name, halves in part.divides.items():
        if name in done and ":" in done[name].text:
            said = done[name]
            for half, text in zip(halves, said.text.split(":", 1), strict=True):
                done[half] = replace(said, text=text.strip())
    what = done.get("what")
    undated = "due" not in done or done["due"].meaning is None
    if what is not None and part.items and part.means.get("due") == "day" and undated:
        named = days_in(what.text)
        if named:
            words, day, doubt = named[-1]
            several = f"{len(named)} days are named: the last is taken" if len(named) > 1 else ""
            done["due"] = Said(words, what.place, day, joined([doubt, several]))
    due = done.get("due")
    if due is not None and due.meaning is None and part.means.get("due") == "day":
        last, doubt = read_day(due.text)
        done["due"] = Said(due.text, due.place, last, joined([due.doubt, doubt]))
    if part.said and "status" not in done:
        for word, status in part.said.items():
            teller = next(
                (said for said in done.values() if likeness.holds([word], said.text)), None
            )
            if teller is not None:
                done["status"] = Said(word, teller.place, status)
                break
    return done


# --- numbered sections ----------------------------------------------------------------------------


def _numbered(part: PartTemplate, sections: Sequence[Section]) -> Iterator[Statement]:
    """Sections that count 1, 2, 3 in headings or cells, wherever they stand, and who leads each."""
    current: dict[str, Said] | None = None
    count = 0
    waiting = 0
    for section in sections:
        if "lead" in section.owners and current is not None and "lead" not in current:
            said = beside(section)
            if said:
                current["lead"] = said[0].said()
        label = section.label
        candidates = [] if label is None or section.owners == ("lead",) else [label]
        mine = part.name in section.owners
        for piece in [*candidates, *under(section)]:
            if piece is label and not mine:
                continue
            if piece.form is Form.ITEM or (not piece.first and not waiting):
                continue
            name = ""
            if waiting and piece.form is Form.CELL:
                name, waiting = piece.text, 0
            elif match := _NUMBERED.fullmatch(piece.text):
                if int(match["number"]) == count + 1 and _heads(piece):
                    name = match["words"]
            elif (
                (match := _NUMBER.fullmatch(piece.text))
                and int(match["number"]) == count + 1
                and piece.form is Form.CELL
            ):
                waiting = count + 1
            if name:
                if current is not None:
                    yield current
                count += 1
                current = {
                    "number": piece.said(str(count), count),
                    "what": piece.said(_named(part, name)),
                }
    if current is not None:
        yield current


def _heads(piece: Piece) -> bool:
    return piece.form in (Form.HEADING, Form.CELL)


def _named(part: PartTemplate, text: str) -> str:
    """The name alone: without "Workstream –" before it and the sentence behind it."""
    rest = likeness.first_after(part.prefixes, text)
    name = rest if rest else text
    return _LED_BY_DASH.split(name, maxsplit=1)[0].strip(" :–—-")
