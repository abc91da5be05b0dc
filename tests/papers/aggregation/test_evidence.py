"""What is not found, and what makes no difference (rules ARI-03 to ARI-15)."""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futurefit.papers.aggregation import Operator, Search, find_aggregations, find_relations, search
from futurefit.papers.aggregation.reading import read_numbers

Cells = list[list[str]]


def told(cells: Cells) -> set[tuple[str, tuple[int, int], frozenset[tuple[int, int]]]]:
    return {(one.operator, one.cell, frozenset(one.operands)) for one in find_aggregations(cells)}


def sums(cells: Cells) -> set[tuple[int, tuple[int, ...]]]:
    return {(one.total, one.parts) for one in find_relations(cells) if one.operator is Operator.SUM}


def budget(draw: Random, rows: int, columns: int = 3) -> list[list[int]]:
    """Rows of amounts with their total below."""
    amounts = [[draw.randrange(10_000, 1_000_000) for _ in range(columns)] for _ in range(rows)]
    return [*amounts, [sum(column) for column in zip(*amounts, strict=True)]]


def labelled(rows: Sequence[Sequence[object]]) -> Cells:
    return [[f"Line {chr(97 + n)}", *map(str, row)] for n, row in enumerate(rows)]


DRAWS: dict[str, Callable[[Random], str]] = {
    "single digits": lambda draw: str(draw.randrange(10)),
    "noughts and ones": lambda draw: str(draw.randrange(2)),
    "index figures": lambda draw: f"{draw.uniform(90, 110):.1f}",
    "nearly constant": lambda draw: draw.choice(["100", "100", "100", "101", "99"]),
    "whole per cents": lambda draw: f"{draw.randrange(101)}%",
    "round amounts": lambda draw: str(draw.randrange(1, 20) * 50),
    "padded prices": lambda draw: f"{draw.uniform(20, 60):.2f}000",
    "thousands": lambda draw: str(draw.randrange(1_000, 10_000)),
}


@pytest.mark.parametrize("kind", DRAWS)
def test_tables_of_random_figures_yield_nothing(kind: str) -> None:
    """ARI-03, ARI-09, ARI-10, ARI-11."""
    for seed, (rows, columns) in enumerate([(20, 8), (12, 40), (60, 15)]):
        draw = Random(f"{kind} {seed}")
        cells = [[DRAWS[kind](draw) for _ in range(columns)] for _ in range(rows)]
        assert find_aggregations(cells) == ()


def test_one_relation_that_stops_holding_is_two_stretches() -> None:
    """ARI-04."""
    draw = Random(4)
    rows = budget(draw, 4, columns=12)
    for column in (5, 6):
        rows[4][column] = draw.randrange(1_000_000, 3_000_000)
    found = {cell[1] for operator, cell, _ in told(labelled(rows)) if operator is Operator.SUM}
    assert found == {1, 2, 3, 4, 5, 8, 9, 10, 11, 12}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.integers(3, 8))
