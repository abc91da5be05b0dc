"""How long does it take to post a journal, safely? (aim: under 10 ms)

A change is posted as a form posts it: rights, whether the line moved, every check, the seal, the
rows, the commit. On SQLite with synchronous=FULL, and on PostgreSQL where its programs are
installed; beside each, one row inserted and committed with the same promises.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks import installation
from benchmarks.installation import Installation
from benchmarks.measuring import Comparison, Report, Size, Skipped, Times
from tests import postgres


def run(size: Size) -> Report:
    """Post one journal after another to a database that holds the whole programme."""
    report = Report(
        "append",
        f"a journal joins {size.lines:,} lines with {size.postings:,} postings",
    )
    report.comparisons.append(
        _measured("SQLite, synchronous=FULL", installation.copied(size), size)
    )
    programs = postgres.programs()
    if programs is None:
        reason = "PostgreSQL's programs are not installed here"
        report.skipped.append(Skipped("PostgreSQL", reason))
        return report
    with on_postgres(programs, size) as there:
        report.comparisons.append(_measured("PostgreSQL, fsync on", there, size))
    return report


@contextmanager
def on_postgres(programs: Path, size: Size) -> Iterator[Installation]:
    """The programme in an installation on a PostgreSQL server of its own, with fsync."""
    server = postgres.Server(programs, safe=True)
    try:
        home = Path(tempfile.mkdtemp(prefix="postgres-", dir=installation.workspace()))
        with psycopg.connect(server.address.replace(f"/{postgres.USER}?", "/postgres?")) as outside:
            outside.autocommit = True
            outside.execute(f"CREATE DATABASE {postgres.USER}")
        there = Installation(home, server.address)
        there.inside("load", size)
        yield there
    finally:
        server.close()


def _measured(title: str, there: Installation, size: Size) -> Comparison:
    found = there.inside("append", size)
    return Comparison(
        f"A journal is posted: {title}",
        Times("FutureFit", tuple(found["ours"])),
        10,
        floor=Times("a bare INSERT and COMMIT", tuple(found["floor"])),
    )
