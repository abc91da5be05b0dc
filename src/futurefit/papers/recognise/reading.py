"""What does each paper in a document propose? (rules REC-01, REC-02, REC-10)

First the papers that a form's labels bound, each read by its form. Then what stands outside them:
tables of savings and slides, which either repeat a paper (they are named like it) or stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.ledger.entries import LineKind
from futurefit.papers.candidates import (
    LineCandidate,
    PaperCandidate,
    PaperKind,
    Said,
    Statement,
    TotalCandidate,
)
from futurefit.papers.document import Document, Table
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.amounts import sums_in, years_in
from futurefit.papers.recognise.fields import read_fields
from futurefit.papers.recognise.grids import read_grids
from futurefit.papers.recognise.lists import read_lists
from futurefit.papers.recognise.parts import read_parts
from futurefit.papers.recognise.pieces import Form, Piece, pieces_of
from futurefit.papers.recognise.repeats import (
    check_totals,
    keyed_apart,
    merged,
    presents,
    slide_differs,
)
from futurefit.papers.recognise.schedules import ScheduleReading, read_schedule
from futurefit.papers.recognise.sections import Region, Section, find_regions, sections_of, under
from futurefit.papers.recognise.sentences import read_words
from futurefit.papers.recognise.templates import ScheduleTemplate, Template, shipped

_TITLE = "title"
_MOST_SLIDE_WORDS = 16
_MARKED_ROWS = 8  # the first rows of a table, where it may say what it is
_LONGEST_MARK = 200  # characters; longer cells are prose


@dataclass(slots=True)
class _Paper:
    """A paper while it is put together. `order` is where it begins."""

    template: Template
    order: int
    title: Said
    place: Provenance
    fields: dict[str, tuple[Said, ...]] = field(default_factory=dict)
    parts: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    lines: list[LineCandidate] = field(default_factory=list)
    totals: list[TotalCandidate] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    presentation_of: str = ""

    def candidate(self) -> PaperCandidate:
        template = self.template
        missing = [one.name for one in template.fields if one.required]
        missing += [one.name for one in template.parts if one.required]
        return PaperCandidate(
            template=template.name,
            kind=template.kind,
            title=self.title,
            place=self.place,
            fields=self.fields,
            lines=tuple(self.lines),
            parts=self.parts,
            missing=tuple(
                name for name in missing if name not in self.fields and name not in self.parts
            ),
            findings=(*self.findings, *check_totals(self.lines, self.totals)),
            totals=tuple(self.totals),
            presentation_of=self.presentation_of,
        )


def recognise(
    document: Document, templates: Sequence[Template] | None = None
) -> tuple[PaperCandidate, ...]:
    """The papers of a document, in reading order. `templates` are tried in their order; without
    them, those that come with the product.
    """
    forms = shipped() if templates is None else tuple(templates)
    pieces = pieces_of(document)
    regions = find_regions(pieces, forms)
    papers: list[_Paper] = []
    used: set[int] = set()
    inside: set[int] = set()
    for region in regions:
        paper, tables = _read(pieces, region)
        papers.append(paper)
        used |= tables
        inside |= set(range(region.first, region.last))
    outside = [(at, piece) for at, piece in enumerate(pieces) if at not in inside]
    papers += _loose_tables(document, pieces, papers, forms, used)
    _slides(outside, papers)
    papers.sort(key=lambda paper: paper.order)
    return tuple(paper.candidate() for paper in papers)


# --- a paper --------------------------------------------------------------------------------------


def _read(pieces: Sequence[Piece], region: Region) -> tuple[_Paper, set[int]]:
    """A paper by its form, and the tables of savings that it holds."""
    template = region.template
    mine = pieces[region.first : region.last]
    sections = sections_of(template, mine)
    fields, findings = read_fields(template, sections)
    title = _title(region, fields, mine)
    fields.setdefault(_TITLE, (title,))
    place = replace(mine[0].place, row=None, column=None, printed="")
    paper = _Paper(template, region.first, title, place, fields, findings=findings)
    tables: set[int] = set()
    for grid in read_grids(template, sections, title, fields):
        paper.lines, again = merged(paper.lines, grid.lines)
        paper.findings += again
        paper.totals += grid.totals
        tables.add(grid.table)
    tabled = _read_schedules(paper, sections, tables)
    words = read_words(template, sections, tabled)
    for line in words.lines:
        paper.lines.append(keyed_apart(line, {one.key for one in paper.lines}))
    keys = tuple(
        line.key for line in paper.lines if line.attributes.kind is not LineKind.INVESTMENT
    )
    paper.totals += [replace(total, lines=keys) for total in words.totals]
    paper.parts = read_parts(template, sections)
    held = {piece.table.index: piece.table for piece in mine if piece.table is not None}
    paper.parts |= read_lists(template, list(held.values()))
    return paper, tables


def _title(region: Region, fields: dict[str, tuple[Said, ...]], mine: Sequence[Piece]) -> Said:
    """The title beside the start, else what the form asks for as its title, else the first line."""
    if region.template.joins:
        return mine[0].said()
    if region.title is not None and region.title_text:
        return region.title.said(region.title_text)
    if said := fields.get(_TITLE):
        return said[0]
    return mine[0].said(doubt="no title is printed where the form has it")


def _read_schedules(paper: _Paper, sections: Sequence[Section], tables: set[int]) -> list[Section]:
    """The tables of savings under their labels; gives the sections that have one."""
    tabled = []
    for number, schedule in enumerate(paper.template.schedules):
        for section in sections:
            if f"schedule {number}" not in section.owners:
                continue
            seen: set[int] = set()
            for piece in under(section):
                table = piece.table
                if table is None or table.index in seen | tables:
                    continue
                seen.add(table.index)
                reading = read_schedule(paper.template, schedule, table, paper.title)
                if reading is not None:
                    tables.add(table.index)
                    tabled.append(section)
                    _add(paper, reading)
    return tabled


def _add(paper: _Paper, reading: ScheduleReading, earlier: bool = False) -> None:
    """Add a table's lines to a paper; one that stands earlier keeps its own places first."""
    first, again = (reading.lines, paper.lines) if earlier else (paper.lines, reading.lines)
    lines, findings = merged(first, again)
    if earlier:
        keys = {line.key for line in reading.lines}
        lines = [line for line in lines if line.key in keys] + [
            line for line in lines if line.key not in keys
        ]
    paper.lines = lines
    paper.findings += findings
    known = {(one.account, one.year, one.pence) for one in paper.totals}
    paper.totals += [
        one for one in reading.totals if (one.account, one.year, one.pence) not in known
    ]


