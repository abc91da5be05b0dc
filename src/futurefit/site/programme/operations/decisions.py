"""How does a proposal become budget? By a decision that names its baseline. (rule LIF-05)"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from futurefit.ledger.classing import class_anew
from futurefit.ledger.entries import Draft, Journal, Tranche
from futurefit.ledger.refusal import Refusal
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import NamedPosition
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.operations.writing import exclusive
from futurefit.site.programme import queries


@dataclass(frozen=True, slots=True)
class Adopted:
    """What an adoption left behind: the journal that classed the lines, and the baseline."""

    journal: Journal
    baseline: NamedPosition


def adopt(
    parts: Collection[tuple[str, str]],
    *,
    decision: str,
    baseline: str,
    on: date,
    expects: Mapping[str, int],
    by: Holder,
    why: str,
) -> Adopted:
    """Take all proposed lines of some parts, given by dimension and code, into the plan.

    One transaction: the lines are classed as current in one journal that names the decision, and
    the ledger as it then stands is named as the adopted baseline. `expects` gives the last journal
    of each line as it was shown; Refused says everything that stands in the way, Stale which lines
    have moved.
    """
    with exclusive():
        chosen = [
            each
            for each in queries.proposals(on)
            if (each.part.dimension, each.part.code) in set(parts)
        ]
        refused = [
            Refusal("LIF-NOT-APPROVED", words, "parts")
            for each in chosen
            for words in each.holds_up
        ]
        if len(chosen) < len(set(parts)) or not chosen:
            message = "Choose what is adopted: something with proposed lines."
            refused.append(Refusal("LIF-NOTHING", message, "parts"))
        if not decision.strip():
            message = "Name the decision: who decided, when, and under which minute."
            refused.append(Refusal("LIF-DECISION", message, "decision"))
        if refused:
            raise Refused(refused)
        state = ledger_queries.current_ledger()
        lines = [ref for each in chosen for ref in each.lines]
        draft = Draft(
            by.post,
            why,
            tuple(
                entry
                for ref in lines
                for entry in class_anew(state, ref, on=on, tranche=Tranche.CURRENT)
            ),
            decision=decision.strip(),
        )
        seen = {ref: expects.get(ref, 0) for ref in lines}
        journal = ledger.post(draft, by=by, expects=seen)
        after = ledger_queries.current_ledger().lines
        left = [ref for ref in lines if after[ref].tranche is not Tranche.CURRENT]
        if left:
            message = f"{' and '.join(left)} would stay proposed."
            raise Refused([Refusal("LIF-STILL-PROPOSED", message, "parts")])
        named = ledger.name_baseline(baseline, by=by, as_at=on, why=decision.strip())
        return Adopted(journal, named)
