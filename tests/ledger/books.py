"""A ledger to try things on: Alice leads, Bob is from finance, every post is checked and sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

from futurefit.kernel.years import Horizon
from futurefit.ledger import acts, chain, checks, state
from futurefit.ledger.closing import ALL_OPEN
from futurefit.ledger.entries import (
    Draft,
    Entry,
    EvidenceKind,
    Journal,
    LineAttributes,
    SavingClass,
)
from futurefit.ledger.proof import Proof, completed
from futurefit.ledger.state import Ledger

ALICE, BOB = "Head of Libraries", "Finance business partner"
HORIZON = Horizon(2015, 2019, 2020)
OPENED = date(2015, 8, 1)
TODAY = date(2026, 11, 22)
THEME = LineAttributes(
    theme="estate",
    directorate="BEC",
    mtfp_heading="New savings",
    saving_class=SavingClass.CASH_RELEASING,
)
PROOF = Proof(EvidenceKind.VIREMENT, "Virement BV-0412", SavingClass.CASH_RELEASING)


class Refused(Exception):
    """The ledger did not take a journal; `codes` says why."""

    def __init__(self, refusals: list[checks.Refusal]) -> None:
        super().__init__("; ".join(refusal.message for refusal in refusals))
        self.codes = [refusal.code for refusal in refusals]


class Book:
    """A chain that grows by one checked journal at a time."""

    def __init__(self) -> None:
        self.ledger: Ledger = state.EMPTY
        self.journals: list[Journal] = []
        self.salts: Iterator[str] = (f"salt {number}" for number in count())
        self.closed = ALL_OPEN
        self.horizon = HORIZON

    def post(self, *entries: Entry, proof: Proof = PROOF, **header: object) -> Journal:
        """Post entries as one journal by Bob, checked by Alice; Refused when it may not stand.

        A delivery that names no evidence rests on `proof`.
        """
        draft = Draft(
            **{  # type: ignore[arg-type]
                "by": BOB,
                "checked_by": ALICE,
                "why": "as the paper says",
                "decision": "Cabinet 19 November 2015",
                "entries": entries,
                **header,
            }
        )
        draft = completed(draft, self.ledger, proof)
        refusals = checks.check(
            self.ledger, draft, horizon=self.horizon, today=TODAY, closed=self.closed
        )
        if refusals:
            raise Refused(refusals)
        number = self.ledger.head.number + 1
        journal = chain.seal(
            draft,
            number=number,
            recorded_at=datetime(2016, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
            previous=self.ledger.head.digest,
            salts=self.salts,
        )
        self.journals.append(journal)
        self.ledger = state.extend(self.ledger, [journal])
        return journal

    def open(
        self, line: str, attributes: LineAttributes = THEME, on: date = OPENED, **target: int
    ) -> None:
        """Open a line, and set its unrated target: `y2016=100_00` is £100 from 2016/17."""
        entries = [acts.open_line(line, attributes, on=on)]
        if target:
            amounts = {_label(name): amount for name, amount in target.items()}
            entries.append(acts.set_target(line, amounts, on=on))
        self.post(*entries)


def _label(name: str) -> str:
    start = int(name.removeprefix("y"))
    return f"{start}/{(start + 1) % 100:02}"
