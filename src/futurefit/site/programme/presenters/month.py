"""How are months, their steps and their updates listed?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from futurefit.kernel.report import Cell, Column, Shape, Table, Value
from futurefit.ledger.closing import Closing, MonthState
from futurefit.programme.rounds import Share, timetable
from futurefit.site.ledger.models import MonthStep, NamedPosition
from futurefit.site.programme import models
from futurefit.site.programme.links import month_url
from futurefit.site.programme.presenters.statements import table

STATES = {
    MonthState.OPEN: "Open",
    MonthState.SOFT_CLOSED: "Soft closed: only finance posts to it",
    MonthState.LOCKED: "Locked",
    MonthState.UNLOCKED: "Unlocked for a named person",
}


def month_title(month: date) -> str:
    """'November 2015'."""
    return f"{month:%B %Y}"


def position_href(position: NamedPosition) -> str:
    """The lines as a closed month has them."""
    return f"/lines/?as_at={position.as_at.isoformat()}&known_at={position.number}"


def months_table(
    months: Iterable[date],
    *,
    closing: Closing,
    positions: Iterable[NamedPosition],
    confirmed: Mapping[date, tuple[int, int]],
) -> Table:
    """Each month with its state, its updates and the position that it closed at."""
    latest = {position.as_at: position for position in positions}
    rows: list[list[Cell | Value]] = []
    for month in months:
        position = latest.get(month)
        done, lines = confirmed.get(month, (0, 0))
        rows.append(
            [
                Cell(month_title(month), month_url(month)),
                STATES[closing.state(month)],
                f"{done} of {lines}" if month in confirmed else "",
                timetable(month).due_on,
                Cell(str(position.number), position_href(position)) if position else "",
                position.by if position else "",
                position.at if position else None,
            ]
        )
    return table(
        "Months",
        (
            Column("month", "Month"),
            Column("state", "State"),
            Column("confirmed", "Lines confirmed"),
            Column("due", "Updates due", Shape.DATE),
            Column("position", "Closed at journal"),
            Column("by", "Closed by"),
            Column("at", "Closed on", Shape.DATE),
        ),
        rows,
    )


def steps_table(steps: Iterable[MonthStep], positions: Sequence[NamedPosition]) -> Table:
    """Everything that was done to a month, in order; each position it closed at is kept."""
    again = {each.supersedes: each.name for each in positions if each.supersedes}
    rows: list[tuple[datetime, list[Cell | Value]]] = []
    for step in steps:
        until = f"for {step.for_post}, until {_day(step.until)}" if step.until else ""
        rows.append((step.at, [step.get_step_display(), step.at, step.by, step.why, until]))
    for position in positions:
        note = f"superseded by {again[position.name]}" if position.name in again else ""
        stands = Cell(
            f"{position.number}:{position.digest[:12]}", position_href(position), note=note
        )
        rows.append((position.at, ["Locked", position.at, position.by, position.why, stands]))
    return table(
        "What was done to it",
        (
            Column("step", "What"),
            Column("at", "When", Shape.DATE),
            Column("by", "By"),
            Column("why", "Why"),
            Column("more", "For whom, or position"),
        ),
        [row for _, row in sorted(rows, key=lambda each: each[0])],
    )


def shares_table(
    shares: Iterable[Share],
    unled: frozenset[str],
    *,
    month: date,
    confirmed: frozenset[str],
    last: Mapping[int, datetime],
    today: date,
) -> Table:
    """Who has confirmed their lines, who has not, and for how long it has been due."""
    due = timetable(month).due_on
    late = f"overdue since {_day(due)}" if today > due else f"due on {_day(due)}"
    rows: list[list[Cell | Value]] = []
    for share in shares:
        state = "Confirmed" if not share.left else f"Not yet: {late}"
        rows.append(
            [
                share.post,
                Cell(state),
                len(share.confirmed),
                len(share.lines),
                last.get(share.who),
            ]
        )
    if unled:
        state = f"Not yet: {late}" if unled - confirmed else "Confirmed"
        rows.append(["Lines without a lead", state, len(unled & confirmed), len(unled), None])
    return table(
        "Who has confirmed",
        (
            Column("lead", "Lead"),
            Column("state", "Update"),
            Column("confirmed", "Lines confirmed", Shape.COUNT),
            Column("lines", "Lines", Shape.COUNT),
            Column("last", "Last confirmed on", Shape.DATE),
        ),
        rows,
    )


def confirmations_table(rows: Iterable[models.Confirmation], hidden: frozenset[str]) -> Table:
    """What was confirmed: who, when, how many lines, and the position of the ledger it left."""
    return table(
        "Updates",
        (
            Column("by", "By"),
            Column("at", "When", Shape.DATE),
            Column("lines", "Lines", Shape.COUNT),
            Column("changed", "What changed"),
            Column("position", "Ledger after it"),
            Column("notes", "Notes"),
        ),
        [
            [
                row.by,
                row.at,
                len(row.lines),
                _changed(row),
                f"{row.ledger_number}:{row.ledger_digest[:12]}",
                "; ".join(f"{ref}: {note}" for ref, note in row.notes.items() if ref not in hidden),
            ]
            for row in rows
        ],
    )


def _changed(row: models.Confirmation) -> Cell:
    words = f"{row.words_changed} milestones and risks" if row.words_changed else ""
    if row.journal:
        return Cell(f"journal {row.journal}", f"/journals/{row.journal}/", note=words)
    return Cell(words or "nothing: confirmed as it stood")


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
