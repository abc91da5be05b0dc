"""Has a consultation been fair, and may a decision be taken on it? (rule LIF-07)

The four principles of R v Brent London Borough Council, ex parte Gunning (1985) 84 LGR 168, taken
up by the Supreme Court in R (Moseley) v Haringey [2014] UKSC 56: while proposals are formative;
with reasons enough to answer; with time enough; and what comes of it conscientiously taken into
account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Progress(StrEnum):
    """How far a consultation has come."""

    PLANNED = "PLANNED"
    OPEN = "OPEN"
    ENDED = "ENDED"
    REPORTED = "REPORTED"
    CONSIDERED = "CONSIDERED"


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation, as far as it has come. `decided_on` is when the matter was decided, if so."""

    what: str
    reasons: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    reported_on: date | None = None
    considered_on: date | None = None
    decided_on: date | None = None

    @property
    def days(self) -> int | None:
        """How many days it runs, first and last included; None until both are set."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return (self.ends_on - self.starts_on).days + 1


def progress(consultation: Consultation, today: date) -> Progress:
    """How far a consultation has come by a day."""
    if consultation.considered_on is not None:
        return Progress.CONSIDERED
    if consultation.reported_on is not None:
        return Progress.REPORTED
    if consultation.starts_on is None or today < consultation.starts_on:
        return Progress.PLANNED
    if consultation.ends_on is None or today <= consultation.ends_on:
        return Progress.OPEN
    return Progress.ENDED


def missing(consultation: Consultation, today: date) -> list[str]:
    """What keeps a decision waiting; none when what people said has been taken into account."""
    told = {
        Progress.PLANNED: "has not begun",
        Progress.OPEN: f"runs until {_day(consultation.ends_on)}",
        Progress.ENDED: "has ended, but its outcome is not reported",
        Progress.REPORTED: "is reported, but nobody has recorded what was made of the responses",
    }.get(progress(consultation, today))
    return [f"Consultation “{consultation.what}” {told}."] if told else []


@dataclass(frozen=True, slots=True)
class Answer:
    """What a consultation shows on one of the four principles; `holds` None: for a person to judge,
    or not to be said yet.
    """

    principle: str
    holds: bool | None
    words: str


def gunning(consultation: Consultation) -> list[Answer]:
    """The four principles, and what the record shows on each. Whether time and reasons were enough
    is for a person to judge; a machine sees only whether they are there.
    """
    starts, decided = consultation.starts_on, consultation.decided_on
    considered, days = consultation.considered_on, consultation.days
    formative = None if starts is None else decided is None or starts <= decided
    taken = considered is not None and (decided is None or considered <= decided)
    return [
        Answer(
            "While proposals are formative",
            formative,
            "It began after the decision."
            if formative is False
            else f"Began on {_day(starts)}, before any decision."
            if starts
            else "Not begun.",
        ),
        Answer(
            "Reasons enough to answer",
            None,
            consultation.reasons.strip() or "Not said yet.",
        ),
        Answer(
            "Time enough",
            None,
            f"{days} days, {_day(starts)} to {_day(consultation.ends_on)}."
            if days is not None
            else "First and last day are not set.",
        ),
        Answer(
            "Conscientiously taken into account",
            taken or (None if decided is None else False),
            f"Considered on {_day(considered)}."
            if taken
            else "Decided before it was considered."
            if decided
            else "Not yet.",
        ),
    ]


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day that is not set"
