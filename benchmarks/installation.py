"""An installation that holds the made-up programme: made once a run, copied for whoever changes it.

Settings are read once a process, so all that uses Django runs in a process of its own, which is
`inside.py`.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measuring import Size

ROOT = Path(__file__).resolve().parent.parent


@cache
def workspace() -> Path:
    """A folder for this run, removed when it ends."""
    # Not in the system's temporary folder, which may lie in memory: a commit costs nothing there.
    (ROOT / "build").mkdir(exist_ok=True)
    held = tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build")
    atexit.register(held.cleanup)
    return Path(held.name)


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder, and the address of its database where that is not the SQLite file in it."""

    home: Path
    address: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What another process needs to work on this installation."""
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        return {
            **os.environ,
            "PYTHONPATH": path,
            "FUTUREFIT_HOME": str(self.home),
            "FUTUREFIT_DATABASE": self.address,
        }

    def inside(self, act: str, size: Size) -> Any:
        """Run an act of `inside.py` here, and give back what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.inside", act],
            input=json.dumps({"size": asdict(size)}),
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    @contextmanager
    def writer(self, size: Size) -> Iterator[Callable[[], int]]:
        """A process that posts the next journal each time it is asked to; gives its number."""
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.inside", "post"],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            told, said = process.stdin, process.stdout

            def post() -> int:
                told.write("\n")
                told.flush()
                return int(said.readline())

            told.write(json.dumps({"size": asdict(size)}) + "\n")
            yield post
            told.close()
            said.read()


@cache
def loaded(size: Size) -> Installation:
    """The programme in an installation on SQLite, which must be left as it is."""
    made = Installation(Path(tempfile.mkdtemp(prefix="loaded-", dir=workspace())))
    made.inside("load", size)
    return made


def copied(size: Size) -> Installation:
    """The programme in an installation on SQLite that may be changed."""
    home = Path(tempfile.mkdtemp(prefix="copy-", dir=workspace()))
    shutil.copytree(loaded(size).home, home, dirs_exist_ok=True)
    return Installation(home)
