"""Which lines does a table of savings by year hold? (rule REC-06)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from futurefit.ledger.entries import LineAttributes
from futurefit.papers import labels
from futurefit.papers.candidates import AmountCandidate, LineCandidate, Said, TotalCandidate
from futurefit.papers.document import Table, TableCell
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.pieces import rows_of
from futurefit.papers.recognise.tables import YearTable, read_years
from futurefit.papers.recognise.templates import Rule, ScheduleTemplate, Template


@dataclass(frozen=True, slots=True)
class ScheduleReading:
    """A table of savings as read: its lines, and the totals over all of them."""

    lines: tuple[LineCandidate, ...]
    totals: tuple[TotalCandidate, ...]
    table: Table


def read_schedule(
    template: Template, schedule: ScheduleTemplate, table: Table, title: Said
) -> ScheduleReading | None:
    """Read a table by a schedule of a form; None where it has no years or no amounts.

    `title` names a row that has no words of its own.
    """
    years = read_years(table, template.years, schedule.unit, schedule.totals)
    if years is None:
        return None
    names, refs = _columns(schedule, years)
    lines: list[LineCandidate] = []
    totals: list[TotalCandidate] = []
    section: Said | None = None
    for row, cells in rows_of(table).items():
        if row <= years.head:
            continue
        words = [
            cell
            for cell in cells
            if cell.column < years.first and cell.text.strip() and years.column(cell) == cell.column
        ]
        readings = [(cell, reading) for cell in cells if (reading := years.read(cell)) is not None]
        if not readings:
            if len(words) == 1 and len([cell for cell in cells if cell.text.strip()]) == 1:
                section = Said(words[0].text.strip(), table.place(words[0]))
            continue
        if labels.rank(cell.text for cell in words):
            for cell, reading in readings:
                if reading.pence is not None:
                    year = years.years.get(years.column(cell), "")
                    totals.append(_total(table, cell, year, schedule, reading.pence, reading.doubt))
            continue
        name = next((cell for cell in words if cell.column == names), None)
        ref = next((cell for cell in words if cell.column == refs), None)
        others = _others(years, cells, [name, ref])
        if section is not None:
            others["section"] = section
        line = _line(schedule, years, [cell for cell, _ in readings], name, ref, title)
        lines.append(replace(line, others=others))
    if not lines:
        return None
    keyed = _keyed(lines)
    keys = tuple(line.key for line in keyed)
    return ScheduleReading(keyed, tuple(replace(one, lines=keys) for one in totals), table)


def _others(
    years: YearTable, cells: Sequence[TableCell], known: Sequence[TableCell | None]
) -> dict[str, Said]:
    """What a row says in columns that hold neither its name, its reference nor an amount."""
    found: dict[str, Said] = {}
    for cell in cells:
        column = years.column(cell)
        if cell in known or column in years.units or not cell.text.strip():
            continue
        heads = [
            head.text.strip()
            for head in years.table.cells
            if head.column == column and head.row <= years.head and head.text.strip()
        ]
        if heads:
            found[heads[-1]] = Said(cell.text.strip(), years.table.place(cell))
    return found


def _columns(schedule: ScheduleTemplate, years: YearTable) -> tuple[int, int]:
    """The columns of titles and of references; 0 where there is none."""
    names = refs = 0
    for cell in years.table.cells:
        if cell.row > years.head + 1 or cell.column >= years.first:
            continue
        if likeness.is_label(schedule.titles, cell.text):
            names = cell.column
        elif likeness.is_label(schedule.refs, cell.text):
            refs = cell.column
    if not names:
        below = [
            cell
            for cell in years.table.cells
            if cell.row > years.head and cell.column < years.first and cell.column != refs
        ]
        lengths: dict[int, int] = {}
        for cell in below:
            lengths[cell.column] = lengths.get(cell.column, 0) + len(cell.text.strip())
        names = max(lengths, key=lambda column: lengths[column], default=0)
    return names, refs


def _line(
    schedule: ScheduleTemplate,
    years: YearTable,
    cells: Sequence[TableCell],
    name: TableCell | None,
    ref: TableCell | None,
    title: Said,
) -> LineCandidate:
    table = years.table
    amounts, totals, doubts = [], [], list[str]()
    for cell in cells:
        reading = years.read(cell)
        year = years.years.get(years.column(cell), "")
        if reading is None:
            continue
        if reading.pence is None:
            doubts.append(f"{year or 'Total'}: {reading.doubt}")
            continue
        pence = schedule.sign * reading.pence
        if year:
            said = Said(cell.text, table.place(cell), pence, reading.doubt)
            amounts.append(AmountCandidate(schedule.account, year, pence, said))
        else:
            totals.append(_total(table, cell, "", schedule, reading.pence, reading.doubt))
    said = title if name is None else Said(name.text.strip(), table.place(name))
    return LineCandidate(
        key=ref.text.strip() if ref is not None else slug(said.text),
        title=said,
        attributes=ruled(schedule.attributes, schedule.rules, said.text),
        amounts=tuple(amounts),
        totals=tuple(totals),
        doubts=tuple(doubts),
        ref=None if ref is None else Said(ref.text.strip(), table.place(ref)),
    )


def _total(
    table: Table, cell: TableCell, year: str, schedule: ScheduleTemplate, pence: int, doubt: str
) -> TotalCandidate:
    signed = schedule.sign * pence
    return TotalCandidate(None, year, signed, Said(cell.text, table.place(cell), signed, doubt))


def _keyed(lines: Sequence[LineCandidate]) -> tuple[LineCandidate, ...]:
    """Lines by keys of their own: a reference that two carry is told apart by the title."""
    found: list[LineCandidate] = []
    refs = Counter(line.key for line in lines)
    taken: set[str] = set()
    for line in lines:
        key = line.key
        doubts = line.doubts
        if refs[key] > 1:
            if line.ref is not None:
                doubts = (*doubts, f"reference {line.ref.text} is printed for several lines")
                key = f"{key}-{slug(line.title.text)}"
            number = 2
            base = key
            while key in taken:
                key, number = f"{base}-{number}", number + 1
        taken.add(key)
        found.append(replace(line, key=key, doubts=doubts))
    return tuple(found)


def ruled(attributes: LineAttributes, rules: Iterable[Rule], text: str) -> LineAttributes:
    """The attributes as the rules change them whose words stand in a text."""
    for rule in rules:
        if likeness.holds(rule.words, text) is not None:
            attributes = replace(attributes, **rule.sets)
    return attributes


def slug(text: str, words: int = 6) -> str:
    """The first words of a title as a key: "Sales, Fees & Charges" → "sales-fees-charges"."""
    return "-".join(likeness.plain(text).replace("'", "").split()[:words]) or "line"
