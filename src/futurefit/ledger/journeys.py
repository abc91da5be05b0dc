"""Where has each pound of the forecast been, and where is it now? (rules RCD-01, RCD-02)

Postings move amounts between accounts. Here pounds are followed: what stood under amber in April
may be delivered in September, slip to the next year, or be withdrawn. Within a line, a year and a
rating, what came first leaves first; a reversal takes back the very pounds that it reverses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from futurefit.ledger import columns as cols
from futurefit.ledger.columns import StandingPosting
from futurefit.ledger.entries import RATINGS, Account, EntryRef, Reason
from futurefit.ledger.state import Position

Place = Account | Reason
"""Where a pound stands: under a rating; outside the forecast, for a reason; or under TARGET, where
it left the target and the forecast together."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A pound came to a place of a year, by an entry that took effect `on` a day; `stage` is the
    place of the first position (from 0) at which it stood there.
    """

    stage: int
    on: date
    ref: EntryRef
    year: str
    place: Place

    @property
    def is_forecast(self) -> bool:
        """True under a rating."""
        return self.place in RATINGS


@dataclass(frozen=True, slots=True)
class Journey:
    """Pounds of one line that have always been together: how many pence, and every stop."""

    line: str
    amount_pence: int
    stops: tuple[Stop, ...]

    def at(self, stage: int) -> Stop | None:
        """Where they stood at one of the positions; None where they were not there yet."""
        stood = None
        for stop in self.stops:
            if stop.stage > stage:
                break
            stood = stop
        return stood


def journeys(positions: Sequence[Position], lines: Collection[str]) -> list[Journey]:
    """Every pound of these lines, through positions of one ledger, one after another.

    At each position the pounds under a rating are exactly its balance. Amounts are signed as in the
    ledger: a pressure's pounds are negative.
    """
    found: list[Journey] = []
    moves: dict[str, list[_Move]] = defaultdict(list)
    before: Position | None = None
    for stage, position in enumerate(positions):
        for move in _moves(before, position, lines, stage):
            moves[move.line].append(move)
        before = position
    for line, own in moves.items():
        walk = _Walk()
        for move in own:
            walk.take(move)
        found += [
            Journey(line, pounds.amount, tuple(reversed(list(pounds.trail))))
            for pounds in walk.everything()
        ]
    return found


@dataclass(frozen=True, slots=True)
class _Move:
    """What one entry did to one line: pence by rating and year, from the least sure rating to the
    surest, and by year what stands against them: variances by reason, and the target last.
    """

    line: str
    stage: int
    on: date
    ref: EntryRef
    takes_back: EntryRef | None
    ratings: list[tuple[Account, str, int]]
    against: dict[str, list[tuple[Place, int]]]

    def slipped(self, year: str) -> int:
        """What slipped out of a year; negative where it slipped in."""
        return next((p for place, p in self.against.get(year, ()) if place is Reason.SLIPPED), 0)


def _moves(
    before: Position | None, after: Position, lines: Collection[str], stage: int
) -> Iterator[_Move]:
    """The entries between two positions, in the order in which they took effect; what stands at the
    earlier one only is taken back first, the last entry first.
    """
    columns = after.ledger.columns
    wanted = cols.mask(columns, lines=lines)
    stood = cols.mask(columns) if before is None or before.standing is None else before.standing
    stands = cols.mask(columns) if after.standing is None else after.standing
    came = cols.rows(columns, wanted & stands if before is None else wanted & stands & ~stood)
    went = [] if before is None else cols.rows(columns, wanted & stood & ~stands)
    reverses = {reversal.ref: ref for ref, reversal in after.ledger.reversals.items()}
    for (*_, line), postings in reversed(_entries(went)):
        yield _move(line, postings, stage, _ref(postings[0]), sign=-1)
    for (*_, line), postings in _entries(came):
        yield _move(line, postings, stage, reverses.get(_ref(postings[0])), sign=1)


def _entries(
    rows: Iterable[StandingPosting],
) -> list[tuple[tuple[date, int, int, str], list[StandingPosting]]]:
    grouped: dict[tuple[date, int, int, str], list[StandingPosting]] = defaultdict(list)
    for row in rows:
        grouped[row.effective_on, row.journal, row.entry, row.posting.line].append(row)
    return sorted(grouped.items(), key=lambda item: item[0])


def _ref(standing: StandingPosting) -> EntryRef:
    return EntryRef(standing.journal, standing.entry)


def _move(
    line: str,
    postings: Sequence[StandingPosting],
    stage: int,
    takes_back: EntryRef | None,
    *,
    sign: int,
) -> _Move:
    ratings: dict[tuple[int, str], int] = defaultdict(int)
    others: dict[tuple[int, str], int] = defaultdict(int)
    for standing in postings:
        posting = standing.posting
        place = posting.reason or posting.account
        sums = ratings if posting.reason is None and place is not _TARGET else others
        sums[_RANK[place], posting.year] += sign * posting.amount_pence
    against: dict[str, list[tuple[Place, int]]] = defaultdict(list)
    for (rank, year), amount in sorted(others.items()):
        if amount:
            against[year].append((_PLACES[rank], amount))
    first = postings[0]
    return _Move(
        line,
        stage,
        first.effective_on,
        _ref(first),
        takes_back,
        [(Account(_PLACES[rank]), year, p) for (rank, year), p in sorted(ratings.items()) if p],
        against,
    )


_TARGET = Account.TARGET
_PLACES: tuple[Place, ...] = (*RATINGS, *Reason, _TARGET)
_RANK = {place: rank for rank, place in enumerate(_PLACES)}


class _Trail:
    """Stops, the last one first, shared by pounds that parted later."""

    __slots__ = ("before", "stop")

    def __init__(self, stop: Stop, before: _Trail | None) -> None:
        self.stop, self.before = stop, before

    def __iter__(self) -> Iterator[Stop]:
        trail: _Trail | None = self
        while trail is not None:
            yield trail.stop
            trail = trail.before


@dataclass(slots=True)
class _Pounds:
    amount: int
    trail: _Trail


class _Walk:
    """The pounds of one line, by year and place, in the order in which they came there."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, Place], list[_Pounds]] = defaultdict(list)

    def everything(self) -> Iterator[_Pounds]:
        """All pounds, wherever they are."""
        for held in self._held.values():
            yield from held

    def take(self, move: _Move) -> None:
        """Let one entry move pounds: within each year, then between years, then out and in."""
        left: dict[str, list[_Pounds]] = {}
        wanted: dict[str, list[tuple[Place, int]]] = {}
        for rating, year, amount in move.ratings:
            out, rest = self._leave(year, rating, amount, move)
            if out:
                left.setdefault(year, []).extend(out)
            if rest:
                wanted.setdefault(year, []).append((rating, rest))
        slipped: list[_Pounds] = []
        for year, out in left.items():
            if year in wanted:
                wanted[year] = self._arrive(year, out, wanted[year], move)
            if out:
                slipped += self._go(year, out, move)
        for year, places in wanted.items():
            rest_of = self._arrive(year, slipped, places, move) if move.slipped(year) else places
            if rest_of:
                self._come(year, rest_of, move)
        # Pounds that slipped onto amounts of the other sign were set off against them.
        for pounds in slipped:
            self._stand(pounds, pounds.trail.stop.year, Reason.SLIPPED, move)

    def _leave(
        self, year: str, place: Place, amount: int, move: _Move
    ) -> tuple[list[_Pounds], int]:
        """Pounds that a posting takes away from a place, and what of it is left to be brought."""
        held = self._held[year, place]
        if not held or (held[0].amount > 0) == (amount > 0):
            return [], amount
        self._prefer(held, move)
        out = _parted(held, -amount)
        return out, amount + sum(pounds.amount for pounds in out)

    def _arrive(
        self, year: str, out: list[_Pounds], wanted: list[tuple[Place, int]], move: _Move
    ) -> list[tuple[Place, int]]:
        """Bring pounds that left to the places that want them; what these still want."""
        rest = []
        for place, amount in wanted:
            for pounds in _parted(out, amount):
                self._stand(pounds, year, place, move)
                amount -= pounds.amount
            rest += [(place, amount)] if amount else []
        return rest

    def _go(self, year: str, out: list[_Pounds], move: _Move) -> list[_Pounds]:
        """Let pounds leave the forecast of a year, each for a reason that the entry gives; those
        that slip to other years are given back.
        """
        slipped = _parted(out, move.slipped(year))
        for place, amount in move.against.get(year, ()):
            if place is not Reason.SLIPPED:
                for pounds in _parted(out, amount):
                    self._stand(pounds, year, place, move)
        for pounds in out:  # set off against pounds of the other sign on the same day
            self._stand(pounds, year, _TARGET, move)
        return slipped

    def _come(self, year: str, wanted: list[tuple[Place, int]], move: _Move) -> None:
        """Bring pounds into the forecast: those that left it for the same reason, then new."""
        out: list[_Pounds] = []
        for reason, amount in move.against.get(year, ()):
            held = self._held.get((year, reason))
            if held and (reason is not _TARGET or move.takes_back is not None):
                self._prefer(held, move)
                out += _parted(held, -amount)
        for place, amount in self._arrive(year, out, wanted, move):
            stop = Stop(move.stage, move.on, move.ref, year, place)
            self._held[year, place].append(_Pounds(amount, _Trail(stop, None)))
        for pounds in reversed(out):  # more came back than is wanted: it never left
            self._held[year, pounds.trail.stop.place].insert(0, pounds)

    @staticmethod
    def _prefer(held: list[_Pounds], move: _Move) -> None:
        """Put what the move takes back, if it is a reversal, at the front of a queue."""
        if move.takes_back is not None:
            held.sort(key=lambda pounds: pounds.trail.stop.ref != move.takes_back)

    def _stand(self, pounds: _Pounds, year: str, place: Place, move: _Move) -> None:
        stop = Stop(move.stage, move.on, move.ref, year, place)
        pounds.trail = _Trail(stop, pounds.trail)
        self._held[year, place].append(pounds)


def _parted(held: list[_Pounds], amount: int) -> list[_Pounds]:
    """Take `amount` pence (or as much as there is) out of a queue, its front first: pounds of the
    amount's own sign only, parting the last of them.
    """
    taken, kept = [], []
    for pounds in held:
        if not amount or (pounds.amount > 0) != (amount > 0):
            kept.append(pounds)
        elif abs(pounds.amount) <= abs(amount):
            taken.append(pounds)
            amount -= pounds.amount
        else:
            taken.append(_Pounds(amount, pounds.trail))
            pounds.amount -= amount
            kept.append(pounds)
            amount = 0
    held[:] = kept
    return taken
