"""What becomes of a paper: kept once, decided line by line, recorded once with every cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from futurefit.ledger import acts, chain
from futurefit.ledger.entries import (
    Account,
    Draft,
    EntryKind,
    EvidenceKind,
    Reason,
    Restriction,
    SavingClass,
)
from futurefit.ledger.proof import Proof
from futurefit.site.common import storing
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Proposal
from futurefit.site.ledger.operations import Refused, Stale
from futurefit.site.papers import operations, queries
from futurefit.site.papers.models import Decision, Nature, Upload, Verdict
from futurefit.site.papers.operations import Seen
from tests.site.papers.shelves import (
    ATTRIBUTES,
    KEY,
    ON,
    PAPER,
    PART,
    SLIPPED,
    Shelf,
    journals,
    standing,
)

K = 1000_00
"""A thousand pounds in pence."""


def test_a_paper_is_kept_by_what_it_holds_and_found_again(shelf: Shelf) -> None:
    """PAP-01"""
    upload = shelf.upload()
    assert storing.load(upload.sha256) == PAPER.encode()
    again, is_new = operations.upload(
        "another name.md",
        PAPER.encode(),
        by=shelf.holder(shelf.bob),
        about="project:libraries",
    )
    assert (again.pk, is_new, Upload.objects.count()) == (upload.pk, False, 1)
    assert again.name == "reading-rooms.md"


def test_a_file_that_is_no_paper_is_refused_and_leaves_nothing(shelf: Shelf) -> None:
    """PAP-01"""
    for name, data in (("a.exe", b"MZ"), ("a.md", b""), ("a.md", b"%PDF-1.7 whatever")):
        with pytest.raises(Refused) as refused:
            operations.upload(name, data, by=shelf.holder(shelf.carol))
        assert [each.field for each in refused.value.refusals] == ["file"]
    assert not Upload.objects.exists()
    assert not list(storing._path("0" * 64).parent.parent.glob("*/*"))


def test_a_data_set_is_not_taken_for_a_paper(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """PAP-01. With the limit lowered to five cells."""
    monkeypatch.setattr(operations, "MOST_CELLS", 5)
    shelf.upload("Item,2016/17\nA,1\n", "a.csv")
    with pytest.raises(Refused, match="has 6 cells, and a paper to review no more than 5"):
        shelf.upload("Item,2016/17\nA,1\nB,2\n", "b.csv")


def test_a_file_changed_on_the_disk_is_not_given_out(shelf: Shelf) -> None:
    """PAP-01"""
    upload = shelf.upload()
    storing._path(upload.sha256).write_bytes(b"something else")
    with pytest.raises(storing.Damaged, match="has been changed"):
        storing.load(upload.sha256)


def test_the_paper_proposes_a_line_with_its_amounts_and_their_cells(shelf: Shelf) -> None:
    """PAP-03. Expected figures are those of the paper, in its table 4."""
    upload = shelf.upload()
    assert [
        (one.year, one.account, one.pence, one.place.row, one.place.column, one.place.printed)
        for one in shelf.amounts(upload)
    ] == [
        ("2016/17", Account.GREEN_DELIVERED, 20 * K, 2, 4, "20"),
        ("2016/17", Account.GREEN_ON_TARGET, 30 * K, 3, 4, "30"),
        ("2017/18", Account.GREEN_ON_TARGET, 15 * K, 3, 5, "15"),
        ("2016/17", Account.AMBER, 40 * K, 4, 4, "40"),
        ("2017/18", Account.AMBER, 60 * K, 4, 5, "60"),
        ("2018/19", Account.RED, 25 * K, 5, 6, "25"),
    ]
    assert {one.place.sha256 for one in shelf.amounts(upload)} == {upload.sha256}


def test_accepting_posts_nothing_and_recording_posts_one_journal(shelf: Shelf) -> None:
    """PAP-04, PAP-05. Delivered waits for its second person, and stands on target till then."""
    upload = shelf.upload()
    shelf.accept(upload)
    assert journals() == 0
    done = shelf.record(upload)
    assert journals() == 1
    assert done.journal is not None
    assert [entry.kind for entry in done.journal.entries] == [
        EntryKind.OPEN_LINE,
        EntryKind.SET_TARGET,
    ]
    assert standing() == {
        ("2016/17", Account.AMBER): 40 * K,
        ("2016/17", Account.GREEN_ON_TARGET): 50 * K,
        ("2017/18", Account.AMBER): 60 * K,
        ("2017/18", Account.GREEN_ON_TARGET): 15 * K,
        ("2018/19", Account.RED): 25 * K,
    }
    assert done.proposal is not None
    ledger.accept_proposal(
        done.proposal.pk,
        by=replace(shelf.holder(shelf.bob), user_id=7, post="B"),
        brings=Proof(EvidenceKind.VIREMENT, "BV-0412", SavingClass.CASH_RELEASING),
    )
    assert standing()["2016/17", Account.GREEN_DELIVERED] == 20 * K
    assert standing()["2016/17", Account.GREEN_ON_TARGET] == 30 * K
    assert ledger_queries.line_words()["LIB-1"].title == "Reading rooms"


def test_every_posting_leads_to_the_cell_that_it_was_read_from(shelf: Shelf) -> None:
    """PAP-05"""
    upload, journal = shelf.recorded()
    read = {
        (posting.year, posting.amount_pence): chain.source_of(journal, posting.source)
        for entry in journal.entries
        for posting in entry.postings
        if posting.account is not Account.TARGET and posting.source is not None
    }
    assert len(read) == len(standing()) + 1  # two cells stand on target in 2016/17
    place = read["2018/19", 25 * K]
    assert (place.sha256, place.file) == (upload.sha256, "reading-rooms.md")
    assert (place.table, place.row, place.column, place.printed) == (4, 5, 6, "25")


def test_what_was_recorded_is_not_recorded_again(shelf: Shelf) -> None:
    """PAP-04"""
    upload, _ = shelf.recorded()
    with pytest.raises(Refused, match="Nothing is accepted here"):
        shelf.record(upload)
    with pytest.raises(Refused, match="settled: recorded in journal 1"):
        shelf.accept(upload, line="LIB-2")
    with pytest.raises(Refused, match="settled"):
        operations.reject(
            upload.pk, PART, KEY, why="No", seen=shelf.seen(upload), by=shelf.holder(shelf.bob)
        )
    assert journals() == 1
    # The very same file leads to the same upload, where the line is recorded.
    assert queries.states(shelf.upload())[PART, KEY].is_final


def test_a_rejected_line_stays_rejected_with_its_reason(shelf: Shelf) -> None:
    """PAP-04"""
    upload = shelf.upload()
    carol = shelf.holder(shelf.carol)
    with pytest.raises(Refused, match="Say why"):
        operations.reject(upload.pk, PART, KEY, why=" ", seen=Seen(), by=carol)
    operations.reject(upload.pk, PART, KEY, why="Counted elsewhere", seen=Seen(), by=carol)
    state = queries.states(shelf.upload())[PART, KEY]
    assert state.word == "Rejected"
    assert state.decision is not None
    assert (state.decision.why, state.decision.by) == ("Counted elsewhere", "Programme Office")
    with pytest.raises(Refused, match="Nothing is accepted here"):
        shelf.record(upload)
    revised = shelf.upload(SLIPPED, "reading-rooms-2.md", revises=upload)
    assert queries.before(revised)[PART, KEY].decision.why == "Counted elsewhere"


def test_a_decision_made_meanwhile_is_not_overwritten(shelf: Shelf) -> None:
    """PAP-04. Bob's form was shown before Carol decided."""
    upload = shelf.upload()
    shown = shelf.seen(upload)
    shelf.accept(upload, by=shelf.carol)
    with pytest.raises(Refused, match="Programme Office decided on this line meanwhile"):
        operations.reject(upload.pk, PART, KEY, why="No", seen=shown, by=shelf.holder(shelf.bob))
    operations.reject(
        upload.pk, PART, KEY, why="No", seen=shelf.seen(upload), by=shelf.holder(shelf.bob)
    )
    assert [each.verdict for each in queries.decisions_on(upload, PART, KEY)] == [
        Verdict.ACCEPTED,
        Verdict.REJECTED,
    ]


