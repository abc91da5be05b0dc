"""Two writers never fork the chain, and what was acknowledged survives a killed process."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from futurefit.ledger.entries import Account, Journal
from futurefit.site.ledger import models, operations, proof, queries
from futurefit.site.ledger.operations import Refused, Stale
from tests.databases import OwnDatabase
from tests.site.ledger.books import BETH, BOB, Book, balance
from tests.site.ledger.test_proposals import delivery

ROOT = Path(__file__).resolve().parents[3]
LINES = [f"L{number}" for number in range(4)]


@pytest.fixture
def open_book(own_book: Book) -> Book:
    for line in LINES:
        own_book.open(line, y2016=100_00)
    return own_book


def at_once(jobs: list) -> list:
    """What each job gives back or raises, all begun at the same moment in threads of their own."""
    ready = threading.Barrier(len(jobs))

    def run(job):
        try:
            ready.wait()
            return job()
        except (Stale, Refused) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def assert_one_whole_chain(acknowledged: dict[int, str]) -> None:
    chained = {journal.number: journal.digest for journal in queries.journals()}
    assert list(chained) == list(range(1, len(chained) + 1))
    assert acknowledged.items() <= chained.items()
    assert proof.verify() == []


def test_many_threads_write_one_chain(open_book: Book) -> None:
    def ten(line: str) -> list[Journal]:
        return [open_book.re_rate(line, 1_00) for _ in range(10)]

    results = at_once([lambda line=line: ten(line) for line in LINES * 2])
    journals = [journal for posted in results for journal in posted]
    assert len({journal.number for journal in journals}) == 80
    assert_one_whole_chain({journal.number: journal.digest for journal in journals})
    assert [balance(line, Account.AMBER) for line in LINES] == [20_00] * 4


def test_of_two_forms_on_one_line_one_is_refused(open_book: Book) -> None:
    for _ in range(5):
        seen = queries.current_ledger().last_journal("L0")
        results = at_once([lambda seen=seen: open_book.re_rate("L0", 1_00, expects=seen)] * 4)
        posted = [result for result in results if isinstance(result, Journal)]
        stale = [result for result in results if isinstance(result, Stale)]
        assert (len(posted), len(stale)) == (1, 3)
        assert {moved.last_journal for s in stale for moved in s.moved} == {posted[0].number}
    assert balance("L0", Account.AMBER) == 5_00
    assert_one_whole_chain({})


def test_the_last_pounds_are_delivered_once(open_book: Book) -> None:
    results = at_once([lambda: open_book.re_rate("L0", 60_00)] * 4)
    assert sum(isinstance(result, Journal) for result in results) == 1
    assert balance("L0", Account.AMBER) == 60_00
    assert_one_whole_chain({})


def test_a_proposal_accepted_twice_at_once_is_posted_once(open_book: Book) -> None:
    open_book.open("LIB-1", y2016=100_00)
    proposal = operations.propose(delivery(), by=BOB, expects={"LIB-1": 5})
    results = at_once([lambda: operations.accept_proposal(proposal.pk, by=BETH)] * 3)
    assert sum(isinstance(result, Journal) for result in results) == 1
    assert balance("LIB-1", Account.GREEN_DELIVERED) == 40_00
    assert_one_whole_chain({})


def test_words_changed_at_once_do_not_lose_a_journal(open_book: Book) -> None:
    jobs = [
        *(lambda line=line: open_book.re_rate(line, 1_00) for line in LINES),
        *(lambda code=code: operations.name_heading("theme", code, code, by=BOB) for code in LINES),
    ]
    assert not [result for result in at_once(jobs) if isinstance(result, Exception)]
    assert models.Heading.objects.count() == 4
    assert_one_whole_chain({})


# --- processes -----------------------------------------------------------------------------------


def posting(database: OwnDatabase, lines: list[str], journals: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.poster", ",".join(lines), str(journals)],
        cwd=ROOT,
        env=database.environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def acknowledged(process: subprocess.Popen[str], most: int | None = None) -> dict[int, str]:
    """What the process has acknowledged: all of it, or as soon as there are so many."""
    assert process.stdout is not None
    found = {}
    for line in process.stdout:
        if not line.endswith("\n"):
            break  # killed in the middle of saying so
        number, digest = line.split()
        found[int(number)] = digest
        if len(found) == most:
            break
    return found


def test_many_processes_write_one_chain(open_book: Book, own_database: OwnDatabase) -> None:
    said = {}
    with ExitStack() as running:
        processes = [running.enter_context(posting(own_database, [line], 15)) for line in LINES[:3]]
        for process in processes:
            said |= acknowledged(process)
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(said) == 45
    assert_one_whole_chain(said)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_acknowledged_survives_kill_9(
    open_book: Book, own_database: OwnDatabase, seed: int
) -> None:
    with posting(own_database, LINES, 1000) as process:
        said = acknowledged(process, most=Random(seed).randrange(5, 60))
        process.send_signal(signal.SIGKILL)
        said |= acknowledged(process)
    assert process.returncode == -signal.SIGKILL
    assert_one_whole_chain(said)
    # At most one journal a thread was written without being acknowledged.
    assert queries.head().number - len(LINES) <= len(said) + len(LINES)
    # The ledger goes on.
    assert open_book.re_rate("L0", 1).number == len(queries.journals())
    assert proof.verify() == []


def test_a_killed_server_keeps_every_change_it_acknowledged(own_database: OwnDatabase) -> None:
    """The benchmark, shortened: the real server, its real forms, killed while eight post."""
    done = subprocess.run(
        [sys.executable, "-c", KILL_SERVER],
        cwd=ROOT,
        env=own_database.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    acknowledged, kills, *wrong = done.stdout.splitlines()
    assert (int(acknowledged), int(kills), wrong) == (60, 1, [])
    assert proof.verify() == []


KILL_SERVER = """
from benchmarks import kill_server
outcome = kill_server.run(posts=60, kills=1)
print(len(outcome.acknowledged), outcome.kills, *outcome.wrong(), sep="\\n")
"""
