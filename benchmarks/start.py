"""How long until somebody can work with it? (aim: the second `make run` answers within 3 s)

The recipe of `make run` on an installation that holds the demonstration already, from typing it to
the first page; and two commands, whose floor is a Python that starts and does nothing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import installation, load, serving
from benchmarks.installation import ROOT, Installation
from benchmarks.load import Readers
from benchmarks.measuring import Comparison, Report, Size, Times, timed

COMMAND = (sys.executable, "-c", "from futurefit.cli import main; main()")
AT_MOST = 8


def run(size: Size) -> Report:
    """Measure the second start, a command on the demonstration, and help."""
    report = Report("start", "starting on the reference programme, which was loaded before")
    runs = min(AT_MOST, size.runs)
    there = Installation(Path(tempfile.mkdtemp(prefix="demo-", dir=installation.workspace())))
    _run(there, *COMMAND, "demo", "--no-serve")
    nothing = timed("Python doing nothing", _runner(there, sys.executable, "-c", ""), runs=runs)
    report.comparisons += [
        Comparison(
            "`make run` to the first page, the second time",
            Times("FutureFit", tuple([_first_page(there) for _ in range(runs + 1)][1:])),
            3000,
        ),
        *(
            Comparison(
                f"`futurefit {' '.join(command)}`",
                timed("FutureFit", _runner(there, *COMMAND, *command), runs=runs, warm=1),
                floor=nothing,
            )
            for command in (
                ("demo", "--no-serve"),
                ("programme", "summary", "--format", "json"),
                ("--help",),
            )
        ),
    ]
    return report


def _run(there: Installation, *command: str) -> None:
    # As the Makefile does, and so that no run finds what it imports uncompiled but the first.
    environment = {**there.environment, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True)
    if done.returncode > 1:  # 1 says that there are findings, as there are in the papers
        raise RuntimeError(f"{command} could not be done: {done.stderr.decode()}")


def _runner(there: Installation, *command: str) -> Callable[[], None]:
    return lambda: _run(there, *command)


def _first_page(there: Installation) -> float:
    """Milliseconds from typing the recipe to the whole of the first page."""
    began = time.perf_counter_ns()
    _run(there, sys.executable, "bootstrap.py", "run")
    command = [*COMMAND, "demo", "--port"]
    with (
        serving.running(command, there, PYTHONDONTWRITEBYTECODE="") as port,
        Readers(port, 1) as one,
    ):
        one.ask(load.request("/"), 1)
        return (time.perf_counter_ns() - began) / 1e6
