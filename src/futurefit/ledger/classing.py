"""How is a line classed anew from a day on, where later days have their word too? (rule LED-04)

Every statement gives all of a line's attributes, and of two the one with the later date holds. So
what changes on a day is said anew for each later statement as well, which keeps the rest of what it
says: else it would take the change back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from futurefit.ledger import acts
from futurefit.ledger.entries import Entry, LineAttributes
from futurefit.ledger.state import Ledger


def in_force(ledger: Ledger, line: str, on: date) -> LineAttributes | None:
    """A line's attributes on a day; None where it is not open yet."""
    found = [said for day, said in _statements(ledger, line) if day <= on]
    return found[-1] if found else None


def class_anew(ledger: Ledger, line: str, *, on: date, **changed: Any) -> list[Entry]:
    """The entries by which some attributes of an open line, given by name, are so from a day on."""
    stands = in_force(ledger, line, on) or ledger.lines[line]
    later = [(day, said) for day, said in _statements(ledger, line) if day > on]
    return [acts.reclassify(line, replace(stands, **changed), on=on)] + [
        acts.reclassify(line, anew, on=day)
        for day, said in later
        if (anew := replace(said, **changed)) != said
    ]


def _statements(ledger: Ledger, line: str) -> list[tuple[date, LineAttributes]]:
    """What holds from each day on which a line was opened or classed, the earliest first."""
    events = [event for event in ledger.line_events if event.line == line]
    events.sort(key=lambda event: (event.effective_on, event.ref.journal, event.ref.entry))
    return list({event.effective_on: event.attributes for event in events}.items())
