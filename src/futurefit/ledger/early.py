"""Does anything stand as delivered in a year that has not begun? (rule DEL-01)"""

from __future__ import annotations

from datetime import date

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.kernel.years import FinancialYear, parse_bucket
from futurefit.ledger.entries import Account
from futurefit.ledger.state import Position


def check_delivered_early(position: Position, on: date) -> list[Finding]:
    """One finding for each line and year that was delivered before the year began.

    A saving can be secured early (a contract signed for next year), so this warns and no more.
    """
    delivered: dict[tuple[str, str], int] = {}
    for standing in position.postings(accounts=[(Account.GREEN_DELIVERED, None)]):
        posting = standing.posting
        key = (posting.line, posting.year)
        delivered[key] = delivered.get(key, 0) + posting.amount_pence
    return [
        Finding(
            code="DEL-01",
            severity=Severity.WARNING,
            message=f"Line {line}: {print_money(amount)} of {year} stands as delivered on "
            f"{on.day} {on:%B %Y}, before that year begins.",
            printed=print_money(amount),
            advice="A saving can be secured early. Ask for the evidence.",
        )
        for (line, year), amount in delivered.items()
        if amount and _begins_after(year, on)
    ]


def _begins_after(label: str, on: date) -> bool:
    bucket = parse_bucket(label)
    if bucket is None:
        return False
    first = bucket if isinstance(bucket, FinancialYear) else bucket.first_year
    return first.first_day > on
