"""Which months are closed, and to whom, and which step may come next? (rules CLO-01 to CLO-04)

A month is known by its last day. Closing moves no amounts: it settles on which days a change may
still take effect. So a month is a list of steps that people took, and these functions say where
that leaves it on a day. `refuse_step` is asked before a step is taken, and of every step that was
taken when the ledger is verified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.ledger.refusal import Refusal

_ONE_DAY = timedelta(days=1)

LONGEST_UNLOCK = timedelta(days=31)
"""How long a locked month is unlocked for somebody at most, counted from the day it is done."""


class MonthState(StrEnum):
    """How far a month has come."""

    OPEN = "OPEN"
    SOFT_CLOSED = "SOFT_CLOSED"
    LOCKED = "LOCKED"
    UNLOCKED = "UNLOCKED"


class Step(StrEnum):
    """What somebody does to a month."""

    SOFT_CLOSE = "SOFT_CLOSE"
    REOPEN = "REOPEN"
    LOCK = "LOCK"
    UNLOCK = "UNLOCK"


@dataclass(frozen=True, slots=True)
class MonthAct:
    """A step taken on the month that ends on `month`, by the post `by`.

    An UNLOCK lets one person, `who` (their number) under the post `post`, post up to and including
    the day `until`.
    """

    step: Step
    month: date
    who: int | None = None
    until: date | None = None
    by: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The days on which a change by one person cannot take effect.

    Up to `locked_to` nobody's can, but within the months `unlocked` for this person; up to
    `soft_to` only finance's can (None where nothing is so closed). `finance_on` are the lines on
    which this person is from finance.
    """

    locked_to: date | None = None
    soft_to: date | None = None
    unlocked: tuple[date, ...] = ()
    finance_on: frozenset[str] = frozenset()

    def is_locked(self, on: date) -> bool:
        """True for a day in a locked month that is not unlocked for this person."""
        if self.locked_to is None or on > self.locked_to:
            return False
        return month_of(on) not in self.unlocked

    def is_soft_closed(self, on: date, lines: Collection[str] = ()) -> bool:
        """True for a day in a month that only finance may still post to, on lines (or on none) on
        which this person is not from finance.
        """
        if self.soft_to is None or on > self.soft_to:
            return False
        if lines and self.finance_on.issuperset(lines):
            return False
        return self.locked_to is None or on > self.locked_to


ALL_OPEN = Closed()


@dataclass(frozen=True, slots=True)
class Closing:
    """Where the months stand: locked up to a day, soft closed up to a day, and those that were
    unlocked and not yet locked again.
    """

    locked_to: date | None = None
    soft_to: date | None = None
    unlocked: tuple[MonthAct, ...] = ()

    def state(self, month: date) -> MonthState:
        """How far the month that ends on a day has come."""
        if self.locked_to is not None and month <= self.locked_to:
            opened = any(act.month == month for act in self.unlocked)
            return MonthState.UNLOCKED if opened else MonthState.LOCKED
        if self.soft_to is not None and month <= self.soft_to:
            return MonthState.SOFT_CLOSED
        return MonthState.OPEN

    def to(
        self,
        who: int | None,
        *,
        is_finance: bool,
        today: date,
        finance_on: Iterable[str] = (),
    ) -> Closed:
        """What is closed to one person on a day, who is from finance for the whole programme or on
        some lines. An unlock ends with its last day.
        """
        return Closed(
            self.locked_to,
            None if is_finance else self.soft_to,
            tuple(
                act.month
                for act in self.unlocked
                if act.who is not None and act.who == who and act.until and today <= act.until
            ),
            frozenset(finance_on),
        )


def fold(acts: Iterable[MonthAct]) -> Closing:
    """Where the months stand after these steps, in the order in which they were taken."""
    locked: date | None = None
    soft: date | None = None
    unlocked: dict[date, MonthAct] = {}
    for act in acts:
        if act.step is Step.LOCK:
            locked = act.month if locked is None else max(locked, act.month)
            unlocked.pop(act.month, None)
        elif act.step is Step.UNLOCK:
            unlocked[act.month] = act
        elif act.step is Step.SOFT_CLOSE:
            soft = act.month if soft is None else max(soft, act.month)
        elif soft is not None:
            soft = min(soft, first_day(act.month) - _ONE_DAY)
    if soft is not None and locked is not None and soft <= locked:
        soft = None
    return Closing(locked, soft, tuple(unlocked[month] for month in sorted(unlocked)))


# --- Steps --------------------------------------------------------------------------------------


