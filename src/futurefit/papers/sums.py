"""Which figures of a table are the totals of which others? (rule AUD-08)

There are no formulas to go by. A label, bold type or the last place hints that a line is a total;
the figures say of what: the lines just before it (or just after) whose figures add up to it, in as
many places as can be. Totals close what they take in, so sub-totals nest. The same search adds down
the columns (a line is a row) and across the rows (a line is a column).

A hint that no figure bears out is kept apart as unproven, with the lines that its label would mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from futurefit.papers.figures import Figure
from futurefit.papers.labels import Rank

_NOUGHT = Decimal(0)
_STEPS = 500_000  # additions that the search in one table may take, whatever its size
_DEEPEST, _SHALLOWEST = 5_000, 8  # lines that one total may look back over
_FEWEST_DIGITS = 3  # that agree before figures are believed against the label
_SAMPLE = 300  # figures of a line that are enough to prove it


class Direction(StrEnum):
    """Which way figures are added."""

    DOWN = "DOWN"  # a column's figures, into a total row
    ACROSS = "ACROSS"  # a row's figures, into a total column


class Status(StrEnum):
    """How a printed total compares with its parts."""

    HOLDS = "HOLDS"
    ROUNDED = "ROUNDED"  # apart by no more than rounding can make
    BROKEN = "BROKEN"
    BLANK = "BLANK"  # parts are printed, the total is not
    BARE = "BARE"  # the total is printed, no part is


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its number, its figures by what crosses them, and its hints."""

    number: int
    figures: Mapping[int, Figure]
    rank: Rank = Rank.NONE
    marked: bool = False  # bold, or last without a label: a total only if the figures prove it
    starts: bool = False  # begins a new section of the table


@dataclass(frozen=True, slots=True)
class Check:
    """One printed total against its parts, where a line crosses it."""

    cross: int
    total: Figure | None
    parts: tuple[Figure, ...]
    expected: Decimal
    status: Status
    telling: bool  # two parts or more are not nought, so that agreement means something
    signs: tuple[int, ...] = ()  # with which each part is counted

    @property
    def difference(self) -> Decimal:
        """Printed less expected."""
        return (self.total.value if self.total else _NOUGHT) - self.expected