def test_an_edited_amount_keeps_the_cell_as_printed(shelf: Shelf) -> None:
    """PAP-05"""
    upload = shelf.upload()
    first, *rest = shelf.amounts(upload)
    edited = (replace(first, pence=21 * K, account=Account.AMBER), *rest)
    decision = shelf.accept(upload, amounts=edited, why="A slip of the pen")
    assert decision.is_edited
    journal = shelf.record(upload).journal
    assert journal is not None
    places = [chain.source_of(journal, number).printed for number in range(len(journal.sources))]
    assert places[0] == "20"
    assert standing()["2016/17", Account.AMBER] == 61 * K


def test_a_lead_decides_and_only_finance_records(shelf: Shelf) -> None:
    """PAP-02, PAP-05. A target is for finance to set (rule LED-12)."""
    upload = shelf.upload(by=shelf.alice)
    shelf.accept(upload, by=shelf.alice)
    with pytest.raises(Refused, match="Only the finance partner may set a target"):
        shelf.record(upload, by=shelf.alice)
    assert journals() == 0
    assert not Decision.objects.exclude(journal=None).exists()
    assert shelf.record(upload, by=shelf.bob).journal is not None


def test_who_leads_elsewhere_neither_uploads_nor_decides_nor_records(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload()
    for act in (
        lambda: shelf.upload("| a | 1 |\n", "a.md", by=shelf.charlie),
        lambda: shelf.upload("| a | 1 |\n", "a.md", by=shelf.charlie, about=""),
        lambda: shelf.accept(upload, by=shelf.charlie),
        lambda: shelf.record(upload, by=shelf.charlie),
        lambda: operations.describe(
            upload.pk,
            about="project:roads",
            restriction=Restriction.OFFICERS,
            revises=None,
            by=shelf.holder(shelf.charlie),
        ),
        lambda: shelf.accept(upload, by=shelf.dan),
    ):
        with pytest.raises(Refused):
            act()
    assert not Decision.objects.exists()


def test_more_people_never_read_a_line_than_the_paper_it_comes_from(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload(restriction=Restriction.CONFIDENTIAL)
    for weaker in (Restriction.PUBLIC, Restriction.OFFICERS):
        with pytest.raises(Refused, match="More people may read this line"):
            shelf.accept(upload, attributes=replace(ATTRIBUTES, restriction=weaker))
    shelf.accept(upload, attributes=replace(ATTRIBUTES, restriction=Restriction.CONFIDENTIAL))


def test_a_lead_does_not_publish_a_paper(shelf: Shelf) -> None:
    """PAP-02"""
    with pytest.raises(Refused, match="let everybody read"):
        shelf.upload(by=shelf.alice, restriction=Restriction.PUBLIC)
    upload = shelf.upload(by=shelf.alice)
    with pytest.raises(Refused, match="Only finance or the programme office"):
        operations.describe(
            upload.pk,
            about="project:libraries",
            restriction=Restriction.PUBLIC,
            revises=None,
            by=shelf.holder(shelf.alice),
        )


def test_a_line_that_moved_since_it_was_accepted_is_not_recorded(shelf: Shelf) -> None:
    """PAP-05"""
    upload, _ = shelf.recorded()
    revised = shelf.upload(SLIPPED, "reading-rooms-2.md", revises=upload)
    shelf.accept(revised, attributes=None, nature=Nature.RE_PROFILE)
    _re_rate(shelf)
    with pytest.raises(Stale, match="Line LIB-1 has changed"):
        shelf.record(revised)
    assert not queries.states(revised)[PART, KEY].is_final
    # Decided again with the line as it stands now, it is.
    shelf.accept(revised, attributes=None, nature=Nature.RE_PROFILE)
    assert shelf.record(revised).journal is not None


def test_a_form_that_showed_the_line_before_it_moved_is_refused(shelf: Shelf) -> None:
    """PAP-05"""
    upload, _ = shelf.recorded()
    revised = shelf.upload(SLIPPED, "reading-rooms-2.md", revises=upload)
    shown = shelf.seen(revised, "LIB-1")
    _re_rate(shelf)
    with pytest.raises(Refused, match="Line LIB-1 has changed since you opened the form"):
        shelf.accept(revised, attributes=None, nature=Nature.RE_PROFILE, seen=shown)


def _re_rate(shelf: Shelf) -> None:
    """£5,000 of 2018/19 turns from red to amber, whatever any paper says."""
    entry = acts.re_rate(
        "LIB-1", {"2018/19": 5 * K}, from_rating=Account.RED, to_rating=Account.AMBER, on=ON
    )
    ledger.post(Draft("", "A plan exists", (entry,)), by=shelf.holder(shelf.bob), expects=None)


def test_a_revised_paper_posts_its_differences_as_what_a_person_says_they_are(
    shelf: Shelf,
) -> None:
    """PAP-06. £30,000 of amber slips a year; what was re-rated since is left as it is."""
    upload, _ = shelf.recorded()
    _re_rate(shelf)
    before = standing()
    revised = shelf.upload(SLIPPED, "reading-rooms-2.md", revises=upload)
    with pytest.raises(Refused, match="Say what the change is"):
        shelf.accept(revised, attributes=None)
    with pytest.raises(Refused, match="a re-rating leaves each year’s amount as it is"):
        shelf.accept(revised, attributes=None, nature=Nature.RE_RATING)
    shelf.accept(revised, attributes=None, nature=Nature.RE_PROFILE)
    done = shelf.record(revised)
    assert done.journal is not None
    assert done.proposal is None
    (entry,) = done.journal.entries
    assert entry.kind is EntryKind.RE_PROFILE
    assert {
        (posting.year, posting.account, posting.reason, posting.amount_pence)
        for posting in entry.postings
    } == {
        ("2016/17", Account.AMBER, None, -30 * K),
        ("2016/17", Account.VARIANCE, Reason.SLIPPED, 30 * K),
        ("2017/18", Account.AMBER, None, 30 * K),
        ("2017/18", Account.VARIANCE, Reason.SLIPPED, -30 * K),
    }
    assert all(posting.source is not None for posting in entry.postings)
    moved = {
        place: standing().get(place, 0) - before.get(place, 0) for place in {**before, **standing()}
    }
    assert {place: pence for place, pence in moved.items() if pence} == {
        ("2016/17", Account.AMBER): -30 * K,
        ("2017/18", Account.AMBER): 30 * K,
    }


@pytest.mark.parametrize(
    ("nature", "kind", "decision"),
    [
        (Nature.CORRECTION, EntryKind.SET_TARGET, ""),
        (Nature.RE_TARGET, EntryKind.RE_TARGET, "Cabinet, 4 February 2016, item 6"),
        (Nature.RE_ESTIMATE, EntryKind.RE_ESTIMATE, ""),
    ],
)
def test_each_nature_of_a_change_is_an_entry_of_its_own_kind(
    shelf: Shelf, nature: Nature, kind: EntryKind, decision: str
) -> None:
    """PAP-06. Red of 2018/19 goes from £25,000 to £35,000."""
    upload, _ = shelf.recorded()
    text = PAPER.replace("| | | Red | | | 25 | 25 |", "| | | Red | | | 35 | 35 |")
    revised = shelf.upload(text, "reading-rooms-2.md", revises=upload)
    with pytest.raises(Refused, match="a re-profile only moves"):
        shelf.accept(revised, attributes=None, nature=Nature.RE_PROFILE)
    if decision:
        with pytest.raises(Refused, match="Name the decision"):
            shelf.accept(revised, attributes=None, nature=nature)
    shelf.accept(revised, attributes=None, nature=nature, decision=decision)
    journal = shelf.record(revised, decision=decision).journal
    assert journal is not None
    assert [entry.kind for entry in journal.entries] == [kind]
    assert standing()["2018/19", Account.RED] == 35 * K
    assert journal.decision == decision


def test_a_revised_paper_that_says_the_same_leaves_nothing_to_record(shelf: Shelf) -> None:
    """PAP-06"""
    upload, _ = shelf.recorded()
    revised = shelf.upload(PAPER + "\nA new last sentence.\n", "2.md", revises=upload)
    shelf.accept(revised, attributes=None)
    assert queries.states(revised)[PART, KEY].word == "Accepted: the ledger says so already"
    with pytest.raises(Refused, match="Nothing is accepted here"):
        shelf.record(revised)
    assert journals() == 1


def test_newly_delivered_in_a_revised_paper_is_only_proposed(shelf: Shelf) -> None:
    """PAP-07"""
    upload, _ = shelf.recorded()
    text = PAPER.replace("Green On Target | 30 | 15 |", "Green On Target | 20 | 15 |").replace(
        "Green Delivered | 20 |", "Green Delivered | 30 |"
    )
    revised = shelf.upload(text, "2.md", revises=upload)
    shelf.accept(revised, attributes=None, nature=Nature.RE_RATING)
    done = shelf.record(revised)
    assert done.journal is None
    assert done.proposal is not None
    assert queries.states(revised)[PART, KEY].word == "Waits for a second person"
    assert ("2016/17", Account.GREEN_DELIVERED) not in standing()
    with pytest.raises(Refused, match="settled: waits for a second person"):
        shelf.accept(revised, attributes=None, nature=Nature.RE_RATING)
    # Turned down, it can be decided again.
    ledger.refuse_proposal(done.proposal.pk, by=shelf.holder(shelf.bob), answer="No evidence")
    assert queries.states(revised)[PART, KEY].word == "Turned down by the second person"
    assert Proposal.objects.count() == 2


def test_one_line_of_the_ledger_is_one_line_of_a_paper(shelf: Shelf) -> None:
    """PAP-05"""
    text = PAPER.replace(
        "| TOTAL SAVINGS",
        "| Existing Savings (Faster) | £000's | Green Delivered | | | | |\n"
        "| | | Green On Target | | | | |\n| | | Amber | | 5 | | 5 |\n| | | Red | | | | |\n"
        "| | | Total | | 5 | | 5 |\n| TOTAL SAVINGS",
    )
    upload = shelf.upload(text)
    found = queries.study(upload).part(PART)
    assert found is not None
    assert [line.key for line in found.lines] == [KEY, "proposed-faster"]
    shelf.accept(upload)
    with pytest.raises(Refused, match="Another line of this paper is accepted as LIB-1"):
        operations.accept(
            upload.pk,
            PART,
            "proposed-faster",
            line="LIB-1",
            title="Faster",
            amounts=shelf.amounts(upload, PART, "proposed-faster"),
            attributes=ATTRIBUTES,
            seen=Seen(),
            by=shelf.holder(shelf.carol),
        )


def test_a_paper_does_not_revise_itself_even_by_way_of_another(shelf: Shelf) -> None:
    """PAP-06"""
    first = shelf.upload()
    second = shelf.upload(SLIPPED, "2.md", revises=first)
    with pytest.raises(Refused, match="That paper revises this one"):
        operations.describe(
            first.pk,
            about="project:libraries",
            restriction=Restriction.OFFICERS,
            revises=second,
            by=shelf.holder(shelf.carol),
        )


def test_a_likely_earlier_version_is_suggested_by_title_or_name(shelf: Shelf) -> None:
    """PAP-06"""
    first = shelf.upload()
    assert queries.looks_like_earlier(first, shelf.holder(shelf.carol)) is None
    second = shelf.upload(SLIPPED, "quite another name.md")
    assert queries.looks_like_earlier(second, shelf.holder(shelf.carol)) == first
    third = shelf.upload("| Item | 2016/17 |\n|---|---|\n| A | 1 |\n", "Reading rooms 3.md")
    assert queries.looks_like_earlier(third, shelf.holder(shelf.carol)) == first


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\papers\\a.md", "a.md"),
        ("a\x00b\u202e\n.md", "ab.md"),
        ("  ", "paper"),
        ("x" * 300, "x" * 200),
        ("<b>bold</b>.md", "b>.md"),
    ],
)
def test_a_file_name_is_shown_without_what_cannot_be_seen(given: str, shown: str) -> None:
    """PAP-01"""
    assert operations.clean_name(given) == shown
