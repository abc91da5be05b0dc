"""What does each line say and take from which source, ready to be looked at for double counts?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from futurefit.ledger.entries import RATINGS, LineKind, SourceKind
from futurefit.ledger.state import Position


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line as it is compared: its words, the paper it stands in, what it is, its forecast by year
    in pence, and the share (of 10,000) that it claims of which sources.
    """

    line: str
    title: str
    narrative: str = ""
    paper: str = ""
    service: str = ""
    directorate: str = ""
    kind: LineKind = LineKind.SAVING
    amounts: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaidSource:
    """A source as it is compared: what it is called and what it holds a year, in pence."""

    code: str
    kind: SourceKind
    title: str
    base_pence: int


def said_lines(
    position: Position,
    words: Mapping[str, tuple[str, str]],
    *,
    hidden: Collection[str] = frozenset(),
) -> list[SaidLine]:
    """The lines of a position with their titles and narratives, those that are `hidden` left out.

    A line whose whole amount was withdrawn or replaced saves nothing, so it counts nothing twice:
    it is left out. One that has no amount yet stays. What a line hangs on stands for its paper.
    """
    amounts = forecasts(position)
    claims: dict[str, dict[str, int]] = defaultdict(dict)
    for (line, source), claim in position.claims.items():
        claims[line][source] = claim.basis_points
    found = []
    for ref, at in position.lines.items():
        by_year = {year: pence for year, pence in amounts.get(ref, {}).items() if pence}
        if ref in hidden or (ref in amounts and not by_year):
            continue
        title, narrative = words.get(ref, (ref, ""))
        found.append(
            SaidLine(
                line=ref,
                title=title,
                narrative=narrative,
                paper=at.project or at.workstream or at.theme,
                service=at.service,
                directorate=at.directorate,
                kind=at.kind,
                amounts=by_year,
                claims=claims.get(ref, {}),
            )
        )
    return found


def said_sources(position: Position, titles: Mapping[str, str]) -> list[SaidSource]:
    """The sources of a position with what they are called."""
    return [
        SaidSource(code, held.source_kind, titles.get(code, code), held.base_pence)
        for code, held in position.capacities.items()
    ]


def forecasts(position: Position, lines: Iterable[str] | None = None) -> dict[str, dict[str, int]]:
    """What each line is forecast to add, by year, in pence; of some lines, or of all."""
    return position.by_line_and_year(
        lines=None if lines is None else set(lines),
        accounts=[(rating, None) for rating in RATINGS],
    )
