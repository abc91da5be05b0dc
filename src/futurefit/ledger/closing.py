"""Which months are closed, and to whom? (rules CLO-01 to CLO-03)

A month is known by its last day. Closing moves no amounts: it settles on which days a change may
still take effect. So a month is a list of steps that people took, and these functions say where
that leaves it on a day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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
    """A step taken on the month that ends on `month`. An UNLOCK lets one person, `who` (their
    number), post up to and including the day `until`.
    """

    step: Step
    month: date
    who: int | None = None
    until: date | None = None


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
