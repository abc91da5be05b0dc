"""The benchmarks of the audit of tables: what is changed on purpose is marked rightly."""

from pathlib import Path

from benchmarks import false_alarms, mutations
from benchmarks.slips import WAYS
from futurefit.papers.readers import read_file


def test_every_way_changes_the_packs_tables_and_is_mostly_found(shared: Path) -> None:
    pack = next(document for name, document in mutations.council_files(shared) if name == "pack")
    proven = [found for table in pack.tables if (found := mutations.subject(table))]
    assert len(proven) == 9
    all_ways = mutations.Tally()
    for way in WAYS:
        found = mutations.Tally()
        for one in proven:
            found.add(mutations.tally(one, way, 1, "pack"))
        assert found.made > 0, way
        assert found.apart + found.telling == found.made
        assert found.located <= found.detected <= found.telling
        all_ways.add(found)
    assert all_ways.detected > 0.9 * all_ways.telling


def test_the_packs_errors_are_judged_and_none_is_false(shared: Path) -> None:
    pack = read_file(next((shared / "data/packs").glob("worcestershire*.md")))
    assert [one.severity.value for one in false_alarms.alarms(pack)] == ["error"] * 5
