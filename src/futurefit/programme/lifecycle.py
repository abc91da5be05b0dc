"""How far has a project come, who may move it on, and what must be there first? (rules LIF-01,
LIF-02)

Stages and moves are data: `lifecycle.toml`. Here stands what each condition asks of a project: a
function of a plain value that says, in words, what is missing, or nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from importlib import resources
from typing import Any

from futurefit.kernel.money import print_money
from futurefit.ledger.rights import Role


class Stage(StrEnum):
    """How far a project has come."""

    CONCEPT = "CONCEPT"
    OUTLINE_APPROVED = "OUTLINE_APPROVED"
    BUSINESS_CASE = "BUSINESS_CASE"
    APPROVED = "APPROVED"
    IN_DELIVERY = "IN_DELIVERY"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"
    REPLACED = "REPLACED"


WAY = (
    Stage.CONCEPT,
    Stage.OUTLINE_APPROVED,
    Stage.BUSINESS_CASE,
    Stage.APPROVED,
    Stage.IN_DELIVERY,
    Stage.CLOSED,
)
"""The stages that a project passes when all goes well, in their order."""

BEFORE_APPROVAL = frozenset(WAY[: WAY.index(Stage.APPROVED)])
"""Where no decision stands by which a project was approved."""

ADOPTABLE = frozenset({Stage.APPROVED, Stage.IN_DELIVERY})
"""Where a project must stand before its proposals become budget (rule LIF-05)."""


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """What is there of a project, as far as a move may ask for it.

    Lines are named as the reader may read them. `signed` are the capacities whose sign-off holds,
    `changed` those whose figures have changed since. `is_submitted` is that its paper was submitted
    at its stage. `equality` and `consultations` say what these
    still lack, in words; `not_screened` is that nobody has said whether equality matters here.
    `undelivered_pence` is by line and year what is forecast and neither delivered nor given up for
    a reason, `unidentified_pence` what nobody has found. `decision` and `replaced_by` are what the
    move itself names.
    """

    stage: Stage
    description: str = ""
    purpose: str = ""
    lead_post: str = ""
    savings: tuple[str, ...] = ()
    without_target: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    signed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    is_submitted: bool = False
    not_screened: bool = True
    equality: tuple[str, ...] = ()
    consultations: tuple[str, ...] = ()
    answered_challenges: int = 0
    open_challenges: int = 0
    milestones: int = 0
    outstanding_milestones: tuple[str, ...] = ()
    undelivered_pence: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unidentified_pence: Mapping[tuple[str, str], int] = field(default_factory=dict)
    decision: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a move needs and that is not there: the condition, and what is missing."""

    condition: str
    words: str


@dataclass(frozen=True, slots=True)
class Move:
    """A way from a stage to another: who may go it, and the conditions it needs."""

    from_stage: Stage
    to_stage: Stage
    called: str
    by: frozenset[Role]
    needs: tuple[str, ...]

    def missing(self, standing: ProjectStanding) -> list[Missing]:
        """Everything that is missing for this move, in the order in which the data name it."""
        return [Missing(need, words) for need in self.needs for words in CONDITIONS[need](standing)]

    @property
    def asks_for(self) -> frozenset[str]:
        """What is said in making the move itself: "decision", "replacement"."""
        return SAID_IN_MOVING & frozenset(self.needs)


SAID_IN_MOVING = frozenset({"decision", "replacement"})


@cache
def moves() -> tuple[Move, ...]:
    """Every move, in the order of the data. ValueError for a condition or stage that is none."""
    rows = _data()["move"]
    unknown = sorted({need for row in rows for need in row["needs"]} - set(CONDITIONS))
    if unknown:
        raise ValueError(f"a move needs {', '.join(unknown)}, which is no condition")
    return tuple(
        Move(
            Stage(stage),
            Stage(row["to"]),
            row["called"],
            frozenset(map(Role, row["by"])),
            tuple(row["needs"]),
        )
        for row in rows
        for stage in row["from"]
    )


def moves_from(stage: Stage) -> list[Move]:
    """The moves that lead on from a stage, the usual one first."""
    return [move for move in moves() if move.from_stage == stage]


def find_move(stage: Stage, to: Stage) -> Move | None:
    """The move from one stage to another; None where there is no such way."""
    return next((move for move in moves_from(stage) if move.to_stage == to), None)


def next_move(stage: Stage) -> Move | None:
    """The move that takes a project on towards delivery; None at the end, and off the way."""
    if stage not in WAY[:-1]:
        return None
    return find_move(stage, WAY[WAY.index(stage) + 1])


@cache
def capacities() -> Mapping[str, Role]:
    """In what capacity a project is signed off, and which role may sign so."""
    return {name: Role(role) for name, role in _data()["capacities"].items()}


def _data() -> dict[str, Any]:
    return tomllib.loads(
        resources.files(__package__).joinpath("lifecycle.toml").read_text(encoding="utf-8")
    )


