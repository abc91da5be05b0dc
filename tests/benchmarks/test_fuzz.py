"""Damaged and hostile files: 500 of the inputs that the benchmark tries are tried here.

No crash, no hang beyond the limit, no traceback: each is read, or refused in plain words.
"""

from pathlib import PurePath

from benchmarks import fuzz
from futurefit.papers.readers import READERS


def test_damaged_files_of_every_kind_are_read_or_refused_in_plain_words() -> None:
    grown = fuzz.seeds()
    found = fuzz.try_all(grown, range(500))
    assert [fault for outcome in found.values() for fault in outcome.faults] == []
    assert sum(outcome.read for outcome in found.values()) > 50
    assert sum(outcome.refused for outcome in found.values()) > 50
    for name, _ in grown:
        assert PurePath(name).suffix in READERS


def test_the_same_number_makes_the_same_input() -> None:
    grown = fuzz.seeds()
    assert [fuzz.damaged(grown, n) for n in range(30)] == [
        fuzz.damaged(grown, n) for n in range(30)
    ]
