"""How do the words of the programme change? By these acts only. (rules PRO-01, PRO-02)

They are keyword-only but for what they act on, run in one transaction each, and raise `Refused`
(and then nothing has changed) with words for the person who asked. Each leaves its history beside
the change and draws a new version of the words, so that no page keeps the old ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from futurefit.ledger.refusal import Refusal
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.accounts.models import RoleHolder, User
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused, words_changed
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.programme import history, models, queries, rights


def create_project(
    project: models.Project,
    *,
    code: str,
    name: str,
    parent: Heading | None,
    by: Holder,
    why: str = "",
) -> models.Project:
    """Begin a project from its concept paper; it starts as a concept, without any line.

    A lead who creates a project leads it.
    """
    if not rights.may_create(by):
        raise refuse("PRO-RIGHTS", "You may not create a project.")
    if parent is not None and parent.dimension not in (
        Heading.Dimension.THEME,
        Heading.Dimension.WORKSTREAM,
    ):
        raise refuse("PRO-PARENT", "A project is part of a theme or a workstream.", "parent")
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
        _save(heading, by, why)
        project.heading = heading
        project.stage = models.Stage.CONCEPT
        _save(project, by, why)
        if not queries.may_edit(by, heading):
            leads = RoleHolder(role=Role.PROJECT_LEAD, dimension="project", code=code)
            leads.user = User.objects.get(pk=by.user_id or 0)
            _save(leads, by, "Created the project")
        return project


def add(words: models.Placed, *, by: Holder, why: str = "") -> models.Placed:
    """Add a statement: a milestone, a risk, a measure …"""
    with exclusive():
        _must_edit(by, _part_of(words))
        return _save(words, by, why)


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
    part = _part_of(words)
    with exclusive():
        roles = _must_edit(by, part)
        stands = type(words)._default_manager.filter(pk=words.pk).first()
        if stands is not None:
            _refuse_stale(stands, seen)
        if isinstance(words, models.Project) and isinstance(stands, models.Project):
            moved = (words.stage, words.replaced_by_id) != (stands.stage, stands.replaced_by_id)
            if moved and not rights.may_set_stage(roles):
                raise refuse(
                    "PRO-STAGE",
                    "Only finance or the programme office may say how far a project has come.",
                    "stage",
                )
        if name is not None and name != part.name:
            part.name = name
            _save(part, by, why)
        if stands is None or _differ(words, stands):
            _save(words, by, why)
        return words


def remove(words: models.Placed, *, by: Holder, why: str) -> None:
    """Take away a statement that should not have been made. Its history stays."""
    if not why.strip():
        raise refuse("PRO-NO-WHY", "Say why it is taken away.", "why")
    with exclusive():
        _must_edit(by, _part_of(words))
        _told_by(words, by, why)
        words.delete()
        words_changed()


def sign_off(
    project: models.Project,
    *,
    capacity: str,
    on: date,
    expects: Mapping[str, int],
    by: Holder,
    note: str = "",
) -> models.SignOff:
    """Agree a project with its figures as they stand in the ledger now.

    `expects` is the last journal of each of its lines as they were shown to whoever signs: nobody
    signs figures that they have not seen.
    """
    with exclusive() as head:
        if capacity not in rights.sign_offs(queries.roles_on(by, project.heading)):
            raise refuse(
                "PRO-SIGN", f"You may not sign this project off as {capacity}.", "capacity"
            )
        stands = lines_of(project.heading.code)
        moved = sorted(ref for ref in {*stands, *expects} if stands.get(ref) != expects.get(ref))
        if moved:
            raise refuse(
                "PRO-MOVED",
                f"The figures have changed since you looked at them ({', '.join(moved)}). "
                "Look at them as they stand now, then sign.",
            )
        signed = models.SignOff(
            project=project,
            role=capacity,
            post_title=by.post,
            signed_on=on,
            ledger_number=head.number,
            ledger_digest=head.digest,
            note=note,
        )
        return _save(signed, by, "")


def lines_of(code: str) -> dict[str, int]:
    """The lines of a project and the last journal of each."""
    ledger = ledger_queries.current_ledger()
    return {
        ref: ledger.last_journal(ref)
        for ref, attributes in ledger.lines.items()
        if attributes.project == code
    }


def _part_of(words: models.Placed) -> Heading:
    """The theme, workstream or project that something is said about."""
    if isinstance(words, models.About):
        return words.about
    if isinstance(words, models.FteImpact | models.SignOff):
        return words.project.heading
    return words.heading  # type: ignore[attr-defined]


def _must_edit(by: Holder, part: Heading) -> frozenset[Role]:
    roles = queries.roles_on(by, part)
    if not rights.may_edit(roles):
        raise refuse("PRO-RIGHTS", f"You may not change what is said about “{part.name}”.")
    return roles


def _refuse_stale(stands: models.Placed, seen: str | None) -> None:
    if seen is None or history.seen(stands) == seen:
        return
    since = history.since(stands, seen)
    told = sorted({change.field.lower() for change in since})
    who = sorted({change.by for change in since if change.by})
    raise refuse(
        "PRO-STALE",
        f"{' and '.join(who) or 'Somebody'} changed this since you opened the form "
        f"({', '.join(told)}). Look at it as it stands now, and change it again.",
    )


def _differ(words: models.Placed, stands: models.Placed) -> bool:
    return any(
        getattr(words, field.attname) != getattr(stands, field.attname)
        for field in words._meta.concrete_fields
    )


def _save(row, by: Holder, why: str):
    """Check and save a row of words with its history."""
    try:
        row.full_clean()
    except ValidationError as wrong:
        raise Refused(
            Refusal("PRO-INVALID", message, "" if field == NON_FIELD_ERRORS else field)
            for field, messages in wrong.message_dict.items()
            for message in messages
        ) from None
    _told_by(row, by, why)
    row.save()
    words_changed()
    return row


def _told_by(row, by: Holder, why: str) -> None:
    row._history_user = User.objects.filter(pk=by.user_id or 0).first()
    row._change_reason = why
