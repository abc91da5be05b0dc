"""Which of all the relations that may be hold together? (rules ARI-12 to ARI-14)

Sums are linear equations between lines. One that follows from others says nothing new: where a
total adds up sub-totals, it also adds up all their parts. So the sums of a table are an independent
set of equations, of the greatest weight that there is: taking the heaviest first finds it, as for
any matroid. Plain sums weigh more: nearer, of fewer parts, skipping nothing, failing nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from futurefit.papers.aggregation.evidence import Axis, Operator, Relation

_PRIME = (1 << 61) - 1  # equations are compared modulo this
_ENOUGH = 90.0  # bits beyond which more evidence does not outweigh plainness
_SKIPPED, _MANY_PARTS, _AROUND, _MISSED = 5.0, 1.5, 8.0, 200.0
_MOST_SKIPPED = 8
_LIKE_OTHERS, _MOST_LIKE_OTHERS = 5.0, 16.0
_DOUBT = 5.0
_TWIN = 2  # lines between two totals of the same parts


@dataclass(frozen=True, slots=True)
class Setting:
    """What sums are chosen in.

    The lines in order, those that may be skipped, how much each holds (the share of its crossings
    with an amount), and the sums chosen in the round before.
    """

    order: Sequence[int]
    aside: frozenset[int]
    weights: Sequence[float]
    known: Sequence[Relation]


class Independence:
    """Sums as vectors over the lines, reduced; a new one must not follow from them."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, int]] = {}

    def take(self, relation: Relation) -> bool:
        """Whether it is new; if so it counts from now on."""
        vector = dict.fromkeys(relation.parts, 1)
        vector[relation.total] = _PRIME - 1
        while vector:
            pivot = min(vector)
            row = self._rows.get(pivot)
            if row is None:
                inverse = pow(vector[pivot], -1, _PRIME)
                self._rows[pivot] = {line: n * inverse % _PRIME for line, n in vector.items()}
                return True
            factor = vector[pivot]
            for line, number in row.items():
                left = (vector.get(line, 0) - factor * number) % _PRIME
                if left:
                    vector[line] = left
                else:
                    vector.pop(line, None)
        return False


def choose_sums(candidates: Sequence[Relation], setting: Setting) -> list[Relation]:
    """The plainest sums that neither follow from each other nor go round in a circle."""
    plainness = _Plainness(setting, candidates)
    ranked = [(plainness.of(one), one) for one in candidates]
    ranked.sort(key=lambda entry: (-entry[0], len(entry[1].parts), entry[1].total, entry[1].parts))
    chosen: list[Relation] = []
    independence = Independence()
    for weight, one in ranked:
        if weight < 0 or any(_clash(one, other) or _twins(one, other) for other in chosen):
            continue
        if independence.take(one):
            chosen.append(one)
    return chosen


def choose_one_each(candidates: Iterable[Relation], originals: Mapping[int, int]) -> list[Relation]:
    """For every line the relation that it is most surely; the same lines are told once.

    A line stands for the lines that repeat it (`originals`).
    """
    told: dict[tuple[Operator, frozenset[int]], list[Relation]] = {}
    for one in candidates:
        lines = frozenset(originals.get(line, line) for line in (one.total, *one.parts))
        told.setdefault((one.operator, lines), []).append(one)
    chosen: list[tuple[Relation, int, frozenset[int]]] = []
    ways: list[tuple[Relation, frozenset[int]]] = []
    for (_, lines), alike in told.items():
        alike.sort(key=lambda one: (-one.hits, -one.score, one.total, one.parts))
        ways += [(one, lines) for one in alike if not one.places or not _meet(one, alike[0])]
        ways.append((alike[0], lines))
    for one, lines in sorted(ways, key=lambda way: (-way[0].score, way[0].total, way[0].parts)):
        total = originals.get(one.total, one.total)
        if not any(
            (total == other_total or lines == other_lines) and _meet(one, other)
            for other, other_total, other_lines in chosen
        ):
            chosen.append((one, total, lines))
    return [one for one, _, _ in chosen]


