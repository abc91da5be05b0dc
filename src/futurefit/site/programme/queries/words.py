"""What is said about the programme, and what may this person change of it? Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from futurefit.ledger.entries import LineAttributes
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models, rights

PARTS = (
    Heading.Dimension.THEME,
    Heading.Dimension.WORKSTREAM,
    Heading.Dimension.PROJECT,
)
"""The dimensions that make up a programme, from the top."""

A = TypeVar("A", bound=models.About)


def heading(dimension: str, code: str) -> Heading | None:
    """The theme, workstream or project of a code, with what it is a part of; None if unknown."""
    return (
        Heading.objects.select_related("parent", "parent__parent")
        .filter(dimension=dimension, code=code)
        .first()
    )


def place_of(part: Heading) -> LineAttributes:
    """Where a part of the programme hangs, as a line that hung on it would say."""
    codes = {}
    above: Heading | None = part
    while above is not None:
        codes[above.dimension] = above.code
        above = above.parent
    return LineAttributes(
        theme=codes.get("theme", ""),
        workstream=codes.get("workstream", ""),
        project=codes.get("project", ""),
    )


def roles_on(holder: Holder, part: Heading) -> frozenset[Role]:
    """The roles that somebody holds on a part of the programme."""
    lines = ledger_queries.current_ledger().lines.values()
    directorates = {
        line.directorate
        for line in lines
        if line.directorate and getattr(line, part.dimension) == part.code
    }
    return rights.roles_on(holder, place_of(part), directorates)


def may_edit(holder: Holder, part: Heading) -> bool:
    """True when somebody may change the words about a part of the programme."""
    return rights.may_edit(roles_on(holder, part))


def words_of(part: Heading) -> models.Theme | models.Workstream | models.Project | None:
    """What is said about a theme, workstream or project itself; None before anything was said."""
    related = ("heading", "source_document")
    if part.dimension == Heading.Dimension.THEME:
        return models.Theme.objects.select_related(*related).filter(heading=part).first()
    if part.dimension == Heading.Dimension.WORKSTREAM:
        return models.Workstream.objects.select_related(*related).filter(heading=part).first()
    return models.Project.objects.select_related(*related).filter(heading=part).first()


def parts_of(part: Heading) -> list[Heading]:
    """A part of the programme and everything below it, in order."""
    found = [part]
    for child in part.children.filter(dimension__in=PARTS).select_related("parent"):
        found += parts_of(child)
    return found


def about(model: type[A], parts: Iterable[Heading]) -> list[A]:
    """The milestones, risks or other statements about some parts of the programme."""
    rows = model._default_manager.select_related("about", "source_document")
    return list(rows.filter(about__in=list(parts)))


def projects() -> QuerySet[models.Project]:
    """Every project, in order."""
    return models.Project.objects.select_related("heading", "heading__parent")


def milestones() -> QuerySet[models.Milestone]:
    """Every milestone, the one that is due first at the top."""
    return models.Milestone.objects.select_related("about", "source_document").order_by(
        "due_on", "about__order", "order", "pk"
    )


def risks() -> QuerySet[models.Risk]:
    """Every risk, in the order of the papers."""
    return models.Risk.objects.select_related("about", "source_document").order_by(
        "about__dimension", "about__order", "order", "pk"
    )


def measures() -> QuerySet[models.SuccessMeasure]:
    """Every measure of success, in the order of the papers."""
    rows = models.SuccessMeasure.objects.select_related("about", "source_document")
    return rows.prefetch_related("readings").order_by(
        "about__dimension", "about__order", "order", "pk"
    )


@dataclass(frozen=True, slots=True)
class Due:
    """Milestones that are outstanding: those whose day has passed, and those that come next."""

    overdue: tuple[models.Milestone, ...]
    coming: tuple[models.Milestone, ...]
    without_date: int


def due(today: date) -> Due:
    """What is due, seen from a day; in both lists the nearest to that day comes first."""
    outstanding = milestones().filter(status=models.MilestoneStatus.OUTSTANDING)
    return Due(
        overdue=tuple(outstanding.filter(due_on__lt=today).reverse()),
        coming=tuple(outstanding.filter(due_on__gte=today)),
        without_date=outstanding.filter(due_on=None).count(),
    )
