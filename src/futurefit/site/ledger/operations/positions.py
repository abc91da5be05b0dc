"""Which positions of the ledger do people refer to by name, and which months are closed?

A month is soft closed, then locked; a locked month is a named position, never a copy (rules CLO-01
to CLO-04). Each act says who did it, and each way back says why.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from futurefit.kernel.money import print_money
from futurefit.ledger import closing, year_end
from futurefit.ledger.chain import Head
from futurefit.ledger.closing import Closing, MonthAct, MonthState, Step
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries
from futurefit.site.ledger.models import LedgerHead, MonthStep, NamedPosition
from futurefit.site.ledger.operations.writing import (
    KEEPERS,
    Refused,
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


def soft_close_month(
    last_day: date, *, by: Holder, why: str = "", clock: Clock = timezone.now
) -> MonthStep:
    """Soft close the month that ends on `last_day`, and all before: only finance still posts to
    them.
    """
    must_hold(by, *KEEPERS, to="close a month")
    with exclusive():
        return _step(MonthAct(Step.SOFT_CLOSE, last_day, by=by.post), why, clock)


def reopen_month(last_day: date, *, by: Holder, why: str, clock: Clock = timezone.now) -> MonthStep:
    """Open a soft closed month again, and all after it, to everybody."""
    must_hold(by, *KEEPERS, to="open a month again")
    _must_say_why(why)
    with exclusive():
        return _step(MonthAct(Step.REOPEN, last_day, by=by.post), why, clock)


def close_month(
    last_day: date, *, by: Holder, why: str = "", clock: Clock = timezone.now
) -> NamedPosition:
    """Lock the month that ends on `last_day`: nothing can take effect in it, or before, any more.

    Facts that come late are dated in the open month and say which date they relate to. A month that
    was unlocked is locked again as a new position, which supersedes the one before.
    """
    must_hold(by, *KEEPERS, to="close a month")
    with exclusive() as head:
        stands = queries.closing()
        _must_be_next(stands, MonthAct(Step.LOCK, last_day, by=by.post), clock)
        state = stands.state(last_day)
        _year_must_be_settled(head, last_day, stands.locked_to, state)
        name = f"{last_day:%B %Y}"
        before = ""
        if state is MonthState.UNLOCKED:
            earlier = NamedPosition.objects.filter(
                kind=NamedPosition.Kind.MONTH, as_at=last_day
            ).order_by("at", "pk")
            count = earlier.count()
            # A month that was locked together with a later one has no position of its own yet.
            if count:
                before = earlier.reverse()[0].name
                name = f"{name} ({count + 1})"
        month = NamedPosition.Kind.MONTH
        return _name(month, name, head, by, last_day, why, clock, supersedes=before)


def unlock_month(
    last_day: date,
    *,
    by: Holder,
    for_post: str,
    for_user: int | None,
    until: date,
    why: str,
    clock: Clock = timezone.now,
) -> MonthStep:
    """Let somebody else post to a locked month, up to and including the day `until`.

    The ledger stays append-only and the month's position stays as it is: what is posted now comes
    after it, and locking the month again names where it then stands.
    """
    must_hold(by, *KEEPERS, to="unlock a month")
    _must_say_why(why)
    # Of somebody who has changed posts meanwhile only the number tells that it is they.
    if for_user is not None and for_user == by.user_id:
        for_post = by.post
    act = MonthAct(Step.UNLOCK, last_day, for_user, until, by.post, for_post.strip())
    with exclusive():
        return _step(act, why, clock)


def _must_be_next(stands: Closing, act: MonthAct, clock: Clock) -> None:
    refused = closing.refuse_step(stands, act, timezone.localdate(clock()))
    if refused is not None:
        raise Refused([refused])


def _must_say_why(why: str) -> None:
    if not why.strip():
        raise refuse("LED-NO-WHY", "Say why: the reason is kept with the month.", "why")


def _year_must_be_settled(
    head: LedgerHead, last_day: date, locked_to: date | None, state: MonthState
) -> None:
    """Refuse to lock the last month of a year of which undelivered amounts are left (YRE-01)."""
    since = closing.first_day(last_day) if state is MonthState.UNLOCKED else locked_to
    ledger = queries.ledger_at(Head(head.number, head.digest))
    left = year_end.outstanding(ledger.at(last_day), last_day, since)
    if left:
        years = sorted({each.year for each in left})
        total = print_money(sum(each.total_pence for each in left))
        raise refuse(
            "YRE-01",
            f"{' and '.join(years)} has ended, and {total} of it is undelivered on "
            f"{len({each.line for each in left})} lines. Say first of each whether it slipped, is "
            "replaced, or is undeliverable.",
            "as_at",
        )


def _step(act: MonthAct, why: str, clock: Clock) -> MonthStep:
    _must_be_next(queries.closing(), act, clock)
    words_changed()
    return MonthStep.objects.create(
        month=act.month,
        step=act.step.value,
        by=act.by,
        at=clock(),
        why=why.strip(),
        for_post=act.post,
        for_user=act.who,
        until=act.until,
    )


def _name(
    kind: NamedPosition.Kind,
    name: str,
    head: LedgerHead,
    by: Holder,
    as_at: date,
    why: str,
    clock: Clock,
    supersedes: str = "",
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
        supersedes=supersedes,
    )
