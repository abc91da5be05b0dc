"""What does a formula give, from the values that the workbook keeps? (rule AUD-28)

Signs and references here; the functions are in `functions`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from futurefit.papers.readers.xlsx.formats import general
from futurefit.papers.readers.xlsx.formulas import LEVELS, Node, Outside, Value, Wrong, parse


@dataclass(slots=True)
class Book:
    """What formulas ask of a workbook: its values, its names, and how much may still be read.

    `grids` holds each sheet's values by row and column, an error as a `Wrong`; `subtotals` the
    cells that are subtotals, which a subtotal leaves out; `hidden` the rows that are not shown.
    """

    grids: dict[str, dict[int, dict[int, Value | Wrong]]]
    names: dict[str, str]
    subtotals: dict[str, set[tuple[int, int]]]
    hidden: dict[str, set[int]]
    left: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Working:
    """Works out formulas of one sheet."""

    book: Book
    sheet: str
    functions: Mapping[str, Function]

    def value(self, node: Node, row: int, column: int) -> Value:
        """What a formula in a cell gives; Wrong for an error, Outside for what is not known."""
        found = self.work(node, row, column)
        if isinstance(found, Area):
            return self._single(found)
        return 0.0 if found is None else found

    def work(self, node: Node, row: int, column: int) -> Value | Area:
        """What a part of a formula gives: a value, or an area of cells."""
        kind = node[0]
        if kind == "value":
            value: Value = node[1]
            return value
        if kind == "error":
            raise Wrong(node[1])
        if kind == "cell":
            return self._area(node[1], node[2:], node[2:], row, column)
        if kind == "range":
            return self._area(node[1], node[2], node[3], row, column)
        if kind == "name":
            return self._named(node[1])
        if kind == "call":
            function = self.functions.get(node[1])
            if function is None:
                raise Outside(node[1])
            return function(self, node[2], row, column)
        if kind == "minus":
            return -self.number(node[1], row, column)
        if kind == "share":
            return self.number(node[1], row, column) / 100
        return self._do(node[1], self.plain(node[2], row, column), self.plain(node[3], row, column))

    def _area(
        self,
        sheet: str | None,
        first: tuple[Any, ...],
        last: tuple[Any, ...],
        row: int,
        column: int,
    ) -> Area:
        name = self.sheet if sheet is None else sheet
        if name not in self.book.grids:
            name = next((one for one in self.book.grids if one.lower() == name.lower()), "")
            if not name:
                raise Outside("a sheet that is not there")
        rows = [at if fixed else at + row for at, fixed in (first[:2], last[:2])]
        columns = [at if fixed else at + column for at, fixed in (first[2:], last[2:])]
        if min(rows) < 1 or min(columns) < 1:
            raise Wrong("#REF!")
        return Area(name, min(rows), min(columns), max(rows), max(columns))

    def _named(self, name: str) -> Value | Area:
        text = self.book.names.get(name)
        if text is None:
            raise Outside("a name that is not defined")
        node = parse(text, 1, 1)
        corners = (node[2:],) if node[0] == "cell" else node[2:] if node[0] == "range" else ()
        if node[0] not in ("cell", "range", "value") or not all(c[1] and c[3] for c in corners):
            raise Outside("a name that stands for a formula")
        return self.work(node, 1, 1)

    def held(self, area: Area) -> Iterator[tuple[int, int, Value | Wrong]]:
        """The cells of an area that hold something."""
        grid = self.book.grids[area.sheet]
        tall = area.bottom - area.top + 1
        rows = range(area.top, area.bottom + 1) if tall <= len(grid) else sorted(grid)
        self.book.left -= min(tall, len(grid))
        for row in rows:
            held = grid.get(row)
            if not held or not area.top <= row <= area.bottom:
                continue
            self.book.left -= len(held)
            if self.book.left < 0:
                raise Outside("more than can be worked out in time")
            if area.left == area.right:
                if area.left in held:
                    yield row, area.left, held[area.left]
                continue
            for column in held:
                if area.left <= column <= area.right:
                    yield row, column, held[column]

    def _single(self, area: Area) -> Value:
        if (area.top, area.left) != (area.bottom, area.right):
            raise Outside("a range where one cell is meant")
        value = self.book.grids[area.sheet].get(area.top, {}).get(area.left)
        if isinstance(value, Wrong):
            raise Wrong(*value.args)
        return value

    def plain(self, node: Node, row: int, column: int) -> Value:
        """What a part of a formula gives, where one value is meant."""
        found = self.work(node, row, column)
        return self._single(found) if isinstance(found, Area) else found

    def number(self, node: Node, row: int, column: int) -> float:
        """One part as a number."""
        return number_of(self.plain(node, row, column))

    def truth(self, node: Node, row: int, column: int) -> bool:
        """One part as true or false."""
        value = self.plain(node, row, column)
        if isinstance(value, str):
            raise Wrong("#VALUE!")
        return bool(value)

    def numbers(self, parts: tuple[Node, ...], row: int, column: int) -> Iterator[float]:
        """The numbers that a sum takes in: of areas only what is a number."""
        for part in parts:
            found = self.work(part, row, column)
            if isinstance(found, Area):
                for _, _, value in self.held(found):
                    if isinstance(value, Wrong):
                        raise Wrong(*value.args)
                    if isinstance(value, float):
                        yield value
            elif found is not None:
                yield number_of(found)

    def _do(self, sign: str, left: Value, right: Value) -> Value:
        if sign == "&":
            return _text(left) + _text(right)
        if sign in LEVELS[0]:
            return compare(sign, left, right)
        one, other = number_of(left), number_of(right)
        if sign == "/" and other == 0:
            raise Wrong("#DIV/0!")
        try:
            result = _SIGNS[sign](one, other)
        except (OverflowError, ZeroDivisionError):
            raise Wrong("#NUM!") from None
        if isinstance(result, complex):
            raise Wrong("#NUM!")
        return float(result)


_SIGNS: dict[str, Callable[[float, float], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}


def number_of(value: Value) -> float:
    """A value as a number, as Excel takes it in a sum of two."""
    if value is None:
        return 0.0
    if isinstance(value, str):
        try:
            return float(value.replace(",", ""))
        except ValueError:
            raise Wrong("#VALUE!") from None
    return float(value)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else general(value)


def _order(value: Value) -> tuple[int, float | str]:
    """Excel's order: numbers, then texts, then FALSE and TRUE."""
    if isinstance(value, bool):
        return 2, float(value)
    return (1, value.lower()) if isinstance(value, str) else (0, value or 0.0)


def compare(sign: str, left: Value, right: Value) -> bool:
    """Whether two values stand so to each other."""
    if left is None:
        left = "" if isinstance(right, str) else 0.0
    if right is None:
        right = "" if isinstance(left, str) else 0.0
    (kind, one), (other_kind, other) = _order(left), _order(right)
    if kind != other_kind:
        below, same = kind < other_kind, False
    else:
        below, same = one < other, one == other  # type: ignore[operator]
    return {
        "=": same,
        "<>": not same,
        "<": below,
        ">": not below and not same,
        "<=": below or same,
        ">=": not below,
    }[sign]


Function = Callable[[Working, tuple[Node, ...], int, int], Value | Area]
"""A function of Excel: it works its parts out, for a cell in a row and a column."""
