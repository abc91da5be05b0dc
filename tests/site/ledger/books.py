"""A stored ledger to try things on, and the people who do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from futurefit.ledger import acts
from futurefit.ledger.entries import (
    Account,
    Draft,
    Entry,
    EvidenceKind,
    Journal,
    LineAttributes,
    SavingClass,
)
from futurefit.ledger.proof import Proof, completed
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.ledger import operations, queries
from futurefit.site.ledger.queries import LineWords

ALICE = Holder(
    1, "Head of Libraries", frozenset({Holding(Role.PROJECT_LEAD, "project", "libraries")})
)
BOB = Holder(2, "Finance business partner", frozenset({Holding(Role.FINANCE_PARTNER)}))
BETH = Holder(3, "Chief accountant", frozenset({Holding(Role.FINANCE_PARTNER)}))
CAROL = Holder(4, "Programme office", frozenset({Holding(Role.PROGRAMME_OFFICE)}))
CHARLIE = Holder(5, "Head of Highways", frozenset({Holding(Role.PROJECT_LEAD, "project", "roads")}))
DAVE = Holder(6, "Councillor", frozenset({Holding(Role.COUNCILLOR)}))

OPENED = date(2015, 8, 1)
LATER = date(2015, 11, 19)
LIBRARIES = LineAttributes(
    project="libraries",
    directorate="BEC",
    service="Libraries",
    saving_class=SavingClass.CASH_RELEASING,
)
ROADS = replace(LIBRARIES, project="roads", service="Highways")
PROOF = Proof(EvidenceKind.VIREMENT, "Virement BV-0412")


class Book:
    """A programme from 2016/17 to 2019/20 and later, and short ways to post to it."""

    def __init__(self) -> None:
        operations.set_programme(
            name="FutureFit",
            council="Example County Council",
            first_year=2016,
            last_year=2019,
            open_from=2020,
            by=CAROL,
        )

    def post(
        self,
        *entries: Entry,
        by: Holder = BOB,
        expects: Mapping[str, int] | None = None,
        words: Mapping[str, LineWords] | None = None,
        second: Holder | None = None,
        why: str = "as the paper says",
        decision: str = "",
        **header: object,
    ) -> Journal:
        """Post entries as one journal, by Bob unless somebody else is named.

        A delivery that names no evidence rests on `PROOF`.
        """
        draft = Draft(by.post, why, entries, decision=decision, **header)  # type: ignore[arg-type]
        draft = completed(draft, queries.current_ledger(), PROOF)
        return operations.post(draft, by=by, expects=expects, second=second, words=words)

    def open(
        self, line: str, attributes: LineAttributes = LIBRARIES, *, by: Holder = BOB, **target: int
    ) -> Journal:
        """Open a line with an unrated target: `y2016=100_00` is £100 from 2016/17."""
        entries = [acts.open_line(line, attributes, on=OPENED)]
        if target:
            amounts = {year_of(name): amount for name, amount in target.items()}
            entries.append(acts.set_target(line, amounts, on=OPENED))
        return self.post(*entries, by=by, words={line: LineWords(f"Title of {line}")})

    def re_rate(
        self, line: str, pence: int, *, by: Holder = BOB, expects: int | None = None
    ) -> Journal:
        """Move an unrated amount of 2016/17 to amber."""
        return self.post(
            rated(line, pence), by=by, expects=None if expects is None else {line: expects}
        )


def rated(line: str, pence: int) -> Entry:
    """An amount of 2016/17 moves from unrated to amber."""
    return acts.re_rate(
        line,
        {"2016/17": pence},
        from_rating=Account.UNRATED,
        to_rating=Account.AMBER,
        on=LATER,
    )


def year_of(name: str) -> str:
    """`y2016` is 2016/17."""
    start = int(name.removeprefix("y"))
    return f"{start}/{(start + 1) % 100:02}"


def balance(line: str, account: Account, year: str = "2016/17") -> int:
    """What stands in an account of a line and year now."""
    postings = queries.current_ledger().now.postings(
        lines=[line], years=[year], accounts=[(account, None)]
    )
    return sum(standing.posting.amount_pence for standing in postings)


def at(day: int, hour: int = 12) -> datetime:
    """A moment of January 2016."""
    return datetime(2016, 1, day, hour, tzinfo=UTC)
