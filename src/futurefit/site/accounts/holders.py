"""What may this person do, and on which lines?

A `Holder` is a person's roles as a plain value. The tables of `ledger.rights` say which role may
post what; here the scope of the role is laid against the line: a role held for one directorate,
theme, workstream or project counts on the lines that hang there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from futurefit.ledger import rights
from futurefit.ledger.entries import EntryKind, LineAttributes, Restriction
from futurefit.ledger.rights import Role

_OFFICERS = frozenset((Role.PROJECT_LEAD, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE))


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """A role, for the lines whose `dimension` is `code` (all lines, where both are empty)."""

    role: Role
    dimension: str = ""
    code: str = ""

    def covers(self, line: LineAttributes | None) -> bool:
        """True when the role counts on this line (None: on the whole programme)."""
        if not self.dimension:
            return True
        return line is not None and getattr(line, self.dimension) == self.code


@dataclass(frozen=True)
class Holder:
    """Somebody who looks at the site: their post and what they hold. A visitor holds nothing."""

    user_id: int | None = None
    post: str = ""
    holdings: frozenset[Holding] = frozenset()

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Every role they hold anywhere; everybody is at least a visitor."""
        return frozenset((Role.VISITOR, *(holding.role for holding in self.holdings)))

    @cached_property
    def audience_key(self) -> str:
        """The same for everybody who is shown the same: what finished pages are kept under."""
        if self.user_id is None:
            return "visitor"
        held = (f"{h.role}:{h.dimension}:{h.code}" for h in sorted(self.holdings))
        return "signed in|" + "|".join(held)

    def roles_on(self, line: LineAttributes | None) -> frozenset[Role]:
        """The roles that count on one line (None: on the whole programme)."""
        return frozenset(holding.role for holding in self.holdings if holding.covers(line))

    def keeps(self, *roles: Role) -> bool:
        """True when they hold one of these roles for the whole programme (rule LED-12)."""
        return not self.roles_on(None).isdisjoint(roles)

    def may_post(
        self, kind: EntryKind, line: LineAttributes | None, *, reversal: bool = False
    ) -> bool:
        """True when they may post this kind of entry on a line (None: one about no line), or
        reverse one.
        """
        return any(rights.may(role, kind, reversal=reversal) for role in self.roles_on(line))

    def may_post_somewhere(self, kind: EntryKind, *, reversal: bool = False) -> bool:
        """True when there can be a line on which they may post this kind of entry."""
        return any(rights.may(role, kind, reversal=reversal) for role in self.roles)

    def may_check(self, line: LineAttributes) -> bool:
        """True when they may be the second person (the act tests that they are not the first)."""
        return any(rights.may_check(role) for role in self.roles_on(line))

    def may_read(self, line: LineAttributes) -> bool:
        """True when they may read a line's words. Its pounds are in every total, whoever reads."""
        if line.restriction is Restriction.PUBLIC:
            return True
        if line.restriction is Restriction.OFFICERS:
            return not _OFFICERS.isdisjoint(self.roles)
        return not _OFFICERS.isdisjoint(self.roles_on(line))
