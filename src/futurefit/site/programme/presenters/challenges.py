"""How are questions and answers listed, and how long are answers overdue?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.programme.challenges import working_days_overdue
from futurefit.site.programme import models
from futurefit.site.programme.presenters.statements import PART, part_cell


def challenge_url(row: models.Challenge) -> str:
    """The page of one question."""
    return f"/challenges/{row.pk}/"


def overdue(row: models.Challenge, today: date) -> int:
    """Working days by which an answer is overdue; 0 once it is given."""
    return 0 if row.answered_on else working_days_overdue(row.due_on, today)


def _asked_by(row: models.Challenge) -> str:
    """The post that asks, and the councillor for whom an officer does."""
    if row.for_councillor in ("", row.asked_post):
        return row.asked_post
    return f"{row.asked_post}, for {row.for_councillor}"


def open_table(
    rows: Iterable[models.Challenge],
    today: date,
    posts: Mapping[str, str],
    *,
    with_part: bool = True,
) -> Table:
    """Questions that wait for an answer, the one that is due first at the top."""
    found = []
    for row in rows:
        late = overdue(row, today)
        days = "working day" if late == 1 else "working days"
        found.append(
            (
                Cell(row.question, challenge_url(row)),
                *([part_cell(row.about)] if with_part else []),
                Cell(posts.get(row.owner_post, row.owner_post)),
                Cell(_asked_by(row)),
                Cell(row.asked_on),
                Cell(row.due_on, note=f"overdue by {late} {days}" if late else ""),
                Cell(late or None),
            )
        )
    return Table(
        "Questions that wait for an answer",
        (
            Column("question", "Question"),
            *([PART] if with_part else []),
            Column("owner", "To be answered by"),
            Column("asked_by", "Asked by"),
            Column("asked_on", "Asked on", Shape.DATE),
            Column("due_on", "Due on", Shape.DATE),
            Column("overdue", "Working days overdue", Shape.COUNT),
        ),
        tuple(map(Row, found)),
    )


def answered_table(rows: Iterable[models.Challenge], *, with_part: bool = True) -> Table:
    """Questions that were answered, the latest answer first."""
    found = [
        (
            Cell(row.question, challenge_url(row)),
            *([part_cell(row.about)] if with_part else []),
            Cell(row.answer),
            Cell(row.answered_post),
            Cell(row.answered_on),
            Cell(row.due_on),
        )
        for row in rows
    ]
    return Table(
        "Questions answered",
        (
            Column("question", "Question"),
            *([PART] if with_part else []),
            Column("answer", "Answer"),
            Column("answered_by", "Answered by"),
            Column("answered_on", "Answered on", Shape.DATE),
            Column("due_on", "Was due on", Shape.DATE),
        ),
        tuple(map(Row, found)),
    )
