"""What is an act on the programme, and what does it move between which accounts?

The values of the ledger (rule LED-01). A journal is a header over entries; an entry is one act;
each entry's postings sum to nought within each line and year. Amounts are whole pence, incremental
by financial year, positive when they help the budget gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from futurefit.kernel.provenance import Provenance


class LineKind(StrEnum):
    """What a line is. Totals never mix kinds unless they are headed 'net'."""

    SAVING = "SAVING"
    FUNDING = "FUNDING"
    PRESSURE = "PRESSURE"
    INVESTMENT = "INVESTMENT"
    CAPITAL_RECEIPT = "CAPITAL_RECEIPT"


class SavingClass(StrEnum):
    """How a saving helps. Cost avoidance never closes the gap."""

    CASH_RELEASING = "CASH_RELEASING"
    INCOME = "INCOME"
    COST_AVOIDANCE = "COST_AVOIDANCE"
    SCOPE_REDUCTION = "SCOPE_REDUCTION"
    NOT_STATED = "NOT_STATED"


class SavingType(StrEnum):
    """The tick on the concept paper: deeper, sooner, a new idea, or across directorates."""

    FURTHER = "FURTHER"
    FASTER = "FASTER"
    NEW = "NEW"
    CROSS_CUTTING = "CROSS_CUTTING"
    NOT_STATED = "NOT_STATED"


class Tranche(StrEnum):
    """CURRENT is in the adopted plan, PROPOSED is asked for; the two are never added together."""

    CURRENT = "CURRENT"
    PROPOSED = "PROPOSED"


class Fund(StrEnum):
    """Where the money lands; totals never mix funds."""

    REVENUE = "REVENUE"
    CAPITAL = "CAPITAL"
    RESERVE = "RESERVE"


class Recurrence(StrEnum):
    """Lasting, or for one year only (and unwound in the next)."""

    ONGOING = "ONGOING"
    ONE_OFF = "ONE_OFF"


class Restriction(StrEnum):
    """Who may read a line's words. Restriction hides words, never pounds in totals."""

    PUBLIC = "PUBLIC"
    OFFICERS = "OFFICERS"
    CONFIDENTIAL = "CONFIDENTIAL"


class Account(StrEnum):
    """Where an amount stands. TARGET is the contra of all others."""

    TARGET = "TARGET"
    UNRATED = "UNRATED"
    RED = "RED"
    AMBER = "AMBER"
    GREEN_ON_TARGET = "GREEN_ON_TARGET"
    GREEN_DELIVERED = "GREEN_DELIVERED"
    VARIANCE = "VARIANCE"


RATINGS = (
    Account.UNRATED,
    Account.RED,
    Account.AMBER,
    Account.GREEN_ON_TARGET,
    Account.GREEN_DELIVERED,
)
"""The five rating accounts; their sum is the forecast."""


class Reason(StrEnum):
    """Why an amount stands in VARIANCE (positive when adverse)."""

    UNIDENTIFIED = "UNIDENTIFIED"
    RE_ESTIMATED = "RE_ESTIMATED"
    SLIPPED = "SLIPPED"
    UNDELIVERABLE = "UNDELIVERABLE"
    WITHDRAWN = "WITHDRAWN"
    REPLACED = "REPLACED"
    OVER_ACHIEVED = "OVER_ACHIEVED"


class EntryKind(StrEnum):
    """What an entry does. A reversal keeps the kind of what it reverses."""

    OPEN_LINE = "open_line"
    RECLASSIFY = "reclassify"
    SET_TARGET = "set_target"
    RE_TARGET = "re_target"
    RE_RATE = "re_rate"
    RE_PROFILE = "re_profile"
    RE_ESTIMATE = "re_estimate"
    DELIVER = "deliver"
    WITHDRAW = "withdraw"
    REPLACE = "replace"
    CLAIM = "claim"
    SET_CAPACITY = "set_capacity"