# --- tables outside every paper -------------------------------------------------------------------


def _loose_tables(
    document: Document,
    pieces: Sequence[Piece],
    papers: Sequence[_Paper],
    forms: Iterable[Template],
    used: set[int],
) -> list[_Paper]:
    """Tables of savings that no form bounds: a paper's own on a slide, a plan's, or their own."""
    found: list[_Paper] = []
    alone = [one for one in forms if one.schedules and not one.starts.labels]
    surroundings = _surroundings(pieces)
    for table in document.tables:
        if table.index in used or table.within is not None or not table.cells:
            continue
        at, context = surroundings.get(table.index, (0, []))
        owner = _owner(papers, [*context, *_corner(table)], at)
        plan = _try(alone, PaperKind.MTFP, table, context)
        if plan is not None:
            found.append(_loose(plan, at, table, context))
            continue
        if owner is not None:
            reading = _first_reading(owner.template, table, context, owner.title)
            if reading is not None:
                _add(owner, reading, earlier=at < owner.order)
                continue
        schedule = _try(alone, PaperKind.SAVINGS_SCHEDULE, table, context)
        if schedule is not None:
            found.append(_loose(schedule, at, table, context))
    return _presented(_together(found), papers)


def _surroundings(pieces: Sequence[Piece]) -> dict[int, tuple[int, list[str]]]:
    """For each table where it begins, the headings above it and the words just before it."""
    found: dict[int, tuple[int, list[str]]] = {}
    headings: dict[int, str] = {}
    before = ""
    for at, piece in enumerate(pieces):
        if piece.form is Form.HEADING:
            headings = {level: text for level, text in headings.items() if level < piece.level}
            headings[piece.level] = piece.text
        if piece.table is None:
            before = piece.text
        elif piece.table.index not in found:
            above = [headings[level] for level in sorted(headings)]
            found[piece.table.index] = (at, [*above, *([before] if before not in above else [])])
    return found


