"""What does a person's ruling on double counting settle, and does it still? (rule CLA-09)

A ruling is about two lines, or a source, as they stood. What they stood at is kept with it: the
forecast by year and the claims. When those have changed materially, the ruling is shown beside the
suspect and settles it no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from futurefit.kernel.money import print_money
from futurefit.ledger.double_counts import Suspect
from futurefit.ledger.said import SaidLine

_SHARE = 0.05  # of the greater amount
_LEAST = 500_00  # pence: less is rounding


class Verdict(StrEnum):
    """What the person found."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    SHARED = "SHARED"


@dataclass(frozen=True, slots=True)
class Stood:
    """What a line stood at when it was ruled on: pence by year, and its shares (of 10,000)."""

    amounts: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"amounts": dict(self.amounts), "claims": dict(self.claims)}


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling that stands. `about` holds two lines, or one source; `stood` what the lines stood at
    (none for a ruling that kept nothing); `shares` what each line of a shared pair takes (of
    10,000).
    """

    about: frozenset[str]
    verdict: Verdict
    stood: Mapping[str, Stood] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)


def stands_at(lines: Iterable[SaidLine]) -> dict[str, Stood]:
    """What is kept with a ruling on these lines."""
    return {line.line: Stood(dict(line.amounts), dict(line.claims)) for line in lines}


def changes_since(ruled: Ruled, lines: Mapping[str, SaidLine]) -> list[str]:
    """What changed materially on the lines of a ruling, in words; none while it settles them.

    An amount of a year changes materially by more than 5% and more than £500. A claim changes when
    it is made, ended or given another share, unless that is the share that was ruled. A line that
    has nothing left to save has not changed: there is nothing left to rule on.
    """
    found = []
    for ref, stood in sorted(ruled.stood.items()):
        line = lines.get(ref)
        if line is None:
            continue
        for year in sorted({*stood.amounts, *line.amounts}):
            was, now = stood.amounts.get(year, 0), line.amounts.get(year, 0)
            if abs(now - was) > max(_LEAST, _SHARE * max(abs(was), abs(now))):
                found.append(f"{ref} was {print_money(was)} in {year} and is {print_money(now)}")
        for source in sorted({*stood.claims, *line.claims}):
            had, has = stood.claims.get(source, 0), line.claims.get(source, 0)
            if had != has and has != ruled.shares.get(ref):
                found.append(
                    f"{ref} claimed {had / 100:g}% of itself from {source} "
                    f"and claims {has / 100:g}%"
                )
    if len(ruled.about) == 1:
        (source,) = ruled.about
        new = [
            ref
            for ref, line in sorted(lines.items())
            if source in line.claims and ruled.stood and ref not in ruled.stood
        ]
        found += [f"{ref} claims it too since" for ref in new]
    return found


@dataclass(frozen=True, slots=True)
class Looked:
    """A suspect with the ruling on it, if there is one, and what changed since."""

    suspect: Suspect
    ruled: Ruled | None = None
    changes: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """True when a person has yet to rule on it as it stands now."""
        return self.ruled is None or bool(self.changes)


def look(
    suspects: Iterable[Suspect],
    rulings: Iterable[Ruled],
    lines: Iterable[SaidLine],
) -> list[Looked]:
    """Each suspect with the ruling on its pair, or on every source that both claim."""
    by_about = {ruled.about: ruled for ruled in rulings}
    at = {line.line: line for line in lines}
    found = []
    for suspect in suspects:
        on_pair = by_about.get(frozenset(suspect.pair))
        on_sources = [by_about.get(frozenset((source,))) for source in suspect.sources]
        ruled = on_pair or (on_sources[0] if on_sources and all(on_sources) else None)
        changes = tuple(changes_since(ruled, at)) if ruled else ()
        found.append(Looked(suspect, ruled, changes))
    return found


def settled(rulings: Iterable[Ruled], lines: Iterable[SaidLine]) -> list[frozenset[str]]:
    """What the rulings that still settle something are about."""
    at = {line.line: line for line in lines}
    return [ruled.about for ruled in rulings if not changes_since(ruled, at)]
