"""Two versions of a paper (rules AUD-60 to AUD-62)."""

import csv
import io
import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.papers.compare import compare
from futurefit.papers.comparison import Comparison, How
from futurefit.papers.comparison_report import as_values, build_comparison
from futurefit.papers.document import Document
from futurefit.papers.readers import read
from tests.papers.drawing import as_table, drawn

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


def test_a_row_of_another_name_is_dropped_and_added_and_explained() -> None:
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


def test_a_reworded_row_is_the_same_row() -> None:
    """AUD-60: its words in another order, its numbers the same."""
    was, now = "Parks and Green Spaces", "Green Spaces & Parks"
    old = drawn(OLD.replace("| Parks", f"| {was}"), "old.md")
    new = drawn(OLD.replace("| Parks | 30 |", f"| {now} | 35 |"), "new.md")
    assert told(compare(old, new)) == [("changed", f"{now} (was {was}), 2015/16", "30", "35")]


def test_rows_that_differ_in_a_number_are_not_the_same_row() -> None:
    old, new = OLD.replace("Parks", "Parks phase 1"), OLD.replace("Parks", "Parks phase 2")
    found = compare(drawn(old), drawn(new))
    assert {one.how for one in found.figures} == {How.ADDED, How.DROPPED}


def test_one_figure_in_two_units_is_the_same_figure() -> None:
    old = "| £m | 2016/17 (£m) |\n|---|---|\n| Parks | 0.5 |\n| Roads | - |\n"
    new = "| £000 | 2016/17 (£000) |\n|---|---|\n| Parks | 500 |\n| Roads | 0 |\n"
    found = compare(drawn(old), drawn(new))
    assert (told(found), found.same) == ([], 2)


def test_rows_of_one_label_are_told_apart_by_what_they_stand_under() -> None:
    old = """
        | Service | £000 |
        | --- | --- |
        | Adults | |
        | Other | 5 |
        | Children | |
        | Other | 5 |
        """
    new = old.replace("| 5 |", "| 7 |", 1)
    (only,) = compare(drawn(old), drawn(new)).figures
    assert (only.before and only.before.row, only.after and only.after.row) == (3, 3)


def test_a_row_that_went_to_another_table_has_not_changed_but_moves_the_totals() -> None:
    parts = """
        ## Places

        | Service | Savings |
        | --- | --- |
        | Parks | 300 |
        | Roads | 700 |
        | Leisure | 250 |
        | Total | 1,250 |

        ## People

        | Service | Savings |
        | --- | --- |
        | Schools | 410 |
        | Homes | 130 |
        | Total | 540 |
        """
    row = "        | Leisure | 250 |\n"
    last = "        | Total | 540 |"
    moved = parts.replace(row, "").replace(last, row + last)
    found = compare(drawn(parts), drawn(moved))
    assert told(found) == []
    assert {one.parts for one in found.unexplained} == {"-250", "250"}
    right = moved.replace("1,250", "1,000").replace("540", "790")
    assert compare(drawn(parts), drawn(right)).unexplained == ()


def test_a_total_that_adds_up_now_is_mended_and_is_no_finding() -> None:
    """AUD-61."""
    wrong = OLD.replace("| 110 |", "| 150 |")
    found = compare(drawn(wrong), drawn(OLD))
    assert (found.unexplained, found.findings) == ((), ())
    (only,) = found.mended
    assert (only.what, only.total, only.parts) == ("Total, 2016/17", "0", "-40")


def test_a_part_that_no_total_followed_is_one_finding_with_both() -> None:
    both = """
        | Service | 2015/16 | 2016/17 | Total |
        | --- | --- | --- | --- |
        | Parks | 310 | 110 | 420 |
        | Roads | 705 | 220 | 925 |
        | Total | 1,015 | 330 | 1,345 |
        """
    found = compare(drawn(both), drawn(both.replace("| 220 |", "| 280 |")))
    assert len(found.unexplained) == 2
    (finding,) = found.findings
    assert (finding.code, finding.severity.value) == ("AUD-61", "warning")
    assert (finding.place.row, finding.place.column, finding.printed) == (3, 3, "280")


def test_the_finding_of_a_stale_total_says_what_its_parts_give() -> None:
    (finding,) = changed(("| 110 |", "| 150 |")).findings
    assert (finding.printed, finding.expected, finding.difference) == ("330", "370", "-40")
    assert finding.place.file == "new.md"


def test_what_rounding_explains_is_not_told() -> None:
    assert changed(("| 110 |", "| 111 |")).unexplained == ()


