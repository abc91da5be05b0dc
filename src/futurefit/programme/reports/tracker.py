"""Which projects should scrutiny look at first, and what changed since it last met? (rule RPT-07)

A project is as red as its reddest pound: the rating that it is listed under is the least sure under
which any amount stands. The reddest come first, and of one rating those with most at stake in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from futurefit.kernel.money import print_money
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import (
    Cell,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Shape,
    Table,
    Unit,
)
from futurefit.programme.reports import sections
from futurefit.programme.reports.values import Standing

REDDEST_FIRST = (
    Rag.RED,
    Rag.AMBER,
    Rag.UNRATED,
    Rag.GREEN_ON_TARGET,
    Rag.GREEN_DELIVERED,
)
"""From what needs looking at to what is done; what nobody has rated comes before the green."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A project, or a theme outside its projects, in one tranche: pence over the years of the plan,
    by rating now and before.

    `hrefs` lead to the working of the forecast ("") and of each rating; `changes` are what moved
    the forecast since, in words and pence.
    """

    name: str
    part: str
    lead: str
    amounts: Mapping[Rag, int]
    before: Mapping[Rag, int]
    changes: tuple[tuple[str, int], ...] = ()
    next_milestone: str = ""
    due_on: date | None = None
    href: str = ""
    hrefs: Mapping[str, str] | None = None

    @property
    def rag(self) -> Rag | None:
        """The rating that it is listed under."""
        return reddest(self.amounts)

    def is_overdue(self, on: date) -> bool:
        """True when the next milestone should have been reached before that day."""
        return self.due_on is not None and self.due_on < on

    @property
    def forecast_pence(self) -> int:
        """All ratings together."""
        return sum(self.amounts.values())


@dataclass(frozen=True, slots=True)
class TrackedTranche:
    """The projects of one tranche, and all its pounds, whether a project holds them or not."""

    title: str
    projects: tuple[Tracked, ...]
    total: Tracked


def reddest(amounts: Mapping[Rag, int]) -> Rag | None:
    """The least sure rating under which an amount stands; None where there is none."""
    return next((rag for rag in REDDEST_FIRST if amounts.get(rag)), None)


def tracker_report(
    programme: str, standing: Standing, tranches: Sequence[TrackedTranche]
) -> Report:
    """Every project by rating, red first, with its pounds, lead, next milestone and changes."""
    return Report(
        f"{programme}: scrutiny tracker, {standing.until}",
        (
            *sections.opening(standing),
            *(
                block
                for tranche in tranches
                for block in (
                    Heading(f"{tranche.title} savings"),
                    Paragraph(_counted(tranche)),
                    _table(tranche, standing),
                )
            ),
        ),
    )


def ordered(projects: Iterable[Tracked]) -> list[Tracked]:
    """The reddest first; of one rating those with most in it; by name where that is the same."""

    def place(project: Tracked) -> tuple[int, int, str]:
        if project.rag is None:
            return (len(REDDEST_FIRST), 0, project.name)
        at_stake = abs(project.amounts[project.rag])
        return (REDDEST_FIRST.index(project.rag), -at_stake, project.name)

    return sorted(projects, key=place)


def _counted(tranche: TrackedTranche) -> str:
    numbers = [
        (sum(project.rag is rag for project in tranche.projects), rag.word.lower())
        for rag in REDDEST_FIRST
    ]
    listed = ", ".join(f"{number} {word}" for number, word in numbers if number)
    return f"Projects and themes by their least sure rating: {listed or 'none'}."


def _table(tranche: TrackedTranche, standing: Standing) -> Table:
    rows = [_row(project, standing.on) for project in ordered(tranche.projects)]
    apart, apart_before = (
        {
            rag: getattr(tranche.total, when).get(rag, 0)
            - sum(getattr(project, when).get(rag, 0) for project in tranche.projects)
            for rag in Rag
        }
        for when in ("amounts", "before")
    )
    if any((*apart.values(), *apart_before.values())):
        rows.append(
            _row(Tracked("In no project or theme", "", "", apart, apart_before), standing.on)
        )
    total = _row(tranche.total, standing.on)
    unrated = (Cell(None), Cell(None))  # a sum of projects is not itself rated
    rows.append(Row((total.cells[0], *unrated, *total.cells[3:]), emphasis=True))
    return Table(
        f"{tranche.title}: projects by rating",
        (
            Column("project", "Project or theme"),
            Column("rag", "Least sure", Shape.RAG),
            Column("rag_before", f"At {standing.since}", Shape.RAG),
            Column("forecast", "Forecast", Shape.PENCE),
            Column("red", "Red", Shape.PENCE),
            Column("amber", "Amber", Shape.PENCE),
            Column("lead", "Lead"),
            Column("milestone", "Next milestone"),
            Column("due_on", "Due", Shape.DATE),
            Column("changed", f"Since {standing.since}"),
        ),
        tuple(rows),
    )


def _row(project: Tracked, on: date) -> Row:
    hrefs = project.hrefs or {}
    return Row(
        (
            Cell(project.name, project.href, note=project.part),
            Cell(project.rag),
            Cell(reddest(project.before)),
            Cell(project.forecast_pence, hrefs.get("", "")),
            Cell(project.amounts.get(Rag.RED, 0), hrefs.get(Rag.RED, "")),
            Cell(project.amounts.get(Rag.AMBER, 0), hrefs.get(Rag.AMBER, "")),
            Cell(project.lead),
            Cell(project.next_milestone),
            Cell(project.due_on, note="overdue" if project.is_overdue(on) else ""),
            Cell(_changed(project)),
        )
    )


def _changed(project: Tracked) -> str:
    """What moved the forecast and what moved between ratings, in words."""
    moved = [
        *project.changes,
        *(
            (rag.word, project.amounts.get(rag, 0) - project.before.get(rag, 0))
            for rag in REDDEST_FIRST
        ),
    ]
    said = (
        f"{title} £{print_money(abs(pence), Unit.THOUSANDS)}k {'more' if pence > 0 else 'less'}"
        for title, pence in moved
        if pence
    )
    return "; ".join(said) or "No change"
