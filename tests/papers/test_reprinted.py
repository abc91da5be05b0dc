"""Tables printed twice (rules AUD-53 and AUD-58)."""

from pathlib import Path

from futurefit.kernel.findings import Severity
from futurefit.papers.audit.reprinted import check_reprinted, check_reprinted_across
from futurefit.papers.readers import read_file
from tests.papers.drawing import drawn

GRID = """
## Savings

| Service | 2015/16 | 2016/17 |
| --- | --- | --- |
| Parks | 31 | 110 |
| Roads | 72 | 220 |
| Libraries | 15 | 43 |
| Waste | 64 | 57 |
"""


def test_a_table_printed_twice_with_one_figure_changed_is_told() -> None:
    """AUD-53."""
    (only,) = check_reprinted(drawn(GRID + GRID.replace("220", "202")))
    assert (only.code, only.severity) == ("AUD-53", Severity.WARNING)
    assert (only.printed, only.expected, only.difference) == ("220", "202", "18")


def test_the_same_table_twice_is_no_finding() -> None:
    assert check_reprinted(drawn(GRID + GRID)) == []


def test_a_form_filled_in_for_two_projects_is_no_table_printed_twice() -> None:
    other = GRID.replace("31", "9").replace("72", "8").replace("110", "7")
    assert check_reprinted(drawn(GRID + other)) == []


def test_a_figure_that_differs_between_papers_is_a_note_with_both_papers() -> None:
    """AUD-58."""
    papers = drawn(GRID, "a.md"), drawn(GRID.replace("220", "202"), "b.md")
    (only,) = check_reprinted_across(papers)
    assert (only.code, only.severity, only.place.file) == ("AUD-58", Severity.NOTE, "a.md")
    assert "b.md, table 1" in only.message


def test_schedules_that_the_pack_prints_again_agree(shared: Path) -> None:
    pack = read_file(shared / "data/packs/worcestershire-cabinet-2015-11-19.md")
    assert check_reprinted(pack) == []
