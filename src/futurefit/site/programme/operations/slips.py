"""How is a slip of milestones carried into the savings that hang on them? (rule MIL-02)"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from futurefit.ledger.entries import Draft, Entry, Journal
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.programme import models
from futurefit.site.programme.operations import words as wording
from futurefit.site.programme.operations.keeping import refuse_stale


def accept_slip(
    milestones: Sequence[models.Milestone],
    entries: Sequence[Entry],
    *,
    by: Holder,
    expects: Mapping[str, int],
    seen: Mapping[str, int],
    why: str,
    clock: Callable[[], datetime] = timezone.now,
) -> Journal:
    """Re-profile what hangs on some milestones, and note the days that its savings now follow.

    `expects` gives the last journal of each line as the form showed it, `seen` the newest
    wording of each milestone ("m12"): nobody accepts amounts that they have not seen.
    """
    with exclusive():
        if seen.keys() != {f"m{row.pk}" for row in milestones}:
            raise refuse(
                "PRO-STALE",
                "These savings do not hang on the same milestones any more as when you opened the "
                "form. Look at them as they stand now.",
            )
        for row in milestones:
            refuse_stale(row, str(seen[f"m{row.pk}"]))
        journal = ledger.post(
            Draft(by.post, why, tuple(entries)), by=by, expects=expects, clock=clock
        )
        for row in milestones:
            if row.slips:
                row.profiled_on = row.expected_on
                wording.revise(row, by=by, seen=None, why=f"Journal {journal.number}")
        return journal
