"""What happens inside the process that reads uploads? (rule AUD-31)

It takes papers from its standard input and answers on its standard output, one after the other,
until the input ends. Before the first it gives up what a reader never needs: the network, other
programs, writing files, core dumps, and more memory and time than its limits.

Each paper comes as a line of JSON ({"name", "bytes", "seconds", "as"}) and that many bytes. Each
answer is a line of JSON with its length ({"bytes"}) and then JSON: {"document"} or, where it is
asked for as a form that was filled in, {"filled"}; else {"unreadable"} or {"failed"}.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from pathlib import Path, PurePath
from typing import Any, BinaryIO

_REFUSED = (
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.spawn",
    "os.system",
    "pty.spawn",
    "shutil.",
    "socket.",
    "subprocess.Popen",
    "webbrowser.open",
)
_WRITES = frozenset("wax+")
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000  # linux/sched.h


def main(memory_bytes: int) -> None:
    """Read papers until there are no more."""
    # Whatever a library prints goes nowhere near the answers.
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    _give_up_network()
    from futurefit.papers import filled, interchange, readers
    from futurefit.papers.document import Unreadable

    _limit_memory(memory_bytes)
    sys.addaudithook(_refuse)
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        data = sys.stdin.buffer.read(asked["bytes"])
        _limit_time(asked["seconds"])
        answer: dict[str, Any]
        try:
            if asked["as"] == "filled":
                answer = {"filled": filled.as_values(filled.read(asked["name"], data))}
            else:
                answer = {"document": interchange.as_values(readers.read(asked["name"], data))}
            content = json.dumps(answer).encode()
        except Unreadable as wrong:
            content = json.dumps({"unreadable": str(wrong)}).encode()
        except (MemoryError, RecursionError):
            content = json.dumps({"unreadable": _too_much(asked["name"])}).encode()
        except Exception as broken:
            # A mistake of a reader spoils one file, not the rest.
            content = json.dumps({"failed": _where(broken)}).encode()
        del data
        _answer(answers, content)


def _answer(answers: BinaryIO, content: bytes) -> None:
    answers.write(json.dumps({"bytes": len(content)}).encode() + b"\n")
    answers.write(content)
    answers.flush()


def _where(broken: Exception) -> str:
    """What broke and in which line of ours, for a report of the mistake."""
    last = traceback.extract_tb(broken.__traceback__)[-1]
    return f"{type(broken).__name__} in {PurePath(last.filename).name}, line {last.lineno}"


def _too_much(name: str) -> str:
    return (
        f"{PurePath(name).name} needs more memory to read than a paper should. Save it anew from "
        "the program that made it, or split it."
    )


def _limit_memory(memory_bytes: int) -> None:
    """So much address space, no files written, no core dump; where the system knows limits."""
    with contextlib.suppress(ImportError):
        import resource

        for limit, most in (
            (resource.RLIMIT_AS, memory_bytes),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(limit, (most, most))


def _limit_time(seconds: int) -> None:
    """So much more processor time from now: the system ends the process that takes longer."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        allowed = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


def _give_up_network() -> None:
    """A network of its own with nothing in it, where the system lets a process have one.

    Where it does not, the audit hook still refuses every socket that Python would open.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_CLONE_NEWNET):
            library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


_PROGRAMS = tuple(
    f"{Path(folder).resolve()}{os.sep}"
    for folder in (sys.prefix, sys.base_prefix, Path(__file__).parents[2])
)
"""Where Python, its packages and our own modules lie: all that a reader opens."""


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Stop whatever no reader does: a parser that was tricked into it fails."""
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, str | bytes) and not os.path.realpath(os.fsdecode(path)).startswith(
            _PROGRAMS
        ):
            raise PermissionError("A reader opens nothing but its own programs.")
        writes = isinstance(mode, str) and not _WRITES.isdisjoint(mode)
        # A file opened by number has no mode: the lowest two bits of its flags say if it writes.
        if writes or (mode is None and isinstance(flags, int) and flags & 3):
            raise PermissionError("A reader writes no files.")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"A reader does not do this: {event}.")


if __name__ == "__main__":
    main(int(sys.argv[1]))
