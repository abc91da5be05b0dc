"""Words beside the chain: edited with history, erased for good, named and ruled on."""

from __future__ import annotations

import pytest

from futurefit.ledger import acts, chain
from futurefit.ledger.entries import SourceKind
from futurefit.site.ledger import models, operations, proof, queries
from futurefit.site.ledger.models import Ruling
from futurefit.site.ledger.operations import Refused, Stale
from futurefit.site.ledger.queries import LineWords
from tests.site.ledger.books import ALICE, BOB, CAROL, CHARLIE, DAVE, LATER, Book, at
from tests.site.ledger.test_posting import codes


def test_words_are_edited_with_their_history(book: Book) -> None:
    book.open("LIB-1")
    head = queries.head()
    before = LineWords("Title of LIB-1")
    after = LineWords("Fewer library leases", "The story", "marginal")
    operations.edit_words("LIB-1", after, by=ALICE, was=before, why="Clearer")
    assert queries.line_words()["LIB-1"] == after
    assert queries.head() == head
    newest, oldest = models.Line.objects.get().history.all()
    assert (newest.title, newest.history_change_reason) == (after.title, "Clearer")
    assert oldest.title == before.title

    operations.edit_words("LIB-1", after, by=ALICE, was=after)
    assert models.Line.objects.get().history.count() == 2


def test_a_stale_form_of_words_is_refused(book: Book) -> None:
    book.open("LIB-1")
    before = LineWords("Title of LIB-1")
    operations.edit_words("LIB-1", LineWords("Mine"), by=ALICE, was=before)
    with pytest.raises(Stale, match="words of line LIB-1 have changed"):
        operations.edit_words("LIB-1", LineWords("Theirs"), by=BOB, was=before)
    assert queries.line_words()["LIB-1"].title == "Mine"


@pytest.mark.parametrize(
    ("ref", "title", "by", "code"),
    [
        ("LIB-2", "Other", BOB, "LED-UNKNOWN-LINE"),
        ("LIB-1", " ", BOB, "LED-NO-TITLE"),
        ("LIB-1", "Other", CHARLIE, "LED-RIGHTS"),
        ("LIB-1", "Other", DAVE, "LED-RIGHTS"),
    ],
)
def test_words_that_may_not_be_edited(book: Book, ref: str, title: str, by, code: str) -> None:
    book.open("LIB-1")
    with pytest.raises(Refused) as refused:
        operations.edit_words(ref, LineWords(title), by=by, was=None)
    assert codes(refused) == [code]


