"""Which positions of the ledger do people refer to by name?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries
from futurefit.site.ledger.models import LedgerHead, NamedPosition
from futurefit.site.ledger.operations.writing import (
    KEEPERS,
    exclusive,
    must_hold,
    refuse,
    words_changed,
)

Clock = Callable[[], datetime]


def name_baseline(
    name: str, *, by: Holder, as_at: date, why: str = "", clock: Clock = timezone.now
) -> NamedPosition:
    """Name the ledger as it stands now, seen as at a date, as an adopted baseline.

    `why` names the decision that adopted it.
    """
    must_hold(by, *KEEPERS, to="name a baseline")
    with exclusive() as head:
        return _name(NamedPosition.Kind.BASELINE, name, head, by, as_at, why, clock)


def close_month(
    last_day: date, *, by: Holder, why: str = "", clock: Clock = timezone.now
) -> NamedPosition:
    """Close the month that ends on `last_day`: nothing can take effect in it, or before, any more.

    Facts that come late are dated in the open month and say which date they relate to.
    """
    must_hold(by, *KEEPERS, to="close a month")
    if (last_day + timedelta(days=1)).day != 1:
        raise refuse("LED-MONTH", f"{last_day:%d %B %Y} is not the last day of a month.", "as_at")
    with exclusive() as head:
        closed = queries.locked_to()
        if closed is not None and last_day <= closed:
            raise refuse(
                "LED-LOCKED", f"The months up to {closed:%d %B %Y} are closed already.", "as_at"
            )
        name = f"{last_day:%B %Y}"
        return _name(NamedPosition.Kind.MONTH, name, head, by, last_day, why, clock)


def _name(
    kind: NamedPosition.Kind,
    name: str,
    head: LedgerHead,
    by: Holder,
    as_at: date,
    why: str,
    clock: Clock,
) -> NamedPosition:
    name, moment = name.strip(), clock()
    if not name:
        raise refuse("LED-NO-NAME", "Give it a name.", "name")
    if NamedPosition.objects.filter(name=name).exists():
        raise refuse("LED-NAME-TAKEN", f"There is a position named “{name}” already.", "name")
    if as_at > timezone.localdate(moment):
        raise refuse("LED-FUTURE", f"{as_at:%d %B %Y} is still to come.", "as_at")
    words_changed()
    return NamedPosition.objects.create(
        name=name,
        kind=kind,
        as_at=as_at,
        number=head.number,
        digest=head.digest,
        by=by.post,
        at=moment,
        why=why,
    )
