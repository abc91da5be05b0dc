"""What must stand behind an amount before it counts as delivered? (rules PRF-01, PRF-02)

Councils report savings that were never made; so a delivery names its evidence, a saving says how it
helps, and a second person, from finance, has looked at both (rule LED-12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from futurefit.kernel.money import print_money
from futurefit.kernel.provenance import Provenance
from futurefit.ledger import rights, state
from futurefit.ledger.classing import class_anew
from futurefit.ledger.entries import (
    Account,
    Draft,
    Entry,
    EntryKind,
    Evidence,
    EvidenceKind,
    LineAttributes,
    LineKind,
    SavingClass,
)
from futurefit.ledger.refusal import Refusal
from futurefit.ledger.state import Ledger

NEEDS_SECOND_PERSON = "LED-SECOND-PERSON"
NEEDS_EVIDENCE = "LED-EVIDENCE"
NEEDS_CLASS = "LED-CLASS"

_DELIVERING = frozenset({EntryKind.DELIVER, EntryKind.SET_TARGET})


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody brings to a delivery: the evidence, its reference ("Virement BV-0412"), and how
    the saving helps where its line does not say so yet.
    """

    kind: EvidenceKind | None = None
    reference: str = ""
    saving_class: SavingClass = SavingClass.NOT_STATED


NOTHING = Proof()
"""For a proposal that came with all it needs."""


def refusals(
    lines: Mapping[str, LineAttributes], sources: Sequence[Provenance], entry: Entry
) -> list[Refusal]:
    """Why a delivery is not proven; nothing for one that is, for a reversal or another kind."""
    if entry.evidence is not None and entry.kind is not EntryKind.DELIVER:
        return [Refusal("LED-SHAPE", f"“{entry.kind}” rests on no evidence.")]
    if entry.kind is not EntryKind.DELIVER or entry.reverses is not None:
        return []
    found = []
    if entry.evidence is None:
        found.append(
            Refusal(
                NEEDS_EVIDENCE,
                "Say what shows that it is delivered: a budget virement, a signed contract "
                "variation, a deleted post or income received, with its reference.",
                "evidence",
            )
        )
    elif not 0 <= entry.evidence.source < len(sources) or not sources[entry.evidence.source].file:
        found.append(
            Refusal(NEEDS_EVIDENCE, "Give the reference of the evidence.", "evidence_reference")
        )
    return found + [
        Refusal(
            NEEDS_CLASS,
            f"Line {line} does not say how it helps. Before it counts as delivered it is a "
            "cash-releasing efficiency, income, cost avoidance or a scope reduction.",
            "saving_class",
        )
        for line in unclassed(lines, [entry])
    ]


def unclassed(lines: Mapping[str, LineAttributes], entries: Sequence[Entry]) -> list[str]:
    """The savings among the lines that a draft delivers on which do not say how they help."""
    return sorted(
        {
            posting.line
            for entry in entries
            if entry.kind is EntryKind.DELIVER and entry.reverses is None
            for posting in entry.postings
            if (line := lines.get(posting.line)) is not None
            and line.kind is LineKind.SAVING
            and line.saving_class is SavingClass.NOT_STATED
        }
    )


def unproven(entries: Sequence[Entry]) -> bool:
    """True when a draft delivers something without evidence."""
    return any(
        entry.kind is EntryKind.DELIVER and entry.reverses is None and entry.evidence is None
        for entry in entries
    )


def completed(draft: Draft, ledger: Ledger, proof: Proof) -> Draft:
    """The draft with what the second person brought; what it says already stays as it is."""
    entries = list(draft.entries)
    sources = draft.sources
    if unproven(entries) and proof.kind is not None and proof.reference.strip():
        evidence = Evidence(proof.kind, len(sources))
        sources = (*sources, Provenance(file=proof.reference.strip()))
        entries = [
            replace(entry, evidence=evidence) if unproven([entry]) else entry for entry in entries
        ]
    if proof.saving_class is not SavingClass.NOT_STATED:
        entries = [
            classed
            for line in unclassed(ledger.lines, entries)
            for classed in class_anew(
                ledger,
                line,
                on=min(entry.effective_on for entry in entries if _moves(entry, line)),
                saving_class=proof.saving_class,
            )
        ] + entries
    return replace(draft, entries=tuple(entries), sources=sources)


def _moves(entry: Entry, line: str) -> bool:
    return any(posting.line == line for posting in entry.postings)


def needs_second_person(ledger: Ledger, entries: Sequence[Entry]) -> bool:
    """True when somebody from finance must check the entries first: a delivery, its reversal, and
    whatever else puts back as delivered what was taken off (rule LED-11).
    """
    if any(rights.needs_second_person(entry.kind) for entry in entries):
        return True
    return bool(_rises(ledger, entries, [entry for entry in entries if entry.reverses is not None]))


def beside_a_delivery(ledger: Ledger, draft: Draft) -> list[Refusal]:
    """Refusals where more is delivered after a draft, on any line and in any year, without a
    delivery. Others may take of what is delivered; a target may be set as delivered already, and
    a reversal, with a second person, puts back what stood (rule LED-11).
    """
    others = [e for e in draft.entries if e.reverses is None and e.kind not in _DELIVERING]
    found = [
        Refusal(
            "LED-DELIVERY",
            f"Line {line}, {year}: this would add {print_money(pence)} to what is delivered, which "
            "only a delivery does, with a second person. Put it under another rating, then deliver "
            "it.",
            "account",
        )
        for (line, year), pence in _rises(ledger, draft.entries, others).items()
    ]
    if not draft.checked_by.strip() and needs_second_person(ledger, draft.entries):
        found.append(
            Refusal(
                NEEDS_SECOND_PERSON,
                "This puts an amount back as delivered: a second person, from finance, must check "
                "it.",
                "checked_by",
            )
        )
    return found


def _rises(
    ledger: Ledger, entries: Sequence[Entry], some: Sequence[Entry]
) -> dict[tuple[str, str], int]:
    """By how much, sign aside, some of the entries raise what is delivered, by line and year."""
    moved = [e for e in some if any(p.account is Account.GREEN_DELIVERED for p in e.postings)]
    if not moved:
        return {}
    lines = {posting.line for entry in moved for posting in entry.postings}
    without, after = (
        state.overlay(ledger, each).now.by_line_and_year(
            lines=lines, accounts=[(Account.GREEN_DELIVERED, None)]
        )
        for each in ([entry for entry in entries if entry not in moved], entries)
    )
    grown = {
        (line, year): abs(pence) - abs(without.get(line, {}).get(year, 0))
        for line, years in after.items()
        for year, pence in years.items()
    }
    return {place: pence for place, pence in grown.items() if pence > 0}
