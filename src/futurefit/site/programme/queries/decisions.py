"""Which proposals could become budget, and what holds the others up? Reads only. (rule LIF-05)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from futurefit.ledger.entries import Account, LineAttributes, Tranche
from futurefit.programme import equality
from futurefit.programme.lifecycle import ADOPTABLE, Stage, unsigned
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models
from futurefit.site.programme.queries.equality import assessment_over, still_to_consider
from futurefit.site.programme.queries.sign_offs import sign_offs_of
from futurefit.site.programme.queries.words import PARTS


def parent_of(own: LineAttributes) -> tuple[str, str]:
    """The dimension and code of what a line hangs on."""
    for dimension in ("project", "workstream", "theme"):
        if code := getattr(own, dimension):
            return dimension, code
    raise ValueError("a line hangs on a project, a workstream or a theme")


@dataclass(frozen=True, slots=True)
class Proposed:
    """The proposed lines of one part of the programme, and what holds their adoption up."""

    part: Heading
    stage: str
    lines: tuple[str, ...]
    holds_up: tuple[str, ...]


def proposals(today: date) -> list[Proposed]:
    """Every part of the programme with proposed lines, in order. A line without a target promises
    nothing that could be adopted.
    """
    ledger = ledger_queries.current_ledger()
    lines: dict[tuple[str, str], list[str]] = {}
    targets = ledger.now.postings(accounts=[(Account.TARGET, None)])
    with_target = {standing.posting.line for standing in targets}
    for ref, own in ledger.lines.items():
        if own.tranche is Tranche.PROPOSED and ref in with_target:
            lines.setdefault(parent_of(own), []).append(ref)
    rows = models.Project.objects.select_related("heading")
    projects = {row.heading.code: row for row in rows}
    headings = Heading.objects.filter(dimension__in=PARTS).select_related("parent__parent")
    found = []
    for part in headings.order_by("dimension", "order", "code"):
        own_lines = lines.get((part.dimension, part.code))
        if own_lines:
            is_project = part.dimension == Heading.Dimension.PROJECT
            project = projects.get(part.code) if is_project else None
            stage = (project.stage if project else Stage.CONCEPT) if is_project else ""
            holds_up = [*_unapproved(part, stage, project), *_holds_up(part, today)]
            found.append(Proposed(part, stage, tuple(own_lines), tuple(holds_up)))
    return found


def _unapproved(part: Heading, stage: str, project: models.Project | None) -> list[str]:
    """Why a project is not approved as its figures stand now. A theme has no stage, and nobody
    signs it: there the decision alone approves.
    """
    if not stage:
        return []
    if project is None or Stage(stage) not in ADOPTABLE:
        return [f"{part.name} is not approved: it stands at {_words(stage)}."]
    return [
        unsigned(each.capacity, has_changed=bool(each.changed))
        for each in sign_offs_of(project)
        if not each.holds
    ]


def _holds_up(part: Heading, today: date) -> list[str]:
    """What equality and consultations still lack before a decision on a part."""
    return [*equality.missing(assessment_over(part)), *still_to_consider(part, today)]


def _words(stage: str) -> str:
    return stage.replace("_", " ").lower()
