"""How are grants of the transformation fund, and spending of them, recorded? (rule FND-01)"""

from __future__ import annotations

from datetime import date

from futurefit.ledger.entries import LineKind
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import words_changed
from futurefit.site.ledger.operations.writing import exclusive, must_hold, refuse
from futurefit.site.programme import models
from futurefit.site.programme.operations.keeping import save, tell


def record_in_fund(
    entry: models.FundEntry, *, by: Holder, today: date, why: str = ""
) -> models.FundEntry:
    """Keep a grant, or money spent, for an investment line. Only finance does."""
    must_hold(by, Role.FINANCE_PARTNER, to="record what the fund grants and spends")
    with exclusive():
        line = ledger_queries.current_ledger().lines.get(entry.line_ref)
        if line is None or line.kind is not LineKind.INVESTMENT:
            raise refuse("FND-LINE", "Name an investment line of the ledger.", "line_ref")
        if entry.on > today:
            raise refuse("FND-FUTURE", "That day is still to come.", "on")
        return save(entry, by, why)


def strike_from_fund(entry: models.FundEntry, *, by: Holder, why: str) -> None:
    """Take away an entry that should not have been made. Its history stays."""
    must_hold(by, Role.FINANCE_PARTNER, to="take it away")
    if not why.strip():
        raise refuse("PRO-NO-WHY", "Say why it is taken away.", "why")
    with exclusive():
        tell(entry, by, why)
        entry.delete()
        words_changed()
