"""Double counts on the site: seen before a change is made, ruled on, and seen again when it changes
(rules CLA-09 and CLA-10).
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger.double_counts import Suspect, find_suspects
from futurefit.ledger.entries import Account
from futurefit.site.ledger import models, operations, queries, suspecting
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.queries import LineWords
from tests.site import people
from tests.site.ledger.books import BOB, CAROL, LATER, LIBRARIES, OPENED, ROADS, Book
from tests.site.ledger.filling import preview
from tests.site.ledger.shelf import stock

PAIR = "/double-counting/pair/?line_a=LIB-8&line_b=LIB-9"


@pytest.fixture
def shelf(book: Book) -> Book:
    """Two lines of which both delete one post."""
    stock(book)
    for ref, title, attributes, amount in (
        ("LIB-8", "Delete the Head of Conservation post", LIBRARIES, 61_000_00),
        ("LIB-9", "Management tiers", ROADS, 58_000_00),
    ):
        book.post(
            acts.open_line(ref, attributes, on=OPENED),
            acts.set_target(ref, {"2017/18": amount}, on=OPENED),
            words={ref: LineWords(title, "The Head of Conservation post, number 20417, goes.")},
        )
    return book


@pytest.fixture
def bob(shelf: Book) -> Client:
    client = Client()
    client.force_login(people.bob())
    return client


def text_of(response: object) -> str:
    """The words of a page."""
    page = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_pair_is_shown_with_what_hangs_on_it_and_why(bob: Client) -> None:
    page = text_of(bob.get("/double-counting/"))
    assert "LIB-8 Delete the Head of Conservation post and LIB-9 Management tiers" in page
    assert "To be ruled on" in page
    assert "Both name post 20417." in page
    assert "2017/18 £000 In question £000" in page
    assert "LIB-8 and LIB-9 may count a pound twice" in text_of(bob.get("/findings/"))
    assert "May be counted twice" in text_of(bob.get("/lines/LIB-9/"))


def test_a_visitor_sees_nothing_of_a_pair_with_a_restricted_line(bob: Client) -> None:
    assert Client().get(PAIR).status_code == 200
    assert Client().get("/double-counting/pair/?line_a=SEC-1&line_b=LIB-9").status_code == 404
    assert Client().get("/double-counting/pair/?line_a=LIB-9&line_b=LIB-9").status_code == 404


def test_a_line_that_is_opened_is_looked_at_before_it_is_recorded(bob: Client) -> None:
    """CLA-10: in the preview, with nothing recorded."""
    number = queries.head().number
    answer = preview(
        bob,
        "/open-line/?parent=project:libraries",
        ref="LIB-10",
        title="Delete post 20417",
        owner="",
        why="As the paper says",
    )
    page = text_of(answer)
    assert "Nothing is recorded yet" in page
    assert "This may count a pound twice" in page
    assert "LIB-10 and LIB-8" in page
    assert queries.head().number == number


def rule(bob: Client, **said: str) -> str:
    """Rule on the pair, and the page that follows."""
    form = {"line_a": "LIB-8", "line_b": "LIB-9", "why": "One post, says HR", **said}
    return text_of(bob.post("/double-counting/rule/", form, follow=True))


def test_a_ruling_of_same_leads_to_withdrawing_or_replacing_the_other(bob: Client) -> None:
    """CLA-09."""
    page = rule(bob, verdict="SAME", keeps="LIB-8")
    assert "LIB-8 keeps it" in page
    assert "Replace LIB-9" in page
    assert "Withdraw LIB-9" in page
    assert "Withdraw LIB-8" not in page
    assert "may count a pound twice" not in text_of(bob.get("/findings/"))


def test_a_ruling_of_shares_leads_to_claims_that_leave_it_settled(bob: Client, shelf: Book) -> None:
    """CLA-09: 60:40 of the post's cost."""
    shelf.post(acts.set_capacity("post-20417", models.SourceKind.POST, 61_000_00, on=LATER))
    page = rule(bob, verdict="SHARED", shares="60:40")
    assert "LIB-8 60% and LIB-9 40%" in page
    assert "Claim these shares" in page
    address = "/double-counting/shares/?line_a=LIB-8&line_b=LIB-9"
    assert 'value="60.0"' in bob.get(address).content.decode()
    said = {
        "source": "post-20417",
        "share_a": "60",
        "share_b": "40",
        "effective_on": LATER.strftime("%d/%m/%Y"),
        "why": "As ruled",
    }
    bob.post(address, {**said, "step": "confirm"})
    claims = queries.current_ledger().now.claims
    assert claims["LIB-8", "post-20417"].basis_points == 6_000
    assert claims["LIB-9", "post-20417"].basis_points == 4_000
    assert "Ruled: Shared" in text_of(bob.get("/double-counting/"))
    assert "changed since" not in text_of(bob.get("/double-counting/"))


