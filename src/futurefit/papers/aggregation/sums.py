"""Which lines may be the sums of which others? (rules ARI-05 to ARI-08)

Running totals down every crossing turn the question into look-ups: if the running total before a
line less the line's own figure has been met before, the lines since then add up to it. That finds
runs of any length in linear time. The same is asked of the lines that are left when parts already
added up are taken out (totals of sub-totals), when totals are (totals of single items), and of
every second, third … line (counts between percentages). Pairs are looked for at any distance, for
a difference a = b - c is the sum b = a + c.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import isqrt, log2

from futurefit.papers.aggregation.evidence import Operator, Relation, Stretch, proves, stretches
from futurefit.papers.aggregation.lines import Lines

MOST_BITS = 16.0
GROSS, NEAR, UNSAID, MISSING = -10.0, -2.5, -0.5, -1.5
LEAST = 2.0
MOST_PROPOSED = 400
REACH = 11  # lines between a pair, and to their total
"""Bits that a stretch must have to be believed."""

Candidate = tuple[int, tuple[int, ...]]


def weigh(
    lines: Lines, total: int, parts: Sequence[int], quiet: frozenset[int]
) -> tuple[list[float], list[str]]:
    """What each crossing says of a sum, in bits, and in a word."""
    scores: list[float] = []
    words: list[str] = []
    ends = (parts[0], parts[-1]) if len(parts) < 6 else (parts[0], parts[1], parts[-2], parts[-1])
    grained = parts if len(parts) <= 6 else (*parts[:3], *parts[-3:])
    coarse = max(lines.coarse[line] for line in (total, *ends))
    totals, units, grains = lines.values[total], lines.units, lines.grains
    columns = zip(*(lines.filled[part] for part in parts), strict=True)
    seen: set[tuple[int, ...]] = set()
    for place, column in enumerate(columns):
        value = totals[place]
        told = len(column) - column.count(0)
        if value is None:
            scores.append(UNSAID if told else 0.0)
            words.append("")
            continue
        if not told:
            stated = any(lines.values[part][place] is not None for part in parts)
            if not value:
                scores.append(0.0)
                words.append("nought")
            else:
                scores.append(0.0 if place in quiet else 2 * MISSING if stated else MISSING)
                words.append("")
            continue
        apart = abs(value - sum(column))
        unit = min(units[total][place], *(units[part][place] for part in ends))
        slack = tolerance(unit, told)
        size = max(abs(value), *map(abs, column)) if len(column) < 12 else abs(value)
        if not apart:
            grain = min((g for part in (total, *grained) if (g := grains[part][place])), default=1)
            if told > 1:
                key = likeness(column, value)
                bits = min(MOST_BITS, log2(size / grain + 1))
                scores.append(0.4 if key in seen else bits)
            else:
                key = column
                scores.append(0.2 if key in seen else 1.0)
            seen.add(key)
            words.append("hit" if told > 1 else "same")
        elif apart <= slack and told > 1:
            bits = log2(size / (2 * slack + unit) + 1)
            key = likeness(column, value)
            scores.append(0.2 if key in seen else min(MOST_BITS, bits) - 1)
            seen.add(key)
            words.append("hit")
        elif place in quiet:
            scores.append(0.0)
            words.append("")
        elif told > 1 and apart <= tolerance(coarse, told):
            scores.append(-1.0)
            words.append("near")
        elif told > 1 and (apart * 100 <= abs(value) or apart <= 3 * slack):
            scores.append(NEAR)
            words.append("near")
        else:
            scores.append(GROSS)
            words.append("gross")
    return scores, words


def likeness(column: Sequence[int], value: int) -> tuple[int, ...]:
    """What makes one witness like another: the same shares of the whole, to one in a hundred."""
    if not value:
        return tuple(column)
    return tuple([(100 * part + value // 2) // value for part in column])


def tolerance(unit: int, parts: int) -> int:
    """How far rounding takes a sum from its parts: three standard deviations of their errors."""
    return unit * isqrt(7569 * (parts + 1)) // 100


def relate(
    lines: Lines, total: int, parts: tuple[int, ...], prior: float, quiet: frozenset[int]
) -> Relation | None:
    """A sum with the stretches in which it holds, or None if chance explains it as well."""
    scores, words = weigh(lines, total, parts, quiet)
    if "hit" not in words:
        return None
    words = ["hit" if word == "same" else word for word in words]
    if words.count("hit") < 0.5 * (words.count("hit") + words.count("gross")):
        return None
    found: list[Stretch] = []
    hits = 0
    for first, last, score in stretches(scores):
        said = words[first : last + 1]
        told = said.count("hit")
        if score < LEAST or told < said.count("gross") + said.count("near") * 0.5:
            continue
        first, last = _widen(words, first, last)
        allowed = {"hit", "near", "nought"}
        if told > 7 and said.count("gross") * 10 <= told:
            allowed.add("gross")
        places = tuple(place for place in range(first, last + 1) if words[place] in allowed)
        found.append(Stretch(first, last, score, places))
        hits += told
    score = sum(stretch.score for stretch in found) - prior
    if not found or score < LEAST or not proves(scores, found, LEAST):
        return None
    return Relation(
        Operator.SUM, lines.axis, total, parts, score, tuple(found), hits, words.count("gross")
    )


def _widen(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Take in the noughts at both ends."""
    while first and words[first - 1] in ("nought", "near"):
        first -= 1
    while last + 1 < len(words) and words[last + 1] in ("nought", "near"):
        last += 1
    return first, last


