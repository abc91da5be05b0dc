"""Rows hold exactly what the pure library's values hold."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from itertools import count
from operator import attrgetter

import pytest
from django.db.models import Model

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts, chain
from futurefit.ledger import entries as pure
from futurefit.ledger.entries import (
    Account,
    Draft,
    Entry,
    EntryRef,
    LineAttributes,
    LineKind,
    Recurrence,
    Restriction,
    SourceKind,
)
from futurefit.site.ledger import drafts, models, rows
from tests.site.ledger.books import LATER, LIBRARIES, OPENED, ROADS, at, rated

EVERYTHING = Draft(
    by="Head of Libraries",
    checked_by="Finance business partner",
    why="as the “paper” says\r\nin two lines, with =1+1 and £",
    decision="Cabinet, 19 November 2015",
    sources=(
        Provenance("paper.md", "a" * 64, 287, "Savings", 619, 12, 2, 3, "£1,250k"),
        Provenance(sha256="b" * 64),
        Provenance(),
    ),
    entries=(
        acts.open_line("LIB-1", LIBRARIES, on=OPENED),
        acts.open_line(
            "LIB-2",
            LineAttributes(
                theme="estate",
                workstream="hubs",
                owner="Head of Property",
                mtfp_heading="New savings",
                kind=LineKind.INVESTMENT,
                recurrence=Recurrence.ONE_OFF,
                restriction=Restriction.CONFIDENTIAL,
            ),
            on=OPENED,
        ),
        acts.set_target("LIB-1", {"2016/17": 100_00, "2020/21+": -5}, on=OPENED, source=0),
        acts.re_profile(
            "LIB-1",
            10_00,
            rating=Account.UNRATED,
            from_year="2016/17",
            to_year="2017/18",
            on=LATER,
        ),
        replace(rated("LIB-1", 2**53 - 1), relates_to=date(2015, 9, 30)),
        acts.set_capacity("budget", SourceKind.BUDGET_LINE, 0, on=LATER),
        acts.claim("LIB-1", "budget", 0, on=LATER),
        acts.replace("LIB-1", "LIB-2", {"2016/17": 1}, from_rating=Account.AMBER, on=LATER),
        acts.reclassify("LIB-1", ROADS, on=LATER),
        replace(rated("LIB-1", -10_00), reverses=EntryRef(1, 4)),
        Entry(pure.EntryKind.DELIVER, LATER),
        Entry(
            pure.EntryKind.DELIVER,
            LATER,
            evidence=pure.Evidence(pure.EvidenceKind.CONTRACT_VARIATION, 0),
        ),
    ),
)


def sealed(*contents: Draft) -> list[pure.Journal]:
    salts, journals, previous = (str(number) for number in count()), [], chain.GENESIS
    for number, draft in enumerate(contents, start=1):
        journals.append(
            chain.seal(draft, number=number, recorded_at=at(number), previous=previous, salts=salts)
        )
        previous = journals[-1].digest
    return journals


def in_order(journal: pure.Journal) -> pure.Journal:
    return replace(journal, words=tuple(sorted(journal.words, key=attrgetter("field"))))


def test_what_is_inserted_is_read_again(db: None) -> None:
    journals = sealed(EVERYTHING, replace(EVERYTHING, sources=(), checked_by=""), EVERYTHING)
    rows.insert(journals)
    assert list(rows.read(0, 3)) == [in_order(journal) for journal in journals]
    assert list(rows.read(1, 2)) == [in_order(journals[1])]
    assert list(rows.read(3, 9)) == []
    assert chain.verify(rows.read(0, 3)) == []
    assert chain.source_of(next(rows.read(0, 1)), 0) == EVERYTHING.sources[0]


def test_a_journal_of_thousands_of_postings_is_one_journal(db: None) -> None:
    years = {f"{year}/{(year + 1) % 100:02}": 1_00 for year in range(2016, 2026)}
    many = tuple(acts.set_target(f"L{line}", years, on=OPENED) for line in range(300))
    journals = sealed(replace(EVERYTHING, entries=many))
    rows.insert(journals)
    assert models.Posting.objects.count() == 6000
    assert list(rows.read(0, 1)) == [in_order(journals[0])]


def test_a_draft_is_kept_and_read_again() -> None:
    assert drafts.read(drafts.write(EVERYTHING)) == EVERYTHING
    bare = Draft("by", "why", ())
    assert drafts.read(drafts.write(replace(bare, entries=(rated("L", 1),)))).entries == (
        rated("L", 1),
    )


KEYS = {"pk", "journal", "id"}


@pytest.mark.parametrize(
    ("model", "value", "added"),
    [
        (models.Classed, pure.LineAttributes, set()),
        (models.Posting, pure.Posting, {"entry", "place"}),
        # The words of a source are a JournalWord.
        (models.Source, Provenance, {"place"}),
        (models.Commitment, pure.Word, set()),
    ],
)
def test_a_row_has_the_fields_of_its_value(
    model: type[Model], value: type, added: set[str]
) -> None:
    stored = {field.name for field in model._meta.get_fields()} - KEYS
    held = {field.name for field in fields(value)}
    erasable = {"file", "heading", "printed", "salt", "text"}
    assert stored == (held - erasable) | added


def test_an_entry_s_row_has_a_column_for_every_part() -> None:
    stored = {field.name for field in models.Entry._meta.get_fields()} - KEYS
    flat = {field.name for field in fields(pure.Entry)} - {"postings", "attributes"}
    flat |= {field.name for part in (pure.Claim, pure.Capacity) for field in fields(part)}
    flat |= {"reverses_journal", "reverses_entry", "evidence_source"}
    assert stored == (flat | {"place"}) - {"claim", "capacity", "reverses"}


def test_a_journal_s_row_has_the_fields_of_its_value() -> None:
    stored = {field.name for field in models.Journal._meta.concrete_fields}
    assert stored == {field.name for field in fields(pure.Journal)} - {
        "sources",
        "entries",
        "words",
    }
