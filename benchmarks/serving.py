"""Servers for as long as they are measured: FutureFit's own, and the same server with a peer on it.

python -m benchmarks.serving MODULE PORT
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from benchmarks.installation import ROOT, Installation
from benchmarks.load import HOST
from futurefit.site.config.server import THREADS, WORKERS

PATIENCE_SECONDS = 60.0


@contextmanager
def futurefit(there: Installation) -> Iterator[int]:
    """FutureFit, as `futurefit serve` serves it; gives the port."""
    command = "from futurefit.cli import main; main()"
    with running([sys.executable, "-c", command, "serve", "--port"], there) as port:
        yield port


@contextmanager
def peer(module: str, there: Installation, **told: str) -> Iterator[int]:
    """Another application on a server like FutureFit's, with as many workers and threads; `told` is
    put into its environment.
    """
    with running([sys.executable, "-m", "benchmarks.serving", module], there, **told) as port:
        yield port


@contextmanager
def running(command: Sequence[str], there: Installation, **told: str) -> Iterator[int]:
    """A server that a command starts, which takes its port last; gives the port."""
    port = _free_port()
    server = subprocess.Popen(
        [*command, str(port)],
        env={**there.environment, **told},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        port: int = trial.getsockname()[1]
        return port


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until something listens."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended at once, with status {server.returncode}")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("the server did not start")


def main(module: str, port: str) -> None:
    """Serve `application` of a module until this process is told to stop."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        f"{module}:application",
        address=HOST,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
