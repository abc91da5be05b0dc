"""Who may change which words of the programme? (rule PRO-01)

The same people as in the ledger: leads their own parts of the programme, finance and the programme
office all of them. Who may move a project on is in `futurefit.programme.lifecycle`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from futurefit.ledger.entries import LineAttributes
from futurefit.ledger.rights import Role
from futurefit.programme.lifecycle import capacities
from futurefit.site.accounts.holders import Holder
from futurefit.site.common.audience import OFFICERS

KEEPERS = frozenset({Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE})
"""Who keeps all words."""
CHALLENGED_BEFORE = (Role.COUNCILLOR, *OFFICERS)
"""Before whom questions, answers and submitted papers stand (rule LIF-08)."""


def roles_on(
    holder: Holder, place: LineAttributes, directorates: Iterable[str] = ()
) -> frozenset[Role]:
    """The roles that count on a part of the programme.

    `place` names its theme, workstream and project; a role held for a directorate counts where that
    directorate has a line.
    """
    found = set(holder.roles_on(place))
    for directorate in directorates:
        found |= holder.roles_on(replace(place, directorate=directorate))
    return frozenset(found)


def may_edit(roles: frozenset[Role]) -> bool:
    """True when somebody with these roles on a part may change its words."""
    return Role.PROJECT_LEAD in roles or not KEEPERS.isdisjoint(roles)


def may_create(holder: Holder) -> bool:
    """True when somebody may write a new concept paper."""
    return may_edit(holder.roles)


def may_read_challenges(holder: Holder) -> bool:
    """True for those before whom questions and their answers stand."""
    return not holder.roles.isdisjoint(CHALLENGED_BEFORE)


def may_read_drafts(holder: Holder) -> bool:
    """True for those before whom an equality assessment stands until it is signed (LIF-06)."""
    return not holder.roles.isdisjoint(OFFICERS)


def may_challenge(roles: frozenset[Role]) -> bool:
    """True when somebody with these roles on a part may ask a question on it (rule LIF-08)."""
    return not (KEEPERS | {Role.COUNCILLOR}).isdisjoint(roles)


def sign_offs(roles: frozenset[Role]) -> tuple[str, ...]:
    """The capacities in which somebody with these roles may sign a project off."""
    return tuple(capacity for capacity, role in capacities().items() if role in roles)
