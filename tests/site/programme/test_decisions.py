"""A proposal becomes budget by a decision that names the baseline (rule LIF-05)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger import bridge as bridges
from futurefit.ledger.classing import class_anew
from futurefit.ledger.entries import Account, Entry, LineAttributes, Tranche
from futurefit.ledger.presentations import CURRENT, PROPOSED
from futurefit.ledger.rights import Role
from futurefit.ledger.state import Ledger
from futurefit.site.accounts.holders import Holding
from futurefit.site.accounts.models import User
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import NamedPosition
from futurefit.site.ledger.operations import Refused, Stale, name_baseline
from futurefit.site.ledger.queries import LineWords
from futurefit.site.programme import models, operations, queries
from futurefit.site.programme.operations import decisions
from tests.site import people
from tests.site.ledger.books import LATER, OPENED
from tests.site.programme.test_editing import form_of
from tests.site.programme.test_lifecycle import CAPACITIES, codes, screened, sign
from tests.site.programme.worlds import SIGNED, World, holder

LIBRARIES = ("project", "libraries")
DECISION = "Council, 11 February 2016, minute 12"


def approved(world: World) -> None:
    """Libraries is approved, and every signature under it holds."""
    screened(world)
    director = people.person("eve", "Director", Holding(Role.PROJECT_LEAD, "project", "libraries"))
    signers = (world.alice, director, world.bob)
    for user, capacity in zip(signers, CAPACITIES, strict=True):
        sign(world, user, capacity)
    models.Project.objects.filter(pk=world.libraries.pk).update(stage="APPROVED")


def adopt(world: World, by: User, **more: object) -> operations.Adopted:
    told = {
        "decision": DECISION,
        "baseline": "Budget 2016/17",
        "on": SIGNED,
        "expects": queries.lines_of("libraries"),
        "why": "The budget is set",
        **more,
    }
    return operations.adopt([LIBRARIES], by=holder(by), **told)  # type: ignore[arg-type]


def test_a_decision_takes_every_proposed_line_of_a_project_into_the_plan(world: World) -> None:
    approved(world)
    done = adopt(world, world.bob)
    ledger = ledger_queries.current_ledger()
    own = [line for line in ledger.lines.values() if line.project == "libraries"]
    assert {line.tranche for line in own} == {Tranche.CURRENT}
    assert {entry.line for entry in done.journal.entries} == {"LIB-2", "LIB-3", "LIB-I"}
    assert done.journal.decision == DECISION
    named = done.baseline
    assert (named.number, named.name, named.why) == (
        done.journal.number,
        "Budget 2016/17",
        DECISION,
    )
    assert named.kind == NamedPosition.Kind.BASELINE


def test_a_line_that_was_classed_after_the_day_of_its_adoption_is_adopted_too(
    world: World,
) -> None:
    """LED-04, LIF-05: all proposed lines of what is chosen are classed as current."""
    later = class_anew(
        ledger_queries.current_ledger(), "LIB-2", on=date(2016, 1, 24), owner="head-libraries"
    )
    world.post(*later)
    approved(world)
    adopt(world, world.bob)
    now = ledger_queries.current_ledger().lines["LIB-2"]
    assert (now.tranche, now.owner) == (Tranche.CURRENT, "head-libraries")
    assert "libraries" not in [each.part.code for each in queries.proposals(SIGNED)]


def test_nothing_is_adopted_where_a_line_would_stay_proposed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = ledger_queries.current_ledger().lines["LIB-2"]
    world.post(acts.reclassify("LIB-2", own, on=date(2016, 1, 24)))
    approved(world)
    head = ledger_queries.head()

    def on_that_day_only(state: Ledger, ref: str, *, on: date, tranche: Tranche) -> list[Entry]:
        return [acts.reclassify(ref, replace(state.lines[ref], tranche=tranche), on=on)]

    monkeypatch.setattr(decisions, "class_anew", on_that_day_only)
    with pytest.raises(Refused) as refused:
        adopt(world, world.bob)
    assert codes(refused) == ["LIF-STILL-PROPOSED"]
    assert ledger_queries.head() == head


def test_the_bridge_from_the_baseline_before_shows_what_was_adopted(world: World) -> None:
    """BRI-01. By hand: LIB-1 and ROAD-1 were in the plan (£196k, £5k), LIB-2 and LIB-3 (£100k)
    come in; LIB-I has no year and stands outside the plan.
    """
    approved(world)
    before = name_baseline("Before", by=holder(world.bob), as_at=SIGNED)
    adopt(world, world.bob)
    baseline = bridges.Baseline("Before", before.as_at, before.number)
    now = ledger_queries.current_ledger().now
    for scope, original, adopted in (
        (CURRENT, 201_000_00, 100_000_00),
        (PROPOSED, 100_000_00, -100_000_00),
    ):
        found = bridges.bridge(now, baseline, scope=scope)
        assert [step.amount_pence for step in found.to_target] == [original, adopted, 0, 0]
        assert found.closes


def test_adoption_leaves_what_was_signed_as_it_was(world: World) -> None:
    approved(world)
    adopt(world, world.bob)
    assert all(each.holds for each in queries.sign_offs_of(world.libraries))


def raise_a_target(world: World) -> None:
    more = {"2016/17": 5_000_000_00}
    world.post(acts.set_target("LIB-2", more, on=LATER, rating=Account.RED))


def open_another_line(world: World) -> None:
    own = ledger_queries.current_ledger().lines["LIB-2"]
    world.add("LIB-9", own, Account.RED, {"2016/17": 9_000_000_00})


def bring_a_line_in(world: World) -> None:
    own = replace(
        ledger_queries.current_ledger().lines["ROAD-2"], project="libraries", theme="open"
    )
    world.post(acts.reclassify("ROAD-2", own, on=LATER))


@pytest.mark.parametrize("change", [raise_a_target, open_another_line, bring_a_line_in])
def test_a_project_whose_signed_figures_have_changed_is_not_adopted_until_it_is_signed_again(
    world: World, bob: Client, change: Callable[[World], None]
) -> None:
    """LIF-05: refused is a project "whose figures are not those that the three signed"."""
    world.add("ROAD-2", LineAttributes(project="roads"), Account.RED, {"2016/17": 7_00})
    approved(world)
    change(world)
    head = ledger_queries.head()
    with pytest.raises(Refused) as refused:
        adopt(world, world.bob)
    assert [refusal.message for refusal in refused.value.refusals] == [
        f"Figures have changed since the {capacity} signed: ask for the signature again."
        for capacity in CAPACITIES
    ]
    assert ledger_queries.head() == head
    page = bob.get("/adopt/").content.decode()
    assert re.search(r'href="/projects/libraries/"[^>]*>Figures have changed since', page)
    for user, capacity in zip(
        (world.alice, User.objects.get(username="eve"), world.bob), CAPACITIES, strict=True
    ):
        sign(world, user, capacity)
    assert adopt(world, world.bob).journal.entries


def test_a_project_that_a_paper_brought_in_approved_is_signed_before_it_is_adopted(
    world: World,
) -> None:
    """LIF-03: a signature on paper "counts for no move"; nor for an adoption."""
    screened(world)
    models.Project.objects.filter(pk=world.libraries.pk).update(stage="IN_DELIVERY")
    models.SignOff.objects.create(project=world.libraries, role="Head of Finance", signed_on=SIGNED)
    with pytest.raises(Refused) as refused:
        adopt(world, world.bob)
    assert [refusal.message for refusal in refused.value.refusals] == [
        f"The {capacity} has not signed it off." for capacity in CAPACITIES
    ]


def test_what_is_not_approved_or_is_held_up_is_refused_and_nothing_changes(world: World) -> None:
    head = ledger_queries.head()
    models.Consultation.objects.create(about=world.theme, what="Hours", starts_on=date(2016, 1, 1))
    with pytest.raises(Refused) as refused:
        adopt(world, world.bob, decision=" ")
    assert [refusal.message for refusal in refused.value.refusals] == [
        "Libraries is not approved: it stands at concept.",
        "Nobody has said whether equality matters here: screen it.",
        "Consultation “Hours” runs until a day that is not set.",
        "Name the decision: who decided, when, and under which minute.",
    ]
    assert ledger_queries.head() == head
    assert not NamedPosition.objects.exists()


def test_a_name_that_is_taken_undoes_the_journal_too(world: World) -> None:
    approved(world)
    name_baseline("Budget 2016/17", by=holder(world.bob), as_at=SIGNED)
    head = ledger_queries.head()
    with pytest.raises(Refused) as refused:
        adopt(world, world.bob)
    assert codes(refused) == ["LED-NAME-TAKEN"]
    assert ledger_queries.head() == head


def test_a_line_that_moved_meanwhile_is_not_adopted(world: World) -> None:
    approved(world)
    seen = queries.lines_of("libraries")
    world.post(
        acts.re_rate(
            "LIB-2", {"2016/17": 1_00}, from_rating=Account.RED, to_rating=Account.AMBER, on=LATER
        )
    )
    with pytest.raises(Stale, match="LIB-2"):
        adopt(world, world.bob, expects=seen)


def test_a_lead_adopts_nothing(world: World) -> None:
    approved(world)
    with pytest.raises(Refused):
        adopt(world, world.alice)


def test_what_hangs_on_a_theme_is_approved_by_the_decision_itself(world: World) -> None:
    world.add("OPEN-1", LineAttributes(theme="open"), Account.RED, {"2016/17": 1_00})
    models.EqualityAssessment.objects.create(
        about=world.theme, relevance="NOT_RELEVANT", reason="x", signed_on=SIGNED, signed_post="y"
    )
    ready = {each.part.code: each.holds_up for each in queries.proposals(SIGNED)}
    assert ready["open"] == ()
    # A line without a target promises nothing that could be adopted.
    own = LineAttributes(theme="open")
    world.post(acts.open_line("OPEN-2", own, on=OPENED), words={"OPEN-2": LineWords("Marginal")})
    (proposed,) = [each for each in queries.proposals(SIGNED) if each.part.code == "open"]
    assert proposed.lines == ("OPEN-1",)
    # The project stands under its theme's assessment, and is held up by its stage alone.
    assert ready["libraries"] == ("Libraries is not approved: it stands at concept.",)


def test_finance_adopts_on_the_page(world: World, bob: Client) -> None:
    held_up = bob.get("/adopt/").content.decode()
    assert "is not approved: it stands at concept" in held_up
    assert "Nothing can be adopted now" in held_up
    approved(world)
    sent = {**form_of(bob, "/adopt/"), "parts": "project:libraries", "decision": DECISION}
    wrong = bob.post("/adopt/", {**sent, "why": "", "baseline": "Budget 2016/17"})
    assert wrong.status_code == 422
    assert "Libraries (3)" in wrong.content.decode()
    sent |= {"baseline": "Budget 2016/17", "why": "The budget is set", "on": "15/1/2016"}
    done = bob.post("/adopt/", sent, follow=True).content.decode()
    assert "is the baseline “Budget 2016/17”" in done
    assert DECISION in done


def test_a_lead_does_not_open_the_page(world: World, alice: Client) -> None:
    assert alice.get("/adopt/").status_code == 403
