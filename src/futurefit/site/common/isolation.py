"""How is a file read that nobody trusts? (rule AUD-31)

In a process of its own, with limits of time and memory, without network, and without anything in
its environment. What comes back is plain values, and becomes a `Document` here.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, TypeVar

from futurefit.kernel.form import Filled
from futurefit.papers.document import Document, Unreadable
from futurefit.papers.filled import filled_from
from futurefit.papers.interchange import document_from
from futurefit.papers.readers import check, load

T = TypeVar("T")

_CHUNK = 1 << 20

_AT_ONCE = BoundedSemaphore(2)
"""How many papers a server reads at a time: each may take all the memory of its limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may cost."""

    seconds: int = 60
    memory_bytes: int = 2_000_000_000
    answer_bytes: int = 500_000_000


LIMITS = Limits()


def read_apart(name: str, data: bytes, limits: Limits = LIMITS) -> Document:
    """Read one paper in a process of its own; raise Unreadable where it cannot be read."""
    with reader_apart(limits) as reader:
        return reader.read(name, data)


def read_filled_apart(name: str, data: bytes, limits: Limits = LIMITS) -> Filled:
    """Read a form that somebody filled in, in a process of its own."""
    with reader_apart(limits) as reader:
        return reader.read_filled(name, data)


def read_file_apart(path: Path, limits: Limits = LIMITS) -> Document:
    """Read one file in a process of its own."""
    return read_apart(path.name, load(path), limits)


@contextmanager
def reader_apart(limits: Limits = LIMITS) -> Iterator[IsolatedReader]:
    """A reader for several papers, one after the other; one that fails gets a new process."""
    reader = IsolatedReader(limits)
    try:
        yield reader
    finally:
        reader.end()


class ReaderFailed(Unreadable):
    """The reader itself is at fault: it broke, or the system had to end it."""


class IsolatedReader:
    """Sends papers to the reading process and waits for its answers."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._has_turn = False

    def read(self, name: str, data: bytes) -> Document:
        """Read one paper; raise Unreadable, saying why."""
        return self._read(name, data, "document", document_from)

    def read_filled(self, name: str, data: bytes) -> Filled:
        """Read one form that was filled in; raise Unreadable, saying why."""
        return self._read(name, data, "filled", filled_from)

    def _read(self, name: str, data: bytes, kind: str, made: Callable[[Any], T]) -> T:
        check(name, data)
        answer = self._ask(name, data, kind)
        if "unreadable" in answer:
            raise Unreadable(answer["unreadable"])
        if "failed" in answer:
            raise ReaderFailed(
                f"{name} could not be read, and the mistake is the reader's ({answer['failed']}). "
                "Please report it with the file, and save the paper as another kind of file."
            )
        try:
            return made(answer[kind])
        except (AttributeError, KeyError, TypeError, ValueError):
            self.end()
            raise ReaderFailed(f"{name} {_GAVE_UP}.") from None

    def end(self) -> None:
        """Let the process go."""
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None
        self._give_way()

    def _give_way(self) -> None:
        """Let another paper have this one's turn."""
        if self._has_turn:
            self._has_turn = False
            _AT_ONCE.release()

    def _ask(self, name: str, data: bytes, kind: str) -> dict[str, Any]:
        """The process's answer; a process that gave none is ended."""
        until = time.monotonic() + self._limits.seconds
        asked = {"name": name, "bytes": len(data), "seconds": self._limits.seconds, "as": kind}
        try:
            process = self._start()
            _send(process, json.dumps(asked).encode() + b"\n" + data, until)
            length = _fields(_line(process, until)).get("bytes")
            if not isinstance(length, int) or length < 0:
                raise _NoAnswer(_GAVE_UP)
            if length > self._limits.answer_bytes:
                raise _NoAnswer("holds more than a paper should")
            answer = _fields(_receive(process, length, until))
            if answer.keys().isdisjoint(_ANSWERS):
                raise _NoAnswer(_GAVE_UP)
        except _NoAnswer as why:
            self.end()
            raise ReaderFailed(
                f"{name} {why}. Save it anew from the program that made it, or split it."
            ) from None
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            if not _AT_ONCE.acquire(timeout=self._limits.seconds):
                raise _NoAnswer("has to wait: other papers are being read. Try again in a minute")
            self._has_turn = True
            try:
                self._process = self._begun()
            except OSError:
                self._give_way()
                raise
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                os.set_blocking(pipe.fileno(), False)
        return self._process

    def _begun(self) -> subprocess.Popen[bytes]:
        """The process, as it starts."""
        words = [sys.executable, "-I", "-m", "futurefit.site.common.isolated_reader"]
        return subprocess.Popen(  # noqa: S603 - our own module, no shell
            [*words, str(self._limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=os.sep,
            start_new_session=True,
        )


class _NoAnswer(Exception):
    """The process gave no answer; the words say what to tell of the file."""


_TOO_LONG = "takes longer to read than a paper should"
_GAVE_UP = "could not be read: reading it took too much or failed"
_ANSWERS = frozenset({"document", "filled", "unreadable", "failed"})


def _fields(content: bytes) -> dict[str, Any]:
    """What the process says; a process that a file has tricked may say anything."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise _NoAnswer(_GAVE_UP) from None
    if not isinstance(said, dict):
        raise _NoAnswer(_GAVE_UP)
    return said


def _send(process: subprocess.Popen[bytes], content: bytes, until: float) -> None:
    """Write it all, no longer than until then."""
    assert process.stdin is not None
    left = memoryview(content)
    while left:
        _wait(process.stdin.fileno(), selectors.EVENT_WRITE, until)
        with contextlib.suppress(BlockingIOError):
            try:
                left = left[os.write(process.stdin.fileno(), left[:_CHUNK]) :]
            except OSError as wrong:
                if isinstance(wrong, BlockingIOError):
                    raise
                raise _NoAnswer(_GAVE_UP) from None


def _line(process: subprocess.Popen[bytes], until: float) -> bytes:
    """The line that says how long the answer is: read one by one, nothing of what follows."""
    found = b""
    while not found.endswith(b"\n"):
        found += _receive(process, 1, until)
    return found


def _receive(process: subprocess.Popen[bytes], length: int, until: float) -> bytes:
    """So many bytes, no longer than until then."""
    assert process.stdout is not None
    found = bytearray()
    while len(found) < length:
        _wait(process.stdout.fileno(), selectors.EVENT_READ, until)
        try:
            part = os.read(process.stdout.fileno(), min(_CHUNK, length - len(found)))
        except BlockingIOError:
            continue
        if not part:
            raise _NoAnswer(_GAVE_UP)
        found += part
    return bytes(found)


def _wait(number: int, event: int, until: float) -> None:
    """Wait until a pipe is ready."""
    with selectors.DefaultSelector() as ready:
        ready.register(number, event)
        if not ready.select(max(0.0, until - time.monotonic())):
            raise _NoAnswer(_TOO_LONG)