@dataclass(frozen=True, slots=True)
class LineAttributes:
    """Everything a presentation groups a line by. Codes, not names: names are ordinary words.

    A line hangs on exactly one parent: its project if it has one, else its workstream, else its
    theme; the parents above are carried too ("" where there is none). `owner` is a post, never a
    person. Empty text means not stated.
    """

    theme: str = ""
    workstream: str = ""
    project: str = ""
    directorate: str = ""
    service: str = ""
    mtfp_heading: str = ""
    owner: str = ""
    kind: LineKind = LineKind.SAVING
    saving_class: SavingClass = SavingClass.NOT_STATED
    saving_type: SavingType = SavingType.NOT_STATED
    tranche: Tranche = Tranche.PROPOSED
    fund: Fund = Fund.REVENUE
    recurrence: Recurrence = Recurrence.ONGOING
    restriction: Restriction = Restriction.PUBLIC


class SourceKind(StrEnum):
    """What a saving can be taken out of; a source has a base that claims may not exceed."""

    BUDGET_LINE = "BUDGET_LINE"
    CONTRACT = "CONTRACT"
    ASSET = "ASSET"
    POST = "POST"
    TAX_BASE = "TAX_BASE"
    CLIENT_COHORT = "CLIENT_COHORT"


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a source holds: `set_capacity` states (or restates) it. `base_pence` is yearly."""

    source: str
    source_kind: SourceKind
    base_pence: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A line says it takes `basis_points` (of 10,000) of its amount out of `source`. 0 ends a
    claim.
    """

    source: str
    basis_points: int


class EvidenceKind(StrEnum):
    """What shows that an amount is secured (rule PRF-01)."""

    VIREMENT = "VIREMENT"
    CONTRACT_VARIATION = "CONTRACT_VARIATION"
    POST_DELETED = "POST_DELETED"
    INCOME_RECEIVED = "INCOME_RECEIVED"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a delivery rests on. `source` counts from 0 in the journal's sources: the reference of
    the virement, the signed variation, the establishment list or the receipt, whose words can be
    erased like all others.
    """

    kind: EvidenceKind
    source: int


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount in an account of one line and year.

    `year` is a printed financial year ("2016/17"), an open bucket ("2020/21+") or "UNPROFILED".
    `reason` is given for VARIANCE and only there. `source` counts from 0 in the journal's sources.
    """

    line: str
    year: str
    account: Account
    amount_pence: int
    reason: Reason | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True)
class EntryRef:
    """An entry that stands in the chain: journal number, and place (from 0) in the journal."""

    journal: int
    entry: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `line` is the line that open_line, reclassify and claim are about; `replaced_by` the
    line that takes over in a replace; `relates_to` the date a late fact is really about (its own
    `effective_on` must lie in an open month); `evidence` what a delivery rests on.
    """

    kind: EntryKind
    effective_on: date
    postings: tuple[Posting, ...] = ()
    line: str = ""
    attributes: LineAttributes | None = None
    claim: Claim | None = None
    capacity: Capacity | None = None
    replaced_by: str = ""
    reverses: EntryRef | None = None
    relates_to: date | None = None
    evidence: Evidence | None = None

    @property
    def lines(self) -> set[str]:
        """The lines that it is about, or moves."""
        named = (self.line, self.replaced_by, *(posting.line for posting in self.postings))
        return {ref for ref in named if ref}


@dataclass(frozen=True, slots=True)
class Draft:
    """A journal before it is sealed: who, why, by which decision, from which places, doing what.

    `by` and `checked_by` are posts or user names; `checked_by` is the second person where one is
    needed.
    """

    by: str
    why: str
    entries: tuple[Entry, ...]
    checked_by: str = ""
    decision: str = ""
    sources: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """Words kept beside the chain under a salted commitment, so that they can be erased.

    `field` is "by", "checked_by", "why" or "source:N"; `text` and `salt` are None once erased.
    """

    field: str
    commitment: str
    salt: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A sealed journal as it stands in the chain. `sources` hold no words (file, heading, printed):
    those are in `words` under "source:N"; ask `chain.source_of` for the whole place.
    """

    number: int
    recorded_at: datetime
    decision: str
    sources: tuple[Provenance, ...]
    entries: tuple[Entry, ...]
    words: tuple[Word, ...]
    previous: str
    body_digest: str
    digest: str
