"""Which line of the ledger is a candidate? And what comes of two people at once?"""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from pytest_django import Settings

from futurefit.ledger import acts
from futurefit.ledger.entries import Draft, LineAttributes, Restriction
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.queries import LineWords
from futurefit.site.papers import queries, receiving
from futurefit.site.papers.models import Upload
from tests.databases import OwnDatabase, migrated_template, new_database, own_database
from tests.site.papers.shelves import ATTRIBUTES, ON, PAPER, PART, Shelf, journals

__all__ = ["migrated_template", "new_database", "own_database"]

TITLE = "Reading rooms that open by themselves"


def suggested(shelf: Shelf, upload: Upload, hidden: frozenset[str] = frozenset()) -> str:
    found = queries.study(upload).part(PART)
    assert found is not None
    matcher = queries.matcher(
        upload, ledger_queries.current_ledger(), ledger_queries.line_words(), hidden
    )
    return matcher.line(PART, found.lines[0])


def open_line(shelf: Shelf, ref: str, title: str, attributes: LineAttributes = ATTRIBUTES) -> None:
    ledger.post(
        Draft("", "As known", (acts.open_line(ref, attributes, on=ON),)),
        by=shelf.holder(shelf.bob),
        expects=None,
        words={ref: LineWords(title)},
    )


def test_a_line_of_the_same_title_and_project_is_suggested(shelf: Shelf) -> None:
    """PAP-03"""
    open_line(shelf, "ROAD-1", TITLE, replace(ATTRIBUTES, project="roads"))
    upload = shelf.upload()
    assert suggested(shelf, upload) == ""
    open_line(shelf, "LIB-1", f" {TITLE.upper()} ")
    assert suggested(shelf, upload) == "LIB-1"
    assert suggested(shelf, upload, frozenset({"LIB-1"})) == ""
    # Of two with one title neither is suggested.
    open_line(shelf, "LIB-2", TITLE)
    assert suggested(shelf, upload) == ""


def test_a_line_read_from_the_same_cells_is_suggested(shelf: Shelf) -> None:
    """PAP-03. The ledger knows the paper's figures, and nobody uploaded it before."""
    upload = shelf.upload()
    cells = [(a.year, a.account, a.pence, n) for n, a in enumerate(shelf.amounts(upload))]
    places = tuple(amount.place for amount in shelf.amounts(upload))
    open_line(shelf, "LIB-7", "Quite another title")
    ledger.post(
        Draft("", "Typed in", (acts.set_rated_target("LIB-7", cells, on=ON),), sources=places),
        by=shelf.holder(shelf.bob),
        expects=None,
    )
    assert suggested(shelf, upload) == "LIB-7"


def test_a_paper_is_not_told_of_by_those_who_may_not_read_it(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload(restriction=Restriction.CONFIDENTIAL)
    charlie = shelf.holder(shelf.charlie)
    assert queries.uploads(charlie) == []
    assert queries.origins_of({upload.sha256}, charlie)[upload.sha256].is_hidden
    with pytest.raises(Refused, match="cannot be uploaded"):
        shelf.upload(by=shelf.charlie, about="theme:roads")


def test_a_file_that_goes_on_for_ever_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """PAP-01. Also where the request says nothing of its size."""
    monkeypatch.setattr(receiving, "LARGEST_REQUEST", 100)
    handler = receiving.LimitedUpload()
    assert handler.receive_data_chunk(b"x" * 60, 0) == b"x" * 60
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(b"x" * 60, 60)


def test_two_people_who_record_at_once_record_once(
    own_database: OwnDatabase, settings: Settings
) -> None:
    """PAP-05"""
    settings.HOME = own_database.home
    queries._study.cache_clear()  # another database stands below
    shelf = Shelf()
    upload = shelf.upload(PAPER)
    shelf.accept(upload)
    bob = shelf.holder(shelf.bob)
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def record() -> None:
        from futurefit.site.papers import operations

        together.wait()
        try:
            operations.record(upload.pk, PART, on=ON, why="As read", by=bob)
            outcomes.append("recorded")
        except Refused as refused:
            outcomes.append(refused.refusals[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=record) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["PAP-NOTHING", "recorded"]
    assert journals() == 1
    queries._study.cache_clear()