def test_a_run_that_rounding_takes_from_its_total_is_found(seed: int, count: int) -> None:
    """ARI-05."""
    rows = budget(Random(seed), count, columns=5)
    rounded = [[(amount + 500) // 1000 for amount in row] for row in rows]
    assert (count, tuple(range(count))) in sums(labelled(rounded))


def test_totals_of_sub_totals_and_of_every_second_line_are_found() -> None:
    """ARI-06."""
    draw = Random(6)
    blocks = [budget(draw, 3) for _ in range(3)]
    grand = [sum(block[-1][n] for block in blocks) for n in range(3)]
    assert (12, (3, 7, 11)) in sums(labelled([*(row for block in blocks for row in block), grand]))
    counts = [[draw.randrange(1_000, 90_000) for _ in range(6)] for _ in range(4)]
    shares = [[f"0.{draw.randrange(100, 999)}" for _ in range(6)] for _ in range(4)]
    total = [sum(column) for column in zip(*counts, strict=True)]
    rows = [row for pair in zip(counts, shares, strict=True) for row in pair]
    assert (8, (0, 2, 4, 6)) in sums(labelled([*rows, total]))


def test_a_surplus_is_told_as_the_sum_that_it_makes() -> None:
    """ARI-07."""
    spent, earned = [5_918, 6_102, 7_445], [8_121, 9_377, 9_904]
    left = [a - b for a, b in zip(earned, spent, strict=True)]
    assert sums(labelled([spent, left, earned])) == {(2, (0, 1))}
    assert sums(labelled([earned, spent, left])) == {(0, (1, 2))}


def test_a_label_tips_the_balance_and_decides_nothing() -> None:
    """ARI-08."""
    assert not told([["a", "1"], ["b", "2"], ["Total", "3"]])
    assert not told([["a", "1,204"], ["b", "2,310"], ["Total", "3,999"]])


def test_an_average_without_a_label_needs_more_than_one_with_it() -> None:
    """ARI-09."""
    columns = [[1204, 2311, 980, 4403], [37, 52, 19, 88]]
    rows = [[str(column[n]) for column in columns] for n in range(4)]
    made = [f"{sum(column) / 4:.2f}" for column in columns]
    for label, count in (("10-year average", 2), ("Line e", 0)):
        found = find_aggregations([*labelled(rows), [label, *made]])
        assert [one.operator for one in found].count(Operator.AVERAGE) == count


def test_long_labelled_averages_over_padded_decimals_are_found() -> None:
    """ARI-09."""
    draw = Random(9)
    rows = [[f"{draw.uniform(20, 60):.2f}000" for _ in range(4)] for _ in range(220)]
    made = [f"{sum(map(float, column)) / 220:.4f}0" for column in zip(*rows, strict=True)]
    cells = [*([f"day {n}", *row] for n, row in enumerate(rows)), ["Average", *made]]
    found = [one for one in find_aggregations(cells) if one.operator is Operator.AVERAGE]
    assert [one.cell for one in found] == [(220, n) for n in range(1, 5)]
    assert all(len(one.operands) == 220 for one in found)


def test_of_three_lines_the_quotient_is_the_one_that_always_holds() -> None:
    """ARI-10, ARI-12."""
    draw = Random(10)
    rows = [(draw.randrange(200_000, 900_000), draw.randrange(10_000, 90_000)) for _ in range(30)]
    short = [f"{100 * b / a:.1f}" for a, b in rows[:12]]
    long = [f"{100 * b / a:.13f}" for a, b in rows[12:]]
    cells = [[str(a), str(b), share] for (a, b), share in zip(rows, [*short, *long], strict=True)]
    assert told(cells) == {
        (Operator.DIVISION, (n, 2), frozenset({(n, 0), (n, 1)})) for n in range(30)
    }


def test_the_order_of_the_two_years_is_told() -> None:
    """ARI-11."""
    draw = Random(11)
    before = [draw.randrange(2_000, 9_000) for _ in range(9)]
    after = [draw.randrange(2_000, 9_000) for _ in range(9)]
    cells = [
        [f"{a}", f"{b}", f"{100 * (b - a) / a:.2f}%"] for a, b in zip(before, after, strict=True)
    ]
    found = find_aggregations(cells)
    assert [one.operands for one in found] == [((n, 1), (n, 0)) for n in range(9)]
    assert {one.operator for one in found} == {Operator.RELATIVE_CHANGE}


def test_a_figure_is_explained_once_along_one_axis() -> None:
    """ARI-12."""
    draw = Random(12)
    rows = [[draw.randrange(100, 9_999) for _ in range(4)] for _ in range(25)]
    cells = labelled([[*row, f"{row[0] / row[1]:.4f}", sum(row)] for row in rows])
    made = [(one.axis, one.total) for one in find_relations(cells)]
    assert len(made) == len(set(made))


def test_columns_that_repeat_others_are_told_once() -> None:
    """ARI-16."""
    draw = Random(16)
    rows = [(draw.randrange(11, 99), draw.randrange(11, 99)) for _ in range(60)]
    block = [[price, volume, price * volume] for price, volume in rows]
    cells = [
        [*map(str, row), *(text for _ in range(8) for text in ("", "0", str(row[1]), str(row[2])))]
        for row in block
    ]
    relations = find_relations(cells)
    assert [one.operator for one in relations] == [Operator.DIVISION]
    assert {relations[0].total, *relations[0].parts} == {0, 1, 2}


@pytest.mark.parametrize("figure", ["0", "1", "5", "100.0"])
def test_one_figure_printed_everywhere_is_made_of_nothing(figure: str) -> None:
    """ARI-16."""
    assert find_aggregations([[figure] * 40 for _ in range(40)]) == ()


def test_a_line_beside_noughts_is_no_total_of_them() -> None:
    """ARI-16."""
    amounts = [1_204, 2_310, 871, 4_386, 9_917]
    cells = [[str(amount), "0", str(amount)] for amount in amounts]
    assert not told(cells)


def test_what_follows_from_other_sums_is_not_told() -> None:
    """ARI-13."""
    draw = Random(13)
    first, second = budget(draw, 3), budget(draw, 4)
    grand = [a + b for a, b in zip(first[-1], second[-1], strict=True)]
    found = sums(labelled([*first, *second, grand]))
    assert found == {(3, (0, 1, 2)), (8, (4, 5, 6, 7)), (9, (3, 8))}


def test_labelled_lines_without_a_number_belong_to_a_run() -> None:
    """ARI-14."""
    rows = [["Parks", "1,204"], ["Roads", "2,310"], ["Waste", ""], ["Care", "8,121"]]
    found = told([*rows, ["Libraries", "3,377"], ["Total", "15,012"]])
    assert found == {(Operator.SUM, (5, 1), frozenset({(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)}))}


def test_a_table_that_needs_more_steps_is_cut_and_says_so() -> None:
    """ARI-15."""
    cells = labelled(budget(Random(15), 6))
    whole = search(cells)
    assert not whole.cut
    assert {(one.total, one.parts) for one in whole.relations} == {(6, (0, 1, 2, 3, 4, 5))}
    assert search(cells, steps=10) == Search((), cut=True)
    assert all(
        set(search(cells, steps=steps).relations) <= set(whole.relations)
        for steps in (500, 1_000, 2_000, 4_000)
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([10, 100, 1_000]))
def test_scale_makes_no_difference(seed: int, scale: int) -> None:
    """ARI-01, ARI-03."""
    rows = budget(Random(seed), 5)
    assert told(labelled(rows)) == told(
        labelled([[f"{amount * scale:,}" for amount in row] for row in rows])
    )
    assert sums(labelled(rows)) == sums(
        labelled([[f"{amount / 100:.2f}" for amount in row] for row in rows])
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_makes_no_difference(seed: int, order: Random) -> None:
    """ARI-05."""
    *parts, total = budget(Random(seed), 6)
    order.shuffle(parts)
    assert sums(labelled([*parts, total])) == {(6, (0, 1, 2, 3, 4, 5))}


def test_long_decimals_of_a_computer_are_rounded() -> None:
    """ARI-01."""
    numbers = read_numbers([["0.12345678951", "-2.0000000006"]])
    assert numbers.values == ((123456790, -2000000001),)
    assert numbers.decimals == 9


def test_years_are_headings() -> None:
    """ARI-02."""
    spent = [5_918, 6_102, 7_445]

    def table(first: int) -> Cells:
        heads = [first, first + 1, first + 2]
        made = [a + b for a, b in zip(heads, spent, strict=True)]
        return labelled([heads, spent, made])

    assert not told(table(2003))
    assert sums(table(2103)) == {(2, (0, 1))}
