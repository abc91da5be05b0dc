"""Which figures do FutureFit and its peers make, each in its own way?

The forecast by one or two dimensions and year, in one tranche and fund, cost avoidance apart: a row
a group and their total. An `Answer` is all of that as plain integers, nought left out, so that two
answers can be compared pence by pence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from benchmarks import programme
from benchmarks.measuring import Size
from futurefit.ledger import presentations, state
from futurefit.ledger.entries import Fund, Journal, LineAttributes, Posting, SavingClass, Tranche
from futurefit.ledger.presentations import RAG, Scope
from futurefit.ledger.state import Ledger

Question = tuple[str, ...]
"""One or two dimensions."""

Group = tuple[str, ...]
"""What a row is about: "avoided" or "", then a code a dimension. ("total",) is the total."""

Answer = dict[tuple[Group, str], int]
"""Pence by group and year."""

TOTAL: Group = ("total",)


def one_way() -> list[Question]:
    """Every dimension by itself."""
    return [(name,) for name in presentations.names()]


def pairs() -> list[Question]:
    """Every two dimensions."""
    return list(combinations(presentations.names(), 2))


@dataclass(frozen=True)
class Books:
    """A programme as the peers read it."""

    lines: dict[str, LineAttributes]
    postings: list[Posting]
    years: list[str]

    def groups(self, question: Question) -> dict[str, Group]:
        """The group of every line in scope (by RAG, an account makes a group too)."""
        dimensions = [presentations.DIMENSIONS[name] for name in question if name != RAG]
        scope = scope_of(question)
        return {
            ref: (
                "avoided" if line.saving_class is SavingClass.COST_AVOIDANCE else "",
                *(str(of(line)) for of in dimensions),
            )
            for ref, line in self.lines.items()
            if scope.tranche in (None, line.tranche) and scope.fund in (None, line.fund)
        }


def scope_of(question: Question) -> Scope:
    """Proposed revenue, unless the question is about tranches or funds."""
    return Scope(
        tranche=None if "tranche" in question else Tranche.PROPOSED,
        fund=None if "fund" in question else Fund.REVENUE,
    )


def generated(size: Size) -> tuple[Ledger, Books]:
    """The made-up programme, once as a ledger and once as plain books."""
    journals = programme.journals(size.lines, size.years, size.postings)
    return state.extend(state.EMPTY, journals), _books(journals, programme.horizon(size.years))


def _books(journals: Iterable[Journal], horizon: programme.Horizon) -> Books:
    entries = [entry for journal in journals for entry in journal.entries]
    return Books(
        lines={entry.line: entry.attributes for entry in entries if entry.attributes},
        postings=[posting for entry in entries for posting in entry.postings],
        years=list(horizon.labels),
    )


def presented(ledger: Ledger, question: Question) -> tuple[list[presentations.Row], object]:
    """FutureFit's way: a presentation, its rows and its total."""
    found = presentations.by(ledger.now, *question, scope=scope_of(question))
    return found.rows(), found.total()


def answer(ledger: Ledger, question: Question, years: list[str]) -> Answer:
    """FutureFit's answer."""
    found = presentations.by(ledger.now, *question, scope=scope_of(question), years=years)
    rows = [(("" if row.counted else "avoided", *row.codes), row.amounts) for row in found.rows()]
    rows.append((TOTAL, found.total().amounts))
    return dict(_cells(rows, found.years))


def _cells(
    rows: Iterable[tuple[Group, Iterable[int]]], years: Iterable[str]
) -> Iterator[tuple[tuple[Group, str], int]]:
    for group, amounts in rows:
        for year, pence in zip(years, amounts, strict=True):
            if pence:
                yield (group, year), pence
