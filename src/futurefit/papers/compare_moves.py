"""Which totals did not move with their parts between two versions of a paper? (rule AUD-61)

A total that was the sum of its parts and is not in the later version; one that was not, and by
moving apart from its parts has become so, is mended. What rounding can explain is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.arithmetic import add_up
from futurefit.papers.compare_matching import Matched, Worded
from futurefit.papers.comparison import Move
from futurefit.papers.figures import Figure
from futurefit.papers.sums import Check, Direction, Status, Sum

CODE = "AUD-61"

At = tuple[int, int, int]
"""Where a figure stands: table, row, column."""

_NOUGHT = Decimal(0)
_SOUND = frozenset({Status.HOLDS, Status.ROUNDED})


@dataclass(slots=True)
class Moved:
    """Which figure of one version is which of the other, and the tables that changed."""

    after: dict[At, tuple[At, Figure]] = field(default_factory=dict)
    before: dict[At, tuple[At, Figure]] = field(default_factory=dict)
    old_touched: set[int] = field(default_factory=set)
    new_touched: set[int] = field(default_factory=set)

    def pair(self, first: Worded, was: Figure, second: Worded, now: Figure) -> None:
        """Two figures are one."""
        old, new = _at(first, was), _at(second, now)
        self.after[old] = new, now
        self.before[new] = old, was

    def touch(self, first: Worded | None, second: Worded | None) -> None:
        """Something changed in a table of either version."""
        if first is not None:
            self.old_touched.add(first.grid.table.index)
        if second is not None:
            self.new_touched.add(second.grid.table.index)


@dataclass(frozen=True, slots=True)
class _Total:
    """A printed total of one version, with its table and its parts."""

    table: Worded
    sum: Sum
    check: Check
    total: Figure

    @property
    def place(self) -> At:
        return _at(self.table, self.total)

    @property
    def sound(self) -> bool:
        return self.check.status in _SOUND

    @property
    def parts(self) -> dict[At, tuple[int, Figure]]:
        """Its parts by place, each with the sign that it is counted with."""
        signs = self.check.signs or (1,) * len(self.check.parts)
        return {
            _at(self.table, part): (sign, part)
            for sign, part in zip(signs, self.check.parts, strict=True)
        }

    @property
    def rough(self) -> bool:
        """Whether a part is "about" something or to be confirmed."""
        lines = (self.sum.place(self.check.cross, line) for line in self.sum.parts)
        return (
            self.total.rough
            or any(part.rough for part in self.check.parts)
            or any(self.table.grid.is_pending(*place) for place in lines)
        )


def _at(table: Worded, figure: Figure) -> At:
    return table.grid.table.index, figure.cell.row, figure.cell.column


def find_moves(matched: Matched, moved: Moved) -> Iterator[tuple[Move, bool]]:
    """The totals that moved apart from their parts, and whether that mends them."""
    if not moved.old_touched and not moved.new_touched:
        return
    old_tables, new_tables = _to_look_at(moved)
    old = _totals(matched.before, old_tables)
    new = _totals(matched.after, new_tables)
    tables = {table.grid.table.index: table for table in matched.after}
    first_tables = {table.grid.table.index: table for table in matched.before}
    for (place, direction), was in old.items():
        found = moved.after.get(place)
        if found is None:
            continue
        now = new.get((found[0], direction))
        if was.sound and (now is None or not now.sound):
            yield from _apart(was, now, found, moved.after, tables[found[0][0]], mends=False)
    for (place, direction), now in new.items():
        found = moved.before.get(place)
        if found is None or not now.sound:
            continue
        was_or_none = old.get((found[0], direction))
        if was_or_none is None or not was_or_none.sound:
            table = first_tables[found[0][0]]
            yield from _apart(now, was_or_none, found, moved.before, table, mends=True)


def _to_look_at(moved: Moved) -> tuple[set[int], set[int]]:
    """The tables that something changed in, and their other versions."""
    old, new = set(moved.old_touched), set(moved.new_touched)
    for (first, _, _), ((second, _, _), _) in moved.after.items():
        if first in moved.old_touched or second in moved.new_touched:
            old.add(first)
            new.add(second)
    return old, new


def _totals(tables: Iterable[Worded], numbers: set[int]) -> dict[tuple[At, Direction], _Total]:
    """The printed totals of some tables that are proven to be totals somewhere."""
    found: dict[tuple[At, Direction], _Total] = {}
    for table in tables:
        if table.grid.table.index not in numbers:
            continue
        for one in add_up(table.grid).sums:
            for check in one.checks:
                if check.total is not None and check.parts:
                    total = _Total(table, one, check, check.total)
                    found.setdefault((total.place, one.direction), total)
    return found


def _apart(
    sound: _Total,
    other: _Total | None,
    found: tuple[At, Figure],
    across: dict[At, tuple[At, Figure]],
    other_table: Worded,
    *,
    mends: bool,
) -> Iterator[tuple[Move, bool]]:
    """How a total that holds in one version and its parts stand in the other, if they are apart.

    What the other version adds up is told by its own arithmetic where that is sure of the parts;
    else it is the same parts as far as they are still there, and those that only it has.
    """
    if not sound.sum.proven:
        return
    ours = sound.parts
    known = {there[0] for here, there in across.items() if here[0] == sound.place[0]}
    if other is not None and (other.sum.proven or (other.sum.usual and sound.sum.usual)):
        theirs = other.parts
    else:
        kept = {place: across[place] for place in ours if place in across}
        theirs = {
            there: (ours[place][0], part)
            for place, (there, part) in kept.items()
            if there[0] == found[0][0]
        }
        if other is not None:
            theirs |= {place: one for place, one in other.parts.items() if place not in known}
    total, was = found[1], sound.total
    expected = _added(theirs.values())
    total_moved = total.value - was.value
    parts_moved = expected - _added(ours.values())
    room = sum((one.half for _, one in (*ours.values(), *theirs.values())), total.half + was.half)
    if abs(total_moved - parts_moved) < room:
        return
    changed = [
        across.get(place)
        for place, (_, part) in ours.items()
        if place not in across or across[place][1].value != part.value
    ]
    came = theirs.keys() - known
    cause = changed[0] if len(changed) == 1 and not came else None
    if mends:
        total_moved, parts_moved = -total_moved, -parts_moved
        before, after = (other_table, total), (sound.table, was)
        expected = _added(ours.values())
    else:
        before, after = (sound.table, was), (other_table, total)
    yield (
        Move(
            what=after[0].title(after[1]),
            reason=_reason(total_moved, parts_moved, sound.sum.direction),
            before=before[0].grid.table.place(before[1].cell),
            after=after[0].grid.table.place(after[1].cell),
            total=after[1].like(total_moved),
            parts=after[1].like(parts_moved),
            expected=after[1].like(expected),
            difference=after[1].like(after[1].value - expected),
            cause=other_table.grid.table.place(cause[1].cell)
            if cause and not mends and not total_moved
            else None,
            rough=sound.rough or (other is not None and other.rough),
        ),
        mends,
    )


def _added(parts: Iterable[tuple[int, Figure]]) -> Decimal:
    return sum((sign * part.value for sign, part in parts), _NOUGHT)


def _reason(total: Decimal, parts: Decimal, direction: Direction) -> str:
    """What did not move with what."""
    over = "the figures in its column" if direction is Direction.DOWN else "the figures in its row"
    if not total:
        return f"{over} changed, the total did not"
    if not parts:
        return f"the total changed, {over} did not"
    return f"the total and {over} moved by different amounts"


# --- Findings -----------------------------------------------------------------------------------


def findings_of(moves: Sequence[Move]) -> Iterator[Finding]:
    """One finding for each cause: a part that no total followed is told once, with its totals."""
    by_cause: dict[Provenance, list[Move]] = {}
    for move in moves:
        by_cause.setdefault(move.cause or move.after, []).append(move)
    for cause, together in by_cause.items():
        first = together[0]
        message = " ".join(map(_told, together))
        alone = len(together) == 1
        place = first.after if alone else cause
        rough = any(move.rough for move in together)
        yield Finding(
            code=CODE,
            severity=Severity.NOTE if rough else Severity.WARNING,
            message=message,
            place=place,
            printed=place.printed,
            expected=first.expected if alone else "",
            difference=first.difference if alone else "",
            advice="Change the total too, or put back the figure that moved; if both are meant, "
            "say what else is counted.",
            confidence=0.4 if rough else 0.9 if alone else 0.95,
        )


def _told(move: Move) -> str:
    """A move in words, with both printed figures."""
    return (
        f"{move.what}: {move.reason}. It is {move.after.printed}, before {move.before.printed}; "
        f"its parts moved by {move.parts} and give {move.expected}."
    )