def test_a_total_of_rough_parts_is_a_note() -> None:
    found = changed(("| 110 |", "| c.150 |"))
    assert [one.severity.value for one in found.findings] == ["note"]


def test_a_reworded_passage_tells_only_the_numbers_that_changed() -> None:
    """AUD-62."""
    found = changed(("We save £400K across 3 services.", "In all we save £400K across 5 services."))
    assert [(how, before, after) for how, _, before, after in told(found)] == [
        ("dropped", "3", ""),
        ("added", "", "5"),
    ]


# --- What always holds --------------------------------------------------------------------------

Cells = dict[str, list[int]]
NAMES = ["Parks", "Roads", "Schools", "Homes", "Waste", "Leisure", "Museums", "Transport"]
FIGURES = st.lists(st.integers(100, 9_999), min_size=3, max_size=3)
TABLES = st.dictionaries(st.sampled_from(NAMES), FIGURES, min_size=2, max_size=6)


def paper(*tables: Cells, name: str = "paper.md") -> Document:
    """Tables, each under a heading of its own first row, with a total row."""
    drawn_tables = []
    for rows in tables:
        totals = [sum(column) for column in zip(*rows.values(), strict=True)]
        lines: list[list[object]] = [["Service", "2016/17", "2017/18", "2018/19"]]
        lines += [[label, *figures] for label, figures in rows.items()]
        lines.append(["Total", *totals])
        drawn_tables.append(f"## {min(rows)} and others\n\n{as_table(lines)}")
    return drawn("\n".join(drawn_tables), name)


def quiet(found: Comparison) -> bool:
    return not (found.figures or found.text or found.unexplained or found.mended)


@given(TABLES, TABLES)
def test_equal_papers_compare_empty(first: Cells, second: Cells) -> None:
    found = compare(paper(first, second), paper(first, second))
    assert quiet(found)
    assert found.same == 3 * (len(first) + len(second) + 2)


@given(TABLES, TABLES, st.randoms(use_true_random=False))
def test_moving_tables_and_rows_changes_nothing(first: Cells, second: Cells, any: Random) -> None:
    shuffled = []
    for rows in (second, first):
        order = list(rows)
        any.shuffle(order)
        shuffled.append({label: rows[label] for label in order})
    assert quiet(compare(paper(first, second), paper(*shuffled)))


@given(TABLES, TABLES, st.data())
def test_a_changed_figure_is_found_wherever_it_stands(
    first: Cells, second: Cells, data: st.DataObject
) -> None:
    label = data.draw(st.sampled_from(sorted(first)))
    column = data.draw(st.integers(0, 2))
    by = data.draw(st.integers(10, 50))
    revised = {name: list(figures) for name, figures in first.items()}
    revised[label][column] += by
    before, after = paper(first, second), paper(second, revised)
    if first.keys() == second.keys():
        return  # which of two tables of the same words it stands in cannot be told
    found = compare(before, after)
    assert [
        (one.before.printed, one.after.printed, one.difference)
        for one in found.figures
        if one.before and one.after and "Total" not in one.what
    ] == [(str(first[label][column]), str(revised[label][column]), str(by))]
    assert not found.unexplained


@given(TABLES, TABLES, TABLES)
def test_compared_the_other_way_round_it_tells_the_same(
    first: Cells, second: Cells, third: Cells
) -> None:
    one, two = paper(first, second), paper(second, third)
    there, back = compare(one, two), compare(two, one)
    other = {How.ADDED: How.DROPPED, How.DROPPED: How.ADDED, How.CHANGED: How.CHANGED}
    forth = {(change.how, change.before, change.after) for change in there.figures}
    assert forth == {(other[change.how], change.after, change.before) for change in back.figures}
    assert there.same == back.same
    assert {(m.before, m.after) for m in there.unexplained} == {
        (m.after, m.before) for m in back.mended
    }


# --- Real papers --------------------------------------------------------------------------------


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


def test_a_directorate_of_brighton_whose_words_changed_places_is_the_same(shared: Path) -> None:
    """Printed: 425 for Environment & Culture in the draft, 615 for Culture & Environment."""
    path = shared / "data/budget-papers/brighton-hove_savings_proposals_2026-27_draft_and_final.csv"
    found = compare(
        version(path, "draft (Cabinet, December 2025)", 1),
        version(path, "final (Appendix 2, 2026/27 budget)", 1),
    )
    assert {one.how for one in found.figures} == {How.CHANGED}
    (only,) = (one for one in found.figures if one.before and one.before.printed == "425")
    assert only.after is not None
    assert only.after.printed == "615"
    assert "(was Environment & Culture)" in only.what


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
