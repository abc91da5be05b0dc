"""Who has signed a project, and do the figures still stand that they signed? Reads only.
(rules LIF-03, LIF-04)
"""

from __future__ import annotations

from dataclasses import dataclass

from futurefit.programme.lifecycle import Stage, capacities, next_move
from futurefit.programme.signed import Changed, changed_since
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import models


def lines_of(code: str) -> dict[str, int]:
    """The lines of a project and the last journal of each."""
    ledger = ledger_queries.current_ledger()
    return {
        ref: ledger.last_journal(ref)
        for ref, attributes in ledger.lines.items()
        if attributes.project == code
    }


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature of a capacity under a project: the latest that was made here, if any, and the
    figures that have changed since.
    """

    capacity: str
    latest: models.SignOff | None
    changed: tuple[Changed, ...] = ()

    @property
    def holds(self) -> bool:
        """True when the figures stand as they were signed."""
        return self.latest is not None and not self.changed


def sign_offs_of(project: models.Project) -> list[Signed]:
    """Every capacity with its signature under a project.

    What was signed on paper, before there was a ledger, names no figures of it: it does not count.
    """
    ledger = ledger_queries.current_ledger()
    latest = {
        row.role: row
        for row in models.SignOff.objects.filter(project=project, ledger_number__isnull=False)
    }
    found = []
    for capacity in capacities():
        row = latest.get(capacity)
        changed: list[Changed] = []
        if row is not None and row.ledger_number is not None:
            changed = changed_since(ledger, project.heading.code, row.ledger_number)
        found.append(Signed(capacity, row, tuple(changed)))
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """A signature that is waited for: never given, or given for figures that have changed since."""

    project: models.Project
    signed: Signed


def sign_offs_wanted() -> list[Wanted]:
    """Every signature that the next move of a project waits for, or whose figures have changed."""
    found = []
    for project in models.Project.objects.select_related("heading", "heading__parent"):
        move = next_move(Stage(project.stage))
        needs = move.needs if move else ()
        found += [
            Wanted(project, signed)
            for signed in sign_offs_of(project)
            if (signed.changed and move is not None)
            or (f"signed by {signed.capacity}" in needs and not signed.holds)
        ]
    return found
