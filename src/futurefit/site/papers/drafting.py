"""Which entries does an acceptance post? (rules PAP-05 to PAP-07)

A new line is opened and its target set, every amount from its own cell. On a line that has amounts
already only the differences are posted, as the kind of change that a person said they are. What a
paper prints as delivered stands as on target until a second person, from finance, has confirmed the
delivery: that part becomes a proposal of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts, revising
from futurefit.ledger.entries import Entry
from futurefit.ledger.revising import DELIVERED, ON_TARGET, Nature, Place
from futurefit.site.papers.reviewing import Accepted


@dataclass
class Drafted:
    """What is posted at once, what waits for a second person, and the cells that both name."""

    entries: list[Entry] = field(default_factory=list)
    deliveries: list[Entry] = field(default_factory=list)
    sources: list[Provenance] = field(default_factory=list)

    def source(self, place: Provenance) -> int:
        """The number of a cell among the journal's sources."""
        if place not in self.sources:
            self.sources.append(place)
        return self.sources.index(place)


def draft(lines: Iterable[tuple[str, Accepted, str]], *, on: date) -> Drafted:
    """The entries for each line: its reference, what was accepted, and the nature of the change
    ("" for a line that had no amounts).
    """
    drafted = Drafted()
    for ref, accepted, nature in lines:
        if accepted.attributes is not None:
            drafted.entries.append(acts.open_line(ref, accepted.attributes, on=on))
        if accepted.base:
            _differences(drafted, ref, accepted, Nature(nature or Nature.CORRECTION), on)
        else:
            _target(drafted, ref, accepted, on)
    return drafted


def _target(drafted: Drafted, ref: str, accepted: Accepted, on: date) -> None:
    """A line without amounts gets its target, cell by cell."""
    cells = [
        (
            amount.year,
            ON_TARGET if amount.account is DELIVERED else amount.account,
            amount.pence,
            drafted.source(amount.place),
        )
        for amount in accepted.amounts
        if amount.pence
    ]
    if cells:
        drafted.entries.append(acts.set_rated_target(ref, cells, on=on))
    delivered = {
        (amount.year, DELIVERED): accepted.sums[amount.year, DELIVERED]
        for amount in accepted.amounts
        if amount.account is DELIVERED and (amount.year, DELIVERED) in accepted.sums
    }
    if delivered:
        drafted.deliveries.append(
            revising.deliver(
                ref, delivered, on=on, source=lambda place: _source(drafted, place, accepted)
            )
        )


def _differences(drafted: Drafted, ref: str, accepted: Accepted, nature: Nature, on: date) -> None:
    """What differs from the base, as one entry of the kind that the change is."""
    at_once, delivery = revising.revise(
        ref,
        accepted.changes,
        accepted.sums,
        nature,
        on=on,
        source=lambda place: _source(drafted, place, accepted),
    )
    drafted.entries += [at_once] if at_once else []
    drafted.deliveries += [delivery] if delivery else []


def _source(drafted: Drafted, place: Place, accepted: Accepted) -> int | None:
    """The cell that a difference was read from; of several the first, and all are kept."""
    cells = [
        drafted.source(amount.place)
        for amount in accepted.amounts
        if (amount.year, amount.account) == place
        or (amount.account is DELIVERED and place == (amount.year, ON_TARGET))
    ]
    return cells[0] if cells else None