# --- Conditions -----------------------------------------------------------------------------------

Condition = Callable[[ProjectStanding], Iterable[str]]


def _description(standing: ProjectStanding) -> Iterable[str]:
    if not standing.description.strip():
        yield "It does not say what it is: write a description."


def _purpose(standing: ProjectStanding) -> Iterable[str]:
    if not standing.purpose.strip():
        yield "It does not say what it is for: write its purpose."


def _lead(standing: ProjectStanding) -> Iterable[str]:
    if not standing.lead_post.strip():
        yield "Nobody leads it: name the post of its head of service."


def _saving(standing: ProjectStanding) -> Iterable[str]:
    if not standing.savings:
        yield "It saves nothing yet: add a line for each saving."


def _target(standing: ProjectStanding) -> Iterable[str]:
    yield from _saving(standing)
    if standing.without_target:
        yield f"No target is set on {_listed(standing.without_target)}: ask finance to set it."


def _milestone(standing: ProjectStanding) -> Iterable[str]:
    if not standing.milestones:
        yield "It has no milestone: say what is done by when."


def _submitted(standing: ProjectStanding) -> Iterable[str]:
    if not standing.is_submitted:
        yield "Its paper is not submitted: submit it, so that it is kept as it stands."


def unsigned(capacity: str, *, has_changed: bool) -> str:
    """A signature that does not hold, in words: figures have changed since, or nobody signed."""
    if has_changed:
        return f"Figures have changed since the {capacity} signed: ask for the signature again."
    return f"The {capacity} has not signed it off."


def _signed(capacity: str, standing: ProjectStanding) -> Iterable[str]:
    has_changed = capacity in standing.changed
    if has_changed or capacity not in standing.signed:
        yield unsigned(capacity, has_changed=has_changed)


def _equality_screened(standing: ProjectStanding) -> Iterable[str]:
    if standing.not_screened:
        yield "Nobody has said whether equality matters here: screen it."


def _equality_settled(standing: ProjectStanding) -> Iterable[str]:
    yield from _equality_screened(standing)
    yield from standing.equality


def _consultations_considered(standing: ProjectStanding) -> Iterable[str]:
    yield from standing.consultations


def _challenge_answered(standing: ProjectStanding) -> Iterable[str]:
    if standing.open_challenges:
        questions = "question is" if standing.open_challenges == 1 else "questions are"
        yield f"{standing.open_challenges} {questions} not answered yet."
    elif not standing.answered_challenges:
        yield "Nobody has challenged it: the Cabinet Member has asked no question."


def _decision(standing: ProjectStanding) -> Iterable[str]:
    if not standing.decision.strip():
        yield "No decision is named: say who decided, when, and under which minute."


def _replacement(standing: ProjectStanding) -> Iterable[str]:
    if not standing.replaced_by:
        yield "Say which project replaces it."


def _adopted(standing: ProjectStanding) -> Iterable[str]:
    if standing.proposed:
        verb = "is" if len(standing.proposed) == 1 else "are"
        yield (
            f"{_listed(standing.proposed)} {verb} proposed still: adopt the proposal by its "
            "decision first."
        )


def _nothing_undelivered(standing: ProjectStanding) -> Iterable[str]:
    yield from _amounts(
        standing.undelivered_pence,
        "is neither delivered nor given up for a reason: deliver it, or say that it slipped, is "
        "replaced or cannot be delivered.",
    )
    yield from _amounts(
        standing.unidentified_pence,
        "is a target for which nobody has found a saving: find one, or have the target changed.",
    )


def _nothing_expected(standing: ProjectStanding) -> Iterable[str]:
    yield from _amounts(
        standing.undelivered_pence,
        "is still expected of it: record first that it is withdrawn, or which line replaces it.",
    )


def _milestones_done(standing: ProjectStanding) -> Iterable[str]:
    for what in standing.outstanding_milestones:
        yield f"Milestone not done: {what}"


def _amounts(pence: Mapping[tuple[str, str], int], told: str) -> Iterable[str]:
    for (line, year), amount in pence.items():
        of = "no year yet" if year == "UNPROFILED" else year
        yield f"{print_money(amount)} of {line}, {of}, {told}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(names))


CONDITIONS: Mapping[str, Condition] = {
    "description": _description,
    "purpose": _purpose,
    "lead": _lead,
    "saving": _saving,
    "target": _target,
    "milestone": _milestone,
    "submitted": _submitted,
    **{f"signed by {name}": partial(_signed, name) for name in capacities()},
    "equality screened": _equality_screened,
    "equality settled": _equality_settled,
    "consultations considered": _consultations_considered,
    "challenge answered": _challenge_answered,
    "decision": _decision,
    "replacement": _replacement,
    "adopted": _adopted,
    "nothing undelivered": _nothing_undelivered,
    "nothing expected": _nothing_expected,
    "milestones done": _milestones_done,
}
"""Every condition that a move may need, by the name that the data use."""
