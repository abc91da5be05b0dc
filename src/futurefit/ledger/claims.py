"""Is any pound counted twice? (rules CLA-01 to CLA-04)

A source (budget line, contract, asset, post, tax base, client cohort) holds so much a year. A line
claims a share of its own amount from it, so the claim moves when the line slips. Because amounts
are what each year adds, the running total over the years is what is taken out of the source in a
year; it may not pass the base, current and proposed lines together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from rapidfuzz import fuzz

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money, to_pence
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import RATINGS
from futurefit.ledger.state import Position

ALIKE = 80
"""How alike two titles must read (0 to 100, words in any order) to be shown as suspects."""


@dataclass(frozen=True, slots=True)
class ClaimedYear:
    """What lines take out of a source in a year, running total, beside what it holds."""

    source: str
    year: str
    claimed_pence: int
    base_pence: int
    by_line: tuple[tuple[str, int], ...]


def claimed(position: Position) -> list[ClaimedYear]:
    """The running total of claims on each source by year, in order of source and year.

    An amount without a year is counted from the last year on: it must be found some time.
    """
    amounts = _forecasts(position)
    years = sorted({year for by_year in amounts.values() for year in by_year})
    by_source: dict[str, dict[str, int]] = defaultdict(dict)
    for (line, source), claim in position.claims.items():
        by_source[source][line] = claim.basis_points
    found = []
    for source, shares in sorted(by_source.items()):
        running: dict[str, int] = dict.fromkeys(shares, 0)
        for year in years:
            for line in shares:
                running[line] += amounts.get(line, {}).get(year, 0)
            taken = tuple(
                (line, to_pence(Fraction(running[line] * share, 1_000_000)))
                for line, share in shares.items()
            )
            found.append(
                ClaimedYear(
                    source,
                    year,
                    sum(amount for _, amount in taken),
                    position.capacities[source].base_pence,
                    taken,
                )
            )
    return found


def _forecasts(position: Position) -> dict[str, dict[str, int]]:
    amounts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for standing in position.postings(
        lines={line for line, _ in position.claims},
        accounts=[(rating, None) for rating in RATINGS],
    ):
        amounts[standing.posting.line][standing.posting.year] += standing.posting.amount_pence
    return amounts


def double_counting(
    position: Position,
    names: Mapping[str, str] | None = None,
    ruled: Iterable[frozenset[str]] = (),
) -> list[Finding]:
    """Sources that are claimed beyond their base (errors), and sources that more than one line
    claims though they fit (warnings; notes once a person has ruled on the source, or on every
    pair of its lines).

    `names` gives sources their names; `ruled` holds what a ruling is about: the pair of lines, or
    the source alone.
    """
    names, settled = names or {}, set(ruled)
    found: list[Finding] = []
    worst: dict[str, ClaimedYear] = {}
    last: dict[str, ClaimedYear] = {}
    for year in claimed(position):
        last[year.source] = year
        over = year.claimed_pence - year.base_pence
        held = worst.get(year.source)
        if over > 0 and (held is None or over > held.claimed_pence - held.base_pence):
            worst[year.source] = year
    for source, year in last.items():
        name = names.get(source, source)
        lines = [line for line, _ in year.by_line]
        if source in worst:
            at = worst[source]
            over = at.claimed_pence - at.base_pence
            found.append(
                Finding(
                    "CLA-01",
                    Severity.ERROR,
                    f"{name}: lines {', '.join(lines)} take {print_money(at.claimed_pence)} "
                    f"out of it {_when(at.year)}, but it holds {print_money(at.base_pence)}.",
                    printed=print_money(at.claimed_pence),
                    expected=f"at most {print_money(at.base_pence)}",
                    difference=print_money(over),
                    advice="Decide which line keeps the saving, or lower a claim.",
                )
            )
        elif len(lines) > 1:
            pairs = {frozenset(pair) for pair in combinations(lines, 2)}
            is_settled = frozenset((source,)) in settled or pairs <= settled
            found.append(
                Finding(
                    "CLA-02",
                    Severity.NOTE if is_settled else Severity.WARNING,
                    f"{name} is claimed by {len(lines)} lines ({', '.join(lines)}): "
                    f"{print_money(year.claimed_pence)} of {print_money(year.base_pence)}.",
                    advice="A person has ruled on it."
                    if is_settled
                    else "Rule whether they are the same saving, different ones, or shared.",
                )
            )
    return found


def _when(year: str) -> str:
    return "in all" if year == UNPROFILED else f"in {year}"


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """What likeness is judged by: a line's title, service, paper, and amounts by year in pence."""

    line: str
    title: str
    service: str
    paper: str
    amounts: Mapping[str, int]


def suspects(lines: Iterable[SuspectLine], ruled: Iterable[frozenset[str]] = ()) -> list[Finding]:
    """Near-identical lines in different papers: titles that read alike and an amount of the same
    size in the same year, or the same service and exactly the same amounts (rule CLA-03).
    """
    settled = set(ruled)
    found = []
    for one, other in _with_an_amount_in_common(list(lines)):
        if one.paper == other.paper or frozenset((one.line, other.line)) in settled:
            continue
        same_year = [
            year
            for year, amount in one.amounts.items()
            if amount and other.amounts.get(year) == amount
        ]
        alike = fuzz.token_sort_ratio(one.title.lower(), other.title.lower())
        twins = one.service and one.service == other.service and one.amounts == other.amounts
        if same_year and (alike >= ALIKE or twins):
            found.append(
                Finding(
                    "CLA-03",
                    Severity.WARNING,
                    f"Lines {one.line} (“{one.title}”) and {other.line} (“{other.title}”) may be "
                    f"one saving in two papers: {print_money(one.amounts[same_year[0]])} "
                    f"in {same_year[0]}.",
                    advice="Rule whether they are the same saving, different ones, or shared.",
                    confidence=round(alike / 100, 2),
                )
            )
    return found


def _with_an_amount_in_common(
    lines: Sequence[SuspectLine],
) -> Iterable[tuple[SuspectLine, SuspectLine]]:
    """The pairs with an amount of the same size in the same year: of thousands of lines, few."""
    holders: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        for year, amount in line.amounts.items():
            if amount:
                holders[year, amount].append(place)
    pairs = {pair for places in holders.values() for pair in combinations(places, 2)}
    return ((lines[one], lines[other]) for one, other in sorted(pairs))
