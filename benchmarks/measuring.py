"""What was measured, how often, and how does it compare?"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured, and how often."""

    lines: int
    years: int
    postings: int
    page_lines: int
    runs: int
    requests: int


FULL = Size(lines=5_000, years=10, postings=60_000, page_lines=500, runs=50, requests=800)
TINY = Size(lines=60, years=4, postings=700, page_lines=20, runs=2, requests=16)
"""For the tests: everything happens, and no figure means anything."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, run after run, in milliseconds."""

    name: str
    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the runs took no longer."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """95 runs in 100 took no longer (the nearest run that was measured, never one between)."""
        ordered = sorted(self.milliseconds)
        return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A peer that was not measured on this machine, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that FutureFit does, what the design asks of it, and others doing the same.

    The aim is for the p95, or for the median where `aim_of` says so. `floor` is the least that any
    program would have to do.
    """

    title: str
    ours: Times
    aim_ms: float | None = None
    aim_of: str = "median"
    floor: Times | None = None
    peers: tuple[Times | Skipped, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """How well something is done, rather than how fast: a share, a count, a ratio.

    `aim` is what the design asks for; `peers` are others' figures on the same task. `more` says
    that more is better.
    """

    title: str
    ours: float
    unit: str = ""
    aim: float | None = None
    more: bool = True
    peers: tuple[tuple[str, float], ...] = ()
    note: str = ""

    @property
    def reached(self) -> bool:
        """Whether the aim, if there is one, is reached."""
        if self.aim is None:
            return True
        return self.ours >= self.aim if self.more else self.ours <= self.aim


@dataclass(slots=True)
class Report:
    """What a benchmark found."""

    name: str
    what: str
    comparisons: list[Comparison] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)


class Disagreement(AssertionError):
    """Two ways to the same figures that do not give the same figures: a fault, not a slow day."""


def agree(what: str, ours: object, theirs: object) -> str:
    """Say what agreed, or raise Disagreement."""
    if ours != theirs:
        raise Disagreement(f"{what}: the answers differ")
    return what


def timed(name: str, act: Callable[[], object], *, runs: int, warm: int = 2) -> Times:
    """Time an act again and again, after `warm` runs that do not count."""
    for _ in range(warm):
        act()
    # What was left over by whatever ran before is not to be swept up at this act's expense. What
    # the act itself leaves is: the collector stays on.
    gc.collect()
    found = []
    for _ in range(runs):
        began = time.perf_counter_ns()
        act()
        found.append((time.perf_counter_ns() - began) / 1e6)
    return Times(name, tuple(found))


# --- What it was measured on --------------------------------------------------------------------


def machine() -> dict[str, Any]:
    """The machine and the moment, as far as they explain a figure."""
    return {
        "at": datetime.now().astimezone().isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": _system(),
        "python": platform.python_version(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def _processor() -> str:
    return _named("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def _system() -> str:
    return _named("/etc/os-release", "PRETTY_NAME").strip('"') or platform.platform()


def _named(path: str, name: str) -> str:
    """The value beside a name in one of the system's own lists; "" where there is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = (line.replace("=", ":", 1).partition(":") for line in lines)
    return next((value.strip() for key, _, value in found if key.strip() == name), "")


# --- Saying it ----------------------------------------------------------------------------------


def in_words(report: Report) -> Iterable[str]:
    """A report as lines of text."""
    yield f"{report.name}: {report.what}"
    for comparison in report.comparisons:
        yield ""
        yield f"  {comparison.title}"
        yield _row("FutureFit", comparison.ours, _beside_aim(comparison))
        median = comparison.ours.median
        if comparison.floor is not None:
            beside = f"FutureFit takes {_ratio(median / comparison.floor.median)} times as long"
            yield _row(f"floor: {comparison.floor.name}", comparison.floor, beside)
        for peer in comparison.peers:
            if isinstance(peer, Skipped):
                yield f"    peer: {peer.name} was not measured: {peer.reason}"
            else:
                beside = f"takes {_ratio(peer.median / median)} times as long as FutureFit"
                yield _row(f"peer: {peer.name}", peer, beside)
        if comparison.note:
            yield f"    {comparison.note}"
    yield ""
    for score in report.scores:
        yield _score(score)
        yield from (f"    peer: {name:<60}{value:>10.4g}" for name, value in score.peers)
    if report.scores:
        yield ""
    for skipped in report.skipped:
        yield f"  {skipped.name} was not measured: {skipped.reason}"
    for same in report.agreed:
        yield f"  The same: {same}."


def _row(name: str, times: Times, beside: str) -> str:
    runs = len(times.milliseconds)
    return (
        f"    {name:<44}{times.median:>9.2f} ms   p95 {times.p95:>9.2f} ms   "
        f"{runs:>4} run{'' if runs == 1 else 's'}   {beside}"
    )


def _score(score: Score) -> str:
    aim = ""
    if score.aim is not None:
        bound = "at least" if score.more else "at most"
        aim = f"aim: {bound} {score.aim:g}{'' if score.reached else ', missed'}"
    said = "   ".join(filter(None, (score.unit.ljust(4), aim, score.note)))
    return f"  {score.title:<68}{score.ours:>10.4g} {said}".rstrip()


def _beside_aim(comparison: Comparison) -> str:
    if comparison.aim_ms is None:
        return ""
    reached = getattr(comparison.ours, comparison.aim_of) < comparison.aim_ms
    return f"aim: {comparison.aim_of} under {comparison.aim_ms:g} ms{'' if reached else ', missed'}"


def _ratio(times: float) -> str:
    return f"{times:.1f}" if times < 20 else f"{times:.0f}"


def as_json(report: Report) -> dict[str, Any]:
    """A report for programs."""
    return {
        "name": report.name,
        "what": report.what,
        "comparisons": [
            {
                "title": one.title,
                "aim": {"ms": one.aim_ms, "of": one.aim_of} if one.aim_ms is not None else None,
                "ours": _figures(one.ours),
                "floor": _figures(one.floor) if one.floor is not None else None,
                "peers": [
                    {"name": peer.name, "skipped": peer.reason}
                    if isinstance(peer, Skipped)
                    else _figures(peer)
                    for peer in one.peers
                ],
                "note": one.note,
            }
            for one in report.comparisons
        ],
        "scores": [
            {
                "title": one.title,
                "ours": one.ours,
                "unit": one.unit,
                "aim": one.aim,
                "more_is_better": one.more,
                "peers": dict(one.peers),
                "note": one.note,
            }
            for one in report.scores
        ],
        "skipped": [{"name": one.name, "reason": one.reason} for one in report.skipped],
        "agreed": report.agreed,
    }


def _figures(times: Times) -> dict[str, Any]:
    return {
        "name": times.name,
        "runs": len(times.milliseconds),
        "median_ms": round(times.median, 3),
        "p95_ms": round(times.p95, 3),
    }
