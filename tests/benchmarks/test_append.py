"""The benchmarks of posting, at a size where its figures mean nothing: everything is accepted."""

from benchmarks import append, installation, update_round
from benchmarks.measuring import TINY


def test_every_journal_that_is_timed_joins_a_chain_that_holds() -> None:
    there = installation.copied(TINY)
    found = there.inside("append", TINY)
    assert len(found["ours"]) == len(found["floor"]) == TINY.runs
    before = installation.loaded(TINY).inside("proof", TINY)
    after = there.inside("proof", TINY)
    assert before["findings"] == after["findings"] == []
    assert after["journals"] > before["journals"]


def test_both_databases_are_measured_where_they_are() -> None:
    report = append.run(TINY)
    assert len(report.comparisons) + len(report.skipped) == 2


def test_a_round_that_is_timed_stands_as_it_was_typed() -> None:
    report = update_round.run(TINY)  # raises where a forecast is not what was typed
    assert len(report.comparisons) == 3
    assert len(report.agreed) == 1
