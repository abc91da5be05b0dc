"""Which months are closed, and to whom? (rules CLO-01 to CLO-04)"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from futurefit.kernel.findings import Severity
from futurefit.ledger.closing import (
    ALL_OPEN,
    Closed,
    Closing,
    MonthAct,
    MonthState,
    Step,
    check_steps,
    fold,
    month_of,
    months_between,
    next_month,
)

OCT, NOV, DEC = date(2015, 10, 31), date(2015, 11, 30), date(2015, 12, 31)
TODAY = date(2015, 12, 10)
ALICE = 7


def states(closing: Closing) -> list[MonthState]:
    return [closing.state(month) for month in (OCT, NOV, DEC)]


N, S, L, U = MonthState.OPEN, MonthState.SOFT_CLOSED, MonthState.LOCKED, MonthState.UNLOCKED


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], [N, N, N]),
        ([(Step.SOFT_CLOSE, NOV)], [S, S, N]),
        ([(Step.SOFT_CLOSE, NOV), (Step.REOPEN, NOV)], [S, N, N]),
        ([(Step.SOFT_CLOSE, NOV), (Step.LOCK, OCT)], [L, S, N]),
        ([(Step.SOFT_CLOSE, OCT), (Step.LOCK, NOV)], [L, L, N]),
        ([(Step.LOCK, NOV), (Step.UNLOCK, OCT)], [U, L, N]),
        ([(Step.LOCK, NOV), (Step.UNLOCK, OCT), (Step.LOCK, OCT)], [L, L, N]),
        ([(Step.LOCK, NOV), (Step.SOFT_CLOSE, DEC), (Step.REOPEN, DEC)], [L, L, N]),
    ],
)
def test_steps_carry_months_from_open_to_locked_and_back(
    acts: list[tuple[Step, date]], expected: list[MonthState]
) -> None:
    """CLO-02."""
    assert states(fold(MonthAct(step, month) for step, month in acts)) == expected


def test_a_soft_closed_month_is_closed_to_all_but_finance() -> None:
    """CLO-01."""
    closing = fold([MonthAct(Step.LOCK, OCT), MonthAct(Step.SOFT_CLOSE, NOV)])
    lead = closing.to(ALICE, is_finance=False, today=TODAY)
    finance = closing.to(None, is_finance=True, today=TODAY)
    assert (lead.is_soft_closed(NOV), finance.is_soft_closed(NOV)) == (True, False)
    assert not lead.is_soft_closed(date(2015, 12, 1))
    assert lead.is_locked(OCT)
    assert finance.is_locked(OCT)
    assert not lead.is_locked(NOV)
    assert not lead.is_soft_closed(OCT)  # it is locked: that is what is said


def test_an_unlock_is_for_one_person_one_month_and_ends_with_its_day() -> None:
    """CLO-01."""
    closing = fold([MonthAct(Step.LOCK, NOV), MonthAct(Step.UNLOCK, OCT, who=ALICE, until=TODAY)])

    def locked(who: int | None, day: date, today: date = TODAY) -> bool:
        return closing.to(who, is_finance=False, today=today).is_locked(day)

    assert not locked(ALICE, date(2015, 10, 1))
    assert locked(ALICE, date(2015, 9, 30))
    assert locked(ALICE, date(2015, 11, 1))
    assert locked(ALICE, OCT, today=date(2015, 12, 11))
    assert locked(8, OCT)
    assert locked(None, OCT)


def test_nothing_is_closed_at_first() -> None:
    assert fold([]).to(ALICE, is_finance=False, today=TODAY) == ALL_OPEN == Closed()
    assert not ALL_OPEN.is_locked(date.min)
    assert not ALL_OPEN.is_soft_closed(date.min)


def test_a_month_is_known_by_its_last_day() -> None:
    assert month_of(date(2016, 2, 1)) == date(2016, 2, 29)
    assert month_of(DEC) == DEC
    assert next_month(DEC) == date(2016, 1, 31)
    assert months_between(date(2015, 11, 19), date(2016, 1, 1)) == [NOV, DEC, date(2016, 1, 31)]


# --- Every step that was taken, looked at again ---------------------------------------------------

LOCKED = MonthAct(Step.LOCK, NOV, by="Finance")
OPENED = MonthAct(Step.UNLOCK, NOV, ALICE, date(2016, 1, 5), by="Finance", post="Lead")


@pytest.mark.parametrize(
    ("acts", "refused"),
    [
        ([MonthAct(Step.SOFT_CLOSE, NOV), MonthAct(Step.REOPEN, NOV), LOCKED, OPENED], None),
        ([LOCKED, OPENED, LOCKED, MonthAct(Step.LOCK, DEC)], None),
        ([LOCKED, OPENED, OPENED], None),
        ([LOCKED, MonthAct(Step.SOFT_CLOSE, OCT)], "October 2015 is closed already"),
        ([MonthAct(Step.REOPEN, NOV)], "November 2015 is not soft closed"),
        ([OPENED], "November 2015 is not locked"),
        ([LOCKED, LOCKED], "up to 30 November 2015 are closed already"),
        ([LOCKED, OPENED, MonthAct(Step.LOCK, DEC)], "November 2015 was unlocked: lock it"),
        ([MonthAct(Step.LOCK, date(2016, 1, 31))], "January 2016 has not ended yet"),
        ([MonthAct(Step.LOCK, date(2015, 11, 29))], "is not the last day of a month"),
        ([LOCKED, replace(OPENED, post="")], "Say for whom"),
    ],
)
def test_a_step_that_the_rules_refuse_is_found(acts: list[MonthAct], refused: str | None) -> None:
    """CLO-02: taken on 4 January 2016, one after the other; the last is the one that is wrong."""
    found = check_steps((date(2016, 1, 4), act) for act in acts)
    assert [finding.code for finding in found] == ([] if refused is None else ["CLO-02"])
    if refused is not None:
        (finding,) = found
        assert refused in finding.message
        assert finding.severity is Severity.ERROR
        assert all((finding.place.words(), finding.printed, finding.expected, finding.advice))


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        ({"post": "Finance"}, "CLO-04", "two people"),
        ({"until": date(2016, 1, 3)}, "CLO-02", "That day has passed"),
        ({"until": date(2016, 2, 5)}, "CLO-02", "31 days at most"),
    ],
)
def test_for_whom_and_how_long_a_month_was_unlocked_is_a_warning(
    wrong: dict[str, Any], code: str, said: str
) -> None:
    """CLO-02, CLO-04: it was recorded when nothing refused it."""
    acts = [LOCKED, replace(OPENED, **wrong)]
    (finding,) = check_steps((date(2016, 1, 4), act) for act in acts)
    assert (finding.code, finding.severity) == (code, Severity.WARNING)
    assert said in finding.message