def refuse_step(stands: Closing, act: MonthAct, on: date) -> Refusal | None:
    """Why a step may not be taken on a day, where the months stand so; None when it may."""
    name, state = f"{act.month:%B %Y}", stands.state(act.month)
    if not is_month(act.month):
        return Refusal(
            "LED-MONTH", f"{act.month:%d %B %Y} is not the last day of a month.", "month"
        )
    if act.step is Step.REOPEN:
        if state is not MonthState.SOFT_CLOSED:
            return Refusal("LED-NOT-CLOSED", f"{name} is not soft closed.", "month")
        return None
    if act.step is Step.UNLOCK:
        return _refuse_unlock(act, state, on)
    if act.step is Step.SOFT_CLOSE and state is not MonthState.OPEN:
        return Refusal("LED-CLOSED", f"{name} is closed already.", "month")
    if act.step is Step.LOCK and state is MonthState.LOCKED:
        return Refusal(
            "LED-LOCKED", f"The months up to {stands.locked_to:%d %B %Y} are closed already."
        )
    if act.step is Step.LOCK and state is not MonthState.UNLOCKED and stands.unlocked:
        months = " and ".join(f"{each.month:%B %Y}" for each in stands.unlocked)
        return Refusal("LED-UNLOCKED", f"{months} was unlocked: lock it again first.")
    if act.month > on:
        return Refusal("LED-FUTURE", f"{name} has not ended yet.", "month")
    return None


def _refuse_unlock(act: MonthAct, state: MonthState, on: date) -> Refusal | None:
    if state not in (MonthState.LOCKED, MonthState.UNLOCKED):
        return Refusal("LED-NOT-LOCKED", f"{act.month:%B %Y} is not locked.", "month")
    if not act.post:
        return Refusal("LED-NO-PERSON", "Say for whom it is unlocked.", "person")
    if act.post == act.by:
        return Refusal(
            "LED-SAME-PERSON",
            "Who unlocks a month and who then posts to it are two people: name somebody else, or "
            "ask somebody else to unlock it for you.",
            "person",
        )
    if act.until is None or act.until < on:
        return Refusal("LED-UNTIL", "That day has passed: name today or a later day.", "until")
    if act.until > (last := on + LONGEST_UNLOCK):
        return Refusal(
            "LED-UNTIL",
            f"A month is unlocked for {LONGEST_UNLOCK.days} days at most: until {last:%d %B %Y} at "
            "the latest.",
            "until",
        )
    return None


def check_steps(taken: Iterable[tuple[date, MonthAct]]) -> list[Finding]:
    """One finding for each step, of all that were taken and on which day, in order, that the rules
    refuse where the months then stood.

    For whom and until when a month was unlocked was not always refused: that is a warning.
    """
    found: list[Finding] = []
    before: list[MonthAct] = []
    for on, act in taken:
        stands = fold(before)
        refused = refuse_step(stands, act, on)
        if refused is not None:
            found.append(_finding(stands, act, on, refused))
        before.append(act)
    return found


def _finding(stands: Closing, act: MonthAct, on: date, refused: Refusal) -> Finding:
    is_lax = refused.code in ("LED-SAME-PERSON", "LED-UNTIL")
    return Finding(
        code="CLO-04" if refused.code == "LED-SAME-PERSON" else "CLO-02",
        severity=Severity.WARNING if is_lax else Severity.ERROR,
        message=f"{act.month:%B %Y} was {_DONE[act.step]} on {on:%d %B %Y} by "
        f"{act.by or 'nobody named'}, against the rules of closing. {refused.message}",
        place=Provenance(heading=f"Steps of {act.month:%B %Y}"),
        printed=f"{_DONE[act.step]}, while {_STATES[stands.state(act.month)]}",
        expected=_EXPECTED[act.step],
        advice="Have a second person look at what was posted to the month meanwhile."
        if is_lax
        else "Find out who wrote this step into the database, and look at what took effect in the "
        "month since.",
    )


_DONE = {
    Step.SOFT_CLOSE: "soft closed",
    Step.REOPEN: "opened again",
    Step.LOCK: "locked",
    Step.UNLOCK: "unlocked",
}
_STATES = {
    MonthState.OPEN: "open",
    MonthState.SOFT_CLOSED: "soft closed",
    MonthState.LOCKED: "locked",
    MonthState.UNLOCKED: "unlocked",
}
_EXPECTED = {
    Step.SOFT_CLOSE: "an open month that has ended",
    Step.REOPEN: "a soft closed month",
    Step.LOCK: "a month that has ended and is not locked, and no other that is unlocked",
    Step.UNLOCK: "a locked month, for somebody else, until a day of the next 31",
}

# --- Months -------------------------------------------------------------------------------------


def month_of(day: date) -> date:
    """The last day of the month that a day lies in: what the month is known by."""
    following = day.replace(day=28) + timedelta(days=4)
    return following.replace(day=1) - _ONE_DAY


def first_day(month: date) -> date:
    """The first day of the month that ends on a day."""
    return month.replace(day=1)


def next_month(month: date) -> date:
    """The month after."""
    return month_of(month + _ONE_DAY)


def is_month(day: date) -> bool:
    """True for the last day of a month."""
    return month_of(day) == day


def months_between(first: date, last: date) -> list[date]:
    """The months from the one that holds `first` to the one that holds `last`."""
    found = [month_of(first)]
    while found[-1] < month_of(last):
        found.append(next_month(found[-1]))
    return found
