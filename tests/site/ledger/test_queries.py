"""What is read back, and what the process keeps between two readings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from futurefit.kernel.years import Horizon
from futurefit.ledger import state
from futurefit.site.ledger import models, operations, queries
from futurefit.site.ledger.queries import LineWords, Name
from tests.site.ledger.books import BOB, CAROL, Book


def asked(what: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        what()  # type: ignore[operator]
    return len(captured)


def test_an_unchanged_ledger_costs_one_query(own_book: Book) -> None:
    own_book.open("LIB-1", y2016=100_00)
    first = queries.current_ledger()
    assert asked(queries.current_ledger) == 1
    assert queries.current_ledger() is first
    assert asked(queries.stamp) == 1


def test_only_newer_journals_are_read(own_book: Book) -> None:
    own_book.open("LIB-1", y2016=100_00)
    first = queries.current_ledger()
    own_book.re_rate("LIB-1", 1_00)
    queries.keep(first)
    with CaptureQueriesContext(connection) as captured:
        second = queries.current_ledger()
    assert second.head.number == 2
    assert all("> 1" in query["sql"] for query in captured.captured_queries[1:])
    # What was read is what a fresh process would read.
    queries.keep(state.EMPTY)
    fresh = queries.current_ledger()
    assert (fresh.head, fresh.lines, fresh.last) == (second.head, second.lines, second.last)
    assert fresh.now.balances("LIB-1") == second.now.balances("LIB-1")


def test_another_process_s_journals_are_seen(own_book: Book) -> None:
    own_book.open("LIB-1", y2016=100_00)
    kept = queries.current_ledger()
    own_book.re_rate("LIB-1", 1_00)
    queries.keep(kept)
    assert queries.current_ledger().head == queries.head()


def test_what_was_rolled_back_is_not_kept(own_book: Book) -> None:
    own_book.open("LIB-1", y2016=100_00)
    with transaction.atomic():
        own_book.re_rate("LIB-1", 1_00)
        assert queries.current_ledger().head.number == 2
        transaction.set_rollback(True)
    assert queries.current_ledger().head.number == 1
    own_book.re_rate("LIB-1", 2_00)
    assert queries.current_ledger().head == queries.head()
    assert models.Posting.objects.get(journal_id=2, amount_pence__gt=0).amount_pence == 2_00


def test_a_ledger_of_another_chain_is_dropped(own_book: Book) -> None:
    other = state.Ledger(head=queries.current_ledger().head)
    own_book.open("LIB-1", y2016=100_00)
    right = queries.current_ledger().head
    for head in (
        type(right)(1, "f" * 64),
        type(right)(7, "f" * 64),
    ):
        queries.keep(state.Ledger(head=head))
        assert list(queries.current_ledger().lines) == ["LIB-1"]
        assert queries.current_ledger().head == right
    queries.keep(other)
    assert list(queries.current_ledger().lines) == ["LIB-1"]


def test_many_readers_at_once_read_the_same(own_book: Book) -> None:
    own_book.open("LIB-1", y2016=100_00)
    queries.keep(state.EMPTY)

    def read(_: int) -> tuple[int, int]:
        try:
            ledger = queries.current_ledger()
            return ledger.head.number, len(ledger.columns)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(read, range(40))) == {(1, 2)}


def test_names_are_kept_until_a_word_changes(own_book: Book) -> None:
    theme = operations.name_heading("theme", "estate", "One estate", by=CAROL)
    operations.name_heading("project", "hubs", "Hubs", parent=theme, by=CAROL)
    names = queries.headings()
    assert names["theme"] == {"estate": Name("One estate")}
    assert names["project"] == {"hubs": Name("Hubs", ("theme", "estate"))}
    assert names["service"] == {}
    assert queries.headings() is names
    assert asked(queries.headings) == 1
    operations.name_heading("theme", "estate", "The estate", by=BOB)
    assert queries.headings()["theme"]["estate"].name == "The estate"


def test_the_words_of_lines_are_kept_while_amounts_move(own_book: Book) -> None:
    own_book.open("LIB-1", y2016=100_00)
    words = queries.line_words()
    assert words == {"LIB-1": LineWords("Title of LIB-1")}
    own_book.re_rate("LIB-1", 1_00)
    assert queries.line_words() is words
    own_book.open("LIB-2")
    assert set(queries.line_words()) == {"LIB-1", "LIB-2"}


def test_the_stamp_changes_with_every_journal_and_every_word(book: Book) -> None:
    stamps = [queries.stamp()]
    for change in (
        lambda: book.open("LIB-1", y2016=100_00),
        lambda: book.re_rate("LIB-1", 1_00),
        lambda: operations.edit_words("LIB-1", LineWords("Other"), by=BOB, was=None),
        lambda: operations.name_heading("theme", "estate", "One estate", by=CAROL),
        lambda: operations.name_baseline("Budget", by=BOB, as_at=date(2016, 2, 1)),
        lambda: operations.erase_words(1, ["why"], by=CAROL, why="It named a person"),
        operations.words_changed,
    ):
        change()
        stamps.append(queries.stamp())
    assert len(set(stamps)) == len(stamps)


def test_the_programme_s_years(book: Book) -> None:
    assert queries.horizon() == Horizon(2016, 2019, 2020)
    assert queries.programme().name == "FutureFit"


def test_a_journal_that_is_not_there(book: Book) -> None:
    assert queries.journal(1) is None
    assert queries.journals() == []
    book.open("LIB-1")
    assert [journal.number for journal in queries.journals()] == [1]
    assert queries.journals(2) == []


def test_every_page_names_the_programmes_council(own_book: Book, client: Client) -> None:
    def header() -> str:
        return client.get("/account/sign-in/").content.decode()

    assert "– Example County Council</title>" in header()
    operations.set_programme(
        name="FutureFit",
        council="Hollyshire County Council",
        first_year=2016,
        last_year=2019,
        open_from=2020,
        by=CAROL,
    )
    assert "– Hollyshire County Council</title>" in header()
