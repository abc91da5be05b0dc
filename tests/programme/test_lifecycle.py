"""Which move is open to a project, to whom, and what it names as missing (rules LIF-01, LIF-02)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from futurefit.ledger.rights import Role
from futurefit.programme import lifecycle
from futurefit.programme.lifecycle import CONDITIONS, WAY, Move, ProjectStanding, Stage

BARE = ProjectStanding(Stage.CONCEPT)
READY = ProjectStanding(
    stage=Stage.BUSINESS_CASE,
    description="Fewer desks",
    purpose="Open longer",
    lead_post="Head of Libraries",
    savings=("LIB-1",),
    signed=frozenset(lifecycle.capacities()),
    is_submitted=True,
    not_screened=False,
    answered_challenges=1,
    milestones=1,
    decision="Cabinet, 11 February 2016",
)


def move(stage: Stage, to: Stage) -> Move:
    found = lifecycle.find_move(stage, to)
    assert found is not None
    return found


def test_the_way_leads_from_a_concept_to_a_closed_project() -> None:
    """LIF-01."""
    stage = Stage.CONCEPT
    passed = [stage]
    while onward := lifecycle.next_move(stage):
        stage = onward.to_stage
        passed.append(stage)
    assert tuple(passed) == WAY


def test_every_stage_can_be_reached_and_none_is_a_dead_end() -> None:
    reached = {move.to_stage for move in lifecycle.moves()}
    assert reached == set(Stage)
    assert {move.from_stage for move in lifecycle.moves()} == set(Stage)
    ways = [(move.from_stage, move.to_stage) for move in lifecycle.moves()]
    assert len(ways) == len(set(ways))


def test_a_stage_cannot_be_jumped() -> None:
    assert lifecycle.find_move(Stage.CONCEPT, Stage.APPROVED) is None
    assert lifecycle.find_move(Stage.WITHDRAWN, Stage.IN_DELIVERY) is None


def test_nobody_but_an_officer_moves_a_project_and_no_lead_approves_their_own() -> None:
    for each in lifecycle.moves():
        assert each.by <= {Role.PROJECT_LEAD, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE}
    for to in (Stage.OUTLINE_APPROVED, Stage.APPROVED, Stage.CLOSED, Stage.WITHDRAWN):
        assert all(Role.PROJECT_LEAD not in m.by for m in lifecycle.moves() if m.to_stage is to)


def test_a_bare_concept_is_told_everything_that_it_lacks() -> None:
    """LIF-02."""
    missing = move(Stage.CONCEPT, Stage.OUTLINE_APPROVED).missing(BARE)
    assert [each.words for each in missing] == [
        "It does not say what it is: write a description.",
        "Nobody leads it: name the post of its head of service.",
        "It saves nothing yet: add a line for each saving.",
        "Its paper is not submitted: submit it, so that it is kept as it stands.",
        "The Head of Service has not signed it off.",
        "Nobody has said whether equality matters here: screen it.",
    ]


def test_what_is_ready_lacks_nothing() -> None:
    assert move(Stage.BUSINESS_CASE, Stage.APPROVED).missing(READY) == []
    assert move(Stage.CONCEPT, Stage.OUTLINE_APPROVED).missing(READY) == []
    assert move(Stage.OUTLINE_APPROVED, Stage.BUSINESS_CASE).missing(READY) == []


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        (
            {"is_submitted": False},
            "Its paper is not submitted: submit it, so that it is kept as it stands.",
        ),
        ({"without_target": ("LIB-1",)}, "No target is set on LIB-1: ask finance to set it."),
        (
            {"signed": frozenset({"Head of Service", "Head of Finance"})},
            "The Director has not signed it off.",
        ),
        (
            {"changed": frozenset({"Director"})},
            "Figures have changed since the Director signed: ask for the signature again.",
        ),
        ({"not_screened": True}, "Nobody has said whether equality matters here: screen it."),
        ({"equality": ("Age: no evidence is given.",)}, "Age: no evidence is given."),
        ({"consultations": ("It runs until Friday.",)}, "It runs until Friday."),
        ({"open_challenges": 1}, "1 question is not answered yet."),
        (
            {"answered_challenges": 0},
            "Nobody has challenged it: the Cabinet Member has asked no question.",
        ),
        (
            {"decision": " "},
            "No decision is named: say who decided, when, and under which minute.",
        ),
    ],
)
def test_each_thing_that_approval_lacks_is_named(lacks: dict[str, object], words: str) -> None:
    standing = replace(READY, **lacks)  # type: ignore[arg-type]
    missing = move(Stage.BUSINESS_CASE, Stage.APPROVED).missing(standing)
    assert [each.words for each in missing] == [words]


def test_delivery_begins_when_the_proposal_is_adopted() -> None:
    begin = move(Stage.APPROVED, Stage.IN_DELIVERY)
    (missing,) = begin.missing(replace(READY, proposed=("LIB-1", "LIB-2")))
    assert missing.words == (
        "LIB-1, LIB-2 are proposed still: adopt the proposal by its decision first."
    )
    assert begin.missing(READY) == []


def test_a_project_closes_when_every_pound_and_milestone_is_accounted_for() -> None:
    standing = replace(
        READY,
        undelivered_pence={("LIB-1", "2016/17"): 40_000_00, ("LIB-2", "UNPROFILED"): 1_00},
        unidentified_pence={("LIB-1", "2017/18"): 5_00},
        outstanding_milestones=("Doors open",),
    )
    missing = move(Stage.IN_DELIVERY, Stage.CLOSED).missing(standing)
    assert [each.words.partition(",")[0] for each in missing] == [
        "£40",
        "£1 of LIB-2",
        "£5 of LIB-1",
        "Milestone not done: Doors open",
    ]
    assert missing[0].words.startswith("£40,000 of LIB-1, 2016/17, is neither delivered nor")
    assert "no year yet" in missing[1].words
    assert move(Stage.IN_DELIVERY, Stage.CLOSED).missing(READY) == []


def test_a_project_is_replaced_by_one_that_is_named_once_nothing_is_expected_of_it() -> None:
    replacing = move(Stage.APPROVED, Stage.REPLACED)
    standing = replace(READY, undelivered_pence={("LIB-1", "2016/17"): 1_00})
    assert [each.condition for each in replacing.missing(standing)] == [
        "replacement",
        "nothing expected",
    ]
    assert replacing.missing(replace(READY, replaced_by="parks")) == []
    assert replacing.asks_for == {"replacement"}


@pytest.mark.parametrize("need", CONDITIONS)
def test_each_condition_is_needed_by_a_move_and_can_fail(need: str) -> None:
    assert any(need in each.needs for each in lifecycle.moves()), "a condition that nothing needs"
    worst = replace(
        BARE,
        proposed=("L",),
        consultations=("It runs.",),
        equality=("Age.",),
        outstanding_milestones=("Doors",),
        undelivered_pence={("L", "2016/17"): 1},
    )
    assert list(CONDITIONS[need](worst))
