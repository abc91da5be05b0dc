"""The whole ledger leaves and comes back the same, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts, chain, package
from futurefit.ledger.entries import Account, Draft, Entry, Evidence, EvidenceKind, SourceKind
from futurefit.ledger.package import NotAPackage
from futurefit.site.ledger import models, operations, proof, queries
from futurefit.site.ledger.models import Ruling
from futurefit.site.ledger.queries import LineWords
from tests.databases import NewDatabase
from tests.site.ledger.books import ALICE, BETH, BOB, CAROL, LATER, ROADS, Book, at, rated


@pytest.fixture
def full(own_book: Book) -> Book:
    """A ledger with something in every file of the package."""
    theme = operations.name_heading("theme", "estate", "One estate", by=CAROL)
    operations.name_heading("project", "libraries", "=Libraries", parent=theme, order=2, by=CAROL)
    operations.name_source("LB", kind=SourceKind.BUDGET_LINE, title="Library budget", by=BOB)
    operations.keep_document("a" * 64, name="paper.md", pages=300)
    own_book.open("LIB-1", y2016=100_00)
    own_book.open("LIB-2", y2016=50_00, y2017=-5_00)
    own_book.post(
        rated("LIB-1", 60_00),
        acts.set_capacity("LB", SourceKind.BUDGET_LINE, 1_000_00, on=LATER),
        acts.claim("LIB-1", "LB", 10_000, on=LATER),
        sources=(Provenance(file="paper.md", page=3, table=2, printed="£100"),),
        why="-1 is a number\rand =2 is not\n",
    )
    own_book.post(
        acts.deliver("LIB-1", {"2016/17": 5_00}, from_rating=Account.AMBER, on=LATER), second=BETH
    )
    operations.edit_words(
        "LIB-1",
        LineWords("Leases", "A story, “quoted”\r\nin two lines", "marginal"),
        by=BOB,
        was=None,
    )
    operations.erase_words(2, ["by"], by=CAROL, why="Asked to be", clock=lambda: at(9))
    operations.name_baseline("Budget", by=BOB, as_at=LATER, clock=lambda: at(8))
    operations.rule(("LIB-1", "LIB-2"), Ruling.Verdict.DIFFERENT, by=BOB, why="Two floors")
    return own_book


def words() -> dict[str, object]:
    """What people read on the site, beside the chain."""
    return {
        "lines": {
            ref: (row.title, row.narrative, row.printed_note, row.opened_in, row.last_journal)
            for ref, row in models.Line.objects.in_bulk().items()
        },
        "headings": queries.headings(),
        "order": list(models.Heading.objects.values_list("code", "order")),
        "programme": models.Programme.objects.values().get(),
        "sources": list(models.ClaimSource.objects.values()),
        "documents": list(models.Document.objects.values_list("sha256", "name", "pages", "url")),
        "positions": list(
            models.NamedPosition.objects.values_list("name", "as_at", "at", "digest")
        ),
        "rulings": {key: ruling.why for key, ruling in queries.rulings().items()},
        "erasures": list(models.Erasure.objects.values_list("journal_id", "field", "at", "why")),
    }


def test_export_is_the_same_bytes_each_time(full: Book) -> None:
    files = operations.export_package()
    assert files == operations.export_package()
    described = json.loads(files["datapackage.json"])
    assert described["ledger_head"] == str(queries.head())
    assert {resource["path"] for resource in described["resources"]} == set(files) - {
        "datapackage.json"
    }
    for resource in described["resources"]:
        header = files[resource["path"]].decode().splitlines()[0]
        assert header == ",".join(field["name"] for field in resource["schema"]["fields"])
    assert b"'=Libraries" in files["headings.csv"]


def test_an_empty_ledger_takes_it_all_in(full: Book, new_database: NewDatabase) -> None:
    files, said, head, journals = (
        operations.export_package(),
        words(),
        queries.head(),
        queries.journals(),
    )
    with new_database():
        assert operations.import_package(files).journals == 4
        assert queries.head() == head
        assert queries.journals() == journals
        assert words() == said
        assert proof.verify(head) == []
        assert operations.export_package() == files
        # The same package again holds nothing new.
        assert operations.import_package(files).journals == 0
        assert operations.export_package() == files
        # And the ledger goes on from there.
        assert Book().re_rate("LIB-1", 1_00, expects=4).number == 5
        assert models.Line.objects.get(ref="LIB-1").history.count() == 1


def test_what_follows_a_shared_beginning_is_taken_in(full: Book, new_database: NewDatabase) -> None:
    early = operations.export_package()
    full.re_rate("LIB-1", 1_00)
    full.post(acts.reclassify("LIB-2", ROADS, on=LATER))
    full.open("LIB-3", y2016=1_00)
    late, head = operations.export_package(), queries.head()
    with new_database():
        operations.import_package(early)
        operations.edit_words("LIB-1", LineWords("Our own title"), by=BOB, was=None)
        assert operations.import_package(late).journals == 3
        assert queries.head() == head
        assert proof.verify(head) == []
        assert queries.line_words()["LIB-1"].title == "Our own title"
        assert queries.line_words()["LIB-3"].title == "Title of LIB-3"
        assert models.Line.objects.get(ref="LIB-2").project == "roads"
        # An older package of the same ledger changes nothing.
        assert operations.import_package(early).journals == 0
        assert queries.head() == head


def test_another_ledger_is_refused(full: Book, new_database: NewDatabase) -> None:
    files = operations.export_package()
    with new_database():
        book = Book()
        book.open("OTHER", y2016=1_00)
        before = operations.export_package()
        with pytest.raises(NotAPackage, match="another ledger"):
            operations.import_package(files)
        assert operations.export_package() == before


def test_the_bare_chain_is_enough(full: Book, new_database: NewDatabase) -> None:
    files = package.write(queries.journals(), name="bare", version="1")
    head = queries.head()
    with new_database():
        assert operations.import_package(files).journals == 4
        assert proof.verify(head) == []
        assert queries.line_words()["LIB-1"] == LineWords("LIB-1")


def edited(files: dict[str, bytes], name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    assert old in files[name]
    return {**files, name: files[name].replace(old, new)}


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("postings.csv", b"6000", b"6001", "changed since it was recorded"),
        ("postings.csv", b"AMBER", b"AMBRE", "postings.csv, journal"),
        ("words.csv", BOB.post.encode(), b"Somebody", "are not those recorded"),
        ("journals.csv", b"\n4,", b"\n5,", "missing or out of order"),
        ("datapackage.json", b'"4:', b'"3:', "cut off or rewritten"),
        ("datapackage.json", b"ledger_head", b"head", "names no head"),
        ("line_words.csv", b"title", b"name", "must begin with the columns"),
        ("line_words.csv", b"Leases", b"\xff", "not UTF-8"),
        ("line_words.csv", b"LIB-2,", b"LIB-2,extra,", "line_words.csv, line 4"),
        ("named_positions.csv", b"2015-11-19", b"19 November", "named_positions.csv, line 2"),
        ("named_positions.csv", b"BASELINE", b"BASELESS", "database refuses"),
        ("named_positions.csv", b",4,", b",3,", "digest that the chain does not hold"),
        ("headings.csv", b"theme,estate,2", b"theme,elsewhere,2", "which is not there"),
    ],
)
def test_a_package_that_was_tampered_with_changes_nothing(
    full: Book, new_database: NewDatabase, name: str, old: bytes, new: bytes, message: str
) -> None:
    files = operations.export_package()
    with new_database():
        before = operations.export_package()
        with pytest.raises(NotAPackage, match=message):
            operations.import_package(edited(files, name, old, new))
        assert operations.export_package() == before
        assert not models.Line.objects.exists()
        assert not models.Heading.objects.exists()


def test_a_missing_file_is_named(full: Book, new_database: NewDatabase) -> None:
    files = operations.export_package()
    del files["entries.csv"]
    with new_database(), pytest.raises(NotAPackage, match=r"entries\.csv is missing"):
        operations.import_package(files)


def beyond(*entries: Entry, second: str = BETH.post, sources: tuple = ()) -> dict[str, bytes]:
    """A package of the ledger here with a journal that nobody here has posted."""
    files = operations.export_package()
    draft = Draft(ALICE.post, "from elsewhere", entries, checked_by=second, sources=sources)
    head = queries.head()
    journal = chain.seal(
        draft,
        number=head.number + 1,
        recorded_at=timezone.now(),
        previous=head.digest,
        salts=iter(map(str, range(99))),
    )
    chained = package.write([*queries.journals(), journal], name="x", version="1")
    return {**files, **chained}


def test_a_ledger_takes_in_only_what_could_have_been_posted_to_it(full: Book) -> None:
    """LED-10: a delivery without evidence or a second person, or in a month that is locked here."""
    delivery = acts.deliver("LIB-1", {"2016/17": 1_00}, from_rating=Account.AMBER, on=LATER)
    proven = replace(delivery, evidence=Evidence(EvidenceKind.VIREMENT, 0))
    paid = (Provenance(file="BV-1"),)
    head = queries.head()
    for files, why in (
        (beyond(delivery), "Say what shows that it is delivered"),
        (beyond(proven, second="", sources=paid), "a second person"),
    ):
        with pytest.raises(NotAPackage, match=rf"Journal 5 could not .*{why}"):
            operations.import_package(files)
    good = beyond(proven, sources=paid)
    operations.close_month(date(2015, 11, 30), by=CAROL)
    with pytest.raises(NotAPackage, match="months up to 30 November 2015 are closed"):
        operations.import_package(good)
    assert queries.head() == head
    operations.unlock_month(
        date(2015, 11, 30),
        by=CAROL,
        for_post="Finance business partner",
        for_user=None,
        until=timezone.localdate(),
        why="What the other office recorded",
    )
    done = operations.import_package(good)
    assert (done.journals, done.findings) == (1, ())


def test_an_unproven_delivery_of_another_ledger_is_told(
    full: Book, new_database: NewDatabase
) -> None:
    """PRF-01, LED-11: it is taken in as it stands there, and verify says so for ever after."""
    delivery = acts.deliver("LIB-1", {"2016/17": 1_00}, from_rating=Account.AMBER, on=LATER)
    files = beyond(delivery, second="")
    with new_database():
        told = operations.import_package(files).findings
        assert [finding.code for finding in told] == ["PRF-01", "LED-11"]
        assert all("Journal 5" in finding.message for finding in told)
        assert tuple(proof.verify()) == told
