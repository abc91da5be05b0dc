"""What does a paper propose, before anybody has accepted it? (rule REC-01)

A candidate is what we think a part of a document says, cell by cell, with every doubt said. It is
never posted by itself: a person accepts it, edits it or rejects it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from futurefit.kernel.findings import Finding
from futurefit.kernel.provenance import Provenance
from futurefit.ledger.entries import Account, LineAttributes

Meaning = str | int | date | bool | None
"""What printed words mean, where they mean more than words: an amount in whole pence, a day,
a tick."""


class PaperKind(StrEnum):
    """What a part of a document is."""

    PROJECT = "project concept paper"
    THEME = "theme concept paper"
    SAVINGS_SCHEDULE = "savings schedule"
    MTFP = "MTFP table"
    CONTRACTS = "contract list"
    DECISION = "decision notice"


@dataclass(frozen=True, slots=True)
class Said:
    """Something a paper says: the words as printed, where, and what they mean if more than words.

    `doubt` says why the reading may be wrong; empty when there is none.
    """

    text: str
    place: Provenance
    meaning: Meaning = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class AmountCandidate:
    """One printed amount: in which account and year it would stand, in whole pence.

    Signed as the ledger signs it: positive when it helps the budget gap. `year` is a financial
    year, an open bucket or "UNPROFILED". A printed nil is an amount of nought, which is never
    posted; a blank cell is no amount. `also` holds the other places that print the same amount.
    """

    account: Account
    year: str
    pence: int
    said: Said
    also: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class TotalCandidate:
    """A printed total: never posted, kept to test the amounts against. `year` is "" for all years,
    `account` None for all accounts. A paper's own totals name in `lines` the keys that they add up.
    """

    account: Account | None
    year: str
    pence: int
    said: Said
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineCandidate:
    """A line of the ledger that a paper proposes, with its amounts.

    `key` is stable between versions of the same paper ("current", "proposed-new", "1a"), so that a
    revised paper can be compared with what was accepted before. Codes of the parents that the
    paper cannot know are left empty in `attributes`. `ref` is the reference that the paper prints
    for it, where it prints one; two lines may carry the same. `others` is what else its row says,
    by the heading of the column ("Lead", "FTE"), and as "section" the heading within the table
    that it stands under.
    """

    key: str
    title: Said
    attributes: LineAttributes
    amounts: tuple[AmountCandidate, ...]
    totals: tuple[TotalCandidate, ...] = ()
    doubts: tuple[str, ...] = ()
    ref: Said | None = None
    others: Mapping[str, Said] = field(default_factory=dict)


Statement = Mapping[str, Said]
"""One row of a part: {"what": …, "due": …} for a milestone, {"what": …, "mitigation": …} for a
risk."""


@dataclass(frozen=True, slots=True)
class PaperCandidate:
    """A recognised part of a document.

    `fields` holds what the template asks for once ("purpose", "saving_type"), each one or more
    times said; `parts` its lists ("milestone", "risk", "sign_off", "measure", "support",
    "workstream", "contract", "decision"). `missing` names required fields and parts that were not
    found. `findings` are the doubts of the reading (places that look like the template and cannot
    be read). `totals` are the printed totals over several lines.

    `presentation_of` names the paper whose lines this one only groups anew (a plan's table over the
    savings of a schedule): its lines test that paper and are never posted beside it.
    """

    template: str
    kind: PaperKind
    title: Said
    place: Provenance
    fields: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    lines: tuple[LineCandidate, ...] = ()
    parts: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    totals: tuple[TotalCandidate, ...] = ()
    presentation_of: str = ""
