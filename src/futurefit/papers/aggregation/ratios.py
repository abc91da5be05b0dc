"""Which lines may be shares, ratios or relative changes of two others? (rules ARI-10, ARI-11)

A quotient printed to so many places pins its numerator down to a narrow band, so each crossing asks
for every pair of lines within reach which third line prints their quotient, plain or per cent.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from math import log2
from typing import NamedTuple

from futurefit.papers.aggregation.evidence import Operator, Relation, Stretch, proves, stretches
from futurefit.papers.aggregation.lines import Lines

MOST_BITS = 16.0
GROSS, NEAR = -6.0, -2.0
LEAST = 8.0


class Candidate(NamedTuple):
    """A line that may be a quotient: operator, lines and factor (1, or 100 for per cent).

    `first` over `second` for a division; `first` against `second` for a relative change.
    """

    operator: Operator
    result: int
    first: int
    second: int
    factor: int


def quotients(lines: Lines, sample: Sequence[int], reach: int) -> Counter[Candidate]:
    """What may be a quotient of two lines within reach, by how often in the sample."""
    order = lines.numeric
    votes: Counter[Candidate] = Counter()
    scale = 10**lines.decimals
    for place in sample:
        told = [(n, line, lines.filled[line][place]) for n, line in enumerate(order)]
        told = [entry for entry in told if entry[2]]
        printed = sorted((value / scale, n, line) for n, line, value in told)
        keys = [entry[0] for entry in printed]
        for n, line, value in told:
            ours = lines.units[line][place]
            for m, other, base in told:
                if m == n or abs(m - n) > reach or value == base:
                    continue
                ratio = value / base
                for operator, quotient, factors in (
                    (Operator.DIVISION, ratio, (1, 100)),
                    (Operator.RELATIVE_CHANGE, ratio - 1, (1, 100)),
                ):
                    if operator is Operator.RELATIVE_CHANGE and abs(m - n) > 6:
                        continue
                    for factor in factors:
                        wanted = quotient * factor
                        slack = abs(wanted) * 0.02 + 1e-9
                        low = bisect_left(keys, wanted - slack)
                        high = bisect_right(keys, wanted + slack, low)
                        for _, at, result in printed[low:high]:
                            if at in (n, m) or min(abs(at - n), abs(at - m)) > reach:
                                continue
                            unit = lines.units[result][place] / scale
                            if operator is Operator.RELATIVE_CHANGE:
                                unit = max(unit, lines.coarse[result] / scale)
                                unit += (
                                    2
                                    * factor
                                    * abs(ratio)
                                    * (ours / abs(value) + lines.units[other][place] / abs(base))
                                )
                            exact = lines.filled[result][place] / scale
                            if abs(exact - wanted) <= unit * 0.5001 + 1e-9:
                                found = Candidate(operator, result, line, other, factor)
                                votes[found] += 1
    return votes


def relate(lines: Lines, candidate: Candidate, prior: float) -> Relation | None:
    """A quotient with the stretches in which it holds, or None if chance explains it as well."""
    operator, result, first, second, factor = candidate
    scale = 10**lines.decimals
    scores: list[float] = []
    words: list[str] = []
    seen: set[tuple[int, int]] = set()
    columns = zip(
        lines.values[result], lines.units[result], lines.values[first], lines.values[second],
        lines.units[first], lines.units[second], strict=True,
    )  # fmt: skip
    for value, unit, above, below, unit_above, unit_below in columns:
        if operator is Operator.RELATIVE_CHANGE:
            unit = max(unit, lines.coarse[result])
        word, score = "", 0.0
        if value is None:
            pass
        elif not above or not below:
            if not value:
                word = "nought"
            elif above is None and below is None:
                word, score = "bare", -0.2
            elif below:
                word, score = "gross", GROSS
        elif above == below and operator is Operator.DIVISION:
            word, score = ("hit", 0.3) if value == scale * factor else ("gross", GROSS)
        else:
            # value / scale = factor * above / below, with all but value free of scale
            over = above - below if operator is Operator.RELATIVE_CHANGE else above
            apart = abs(value * below - factor * scale * over)
            allowed = unit * abs(below)
            if operator is Operator.RELATIVE_CHANGE:
                allowed += factor * scale * (unit_above + unit_below * abs(above) // abs(below))
            if 2 * apart <= allowed:
                key = (value, 0) if operator is Operator.RELATIVE_CHANGE else (above, below)
                new = key not in seen
                seen.add(key)
                bits = log2(abs(value * below) / allowed + 1) if value else 0.0
                if abs(below) == scale or (abs(below) == 100 * scale and factor == 100):
                    bits = 0.0
                word, score = "hit", min(MOST_BITS, bits) if new else 0.2
            elif apart <= allowed or apart * (
                20 if operator is Operator.RELATIVE_CHANGE else 50
            ) <= abs(value * below):
                word, score = "near", NEAR
            else:
                word, score = "gross", GROSS
        words.append(word)
        scores.append(score)
    hits, gross = words.count("hit"), words.count("gross")
    if hits < 0.5 * (hits + gross):
        return None
    found: list[Stretch] = []
    for start, end, score in stretches(scores):
        if score < 4:
            continue
        while start and words[start - 1] in ("nought", "bare", "hit"):
            start -= 1
        while end + 1 < len(words) and words[end + 1] in ("nought", "bare", "hit"):
            end += 1
        places = tuple(
            place
            for place in range(start, end + 1)
            if words[place] in ("hit", "near", "nought", "bare")
        )
        found.append(Stretch(start, end, score, places))
    score = sum(stretch.score for stretch in found) - prior
    constant = operator is Operator.RELATIVE_CHANGE and score < 1.5 * hits
    if not found or score < LEAST or constant or not proves(scores, found, LEAST):
        return None
    return Relation(
        operator, lines.axis, result, (first, second), score, tuple(found), hits, gross, factor
    )
