"""How is an audit told to people: what was found, where it stands, what should be put right?

An audit's report (rule AUD-67) lists what was found, the gravest first, and draws each table again
with the wrong cells marked; where nothing is wrong it is a clean bill on one page that says what
was tested (rule AUD-68). An erratum (rule AUD-69) is the draft of the note that corrects a paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.findings_table import counted, findings_table
from futurefit.kernel.report import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Table,
)
from futurefit.papers.arithmetic import read_arithmetic
from futurefit.papers.document import Document
from futurefit.papers.redrawn import marks_of, redraw_table
from futurefit.papers.report import Audited
from futurefit.papers.sums import Status

_SOUND = frozenset({Status.HOLDS, Status.ROUNDED})


@dataclass(frozen=True, slots=True)
class Tested:
    """What of a paper was looked at: its tables, their figures, and the totals that hold."""

    tables: int
    figures: int
    totals: int
    sound: int


def what_was_tested(document: Document) -> Tested:
    """Count what the audit could test in a paper."""
    found = read_arithmetic(document)
    checks = [
        check
        for arithmetic in found
        for one in arithmetic.sums
        for check in one.checks
        if check.total is not None
    ]
    return Tested(
        tables=sum(1 for _ in document.tables),
        figures=sum(len(arithmetic.placed) for arithmetic in found),
        totals=len(checks),
        sound=sum(check.status in _SOUND for check in checks),
    )


def build_report(
    papers: Sequence[Audited], across: Sequence[Finding] = (), unread: Sequence[str] = ()
) -> Report:
    """The report of an audit: what was found in each paper and between them, tables redrawn."""
    blocks: list[Block] = []
    blocks += [Paragraph(f"Not read: {words}") for words in unread]
    if across:
        blocks += [Heading("Between the papers"), findings_table(across, "Found between papers")]
    for paper in papers:
        blocks += _paper(paper, several=len(papers) > 1)
    return Report(_title(papers, across), tuple(blocks))


def build_erratum(papers: Sequence[Audited], across: Sequence[Finding] = ()) -> Report:
    """The draft of an erratum: what each paper prints, what it should, and why; errors only."""
    findings = [*(one for paper in papers for one in paper.findings), *across]
    errors = [one for one in findings if one.severity is Severity.ERROR]
    corrected = [one for one in errors if one.expected]
    others = [one for one in errors if not one.expected]
    blocks: list[Block] = [
        Paragraph(
            "A draft, for the author to check against the sources. The audit says which change "
            "would make the paper agree with itself; only its author knows which figure is right."
        )
    ]
    if corrected:
        blocks.append(_corrections(corrected))
    if others:
        blocks.append(findings_table(others, "To be put right, without one figure to put instead"))
    if not errors:
        blocks.append(Paragraph("Nothing needs an erratum: the audit found no error."))
    names = ", ".join(paper.document.name for paper in papers)
    return Report(f"Draft erratum: {names}", tuple(blocks))


def _title(papers: Sequence[Audited], across: Sequence[Finding]) -> str:
    names = papers[0].document.name if len(papers) == 1 else f"{len(papers)} papers"
    every = [*across, *(one for paper in papers for one in paper.findings)]
    # Where no total could be tested there is nothing to vouch for.
    tested = any(what_was_tested(paper.document).totals for paper in papers)
    clean = tested and all(one.severity is Severity.NOTE for one in every)
    return f"{'Clean bill' if clean else 'Audit'}: {names}"


def _paper(paper: Audited, several: bool) -> Iterator[Block]:
    """What there is to say of one paper."""
    document = paper.document
    if several:
        yield Heading(document.name)
    yield Paragraph(_verdict(paper))
    yield Paragraph(f"{document.name}, SHA-256 {document.sha256}")
    if paper.findings:
        yield findings_table(paper.findings)
    marks = marks_of(paper.findings)
    if marks:
        yield Heading("Where it stands", 3 if several else 2)
    for table in document.tables:
        if table.index in marks:
            yield redraw_table(table, marks[table.index])


def _verdict(paper: Audited) -> str:
    """The answer in a sentence or two, and what it rests on."""
    seen = what_was_tested(paper.document)
    grave = [one for one in paper.findings if one.severity is not Severity.NOTE]
    notes = len(paper.findings) - len(grave)
    said = (
        f"{counted(grave)} found" if grave else "Nothing was found in this paper that does not hold"
    )
    more = f", and {_number(notes, 'note')} worth reading" if notes else ""
    return (
        f"{said}{more}. {_number(seen.tables, 'table')} with {_number(seen.figures, 'figure')} "
        f"read; {seen.sound:,} of {_number(seen.totals, 'printed total')} borne out by what "
        "they add up."
    )


def _number(count: int, of: str) -> str:
    """So many of a thing, in the singular where it is one."""
    return f"{count:,} {of}{'' if count == 1 else 's'}"


def _corrections(errors: Sequence[Finding]) -> Table:
    return Table(
        title="Corrections",
        columns=(
            Column("place", "Where"),
            Column("printed", "For"),
            Column("expected", "Read"),
            Column("reason", "Why"),
            Column("code", "Rule"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(finding.place.words()),
                    Cell(finding.printed),
                    Cell(finding.expected),
                    Cell(finding.message),
                    Cell(finding.code),
                )
            )
            for finding in errors
        ),
    )
