"""How far has a project come, and what is there for its next move? Reads only. (rule LIF-02)"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from futurefit.ledger.columns import account_code
from futurefit.ledger.entries import Account, LineKind, Reason, Tranche
from futurefit.ledger.state import Position
from futurefit.programme import equality
from futurefit.programme.lifecycle import ProjectStanding, Stage
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import history, models
from futurefit.site.programme.queries.equality import assessment_over, still_to_consider
from futurefit.site.programme.queries.sign_offs import sign_offs_of

HIDDEN = "a restricted line"
"""What a line is called before those who may not read its words."""

_SAVES = frozenset({LineKind.SAVING, LineKind.FUNDING})
_TO_COME = [
    account_code(account, None)
    for account in (Account.UNRATED, Account.RED, Account.AMBER, Account.GREEN_ON_TARGET)
]
_UNIDENTIFIED = [account_code(Account.VARIANCE, Reason.UNIDENTIFIED)]
_TARGET = [account_code(Account.TARGET, None)]


def standing(
    project: models.Project,
    today: date,
    hidden: Collection[str] = frozenset(),
    *,
    drafts: bool = True,
) -> ProjectStanding:
    """What is there of a project, for whoever may not read the `hidden` lines, or what an equality
    assessment finds before it is signed (not `drafts`).
    """
    part = project.heading
    position = ledger_queries.current_ledger().now
    savings = [
        ref
        for ref, own in position.lines.items()
        if own.project == part.code and own.kind in _SAVES
    ]
    balances = {ref: position.balances(ref) for ref in savings}

    def name(ref: str) -> str:
        return HIDDEN if ref in hidden else ref

    def amounts(accounts: list[int]) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for ref, held in balances.items():
            for (year, account), pence in sorted(held.items()):
                if account in accounts:
                    key = (name(ref), year)
                    found[key] = found.get(key, 0) + pence
        return {key: pence for key, pence in found.items() if pence}

    signed = sign_offs_of(project)
    here_since = stages_of(project)[-1].at
    assessment = assessment_over(part)
    lacking = equality.missing(assessment)
    if lacking and not drafts:
        lacking = ["The equality assessment is not settled."]
    milestones = list(models.Milestone.objects.filter(about=part))
    challenges = models.Challenge.objects.filter(about=part)
    return ProjectStanding(
        stage=Stage(project.stage),
        description=project.description,
        purpose=project.purpose,
        lead_post=project.head_of_service_lead,
        savings=tuple(map(name, savings)),
        without_target=tuple(
            name(ref)
            for ref, held in balances.items()
            if not any(account in _TARGET for _, account in held)
        ),
        is_submitted=project.submissions.filter(stage=project.stage, at__gte=here_since).exists(),
        proposed=tuple(name(ref) for ref in savings if _is_proposed(position, ref)),
        signed=frozenset(each.capacity for each in signed if each.holds),
        changed=frozenset(each.capacity for each in signed if each.changed),
        not_screened=assessment.relevance is equality.Relevance.NOT_SCREENED,
        equality=tuple(lacking),
        consultations=tuple(still_to_consider(part, today)),
        answered_challenges=challenges.filter(answered_on__isnull=False)
        .exclude(for_councillor="")
        .count(),
        open_challenges=challenges.filter(answered_on=None).count(),
        milestones=len(milestones),
        outstanding_milestones=tuple(
            each.what for each in milestones if each.status == models.MilestoneStatus.OUTSTANDING
        ),
        undelivered_pence=amounts(_TO_COME),
        unidentified_pence=amounts(_UNIDENTIFIED),
    )


def _is_proposed(position: Position, ref: str) -> bool:
    return position.lines[ref].tranche is Tranche.PROPOSED


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage that a project came to: when, by which post, why, and by which decision. `on` is None
    for the stage at which a paper brought it in: when it came there is not known.
    """

    stage: Stage
    on: date | None
    at: datetime
    by: str
    why: str
    decision: str


def stages_of(project: models.Project) -> list[Reached]:
    """Every stage that a project came to, the first first: read from its history."""
    found: list[Reached] = []
    records = project.history.select_related("history_user")
    known = ""
    for record in records.order_by("history_date", "history_id"):
        # A decision stays with the project: it is told at the stage that it brought it to.
        decision, known = record.decision if record.decision != known else "", record.decision
        if not found or found[-1].stage != record.stage:
            found.append(
                Reached(
                    Stage(record.stage),
                    history.day_of(record) if found or not record.source_document_id else None,
                    record.history_date,
                    record.history_user.post if record.history_user else "",
                    record.history_change_reason or "",
                    decision,
                )
            )
    return found