def _corner(table: Table) -> list[str]:
    """The words in the heading row that are no column's: "Commissioning - £m"."""
    return [cell.text for cell in table.cells if cell.row == 1 and cell.column == 1 and cell.text]


def _owner(papers: Sequence[_Paper], words: Sequence[str], at: int) -> _Paper | None:
    """The paper that some words name best; of several, the one that stands nearest to them."""
    best: tuple[int, int] | None = None
    owner: _Paper | None = None
    titles = {
        text: {paper.title.text: likeness.same_title(paper.title.text, text) for paper in papers}
        for text in words
    }
    for paper in papers:
        if not (paper.template.schedules or paper.template.grids or paper.template.words):
            continue
        score = max((scores[paper.title.text] for scores in titles.values()), default=0)
        found = (score, -abs(paper.order - at))
        if score and (best is None or found > best):
            best, owner = found, paper
    return owner


def _marked(schedule: ScheduleTemplate, table: Table, context: Sequence[str]) -> bool:
    """Whether the words are there without which a table is no schedule of this kind."""
    near = (cell.text for cell in table.cells if cell.row <= _MARKED_ROWS)
    words = [*context, *(text for text in near if len(text) < _LONGEST_MARK)]
    return any(likeness.holds(schedule.marks, text) is not None for text in words)


def _first_reading(
    template: Template, table: Table, context: Sequence[str], title: Said
) -> ScheduleReading | None:
    for schedule in template.schedules:
        if _marked(schedule, table, context):
            reading = read_schedule(template, schedule, table, title)
            if reading is not None:
                return reading
    return None


def _try(
    forms: Iterable[Template], kind: PaperKind, table: Table, context: Sequence[str]
) -> tuple[Template, ScheduleReading] | None:
    title = _heading(table, context)
    for template in forms:
        if template.kind is kind:
            reading = _first_reading(template, table, context, title)
            if reading is not None:
                return template, reading
    return None


def _heading(table: Table, context: Sequence[str]) -> Said:
    text = table.heading or (context[-1] if context else "")
    return Said(text, replace(table.place(), printed=text))


def _loose(
    read: tuple[Template, ScheduleReading], at: int, table: Table, context: Sequence[str]
) -> _Paper:
    template, reading = read
    paper = _Paper(template, at, _heading(table, context), table.place())
    paper.fields = {_TITLE: (paper.title,)}
    _add(paper, reading)
    return paper


def _together(papers: Sequence[_Paper]) -> list[_Paper]:
    """Tables under one heading and form are one paper; so is a table printed twice."""
    found: list[_Paper] = []
    for paper in papers:
        same = next(
            (
                one
                for one in found
                if one.template is paper.template and _is_again(one.lines, paper.lines)
            ),
            None,
        )
        if same is None:
            found.append(paper)
            continue
        same.lines, findings = merged(same.lines, paper.lines)
        same.findings += findings
        same.totals += paper.totals
    return found


def _is_again(first: Sequence[LineCandidate], again: Sequence[LineCandidate]) -> bool:
    """Whether a table prints lines that another has: most of its titles are the other's."""
    titles = {likeness.plain(line.title.text) for line in first}
    shared = sum(1 for line in again if likeness.plain(line.title.text) in titles)
    return 2 * shared > len(again)


def _presented(found: list[_Paper], papers: Sequence[_Paper]) -> list[_Paper]:
    """Plans that only group a paper's lines anew are marked as that."""
    sources = [*papers, *(one for one in found if one.template.kind is not PaperKind.MTFP)]
    for paper in found:
        if paper.template.kind is not PaperKind.MTFP:
            continue
        for source in sources:
            if presents(source.candidate(), paper.lines):
                paper.presentation_of = source.title.text
                break
        else:
            if sources:
                paper.findings.append(_unmatched(paper))
    return found


