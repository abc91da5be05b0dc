"""Which lines may be the averages of which others? (rule ARI-09)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2

from futurefit.papers.aggregation.evidence import Operator, Relation, Stretch, proves, stretches
from futurefit.papers.aggregation.lines import Lines
from futurefit.papers.aggregation.sums import Candidate, likeness, spelt, tolerance

MOST_BITS = 16.0
GROSS, NEAR = -6.0, -1.0
LEAST = 8.0
_STEPS = 600_000


def steps(lines: Lines, sample: Sequence[int], gap: int, said: frozenset[int]) -> int:
    """How many figures `means` adds up at most."""
    plain = len(lines.numeric) * _depth(lines, sample, gap)
    return len(sample) * 2 * gap * (plain + len(said) * len(lines.numeric))


def _depth(lines: Lines, sample: Sequence[int], gap: int) -> int:
    """How many lines an average that is not called one may have."""
    cost = len(lines.numeric) * max(1, len(sample)) * gap
    return min(len(lines.numeric), max(40, _STEPS // max(1, cost)))


def means(
    lines: Lines, sample: Sequence[int], gap: int, said: frozenset[int]
) -> Counter[Candidate]:
    """Lines with the runs of lines whose average they are, by how often in the sample."""
    order = lines.numeric
    votes: Counter[tuple[int, int, int]] = Counter()
    shallow = _depth(lines, sample, gap)
    worth = {line: worth_of(lines, line) for line in said}
    for place in sample:
        values = [lines.values[line][place] for line in order]
        units = [lines.units[line][place] for line in order]
        fine = min((unit for unit, value in zip(units, values, strict=True) if value), default=1)
        for at, value in enumerate(values):
            if not value:
                continue
            unit, slack = units[at], 0
            depth = shallow
            if order[at] in said:
                unit, slack, depth = max(unit, worth[order[at]]), 4 * fine, len(order)
            ways = [(start, -1) for start in range(at - 1, max(-1, at - 1 - gap), -1)]
            ways += [(start, 1) for start in range(at + 1, min(len(values), at + 1 + gap))]
            for start, step in ways:
                added = count = 0
                end = start + depth if step > 0 else start - depth
                for n in range(start, max(-1, min(len(values), end)), step):
                    part = values[n]
                    if part is None:
                        continue
                    added += part
                    count += 1
                    apart = 2 * (value * count - added)
                    if count > 1 and -unit * count - slack <= apart <= unit * count + slack:
                        low, high = (start, n + 1) if step > 0 else (n, start + 1)
                        votes[order[at], low, high] += 1
    return spelt(votes, order)


def worth_of(lines: Lines, line: int) -> int:
    """The worth of the last decimal that some figure of a line uses."""
    told = [value for value in lines.filled[line] if value]
    worth = 10**lines.decimals if told else 1
    while worth > 1 and any(value % worth for value in told):
        worth //= 10
    return worth


def relate(
    lines: Lines, total: int, parts: tuple[int, ...], prior: float, said: bool
) -> Relation | None:
    """An average with the stretches in which it holds, or None if chance explains it as well."""
    scores: list[float] = []
    words: list[str] = []
    seen: set[tuple[int | None, ...]] = set()
    ends = (parts[0], parts[-1])
    worth = worth_of(lines, total) if said else 1
    rarity = lines.rarity(total)
    columns = zip(*(lines.values[part] for part in parts), strict=True)
    for place, column in enumerate(columns):
        value = lines.values[total][place]
        told = [part for part in column if part is not None]
        word, score = "", 0.0
        if value is None:
            score = -0.5 if told else 0.0
        elif not told:
            score = -2.0
        elif not any(told) and not value:
            word = "nought"
        else:
            count, added = len(told), sum(told)
            unit = max(lines.units[total][place], worth)
            apart = 2 * abs(value * count - added)
            whole = 2 * abs(value * len(column) - added)
            rounded = said and 2 * tolerance(min(lines.units[part][place] for part in ends), count)
            if apart <= unit * count + rounded or whole <= unit * len(column) + rounded:
                word = "hit"
                key = likeness([part or 0 for part in column], value or 1)
                grain = min((g for part in parts if (g := lines.grains[part][place])), default=1)
                bits = min(
                    log2(abs(value) / (lines.grains[total][place] or unit) + 1),
                    log2((max(told) - min(told)) / max(unit, grain // count) + 1),
                    rarity.get(value, MOST_BITS),
                    MOST_BITS,
                )
                score = bits if count > 1 and min(told) != max(told) and key not in seen else 0.2
                seen.add(key)
            elif apart <= 3 * unit * count or apart * 50 <= abs(value) * count:
                word, score = "near", NEAR if said else GROSS
            else:
                word, score = "gross", GROSS
        words.append(word)
        scores.append(score)
    hits, gross = words.count("hit"), words.count("gross") + words.count("near")
    if hits < 0.6 * (hits + gross):
        return None
    found: list[Stretch] = []
    for start, end, score in stretches(scores):
        if score < 4:
            continue
        while start and words[start - 1] in ("nought", "hit"):
            start -= 1
        while end + 1 < len(words) and words[end + 1] in ("nought", "hit"):
            end += 1
        places = tuple(
            place for place in range(start, end + 1) if words[place] in ("hit", "near", "nought")
        )
        found.append(Stretch(start, end, score, places))
    score = sum(stretch.score for stretch in found) - prior
    if not found or score < LEAST or not proves(scores, found, LEAST):
        return None
    return Relation(Operator.AVERAGE, lines.axis, total, parts, score, tuple(found), hits)
