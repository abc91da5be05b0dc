"""Do amounts that no single figure names (of bridges, changes, claims) have their working too?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from futurefit.kernel.money import print_money
from futurefit.site.common.drawn import Drawn
from futurefit.site.ledger import operations, queries
from tests.site import people
from tests.site.ledger.books import BOB, LATER, Book, rated
from tests.site.ledger.shelf import stock


@pytest.fixture
def shelf(book: Book) -> Book:
    return stock(book)


@pytest.fixture
def bob(shelf: Book) -> Client:
    """Finance, who may read every line."""
    client = Client()
    client.force_login(people.bob())
    return client


def amounts_of(page: str, path: str) -> list[tuple[str, str]]:
    """Every amount of a page that leads to `path`, as printed, with its address."""
    cells = re.findall(r'<td class="n"><a href="([^"]+)">([^<]+)</a>', page)
    return [(unescape(href), shown) for href, shown in cells if href.startswith(path)]


@pytest.mark.parametrize(
    ("address", "path", "least"),
    [
        ("/bridge/?unit=pounds", "/bridge/working/", 3),
        ("/bridge/?unit=pounds&baseline=none&project=libraries", "/bridge/working/", 3),
        ("/bridge/?unit=pounds", "/working/", 3),
        ("/bridge/?unit=pounds&as_at=20/11/2015", "/bridge/gap/", 1),
        ("/changes/?since=0", "/changes/working/", 20),
        ("/changes/?since=12&until=3", "/changes/working/", 3),
        ("/double-counting/", "/double-counting/working/", 6),
        ("/lines/LIB-1/?unit=pounds", "/bridge/working/", 0),
        ("/lines/LIB-1/?unit=pounds", "/working/", 8),
        ("/lines/CAP-1/?unit=pounds", "/working/", 4),
        ("/lines/ROAD-1/?unit=pounds&as_at=1/9/2015", "/working/", 4),
        ("/lines/?unit=pounds", "/working/", 40),
        ("/lines/?unit=pounds&in_tranche=CURRENT&measure=target", "/working/", 6),
        ("/by/fund/?unit=pounds", "/working/", 4),
        ("/by/tranche/fund/?unit=pounds", "/working/", 6),
        ("/by/theme/rag/?unit=pounds", "/working/", 6),
        ("/mtfp/?unit=pounds&known_at=9", "/working/", 6),
        ("/grid/?unit=pounds&in_fund=CAPITAL", "/working/", 2),
        ("/lines/LIB-3/?unit=pounds", "/bridge/working/", 2),
        ("/bridge/between/?unit=pounds&since=1", "/bridge/between/working/", 4),
        ("/bridge/between/?unit=pounds&since=9&measure=amber", "/bridge/between/working/", 4),
        ("/bridge/between/?unit=pounds&since=9", "/bridge/between/ratings/", 4),
        ("/bridge/between/?unit=pounds&since=9&year=2016/17", "/bridge/between/ratings/", 4),
        ("/bridge/between/?unit=pounds&since=30/09/2015&year=2017/18", "/working/", 4),
    ],
)
def test_every_amount_is_the_total_of_the_page_that_it_leads_to(
    bob: Client, address: str, path: str, least: int
) -> None:
    found = amounts_of(bob.get(address).content.decode(), path)
    assert len(found) >= least
    for href, shown in found:
        answer = bob.get(href)
        assert answer.status_code == 200, href
        total = re.search(r'working-total__figure">([^<]+)<', answer.content.decode())
        assert total is not None, href
        assert as_thousands(total[1]) == as_thousands(shown), (href, total[1], shown)


def as_thousands(printed: str) -> int:
    """An amount in pounds, or bare thousands of pounds, as thousands."""
    digits = float(printed.replace("£", "").replace(",", ""))
    return round(digits / 1000) if "£" in printed else round(digits)


def test_a_claim_says_of_what_it_is_a_share(bob: Client) -> None:
    page = bob.get("/double-counting/working/?line=LIB-2&source=stock-budget&year=2016/17")
    words = unescape(page.content.decode())
    assert "£15,000" in words
    assert "is 50% of £30,000" in words


def test_a_source_that_is_claimed_beyond_what_it_holds_is_shown_in_words(bob: Client) -> None:
    page = unescape(bob.get("/double-counting/").content.decode())
    assert "The book budget" in page
    assert "Counted twice" in page
    assert print_money(105_000_00) in page


def test_a_line_shows_what_was_found_about_its_sources(bob: Client) -> None:
    page = unescape(bob.get("/lines/LIB-1/").content.decode())
    assert "The book budget" in page
    assert "Decide which line keeps the saving" in page
    assert "Decide which line keeps the saving" not in bob.get("/lines/ROAD-2/").content.decode()


def test_changes_between_two_journals_are_those_journals(bob: Client) -> None:
    rows = bob.get("/changes/?since=9&until=12&lines.format=json").json()["rows"]
    changed = {(row["line"], row["kind"]) for row in rows if row["kind"]}
    assert changed == {("LIB-1", "Re-rated"), ("LIB-1", "Re-profiled"), ("LIB-1", "Delivered")}


def test_a_movement_is_asked_for_by_name_day_or_journal(shelf: Book, client: Client) -> None:
    """BRI-04."""
    named = client.get("/bridge/between/?since=0&format=json").json()["rows"]
    assert [row["step"] for row in (named[0], named[-1])] == ["The beginning", "Now"]
    assert sum(row["total"] for row in named[:-1]) == named[-1]["total"]
    operations.name_baseline("Budget", by=BOB, as_at=LATER)
    rows = client.get("/bridge/between/?since=Budget&format=json").json()["rows"]
    assert [row["step"] for row in rows] == ["Budget", "Now"]
    assert client.get("/bridge/between/?since=nobody+knows").status_code == 400
    assert client.get("/bridge/between/working/?cause=magic").status_code == 404


def test_an_unchanged_page_is_not_made_again(shelf: Book, client: Client) -> None:
    for path in ("/lines/", "/by/theme/", "/grid/", "/bridge/", "/journals/", "/lines/LIB-1/"):
        first = client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            second = client.get(path)
        assert len(asked) == 1, f"{path} asks for the stamp only"
        assert first.content == second.content
    shelf.post(rated("LIB-3", 1_00))
    assert client.get("/lines/LIB-3/").content
    assert b"Re-rated" in client.get("/journals/").content


def test_a_page_of_many_lines_is_made_from_few_queries(shelf: Book, client: Client) -> None:
    client.get("/lines/")
    shelf.post(rated("LIB-3", 1_00))
    queries.current_ledger()
    with CaptureQueriesContext(connection) as asked:
        client.get("/lines/?measure=target")
    # Inside this test's transaction the process keeps no ledger, so it is read again here.
    own = [query["sql"] for query in asked if "ledger_line" in query["sql"]]
    assert len(own) <= 1


def test_only_the_page_that_is_asked_for_is_made() -> None:
    made: list[str] = []

    def draw(items: list[str]) -> list[str]:
        made.extend(items)
        return list(items)

    rows = Drawn([str(number) for number in range(5000)], draw, ["total"])  # type: ignore[arg-type]
    assert len(rows) == 5001
    assert rows[-1] == "total"
    assert rows[5000] == "total"
    assert made == []
    assert list(rows[500:503]) == ["500", "501", "502"]
    assert list(rows[4999:]) == ["4999", "total"]
    assert made == ["500", "501", "502", "4999"]
    assert rows[3] == "3"
    assert len(rows[10:20][2:4]) == 2
    with pytest.raises(IndexError):
        rows[5001]
