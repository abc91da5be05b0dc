"""How are milestones, risks, findings and changes of words listed, to be read and taken away?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from futurefit.kernel.findings import Finding
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Value
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.naming import readable
from futurefit.site.programme import models
from futurefit.site.programme.history import Change
from futurefit.site.programme.links import part_url, statement_url

PART = Column("about", "Theme, workstream or project")
WHERE = Column("where", "Where it was read")


def table(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell | Value]]) -> Table:
    """A table of plain cells."""
    return Table(
        title,
        tuple(columns),
        tuple(
            Row(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row))
            for row in rows
        ),
    )


def part_cell(part: Heading) -> Cell:
    """The name of a theme, workstream or project, leading to its page."""
    return Cell(part.name, part_url(part))


def place(words: models.Placed) -> str:
    """Where something said was read, in words."""
    return words.provenance.words()


def statement_cell(words: models.Placed, note: str = "", *, editable: bool = False) -> Cell:
    """Something said, leading to where it is changed, or to its history."""
    return Cell(str(words), statement_url(words, editable=editable), note)


def milestones_table(
    rows: Iterable[models.Milestone],
    *,
    title: str,
    today: date | None = None,
    with_part: bool = True,
    editable: bool = False,
) -> Table:
    """Milestones; against `today` those that should be done by now say so."""
    found = []
    for milestone in rows:
        late = (
            today is not None
            and milestone.status == models.MilestoneStatus.OUTSTANDING
            and milestone.due_on is not None
            and milestone.due_on < today
        )
        found.append(
            [
                statement_cell(milestone, milestone.note, editable=editable),
                *([part_cell(milestone.about)] if with_part else []),
                Cell(milestone.due_on, note=_as_printed(milestone)),
                Cell(milestone.get_status_display(), note="overdue" if late else ""),
                milestone.done_on,
                place(milestone),
            ]
        )
    columns = [
        Column("what", "Milestone"),
        *([PART] if with_part else []),
        Column("due_on", "Due", Shape.DATE),
        Column("status", "Status"),
        Column("done_on", "Done on", Shape.DATE),
        WHERE,
    ]
    return table(title, columns, found)


def _as_printed(milestone: models.Milestone) -> str:
    """What the paper says, where that is less than a day, or no date at all."""
    return f"“{milestone.date_printed}”" if milestone.date_printed else ""


def risks_table(
    rows: Iterable[models.Risk],
    *,
    title: str,
    posts: Mapping[str, str],
    with_part: bool = True,
    editable: bool = False,
) -> Table:
    """Risks with their mitigation and score."""
    columns = [
        Column("what", "Risk"),
        *([PART] if with_part else []),
        Column("mitigation", "Mitigation"),
        Column("likelihood", "Likelihood, 1 to 5", Shape.COUNT),
        Column("impact", "Impact, 1 to 5", Shape.COUNT),
        Column("score", "Score", Shape.COUNT),
        Column("owner", "Owner"),
        WHERE,
    ]
    found = [
        [
            statement_cell(risk, _closed(risk), editable=editable),
            *([part_cell(risk.about)] if with_part else []),
            risk.mitigation,
            risk.likelihood,
            risk.impact,
            risk.score,
            posts.get(risk.owner_post, risk.owner_post),
            place(risk),
        ]
        for risk in rows
    ]
    return table(title, columns, found)


def _closed(risk: models.Risk) -> str:
    closed = f"closed on {risk.closed_on.day} {risk.closed_on:%B %Y}" if risk.closed_on else ""
    return ", ".join(text for text in (risk.area, closed) if text)


def findings_table(found: Iterable[Finding]) -> Table:
    """Findings, as a person works through them."""
    return table(
        "Findings",
        (
            Column("message", "What was found"),
            Column("severity", "How serious"),
            Column("printed", "Printed"),
            Column("expected", "Expected"),
            Column("difference", "Difference"),
            Column("advice", "What to do"),
            WHERE,
            Column("code", "Rule"),
        ),
        [
            [
                finding.message,
                finding.severity.value.capitalize(),
                finding.printed,
                finding.expected,
                finding.difference,
                finding.advice,
                finding.place.words(),
                finding.code,
            ]
            for finding in found
        ],
    )


def changes_table(
    found: Iterable[Change], *, title: str, with_people: bool, hidden: Collection[str] = ()
) -> Table:
    """Who changed which words, when, from what to what. Visitors see the change, not the person,
    and nobody sees the reference of a line that they may not read.
    """

    def told(change: Change, text: str) -> str:
        return " ".join(readable(text.split(), hidden)) if change.names_lines else text

    columns = [
        Column("at", "When", Shape.DATE),
        *([Column("by", "Who")] if with_people else []),
        Column("what", "Of what"),
        Column("field", "What changed"),
        Column("old", "Old"),
        Column("new", "New"),
        Column("why", "Why"),
    ]
    return table(
        title,
        columns,
        [
            [
                change.at,
                *([change.by] if with_people else []),
                change.what,
                change.field,
                told(change, change.old),
                told(change, change.new),
                change.why,
            ]
            for change in found
        ],
    )


def projects_table(
    projects: Iterable[models.Project], sums: Table, posts: Mapping[str, str]
) -> Table:
    """Every project with its stage, area and lead, and the measures of `sums` where it has any.

    `sums` is a table by project: its first column holds the address of the project's page.
    """
    amounts = {row.cells[0].href: row.cells[1:] for row in sums.rows if row.cells[0].href}
    blank = (Cell(None),) * (len(sums.columns) - 1)
    rows = []
    for project in projects:
        href = part_url(project.heading)
        above = project.heading.parent
        lead = project.head_of_service_lead
        cells = (
            Cell(project.heading.name, href),
            Cell(project.get_stage_display()),
            part_cell(above) if above else Cell(None),
            Cell(project.plan_area),
            Cell(posts.get(lead, lead)),
            *amounts.get(href, blank),
        )
        rows.append(Row(cells))
    return Table(
        title=sums.title,
        columns=(
            Column("project", "Project"),
            Column("stage", "Stage"),
            Column("about", "Part of"),
            Column("plan_area", "Corporate plan area"),
            Column("lead", "Head of service"),
            *sums.columns[1:],
        ),
        rows=tuple(rows),
        unit=sums.unit,
        notes=sums.notes,
    )
