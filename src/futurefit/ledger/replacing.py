"""May one line take over from another? (rule LED-05)

What one line gains in a year the other loses, and the pounds stay what they were: in the plan or
proposed, in their fund, a saving or a cost. So a replacement moves nothing between sums that are
never added.
"""

from __future__ import annotations

from collections import defaultdict

from futurefit.kernel.money import print_money
from futurefit.ledger.classing import in_force
from futurefit.ledger.entries import Account, Entry, LineAttributes, LineKind
from futurefit.ledger.refusal import Refusal
from futurefit.ledger.state import Ledger

_HELPS = frozenset({LineKind.SAVING, LineKind.FUNDING})


def refusals(ledger: Ledger, entry: Entry) -> list[Refusal]:
    """Why a replacement may not stand; nothing where it may."""
    old, new = entry.line, entry.replaced_by
    if not old or not new or old == new or {p.line for p in entry.postings} - {old, new}:
        return [_refusal("Say which line takes over from which other.", "replaced_by")]
    taken: dict[str, int] = defaultdict(int)
    for posting in entry.postings:
        if posting.account is Account.VARIANCE:
            taken[posting.year] += posting.amount_pence
    found = [
        _refusal(
            f"{year}: what one line gains and the other loses are {print_money(abs(gap))} apart. "
            "Use ‘re-estimate’ for the difference.",
            "amount",
        )
        for year, gap in taken.items()
        if gap
    ]
    if old in ledger.lines and new in ledger.lines:
        # As the lines are classed on the day, and since.
        then = in_force(ledger, old, entry.effective_on), in_force(ledger, new, entry.effective_on)
        for one, other in (then, (ledger.lines[old], ledger.lines[new])):
            differs = objection(one, other) if one and other else ""
            if differs:
                message = f"Line {new} cannot take over from {old}: {differs}."
                return [*found, _refusal(message, "replaced_by")]
    return found


def objection(old: LineAttributes, new: LineAttributes) -> str:
    """What keeps a line from taking over from another, by how they are classed; "" for nothing."""
    if old.tranche is not new.tranche:
        return "one is in the adopted plan, the other is proposed"
    if old.fund is not new.fund:
        return "they are of different funds"
    if old.kind is not new.kind and not {old.kind, new.kind} <= _HELPS:
        return "one is not of the other’s kind"
    return ""


def _refusal(message: str, field: str) -> Refusal:
    return Refusal("LED-REPLACE", message, field)
