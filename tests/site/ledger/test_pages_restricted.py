"""Words that are kept from somebody are nowhere on any page or in any file, and its pounds are."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from futurefit.ledger.presentations import Scope, by
from futurefit.site.accounts.models import AccessEvent, AccessKind
from futurefit.site.ledger import models, operations, queries
from tests.site import people
from tests.site.ledger.books import BOB, CAROL, Book
from tests.site.ledger.shelf import SECRET_TITLE, SECRETS, stock

PAGES = (
    "/lines/",
    "/lines/?rag=UNRATED",
    "/lines/?q=branch",
    "/lines/?sort=-title",
    "/lines/?project=libraries&measure=target",
    "/by/project/",
    "/by/owner/service/",
    "/grid/",
    "/mtfp/",
    "/bridge/",
    "/bridge/between/?since=0",
    "/bridge/between/ratings/?since=9&was=UNRATED&now=UNRATED",
    "/changes/?since=0",
    "/changes/?since=2&until=12",
    "/double-counting/",
    "/working/?in_tranche=PROPOSED",
    "/working/?in_tranche=PROPOSED&year=2016/17&measure=target",
    "/bridge/working/?step=original&in_tranche=PROPOSED",
    "/journals/",
    "/journals/9/",
    "/journals/15/",
    "/figures/",
    "/findings/",
    "/projects/libraries/",
)
"""Every page of the ledger that could show a line's words."""


@pytest.fixture
def shelf(book: Book) -> Book:
    return stock(book)


def reader(name: str) -> Client:
    client = Client()
    if name != "visitor":
        client.force_login(getattr(people, name)())
    return client


@pytest.mark.parametrize("name", ["visitor", "dan", "charlie"])
@pytest.mark.parametrize("page", PAGES)
def test_who_may_not_read_a_line_finds_its_words_nowhere(shelf: Book, name: str, page: str) -> None:
    client = reader(name)
    for form in ("", "csv", "json"):
        address = f"{page}{'&' if '?' in page else '?'}format={form}" if form else page
        if form and page in ("/figures/", "/journals/9/", "/journals/15/", "/projects/libraries/"):
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        for secret in SECRETS:
            assert secret not in text, (address, secret)


@pytest.mark.parametrize("name", ["visitor", "dan", "charlie"])
@pytest.mark.parametrize(
    "address",
    [
        "/lines/SEC-1/",
        "/working/?line=SEC-1",
        "/grid/?line=SEC-1",
        "/bridge/?line=SEC-1",
        "/bridge/working/?step=original&line=SEC-1",
        "/bridge/between/?since=0&line=SEC-1",
        "/bridge/between/working/?since=0&cause=new_line&line=SEC-1",
        "/changes/working/?line=SEC-1&kind=set_target&measure=target&since=0",
        "/journals/?line=SEC-1",
        "/double-counting/working/?line=SEC-1&source=stock-budget&year=2016/17",
    ],
)
def test_nobody_finds_a_restricted_line_by_guessing(shelf: Book, name: str, address: str) -> None:
    client = reader(name)
    there, nowhere = client.get(address), client.get(address.replace("SEC-1", "SEC-2"))
    assert there.status_code == nowhere.status_code == 404
    said = [
        re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        for answer in (there, nowhere)
    ]
    assert said[0].replace("SEC-1", "SEC-2") == said[1]


@pytest.mark.parametrize(
    "address",
    [
        "/grid/?kind=NONE",
        "/by/theme/?saving_type=NONE",
        "/journals/9223372036854775808/",
    ],
)
def test_an_address_that_names_nothing_is_not_found(shelf: Book, address: str) -> None:
    assert reader("visitor").get(address).status_code == 404


def test_the_last_day_of_all_is_everything_recorded(shelf: Book) -> None:
    answer = reader("visitor").get("/grid/?known_at=31/12/9999")
    assert answer.status_code == 200


def test_its_pounds_are_in_the_totals_that_everybody_sees(shelf: Book) -> None:
    total = by(queries.current_ledger().now, scope=Scope()).total().total
    for name in ("visitor", "alice"):
        rows = (
            reader(name)
            .get("/lines/?in_tranche=PROPOSED&in_fund=REVENUE&format=json")
            .json()["rows"]
        )
        found = {row["line"]: row["total"] for row in rows}
        assert found["Net total"] == total
        assert ("SEC-1" in found) == (name == "alice")
        assert ("Restricted lines" in found) == (name == "visitor")
    parts = reader("visitor").get("/working/?in_tranche=PROPOSED&format=json").json()["rows"]
    assert parts[-2]["line"] == "Restricted lines"
    assert parts[-2]["amount"] == 11_000_00
    assert sum(row["amount"] for row in parts[:-1]) == parts[-1]["amount"] == total


def test_whoever_reads_it_is_written_down(shelf: Book) -> None:
    client = reader("alice")
    for address in ("/lines/SEC-1/", "/lines/SEC-1/", "/lines/LIB-1/"):
        assert client.get(address).status_code == 200
    assert SECRET_TITLE in client.get("/lines/SEC-1/").content.decode()
    read = AccessEvent.objects.filter(kind=AccessKind.READ_RESTRICTED)
    assert [event.what for event in read] == ["Words of lines SEC-1"] * 3


def test_a_visitor_sees_no_person_and_somebody_signed_in_sees_the_post(shelf: Book) -> None:
    for address in ("/journals/10/", "/journals/", "/working/?line=LIB-1", "/lines/LIB-1/"):
        assert "Head of Libraries" not in reader("visitor").get(address).content.decode()
    client = reader("dan")
    for address in ("/journals/10/", "/journals/", "/working/?line=LIB-1", "/lines/LIB-1/"):
        assert "Head of Libraries" in client.get(address).content.decode(), address


def test_why_words_were_erased_is_told_to_those_alone_who_may_read_the_journal(shelf: Book) -> None:
    """LED-09: a reason may repeat what was erased."""
    for number, why in ((1, "Named Mr Open"), (9, "Named Mrs Smith of Quiet Lane")):
        operations.erase_words(number, ["by"], by=CAROL, why=why)
    for name, open_one, hidden_one in (
        ("visitor", False, False),
        ("dan", True, False),
        ("alice", True, True),
    ):
        client = reader(name)
        said = [client.get(f"/journals/{number}/").content.decode() for number in (1, 9)]
        assert all("were erased on" in page for page in said)
        assert ("Mr Open" in said[0], "Mrs Smith" in said[1]) == (open_one, hidden_one), name


def test_why_a_source_was_ruled_on_is_told_to_who_may_read_every_line_that_claims_it(
    shelf: Book,
) -> None:
    """CLA-04: SEC-1 claims on the book budget."""
    operations.rule(
        "stock-budget", models.Ruling.Verdict.DIFFERENT, by=BOB, why="The quiet branch has its own"
    )
    for name, told in (("visitor", False), ("dan", False), ("alice", True)):
        client = reader(name)
        for form in ("", "?rulings.format=csv", "?rulings.format=json"):
            page = client.get(f"/double-counting/{form}").content.decode()
            assert "stock-budget" in page
            assert ("The quiet branch has its own" in page) is told, (name, form)
