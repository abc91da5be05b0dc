"""How soon does a reader have the page of 500 lines and its totals?

Eight readers, each on a connection of their own, ask again as soon as they were answered. Aims, for
95 answers in 100: 10 ms for the public and 20 ms for people who are signed in while nothing
changes, 80 ms when a journal has just joined. The naive page stands beside it on a server of the
same kind, and so do as many bytes lying ready: the least that serving them can take.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from html import unescape

from benchmarks import installation, load, measuring, serving
from benchmarks.load import Readers
from benchmarks.measuring import Comparison, Report, Size, Times

PATH = "/lines/"
READERS = 8
MIX = 40
NAIVE = "the naive page"
READY = "as many bytes lying ready"


def run(size: Size) -> Report:
    """Measure the page for visitors and for people who are signed in, at rest and changing."""
    there = installation.copied(size)
    session = there.inside("sign_in", size)
    audiences = {
        "public": load.request(PATH),
        "signed in": load.request(PATH, session=session),
    }
    report = Report(
        "page",
        f"{PATH} with up to 500 of {size.lines:,} lines and the totals of all, {READERS} readers",
    )
    bodies: list[bytes] = []
    ours: dict[str, Times] = {}
    warm_seconds = size.runs / 10
    with serving.futurefit(there) as port, there.writer(size) as post:
        load.warm_up(port, audiences.values(), READERS, warm_seconds)
        for who, what in audiences.items():
            with Readers(port, READERS) as readers:
                readers.ask(what, READERS)
                ours[f"{who}, nothing changed"] = _times(readers.ask(what, size.requests))
        for who, what in audiences.items():
            with Readers(port, READERS) as readers:
                found = _changed(readers, what, post, size)
                ours[f"{who}, a journal just joined"] = _times(found)
            with Readers(port, READERS) as readers:
                found = _mixed(readers, what, post, size)
                ours[f"{who}, a journal joins before every {MIX} requests"] = _times(found)
        with Readers(port, 1) as one:
            ours["alone"] = _times(_changed(one, audiences["public"], post, size))
        with Readers(port, READERS) as readers:
            readers.ask(audiences["public"], READERS, bodies.append)
    with serving.peer("benchmarks.peers.naive.page", there) as port:
        naive, naive_alone, theirs = _naive(port, size)
    with serving.peer(
        "benchmarks.peers.ready_made", there, BENCH_BYTES=str(len(bodies[0]))
    ) as port:
        load.warm_up(port, [audiences["public"]], READERS, warm_seconds / 5)
        with Readers(port, READERS) as readers:
            ready = Times(READY, tuple(readers.ask(audiences["public"], size.requests)))
    shown = {figures_of(gzip.decompress(body)) for body in bodies}
    for figures in shown:
        measuring.agree("the page", figures, figures_of(theirs))
    report.agreed.append(
        f"{sum(len(amounts) for _, amounts in figures):,} amounts of {len(figures):,} rows, on the "
        f"page of every reader and on the naive one, after the last journal"
    )
    aims = {"public, nothing changed": 10, "signed in, nothing changed": 20}
    for title, times in ours.items():
        if title != "alone":
            floor = ready if title in aims else None
            aim = aims.get(title, 80)
            report.comparisons.append(
                Comparison(title.capitalize(), times, aim, "p95", floor, (naive,))
            )
    report.comparisons.append(
        Comparison(
            "Public, a journal just joined, one reader alone",
            ours["alone"],
            peers=(naive_alone,),
        )
    )
    return report


def _times(milliseconds: list[float]) -> Times:
    return Times("FutureFit", tuple(milliseconds))


def _changed(readers: Readers, what: bytes, post: Callable[[], int], size: Size) -> list[float]:
    """Each reader asks once, all at the same moment, just after a journal has joined."""
    found = []
    for _ in range(max(2, size.requests // 40)):
        post()
        found += readers.ask(what, len(readers.all))
    return found


def _mixed(readers: Readers, what: bytes, post: Callable[[], int], size: Size) -> list[float]:
    """A journal joins, and readers ask for a while."""
    found = []
    for _ in range(max(2, size.requests // MIX)):
        post()
        found += readers.ask(what, MIX)
    return found


def _naive(port: int, size: Size) -> tuple[Times, Times, bytes]:
    """Together, alone, and what the page holds."""
    what = load.request(PATH)
    bodies: list[bytes] = []
    load.warm_up(port, [what], 2, size.runs / 10)
    with Readers(port, READERS) as readers:
        readers.ask(what, READERS, bodies.append)
        together = readers.ask(what, max(READERS, size.requests // 20))
    with Readers(port, 1) as one:
        alone = one.ask(what, max(2, size.runs // 5))
    return Times(NAIVE, tuple(together)), Times(NAIVE, tuple(alone)), bodies[0]


# --- What a page shows --------------------------------------------------------------------------

_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t([hd])[^>]*>(.*?)</t\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_AMOUNT = re.compile(r"-?[\d,]+|")

Figures = tuple[tuple[str, tuple[str, ...]], ...]


def figures_of(page: bytes) -> Figures:
    """The lines and the totals of a page, each with its amounts as printed (a blank is nought)."""
    found = []
    totals = 0
    for row in _ROW.findall(page.decode()):
        title, *cells = (unescape(_TAG.sub("", cell)).strip() for _, cell in _CELL.findall(row))
        if title.startswith("Net total"):
            totals += 1
            title = f"total {totals}"
        elif not re.fullmatch(r"L\d{5}", title):
            continue
        found.append((title, tuple(cell or "0" for cell in cells[3:] if _AMOUNT.fullmatch(cell))))
    return tuple(found)
