"""How long do people wait when many work at once, and is anything lost? (aim: p95 under 300 ms)

200 people on PostgreSQL and 20 on SQLite, each on a connection of their own, think for about five
seconds between one thing and the next. Eight times in ten they read a page; twice in ten they say
what changed on a line, as a browser does it: the form, the preview, the confirmation and the page
that follows, four requests. Any line may be anybody's, so people meet: whoever comes second is told
what changed, and that counts as told, not as an error. In the end every change that was
acknowledged must stand in the chain once, and nothing else.

Beside it, the same people read as many bytes lying ready on a server of the same kind.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

from benchmarks import installation, serving
from benchmarks.append import on_postgres
from benchmarks.installation import Installation
from benchmarks.load import HOST, BadAnswer
from benchmarks.measuring import Comparison, Report, Score, Size, Skipped, Times, agree
from tests import postgres

LINES, POSTINGS = 500, 6_000
READING_SHARE = 0.8
AIM_MS = 300
FLOOR_BYTES = 60_000

PAGES = (
    "/", "/lines/", "/lines/{line}/", "/lines/?rag=RED", "/bridge/", "/by/theme/", "/grid/",
    "/mtfp/", "/changes/", "/journals/", "/projects/", "/findings/", "/desk/",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people, their thinking time in seconds on average, and for how long."""

    people: int
    think: float
    seconds: float


@dataclass(slots=True)
class Told:
    """What one crowd saw: milliseconds by sort of request, what was acknowledged, what failed."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    met: int = 0
    errors: list[str] = field(default_factory=list)


def run(size: Size) -> Report:
    """Measure both databases, and the floor of the larger crowd."""
    # A tiny size keeps everything but the waiting.
    full = size.requests >= 800
    many = Crowd(200, 5, 60) if full else Crowd(4, 0.2, 2)
    few = replace(many, people=20 if full else 2)
    smaller = replace(size, lines=min(size.lines, LINES), postings=min(size.postings, POSTINGS))
    report = Report(
        "users",
        f"people at work on {smaller.lines:,} lines, {many.think:g} s thinking, "
        f"{READING_SHARE:.0%} reading, for {many.seconds:g} s",
    )
    programs = postgres.programs()
    if programs is None:
        reason = "PostgreSQL's programs are not installed here"
        report.skipped.append(Skipped("PostgreSQL", reason))
    else:
        with on_postgres(programs, smaller) as there:
            _measure(report, "PostgreSQL", there, many, smaller)
    _measure(report, "SQLite", installation.copied(smaller), few, smaller)
    return report


def _measure(report: Report, database: str, there: Installation, crowd: Crowd, size: Size) -> None:
    staff = there.inside("staff", replace(size, requests=crowd.people))
    with serving.futurefit(there) as port:
        # Every worker makes its pages once before anybody is timed.
        asyncio.run(_work(port, staff, replace(crowd, seconds=crowd.seconds / 6), "warm"))
        told = asyncio.run(_work(port, staff, crowd, "timed"))
    with serving.peer("benchmarks.peers.ready_made", there, BENCH_BYTES=str(FLOOR_BYTES)) as port:
        ready = asyncio.run(_only_read(port, crowd))
    floor = Times("the same people, bytes lying ready", tuple(ready))
    who = f"{crowd.people} people on {database}"
    for what, milliseconds in (
        ("all requests", [*told.reads, *told.writes]),
        ("reading", told.reads),
        ("saying what changed", told.writes),
    ):
        ours = Times("FutureFit", tuple(milliseconds))
        report.comparisons.append(Comparison(f"{who}: {what}", ours, AIM_MS, "p95", floor))
    for title, number in (
        ("errors", len(told.errors)),
        ("changes acknowledged and lost", _lost(there, size, told)),
    ):
        note = "; ".join(told.errors[:3]) if title == "errors" else ""
        report.scores.append(Score(f"{who}: {title}", number, aim=0, more=False, note=note))
    report.agreed.append(
        f"{who}: {len(told.recorded):,} changes acknowledged, each in the chain once; "
        f"{told.met} met another's and were told; {len(told.reads):,} pages read; verify is clean"
    )


def _lost(there: Installation, size: Size, told: Told) -> int:
    """How many acknowledged changes the chain lacks. A change that stands twice is a fault."""
    stands: list[str] = there.inside("reasons", size)
    ours = [why for why in stands if why in told.sent]
    agree("no change stands twice", len(ours), len(set(ours)))
    agree("the chain holds", there.inside("proof", size)["findings"], [])
    return len(set(told.recorded) - set(ours))


# --- People -------------------------------------------------------------------------------------


async def _work(port: int, staff: dict[str, Any], crowd: Crowd, seed: str) -> Told:
    told = Told()
    until = time.monotonic() + crowd.seconds
    await asyncio.gather(
        *(
            _person(
                port, session, staff["held"], crowd, until, told, random.Random(f"{seed} {place}")
            )
            for place, session in enumerate(staff["sessions"])
        )
    )
    return told


async def _person(
    port: int,
    session: str,
    held: Sequence[Sequence[Any]],
    crowd: Crowd,
    until: float,
    told: Told,
    chance: random.Random,
) -> None:
    browser = Browser(port, session)
    await asyncio.sleep(chance.uniform(0, crowd.think))
    while time.monotonic() < until:
        try:
            if chance.random() < READING_SHARE:
                line = chance.choice(held)[0]
                path = chance.choice(PAGES).format(line=line)
                answer = await browser.ask("GET", path)
                told.reads.append(answer.milliseconds)
                if answer.status != 200:
                    told.errors.append(f"{path}: {answer.status}")
            else:
                await _change(browser, chance, held, told)
        except (OSError, BadAnswer, asyncio.IncompleteReadError) as wrong:
            told.errors.append(repr(wrong))
            browser.hang_up()
        await asyncio.sleep(chance.uniform(0.5, 1.5) * crowd.think)
    browser.hang_up()


async def _change(
    browser: Browser, chance: random.Random, held: Sequence[Sequence[Any]], told: Told
) -> None:
    """Form, preview, confirmation, and the page that says it is recorded."""
    line, place, rating, to = chance.choice(held)
    path = f"/lines/{line}/change/re-rate/"
    why = f"update {chance.getrandbits(64):016x}"
    form = await browser.ask("GET", path)
    told.writes.append(form.milliseconds)
    typed = {"from_rating": rating, "to_rating": to, f"amount_{place}": "1", "why": why}
    typed["effective_on"] = form.value("effective_on")
    for step in ("preview", "confirm"):
        sent = {**typed, "step": step, **form.hidden("csrfmiddlewaretoken", "seen")}
        if step == "confirm":
            told.sent.add(why)
        form = await browser.ask("POST", path, urlencode(sent))
        told.writes.append(form.milliseconds)
        if form.status == 409:
            told.met += 1
            return
        if form.status not in (200, 302):
            told.errors.append(f"{step} {path}: {form.status}")
            return
    if form.status != 302:
        told.errors.append(f"confirm {path}: {form.status}")
        return
    told.recorded.append(why)
    after = await browser.ask("GET", form.location)
    told.writes.append(after.milliseconds)
    if "recorded as journal" not in after.body:
        told.errors.append(f"{path}: nothing was said")


async def _only_read(port: int, crowd: Crowd) -> list[float]:
    """The same people at the same pace, for a sixth of the time, reading what lies ready."""
    found: list[float] = []
    until = time.monotonic() + crowd.seconds / 6

    async def read(place: int) -> None:
        chance = random.Random(place)
        browser = Browser(port, "")
        await asyncio.sleep(chance.uniform(0, crowd.think))
        while time.monotonic() < until:
            found.append((await browser.ask("GET", "/")).milliseconds)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * crowd.think)
        browser.hang_up()

    await asyncio.gather(*(read(place) for place in range(crowd.people)))
    return found


# --- A browser, as far as the server can tell ---------------------------------------------------


_FIELD = re.compile(r"<input[^>]*>")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and how long it took from asking to its last byte."""

    status: int
    headers: dict[str, str]
    content: bytes
    milliseconds: float

    @property
    def body(self) -> str:
        """The page; what nobody looks at is not unpacked."""
        zipped = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.content) if zipped else self.content).decode()

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("location", "/")

    def value(self, name: str) -> str:
        """What a field of the form on the page holds."""
        for found in _FIELD.findall(self.body):
            if f'name="{name}"' in found:
                held = re.search(r'value="([^"]*)"', found)
                return unescape(held[1]) if held else ""
        raise BadAnswer(f"there is no field {name} on the page ({self.status})")

    def hidden(self, *names: str) -> dict[str, str]:
        """Several of them."""
        return {name: self.value(name) for name in names}