def test_erased_words_are_gone_and_the_chain_still_verifies(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    journal = book.re_rate("LIB-1", 1_00, by=ALICE)
    operations.erase_words(2, ["by", "why"], by=CAROL, why="Asked to be", clock=lambda: at(9))

    erased = queries.journal(2)
    assert chain.word(erased, "by") is None
    assert {word.field for word in erased.words} == {"by", "why"}
    assert erased.digest == journal.digest
    assert proof.verify(queries.head()) == []
    assert not models.JournalWord.objects.filter(journal_id=2).exists()
    log = models.Erasure.objects.values_list("journal_id", "field", "by", "at", "why")
    assert list(log) == [
        (2, "by", CAROL.post, at(9), "Asked to be"),
        (2, "why", CAROL.post, at(9), "Asked to be"),
    ]


@pytest.mark.parametrize(
    ("fields", "by", "why", "code"),
    [
        (["by"], BOB, "why", "LED-RIGHTS"),
        (["by"], CAROL, "  ", "LED-NO-WHY"),
        (["by", "source:0"], CAROL, "why", "LED-NO-WORDS"),
        (["checked_by"], CAROL, "why", "LED-NO-WORDS"),
    ],
)
def test_words_that_may_not_be_erased(
    book: Book, fields: list[str], by, why: str, code: str
) -> None:
    book.open("LIB-1")
    with pytest.raises(Refused) as refused:
        operations.erase_words(1, fields, by=by, why=why)
    assert codes(refused) == [code]
    assert models.Erasure.objects.count() == 0
    assert chain.word(queries.journal(1), "by") == BOB.post


def test_the_programme_is_set_up_once_and_can_be_changed(book: Book) -> None:
    operations.set_programme(
        name="FutureFit 2020",
        council="Another Council",
        first_year=2015,
        last_year=2024,
        open_from=None,
        by=CAROL,
        why="A longer plan",
    )
    programme = models.Programme.objects.get()
    assert (programme.name, programme.last_year) == ("FutureFit 2020", 2024)
    assert programme.history.count() == 2
    for by, last, code in ((BOB, 2024, "LED-RIGHTS"), (CAROL, 2010, "LED-YEARS")):
        with pytest.raises(Refused) as refused:
            operations.set_programme(
                name="F", council="C", first_year=2015, last_year=last, open_from=None, by=by
            )
        assert codes(refused) == [code]


def test_headings_are_named_and_renamed(book: Book) -> None:
    first = operations.name_heading("service", "lib", "Libraries", by=BOB, order=3)
    again = operations.name_heading("service", "lib", "Libraries and learning", by=CAROL)
    assert (first.pk, again.order) == (again.pk, 0)
    assert again.history.count() == 2
    for dimension, code, name, by, refusal in (
        ("service", "lib", "Libraries", ALICE, "LED-RIGHTS"),
        ("colour", "lib", "Libraries", BOB, "LED-DIMENSION"),
        ("service", " ", "", BOB, "LED-NO-NAME"),
    ):
        with pytest.raises(Refused) as refused:
            operations.name_heading(dimension, code, name, by=by)
        assert refusal in codes(refused)


def test_a_source_is_named_and_two_claims_on_it_ruled_on(book: Book) -> None:
    operations.name_source(
        "LB", kind=SourceKind.BUDGET_LINE, title="Library budget", reference="C100", by=BOB
    )
    assert queries.capacity_words()["LB"].title == "Library budget"
    with pytest.raises(Refused) as refused:
        operations.rule("LB", Ruling.Verdict.SHARED, by=BOB, why="Two halves")
    assert codes(refused) == ["LED-RULING"]

    book.post(acts.set_capacity("LB", SourceKind.BUDGET_LINE, 1_000_00, on=LATER))
    operations.rule("LB", Ruling.Verdict.SHARED, by=BOB, why="Two halves")
    book.open("LIB-1")
    book.open("LIB-2")
    operations.rule(("LIB-2", "LIB-1"), Ruling.Verdict.SAME, by=BOB, why="One lease")
    operations.rule(("LIB-1", "LIB-2"), Ruling.Verdict.DIFFERENT, by=CAROL, why="Two floors")
    rulings = queries.rulings()
    assert rulings["LB",].verdict == "SHARED"
    assert rulings["LIB-1", "LIB-2"].verdict == "DIFFERENT"
    assert models.Ruling.objects.count() == 3
    for about, by, why, code in (
        (("LIB-1", "LIB-1"), BOB, "why", "LED-RULING"),
        (("LIB-1", "LIB-3"), BOB, "why", "LED-RULING"),
        (("LIB-1", "LIB-2"), BOB, "", "LED-NO-WHY"),
        (("LIB-1", "LIB-2"), ALICE, "why", "LED-RIGHTS"),
    ):
        with pytest.raises(Refused) as refused:
            operations.rule(about, Ruling.Verdict.SAME, by=by, why=why)
        assert codes(refused) == [code]


def test_a_document_is_known_by_what_it_holds(book: Book) -> None:
    digest = "a" * 64
    operations.keep_document(digest, name="paper.md", pages=300)
    operations.keep_document(digest, name="Cabinet papers", kind="pack")
    assert queries.documents()[digest].name == "Cabinet papers"
    with pytest.raises(Refused):
        operations.keep_document("short", name="paper.md")
