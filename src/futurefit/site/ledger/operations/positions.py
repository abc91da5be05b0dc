"""Which positions of the ledger do people refer to by name, and which months are closed?

A month is soft closed, then locked; a locked month is a named position, never a copy (rules CLO-01
to CLO-03). Each act says who did it, and each way back says why.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from futurefit.kernel.money import print_money
from futurefit.ledger import closing, year_end
from futurefit.ledger.chain import Head
from futurefit.ledger.closing import MonthState
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries
from futurefit.site.ledger.models import LedgerHead, MonthStep, NamedPosition
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


def soft_close_month(
    last_day: date, *, by: Holder, why: str = "", clock: Clock = timezone.now
) -> MonthStep:
    """Soft close the month that ends on `last_day`, and all before: only finance still posts to
    them.
    """
    must_hold(by, *KEEPERS, to="close a month")
    _must_be_month(last_day)
    with exclusive():
        state = queries.closing().state(last_day)
        if state is not MonthState.OPEN:
            raise refuse("LED-CLOSED", f"{last_day:%B %Y} is closed already.", "month")
        if last_day > timezone.localdate(clock()):
            raise refuse("LED-FUTURE", f"{last_day:%B %Y} has not ended yet.", "month")
        return _step(MonthStep.Step.SOFT_CLOSE, last_day, by, why, clock)


def reopen_month(last_day: date, *, by: Holder, why: str, clock: Clock = timezone.now) -> MonthStep:
    """Open a soft closed month again, and all after it, to everybody."""
    must_hold(by, *KEEPERS, to="open a month again")
    _must_say_why(why)
    with exclusive():
        if queries.closing().state(last_day) is not MonthState.SOFT_CLOSED:
            raise refuse("LED-NOT-CLOSED", f"{last_day:%B %Y} is not soft closed.", "month")
        return _step(MonthStep.Step.REOPEN, last_day, by, why, clock)


def close_month(
    last_day: date, *, by: Holder, why: str = "", clock: Clock = timezone.now
) -> NamedPosition:
    """Lock the month that ends on `last_day`: nothing can take effect in it, or before, any more.

    Facts that come late are dated in the open month and say which date they relate to. A month that
    was unlocked is locked again as a new position, which supersedes the one before.
    """
    must_hold(by, *KEEPERS, to="close a month")
    _must_be_month(last_day)
    with exclusive() as head:
        stands = queries.closing()
        state = stands.state(last_day)
        if state is MonthState.LOCKED:
            raise refuse(
                "LED-LOCKED",
                f"The months up to {stands.locked_to:%d %B %Y} are closed already.",
                "as_at",
            )
        if state is not MonthState.UNLOCKED and stands.unlocked:
            months = " and ".join(f"{act.month:%B %Y}" for act in stands.unlocked)
            raise refuse("LED-UNLOCKED", f"{months} was unlocked: lock it again first.", "as_at")
        if last_day <= timezone.localdate(clock()):
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
    """Let one person post to a locked month, up to and including the day `until`.

    The ledger stays append-only and the month's position stays as it is: what is posted now comes
    after it, and locking the month again names where it then stands.
    """
    must_hold(by, *KEEPERS, to="unlock a month")
    _must_say_why(why)
    with exclusive():
        stands = queries.closing()
        if stands.state(last_day) is MonthState.OPEN or (
            stands.state(last_day) is MonthState.SOFT_CLOSED
        ):
            raise refuse("LED-NOT-LOCKED", f"{last_day:%B %Y} is not locked.", "month")
        if not for_post.strip():
            raise refuse("LED-NO-PERSON", "Say for whom it is unlocked.", "person")
        today = timezone.localdate(clock())
        if until < today:
            raise refuse("LED-UNTIL", "That day has passed: name today or a later day.", "until")
        if until > (last := today + closing.LONGEST_UNLOCK):
            raise refuse(
                "LED-UNTIL",
                f"A month is unlocked for {closing.LONGEST_UNLOCK.days} days at most: until "
                f"{last:%d %B %Y} at the latest.",
                "until",
            )
        return _step(
            MonthStep.Step.UNLOCK,
            last_day,
            by,
            why,
            clock,
            for_post=for_post,
            for_user=for_user,
            until=until,
        )


def _must_be_month(last_day: date) -> None:
    if not closing.is_month(last_day):
        raise refuse("LED-MONTH", f"{last_day:%d %B %Y} is not the last day of a month.", "as_at")


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


def _step(
    step: MonthStep.Step,
    last_day: date,
    by: Holder,
    why: str,
    clock: Clock,
    **unlocked: object,
) -> MonthStep:
    words_changed()
    return MonthStep.objects.create(
        month=last_day, step=step, by=by.post, at=clock(), why=why.strip(), **unlocked
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
