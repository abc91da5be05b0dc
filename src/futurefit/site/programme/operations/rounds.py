"""How is a month's round recorded? (rules UPD-01, UPD-02)

Amounts, words and the confirmation are one transaction: all of it stands, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from futurefit.ledger.chain import Head
from futurefit.ledger.entries import Draft, Entry
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import posting
from futurefit.site.ledger.operations.writing import exclusive, refuse, words_changed
from futurefit.site.programme import history, models, queries
from futurefit.site.programme.operations import words as wording


def update_month(
    month: date,
    *,
    by: Holder,
    expects: Mapping[str, int],
    entries: Sequence[Entry] = (),
    words: Iterable[models.Milestone | models.Risk] = (),
    seen: Mapping[str, int] | None = None,
    notes: Mapping[str, str] | None = None,
    why: str = "",
    clock: Callable[[], datetime] = timezone.now,
) -> models.Confirmation:
    """Confirm lines for a month, with whatever changed on them, as one act.

    `expects` names the lines with the last journal of each as the form showed it; `seen` the newest
    wording of each milestone ("m12") and risk ("r5") that it showed. Raises Refused or Stale, and
    then nothing is recorded.
    """
    with exclusive() as head:
        current = ledger_queries.ledger_at(Head(head.number, head.digest))
        known = {ref: current.lines[ref] for ref in expects if ref in current.lines}
        closed = ledger_queries.closed_to(by, timezone.localdate(clock()), known)
        if closed.is_locked(month) or closed.is_soft_closed(month, known):
            raise refuse("LED-LOCKED", f"{month:%B %Y} is closed: nothing is confirmed in it now.")
        if len(known) < len(expects) or set(queries.own_lines(by, current, known)) != set(known):
            raise refuse("LED-NOT-OWN", "You confirm and change your own lines only.")
        if not expects:
            raise refuse("LED-EMPTY", "There is no line to confirm.")
        posting.refuse_stale(current, Draft(by.post, why, ()), expects)
        if stale := history.moved(seen or {}):
            raise refuse(
                "PRO-STALE",
                f"Somebody changed {' and '.join(stale)} since you opened the form. Look at it as "
                "it stands now.",
            )
        journal = None
        if entries:
            draft = Draft(by.post, _why(why, entries, notes or {}), tuple(entries))
            journal = ledger.post(draft, by=by, expects=expects, clock=clock)
        changed = [wording.revise(each, by=by, seen=None, why=why) for each in words]
        words_changed()
        return models.Confirmation.objects.create(
            month=month,
            by=by.post,
            by_user=by.user_id,
            at=clock(),
            lines=sorted(expects),
            notes=dict(notes or {}),
            ledger_number=journal.number if journal else head.number,
            ledger_digest=journal.digest if journal else head.digest,
            journal=journal.number if journal else None,
            words_changed=len(changed),
        )


def _why(why: str, entries: Iterable[Entry], notes: Mapping[str, str]) -> str:
    """The reason of the journal, with what was noted on the lines that it moves."""
    moved = {posting.line for entry in entries for posting in entry.postings}
    noted = [f"{ref}: {note}" for ref, note in sorted(notes.items()) if ref in moved]
    return "\n".join((why, *noted))
