"""How is a slip of a milestone carried into the savings that hang on it? (rule MIL-02)"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from futurefit.ledger.entries import Draft, Entry, Journal
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger.operations.writing import exclusive
from futurefit.site.programme import models
from futurefit.site.programme.operations import words as wording


def accept_slip(
    milestone: models.Milestone,
    entries: Sequence[Entry],
    *,
    by: Holder,
    expects: Mapping[str, int],
    why: str,
    clock: Callable[[], datetime] = timezone.now,
) -> Journal:
    """Re-profile what hangs on a milestone, and note the day that its savings now follow."""
    with exclusive():
        journal = ledger.post(
            Draft(by.post, why, tuple(entries)), by=by, expects=expects, clock=clock
        )
        milestone.profiled_on = milestone.done_on or milestone.due_on
        wording.revise(milestone, by=by, seen=None, why=f"Journal {journal.number}")
        return journal
