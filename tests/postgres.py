"""A PostgreSQL server of the tests' own: made from the installed programs, used, thrown away.

It listens on a socket in its own folder and on no network. PostgreSQL refuses to run as root, so a
run by root (a build) starts it as the user nobody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

USER = "futurefit"


def programs() -> Path | None:
    """The folder of the newest installed server programs, or None where there are none."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parent.parent.name),
    )
    if debian:
        return debian[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


class Server:
    """A running server; `address` is what FUTUREFIT_DATABASE wants."""

    def __init__(self, bin_folder: Path, *, safe: bool = False) -> None:
        self.bin = bin_folder
        self.user = "nobody" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="futurefit-pg-"))
        if self.user:
            shutil.chown(self.folder, self.user)
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        # Only speed is given up here: what a crash would lose is thrown away anyway. A benchmark
        # asks for a `safe` server, which writes as one in use does.
        fsync = "on" if safe else "off"
        options = f"-k {self.folder} -c listen_addresses= -c fsync={fsync} -c max_connections=40"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")

    @property
    def address(self) -> str:
        """Where the server is."""
        return f"postgresql://{USER}@/{USER}?host={self.folder}"

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [self.bin / program, *arguments],
            user=self.user,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            # Not a pipe: the server would hold it open for as long as it runs.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            check=True,
        )