def test_a_pair_is_shown_again_when_its_figures_change_and_keeps_its_history(
    bob: Client, shelf: Book
) -> None:
    """CLA-09: ruled before, changed since."""
    rule(bob, verdict="DIFFERENT")
    shelf.post(acts.re_estimate("LIB-9", {"2017/18": 20_000_00}, rating=Account.UNRATED, on=LATER))
    page = text_of(bob.get(PAIR))
    assert "Ruled before, changed since" in page
    assert "LIB-9 was £58,000 in 2017/18 and is £78,000" in page
    assert "LIB-8 and LIB-9 may count a pound twice" in text_of(bob.get("/findings/"))
    again = rule(bob, verdict="SAME", keeps="LIB-9", why="HR says it is one post")
    assert "HR says it is one post" in again
    assert "One post, says HR" in again, "the older ruling stays visible"
    assert "changed since" not in again


@pytest.mark.parametrize(
    "said",
    [
        {"keeps": "LIB-1"},
        {"keeps": "LIB-8", "verdict": models.Ruling.Verdict.DIFFERENT},
        {"shares": (0, 1), "verdict": models.Ruling.Verdict.SHARED},
        {"shares": (6, 4)},
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused(shelf: Book, said: dict[str, object]) -> None:
    with pytest.raises(Refused):
        operations.rule(
            ("LIB-9", "LIB-8"),
            **{"verdict": models.Ruling.Verdict.SAME, "by": BOB, "why": "?", **said},  # type: ignore[arg-type]
        )
    assert not models.Ruling.objects.exists()


def test_shares_are_kept_for_the_line_they_were_given_to(shelf: Book) -> None:
    ruling = operations.rule(
        ("LIB-9", "LIB-8"), models.Ruling.Verdict.SHARED, by=CAROL, why="Two budgets", shares=(3, 1)
    )
    assert (ruling.line_a, ruling.share_a) == ("LIB-8", 2_500)


def test_the_search_is_made_again_only_when_a_forecast_or_word_has_changed(
    shelf: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[object] = []

    def counted(*lines: object, **options: object) -> list[Suspect]:
        searches.append(lines)
        return find_suspects(*lines, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(suspecting, "find_suspects", counted)
    before = suspecting.suspected(queries.current_ledger()).open
    searches.clear()
    unrated = Account.UNRATED
    year = {"2017/18": 1_000_00}
    shelf.post(acts.re_rate("LIB-8", year, from_rating=unrated, to_rating=Account.RED, on=LATER))
    now = queries.current_ledger()
    assert suspecting.suspected(now).open == before
    of_line = [s for s in before if "LIB-9" in s.pair]
    assert [looked.suspect for looked in suspecting.suspected_of(now, {"LIB-9"})] == of_line
    assert of_line
    assert not searches
    much = {"2017/18": 10_000_00}
    shelf.post(acts.withdraw("LIB-8", much, from_rating=unrated, on=LATER))
    after = suspecting.suspected(queries.current_ledger()).open
    assert (len(searches), after != before) == (1, True)
