"""Is a source claimed beyond what it holds, or by two lines? (rules CLA-01, CLA-02, CLA-04)

A source (budget line, contract, asset, post, tax base, client cohort) holds so much a year. A line
claims a share of its own amount from it, so the claim moves when the line slips. Because amounts
are what each year adds, the running total over the years is what is taken out of the source in a
year; it may not pass the base, current and proposed lines together. What lines say in words alone
is looked at by `double_counts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money, to_pence
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.said import forecasts
from futurefit.ledger.state import Position


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
    amounts = forecasts(position, {line for line, _ in position.claims})
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
