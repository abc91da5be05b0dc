"""Which numbers of the running text changed, came or went? (rule AUD-62)

Passages that are printed in both versions, wherever they stand, have not changed. The others are
matched by their words without the numbers, then by most of their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from futurefit.papers.comparison import Change, How
from futurefit.papers.document import Document
from futurefit.papers.numbers_in_text import PrintedNumber, numbers
from futurefit.papers.text import Passage, read_text

Figures = frozenset[tuple[int, int, int]]
"""The cells that are told as figures of tables: table, row, column."""

_REWORDED = 0.6  # share of the words of two passages that are the same, for them to be one
_UNITS = ("£000", "£ 000")  # head columns, and are no numbers
_COMMON_WORD = 50  # passages; a word that more of them have tells nothing


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """A passage with its numbers, and its words without them."""

    passage: Passage
    numbers: tuple[PrintedNumber, ...]
    skeleton: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.skeleton.replace("#", " ").split())


def compare_text(
    before: Document, after: Document, old_figures: Figures, new_figures: Figures
) -> list[Change]:
    """The numbers of the text that changed; those of tables' figures are told with the tables."""
    old, new = _only_in_one(_passages(before, old_figures), _passages(after, new_figures))
    changes: list[Change] = []
    pairs = _same_words(old, new)
    for was, now in pairs:
        changes += _in_order(was, now)
    old, new = _without(old, (one for one, _ in pairs)), _without(new, (two for _, two in pairs))
    reworded = _reworded(old, new)
    for was, now in reworded:
        changes += _out_of_order(was, now)
    for was in _without(old, (one for one, _ in reworded)):
        changes += [_single(How.DROPPED, was, one) for one in was.numbers]
    for now in _without(new, (two for _, two in reworded)):
        changes += [_single(How.ADDED, now, one) for one in now.numbers]
    return changes


def _passages(document: Document, figures: Figures) -> list[Passage]:
    """The lines of a paper that no table's figure stands in."""
    return [
        passage
        for passage in read_text(document).passages
        if (passage.place.table, passage.place.row, passage.place.column) not in figures
    ]


def _only_in_one(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[list[_Said], list[_Said]]:
    """The passages with numbers that the other version does not print as often."""
    in_old = Counter(one.text for one in old)
    in_new = Counter(one.text for one in new)
    return _beyond(old, in_new), _beyond(new, in_old)


def _beyond(passages: Sequence[Passage], others: Counter[str]) -> list[_Said]:
    left = Counter(others)
    found = []
    for passage in passages:
        if left[passage.text]:
            left[passage.text] -= 1
        elif read := tuple(one for one in numbers(passage.text) if one.text not in _UNITS):
            found.append(_Said(passage, read, _skeleton(passage.text, read)))
    return found


def _skeleton(text: str, read: Sequence[PrintedNumber]) -> str:
    """The words of a passage, with a mark for each number."""
    words, end = [], 0
    for one in read:
        words.append(text[end : one.start])
        end = text.index(one.text, one.start) + len(one.text)
    words.append(text[end:])
    return " ".join(" # ".join(words).casefold().split())


def _same_words(old: Sequence[_Said], new: Sequence[_Said]) -> list[tuple[_Said, _Said]]:
    """The passages that differ in their numbers alone, in order."""
    waiting: dict[str, list[_Said]] = {}
    for two in reversed(new):
        waiting.setdefault(two.skeleton, []).append(two)
    return [(one, there.pop()) for one in old if (there := waiting.get(one.skeleton))]


def _reworded(old: Sequence[_Said], new: Sequence[_Said]) -> list[tuple[_Said, _Said]]:
    """The passages that share most of their words, the likeliest first."""
    holding: dict[str, list[int]] = {}
    for place, two in enumerate(new):
        for word in two.words:
            holding.setdefault(word, []).append(place)
    scored = []
    for first, one in enumerate(old):
        telling = (holding.get(word, ()) for word in one.words)
        for second in {
            place for places in telling if len(places) <= _COMMON_WORD for place in places
        }:
            every = one.words | new[second].words
            share = len(one.words & new[second].words) / len(every)
            if share >= _REWORDED:
                scored.append((-share, abs(first - second), first + second, first, second))
    taken: set[tuple[str, int]] = set()
    pairs = []
    for *_, first, second in sorted(scored):
        if not taken & {("old", first), ("new", second)}:
            taken |= {("old", first), ("new", second)}
            pairs.append((old[first], new[second]))
    return pairs


def _in_order(was: _Said, now: _Said) -> Iterator[Change]:
    """The numbers of one passage that say something else."""
    for one, two in zip(was.numbers, now.numbers, strict=True):
        if _says(one) != _says(two):
            yield Change(
                How.CHANGED,
                now.passage.quote,
                replace(was.passage.place, printed=one.text),
                replace(now.passage.place, printed=two.text),
            )


def _out_of_order(was: _Said, now: _Said) -> Iterator[Change]:
    """The numbers that only one wording of a passage has."""
    kept = Counter(map(_says, was.numbers)) & Counter(map(_says, now.numbers))
    for how, passage in ((How.DROPPED, was), (How.ADDED, now)):
        left = Counter(kept)
        for one in passage.numbers:
            if left[_says(one)]:
                left[_says(one)] -= 1
            else:
                yield _single(how, passage, one)


def _says(one: PrintedNumber) -> Hashable:
    """What a number says, however it is printed."""
    return one.low, one.high, one.unit, one.qualifier


def _single(how: How, said: _Said, one: PrintedNumber) -> Change:
    place = replace(said.passage.place, printed=one.text)
    before, after = (place, None) if how is How.DROPPED else (None, place)
    return Change(how, said.passage.quote, before, after)


def _without(every: Sequence[_Said], taken: Iterable[_Said]) -> list[_Said]:
    out = {id(one) for one in taken}
    return [one for one in every if id(one) not in out]
