"""What does a project's paper say, whole, as it is submitted? (rule LIF-09)

It holds no line's name and no question: whoever may read the project's page may read its paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from futurefit.kernel.report import Block, Cell, Column, Heading, Paragraph, Report, Row, Table
from futurefit.ledger.entries import Restriction
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure
from futurefit.programme.equality import Assessment
from futurefit.site.programme import models
from futurefit.site.programme.presenters import equality, figures, lifecycle, statements
from futurefit.site.programme.queries import Signed


def concept_paper(
    words: models.Project,
    position: Position,
    *,
    years: tuple[str, ...],
    posts: Mapping[str, str],
    signed: list[Signed],
    assessment: Assessment,
    today: date,
) -> Report:
    """Every field of a project's paper, its two grids, milestones, risks and signatures."""
    part = words.heading
    code = part.code
    blocks: list[Block] = [_about(words, posts)]
    for title, text in (
        ("What it is", words.description),
        ("What it is for", words.purpose),
        ("Outcomes", words.outcomes),
        ("Comment on the rating", words.rag_comment),
    ):
        said = models.statements(text)
        if said:
            blocks += [Heading(title), *map(Paragraph, said)]
    # The paper is kept, and read by others than who submitted it.
    restricted = {
        ref for ref, own in position.lines.items() if own.restriction is not Restriction.PUBLIC
    }
    blocks.append(Heading("Savings"))
    for draw, own_years in (
        (figures.current_grid, words.current_grid_years),
        (partial(figures.proposed_grid, hidden=restricted), words.proposed_grid_years),
    ):
        grid = draw(
            position,
            code,
            years=figures.grid_years(own_years, years),
            figure=Figure(),
            tested=(),
        )
        blocks.append(grid)
    milestones = models.Milestone.objects.filter(about=part).select_related("about")
    risks = models.Risk.objects.filter(about=part).select_related("about")
    blocks += [
        Heading("Milestones and risks"),
        statements.milestones_table(milestones, title="Milestones", today=today, with_part=False),
        statements.risks_table(risks, title="Risks", posts=posts, with_part=False),
        Heading("Equality and signatures"),
        Paragraph(f"Equality assessment: {equality.state(assessment).lower()}."),
        lifecycle.sign_offs_table(words.sign_offs.all(), signed, posts),
    ]
    shown = (block for block in blocks if not (isinstance(block, Table) and not block.rows))
    return Report(str(words), tuple(shown))


def _about(words: models.Project, posts: Mapping[str, str]) -> Table:
    rows = [
        ("Stage", words.get_stage_display()),
        ("Decision", words.decision),
        ("Part of", words.heading.parent.name if words.heading.parent else ""),
        ("Type of saving", words.get_saving_type_display()),
        ("Corporate plan area", words.plan_area),
        *(
            (title, ", ".join(posts.get(post, post) for post in models.statements(text)))
            for title, text in (
                ("Cabinet Member lead", words.cmr_lead),
                ("Cabinet Member challenge", words.cmr_challenge),
                ("Strategic leadership team lead", words.slt_lead),
                ("Head of service lead", words.head_of_service_lead),
            )
        ),
        ("Base budget", " ".join((words.base_budget_printed, words.base_budget_year)).strip()),
        ("Investment", words.investment_note),
        ("Caveat", words.status_caveat),
    ]
    return Table(
        "The project",
        (Column("field", "Field"), Column("value", "What is said")),
        tuple(Row((Cell(title), Cell(text or "Not stated"))) for title, text in rows),
    )
