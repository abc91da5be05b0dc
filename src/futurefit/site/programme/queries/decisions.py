"""Which proposals could become budget, and what holds the others up? Reads only. (rule LIF-05)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from futurefit.ledger.entries import Account, LineAttributes, Tranche
from futurefit.programme import equality
from futurefit.programme.lifecycle import ADOPTABLE, Stage
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models
from futurefit.site.programme.queries.equality import assessment_over, still_to_consider
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
    stages = dict(models.Project.objects.values_list("heading__code", "stage"))
    headings = Heading.objects.filter(dimension__in=PARTS).select_related("parent__parent")
    found = []
    for part in headings.order_by("dimension", "order", "code"):
        own_lines = lines.get((part.dimension, part.code))
        if own_lines:
            is_project = part.dimension == Heading.Dimension.PROJECT
            stage = stages.get(part.code, Stage.CONCEPT) if is_project else ""
            holds_up = _holds_up(part, stage, today)
            found.append(Proposed(part, stage, tuple(own_lines), tuple(holds_up)))
    return found


def _holds_up(part: Heading, stage: str, today: date) -> list[str]:
    """What a decision on a part must wait for. A theme has no stage: there the decision alone
    approves.
    """
    found = []
    if stage and Stage(stage) not in ADOPTABLE:
        found.append(f"{part.name} is not approved: it stands at {_words(stage)}.")
    found += equality.missing(assessment_over(part))
    return [*found, *still_to_consider(part, today)]


def _words(stage: str) -> str:
    return stage.replace("_", " ").lower()
