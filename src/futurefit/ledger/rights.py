"""Who may post which kind of entry, and what must stand beside it? (rule LED-12)

Leads re-rate and re-profile their own lines; finance sets targets; a delivery needs a second person
from finance; a re-target needs a decision. The site asks this table and nothing else.
"""

from __future__ import annotations

from enum import StrEnum

from futurefit.ledger.entries import EntryKind


class Role(StrEnum):
    """What a person may be. Everybody is at least a VISITOR."""

    VISITOR = "VISITOR"
    COUNCILLOR = "COUNCILLOR"
    PROJECT_LEAD = "PROJECT_LEAD"
    FINANCE_PARTNER = "FINANCE_PARTNER"
    PROGRAMME_OFFICE = "PROGRAMME_OFFICE"


_LEAD = Role.PROJECT_LEAD
_FINANCE = Role.FINANCE_PARTNER
_OFFICE = Role.PROGRAMME_OFFICE

RIGHTS: dict[EntryKind, frozenset[Role]] = {
    EntryKind.OPEN_LINE: frozenset({_LEAD, _FINANCE, _OFFICE}),
    EntryKind.RECLASSIFY: frozenset({_FINANCE, _OFFICE}),
    EntryKind.SET_TARGET: frozenset({_FINANCE}),
    EntryKind.RE_TARGET: frozenset({_FINANCE}),
    EntryKind.RE_RATE: frozenset({_LEAD, _FINANCE, _OFFICE}),
    EntryKind.RE_PROFILE: frozenset({_LEAD, _FINANCE, _OFFICE}),
    EntryKind.RE_ESTIMATE: frozenset({_LEAD, _FINANCE, _OFFICE}),
    EntryKind.DELIVER: frozenset({_LEAD, _FINANCE, _OFFICE}),
    EntryKind.WITHDRAW: frozenset({_FINANCE, _OFFICE}),
    EntryKind.REPLACE: frozenset({_FINANCE, _OFFICE}),
    EntryKind.CLAIM: frozenset({_LEAD, _FINANCE, _OFFICE}),
    EntryKind.SET_CAPACITY: frozenset({_FINANCE}),
}
"""Which roles may post each kind. A lead may do so on lines within their own scope only."""

REVERSERS = frozenset({_FINANCE, _OFFICE})
"""Who may reverse an entry, whatever its kind."""


def may(role: Role, kind: EntryKind, *, reversal: bool = False) -> bool:
    """True when `role` may post an entry of `kind` (or reverse one)."""
    return role in (REVERSERS & RIGHTS[kind] if reversal else RIGHTS[kind])


def limited_to_own_lines(role: Role) -> bool:
    """True when the role may only touch lines within its own scope."""
    return role is _LEAD


def needs_second_person(kind: EntryKind) -> bool:
    """True when somebody from finance, other than the proposer, must check the entry first."""
    return kind is EntryKind.DELIVER


def needs_decision(kind: EntryKind) -> bool:
    """True when the journal must name the decision that allows the entry."""
    return kind is EntryKind.RE_TARGET


def may_check(role: Role) -> bool:
    """True when the role may be the second person."""
    return role is _FINANCE
