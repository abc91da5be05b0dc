"""Do a paper's printed totals agree with the ledger that was made from it? (rules CTL-01, CTL-02)

Nobody types a total: what a paper prints is kept as a control total, with its place, and tested
against the postings. Where the two disagree the ledger holds what the detail says, and the printed
figure stands beside it as a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.years import FinancialYear, parse_bucket
from futurefit.ledger.entries import RATINGS, Account
from futurefit.ledger.state import Position


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """An amount as printed, in pence with the ledger's sign, and where it stands."""

    amount_pence: int
    place: Provenance


@dataclass(frozen=True, slots=True)
class Term:
    """Printed amounts that together should equal a part of the ledger's forecast.

    Empty `years` and `ratings` mean all of them.
    """

    what: str
    printed: tuple[PrintedAmount, ...]
    lines: frozenset[str]
    years: frozenset[str] = frozenset()
    ratings: frozenset[Account] = frozenset()


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A statement of a paper: one printed total, or several that fail for one cause."""

    code: str
    terms: tuple[Term, ...]
    advice: str = ""


Cells = Mapping[tuple[str, str, Account], int]
"""Forecast in pence by line, year and rating."""


def cells(position: Position) -> Cells:
    """Every rated (or unrated) amount of a position."""
    found: dict[tuple[str, str, Account], int] = {}
    for standing in position.postings(accounts=[(rating, None) for rating in RATINGS]):
        posting = standing.posting
        key = (posting.line, posting.year, posting.account)
        found[key] = found.get(key, 0) + posting.amount_pence
    return found


def held(amounts: Cells, term: Term) -> int:
    """What the ledger holds of a term, in pence."""
    return sum(
        amount
        for (line, year, rating), amount in amounts.items()
        if line in term.lines
        and (not term.years or year in term.years)
        and (not term.ratings or rating in term.ratings)
    )


def check_totals(amounts: Cells, controls: Iterable[ControlTotal]) -> list[Finding]:
    """One finding for each control total that the ledger does not bear out (rule CTL-01)."""
    found = []
    for control in controls:
        wrong = [
            (term, printed, holds)
            for term in control.terms
            if (printed := sum(p.amount_pence for p in term.printed))
            != (holds := held(amounts, term))
        ]
        if wrong:
            term, printed, holds = wrong[0]
            found.append(
                Finding(
                    code="CTL-01",
                    severity=Severity.ERROR,
                    message="; ".join(_said(*each) for each in wrong) + ".",
                    place=term.printed[0].place,
                    printed=" + ".join(p.place.printed for p in term.printed),
                    expected=print_money(holds),
                    difference=print_money(printed - holds),
                    advice=control.advice
                    or "Compare the cells with the total, and ask the author which is meant.",
                )
            )
    return found


def _said(term: Term, printed: int, holds: int) -> str:
    apart = printed - holds
    return (
        f"{term.what}: {print_money(printed)} is printed where the detail adds to "
        f"{print_money(holds)}, {print_money(abs(apart))} {'more' if apart > 0 else 'less'}"
    )


def check_delivered_early(amounts: Cells, on: date) -> list[Finding]:
    """Amounts that stand as delivered in a year that had not begun on that day (rule CTL-02)."""
    found = []
    for (line, year, rating), amount in amounts.items():
        bucket = parse_bucket(year)
        if rating is not Account.GREEN_DELIVERED or not amount or bucket is None:
            continue
        first = bucket if isinstance(bucket, FinancialYear) else bucket.first_year
        if first.first_day > on:
            found.append(
                Finding(
                    code="CTL-02",
                    severity=Severity.WARNING,
                    message=f"Line {line}: {print_money(amount)} of {year} stands as delivered on "
                    f"{on.day} {on:%B %Y}, before that year begins.",
                    printed=print_money(amount),
                    advice="A saving can be secured early. Ask for the evidence.",
                )
            )
    return found
