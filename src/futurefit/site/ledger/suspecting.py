"""Which double counts are suspected now, and on which has somebody ruled? (rules CLA-05 to CLA-10)

What is found hangs on the chain and the words alone, so it is kept by the process until one of them
changes: many pages show it. And the search hangs on less: a line's words, what it is and its
forecast by year. A new rating leaves all of them as they were, so nothing is searched again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from futurefit.ledger.double_counts import Suspect, find_suspects
from futurefit.ledger.rulings import Looked, Ruled, Stood, Verdict, look, settled
from futurefit.ledger.said import SaidLine, SaidSource, said_lines, said_sources
from futurefit.ledger.state import Ledger, Position
from futurefit.site.ledger import models, queries
from futurefit.site.ledger.queries import LineWords


@dataclass(frozen=True, slots=True)
class Suspected:
    """Everything that is suspected among the lines that somebody may read."""

    lines: tuple[SaidLine, ...]
    looked: tuple[Looked, ...]

    @property
    def open(self) -> list[Suspect]:
        """The suspects that nobody has ruled on as they stand now."""
        return [one.suspect for one in self.looked if one.is_open]


_kept: dict[tuple[str, str, frozenset[str]], Suspected] = {}
_found: list[tuple[list[SaidLine], list[SaidSource], list[Suspect]]] = []
_AUDIENCES = 8  # that look at once, each with its own hidden lines


def suspected(ledger: Ledger, hidden: frozenset[str] = frozenset()) -> Suspected:
    """What is suspected as the ledger stands, the lines left out that are hidden."""
    key = (ledger.head.digest, queries.stamp()[1], hidden)
    held = _kept.get(key)
    if held is None:
        held = suspected_at(ledger.now, hidden)
        # What a transaction sees of itself is kept only when it has been committed.
        if not connection.in_atomic_block:
            if len(_kept) >= _AUDIENCES:
                _kept.clear()
            _kept[key] = held
    return held


def suspected_at(position: Position, hidden: frozenset[str] = frozenset()) -> Suspected:
    """What is suspected at a position, with the words and rulings of now."""
    lines = _lines(position, hidden)
    suspects = _find(lines, _sources(position))
    return Suspected(tuple(lines), tuple(look(suspects, ruled(), lines)))


def suspected_where_asked(position: Position, hidden: frozenset[str]) -> Suspected:
    """What is suspected at a position that a page was asked for."""
    if position.as_at is None and position.number is None:
        return suspected(position.ledger, hidden)
    return suspected_at(position, hidden)


def suspected_of(
    ledger: Ledger,
    about: Collection[str],
    *,
    hidden: frozenset[str] = frozenset(),
    words: Mapping[str, LineWords] | None = None,
    besides: Iterable[SaidLine] = (),
) -> list[Looked]:
    """What is suspected of some lines as a ledger would stand: before a change is made.

    `words` are those of lines that the change opens; `besides` are lines that no ledger holds yet,
    such as those that a paper proposes.
    """
    lines = [*_lines(ledger.now, hidden, words), *besides]
    suspects = _find(lines, _sources(ledger.now), about)
    return look(suspects, ruled(), lines)


def _find(
    lines: list[SaidLine], sources: list[SaidSource], about: Collection[str] | None = None
) -> list[Suspect]:
    for searched, among, suspects in _found:
        if searched == lines and among == sources:
            return [s for s in suspects if about is None or not set(about).isdisjoint(s.pair)]
    suspects = find_suspects(lines, sources, about=about)
    if about is None:
        _found.insert(0, (lines, sources, suspects))
        del _found[_AUDIENCES:]
    return suspects


def settled_now(ledger: Ledger) -> list[frozenset[str]]:
    """What the rulings are about that settle something as the ledger stands."""
    rulings = ruled()
    return settled(rulings, said_lines(ledger.now, {})) if rulings else []


def ruled() -> list[Ruled]:
    """The rulings that hold, as the pure library has them."""
    return [_ruled(ruling) for ruling in queries.rulings().values()]


def _ruled(ruling: models.Ruling) -> Ruled:
    stood = json.loads(ruling.stood) if ruling.stood else {}
    shares = (
        {}
        if ruling.share_a is None
        else {ruling.line_a: ruling.share_a, ruling.line_b: 10_000 - ruling.share_a}
    )
    about = (ruling.source,) if ruling.source else (ruling.line_a, ruling.line_b)
    return Ruled(
        frozenset(about),
        Verdict(ruling.verdict),
        {ref: Stood(**figures) for ref, figures in stood.items()},
        shares,
    )


def _lines(
    position: Position, hidden: frozenset[str], new: Mapping[str, LineWords] | None = None
) -> list[SaidLine]:
    words = {**queries.line_words(), **(new or {})}
    told = {ref: (said.title, said.narrative) for ref, said in words.items()}
    return said_lines(position, told, hidden=hidden)


def _sources(position: Position) -> list[SaidSource]:
    titles = {code: source.title for code, source in queries.capacity_words().items()}
    return said_sources(position, titles)
