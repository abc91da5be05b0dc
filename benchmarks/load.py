"""Who asks the server? Readers who each keep one connection and ask again once they were answered.

One thread and a selector, so that asking takes little of a machine that also answers. This machine
only, and a number of requests that is settled beforehand.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

HOST = "127.0.0.1"
PATIENCE_SECONDS = 60.0


class BadAnswer(Exception):
    """The server answered something else than the page."""


def request(path: str, *, session: str = "") -> bytes:
    """What a browser asks for, with the cookie of somebody who is signed in or without."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", "Accept: text/html", "Accept-Encoding: gzip"]
    if session:
        lines.append(f"Cookie: sessionid={session}")
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass(slots=True)
class _Reader:
    """One connection."""

    connection: socket.socket
    asked_at: int = 0
    answer: bytearray = field(default_factory=bytearray)
    missing: int = -1

    def ask(self, what: bytes) -> None:
        self.answer.clear()
        self.missing = -1
        self.asked_at = time.perf_counter_ns()
        self.connection.sendall(what)

    def take(self) -> bool:
        """Take in what has come; True when the answer is whole."""
        came = self.connection.recv(1 << 20)
        if not came:
            raise BadAnswer("the server hung up")
        self.answer += came
        if self.missing < 0:
            end = self.answer.find(b"\r\n\r\n")
            if end < 0:
                return False
            self.missing = end + 4 + _length(bytes(self.answer[:end]))
        return len(self.answer) >= self.missing

    @property
    def body(self) -> bytes:
        return bytes(self.answer[self.answer.find(b"\r\n\r\n") + 4 :])


def warm_up(port: int, what: Iterable[bytes], how_many: int, seconds: float) -> None:
    """Ask for a while over new connections, until every worker of a server has had its share."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with Readers(port, how_many) as readers:
            for each in what:
                readers.ask(each, 4 * how_many)


def _length(head: bytes) -> int:
    first, *lines = head.decode("latin-1").split("\r\n")
    if first.split(" ")[1:2] != ["200"]:
        raise BadAnswer(first)
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if "content-length" not in headers:
        raise BadAnswer("the answer does not say how long it is")
    return int(headers["content-length"])


class Readers:
    """So many readers with open connections; used as a context, they hang up in the end."""

    def __init__(self, port: int, how_many: int) -> None:
        self.selector = selectors.DefaultSelector()
        self.all = []
        for _ in range(how_many):
            connection = socket.create_connection((HOST, port), timeout=PATIENCE_SECONDS)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            reader = _Reader(connection)
            self.all.append(reader)
            self.selector.register(connection, selectors.EVENT_READ, reader)

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self.selector.close()
        for reader in self.all:
            reader.connection.close()

    def ask(
        self, what: bytes, requests: int, seen: Callable[[bytes], None] = lambda body: None
    ) -> list[float]:
        """Milliseconds of each of so many requests, from asking to the last byte of the answer.
        `seen` gets the first answer of each reader.
        """
        found: list[float] = []
        to_show = set(map(id, self.all))
        waiting = self.all[:requests]
        for reader in waiting:
            reader.ask(what)
        asked = len(waiting)
        while len(found) < requests:
            ready = self.selector.select(PATIENCE_SECONDS)
            if not ready:
                raise BadAnswer(f"no answer within {PATIENCE_SECONDS:.0f} seconds")
            for key, _ in ready:
                reader = key.data
                if not reader.take():
                    continue
                found.append((time.perf_counter_ns() - reader.asked_at) / 1e6)
                if id(reader) in to_show:
                    to_show.discard(id(reader))
                    seen(reader.body)
                if asked < requests:
                    asked += 1
                    reader.ask(what)
        return found
