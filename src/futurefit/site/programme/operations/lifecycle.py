"""How does a project move from a stage to the next? (rules LIF-01, LIF-02)"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from futurefit.ledger.refusal import Refusal
from futurefit.programme import lifecycle
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.ledger.people import any_of
from futurefit.site.programme import models, queries
from futurefit.site.programme.operations.keeping import refuse_stale, save

_FIELDS = {"decision": "decision", "replacement": "replaced_by"}
"""Beside which field of the form a condition is told that the move itself must meet."""


def move_project(
    project: models.Project,
    *,
    to: lifecycle.Stage,
    on: date,
    by: Holder,
    why: str,
    seen: str | None,
    decision: str = "",
    replaced_by: models.Project | None = None,
) -> models.Project:
    """Move a project to another stage, or raise Refused with everything that is missing for it.

    `seen` is what `history.seen` gave when the form was shown, None for a move that comes from no
    form; `on` the day of the move.
    """
    with exclusive():
        project = models.Project.objects.select_related("heading").get(pk=project.pk)
        refuse_stale(project, seen)
        here = lifecycle.Stage(project.stage)
        move = lifecycle.find_move(here, to)
        if move is None:
            raise refuse(
                "LIF-NO-WAY",
                f"There is no way from {words(here)} to {words(to)}.",
                "to",
            )
        if move.by.isdisjoint(queries.roles_on(by, project.heading)):
            raise refuse("LIF-RIGHTS", f"Only {any_of(move.by)} may do this.")
        standing = replace(
            queries.standing(project, on),
            decision=decision,
            replaced_by=replaced_by.heading.code if replaced_by else "",
        )
        refused = [
            Refusal("LIF-MISSING", missing.words, _FIELDS.get(missing.condition, ""))
            for missing in move.missing(standing)
        ]
        if not why.strip():
            refused.append(Refusal("PRO-NO-WHY", "Say why: others will read it.", "why"))
        if refused:
            raise Refused(refused)
        project.stage = to
        project.replaced_by = replaced_by if "replacement" in move.asks_for else None
        if "decision" in move.asks_for:
            project.decision = decision.strip()
        elif to in lifecycle.BEFORE_APPROVAL:
            project.decision = ""
        return save(project, by, why)


def words(stage: lifecycle.Stage) -> str:
    """A stage within a sentence: “outline approved”."""
    return f"“{stage.value.replace('_', ' ').lower()}”"
