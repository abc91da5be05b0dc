"""Where totals fail, which figures could be wrong, and which is the likeliest? (rule AUD-34)

Every printed total ties figures to each other. A suspicion is one change, of one figure or of two
that changed places, that makes some failing totals right; what it makes wrong speaks against it.
Where that leaves several, as it does where figures are added in one direction only, the odds tell:
how likely the slip is that would have made the printed figure of the one that was meant, and
whether what was meant fits the figures beside it better.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from futurefit.papers.arithmetic import TableArithmetic
from futurefit.papers.figures import Figure
from futurefit.papers.fitting import Neighbours
from futurefit.papers.printed import Kind, read_printed
from futurefit.papers.shares import Share, read_shares
from futurefit.papers.slips import could_mean, odds
from futurefit.papers.sums import Check, Direction, Status, Sum

Place = tuple[int, int]

_NOUGHT = Decimal(0)
_MOST_PAIRED = 30  # failing totals that are searched, two by two, for figures that changed places
_EXPLAINED = 0.005
_LONG_ENOUGH = 100  # last places; shorter figures stand beside their like by chance
_MOST_PLACED = 5_000  # figures of a table in which they are

_TOTALS_RATHER = 1.5  # times that a total is likelier to be wrong than a part, all else being equal
_ODDS_OF_STALE = 0.4  # that a total was worked out before its parts changed
_ODDS_OF_NEW = 0.004  # that a part was changed to any other figure
_ODDS_OF_COUNTED = 0.2  # that a total leaves one part out, or counts it twice
_ODDS_OF_BLANK = 0.3
_ODDS_OF_BESIDE = 0.15  # that a figure and the one beside it changed places
_ODDS_OF_ROUNDED = 0.5  # that rounding leaves a right total a little off its parts
_ODDS_OF_MINUS = 0.1  # that a blank is below nought where no figure of its row or column is


@dataclass(frozen=True, slots=True)
class Broken:
    """A total that does not add up.

    `open` is set where one of its parts is itself a total left blank: what it should be is not
    printed, and only a figure beside that blank can say that something is wrong.
    """

    found: Sum
    check: Check
    total: Figure
    open: bool = False


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A figure, the change that would mend some failing totals, and what speaks for it.

    `net` counts the totals that come right, less those that would no longer be; `odds` compare
    suspicions of equal count. `there` is the place of the figure that it changed places with.
    """

    figure: Figure
    change: Decimal
    mends: tuple[Broken, ...]
    net: int
    odds: float
    is_total: bool
    there: Place | None = None

    @property
    def is_explained(self) -> bool:
        """Whether a slip of some kind speaks for it, and not only that the sum would come right."""
        return self.odds >= _EXPLAINED

    @property
    def weight(self) -> tuple[int, bool, float, bool]:
        """What to compare suspicions by: one figure is likelier to be wrong than two."""
        return self.net, self.there is None, self.odds, self.is_total


@dataclass(frozen=True, slots=True)
class _Tie:
    """One printed total as an equation: `apart` is the total less its parts, as printed.

    `rounds` is set where totals of this table are seen to be off their parts by rounding.
    """

    found: Sum
    check: Check
    apart: Decimal
    slack: Decimal
    bad: bool
    rounds: bool

    @property
    def room(self) -> Decimal:
        """How far rounding may leave the total from its parts, in a table where it is seen to."""
        return self.slack if self.rounds else _NOUGHT

    def after(self, change: Decimal) -> int:
        """1 where a change of `apart` makes the total right, -1 where it makes it wrong."""
        now = self.apart + change
        if self.bad:
            return int(not now or (self.rounds and abs(now) < self.slack))
        return -int(bool(now) and abs(now) >= self.slack)


def _near(among: Sequence[tuple[Decimal, Place]], value: Decimal, room: Decimal) -> list[Place]:
    """The places of the numbers, which are in order, that are a value, or nearer it than `room`."""
    first = bisect_left(among, value - room, key=lambda one: one[0])
    last = bisect_right(among, value + room, key=lambda one: one[0])
    return [
        place
        for number, place in among[first:last]
        if number == value or abs(number - value) < room
    ]


