"""How do the words of the programme change? By these acts only. (rule PRO-01)

They are keyword-only but for what they act on, run in one transaction each, and raise `Refused`
(and then nothing has changed) with words for the person who asked. Each leaves its history beside
the change and draws a new version of the words, so that no page keeps the old ones.
"""

from __future__ import annotations

from django.db.models import Max

from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.accounts.models import RoleHolder, User
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import words_changed
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.programme import models, queries, rights
from futurefit.site.programme.operations.keeping import (
    must_edit,
    part_of,
    refuse_stale,
    save,
    tell,
)


def create_project(
    project: models.Project,
    *,
    code: str,
    name: str,
    parent: Heading | None,
    by: Holder,
    stage: models.Stage = models.Stage.CONCEPT,
    why: str = "",
) -> models.Project:
    """Begin a project from its concept paper, without any line; a lead who creates one leads it.

    It starts as a concept. Another stage is what a paper says of a project that is older than this
    installation; from there on it moves by `move_project` alone.
    """
    if not rights.may_create(by):
        raise refuse("PRO-RIGHTS", "You may not create a project.")
    if parent is not None and parent.dimension not in (
        Heading.Dimension.THEME,
        Heading.Dimension.WORKSTREAM,
    ):
        raise refuse("PRO-PARENT", "A project is part of a theme or a workstream.", "parent")
    if stage != models.Stage.CONCEPT and not by.keeps(*rights.KEEPERS):
        raise refuse(
            "PRO-STAGE", "Only finance or the programme office may begin further on.", "stage"
        )
    with exclusive():
        if Heading.objects.filter(dimension=Heading.Dimension.PROJECT, code=code).exists():
            raise refuse("PRO-CODE", f"There is a project “{code}” already.", "code")
        heading = Heading(
            dimension=Heading.Dimension.PROJECT,
            code=code,
            name=name,
            parent=parent,
            order=Heading.objects.filter(dimension=Heading.Dimension.PROJECT).count() + 1,
        )
        save(heading, by, why)
        project.heading = heading
        project.stage = stage
        save(project, by, why)
        if not queries.may_edit(by, heading):
            leads = RoleHolder(role=Role.PROJECT_LEAD, dimension="project", code=code)
            leads.user = User.objects.get(pk=by.user_id or 0)
            save(leads, by, "Created the project")
        return project


def attach(words: models.Placed, part: Heading) -> None:
    """Say which part a new statement is about; it stands last."""
    if isinstance(words, models.About):
        words.about = part
        last = type(words)._default_manager.filter(about=part).aggregate(last=Max("order"))
        words.order = (last["last"] or 0) + 1
    elif isinstance(words, models.FteImpact):
        words.project_id = part.pk


def add(words: models.Placed, *, by: Holder, why: str = "") -> models.Placed:
    """Add a statement: a milestone, a risk, a measure …"""
    with exclusive():
        must_edit(by, part_of(words))
        return save(words, by, why)


def revise(
    words: models.Placed,
    *,
    by: Holder,
    seen: str | None,
    name: str | None = None,
    why: str = "",
) -> models.Placed:
    """Change what is said. `words` carries the new text; `name` renames the part itself.

    `seen` is what `history.seen` gave when the form was shown (None for a change that comes from no
    form); the act is refused when somebody else has written since.
    """
    part = part_of(words)
    with exclusive():
        must_edit(by, part)
        stands = type(words)._default_manager.filter(pk=words.pk).first()
        if stands is not None:
            refuse_stale(stands, seen)
        if isinstance(words, models.Project) and _moved(words, stands):
            raise refuse("PRO-STAGE", "A project moves on by its own form.", "stage")
        if isinstance(words, models.Milestone) and isinstance(stands, models.Milestone):
            _keep_baseline(words, stands)
        if isinstance(words, models.Consultation) and isinstance(stands, models.Consultation):
            _consider_again(words, stands)
        if name is not None and name != part.name:
            part.name = name
            save(part, by, why)
        if stands is None or _differ(words, stands):
            save(words, by, why)
        return words


def may_remove(by: Holder, words: models.Placed) -> bool:
    """True when somebody may take a statement away. A consultation holds decisions up: whoever
    leads what it is about does not take it away (rule LIF-07).
    """
    roles = queries.roles_on(by, part_of(words))
    if isinstance(words, models.Consultation):
        return not rights.KEEPERS.isdisjoint(roles)
    return rights.may_edit(roles)


def remove(words: models.Placed, *, by: Holder, why: str) -> None:
    """Take away a statement that should not have been made. Its history stays."""
    if not why.strip():
        raise refuse("PRO-NO-WHY", "Say why it is taken away.", "why")
    with exclusive():
        must_edit(by, part_of(words))
        if not may_remove(by, words):
            raise refuse(
                "LIF-CONSULTATION",
                "Only finance or the programme office takes a consultation away: it holds up "
                "decisions on what you lead.",
            )
        tell(words, by, why)
        words.delete()
        words_changed()


def _moved(words: models.Project, stands: models.Placed | None) -> bool:
    """True when a change of words would also move the project on."""
    return isinstance(stands, models.Project) and any(
        getattr(words, name) != getattr(stands, name)
        for name in ("stage", "replaced_by_id", "decision")
    )


def _differ(words: models.Placed, stands: models.Placed) -> bool:
    return any(
        getattr(words, field.attname) != getattr(stands, field.attname)
        for field in words._meta.concrete_fields
    )


def _keep_baseline(words: models.Milestone, stands: models.Milestone) -> None:
    """What was forecast first is what was agreed, where nothing else is said (rule MIL-01)."""
    if words.baseline_on is None and words.due_on != stands.due_on:
        words.baseline_on = stands.due_on


def _consider_again(words: models.Consultation, stands: models.Consultation) -> None:
    """Considered was what people said then: another report, or other days, are considered anew."""
    said = ("starts_on", "ends_on", "reported_on", "report")
    if any(getattr(words, name) != getattr(stands, name) for name in said):
        words.considered_on, words.considered_post = None, ""