def explain_once(quotients: Sequence[Relation], added: Sequence[Relation]) -> list[Relation]:
    """Relations of which no two say of one figure, along one axis, what it is made of."""
    rivals: dict[tuple[Axis, int], list[Relation]] = {}
    for one in (*quotients, *added):
        rivals.setdefault((one.axis, one.total), []).append(one)

    def beaten(one: Relation) -> bool:
        return any(
            (other.operator is Operator.SUM) != (one.operator is Operator.SUM)
            and other.score > one.score
            and _meet(one, other)
            for other in rivals[one.axis, one.total]
        )

    return [one for one in (*quotients, *added) if not beaten(one)]


def collapse(relation: Relation, others: Iterable[Relation]) -> tuple[int, ...]:
    """The parts, with those that another sum adds up replaced by that sum's total."""
    parts = set(relation.parts)
    for other in others:
        if (
            other is not relation
            and other.total != relation.total
            and other.total not in parts
            and relation.total not in other.parts
            and 1 < len(other.parts) < len(parts)
            and parts.issuperset(other.parts)
        ):
            parts = parts - set(other.parts) | {other.total}
    return tuple(sorted(parts))


class _Plainness:
    """What a sum weighs in bits, beside the others that are proposed."""

    def __init__(self, setting: Setting, candidates: Iterable[Relation]) -> None:
        self._setting = setting
        self._at = {line: n for n, line in enumerate(setting.order)}
        self._inside: dict[int, set[int]] = {}
        for one in setting.known:
            self._inside.setdefault(one.total, set()).update(one.parts)
        self._shapes: dict[tuple[int, ...], set[int]] = {}
        for one in candidates:
            if one.score > 2 * _DOUBT - 2 and not one.misses:
                self._shapes.setdefault(_shape(one), set()).add(one.total)

    def of(self, one: Relation) -> float:
        ends = [self._at[part] for part in one.parts]
        total = self._at[one.total]
        around = min(ends) < total < max(ends)
        like = len(self._shapes.get(_shape(one), ()))
        return (
            min(_ENOUGH, one.score)
            + one.score / 1000
            - _SKIPPED * log2(1 + min(_MOST_SKIPPED, self._skipped(one, ends, total)))
            - _MANY_PARTS * log2(len(one.parts))
            - _AROUND * around
            - _MISSED * one.misses / (one.hits + one.misses)
            + min(_MOST_LIKE_OTHERS, _LIKE_OTHERS * log2(max(1, like)))
            - _DOUBT
        )

    def _skipped(self, one: Relation, ends: Sequence[int], total: int) -> float:
        """How many lines (each by what it holds) stand among them without being explained."""
        weights, order = self._setting.weights, self._setting.order
        covered = self._covered(one)
        fullest = max(weights[line] for line in (one.total, *one.parts)) or 1.0
        return sum(
            min(1.0, weights[line] / fullest)
            for line in order[min(*ends, total) : max(*ends, total) + 1]
            if line not in covered and line not in self._setting.aside and line != one.total
        )

    def _covered(self, one: Relation) -> set[int]:
        """The parts, their own parts, and other totals of those."""
        covered, todo = set(one.parts), list(one.parts)
        while todo:
            for part in self._inside.get(todo.pop(), ()):
                if part not in covered and part != one.total:
                    covered.add(part)
                    todo.append(part)
        for other in self._setting.known:
            if other.total not in covered and covered.issuperset(other.parts):
                covered.add(other.total)
        return covered


def _shape(one: Relation) -> tuple[int, ...]:
    return tuple(part - one.total for part in one.parts)


def _meet(one: Relation, other: Relation) -> bool:
    """Whether two relations hold at one crossing."""
    return not set(one.places).isdisjoint(other.places)


def _twins(one: Relation, other: Relation) -> bool:
    """Whether a total repeats another from further away."""
    return one.parts == other.parts and abs(one.total - other.total) > _TWIN


def _clash(one: Relation, other: Relation) -> bool:
    shares = not set(one.parts).isdisjoint(other.parts)
    if one.total == other.total:
        return shares and _meet(one, other)
    first, second = one.total in other.parts, other.total in one.parts
    return (first and second) or ((first or second) and shares and _meet(one, other))
