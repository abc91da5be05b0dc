"""How are grants of the transformation fund, and spending of them, recorded? (rule FND-01)"""

from __future__ import annotations

from datetime import date

from futurefit.ledger.entries import LineAttributes, LineKind
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import words_changed
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.programme import models
from futurefit.site.programme.operations.keeping import save, tell

_TYPED = ("line_ref", "sort", "year", "amount_pence", "on", "decision", "note")


def record_in_fund(
    entry: models.FundEntry, *, by: Holder, today: date, why: str = ""
) -> models.FundEntry:
    """Keep a grant, or money spent, for an investment line. Only its finance partner does. A form
    that is sent twice records once: what it recorded is given back.
    """
    with exclusive():
        line = ledger_queries.current_ledger().lines.get(entry.line_ref)
        if line is None or line.kind is not LineKind.INVESTMENT:
            raise refuse("FND-LINE", "Name an investment line of the ledger.", "line_ref")
        if not may_record(by, line):
            raise refuse(
                "LED-RIGHTS",
                "Only the finance partner of the line may record what the fund grants and spends.",
            )
        if entry.on > today:
            raise refuse("FND-FUTURE", "That day is still to come.", "on")
        if entry.once is None:
            return save(entry, by, why)
        recorded = models.FundEntry.objects.filter(once=entry.once).first()
        if recorded is None:
            return save(entry, by, why)
        if any(getattr(recorded, name) != getattr(entry, name) for name in _TYPED):
            raise refuse(
                "FND-TWICE", f"This form has recorded “{recorded}” already. Open it again for more."
            )
        return recorded


def strike_from_fund(entry: models.FundEntry, *, by: Holder, why: str) -> None:
    """Take away an entry that should not have been made. Its history stays."""
    if not may_record(by, ledger_queries.current_ledger().lines[entry.line_ref]):
        raise refuse("LED-RIGHTS", "Only the finance partner of the line may take it away.")
    if not why.strip():
        raise refuse("PRO-NO-WHY", "Say why it is taken away.", "why")
    with exclusive():
        tell(entry, by, why)
        entry.delete()
        words_changed()


def may_record(by: Holder, line: LineAttributes) -> bool:
    """True when somebody keeps what the fund grants to a line and what is spent on it."""
    return Role.FINANCE_PARTNER in by.roles_on(line)
