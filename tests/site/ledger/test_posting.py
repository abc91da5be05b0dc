"""How a change joins the chain, and what keeps it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from futurefit.ledger import acts, chain
from futurefit.ledger.entries import Account, Draft, Restriction, Tranche
from futurefit.site.ledger import models, operations, proof, queries
from futurefit.site.ledger.operations import Refused, Stale
from futurefit.site.ledger.queries import LineWords
from tests.site.ledger.books import (
    ALICE,
    BETH,
    BOB,
    CAROL,
    CHARLIE,
    DAVE,
    LATER,
    LIBRARIES,
    OPENED,
    ROADS,
    Book,
    at,
    balance,
    rated,
)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_journal_is_posted_and_everything_follows_from_it(book: Book) -> None:
    opened = book.open("LIB-1", y2016=100_00, y2017=50_00)
    moved = book.re_rate("LIB-1", 40_00, expects=1)

    assert (opened.number, moved.number) == (1, 2)
    assert opened.previous == chain.GENESIS
    assert moved.previous == opened.digest
    assert queries.head() == chain.Head(2, moved.digest)
    ledger = queries.current_ledger()
    assert ledger.head == queries.head()
    assert ledger.last_journal("LIB-1") == 2
    assert balance("LIB-1", Account.UNRATED) == 60_00
    assert balance("LIB-1", Account.AMBER) == 40_00
    line = models.Line.objects.get()
    assert (line.ref, line.title, line.opened_in, line.last_journal) == (
        "LIB-1",
        "Title of LIB-1",
        1,
        2,
    )
    assert line.service == "Libraries"
    assert chain.word(moved, "by") == BOB.post
    assert proof.verify() == []


def test_a_refused_journal_leaves_no_trace(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    before = queries.stamp()
    with pytest.raises(Refused) as refused:
        book.re_rate("LIB-1", 100_01)
    assert codes(refused) == ["LED-MORE-THAN-LEFT"]
    with pytest.raises(Refused):
        book.post(rated("NOWHERE", 1))
    assert queries.stamp() == before
    assert models.Posting.objects.filter(journal_id__gt=1).count() == 0
    assert proof.verify() == []


def test_before_the_programme_is_set_up_nothing_is_posted(db: None) -> None:
    draft = Draft(BOB.post, "why", (acts.open_line("L", LIBRARIES, on=OPENED),))
    with pytest.raises(Refused) as refused:
        operations.post(draft, by=BOB, expects=None, words={"L": LineWords("Line")})
    assert codes(refused) == ["LED-NO-PROGRAMME"]


def test_a_new_line_needs_a_title(book: Book) -> None:
    opening = acts.open_line("LIB-1", LIBRARIES, on=OPENED)
    for words in (None, {"LIB-1": LineWords("  ")}, {"OTHER": LineWords("Other")}):
        with pytest.raises(Refused) as refused:
            book.post(opening, words=words)
        assert codes(refused) == ["LED-NO-TITLE"]


def test_the_chain_names_who_acts_whatever_the_draft_says(book: Book) -> None:
    draft = Draft("Somebody else", "why", (acts.open_line("L", LIBRARIES, on=OPENED),))
    journal = operations.post(draft, by=BOB, expects=None, words={"L": LineWords("Line")})
    assert chain.word(journal, "by") == BOB.post


def test_a_reference_has_one_spelling(book: Book) -> None:
    decomposed, composed = "Cafe\N{COMBINING ACUTE ACCENT}", "Café"
    book.open(decomposed, y2016=100_00)
    assert list(queries.current_ledger().lines) == [composed]
    assert models.Line.objects.get().ref == composed
    with pytest.raises(Refused) as refused:
        book.open(decomposed)
    assert codes(refused) == ["LED-LINE-EXISTS"]


@pytest.mark.parametrize("text", ["nul \x00", "half \ud800 a pair"])
def test_what_no_database_can_hold_is_refused(book: Book, text: str) -> None:
    book.open("LIB-1", y2016=100_00)
    opening = acts.open_line("LIB-2", LIBRARIES, on=OPENED)
    for change, why, words in (
        (rated("LIB-1", 1), text, {}),
        (rated("LIB-1" + text, 1), "why", {}),
        (opening, "why", {"LIB-2": LineWords("Title", text)}),
    ):
        with pytest.raises(Refused) as refused:
            book.post(change, why=why, words=words)
        assert codes(refused) == ["LED-TEXT"]


def test_a_clock_put_back_does_not_put_the_chain_back(book: Book) -> None:
    draft = Draft("", "why", (acts.open_line("A", LIBRARIES, on=OPENED),))
    other = replace(draft, entries=(acts.open_line("B", LIBRARIES, on=OPENED),))
    words = {"A": LineWords("A"), "B": LineWords("B")}
    first = operations.post(draft, by=BOB, expects=None, words=words, clock=lambda: at(5))
    second = operations.post(other, by=BOB, expects=None, words=words, clock=lambda: at(4))
    assert first.recorded_at == second.recorded_at == at(5)
    assert proof.verify() == []


# --- stale forms ---------------------------------------------------------------------------------


def test_a_stale_form_is_refused_and_says_what_moved(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    book.open("LIB-2", y2016=100_00)
    book.re_rate("LIB-1", 10_00)

    with pytest.raises(Stale) as stale:
        book.re_rate("LIB-1", 20_00, expects=1)

    (moved,) = stale.value.moved
    assert (moved.line, moved.expected, moved.last_journal) == ("LIB-1", 1, 3)
    assert [journal.number for journal in moved.journals] == [3]
    assert "journal 3 by Finance business partner" in moved.message
    assert "re-rate an amount" in moved.message
    assert balance("LIB-1", Account.AMBER) == 10_00
    # The other line has not moved.
    assert book.re_rate("LIB-2", 20_00, expects=2).number == 4


def test_a_form_that_leaves_out_a_line_it_changes_is_a_mistake_of_the_program(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    draft = Draft("", "why", (rated("LIB-1", 1),))
    with pytest.raises(ValueError, match="LIB-1"):
        operations.post(draft, by=BOB, expects={})


def test_a_form_cannot_have_seen_a_journal_that_is_not_there(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    with pytest.raises(Refused) as refused:
        book.re_rate("LIB-1", 1, expects=7)
    assert codes(refused) == ["LED-EXPECTS"]


# --- rights --------------------------------------------------------------------------------------


def test_a_lead_re_rates_their_own_lines_only(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    assert book.re_rate("LIB-1", 10_00, by=ALICE).number == 2
    with pytest.raises(Refused) as refused:
        book.re_rate("LIB-1", 10_00, by=CHARLIE)
    assert codes(refused) == ["LED-NOT-OWN"]
    assert "LIB-1" in str(refused.value)


def test_only_finance_sets_targets(book: Book) -> None:
    for by in (ALICE, CAROL, DAVE):
        with pytest.raises(Refused) as refused:
            book.open("LIB-1", by=by, y2016=100_00)
        assert "LED-RIGHTS" in codes(refused)
    assert "Only the finance partner may set a target." in str(refused.value)
    assert book.open("LIB-1", by=ALICE).number == 1


def test_a_lead_opens_lines_within_their_own_scope_only(book: Book) -> None:
    with pytest.raises(Refused) as refused:
        book.open("ROAD-1", ROADS, by=ALICE)
    assert codes(refused) == ["LED-NOT-OWN"]


def test_a_lead_opens_a_line_as_proposed_only(book: Book) -> None:
    """LED-12: what a lead opens and estimates waits for a decision."""
    current = replace(LIBRARIES, tranche=Tranche.CURRENT)
    with pytest.raises(Refused) as refused:
        book.open("LIB-1", current, by=ALICE)
    assert codes(refused) == ["LED-RIGHTS"]
    assert "open it as proposed" in str(refused.value)
    assert book.open("LIB-1", current, by=CAROL).number == 1


def test_a_delivery_needs_a_second_person_from_finance(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    delivery = acts.deliver("LIB-1", {"2016/17": 40_00}, from_rating=Account.UNRATED, on=LATER)
    for second, code in (
        (None, "LED-SECOND-PERSON"),
        (ALICE, "LED-SECOND-PERSON"),
        (BOB, "LED-SAME-PERSON"),
    ):
        with pytest.raises(Refused) as refused:
            book.post(delivery, by=BOB, second=second)
        assert codes(refused) == [code]
    journal = book.post(delivery, by=BOB, second=BETH)
    assert chain.word(journal, "checked_by") == BETH.post
    assert balance("LIB-1", Account.GREEN_DELIVERED) == 40_00


def test_a_new_target_needs_a_decision(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    change = acts.raise_target("LIB-1", {"2016/17": 20_00}, on=LATER)
    with pytest.raises(Refused) as refused:
        book.post(change)
    assert codes(refused) == ["LED-NO-DECISION"]
    journal = book.post(change, decision="Cabinet, 19 November 2015")
    assert journal.decision == "Cabinet, 19 November 2015"
    assert queries.journal(journal.number) is not None


def test_leads_do_not_reverse(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    journal = book.re_rate("LIB-1", 10_00, by=ALICE)
    ledger = queries.current_ledger()
    standing = [p for p in ledger.now.postings() if p.journal == journal.number]
    undo = acts.reverse(standing, on=LATER)
    with pytest.raises(Refused) as refused:
        book.post(undo, by=ALICE)
    assert codes(refused) == ["LED-RIGHTS"]
    book.post(undo, by=CAROL)
    assert balance("LIB-1", Account.AMBER) == 0


# --- projections ---------------------------------------------------------------------------------


def test_a_reclassified_line_is_projected_and_moves_the_head(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    before = queries.stamp()
    secret = replace(LIBRARIES, restriction=Restriction.CONFIDENTIAL, owner="Head of Libraries")
    journal = book.post(acts.reclassify("LIB-1", secret, on=LATER))
    line = models.Line.objects.get()
    assert (line.restriction, line.owner, line.last_journal) == (
        "CONFIDENTIAL",
        "Head of Libraries",
        journal.number,
    )
    assert queries.stamp() != before
    assert proof.verify() == []


def test_a_line_replaced_and_the_line_that_replaces_it_both_move(book: Book) -> None:
    book.open("OLD", y2016=100_00)
    book.open("NEW")
    replacing = acts.replace(
        "OLD", "NEW", {"2016/17": 30_00}, from_rating=Account.UNRATED, on=LATER
    )
    book.post(replacing, expects={"OLD": 1, "NEW": 2})
    assert set(models.Line.objects.values_list("last_journal", flat=True)) == {3}
    assert proof.verify() == []


def test_opening_a_line_keeps_the_history_of_its_words(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    (kept,) = models.Line.objects.get().history.all()
    assert (kept.title, kept.history_change_reason) == ("Title of LIB-1", "Opened by journal 1")
    book.re_rate("LIB-1", 10_00)
    assert models.Line.objects.get().history.count() == 1


# --- months --------------------------------------------------------------------------------------


def test_a_closed_month_takes_no_more_entries(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    month = operations.close_month(date(2015, 11, 30), by=CAROL)
    assert (month.name, month.number) == ("November 2015", 1)
    with pytest.raises(Refused) as refused:
        book.re_rate("LIB-1", 10_00)
    assert codes(refused) == ["LED-LOCKED"]
    late = replace(rated("LIB-1", 10_00), effective_on=date(2015, 12, 1), relates_to=LATER)
    assert queries.journal(book.post(late).number).entries[0].relates_to == LATER