def runs(lines: Lines, order: Sequence[int], sample: Sequence[int], gap: int) -> Counter[Candidate]:
    """Lines with runs of the ordered lines that add up to them, by how often in the sample.

    A run ends at most `gap` ordered lines short of its total, or is the first of all.
    """
    votes: Counter[tuple[int, int, int]] = Counter()
    if len(order) < 2:
        return Counter()
    starts = [(line, bisect_left(order, line)) for line in lines.numeric]
    for place in sample:
        running = [0]
        met: dict[int, list[int]] = defaultdict(list)
        for n, line in enumerate(order):
            met[running[-1]].append(n)
            running.append(running[-1] + lines.filled[line][place])
        met[running[-1]].append(len(order))
        for total, start in starts:
            if value := lines.filled[total][place]:
                after = start + (start < len(order) and order[start] == total)
                unit = lines.units[total][place]
                for slack in (0, unit, -unit, 2 * unit, -2 * unit):
                    wanted = value - slack
                    # Rounded sums end beside the line; most figures have none at all.
                    if slack and not (
                        running[start] - wanted in met
                        or (after < len(order) and running[after] + wanted in met)
                    ):
                        continue
                    found = _run_ends(running, met, wanted, (start, after), 1 if slack else gap)
                    for low, high in found:
                        votes[total, low, high] += 1
                if start > gap + 2 and (ends := met.get(value)) and 2 <= ends[-1] <= start:
                    votes[total, 0, ends[-1]] += 1
    return spelt(votes, order)


def spelt(votes: Counter[tuple[int, int, int]], order: Sequence[int]) -> Counter[Candidate]:
    """Votes for runs from place to place as votes for their lines; only the most frequent."""
    found: Counter[Candidate] = Counter()
    for (total, low, high), count in votes.most_common(MOST_PROPOSED):
        found[total, tuple(order[low:high])] = count
    return found


def _run_ends(
    running: Sequence[int],
    met: Mapping[int, list[int]],
    value: int,
    around: tuple[int, int],
    reach: int,
) -> Iterator[tuple[int, int]]:
    """Where runs begin and end that add up to a value, before and after its own place."""
    start, after = around
    for end in range(start, max(start - reach, 1), -1):
        if ats := met.get(running[end] - value):
            n = bisect_left(ats, end - 1) - 1
            if n >= 0:
                yield ats[n], end
                if n and end == start:
                    yield ats[n - 1], end
    for begin in range(after, min(after + reach, len(running) - 1)):
        if ats := met.get(running[begin] + value):
            n = bisect_left(ats, begin + 2)
            if n < len(ats):
                yield begin, ats[n]
                if n + 1 < len(ats) and begin == after:
                    yield begin, ats[n + 1]


def pairs(lines: Lines, order: Sequence[int], sample: Sequence[int]) -> Counter[Candidate]:
    """Lines with two of the ordered lines near them that add up to them."""
    reach = REACH
    votes: Counter[Candidate] = Counter()
    for place in sample:
        at = [(n, line, lines.filled[line][place]) for n, line in enumerate(order)]
        where: dict[int, list[int]] = defaultdict(list)
        told = [(n, line, value) for n, line, value in at if value]
        for n, _, value in told:
            where[value].append(n)
        for k, (n, line, value) in enumerate(told):
            for m, other, second in told[k + 1 :]:
                if m - n > reach:
                    break
                ats = where.get(value + second)
                if ats is None:
                    unit = min(lines.units[line][place], lines.units[other][place])
                    ats = where.get(value + second + unit) or where.get(value + second - unit)
                if ats:
                    for total in ats[bisect_left(ats, n - reach) :]:
                        if total > m + reach:
                            break
                        if total not in (n, m):
                            votes[order[total], (line, other)] += 1
    return votes
