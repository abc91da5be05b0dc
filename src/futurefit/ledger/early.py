"""Was anything recorded as delivered before its year began? (rule DEL-01)"""

from __future__ import annotations

from datetime import date

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.kernel.years import FinancialYear, parse_bucket
from futurefit.ledger.entries import Account, EntryRef
from futurefit.ledger.state import Position


def check_delivered_early(position: Position) -> list[Finding]:
    """One finding for each line and year of which a part was delivered before the year began.

    A saving can be secured early (a contract signed for next year), so this warns and no more.
    """
    early: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], date] = {}
    for standing in position.postings(accounts=[(Account.GREEN_DELIVERED, None)]):
        posting, on = standing.posting, standing.effective_on
        first_day = _first_day(posting.year)
        holds = position.holds_good(EntryRef(standing.journal, standing.entry))
        if holds and first_day is not None and on < first_day:
            key = (posting.line, posting.year)
            early[key] = early.get(key, 0) + posting.amount_pence
            last[key] = max(on, last.get(key, on))
    return [
        Finding(
            code="DEL-01",
            severity=Severity.WARNING,
            message=f"Line {line}: {print_money(amount)} of {year} stood as delivered on "
            f"{last[line, year].day} {last[line, year]:%B %Y}, before that year began.",
            printed=print_money(amount),
            advice="A saving can be secured early. Ask for the evidence.",
        )
        for (line, year), amount in early.items()
        if amount
    ]


def _first_day(label: str) -> date | None:
    bucket = parse_bucket(label)
    if bucket is None:
        return None
    first = bucket if isinstance(bucket, FinancialYear) else bucket.first_year
    return first.first_day
