"""How long does it take to read and audit a whole Cabinet pack, of a hundred pages and 47 tables?

In one process, as the site does it once it has started, and as the command from typing it to its
last line. The floor is a Python that starts and does nothing; the parts are given by themselves.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import Comparison, Report, Size, Skipped, timed
from benchmarks.mutations import SHARED
from futurefit.papers.arithmetic import read_arithmetic
from futurefit.papers.audit import audit
from futurefit.papers.faults import read_faults
from futurefit.papers.readers import read_file

PACK = SHARED / "data/packs/worcestershire-cabinet-2015-11-19.md"


def _audited(path: Path) -> None:
    audit(read_file(path))


def _added_up(path: Path) -> None:
    document = read_file(path)
    read_arithmetic(document)
    read_faults(document)


def _command(program: str, *words: str) -> None:
    subprocess.run([program, *words], check=False, capture_output=True)


def run(size: Size) -> Report:
    """Read and audited, in process and as a command."""
    report = Report("pack", f"reading and auditing {PACK.name}")
    if not PACK.exists():
        report.skipped.append(Skipped(PACK.name, "it is not on this machine"))
        return report
    report.comparisons.append(
        Comparison(
            "read and audited, in a process that runs",
            timed("read and audited", lambda: _audited(PACK), runs=size.runs),
            aim_ms=500,
            aim_of="p95",
            peers=(
                timed("only read", lambda: read_file(PACK), runs=size.runs),
                timed(
                    "read and added up, no finding said", lambda: _added_up(PACK), runs=size.runs
                ),
            ),
        )
    )
    futurefit = str(Path(sys.executable).with_name("futurefit"))
    runs = max(1, size.runs // 10)
    report.comparisons.append(
        Comparison(
            "futurefit audit PACK, from typing it to its last line",
            timed(
                "the command",
                lambda: _command(futurefit, "audit", str(PACK), "--format", "json"),
                runs=runs,
                warm=1,
            ),
            floor=timed(
                "python that does nothing",
                lambda: _command(sys.executable, "-c", "pass"),
                runs=runs,
            ),
        )
    )
    return report
