"""Can people say what changed, see what it does, and be stopped before a mistake is recorded?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger.classing import in_force
from futurefit.ledger.entries import Account, EntryKind, Reason, Restriction, SavingClass
from futurefit.site.ledger import models, operations, queries
from tests.site import people
from tests.site.ledger.books import ALICE, CAROL, LATER, LIBRARIES, Book, balance, rated
from tests.site.ledger.filling import fields_of, preview
from tests.site.ledger.shelf import stock

DELIVERED_1K = {
    "from_rating": "UNRATED",
    "amount_0": "1k",
    "evidence": "VIREMENT",
    "evidence_reference": "BV-0412",
}
DELIVERED = {
    "from_rating": "AMBER",
    "amount_1": "10k",
    "evidence": "CONTRACT_VARIATION",
    "evidence_reference": "Lease C/1180, variation 2",
}


@pytest.fixture
def shelf(book: Book) -> Book:
    return stock(book)


@pytest.fixture
def alice(shelf: Book) -> Client:
    return signed_in(people.alice())


@pytest.fixture
def bob(shelf: Book) -> Client:
    return signed_in(people.bob())


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def text_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def say(client: Client, path: str, **typed: str) -> HttpResponse:
    """All three steps."""
    shown = preview(client, path, **typed)
    assert shown.status_code == 200, errors_in(shown)
    assert "Nothing is recorded yet" in text_of(shown)
    kept = fields_of(shown)
    return client.post(path, {**kept, "step": "confirm"}, follow=True)  # type: ignore[return-value]


def errors_in(answer: HttpResponse) -> list[str]:
    found = re.findall(
        r'govuk-error-message">(?:<span[^>]*>Error:</span>)?([^<]*)', text_of(answer)
    )
    summary = re.findall(r"error-summary__list.*?</ul>", text_of(answer), re.S)
    return [*map(str.strip, found), *re.findall(r">([^<>\n]{6,})<", "".join(summary))]


WHY = {"why": "as agreed"}


def test_finance_sets_a_target(bob: Client) -> None:
    done = say(
        bob,
        "/lines/LIB-1/change/set-target/",
        rating="RED",
        amount_0="40k",
        amount_3="£1,250",
        **WHY,
    )
    assert "Done: recorded as journal" in text_of(done)
    assert balance("LIB-1", Account.RED, "2016/17") == 40_000_00
    assert balance("LIB-1", Account.RED, "2019/20") == 1_250_00


def test_a_target_for_which_nothing_is_found_counts_against_the_forecast(bob: Client) -> None:
    say(bob, "/lines/LIB-1/change/set-target/", rating="UNIDENTIFIED", amount_1="10k", **WHY)
    held = queries.current_ledger().now.postings(
        lines=["LIB-1"], accounts=[(Account.VARIANCE, Reason.UNIDENTIFIED)]
    )
    assert [standing.posting.amount_pence for standing in held] == [10_000_00]


def test_a_lead_re_rates_all_of_it(alice: Client) -> None:
    shown = preview(
        alice,
        "/lines/LIB-1/change/re-rate/",
        from_rating="AMBER",
        to_rating="GREEN_ON_TARGET",
        amount_1="all",
        **WHY,
    )
    page = text_of(shown)
    assert "£60,000 of 2017/18 from amber to green on target" in page
    assert "before and after" in page
    assert "Balance (nought on both sides)" in page
    say(
        alice,
        "/lines/LIB-1/change/re-rate/",
        from_rating="AMBER",
        to_rating="GREEN_ON_TARGET",
        amount_1="all",
        **WHY,
    )
    assert balance("LIB-1", Account.GREEN_ON_TARGET, "2017/18") == 60_000_00


def test_a_lead_lets_an_amount_slip(alice: Client) -> None:
    say(
        alice,
        "/lines/LIB-1/change/re-profile/",
        rating="AMBER",
        from_year="2017/18",
        to_year="2018/19",
        amount="25k",
        **WHY,
    )
    assert balance("LIB-1", Account.AMBER, "2017/18") == 35_000_00
    assert balance("LIB-1", Account.AMBER, "2018/19") == 25_000_00


def test_a_lead_estimates_anew(alice: Client) -> None:
    say(
        alice,
        "/lines/LIB-1/change/re-estimate/",
        rating="AMBER",
        reason="UNDELIVERABLE",
        amount_1="-5k",
        **WHY,
    )
    assert balance("LIB-1", Account.AMBER, "2017/18") == 55_000_00


def test_a_delivery_waits_for_finance_and_counts_nowhere_until_then(
    alice: Client, bob: Client
) -> None:
    done = say(alice, "/lines/LIB-1/change/deliver/", **DELIVERED, **WHY)
    assert "waits for a second person" in text_of(done)
    assert balance("LIB-1", Account.GREEN_DELIVERED, "2017/18") == 0
    (proposal,) = queries.waiting_proposals()
    assert f"Proposal {proposal.pk}" in text_of(alice.get("/lines/LIB-1/"))
    own = text_of(alice.get(f"/waiting/{proposal.pk}/"))
    assert "somebody else must accept it" in own
    assert "Fewer desks" in text_of(bob.get("/waiting/"))
    assert "£10,000 of 2017/18 from amber to green delivered" in text_of(
        bob.get(f"/waiting/{proposal.pk}/")
    )
    assert "signed contract variation" in text_of(bob.get(f"/waiting/{proposal.pk}/"))
    accepted = bob.post(f"/waiting/{proposal.pk}/accept/", follow=True)
    assert "Accepted: recorded as journal" in text_of(accepted)
    assert balance("LIB-1", Account.GREEN_DELIVERED, "2017/18") == 10_000_00


def test_the_second_person_says_how_the_saving_helps_where_nobody_has(
    shelf: Book, alice: Client, bob: Client
) -> None:
    """PRF-02"""
    shelf.open("LIB-9", replace(LIBRARIES, saving_class=SavingClass.NOT_STATED), y2016=5_000_00)
    say(alice, "/lines/LIB-9/change/deliver/", **DELIVERED_1K, **WHY)
    (proposal,) = queries.waiting_proposals()
    assert "How does the saving help?" in text_of(bob.get(f"/waiting/{proposal.pk}/"))
    unsaid = bob.post(f"/waiting/{proposal.pk}/accept/")
    assert unsaid.status_code == 400
    assert any("Choose how the saving helps" in error for error in errors_in(unsaid))
    bob.post(f"/waiting/{proposal.pk}/accept/", {"saving_class": "INCOME"})
    assert balance("LIB-9", Account.GREEN_DELIVERED) == 1_000_00
    assert queries.current_ledger().lines["LIB-9"].saving_class is SavingClass.INCOME


def test_a_delivery_without_evidence_is_not_even_proposed_on_the_page(alice: Client) -> None:
    """PRF-01"""
    bare = DELIVERED | {"evidence": "", "evidence_reference": ""}
    answer = alice.post("/lines/LIB-1/change/deliver/", bare | WHY)
    assert answer.status_code == 400
    assert any("Choose what shows" in error for error in errors_in(answer))
    assert any("Give the reference" in error for error in errors_in(answer))


def test_the_first_person_cannot_be_the_second(alice: Client) -> None:
    say(alice, "/lines/LIB-1/change/deliver/", **DELIVERED, **WHY)
    (proposal,) = queries.waiting_proposals()
    answer = alice.post(f"/waiting/{proposal.pk}/accept/")
    assert answer.status_code == 409
    assert "Nothing was recorded" in text_of(answer)
    assert balance("LIB-1", Account.GREEN_DELIVERED, "2017/18") == 0


def test_finance_turns_a_delivery_down_and_must_say_why(alice: Client, bob: Client) -> None:
    say(alice, "/lines/LIB-1/change/deliver/", **DELIVERED, **WHY)
    (proposal,) = queries.waiting_proposals()
    silent = bob.post(f"/waiting/{proposal.pk}/refuse/", {"answer": " "})
    assert silent.status_code == 400
    assert any("Say why" in error for error in errors_in(silent))
    bob.post(f"/waiting/{proposal.pk}/refuse/", {"answer": "No evidence"})
    assert not queries.waiting_proposals()
    assert "No evidence" in text_of(alice.get(f"/waiting/{proposal.pk}/"))


def test_a_proposal_whose_line_has_moved_cannot_be_accepted(
    shelf: Book, alice: Client, bob: Client
) -> None:
    say(alice, "/lines/LIB-3/change/deliver/", **DELIVERED_1K, **WHY)
    shelf.post(rated("LIB-3", 1_000_00))
    (proposal,) = queries.waiting_proposals()
    answer = bob.post(f"/waiting/{proposal.pk}/accept/")
    assert answer.status_code == 409
    assert "has changed since" in text_of(answer)


def test_finance_withdraws_replaces_and_re_targets(bob: Client) -> None:
    say(bob, "/lines/LIB-3/change/withdraw/", from_rating="UNRATED", amount_0="5k", **WHY)
    assert balance("LIB-3", Account.UNRATED) == 15_000_00
    say(
        bob,
        "/lines/LIB-3/change/replace/",
        replaced_by="LIB-1",
        from_rating="UNRATED",
        to_rating="RED",
        amount_0="all",
        **WHY,
    )
    assert balance("LIB-3", Account.UNRATED) == 0
    assert balance("LIB-1", Account.RED) == 15_000_00
    page = text_of(bob.get("/lines/LIB-3/change/re-target/"))
    assert "Withdrawn: 2016/17 -£5,000" in page
    say(
        bob,
        "/lines/LIB-3/change/re-target/",
        clears="WITHDRAWN",
        amount_0="-5k",
        decision="Cabinet, 1 December 2015",
        **WHY,
    )
    assert balance("LIB-3", Account.TARGET) == -25_000_00
    assert "Withdrawn" in text_of(bob.get("/bridge/"))
    failures = bob.get("/bridge/?accepted.format=json").json()["rows"]
    assert ("LIB-3", 5_000_00) in [(row["line"], row["amount"]) for row in failures]


def test_a_changed_target_needs_a_decision(bob: Client) -> None:
    answer = preview(bob, "/lines/LIB-1/change/re-target/", clears="NEITHER", amount_0="5k", **WHY)
    assert answer.status_code == 400
    assert "Name the decision that changes the target." in errors_in(answer)


def test_an_entry_is_reversed_by_its_mirror_image(bob: Client) -> None:
    number = queries.current_ledger().last_journal("ROAD-1")
    assert f"/journals/{number}/2/reverse/" in text_of(bob.get(f"/journals/{number}/"))
    say(bob, f"/journals/{number}/2/reverse/", **WHY)
    assert balance("ROAD-1", Account.UNRATED, "2017/18") == 0
    page = text_of(bob.get(f"/journals/{number}/"))
    assert "Reversed by" in page
    assert "Reverse entry 2" not in page


def test_a_delivery_is_reversed_with_a_second_person_too(bob: Client) -> None:
    number = next(
        journal.number
        for journal in queries.journals()
        if any(entry.kind is EntryKind.DELIVER for entry in journal.entries)
    )
    done = say(bob, f"/journals/{number}/1/reverse/", **WHY)
    assert "waits for a second person" in text_of(done)


def test_a_line_is_opened_under_its_project_and_carries_the_theme_above(alice: Client) -> None:
    done = say(
        alice,
        "/open-line/?parent=project:libraries",
        ref="LIB-9",
        title="Machines that lend",
        narrative="Borrowing without a desk",
        owner="",
        **WHY,
    )
    assert "Machines that lend" in text_of(done)
    attributes = queries.current_ledger().lines["LIB-9"]
    assert (attributes.theme, attributes.project) == ("places", "libraries")
    assert queries.line_words()["LIB-9"].narrative == "Borrowing without a desk"


def test_a_reference_that_is_taken_is_refused_beside_its_field(alice: Client) -> None:
    answer = preview(
        alice, "/open-line/?parent=project:libraries", ref="LIB-1", title="Again", **WHY
    )
    assert answer.status_code == 400
    assert "There is a line LIB-1 already." in errors_in(answer)
    assert 'id="id_ref_error"' in text_of(answer)
    assert fields_of(answer)["title"] == "Again"


def test_a_line_is_classed_anew(bob: Client) -> None:
    shown = preview(bob, "/lines/LIB-4/change/reclassify/", restriction="OFFICERS", **WHY)
    assert "Officers only" in text_of(shown)
    say(bob, "/lines/LIB-4/change/reclassify/", restriction="OFFICERS", **WHY)
    line = queries.current_ledger().lines["LIB-4"]
    assert line.restriction is Restriction.OFFICERS
    assert (line.theme, line.project) == ("places", "libraries")


def test_a_proposal_comes_into_the_plan_by_its_adoption_only(bob: Client, alice: Client) -> None:
    """LIF-05, LED-12."""
    said = {"tranche": "CURRENT", "decision": "Council, minute 12", **WHY}
    answer = preview(bob, "/lines/LIB-4/change/reclassify/", **said)
    assert any("adopt it under ‘Adopt proposals’" in error for error in errors_in(answer))
    left = preview(bob, "/lines/ROAD-2/change/reclassify/", tranche="PROPOSED", **WHY)
    assert any("Name the decision that takes ROAD-2" in error for error in errors_in(left))
    new = {"ref": "LIB-9", "title": "Machines", "tranche": "CURRENT", **WHY}
    path = "/open-line/?parent=project:libraries"
    assert "Name the decision by which it is in the adopted plan." in errors_in(
        preview(bob, path, **new)
    )
    assert 'value="CURRENT"' not in text_of(alice.get(path))
    assert preview(alice, path, **new).status_code == 400


def test_what_is_delivered_is_not_offered_to_be_moved_or_estimated(bob: Client) -> None:
    """LED-11: it is taken back by a re-rating or a reversal, and added to by a delivery."""
    for act in ("re-profile", "re-estimate"):
        assert "GREEN_DELIVERED" not in text_of(bob.get(f"/lines/LIB-1/change/{act}/"))
    assert 'value="ROAD-2"' not in text_of(bob.get("/lines/LIB-3/change/replace/"))


def test_what_a_form_leaves_as_it_is_is_not_told_of_an_earlier_day(bob: Client) -> None:
    """LED-04: LIB-4 is for officers from today; without a directorate from November on."""
    path = "/lines/LIB-4/change/reclassify/"
    say(bob, path, restriction="OFFICERS", **WHY)
    say(bob, path, directorate="", effective_on="1/11/2015", **WHY)
    ledger = queries.current_ledger()
    then, now = in_force(ledger, "LIB-4", date(2015, 11, 1)), ledger.lines["LIB-4"]
    assert then is not None
    assert (then.restriction, then.directorate) == (Restriction.PUBLIC, "")
    assert (now.restriction, now.directorate) == (Restriction.OFFICERS, "")
    nothing = preview(bob, path, **WHY)
    assert "Nothing is changed: class the line otherwise than it is." in errors_in(nothing)


def test_sources_claims_and_rulings(bob: Client, alice: Client) -> None:
    done = say(
        bob,
        "/double-counting/source/",
        code="van-fleet",
        title="The fleet of vans",
        source_kind="ASSET",
        base="90k",
        **WHY,
    )
    assert "The fleet of vans" in text_of(done)
    say(alice, "/lines/LIB-3/change/claim/", source="van-fleet", share="62.5", **WHY)
    claim = queries.current_ledger().now.claims["LIB-3", "van-fleet"]
    assert claim.basis_points == 6250
    too_much = preview(
        alice, "/lines/LIB-3/change/claim/", source="stock-budget", share="50", **WHY
    )
    assert any("cannot pass 100%" in error for error in errors_in(too_much))
    page = text_of(bob.get("/double-counting/"))
    assert "The book budget" in page
    assert "Counted twice" in page, "LIB-1 alone takes more than the budget holds"
    ruled = bob.post(
        "/double-counting/rule/",
        {
            "line_a": "LIB-2",
            "line_b": "LIB-1",
            "verdict": "SHARED",
            "shares": "50:50",
            "why": "Half each",
        },
        follow=True,
    )
    assert "Half each" in text_of(ruled)
    neither = bob.post("/double-counting/rule/", {"verdict": "SAME", "why": "?"})
    assert neither.status_code == 400


def test_a_lead_opens_lines_within_their_own_part_only(alice: Client) -> None:
    answer = preview(alice, "/open-line/?parent=project:roads", ref="ROAD-9", title="Tar", **WHY)
    assert answer.status_code == 400
    page = text_of(answer)
    assert "your own lines only" in page[page.index('id="id_parent_error"') :][:400]


def test_a_fact_that_comes_late_takes_the_open_month_and_says_what_it_is_about(
    bob: Client,
) -> None:
    path = "/lines/LIB-3/change/re-rate/"
    assert "relates_to" not in fields_of(bob.get(path))
    operations.close_month(date(2015, 11, 30), by=CAROL)
    typed = {"from_rating": "UNRATED", "to_rating": "RED", "amount_0": "1k", **WHY}
    closed = preview(bob, path, effective_on="19/11/2015", **typed)
    assert closed.status_code == 400
    assert any("are closed" in error for error in errors_in(closed))
    say(bob, path, effective_on="1/12/2015", relates_to="19/11/2015", **typed)
    number = queries.head().number
    assert "really about 19 November 2015" in text_of(bob.get(f"/journals/{number}/"))


def test_words_are_changed_and_the_words_before_are_kept(alice: Client) -> None:
    path = "/lines/LIB-1/words/"
    form = fields_of(alice.get(path))
    done = alice.post(path, {**form, "title": "Far fewer desks", "why": "clearer"}, follow=True)
    page = text_of(done)
    assert "Far fewer desks" in page
    assert "Changed: title" in page
    stale = alice.post(path, {**form, "title": "Something else"})
    assert stale.status_code == 409
    assert "have changed since you opened the form" in text_of(stale)
    assert fields_of(stale)["title"] == "Something else"


# --- What is refused, and how -------------------------------------------------------------------


def test_a_stale_form_is_refused_and_says_what_moved_and_by_whom(
    shelf: Book, alice: Client
) -> None:
    path = "/lines/LIB-1/change/re-rate/"
    typed = {"from_rating": "AMBER", "to_rating": "RED", "amount_1": "10k", "why": "It is in doubt"}
    form = fields_of(alice.get(path))
    shelf.post(
        acts.re_rate(
            "LIB-1",
            {"2017/18": 1_000_00},
            from_rating=Account.AMBER,
            to_rating=Account.RED,
            on=LATER,
        )
    )
    answer = alice.post(path, {**form, **typed, "step": "preview"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Line LIB-1 has changed since you opened the form" in page
    assert "by Finance business partner" in page
    assert fields_of(answer)["why"] == "It is in doubt", "nothing that was typed is lost"
    assert fields_of(answer)["amount_1"] == "10k"
    again = alice.post(path, {**fields_of(answer), "step": "preview"})
    assert again.status_code == 200, "sent again, it has seen how the line stands now"


def test_a_line_that_moves_after_the_preview_is_noticed_when_confirming(
    shelf: Book, alice: Client
) -> None:
    path = "/lines/LIB-3/change/re-rate/"
    shown = preview(alice, path, from_rating="UNRATED", to_rating="RED", amount_0="1k", **WHY)
    shelf.post(rated("LIB-3", 1_000_00))
    answer = alice.post(path, {**fields_of(shown), "step": "confirm"})
    assert answer.status_code == 409
    assert balance("LIB-3", Account.RED) == 0


@pytest.mark.parametrize(
    ("act", "typed", "field", "message"),
    [
        (
            "re-rate",
            {"from_rating": "AMBER", "to_rating": "RED", "amount_1": "900k"},
            "amount_1",
            "Move no more than is left",
        ),
        (
            "re-rate",
            {"from_rating": "AMBER", "to_rating": "RED", "amount_1": "a lot"},
            "amount_1",
            "is not an amount of money",
        ),
        (
            "re-rate",
            {"from_rating": "AMBER", "to_rating": "AMBER", "amount_1": "1k"},
            "to_rating",
            "another rating",
        ),
        (
            "re-rate",
            {"from_rating": "AMBER", "to_rating": "RED"},
            "amount_0",
            "at least one year",
        ),
        (
            "re-rate",
            {"from_rating": "AMBER", "to_rating": "RED", "amount_1": "1k", "why": " "},
            "why",
            "Say why",
        ),
        (
            "re-rate",
            {
                "from_rating": "AMBER",
                "to_rating": "RED",
                "amount_1": "1k",
                "effective_on": "1/1/2030",
            },
            "effective_on",
            "still to come",
        ),
        (
            "re-rate",
            {
                "from_rating": "AMBER",
                "to_rating": "RED",
                "amount_1": "1k",
                "effective_on": "soon",
            },
            "effective_on",
            "not a date",
        ),
        (
            "deliver",
            DELIVERED | {"amount_1": "61k"},
            "amount_1",
            "Move no more than is left",
        ),
        (
            "re-profile",
            {"rating": "AMBER", "from_year": "2017/18", "to_year": "2017/18", "amount": "1k"},
            "to_year",
            "another year",
        ),
        (
            "re-profile",
            {"rating": "AMBER", "from_year": "2017/18", "to_year": "2099/00", "amount": "1k"},
            "to_year",
            "not one of the available choices",
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    alice: Client, act: str, typed: dict[str, str], field: str, message: str
) -> None:
    head = queries.head()
    sent = {"why": "as agreed", **typed}
    answer = preview(alice, f"/lines/LIB-1/change/{act}/", **sent)
    assert answer.status_code == 400
    page = text_of(answer)
    beside = page[page.index(f'id="id_{field}_error"') :][:600]
    assert message in beside
    assert "There is a problem" in page
    kept = fields_of(answer)
    for name, text in typed.items():
        if name not in ("from_year", "to_year"):
            assert kept[name].strip() == text.strip()
    assert queries.head() == head, "nothing was recorded"


def test_changing_something_after_the_preview_keeps_what_was_typed(alice: Client) -> None:
    path = "/lines/LIB-1/change/re-rate/"
    shown = preview(alice, path, from_rating="AMBER", to_rating="RED", amount_1="1k", **WHY)
    form = alice.post(path, {**fields_of(shown), "step": "edit"})
    kept = fields_of(form)
    assert (kept["amount_1"], kept["to_rating"], kept["why"]) == ("1k", "RED", "as agreed")
    assert "There is a problem" not in text_of(form)


@pytest.mark.parametrize("name", ["charlie", "dan"])
def test_who_may_not_change_a_line_is_told_so(shelf: Book, name: str) -> None:
    client = signed_in(getattr(people, name)())
    answer = client.get("/lines/LIB-1/change/re-rate/")
    assert answer.status_code == 403
    assert "What changed?" not in text_of(client.get("/lines/LIB-1/"))


def test_a_lead_may_not_set_a_target_and_is_not_offered_it(alice: Client) -> None:
    assert alice.get("/lines/LIB-1/change/set-target/").status_code == 403
    page = text_of(alice.get("/lines/LIB-1/"))
    assert "Set a target" not in page
    assert "Re-rate" in page


def test_a_visitor_is_asked_to_sign_in(shelf: Book, client: Client) -> None:
    for path in ("/lines/LIB-1/change/re-rate/", "/waiting/", "/verify/", "/open-line/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/sign-in/")


def test_strange_addresses_lead_nowhere(bob: Client) -> None:
    for path in (
        "/lines/NONE/",
        "/lines/LIB-1/change/abolish/",
        "/by/colour/",
        "/by/theme/theme/",
        "/journals/999/",
        "/journals/1/9/reverse/",
        "/journals/1/1/reverse/",
        "/waiting/77/",
        "/bridge/working/?step=luck",
        "/working/?in_tranche=PROPOSED&year=2016",
    ):
        assert bob.get(path).status_code == 404, path


def test_the_chain_is_verified_on_its_page(bob: Client) -> None:
    head = str(queries.head())
    assert head in text_of(bob.get("/verify/"))
    assert "stand as they were written" in text_of(bob.post("/verify/", {"head": head}))
    other = f"{queries.head().number}:{'0' * 64}"
    assert "What does not hold" in text_of(bob.post("/verify/", {"head": other}))
    assert "Last verified" in text_of(bob.get("/verify/"))
    assert bob.post("/verify/", {"head": "nonsense"}).status_code == 400


def test_a_proposal_on_a_line_that_may_not_be_read_is_not_shown(shelf: Book) -> None:
    lead = signed_in(people.alice())
    say(lead, "/lines/SEC-1/change/deliver/", **DELIVERED_1K, **WHY)
    (proposal,) = models.Proposal.objects.all()
    charlie = signed_in(people.charlie())
    assert charlie.get(f"/waiting/{proposal.pk}/").status_code == 404
    page = text_of(charlie.get("/waiting/"))
    assert "SEC-1" not in page
    assert ALICE.post not in page
