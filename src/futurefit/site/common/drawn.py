"""How is a table of thousands of rows shown a page at a time, without making the rest?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from futurefit.kernel.report import Row

Item = TypeVar("Item")


class Drawn(Sequence[Row], Generic[Item]):
    """Rows of a table, one for each item, that are made when they are asked for: a page's at once.

    `foot` stands below them: rows that are made already, such as totals. No other row is a total.
    """

    def __init__(
        self,
        items: Sequence[Item],
        draw: Callable[[Sequence[Item]], list[Row]],
        foot: Sequence[Row] = (),
    ) -> None:
        self._items, self._draw, self._foot = items, draw, foot

    def split(self) -> tuple[Drawn[Item], tuple[Row, ...]]:
        """The rows that are made when asked for, and the foot; none is made."""
        return Drawn(self._items, self._draw), tuple(self._foot)

    def __len__(self) -> int:
        return len(self._items) + len(self._foot)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Drawn[Item]: ...
    def __getitem__(self, place: int | slice) -> Row | Drawn[Item]:
        drawn = len(self._items)
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            foot = self._foot[max(0, start - drawn) : max(0, stop - drawn)]
            return Drawn(self._items[start:stop], self._draw, foot)
        place = range(len(self))[place]
        if place >= drawn:
            return self._foot[place - drawn]
        return self._draw(self._items[place : place + 1])[0]

    def __iter__(self) -> Iterator[Row]:
        if self._items:
            yield from self._draw(self._items)
        yield from self._foot
