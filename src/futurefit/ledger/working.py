"""Where does this figure come from, posting by posting? (rule PRE-05)

A `Figure` names any number that a page, paper or file shows: a measure, a scope, a year, a view, a
position. It turns into the query of an address and back, so every figure can be a link to its
working.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import columns as cols
from futurefit.ledger.columns import StandingPosting
from futurefit.ledger.entries import Fund, LineKind, Recurrence, SavingClass, Tranche
from futurefit.ledger.presentations import (
    DIMENSIONS,
    PROPOSED,
    Measure,
    Scope,
    View,
    accounts_of,
    following_year,
    lines_in,
    sign_of,
)
from futurefit.ledger.state import Ledger, Position


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `year` "" is the total over the years of the plan."""

    scope: Scope = PROPOSED
    measure: Measure = Measure.FORECAST
    year: str = ""
    view: View = View.INCREMENTS
    as_at: date | None = None
    known_at: int | None = None

    def query(self) -> dict[str, str]:
        """The figure as the query of an address; what is usual is left out."""
        scope = self.scope
        query = {
            "measure": "" if self.measure is Measure.FORECAST else str(self.measure),
            "year": self.year,
            "view": "" if self.view is View.INCREMENTS else str(self.view),
            "as_at": self.as_at.isoformat() if self.as_at else "",
            "known_at": "" if self.known_at is None else str(self.known_at),
            "in_tranche": str(scope.tranche or "ANY"),
            "in_fund": "" if scope.fund is Fund.REVENUE else str(scope.fund or "ANY"),
            "in_kind": str(scope.kind or ""),
            "line": " ".join(sorted(scope.lines or ())),
            **dict(scope.only),
        }
        unstated = {name: "-" for name, code in scope.only if not code}
        return {name: text for name, text in query.items() if text} | unstated


def read_figure(query: Mapping[str, str]) -> Figure:
    """The figure that a query names. ValueError, in words, for anything that is not one."""
    known = {"measure", "year", "view", "as_at", "known_at", "line"}
    known |= {"in_tranche", "in_fund", "in_kind", *DIMENSIONS}
    strange = sorted(set(query) - known)
    if strange:
        raise ValueError(f"a figure has no {', '.join(strange)}")
    tranche = query.get("in_tranche", "ANY")
    fund = query.get("in_fund", Fund.REVENUE)
    known_at = query.get("known_at", "")
    if known_at and not known_at.isdigit():
        raise ValueError(f"known_at is the number of a journal, not {known_at!r}")
    return Figure(
        scope=Scope(
            tranche=None if tranche == "ANY" else Tranche(tranche),
            fund=None if fund == "ANY" else Fund(fund),
            kind=LineKind(query["in_kind"]) if query.get("in_kind") else None,
            only=tuple(
                (name, "" if query[name] == "-" else query[name])
                for name in DIMENSIONS
                if query.get(name)
            ),
            lines=frozenset(query["line"].split()) if query.get("line") else None,
        ),
        measure=Measure(query.get("measure") or Measure.FORECAST),
        year=query.get("year", ""),
        view=View(query.get("view") or View.INCREMENTS),
        as_at=date.fromisoformat(query["as_at"]) if query.get("as_at") else None,
        known_at=int(known_at) if known_at else None,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A posting as it counts towards a figure: `amount_pence` carries the figure's sign; `unwinds`
    is True where a one-off of the year before is taken back.
    """

    standing: StandingPosting
    amount_pence: int
    unwinds: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """A figure and the parts that add up to it. `avoided_pence` is cost avoidance in the same
    scope, which never counts.
    """

    figure: Figure
    total_pence: int
    parts: tuple[Part, ...]
    avoided_pence: int = 0


def show(ledger: Ledger, figure: Figure, years: Sequence[str] = ()) -> Working:
    """Every posting that a figure sums, in chain order, and their total.

    `years` are the programme's own, as the presentation had them: a one-off of the last year is
    taken back in the open bucket even while nothing else stands there.
    """
    position = ledger.at(figure.as_at, figure.known_at)
    lines = lines_in(position, figure.scope)
    avoided = {
        line for line in lines if position.lines[line].saving_class is SavingClass.COST_AVOIDANCE
    }
    # A figure that is itself about cost avoidance shows it; everywhere else it does not count.
    about_avoidance = ("saving_class", str(SavingClass.COST_AVOIDANCE)) in figure.scope.only
    if about_avoidance or (figure.scope.lines and len(lines) == len(avoided)):
        avoided = set()
    every = _parts(position, figure, lines, years)
    parts = tuple(part for part in every if part.standing.posting.line not in avoided)
    total = sum(part.amount_pence for part in parts)
    return Working(figure, total, parts, sum(p.amount_pence for p in every) - total)


def _parts(
    position: Position, figure: Figure, lines: Sequence[str], years: Sequence[str]
) -> list[Part]:
    sign = sign_of(figure.measure)
    columns = position.ledger.columns
    chosen = cols.rows(
        columns,
        cols.mask(
            columns, standing=position.standing, lines=lines, accounts=accounts_of(figure.measure)
        ),
    )
    parts = []
    for standing in chosen:
        posting = standing.posting
        if _counts(figure, posting.year):
            parts.append(Part(standing, sign * posting.amount_pence))
        one_off = position.lines[posting.line].recurrence is Recurrence.ONE_OFF
        if one_off and figure.view is not View.INCREMENTS:
            after = following_year(posting.year, (*columns.years, *years))
            if after and _counts(figure, after):
                parts.append(Part(standing, -sign * posting.amount_pence, unwinds=True))
    return parts


def _counts(figure: Figure, year: str) -> bool:
    if figure.year == "":
        return year != UNPROFILED
    if figure.view is View.CUMULATIVE and figure.year != UNPROFILED:
        return year <= figure.year
    return year == figure.year
