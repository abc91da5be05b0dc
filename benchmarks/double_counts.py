"""How many planted double counts are found, and how many pairs are suspected that are none?

The programme with its planted pairs is made by `planted`, which knows nothing of the detector.
Beside it the plain way: every pair of lines, titles that read alike to 80 of 100.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from statistics import mean

from rapidfuzz import fuzz

from benchmarks.measuring import FULL, Comparison, Report, Score, Size, Times
from benchmarks.planted import Planted, plant
from futurefit.ledger.double_counts import find_suspects
from futurefit.ledger.said import SaidLine, SaidSource, said_lines, said_sources

SEEDS = range(1, 6)
_ALIKE = 80


def lines_of(planted: Planted) -> list[SaidLine]:
    """The lines of a planted programme as the detector is given them."""
    words = {ref: (said.title, said.narrative) for ref, said in planted.lines.items()}
    return [
        replace(line, paper=planted.lines[line.line].paper)
        for line in said_lines(planted.ledger.now, words)
    ]


def sources_of(planted: Planted) -> list[SaidSource]:
    """Its sources likewise."""
    titles = {code: source.title for code, source in planted.sources.items()}
    return said_sources(planted.ledger.now, titles)


def by_titles(lines: list[SaidLine]) -> set[frozenset[str]]:
    """The plain way: all pairs of titles that read alike."""
    return {
        frozenset((one.line, other.line))
        for one, other in combinations(lines, 2)
        if fuzz.token_sort_ratio(one.title.lower(), other.title.lower()) >= _ALIKE
    }


def score(planted: Planted, found: Iterable[frozenset[str]]) -> tuple[dict[str, float], float]:
    """The share found of each kind and of all, and the false alarms in 100 lines."""
    found = set(found)
    shares, pairs = {}, set()
    for kind, planted_pairs in planted.pairs.items():
        ours = {frozenset(pair) for pair in planted_pairs}
        shares[kind] = len(ours & found) / len(ours)
        pairs |= ours
    shares["all"] = len(pairs & found) / len(pairs)
    return shares, 100 * len(found - pairs) / len(planted.lines)


def run(size: Size = FULL) -> Report:
    """Measure on several planted programmes."""
    tiny = size is not FULL
    seeds = list(SEEDS)[: 1 if tiny else None]
    shares: dict[str, list[float]] = defaultdict(list)
    plain: dict[str, list[float]] = defaultdict(list)
    alarms, plain_alarms, ours_ms, plain_ms = [], [], [], []
    for seed in seeds:
        planted = plant(seed, lines=300, each=2) if tiny else plant(seed)
        lines, sources = lines_of(planted), sources_of(planted)
        start = time.perf_counter()
        suspects = find_suspects(lines, sources)
        ours_ms.append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        titles = by_titles(lines)
        plain_ms.append(1000 * (time.perf_counter() - start))
        for found, into, rate in (
            ({frozenset(s.pair) for s in suspects}, shares, alarms),
            (titles, plain, plain_alarms),
        ):
            by_kind, false = score(planted, found)
            rate.append(false)
            for kind, share in by_kind.items():
                into[kind].append(share)
    report = Report(
        "double_counts", f"Planted double counts of six kinds, seeds {seeds[0]} to {seeds[-1]}"
    )
    for kind, found in shares.items():
        aim = 90 if kind == "all" else None
        report.scores.append(
            Score(
                f"found: {kind.replace('_', ' ')}",
                100 * mean(found),
                unit="%",
                aim=aim,
                peers=(("titles alike", 100 * mean(plain[kind])),),
                note=f"least of the seeds {100 * min(found):.0f}%",
            )
        )
    report.scores.append(
        Score(
            "false alarms in 100 lines",
            mean(alarms),
            aim=1,
            more=False,
            peers=(("titles alike", mean(plain_alarms)),),
            note=f"most of the seeds {max(alarms):.2f}",
        )
    )
    report.comparisons.append(
        Comparison(
            "Look through 2,000 lines, words and all",
            Times("FutureFit", tuple(ours_ms)),
            aim_ms=1000,
            peers=(Times("titles alike, all pairs", tuple(plain_ms)),),
        )
    )
    return report
