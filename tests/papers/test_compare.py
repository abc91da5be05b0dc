"""Two versions of a paper (rules AUD-60 to AUD-62)."""

import csv
import io
import json
from pathlib import Path

import pytest

from futurefit.papers.compare import compare
from futurefit.papers.comparison import Comparison, How
from futurefit.papers.comparison_report import as_values, build_comparison
from futurefit.papers.document import Document
from futurefit.papers.readers import read
from tests.papers.drawing import drawn

OLD = """
    ## Savings

    We save £400K across 3 services.

    | Service | 2015/16 | 2016/17 |
    | --- | --- | --- |
    | Parks | 30 | 110 |
    | Roads | 70 | 220 |
    | Total | 100 | 330 |
    """


def changed(*swaps: tuple[str, str]) -> Comparison:
    new = OLD
    for was, now in swaps:
        assert was in new
        new = new.replace(was, now)
    return compare(drawn(OLD, "old.md"), drawn(new, "new.md"))


def told(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [
        (
            one.how.value,
            one.what,
            one.before.printed if one.before else "",
            one.after.printed if one.after else "",
        )
        for one in (*found.figures, *found.text)
    ]


def test_a_paper_compared_with_itself_has_not_changed() -> None:
    found = changed()
    assert (told(found), found.unexplained, found.same) == ([], (), 6)


def test_a_row_that_moved_has_not_changed() -> None:
    """AUD-60."""
    parks, roads = "| Parks | 30 | 110 |", "| Roads | 70 | 220 |"
    found = changed((parks, "@"), (roads, parks), ("@", roads))
    assert (told(found), found.unexplained, found.same) == ([], (), 6)


def test_a_figure_that_changed_while_its_total_did_not_is_told() -> None:
    """AUD-61."""
    found = changed(("| 110 |", "| 150 |"))
    assert told(found) == [("changed", "Parks, 2016/17", "110", "150")]
    assert [one.difference for one in found.figures] == ["40"]
    (only,) = found.unexplained
    assert (only.what, only.total, only.parts) == ("Total, 2016/17", "0", "40")
    assert only.after.row == 4


def test_a_total_that_changed_while_no_part_did_is_told() -> None:
    found = changed(("| 330 |", "| 350 |"))
    (only,) = found.unexplained
    assert (only.total, only.parts) == ("20", "0")
    assert only.reason == "the total changed, the figures in its column did not"


def test_a_total_that_moves_with_its_parts_is_explained() -> None:
    found = changed(("| 110 |", "| 150 |"), ("| 330 |", "| 370 |"))
    assert len(found.figures) == 2
    assert found.unexplained == ()


def test_a_renamed_row_is_dropped_and_added_and_explained() -> None:
    found = changed(("Roads", "Highways"))
    assert sorted(how for how, *_ in told(found)) == ["added", "added", "dropped", "dropped"]
    assert found.unexplained == ()


def test_numbers_of_a_sentence_are_compared_in_order() -> None:
    """AUD-62."""
    found = changed(("£400K", "£0.4m"), ("3 services", "4 services"))
    assert told(found) == [("changed", "We save £0.4m across 4 services.", "3", "4")]


def test_a_new_sentence_adds_its_numbers() -> None:
    found = changed(("We save £400K across 3 services.", "There is a target of 12%."))
    assert [(how, before, after) for how, _, before, after in told(found)] == [
        ("dropped", "£400K", ""),
        ("dropped", "3", ""),
        ("added", "", "12%"),
    ]


def test_the_values_are_plain_and_count_what_is_told() -> None:
    found = changed(("| 110 |", "| 150 |"))
    values = as_values(found)
    assert json.loads(json.dumps(values)) == values
    assert values["counts"] == {
        "same": 5,
        "changed": 1,
        "added": 0,
        "dropped": 0,
        "text": 0,
        "unexplained": 1,
        "mended": 0,
    }
    titles = [getattr(block, "title", "") for block in build_comparison(found).blocks]
    assert titles == ["", "Moves that nothing explains", "Figures of tables"]


def version(path: Path, paper: str, skip: int) -> Document:
    """The rows of one paper in a file of several, without the first columns that name it."""
    head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    kept = [row[skip:] for row in rows if row[0] == paper]
    assert kept
    out = io.StringIO()
    csv.writer(out).writerows([head[skip:], *kept])
    return read(f"{paper[:5]}.csv", out.getvalue().encode())


def test_draft_and_final_savings_of_brighton_are_explained(shared: Path) -> None:
    """Published: 12,446 in the draft, 20,749 in the final; total FTE 3,604.5 in both."""
    path = shared / "data/budget-papers/brighton-hove_savings_proposals_2026-27_draft_and_final.csv"
    found = compare(
        version(path, "draft (Cabinet, December 2025)", 1),
        version(path, "final (Appendix 2, 2026/27 budget)", 1),
    )
    totals = [one for one in found.figures if "GRAND TOTAL" in one.what]
    assert [
        (one.before.printed, one.after.printed, one.difference)
        for one in totals
        if one.before and one.after
    ] == [("12446", "20749", "8303"), ("11.7", "94.2", "82.5")]
    assert found.unexplained == ()


def test_renamed_directorates_of_brighton_leave_the_total_as_it_was(shared: Path) -> None:
    """Published: approved savings stay 23,627 though the directorates were renamed."""
    path = shared / "data/budget-papers/brighton-hove_savings_monitoring_2022-25.csv"
    found = compare(version(path, "TBM 2024/25", 3), version(path, "TBM 2024/25 outturn", 3))
    assert {How.ADDED, How.DROPPED} <= {one.how for one in found.figures}
    assert not [one for one in found.figures if one.after and one.after.printed == "23627"]
    assert found.unexplained == ()


@pytest.mark.parametrize(("was", "now"), [("55,100", "56,100"), ("420,000", "430,000")])
def test_one_figure_changed_in_the_pack_is_told_and_not_explained(
    shared: Path, was: str, now: str
) -> None:
    data = (shared / "data/packs/worcestershire-cabinet-2015-11-19.md").read_bytes()
    assert was.encode() in data
    found = compare(
        read("old.md", data), read("new.md", data.replace(was.encode(), now.encode(), 1))
    )
    assert [one.how for one in found.figures] == [How.CHANGED]
    assert found.unexplained
