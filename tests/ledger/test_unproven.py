"""Which deliveries of a chain were never proven, or seen by a second person?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts, chain, unproven
from futurefit.ledger.entries import Account, Draft, Evidence, EvidenceKind, Journal
from tests.ledger.books import TODAY

SINCE = unproven.EVIDENCE_SINCE
BARE = acts.deliver("L", {"2016/17": 1_00}, from_rating=Account.AMBER, on=TODAY)
PROVEN = replace(BARE, evidence=Evidence(EvidenceKind.VIREMENT, 0))


def sealed(draft: Draft, *, earlier: int = 0) -> Journal:
    salts = iter(map(str, range(9)))
    at = SINCE - timedelta(seconds=earlier)
    return chain.seal(draft, number=1, recorded_at=at, previous="", salts=salts)


@pytest.mark.parametrize(
    ("entry", "second", "earlier", "codes"),
    [
        (PROVEN, "Bob", 0, []),
        (BARE, "Bob", 0, ["PRF-01"]),
        (PROVEN, "", 0, ["LED-11"]),
        (PROVEN, "Alice", 0, ["LED-11"]),
        (BARE, "Bob", 1, []),  # before the rule
        (BARE, "", 1, ["LED-11"]),
    ],
)
def test_a_delivery_without_evidence_or_second_person_is_found(
    entry: object, second: str, earlier: int, codes: list[str]
) -> None:
    """PRF-01 from its first day on, LED-11 always."""
    draft = Draft("Alice", "so", (entry,), second, sources=(Provenance(file="BV-1"),))  # type: ignore[arg-type]
    found = unproven.findings(sealed(draft, earlier=earlier))
    assert [finding.code for finding in found] == codes


def test_words_that_were_erased_were_given() -> None:
    """LED-09: whose second person was erased was checked, and its draft lacks nothing."""
    journal = sealed(Draft("Alice", "so", (PROVEN,), "Bob", sources=(Provenance(file="BV-1"),)))
    erased = replace(
        journal, words=tuple(replace(word, text=None, salt=None) for word in journal.words)
    )
    assert unproven.findings(erased) == []
    draft = chain.draft_of(erased)
    assert (draft.by, draft.checked_by) == ("erased (by)", "erased (checked_by)")
    assert draft.sources[0].file == "erased (source:0)"
    assert chain.draft_of(journal) == Draft(
        "Alice", "so", (PROVEN,), "Bob", sources=(Provenance(file="BV-1"),)
    )
