"""Accepted papers in the ledger: each posting with its cell, and nothing that was not accepted."""

from dataclasses import replace
from datetime import date

import pytest

from futurefit.ledger import chain
from futurefit.ledger.entries import Account, EntryKind
from futurefit.ledger.presentations import CURRENT, PROPOSED, by
from futurefit.papers.candidates import PaperCandidate
from futurefit.papers.recognise import recognise
from futurefit.papers.recognise.drafting import draft_entries
from tests.ledger.books import Book
from tests.papers.recognise.papers import PROJECT, written

ON = date(2026, 11, 2)
K = 100_000
REFS = {"current": "NB-1", "proposed-new": "NB-2", "proposed-faster": "NB-3"}


@pytest.fixture
def paper() -> PaperCandidate:
    (found,) = recognise(written(PROJECT, "md"))
    return found


def test_accepted_lines_stand_in_the_ledger_with_their_cells(paper: PaperCandidate) -> None:
    """REC-15."""
    attributes = {one.key: replace(one.attributes, project="night-buses") for one in paper.lines}
    drafted = draft_entries(paper, REFS, on=ON, attributes=attributes, file="p.md", sha256="ab")
    assert [entry.kind for entry in drafted.entries] == [EntryKind.OPEN_LINE] * 3 + [
        EntryKind.SET_TARGET
    ] * 3
    book = Book()
    book.horizon = type(book.horizon)(2026, 2029)
    journal = book.post(*drafted.entries, sources=drafted.sources)
    now = book.ledger.now
    assert by(now, "project", scope=CURRENT).total().total == 65 * K
    assert by(now, "project", scope=PROPOSED).total().total == 40 * K
    cells = {
        (posting.line, posting.year): chain.source_of(journal, posting.source)
        for entry in journal.entries
        for posting in entry.postings
        if posting.account is Account.RED and posting.source is not None
    }
    place = cells["NB-2", "2028/29"]
    assert (place.file, place.sha256, place.printed) == ("p.md", "ab", "c. 30")
    assert (place.row, place.column) == (3, 5)


def test_only_what_is_accepted_is_drafted(paper: PaperCandidate) -> None:
    """REC-01 and REC-15."""
    drafted = draft_entries(paper, {"proposed-new": "NB-2"}, on=ON)
    assert [entry.line for entry in drafted.entries if entry.line] == ["NB-2"]
    assert draft_entries(paper, {}, on=ON).entries == ()


def test_a_printed_nil_makes_no_posting(paper: PaperCandidate) -> None:
    (line, *_) = paper.lines
    nil = replace(line, amounts=tuple(replace(one, pence=0) for one in line.amounts))
    drafted = draft_entries(replace(paper, lines=(nil,)), {line.key: "NB-1"}, on=ON)
    assert [entry.kind for entry in drafted.entries] == [EntryKind.OPEN_LINE]
    assert drafted.sources == ()


def test_places_go_on_from_those_that_a_journal_has(paper: PaperCandidate) -> None:
    first = draft_entries(paper, {"current": "NB-1"}, on=ON)
    known = {place: number for number, place in enumerate(first.sources)}
    again = draft_entries(paper, {"current": "NB-9"}, on=ON, known=known)
    assert again.sources == first.sources
    (target,) = (one for one in again.entries if one.kind is EntryKind.SET_TARGET)
    assert {posting.source for posting in target.postings} == {0, 1}


def test_a_line_that_a_paper_does_not_have_is_refused(paper: PaperCandidate) -> None:
    with pytest.raises(ValueError, match="has no line proposed-old"):
        draft_entries(paper, {"proposed-old": "NB-2"}, on=ON)


def test_one_journal_of_all_of_it(paper: PaperCandidate) -> None:
    drafted = draft_entries(paper, REFS, on=ON)
    journal = drafted.journal(by="Finance", why="Concept paper", decision="Cabinet")
    assert (journal.entries, journal.sources) == (drafted.entries, drafted.sources)