def compare(
    cross: int,
    total: Figure | None,
    parts: tuple[Figure, ...],
    expected: Decimal,
    signs: tuple[int, ...],
) -> Check:
    """Check a printed total.

    Rounding can take it from its parts by half a unit each, and by its own half (rule AUD-09).
    """
    counted = sum(1 for part in parts if part.value)
    if total is None:
        status = Status.BLANK
    elif total.value == expected:
        status = Status.HOLDS
    elif not counted:
        status = Status.BARE
    elif abs(total.value - expected) < sum((part.half for part in parts), total.half):
        status = Status.ROUNDED
    else:
        status = Status.BROKEN
    return Check(cross, total, parts, expected, status, counted > 1, signs)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total line and the lines that it adds up. `proven` counts the places that bear it out."""

    direction: Direction
    total: int
    parts: tuple[int, ...]
    rank: Rank
    proven: int
    checks: tuple[Check, ...]
    usual: bool = True  # the parts are those that the label alone would mean
    less: bool = False  # the second of two parts is taken from the first
    left_out: tuple[int, ...] = ()  # lines that the label would mean, and the figures do not

    def place(self, cross: int, line: int | None = None) -> tuple[int, int]:
        """The row and column of a line (the total's, if none is given) where something crosses."""
        line = self.total if line is None else line
        return (line, cross) if self.direction is Direction.DOWN else (cross, line)


@dataclass(slots=True)
class _Node:
    """A line that no total has taken in yet. `figures` are its own or, where blank, its parts'."""

    line: Line
    figures: Mapping[int, tuple[Figure, ...]]
    rank: Rank = Rank.NONE


@dataclass(frozen=True, slots=True)
class _Tally:
    """How a total compares with the last `count` open lines."""

    count: int
    strong: int = 0  # places that agree, with two parts or more
    weak: int = 0  # places that agree with a single part
    near: int = 0  # places that rounding can explain
    broken: int = 0
    bare: int = 0
    evidence: int = 0  # digits of the totals that agree strongly: the more, the less by chance
    less: bool = False

    @property
    def held(self) -> int:
        """The places that bear it out."""
        return self.strong + self.weak + self.near

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """What to compare tallies by."""
        return self.strong, self.weak, -self.broken - self.bare, -self.count


@dataclass(slots=True)
class _Running:
    """What the lines looked at so far add up to, at one place."""

    value: Decimal = _NOUGHT
    half: Decimal = _NOUGHT
    parts: int = 0

    def add(self, figure: Figure, sign: int = 1) -> None:
        """Count one more part."""
        self.value += sign * figure.value
        self.half += figure.half
        self.parts += bool(figure.value)


@dataclass(slots=True)
class _Search:
    """One pass over the lines of a table."""

    direction: Direction
    depth: int
    open: list[_Node] = field(default_factory=list)
    barrier: int = 0  # open lines before it belong to an earlier section
    left_blank: int = 0  # open lines before it have had their total, left blank
    sums: list[Sum] = field(default_factory=list)

    def run(self, lines: Sequence[Line]) -> list[Sum]:
        taken: set[int] = set()
        for place, line in enumerate(lines):
            if line.starts:
                self.barrier = len(self.open)
            if line.number in taken:
                continue
            if not (line.rank or line.marked):
                self._push(line)
            elif not line.figures:
                self._leave_blank(line)
            elif not (
                self._close(line)
                or (
                    line.rank and self._lead(line, lines[place + 1 : place + 1 + self.depth], taken)
                )
            ):
                self._assume(line)
        return self.sums

    def _push(self, line: Line, rank: Rank = Rank.NONE) -> None:
        if line.figures:
            figures = {cross: (figure,) for cross, figure in line.figures.items()}
            self.open.append(_Node(line, figures, rank))

    # --- Choosing -----------------------------------------------------------------------------

    def _close(self, line: Line) -> bool:
        """Take in the open lines that a total is proven to add up, if any are."""
        count = self._usual(line.rank)
        tallies = self._tallies(line, count)
        usual = next((tally for tally in tallies if tally.count == count), _Tally(0))
        best = max(tallies, key=lambda tally: tally.weight, default=usual)
        if line.rank is Rank.NET and len(self.open) > 1:
            best = max(best, self._less(line), key=lambda tally: tally.weight)
        # Figures may say otherwise than the label, but a chance 1 + 1 = 2 is no witness.
        told = best.evidence >= _FEWEST_DIGITS
        if not line.rank:
            proven = told and best.strong > max(1, best.broken)
        elif told and best.strong > usual.strong:
            proven = best.held >= best.broken
        else:
            best = usual
            proven = best.strong > 0 or best.held >= max(1, best.broken)
        if proven:
            beyond = self.open[-count : -best.count] if best.count < count else []
            self._take(line, best.count, best.held, best is usual, best.less)
            self.sums[-1] = replace(
                self.sums[-1], left_out=tuple(node.line.number for node in beyond)
            )
        return proven

    def _tallies(self, line: Line, usual: int) -> list[_Tally]:
        """How the total compares with the last line, the last two, the last three …"""
        running = {cross: _Running() for cross in _sample(line.figures)}
        tallies: list[_Tally] = []
        depth = min(self.depth, len(self.open))
        for count in range(1, max(depth, usual) + 1):
            for cross, now in running.items():
                for figure in self.open[-count].figures.get(cross, ()):
                    now.add(figure)
            if count <= depth or count == usual:
                tallies.append(_tally(count, line, running))
        return tallies

    def _less(self, line: Line) -> _Tally:
        """How a net line compares with the second last open line less the last."""
        running = {cross: _Running() for cross in _sample(line.figures)}
        for node, sign in ((self.open[-2], 1), (self.open[-1], -1)):
            for cross, now in running.items():
                for figure in node.figures.get(cross, ()):
                    now.add(figure, sign)
        return replace(_tally(2, line, running), weak=0, less=True)

    def _usual(self, rank: Rank) -> int:
        """How many open lines the label alone would mean: those since the last total like it."""
        count = self._since_like(rank)
        if count or rank < Rank.TOTAL:
            return count
        # A total straight after totals is the total of those.
        return self._since(lambda node: node.rank is Rank.GRAND_TOTAL)

    def _since_like(self, rank: Rank) -> int:
        """How many lines are open since the last total of this rank or above."""
        return self._since(lambda node: node.rank >= max(rank, Rank.SUB_TOTAL))

    def _since(self, ends: Callable[[_Node], bool]) -> int:
        """How many lines are open since the last that ends the count, or the section's start."""
        for place in range(len(self.open) - 1, self.barrier - 1, -1):
            if ends(self.open[place]):
                return len(self.open) - 1 - place
        return len(self.open) - self.barrier

    # --- Recording ----------------------------------------------------------------------------

    def _take(
        self, line: Line, count: int, proven: int, usual: bool = True, less: bool = False
    ) -> None:
        """Record a total over the last open lines, which it closes."""
        nodes = self.open[-count:]
        del self.open[-count:]
        self.barrier = min(self.barrier, len(self.open))
        self.sums.append(_sum(self.direction, line, nodes, proven, usual, less))
        self._push_total(line, nodes)

    def _push_total(self, line: Line, nodes: Sequence[_Node]) -> None:
        passed_on: dict[int, list[Figure]] = {}  # where the total is blank, its parts stand for it
        for node in nodes:
            for cross, found in node.figures.items():
                if cross not in line.figures:
                    passed_on.setdefault(cross, []).extend(found)
        figures = {cross: tuple(found) for cross, found in passed_on.items()}
        figures |= {cross: (figure,) for cross, figure in line.figures.items()}
        self.open.append(_Node(line, figures, max(line.rank, Rank.SUB_TOTAL)))

    def _lead(self, line: Line, after: Sequence[Line], taken: set[int]) -> bool:
        """Take in the lines that follow a total, where it is printed first.

        Of several runs of lines that agree, the one that agrees in most places: a last line may be
        nought in all but a few.
        """
        running = {cross: _Running() for cross in _sample(line.figures)}
        followers: list[_Node] = []
        best = _Tally(0)
        for place, follower in enumerate(after):
            if follower.rank or follower.starts or follower.number in taken:
                break
            if not follower.figures:
                continue
            figures = {cross: (figure,) for cross, figure in follower.figures.items()}
            followers.append(_Node(follower, figures))
            for cross, now in running.items():
                if figure := follower.figures.get(cross):
                    now.add(figure)
            tally = _tally(len(followers), line, running)
            if (
                tally.evidence >= _FEWEST_DIGITS
                and tally.strong >= tally.broken
                and tally.strong > best.strong
            ):
                if _agreeing(after[place + 1 : place + 2], running) >= tally.strong:
                    break  # the next line is their total, and this one is only like it
                best = tally
        if not best.count:
            return False
        parts = followers[: best.count]
        self.sums.append(_sum(self.direction, line, parts, best.held, usual=False, less=False))
        taken.update(node.line.number for node in parts)
        self._push_total(line, parts)
        return True

    def _assume(self, line: Line) -> None:
        """Nothing bears the hint out: keep what the label would mean, or treat it as any line."""
        count = self._usual(line.rank)
        if line.rank in (Rank.NONE, Rank.NET) or count < 2:
            self._push(line, line.rank)
        else:
            self._take(line, count, 0)

    def _leave_blank(self, line: Line) -> None:
        """A total line without a figure closes nothing; what stands over it stays open."""
        count = min(self._since_like(line.rank), len(self.open) - self.left_blank)
        self.left_blank = len(self.open)
        if count > 0:
            self.sums.append(_sum(self.direction, line, self.open[-count:], 0, True, False))


MOST_TOTALS = 1_000
"""Lines of one table that may be totals. More are the rows of a data set, and are not added up."""


def is_data_set(lines: Sequence[Line]) -> bool:
    """Whether so many lines look like totals that they are not."""
    return sum(1 for line in lines if line.rank or line.marked) > MOST_TOTALS


def find_sums(direction: Direction, lines: Sequence[Line]) -> list[Sum]:
    """The totals among the lines, in order."""
    hints = [line for line in lines if line.rank or line.marked]
    if not hints or is_data_set(lines):
        return []
    steps = sum(min(len(line.figures), _SAMPLE) + 1 for line in hints)
    depth = max(_SHALLOWEST, min(_DEEPEST, _STEPS // steps))
    return _Search(direction, depth).run(lines)


def _sample(figures: Mapping[int, Figure]) -> list[int]:
    """Enough of the places to prove a total by, evenly spread."""
    step = -(-len(figures) // _SAMPLE) or 1
    return list(figures)[::step]


def _tally(count: int, line: Line, running: Mapping[int, _Running]) -> _Tally:
    """Compare a total with what the lines looked at add up to."""
    strong = weak = near = broken = bare = evidence = 0
    for cross, now in running.items():
        figure = line.figures[cross]
        apart = abs(figure.value - now.value)
        if not now.parts:
            bare += bool(figure.value)
        elif not apart:
            strong += now.parts > 1
            evidence += _digits(figure) if now.parts > 1 else 0
            weak += now.parts == 1
        elif now.parts > 1 and apart < now.half + figure.half:
            near += 1
        else:
            broken += 1
    return _Tally(count, strong, weak, near, broken, bare, evidence)


def _agreeing(following: Sequence[Line], running: Mapping[int, _Running]) -> int:
    """In how many places the next line, if it is a total, agrees with the lines looked at."""
    return sum(
        now.parts > 1 and cross in line.figures and line.figures[cross].value == now.value
        for line in following
        if line.rank
        for cross, now in running.items()
    )


def _digits(figure: Figure) -> int:
    """How many digits a figure has, noughts at either end left out."""
    return len(figure.value.normalize().as_tuple().digits) if figure.value else 0


def _sum(
    direction: Direction,
    line: Line,
    nodes: Sequence[_Node],
    proven: int,
    usual: bool,
    less: bool,
) -> Sum:
    """A total with its check at every place where it or a part has a figure."""
    parts: dict[int, list[Figure]] = {}
    signs: dict[int, list[int]] = {}
    expected: dict[int, Decimal] = {}
    for place, node in enumerate(nodes):
        sign = -1 if less and place else 1
        for cross, figures in node.figures.items():
            parts.setdefault(cross, []).extend(figures)
            signs.setdefault(cross, []).extend(sign for _ in figures)
            added = sum((figure.value for figure in figures), _NOUGHT)
            expected[cross] = expected.get(cross, _NOUGHT) + sign * added
    checks = tuple(
        compare(
            cross,
            line.figures.get(cross),
            tuple(parts.get(cross, ())),
            expected.get(cross, _NOUGHT),
            tuple(signs.get(cross, ())),
        )
        for cross in sorted({*parts, *line.figures})
    )
    numbers = tuple(node.line.number for node in nodes)
    return Sum(direction, line.number, numbers, line.rank, proven, checks, usual, less)