_Key = int | Place
"""A figure by its identity, or a blank by its place."""


class Web:
    """The failing totals of a table, and every other total that their figures stand in."""

    def __init__(self, arithmetic: TableArithmetic, broken: Sequence[Broken]) -> None:
        self.arithmetic = arithmetic
        self.beside = Neighbours(arithmetic)
        self.places = {id(figure): place for place, figure in arithmetic.placed.items()}
        self.blanks: dict[Place, Figure] = {}
        self.rounded = {
            found.direction
            for found in arithmetic.sums
            for check in found.checks
            if check.telling and check.status is Status.ROUNDED
        }
        self.ties: dict[_Key, list[tuple[_Tie, int]]] = {}
        wanted: set[_Key] = set()
        for one in broken:
            wanted |= {id(one.total), *map(id, one.check.parts)}
            wanted |= set(self._blank_parts(one))
        self.paired = len(broken) <= _MOST_PAIRED and len(arithmetic.placed) <= _MOST_PLACED
        if self.paired:
            wanted |= set(map(id, arithmetic.placed.values()))
            for found in arithmetic.sums:
                for check in found.checks:
                    wanted |= set(self._blank_lines(found, check.cross))
        for found in arithmetic.sums:
            for check in found.checks:
                self._tie(found, check, wanted)
        self.shares: dict[int, list[Share]] = {}
        if any(figure.kind is Kind.PERCENT for figure in arithmetic.grid.figures.values()):
            for share in read_shares(arithmetic):
                for figure in (share.amount, share.whole):
                    self.shares.setdefault(id(figure), []).append(share)

    def _blank_parts(self, one: Broken) -> Iterator[Place]:
        """The blank cells among the parts of a failing total."""
        return self._blank_lines(one.found, one.check.cross)

    def _blank_lines(self, found: Sum, cross: int) -> Iterator[Place]:
        """The blank cells of a total and its parts, where something crosses them."""
        grid = self.arithmetic.grid
        for line in (found.total, *found.parts, *self._empty_lines(found)):
            place = found.place(cross, line)
            cell = grid.cells.get(place)
            if cell is not None and not cell.text and place not in self.arithmetic.placed:
                if place not in self.blanks:
                    scale = self._scale(place)
                    self.blanks[place] = Figure(cell, Kind.NUMBER, _NOUGHT, _NOUGHT, scale)
                yield place

    def _empty_lines(self, found: Sum) -> list[int]:
        """The one line without a figure among the parts of a total printed once, if there is one.

        A row has a label and stands between the others; a column that does not is headed by a year.
        """
        if len(found.checks) != 1:
            return []
        grid, cross = self.arithmetic.grid, found.checks[0].cross
        among = {*found.parts, found.total}
        down = found.direction is Direction.DOWN
        empty = [
            line
            for line in (grid.rows if down else range(1, grid.width + 1))
            if line not in among
            and found.place(cross, line) not in grid.figures
            and (any(grid.own_labels(line)) if down else self._is_headed(line))
            and (min(among) < line < max(among) or (not down and self._is_year(line)))
        ]
        return empty if len(empty) == 1 else []

    def _is_headed(self, column: int) -> bool:
        return bool(self.arithmetic.grid.heads(column))

    def _is_year(self, column: int) -> bool:
        return read_printed(self.arithmetic.grid.head_name(column)).kind is Kind.PERIOD

    def _scale(self, place: Place) -> Decimal:
        """What one of a number printed at a place is worth, by the figures of its column."""
        placed, column = self.arithmetic.placed, place[1]
        if place in placed:
            return placed[place].scale
        return next((figure.scale for at, figure in placed.items() if at[1] == column), Decimal(1))

    def _tie(self, found: Sum, check: Check, wanted: set[_Key]) -> None:
        """Note in which totals the wanted figures and blanks stand, and with which sign."""
        if check.total is None and (check.status is not Status.BLANK or not check.expected):
            return
        ends: list[tuple[_Key, int]] = [
            (id(part), -sign) for part, sign in zip(check.parts, check.signs, strict=True)
        ]
        if check.total is not None:
            ends.append((id(check.total), 1))
        for line in (*found.parts, *self._empty_lines(found)):
            place = found.place(check.cross, line)
            if place in self.blanks:
                ends.append((place, 1 if found.less and line != found.parts[0] else -1))
        if check.total is None and found.place(check.cross) in self.blanks:
            ends.append((found.place(check.cross), 1))
        tie: _Tie | None = None
        for key, sign in ends:
            if key in wanted:
                if tie is None:
                    total = check.total
                    tie = _Tie(
                        found,
                        check,
                        check.difference,
                        sum((part.half for part in check.parts), total.half if total else _NOUGHT),
                        check.status in (Status.BROKEN, Status.BLANK, Status.BARE),
                        found.direction in self.rounded,
                    )
                self.ties.setdefault(key, []).append((tie, sign))

    # --- What one change would do -----------------------------------------------------------------

    def suspicions(self, broken: Sequence[Broken]) -> list[Suspicion]:
        """Every single change that would make a failing total right, and what speaks for it."""
        by_check = {id(one.check): one for one in broken}
        seen: set[tuple[_Key, Decimal]] = set()
        found: list[Suspicion] = []
        for one in broken:
            for key, figure in self._ends(one):
                tie, sign = next(end for end in self.ties[key] if end[0].check is one.check)
                change = -sign * tie.apart
                changes = [change]
                if tie.rounds and self.paired:
                    changes += [
                        near
                        for meant in could_mean(figure)
                        if 0 < abs((near := meant - figure.value) - change) < tie.slack
                    ]
                for each in changes:
                    if (key, each) not in seen:
                        seen.add((key, each))
                        found.append(self._suspicion(key, figure, each, by_check, each == change))
        if self.paired:
            found += self._exchanges(broken, by_check)
        return found

    def strays(self, broken: Sequence[Broken]) -> list[Suspicion]:
        """Figures that stand beside a blank which is what a failing total lacks."""
        by_check = {id(one.check): one for one in broken}
        return [found for one in broken for found in self._stands_outside(one, by_check)]

    def _ends(self, one: Broken) -> Iterator[tuple[_Key, Figure]]:
        yield id(one.total), one.total
        for part in one.check.parts:
            yield id(part), part
        for line in (*one.found.parts, *self._empty_lines(one.found)):
            place = one.found.place(one.check.cross, line)
            if place in self.blanks:
                yield place, self.blanks[place]

    def _suspicion(
        self,
        key: _Key,
        figure: Figure,
        change: Decimal,
        by_check: Mapping[int, Broken],
        exact: bool,
    ) -> Suspicion:
        net, mends = self._effect({key: change}, by_check)
        return Suspicion(
            figure,
            change,
            mends,
            net,
            self._odds(key, figure, figure.value + change, mends)
            * (1 if exact else _ODDS_OF_ROUNDED),
            any(figure is one.total for one in mends),
        )

    def _effect(
        self, changes: Mapping[_Key, Decimal], by_check: Mapping[int, Broken]
    ) -> tuple[int, tuple[Broken, ...]]:
        """How many totals come right, less those that no longer are; and which do."""
        moved: dict[int, Decimal] = {}
        ties: dict[int, _Tie] = {}
        for key, change in changes.items():
            for tie, sign in self.ties.get(key, ()):
                ties[id(tie)] = tie
                moved[id(tie)] = moved.get(id(tie), _NOUGHT) + sign * change
        net = 0
        mends: list[Broken] = []
        for identity, tie in ties.items():
            step = tie.after(moved[identity])
            net += step
            if step > 0 and id(tie.check) in by_check:
                mends.append(by_check[id(tie.check)])
        return net + self._shared(changes), tuple(mends)

    def _shared(self, changes: Mapping[_Key, Decimal]) -> int:
        """1 where more of the printed percentages come right than go wrong, -1 the other way."""
        told = {
            id(share): share
            for key in changes
            if isinstance(key, int)
            for share in self.shares.get(key, ())
        }
        if not told:
            return 0
        meant = {
            id(figure): figure.value + changes[id(figure)]
            for share in told.values()
            for figure in (share.amount, share.whole)
            if id(figure) in changes
        }
        better = sum(
            share.with_values(meant).can_arise - share.can_arise for share in told.values()
        )
        return (better > 0) - (better < 0)

    # --- Two figures that changed places ----------------------------------------------------------

    def _exchanges(
        self, broken: Sequence[Broken], by_check: Mapping[int, Broken]
    ) -> Iterator[Suspicion]:
        """Figures of failing totals that are right in the place of another of their row or column.

        Where figures are added down, one of the same row; where across, one of the same column.
        What should be nought changes places only with the blank or dash beside it.
        """
        standing: dict[int, list[tuple[Decimal, Place]]] = {}
        for place, figure in self.arithmetic.placed.items():
            if figure.value:
                number = figure.value / figure.scale
                standing.setdefault(place[0], []).append((number, place))
                standing.setdefault(-place[1], []).append((number, place))
        for found in standing.values():
            found.sort()
        for one in broken:
            down = one.found.direction is Direction.DOWN
            for key, figure in self._ends(one):
                row, column = place = key if isinstance(key, tuple) else self.places[key]
                tie, sign = next(end for end in self.ties[key] if end[0].check is one.check)
                meant = figure.value - sign * one.check.difference
                if meant:
                    among = standing.get(row if down else -column, [])
                    theirs = _near(among, meant / figure.scale, tie.room / figure.scale)
                else:
                    theirs = self._empty_beside(place, down)
                for there in theirs:
                    if there != place:
                        yield from self._exchange(place, there, by_check)
            yield from self._stands_outside(one, by_check)
            yield from self._total_for_part(one, by_check)
        yield from self._between_blocks(broken, by_check)

    def _between_blocks(
        self, broken: Sequence[Broken], by_check: Mapping[int, Broken]
    ) -> Iterator[Suspicion]:
        """Parts of two totals of one column (or row) of which one has what the other lacks."""
        for much, little in combinations(broken, 2):
            if (
                much.found.direction is not little.found.direction
                or much.check.cross != little.check.cross
                or much.check.difference != -little.check.difference
            ):
                continue
            theirs: dict[Decimal, list[Place]] = {}
            for part in little.check.parts:
                theirs.setdefault(part.value, []).append(self.places[id(part)])
            for part in much.check.parts:
                place = self.places[id(part)]
                for there in theirs.get(part.value + much.check.difference, ()):
                    apart = abs(place[0] - there[0]) + abs(place[1] - there[1])
                    yield from self._exchange(place, there, by_check, 1 / apart)

    def _empty_beside(self, place: Place, down: bool) -> list[Place]:
        """The dashes and blank cells beside a place, in its row or its column."""
        row, column = place
        beside = (
            ((row, column - 1), (row, column + 1))
            if down
            else ((row - 1, column), (row + 1, column))
        )
        cells, placed = self.arithmetic.grid.cells, self.arithmetic.placed
        return [
            at
            for at in beside
            if (at in placed and not placed[at].value)
            or (at not in placed and at in cells and not cells[at].text)
        ]

    def _exchange(
        self,
        place: Place,
        there: Place,
        by_check: Mapping[int, Broken],
        how_likely: float = 1.0,
    ) -> Iterator[Suspicion]:
        """Two places whose figures may have been exchanged; the figure that is told is printed."""
        placed = self.arithmetic.placed
        if self._size_of(place) < self._size_of(there):
            place, there = there, place
        here, other = placed.get(place), placed.get(there)
        if here is None:
            return
        was = other.value if other else _NOUGHT
        worth = self._scale(there) / here.scale  # of what is printed, there and here
        change = was / worth - here.value
        key: _Key = id(other) if other else there
        changes: dict[_Key, Decimal] = {id(here): change, key: here.value * worth - was}
        net, mends = self._effect(changes, by_check)
        if mends:
            yield Suspicion(here, change, mends, net, how_likely, is_total=False, there=there)

    def _size_of(self, place: Place) -> Decimal:
        figure = self.arithmetic.placed.get(place)
        return abs(figure.value / figure.scale) if figure else _NOUGHT

    def _total_for_part(self, one: Broken, by_check: Mapping[int, Broken]) -> Iterator[Suspicion]:
        """A failing total that is right once it and one of its parts change places."""
        for part in one.check.parts:
            if part.value and one.check.difference == 2 * (one.total.value - part.value):
                yield from self._exchange(
                    self.places[id(one.total)], self.places[id(part)], by_check
                )

    def _stands_outside(self, one: Broken, by_check: Mapping[int, Broken]) -> Iterator[Suspicion]:
        """A blank in a failing total, and just what it lacks in the cell beside it."""
        for line in one.found.parts:
            place = one.found.place(one.check.cross, line)
            if place not in self.blanks:
                continue
            sign = -1 if one.found.less and line != one.found.parts[0] else 1
            lacking = sign * one.check.difference
            row, column = place
            for beside in (
                (row, column - 1),
                (row, column + 1),
                (row - 1, column),
                (row + 1, column),
            ):
                here = self.arithmetic.placed.get(beside)
                if here is None or id(here) not in self.ties:
                    continue
                if here.value * self.blanks[place].scale != lacking * here.scale:
                    continue
                moved = -here.value
                net, mends = self._effect({id(here): moved, place: lacking}, by_check)
                if mends:
                    yield Suspicion(here, moved, mends, net, 1.0, is_total=False, there=place)

    # --- The odds ---------------------------------------------------------------------------------

    def _odds(self, key: _Key, figure: Figure, meant: Decimal, mends: Iterable[Broken]) -> float:
        """How likely it is that `meant` came out as printed, beside other suspects."""
        if isinstance(key, tuple):
            found = _ODDS_OF_BLANK * self._filled(key) * self.beside.tell(key, None, meant)
            return found * (_ODDS_OF_MINUS if meant < 0 and not self._has_minus(key) else 1)
        found = odds(figure, meant)
        place = self.places[key]
        is_total = any(figure is one.total for one in mends)
        unit = figure.scale * Decimal(1).scaleb(-figure.places)
        size = float(max(*(abs(one.total.value) for one in mends), 10 * unit) / unit)
        found += (_ODDS_OF_STALE if is_total else _ODDS_OF_NEW) / size
        if is_total:
            found *= _TOTALS_RATHER
            if any(
                part.value and abs(part.value) == abs(meant - figure.value)
                for one in mends
                for part in one.check.parts
            ):
                found += _ODDS_OF_COUNTED
        if abs(meant) >= _LONG_ENOUGH * unit and self._stands_beside(place, meant):
            found += _ODDS_OF_BESIDE
        return found * self.beside.tell(place, figure.value, meant)

    def _filled(self, place: Place) -> float:
        """How full the row and the column of a blank are: of few blanks, each is odd."""
        placed, grid = self.arithmetic.placed, self.arithmetic.grid
        row = [(place[0], column) in placed for column in grid.columns if column != place[1]]
        rows = [
            (line, place[1]) in placed
            for line in grid.rows
            if line != place[0] and any((line, column) in placed for column in grid.columns)
        ]
        filled = sum(row) / max(1, len(row)) if any(row) else 1.0
        return filled * (sum(rows) / len(rows) if rows else 1.0) ** 2

    def _has_minus(self, place: Place) -> bool:
        """Whether a figure of the same row or column is below nought."""
        row, column = place
        return any(
            figure.value < 0 and (at[0] == row or at[1] == column)
            for at, figure in self.arithmetic.placed.items()
        )

    def _stands_beside(self, place: Place, meant: Decimal) -> bool:
        """Whether the figure that was meant is printed in a cell beside it."""
        row, column = place
        figures = self.arithmetic.grid.figures
        beside = ((row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column))
        return bool(meant) and any(at in figures and figures[at].value == meant for at in beside)
