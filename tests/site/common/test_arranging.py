"""Sorting and filtering: no row is lost, totals stay at the foot, sub-rows stay with theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Value
from futurefit.site.common.arranging import arrange, split_totals

COLUMNS = (
    Column("name", "Name"),
    Column("pence", "Amount", Shape.PENCE),
    Column("rag", "Rating", Shape.RAG),
)


def row(name: str, pence: Value = None, rag: Value = None, *, level: int = 0) -> Row:
    return Row((Cell(name), Cell(pence), Cell(rag)), level=level)


def total(name: str, pence: Value = None, *, level: int = 0) -> Row:
    return Row((Cell(name), Cell(pence), Cell(None)), emphasis=True, level=level)


def table(*rows: Row) -> Table:
    return Table("Lines", COLUMNS, rows)


def names(arranged: Table) -> list[Value]:
    return [row.cells[0].value for row in arranged.rows]


PLAIN = table(row("b", 2), row("a", 3), row("c", 1), total("Total", 6))


def test_totals_stay_at_the_foot_either_way() -> None:
    assert names(arrange(PLAIN, sort="name")) == ["a", "b", "c", "Total"]
    assert names(arrange(PLAIN, sort="-pence")) == ["a", "b", "c", "Total"]
    assert names(arrange(PLAIN, sort="pence")) == ["c", "b", "a", "Total"]


def test_references_sort_as_people_count() -> None:
    lines = table(row("FF-10"), row("FF-9"), row("ff-2"))
    assert names(arrange(lines, sort="name")) == ["ff-2", "FF-9", "FF-10"]


def test_raised_digits_are_words() -> None:
    assert names(arrange(table(row("m²"), row("²"), row("m1")), sort="name")) == ["m1", "m²", "²"]


def test_ratings_sort_from_delivered_to_unrated() -> None:
    lines = table(row("a", 1, "RED"), row("b", 1, "GREEN_DELIVERED"), row("c", 1, "AMBER"))
    assert names(arrange(lines, sort="rag")) == ["b", "c", "a"]


def test_what_is_empty_comes_after_either_way() -> None:
    lines = table(row("none"), row("one", 1), row("two", 2))
    assert names(arrange(lines, sort="pence")) == ["one", "two", "none"]
    assert names(arrange(lines, sort="-pence")) == ["two", "one", "none"]


def test_numbers_dates_and_words_may_share_a_column() -> None:
    lines = table(row("w", "TBC"), row("d", date(2016, 1, 1)), row("n", 5))
    assert names(arrange(lines, sort="pence")) == ["n", "d", "w"]


TREE = table(
    row("Roads", 5),
    row("lights", 4, level=1),
    row("kerbs", 1, level=1),
    Row((Cell("Adults"), Cell(7), Cell(None)), emphasis=True),
    row("care", 7, level=1),
    total("Sum of adults", 7, level=1),
    total("Total", 12),
)


def test_sub_rows_move_with_their_row_and_sort_among_themselves() -> None:
    assert names(arrange(TREE, sort="name")) == [
        "Adults",
        "care",
        "Sum of adults",
        "Roads",
        "kerbs",
        "lights",
        "Total",
    ]


def test_a_row_is_kept_with_all_below_it_and_a_sub_row_with_the_row_above() -> None:
    assert names(arrange(TREE, words="roads")) == [
        "Roads",
        "lights",
        "kerbs",
        "Total of the rows shown",
    ]
    assert names(arrange(TREE, words="KERBS")) == ["Roads", "kerbs", "Total of the rows shown"]


def test_every_word_must_be_there_and_ratings_count_as_words() -> None:
    lines = table(row("Street lights", 1, "GREEN_ON_TARGET"), row("Street signs", 1, "RED"))
    assert names(arrange(lines, words="lights street")) == ["Street lights"]
    assert names(arrange(lines, words="on target")) == ["Street lights"]
    assert names(arrange(lines, words="zebra")) == []


def test_a_total_is_added_again_over_the_rows_that_are_left() -> None:
    filtered = arrange(PLAIN, words="a")
    assert [cell.value for cell in filtered.rows[-1].cells] == ["Total of the rows shown", 3, None]
    assert filtered.notes == ()


def test_a_total_that_is_not_the_sum_of_its_column_is_not_made_up() -> None:
    weighted = table(row("a", 3), row("b", 3), total("Expected", 4))
    assert [cell.value for cell in arrange(weighted, words="a").rows[-1].cells][1] is None


def test_several_totals_are_left_out_and_a_note_says_so() -> None:
    both = table(row("a", 3), row("b", 3), total("Savings", 3), total("Funding", 3))
    filtered = arrange(both, words="a")
    assert names(filtered) == ["a"]
    assert filtered.notes == ("Totals are left out while only some of the rows are shown.",)


def test_words_that_every_row_holds_leave_the_table_as_it_is() -> None:
    lines = table(row("a 1", 1), row("a 2", 2), total("Total", 3))
    assert arrange(lines, words="a") == lines


def test_the_totals_at_the_foot_are_told_from_the_rows() -> None:
    rows, totals = split_totals(TREE)
    assert len(rows) == 6
    assert [row.cells[0].value for row in totals] == ["Total"]


def as_a_tree(rows: list[Row]) -> list[Row]:
    """The rows with levels that a table can have: each at most one deeper than the row before."""
    tree: list[Row] = []
    for each in rows:
        deepest = tree[-1].level + 1 if tree else 0
        tree.append(replace(each, level=min(each.level, deepest)))
    return tree


leaves = st.builds(
    row, st.text(max_size=4), st.none() | st.integers(-9, 9), level=st.integers(0, 3)
)
trees = st.lists(leaves, max_size=12).map(as_a_tree)


@given(trees, st.sampled_from(["name", "-name", "pence", "-pence"]))
def test_sorting_loses_no_row_and_sorting_again_changes_nothing(rows: list[Row], by: str) -> None:
    once = arrange(table(*rows), sort=by)
    assert sorted(map(repr, once.rows)) == sorted(map(repr, rows))
    assert arrange(once, sort=by) == once


@given(st.lists(leaves.map(lambda r: Row(r.cells)), max_size=12), st.text(max_size=3))
def test_a_filtered_total_is_the_sum_of_what_is_shown(rows: list[Row], words: str) -> None:
    amounts = [row.cells[1].value for row in rows]
    whole = table(*rows, total("Total", sum(a for a in amounts if isinstance(a, int))))
    *shown, foot = arrange(whole, words=words).rows
    left = [row.cells[1].value for row in shown]
    assert foot.cells[1].value == sum(a for a in left if isinstance(a, int))
