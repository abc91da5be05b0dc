"""A delivery by a lead waits for a second person from finance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from futurefit.ledger import acts, chain, unproven
from futurefit.ledger.entries import Account, Draft, EntryKind, EvidenceKind, SavingClass
from futurefit.ledger.proof import Proof, completed
from futurefit.ledger.rights import Role
from futurefit.site.accounts import queries as accounts
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.accounts.operations import set_roles
from futurefit.site.ledger import models, operations, proof, queries
from futurefit.site.ledger.models import Proposal
from futurefit.site.ledger.operations import Refused, Stale
from tests.site import people
from tests.site.ledger.books import (
    ALICE,
    BETH,
    BOB,
    CAROL,
    CHARLIE,
    LATER,
    LIBRARIES,
    OPENED,
    PROOF,
    Book,
    balance,
)
from tests.site.ledger.test_posting import codes


def delivery(pence: int = 40_00, why: str = "The leases ended") -> Draft:
    entry = acts.deliver("LIB-1", {"2016/17": pence}, from_rating=Account.UNRATED, on=LATER)
    return completed(Draft("", why, (entry,)), queries.current_ledger(), PROOF)


@pytest.fixture
def proposal(book: Book) -> Proposal:
    book.open("LIB-1", y2016=100_00)
    return operations.propose(delivery(), by=ALICE, expects={"LIB-1": 1})


def test_a_proposal_counts_nowhere_until_it_is_accepted(proposal: Proposal) -> None:
    assert queries.head().number == 1
    assert queries.waiting_proposals() == [proposal]
    assert (proposal.by, proposal.status) == (ALICE.post, "WAITING")

    journal = operations.accept_proposal(proposal.pk, by=BOB)

    assert chain.word(journal, "by") == ALICE.post
    assert chain.word(journal, "checked_by") == BOB.post
    assert chain.word(journal, "why") == "The leases ended"
    assert balance("LIB-1", Account.GREEN_DELIVERED) == 40_00
    assert queries.waiting_proposals() == []
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by) == ("ACCEPTED", BOB.post)
    assert proposal.journal_id == journal.number
    assert proof.verify() == []


def test_the_second_person_is_another_person_from_finance(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    own = operations.propose(delivery(), by=BOB, expects={"LIB-1": 1})
    # The same person under another post is still the same person.
    promoted = Holder(BOB.user_id, "Deputy chief finance officer", BOB.holdings)
    roads_only = frozenset({Holding(Role.FINANCE_PARTNER, "project", "roads")})
    elsewhere = Holder(9, "Finance business partner, highways", roads_only)
    for by, code in (
        (BOB, "LED-SAME-PERSON"),
        (promoted, "LED-SAME-PERSON"),
        (ALICE, "LED-SECOND-PERSON"),
        (CAROL, "LED-SECOND-PERSON"),
        (elsewhere, "LED-SECOND-PERSON"),
    ):
        with pytest.raises(Refused) as refused:
            operations.accept_proposal(own.pk, by=by)
        assert codes(refused) == [code]
    assert operations.accept_proposal(own.pk, by=BETH).number == 2


def test_two_people_with_one_post_check_each_other_and_the_chain_tells_them_apart(
    book: Book,
) -> None:
    """LED-11: the second person is another person, whatever their post is called."""
    book.open("LIB-1", y2016=100_00)
    own = operations.propose(delivery(), by=BOB, expects={"LIB-1": 1})
    twin = Holder(9, BOB.post, BOB.holdings)
    journal = operations.accept_proposal(own.pk, by=twin)
    assert chain.word(journal, "checked_by") == f"{BOB.post} (another person)"
    assert unproven.findings(journal) == []


def test_a_proposal_outlives_the_roles_of_who_made_it(book: Book) -> None:
    """LED-12: rights are asked of a person when they act; finance answers for accepting it."""
    lead = people.alice()
    book.open("LIB-1", y2016=100_00)
    own = operations.propose(delivery(), by=accounts.holder_of(lead), expects={"LIB-1": 1})
    set_roles(user=lead, holdings=[], by=None)
    assert operations.accept_proposal(own.pk, by=BOB).number == 2


def test_what_was_taken_off_a_delivery_comes_back_with_a_second_person_only(book: Book) -> None:
    """LED-11: a lead takes £40 off what is delivered; the office alone does not put it back."""
    book.open("LIB-1", y2016=100_00)
    entry = acts.deliver("LIB-1", {"2016/17": 40_00}, from_rating=Account.UNRATED, on=LATER)
    book.post(entry, by=ALICE, second=BOB)
    less = acts.re_estimate("LIB-1", {"2016/17": -40_00}, rating=Account.GREEN_DELIVERED, on=LATER)
    taken = book.post(less, by=ALICE).number
    ledger = queries.current_ledger()
    back = acts.reverse(ledger.now.postings(journals=(taken, taken)), on=LATER)
    with pytest.raises(Refused) as refused:
        book.post(back, by=CAROL)
    assert codes(refused) == ["LED-SECOND-PERSON"]
    own = operations.propose(Draft("", "a slip", (back,)), by=CAROL, expects={"LIB-1": taken})
    assert balance("LIB-1", Account.GREEN_DELIVERED) == 0
    operations.accept_proposal(own.pk, by=BOB)
    assert balance("LIB-1", Account.GREEN_DELIVERED) == 40_00


def test_what_may_not_be_posted_may_not_be_proposed(book: Book) -> None:
    book.open("LIB-1", y2016=100_00)
    for draft, by, code in (
        (delivery(100_01), ALICE, "LED-MORE-THAN-LEFT"),
        (delivery(why=""), ALICE, "LED-NO-WHY"),
        (delivery(), CHARLIE, "LED-NOT-OWN"),
        (Draft("", "why", (acts.open_line("L", LIBRARIES, on=OPENED),)), ALICE, "LED-SHAPE"),
    ):
        with pytest.raises(Refused) as refused:
            operations.propose(draft, by=by, expects={"LIB-1": 1})
        assert code in codes(refused)
    with pytest.raises(Stale):
        operations.propose(delivery(), by=ALICE, expects={"LIB-1": 0})
    assert not models.Proposal.objects.exists()


def test_a_proposal_whose_line_moved_cannot_be_accepted(book: Book, proposal: Proposal) -> None:
    book.re_rate("LIB-1", 1_00)
    with pytest.raises(Stale):
        operations.accept_proposal(proposal.pk, by=BOB)
    assert queries.waiting_proposals() == [proposal]
    operations.refuse_proposal(proposal.pk, by=BOB, answer="Propose it again, please")
    assert queries.waiting_proposals() == []


def test_what_waits_already_is_not_proposed_again(proposal: Proposal) -> None:
    with pytest.raises(Refused) as refused:
        operations.propose(delivery(), by=ALICE, expects={"LIB-1": 1})
    assert codes(refused) == ["LED-PROPOSED"]
    assert queries.waiting_proposals() == [proposal]
    operations.propose(delivery(41_00), by=ALICE, expects={"LIB-1": 1})
    operations.refuse_proposal(proposal.pk, by=ALICE, answer="Once more")
    operations.propose(delivery(), by=ALICE, expects={"LIB-1": 1})


def test_a_proposal_is_decided_once(proposal: Proposal) -> None:
    operations.accept_proposal(proposal.pk, by=BOB)
    for decide in (
        lambda: operations.accept_proposal(proposal.pk, by=BETH),
        lambda: operations.refuse_proposal(proposal.pk, by=BETH, answer="No"),
    ):
        with pytest.raises(Refused) as refused:
            decide()
        assert codes(refused) == ["LED-DECIDED"]
    with pytest.raises(Refused) as refused:
        operations.accept_proposal(proposal.pk + 1, by=BETH)
    assert codes(refused) == ["LED-NO-PROPOSAL"]


def test_finance_or_its_author_turns_a_proposal_down_and_says_why(
    book: Book, proposal: Proposal
) -> None:
    for by, answer, code in (
        (CHARLIE, "No", "LED-RIGHTS"),
        (CAROL, "No", "LED-RIGHTS"),
        (BOB, " ", "LED-NO-WHY"),
    ):
        with pytest.raises(Refused) as refused:
            operations.refuse_proposal(proposal.pk, by=by, answer=answer)
        assert codes(refused) == [code]
    operations.refuse_proposal(proposal.pk, by=ALICE, answer="Too early")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer) == ("REFUSED", "Too early")
    assert queries.head().number == 1


def test_erasing_a_name_erases_it_from_the_proposal_too(proposal: Proposal) -> None:
    journal = operations.accept_proposal(proposal.pk, by=BOB)
    operations.erase_words(journal.number, ["by", "checked_by"], by=CAROL, why="Asked to be")
    kept = models.Proposal.objects.values().get()
    assert not {ALICE.post, BOB.post} & {str(value) for value in kept.values()}
    assert kept["draft"] == {}
    assert proof.verify() == []


def test_a_delivery_without_evidence_waits_for_it_and_finance_brings_it(book: Book) -> None:
    """PRF-01, PRF-02: no pound is delivered without evidence, nor before it says how it helps."""
    unclassed = replace(LIBRARIES, saving_class=SavingClass.NOT_STATED)
    book.open("LIB-1", unclassed, y2016=100_00)
    bare = Draft("", "The leases ended", delivery().entries)
    bare = replace(bare, entries=tuple(replace(each, evidence=None) for each in bare.entries))
    waiting = operations.propose(bare, by=ALICE, expects={"LIB-1": 1})

    for brings, missing in (
        (Proof(), ["LED-EVIDENCE", "LED-CLASS"]),
        (Proof(EvidenceKind.VIREMENT, "  ", SavingClass.INCOME), ["LED-EVIDENCE"]),
        (Proof(EvidenceKind.VIREMENT, "BV-1"), ["LED-CLASS"]),
    ):
        with pytest.raises(Refused) as refused:
            operations.accept_proposal(waiting.pk, by=BOB, brings=brings)
        assert codes(refused) == missing
    assert balance("LIB-1", Account.GREEN_DELIVERED) == 0

    brings = Proof(EvidenceKind.POST_DELETED, "EST1204", SavingClass.SCOPE_REDUCTION)
    journal = operations.accept_proposal(waiting.pk, by=BOB, brings=brings)

    assert [entry.kind for entry in journal.entries] == [EntryKind.RECLASSIFY, EntryKind.DELIVER]
    ledger = queries.current_ledger()
    assert ledger.lines["LIB-1"] == replace(unclassed, saving_class=SavingClass.SCOPE_REDUCTION)
    evidence = journal.entries[1].evidence
    assert evidence is not None
    assert evidence.kind is EvidenceKind.POST_DELETED
    assert chain.source_of(journal, evidence.source).file == "EST1204"
    assert balance("LIB-1", Account.GREEN_DELIVERED) == 40_00
    assert proof.verify() == []


def test_nothing_else_rests_on_evidence(book: Book) -> None:
    """PRF-01"""
    book.open("LIB-1", y2016=100_00)
    rated = acts.re_rate(
        "LIB-1",
        {"2016/17": 1_00},
        from_rating=Account.UNRATED,
        to_rating=Account.AMBER,
        on=LATER,
    )
    with pytest.raises(Refused) as refused:
        book.post(replace(rated, evidence=delivery().entries[0].evidence))
    assert codes(refused) == ["LED-SHAPE"]
