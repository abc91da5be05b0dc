"""Is this change within what this person may do? (rule LED-12)

The table of rights is the pure library's, what a person holds is a `Holder` of the accounts; here
the two are laid against every line that a change touches.
"""

from __future__ import annotations

from collections.abc import Iterable

from futurefit.ledger import rights
from futurefit.ledger.entries import Draft, Entry, EntryKind, LineAttributes, Tranche
from futurefit.ledger.refusal import Refusal
from futurefit.ledger.rights import Role
from futurefit.ledger.state import Ledger
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger.models import Proposal

ACTS = {
    EntryKind.OPEN_LINE: "open a line",
    EntryKind.RECLASSIFY: "class a line anew",
    EntryKind.SET_TARGET: "set a target",
    EntryKind.RE_TARGET: "change a target",
    EntryKind.RE_RATE: "re-rate an amount",
    EntryKind.RE_PROFILE: "re-profile an amount",
    EntryKind.RE_ESTIMATE: "re-estimate an amount",
    EntryKind.DELIVER: "record a delivery",
    EntryKind.WITHDRAW: "withdraw an amount",
    EntryKind.REPLACE: "replace a line",
    EntryKind.CLAIM: "claim on a source",
    EntryKind.SET_CAPACITY: "state what a source holds",
}
"""What each kind of entry is called on screen, after 'may'."""

_OPEN_IN_PLAN = "open a line in the adopted plan: open it as proposed"


def refusals(ledger: Ledger, draft: Draft, by: Holder) -> list[Refusal]:
    """Every entry that this person may not post, in words."""
    known = lines_of(ledger, draft)
    found = []
    for entry in draft.entries:
        # A line that is not there is for `checks` to refuse, in its own words.
        lines = {ref: known[ref] for ref in sorted(entry.lines) if ref in known}
        reversal = entry.reverses is not None
        barred = [
            ref
            for ref, line in lines.items()
            if not by.may_post(entry.kind, line, reversal=reversal)
        ]
        # Without any line it is an act about the whole programme.
        if entry.lines:
            may = not barred and by.may_post_somewhere(entry.kind, reversal=reversal)
        else:
            may = by.may_post(entry.kind, None, reversal=reversal)
        if not may:
            found.append(_refusal(entry, by, barred, reversal=reversal))
        elif _opens_in_plan(entry) and not by.may_post(EntryKind.RECLASSIFY, entry.attributes):
            allowed = [role for role in Role if rights.may(role, EntryKind.RECLASSIFY)]
            message = only(allowed, by, to=_OPEN_IN_PLAN)
            found.append(Refusal("LED-RIGHTS", message, "tranche"))
    return list(dict.fromkeys(found))


def check_refusals(ledger: Ledger, draft: Draft, second: Holder) -> list[Refusal]:
    """Why this person may not be the second person of a change; nothing when they may."""
    lines = [ledger.lines[ref] for ref in touched(draft.entries) if ref in ledger.lines]
    if lines and all(map(second.may_check, lines)):
        return []
    return [Refusal("LED-SECOND-PERSON", "The second person must be from finance.", "checked_by")]


def is_same(one: Holder, other: Holder) -> bool:
    """True for the same person, though their post may have changed; posts tell people apart only
    where somebody has no account.
    """
    if one.user_id is None or other.user_id is None:
        return one.post == other.post
    return one.user_id == other.user_id


def proposer(proposal: Proposal) -> Holder:
    """Whoever made a proposal, as they were; what they hold does not count any more."""
    return Holder(proposal.by_user_id, proposal.by)


def proposed(proposal: Proposal, by: Holder) -> bool:
    """True when this is the person who made the proposal."""
    return is_same(proposer(proposal), by)


def second_name(first: Holder, second: Holder) -> str:
    """What the chain calls whoever checked. Two people may share a post, and are told apart."""
    if is_same(first, second):
        return first.post
    return f"{second.post} (another person)" if second.post == first.post else second.post


def lines_of(ledger: Ledger, draft: Draft) -> dict[str, LineAttributes]:
    """What a draft's lines are, those that it opens among them."""
    opened = {
        entry.line: entry.attributes
        for entry in draft.entries
        if entry.kind is EntryKind.OPEN_LINE and entry.attributes is not None
    }
    held = {ref: ledger.lines[ref] for ref in touched(draft.entries) if ref in ledger.lines}
    return opened | held


def touched(entries: Iterable[Entry]) -> set[str]:
    """The lines that entries are about."""
    return {ref for entry in entries for ref in entry.lines}


def _opens_in_plan(entry: Entry) -> bool:
    """True for a line that is opened as current: it is classed by that too."""
    opened = entry.attributes if entry.kind is EntryKind.OPEN_LINE else None
    return opened is not None and opened.tranche is Tranche.CURRENT


def _refusal(entry: Entry, by: Holder, barred: list[str], *, reversal: bool) -> Refusal:
    act = "reverse an entry" if reversal else ACTS[entry.kind]
    if barred and by.may_post_somewhere(entry.kind, reversal=reversal):
        return Refusal(
            "LED-NOT-OWN",
            f"You may {act} on your own lines only, and {' and '.join(barred)} is not one of them. "
            "Ask its lead, or finance.",
            "line",
        )
    allowed = [role for role in Role if rights.may(role, entry.kind, reversal=reversal)]
    return Refusal("LED-RIGHTS", only(allowed, by, to=act))


def only(roles: Iterable[Role], by: Holder, *, to: str) -> str:
    """Who alone may do something, said to somebody who may not: 'Only … may …'."""
    asked = tuple(roles)
    # Whoever holds the role for a part is told that it is asked for the whole.
    whole = "" if by.roles.isdisjoint(asked) else " of the whole programme"
    return f"Only {any_of(asked)}{whole} may {to}."


def any_of(roles: Iterable[Role]) -> str:
    """Roles as words: 'the finance partner or the programme office'."""
    return " or ".join(f"the {role.value.lower().replace('_', ' ')}" for role in roles)
