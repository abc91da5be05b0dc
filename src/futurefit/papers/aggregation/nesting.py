"""Which sums hold together in one table, level upon level? (rules ARI-05 to ARI-08, ARI-13, ARI-14)

Proposals come in rounds. What the first round settles (parts that are added up, totals that add
them) is taken out of the next round's lines, so that totals of sub-totals stand beside each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from futurefit.papers.aggregation import sums
from futurefit.papers.aggregation.choosing import Setting, choose_sums, collapse
from futurefit.papers.aggregation.evidence import Axis, Relation
from futurefit.papers.aggregation.lines import Lines
from futurefit.papers.aggregation.work import Work

_ROUNDS = 4
_MOST_PROPOSED, _MOST_IN_STEP = 400, 60
_WIDEST_STEP = 6
_LABEL = 3.0  # bits that a label is worth
_LONG = 600  # lines; in longer tables only unbroken runs are looked for

_Votes = Counter[sums.Candidate]
_SLACKS, _WEIGHED = 4, 10  # steps of a look-up for rounded sums, and of weighing one crossing

# Bits by which chance is allowed for: how many sums of a kind there are to try.
_RUN, _WITHOUT, _PAIR, _STEP, _SINGLE = 4.0, 5.0, 7.0, 6.5, 8.0


def nested_sums(
    lines: Lines, quiet: frozenset[int], aside: frozenset[int], said: frozenset[int], work: Work
) -> list[Relation]:
    """The sums of one axis.

    `quiet` are crossings that need not add up; `aside` lines that may be skipped (quotients and
    averages); `said` lines whose labels speak of a total.
    """
    return _Search(lines, quiet, aside, said, work).run()


@dataclass(slots=True)
class _Search:
    lines: Lines
    quiet: frozenset[int]
    aside: frozenset[int]
    said: frozenset[int]
    work: Work
    pool: dict[sums.Candidate, Relation | None] = field(default_factory=dict)
    at: dict[int, int] = field(default_factory=dict)

    def run(self) -> list[Relation]:
        lines, order = self.lines, self.lines.numeric
        self.at.update((line, n) for n, line in enumerate(order))
        sample = lines.telling(max(4, min(40, 20_000 // len(order))))
        few = sample[:: max(1, len(sample) // 12)]
        long = len(order) > _LONG
        self._propose(self._runs(order, sample, 1 if long else 4), _RUN)
        if not long:
            self._propose(self._pairs(order, few), _PAIR)
            if self.aside:
                self._propose(self._runs(self._without(self.aside), sample, 4), _WITHOUT)
            for step in range(2, _WIDEST_STEP + 1):
                for phase in range(step):
                    found = self._runs(order[phase::step], few, 2)
                    self._propose(found, _STEP + (step - 1) * 0.5, _MOST_IN_STEP)
        chosen: list[Relation] = []
        for _ in range(_ROUNDS):
            chosen = self._choose(chosen)
            before = len(self.pool)
            if not long:
                self._propose_above(chosen, few)
            self._collapse(chosen)
            if len(self.pool) == before:
                break
        for _ in range(2):
            chosen = self._choose(chosen)
        return [filled(lines, one) for one in chosen]

    def _runs(self, order: Sequence[int], sample: Sequence[int], gap: int) -> _Votes:
        """Runs that add up, if there are steps left to look for them."""
        steps = len(sample) * (len(order) + len(self.lines.numeric) * 2 * (gap + _SLACKS))
        return sums.runs(self.lines, order, sample, gap) if self.work.spend(steps) else Counter()

    def _pairs(self, order: Sequence[int], sample: Sequence[int]) -> _Votes:
        """Pairs that add up, if there are steps left to look for them."""
        steps = len(sample) * len(order) * sums.REACH
        return sums.pairs(self.lines, order, sample) if self.work.spend(steps) else Counter()

    def _relate(self, key: sums.Candidate, cost: float) -> Relation | None:
        """A proposal weighed, if there are steps left."""
        if not self.work.spend(self.lines.crossings * (len(key[1]) + _WEIGHED)):
            return None
        return sums.relate(self.lines, *key, cost, self.quiet)

    def _without(self, left: Iterable[int]) -> list[int]:
        gone = frozenset(left)
        return [line for line in self.lines.numeric if line not in gone]

    def _choose(self, known: Sequence[Relation]) -> list[Relation]:
        setting = Setting(self.lines.numeric, self.aside, self.lines.weights, known)
        return choose_sums([one for one in self.pool.values() if one], setting)

    def _propose(
        self, votes: Counter[sums.Candidate], prior: float, most: int = _MOST_PROPOSED
    ) -> None:
        for (total, parts), _ in votes.most_common(most):
            key = (total, self._with_noughts(total, parts))
            if key not in self.pool:
                cost = prior - _LABEL * (total in self.said)
                self.pool[key] = self._relate(key, cost)

    def _propose_above(self, chosen: Sequence[Relation], few: Sequence[int]) -> None:
        """Totals of totals, of what is left over, and of single items."""
        lines = self.lines
        parts = {part for one in chosen for part in one.parts}
        totals = {one.total for one in chosen}
        self._propose(self._runs(self._without(parts - self.aside), few, 3), _WITHOUT)
        self._propose(self._runs(self._without(parts | self.aside), few, 3), _WITHOUT)
        self._propose(self._runs(self._without(totals | self.aside), few, 2), _SINGLE)
        roots = self._without(parts | self.aside)
        if len(roots) < len(lines.numeric):
            self._propose(self._pairs(roots, few), _PAIR)

    def _collapse(self, chosen: Sequence[Relation]) -> None:
        """Sums of single items, told by the sub-totals that already add those up."""
        for one in chosen:
            key = (one.total, collapse(one, chosen))
            if key[1] != tuple(sorted(one.parts)):
                found = self.pool.get(key) or self._relate(key, 0.0)
                if found and found.score > 0.7 * one.score:
                    found = replace(found, score=max(found.score, one.score + 1))
                self.pool[key] = found

    def _with_noughts(self, total: int, parts: tuple[int, ...]) -> tuple[int, ...]:
        """A run with the lines of noughts just beyond its far end."""
        order, at = self.lines.numeric, self.at
        if len(parts) < 3 or at[parts[-1]] - at[parts[0]] != len(parts) - 1:
            return parts
        step = 1 if parts[0] > total else -1
        n = at[parts[-1] if step > 0 else parts[0]] + step
        more: list[int] = []
        while 0 <= n < len(order):
            if self.lines.weights[order[n]] or abs(order[n] - order[n - step]) != 1:
                break
            more.append(order[n])
            n += step
        return tuple(sorted((*parts, *more))) if more else parts


def filled(lines: Lines, relation: Relation) -> Relation:
    """A relation over an unbroken run, with the labelled lines in it that hold no number yet."""
    parts = set(relation.parts)
    low, high = min(parts), max(parts)
    numeric = frozenset(lines.numeric)
    inside = range(low + 1, high)
    if len(parts) < 2 or relation.total in inside:
        return relation
    if any(line in numeric and line not in parts for line in inside):
        return relation
    extra = {line for line in inside if line not in parts and lines.labelled[line]}
    if len(extra) * 3 > len(parts):
        extra.clear()
    if lines.axis is Axis.ACROSS:
        after = relation.total > high
        between = range(high + 1, relation.total) if after else range(relation.total + 1, low)
        if all(line not in numeric and lines.labelled[line] for line in between):
            extra.update(between)
    return replace(relation, parts=tuple(sorted(parts | extra))) if extra else relation
