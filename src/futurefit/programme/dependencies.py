"""What hangs on each part of the programme, and does any hang on itself? (rules DEP-01, DEP-02)

A part (theme, workstream, project) is known by its dimension and code. What depends on a part hangs
on it, and what depends on that, and so on; a part below one that depends, depends too, and what is
depended on is depended on with all that is below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from futurefit.kernel.findings import Finding, Severity
from futurefit.ledger.entries import RATINGS, LineAttributes, LineKind
from futurefit.ledger.presentations import Scope, by
from futurefit.ledger.state import Position

Part = tuple[str, str]
"""The dimension and code of a theme, workstream or project."""


@dataclass(frozen=True, slots=True)
class DependsOn:
    """One part cannot be done without another."""

    part: Part
    on: Part


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a part: the parts, and the savings lines of them, each once."""

    on: Part
    parts: frozenset[Part]
    lines: frozenset[str]


def hanging(
    depends: Iterable[DependsOn],
    above: Mapping[Part, Part],
    lines: Mapping[str, LineAttributes],
) -> list[Hanging]:
    """What hangs on each part that something depends on, directly or through others.

    `above` says what each part is a part of. Lines of the part itself do not hang on it.
    """
    depends = list(depends)
    below = _below(above, {part for one in depends for part in (one.part, one.on)})
    waiting: dict[Part, set[Part]] = {}
    for one in depends:
        for on in below[one.on]:
            waiting.setdefault(on, set()).update(below[one.part])
    found = []
    for on in sorted({one.on for one in depends}):
        reached: set[Part] = set()
        to_see = [part for each in below[on] for part in waiting.get(each, ())]
        while to_see:
            part = to_see.pop()
            if part not in reached:
                reached.add(part)
                to_see += waiting.get(part, ())
        reached -= below[on]
        hangs = frozenset(
            ref
            for ref, line in lines.items()
            if line.kind is LineKind.SAVING
            and not is_of(line, on)
            and any(is_of(line, part) for part in reached)
        )
        found.append(Hanging(on, frozenset(reached), hangs))
    return found


def is_of(line: LineAttributes, part: Part) -> bool:
    """True when a line hangs on a part, or on one below it."""
    dimension, code = part
    return bool(code) and getattr(line, dimension) == code


def _below(above: Mapping[Part, Part], parts: Iterable[Part]) -> dict[Part, set[Part]]:
    """Each part with all that is below it, itself too."""
    found: dict[Part, set[Part]] = {part: {part} for part in parts}
    for part in above:
        over: Part | None = part
        seen: set[Part] = set()
        while over is not None and over not in seen:
            seen.add(over)
            if over in found:
                found[over].add(part)
            over = above.get(over)
    return found


def at_stake(position: Position, hanging: Hanging, scope: Scope) -> dict[str, int]:
    """The forecast of what hangs on a part, by year, in pence, within a tranche and fund."""
    summed = by(
        position, scope=Scope(scope.tranche, scope.fund, LineKind.SAVING, lines=hanging.lines)
    )
    total = summed.total()
    return dict(zip(summed.years, total.amounts, strict=True))


def least_sure(position: Position, part: Part) -> str:
    """The least sure rating under which a part's savings stand; "" where it has none."""
    lines = {
        ref
        for ref, line in position.lines.items()
        if line.kind is LineKind.SAVING and is_of(line, part)
    }
    sums = dict.fromkeys(RATINGS, 0)
    for standing in position.postings(lines=lines, accounts=[(rating, None) for rating in RATINGS]):
        sums[standing.posting.account] += standing.posting.amount_pence
    return next((rating.value for rating in RATINGS if sums[rating]), "")


def circles(depends: Iterable[DependsOn]) -> list[tuple[Part, ...]]:
    """The parts that hang on themselves, circle by circle, each from its least part on."""
    on: dict[Part, set[Part]] = {}
    for one in depends:
        on.setdefault(one.part, set()).add(one.on)
    reach = {part: _reached(part, on) for part in on}
    together = {
        frozenset(other for other in reach[part] if part in reach.get(other, ()))
        for part in reach
        if part in reach[part]
    }
    return [_walked(min(circle), circle, on) for circle in sorted(together, key=sorted)]


def _reached(part: Part, on: Mapping[Part, set[Part]]) -> set[Part]:
    found: set[Part] = set()
    to_see = list(on.get(part, ()))
    while to_see:
        other = to_see.pop()
        if other not in found:
            found.add(other)
            to_see += on.get(other, ())
    return found


def _walked(start: Part, circle: frozenset[Part], on: Mapping[Part, set[Part]]) -> tuple[Part, ...]:
    """A shortest way round from a part back to itself."""
    ways: list[tuple[Part, ...]] = [(start,)]
    while ways:
        longer = []
        for way in ways:
            for other in sorted(on.get(way[-1], set()) & circle):
                if other == start:
                    return way
                if other not in way:
                    longer.append((*way, other))
        ways = longer
    raise ValueError("not a circle")


def check_circles(depends: Iterable[DependsOn], names: Mapping[Part, str]) -> list[Finding]:
    """A warning for each circle: nothing in it can come first (rule DEP-02)."""
    found = []
    for circle in circles(depends):
        said = [names.get(part, part[1]) for part in (*circle, circle[0])]
        found.append(
            Finding(
                "DEP-02",
                Severity.WARNING,
                f"{' depends on '.join(said)}: nothing in this circle can come first.",
                advice="Say which of them can begin without the other, and take that one out.",
            )
        )
    return found