class Browser:
    """One person's connection, kept open; cookies are kept and sent."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.cookies = {"sessionid": session} if session else {}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: str = "") -> Answer:
        """Send a request and take the whole answer."""
        began = time.perf_counter_ns()
        if self.streams is None:
            self.streams = await asyncio.open_connection(HOST, self.port, limit=1 << 22)
        reader, writer = self.streams
        writer.write(self._request(method, path, body))
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        content = await self._content(reader, headers)
        took = (time.perf_counter_ns() - began) / 1e6
        if headers.get("connection", "") == "close":
            self.hang_up()
        return Answer(int(first.split(" ")[1]), headers, content, took)

    async def _content(self, reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while length := int(await reader.readline(), 16):
                parts.append(await reader.readexactly(length))
                await reader.readline()
            await reader.readline()
            return b"".join(parts)
        return await reader.readexactly(int(headers.get("content-length", "0")))

    def _request(self, method: str, path: str, body: str) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self.port}", "Accept: text/html"]
        lines.append("Accept-Encoding: gzip")
        lines += [f"Cookie: {cookies}"] if cookies else []
        if method == "POST":
            lines += [
                f"Origin: http://{HOST}:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return "\r\n".join([*lines, "", body]).encode()

    def hang_up(self) -> None:
        """Close the connection; the next question opens another."""
        if self.streams is not None:
            with suppress(OSError):
                self.streams[1].close()
        self.streams = None
