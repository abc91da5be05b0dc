"""Which figures of a project have changed since somebody signed them? (rule LIF-04)

Signed are how much is promised and expected of each line in each year, and what sort of money it
is. Ratings are not: an amount that turns from amber to green, or is delivered, is the same amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from futurefit.ledger.entries import RATINGS, Account, LineAttributes
from futurefit.ledger.presentations import Measure
from futurefit.ledger.state import Ledger, Position

SORTS = ("kind", "saving_class", "fund", "recurrence")
"""The attributes of a line that say what sort of money it is."""

MEASURES = (Measure.TARGET, Measure.FORECAST)


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure that is not as it was signed: what of a line (a measure with its year, or an
    attribute), before and after (pence, or a word), and the journals that changed it.
    """

    line: str
    what: str
    year: str
    before: int | str
    after: int | str
    journals: tuple[int, ...]


def changed_since(ledger: Ledger, project: str, number: int) -> list[Changed]:
    """Every figure of a project that has changed since the ledger was signed at a journal."""
    touched = {event.line for event in ledger.line_events if event.ref.journal > number}
    touched |= {line for line, own in ledger.lines.items() if own.project == project}
    touched = {line for line in touched if ledger.last_journal(line) > number}
    if not touched:
        return []
    then, now = ledger.at(known_at=number), ledger.now
    lines = sorted(
        line for line in touched if any(_attributes(line, project, at) for at in (then, now))
    )
    return [*_amounts(then, now, lines, project, number), *_sorts(then, now, lines, project)]


def _attributes(line: str, project: str, position: Position) -> LineAttributes | None:
    """A line's attributes where it is the project's; None where it is not, or not there."""
    found = position.lines.get(line)
    return found if found is not None and found.project == project else None


def _amounts(
    then: Position, now: Position, lines: list[str], project: str, number: int
) -> list[Changed]:
    before, after = (_sums(position, lines, project) for position in (then, now))
    moved: dict[tuple[str, str], set[int]] = {}
    for standing in now.postings(lines=lines, journals=(number + 1, now.ledger.head.number)):
        place = (standing.posting.line, standing.posting.year)
        moved.setdefault(place, set()).add(standing.journal)
    classed = _classed_since(now, number)
    found = []
    for key in sorted(before.keys() | after.keys()):
        line, year, measure = key
        was, is_now = before.get(key, 0), after.get(key, 0)
        if was != is_now:
            journals = moved.get((line, year), set()) or classed.get(line, set())
            found.append(Changed(line, measure, year, was, is_now, tuple(sorted(journals))))
    return found


def _sums(position: Position, lines: list[str], project: str) -> Mapping[tuple[str, str, str], int]:
    """Target and forecast in pence by line, year and measure, of what is the project's then."""
    own = [line for line in lines if _attributes(line, project, position)]
    sums: dict[tuple[str, str, str], int] = {}
    for standing in position.postings(lines=own):
        posting = standing.posting
        if posting.account is Account.TARGET:
            measure, amount = Measure.TARGET, -posting.amount_pence
        elif posting.account in RATINGS:
            measure, amount = Measure.FORECAST, posting.amount_pence
        else:
            continue
        key = (posting.line, posting.year, measure.value)
        sums[key] = sums.get(key, 0) + amount
    return sums


def _sorts(then: Position, now: Position, lines: list[str], project: str) -> list[Changed]:
    found = []
    for line in lines:
        was, is_now = (_attributes(line, project, position) for position in (then, now))
        if was is None or is_now is None:
            continue
        for name in SORTS:
            before, after = str(getattr(was, name)), str(getattr(is_now, name))
            if before != after:
                journals = _classed_since(now, then.number or 0).get(line, set())
                found.append(Changed(line, name, "", before, after, tuple(sorted(journals))))
    return found


def _classed_since(now: Position, number: int) -> dict[str, set[int]]:
    """The journals since a number that opened or classed each line."""
    found: dict[str, set[int]] = {}
    for event in now.ledger.line_events:
        if event.ref.journal > number:
            found.setdefault(event.line, set()).add(event.ref.journal)
    return found