def _unmatched(paper: _Paper) -> Finding:
    return Finding(
        "REC-10",
        Severity.NOTE,
        f"“{paper.title.text}” shows a plan whose years agree with no other savings of this "
        "document: it may present them in part, or hold savings of its own.",
        paper.place,
        advice="Accept its lines only if no other paper holds them.",
        confidence=0.5,
    )


# --- slides ---------------------------------------------------------------------------------------


def _slides(outside: Sequence[tuple[int, Piece]], papers: Sequence[_Paper]) -> None:
    """Slides that are named like a paper: their amounts and milestones against the paper's."""
    slides: list[list[tuple[int, Piece]]] = []
    for at, piece in outside:
        follows = slides and slides[-1][-1][0] == at - 1
        if (piece.form is Form.HEADING and piece.level == 1) or not follows:
            slides.append([])
        slides[-1].append((at, piece))
    for slide in slides:
        named = slide[0][1]
        begins = slide[0][0]
        owner = _owner(papers, [named.text], begins) if named.form is Form.HEADING else None
        if owner is not None and owner.template.slides:
            _read_slide(owner, [piece for _, piece in slide], slide[0][0])


def _read_slide(paper: _Paper, pieces: Sequence[Piece], at: int) -> None:
    template = paper.template
    sections = sections_of(template, pieces)
    beside = replace(
        template, words=tuple(one for one in template.words if one.takes == "beside"), schedules=()
    )
    words = read_words(beside, sections_of(beside, pieces), ())
    if words.lines:
        first, again = list(words.lines), paper.lines
        if at > paper.order:
            first, again = again, first
        paper.lines, findings = merged(first, again)
        paper.findings += findings
    for piece in pieces:
        _slide_saving(paper, piece)
    shown = read_parts(template, sections)
    for name in shown.keys() & paper.parts.keys():
        paper.findings += _statements_differ(name, paper.parts[name], shown[name])


def _slide_saving(paper: _Paper, piece: Piece) -> None:
    """An amount that a slide calls a saving, in few words."""
    text = piece.text
    if piece.table is not None or len(text.split()) > _MOST_SLIDE_WORDS:
        return
    sums = list(sums_in(text))
    if not sums:
        return
    one = sums[0]
    calls = "|".join(map(re.escape, paper.template.slides))
    beside = re.compile(rf"(?:\b(?:{calls})\W{{0,3}}$)|(?:^\W{{0,3}}(?:{calls})\b)", re.IGNORECASE)
    if not (beside.search(text[: one.start]) or beside.search(text[one.end :])):
        return
    title = re.sub(rf"\W*\b(?:{calls})\W*$", "", text[: one.start], flags=re.IGNORECASE)
    title = title.strip(" (:–-")
    years = [
        (year, amount.pence)
        for amount in sums[1:]
        for start, year in years_in(text)[:]
        if 0 <= start - amount.end <= 3
    ]
    total, finding = slide_differs(
        title, years, one.pence, replace(piece.place, printed=text), text, paper.candidate()
    )
    if total is not None:
        paper.totals.append(replace(total, said=replace(total.said, doubt=one.doubt)))
    if finding is not None:
        paper.findings.append(finding)


def _statements_differ(
    name: str, kept: Sequence[Statement], shown: Sequence[Statement]
) -> Iterable[Finding]:
    """Rows of a slide's table that give another day or status than the paper's."""
    for other in shown:
        what = other.get("what")
        if what is None:
            continue
        row = next(
            (
                one
                for one in kept
                if "what" in one and likeness.plain(one["what"].text) == likeness.plain(what.text)
            ),
            None,
        )
        if row is None:
            continue
        for key in ("due", "status"):
            if key in row and key in other and row[key].meaning != other[key].meaning:
                yield Finding(
                    "REC-07",
                    Severity.NOTE,
                    f"The slide gives “{other[key].text}” for a {name.replace('_', ' ')} that the "
                    f"paper gives “{row[key].text}” for.",
                    other[key].place,
                    printed=other[key].text,
                    expected=row[key].text,
                    advice="Ask the author which is meant; the paper's is proposed.",
                    confidence=0.7,
                )
