"""How long is an answer overdue? (rule LIF-08)"""

from __future__ import annotations

from datetime import date

from futurefit.kernel.days import clear_working_days_between, is_working_day


def working_days_overdue(due_on: date, today: date) -> int:
    """Working days since the day on which an answer was due; 0 on that day and before it."""
    if today <= due_on:
        return 0
    return clear_working_days_between(due_on, today) + is_working_day(today)
