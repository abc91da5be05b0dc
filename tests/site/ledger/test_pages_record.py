"""Do the pages of what became of promises say what the ledger says, and to whom?"""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Reason
from tests.site import people
from tests.site.ledger.books import ALICE, Book
from tests.site.ledger.shelf import SECRETS, stock

APRIL = date(2017, 4, 3)
MARCH = date(2017, 3, 14)


@pytest.fixture
def shelf(book: Book) -> Book:
    """The shelf, a year and a half later: LIB-3 lost 5 of its 20, SEC-1 all of its 11."""
    stock(book)
    for line, lost, why in (("LIB-3", 5_000_00, "No van can be shared"), ("SEC-1", 11_000_00, "x")):
        book.post(
            acts.re_estimate(
                line,
                {"2016/17": -lost},
                rating=Account.UNRATED,
                on=MARCH,
                reason=Reason.UNDELIVERABLE,
            ),
            why=SECRETS[1] if line == "SEC-1" else why,
        )
    book.post(
        acts.re_rate(
            "LIB-5",
            {"2018/19": -1_00},
            from_rating=Account.UNRATED,
            to_rating=Account.AMBER,
            on=APRIL,
        ),
        by=ALICE,
    )
    return book


@pytest.fixture
def bob(shelf: Book) -> Client:
    client = Client()
    client.force_login(people.bob())
    return client


def test_every_amount_of_the_record_is_the_total_that_it_leads_to(bob: Client) -> None:
    """RCD-03, RCD-04."""
    for address in ("/record/?unit=pounds&look=8", "/record/?unit=pounds&look=8&by=directorate"):
        page = bob.get(address).content.decode()
        cells = re.findall(r'<a href="(/record/working/[^"]+)">([^<]+)</a>', page)
        assert len(cells) >= 4
        assert "few lines" in page
        for href, shown in cells:
            working = bob.get(unescape(href))
            assert working.status_code == 200, href
            total = re.search(r'working-total__figure">([^<]+)<', working.content.decode())
            assert total is not None
            assert total[1] == shown


def test_why_a_year_was_missed_is_told_in_the_words_of_its_journals(bob: Client) -> None:
    """RCD-05."""
    rows = bob.get("/missed/?year=2016/17&lines.format=json").json()["rows"]
    lost = next(r for r in rows if r["line"] == "LIB-3" and r["reason"] == "Undeliverable")
    assert (lost["missed"], lost["why"]) == (500000, "No van can be shared")
    total = next(row for row in rows if row["line"] == "Total")
    assert total["target"] - total["delivered"] == total["missed"]


def test_restricted_lines_are_pounds_without_words(shelf: Book, client: Client) -> None:
    for address in ("/record/", "/record/working/?look=8", "/missed/", "/bridge/between/?since=0"):
        for part in ("", "lines.format=csv", "format=csv"):
            page = client.get(address, query_string=part) if part else client.get(address)
            assert page.status_code == 200
            text = page.content.decode()
            assert not [secret for secret in SECRETS if secret in text], (address, part)
    rows = client.get("/missed/?lines.format=json").json()["rows"]
    assert [row["missed"] for row in rows if row["line"] == "Restricted lines"] == [1_100_000]


def test_before_a_year_has_ended_the_pages_say_so(book: Book, client: Client) -> None:
    stock(book)
    for address in ("/record/", "/missed/"):
        assert "No year has ended yet" in client.get(address).content.decode()
    assert client.get("/record/working/?look=0").status_code == 404


@pytest.mark.parametrize("query", ["look=12", "look=x", "rag=BLUE", "fate=KARMA", "year=2031/32"])
def test_a_record_without_such_a_figure_is_not_there(bob: Client, query: str) -> None:
    assert bob.get(f"/record/working/?{query}").status_code == 404
