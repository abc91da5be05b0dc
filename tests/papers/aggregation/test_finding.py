"""What is found in tables without formulas (rules ARI-01 to ARI-15)."""

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from futurefit.papers.aggregation import Operator, find_aggregations
from futurefit.papers.aggregation.evidence import stretches
from futurefit.papers.aggregation.finding import MOST_CELLS
from futurefit.papers.aggregation.reading import read_numbers


def made(cells: list[list[str]]) -> set[tuple[str, tuple[int, int], frozenset[tuple[int, int]]]]:
    return {(one.operator, one.cell, frozenset(one.operands)) for one in find_aggregations(cells)}


def down(column: int, total: int, *parts: int) -> tuple[str, tuple[int, int], frozenset[object]]:
    return Operator.SUM, (total, column), frozenset((part, column) for part in parts)


def across(
    operator: Operator, row: int, total: int, *parts: int
) -> tuple[str, tuple[int, int], frozenset[object]]:
    return operator, (row, total), frozenset((row, part) for part in parts)


BUDGET = [
    ["Service", "2023/24", "2024/25"],
    ["Parks", "1,204", "1,377"],
    ["Roads", "2,310", "2,288"],
    ["Place", "3,514", "3,665"],
    ["Care", "8,121", "8,940"],
    ["Schools", "4,407", "4,613"],
    ["People", "12,528", "13,553"],
    ["Total", "16,042", "17,218"],
]


def test_sub_totals_and_their_total_are_found_and_no_sum_that_follows() -> None:
    """ARI-05, ARI-06, ARI-13, ARI-14."""
    assert made(BUDGET) == {
        one
        for column in (1, 2)
        for one in (down(column, 3, 1, 2), down(column, 6, 4, 5), down(column, 7, 3, 6))
    }


def test_decimal_commas_and_spaces_are_read() -> None:
    """ARI-01."""
    numbers = read_numbers([["1 204,5", "(37,25)"], ["2\u00a0310,0", "–4,1"], ["-", "n/a"]])
    assert numbers.decimal_mark == ","
    assert numbers.values == ((120450, -3725), (231000, -410), (None, None))


def test_years_are_not_added_up() -> None:
    """ARI-02."""
    assert not made([["1000", "1002", "2002"], ["2001", "2002", "2003"]][1:])


def test_stretches_are_the_maximal_scoring_ones() -> None:
    """ARI-04."""
    found = stretches([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5])
    assert found == [(0, 0, 4), (2, 2, 3), (4, 10, 7)]


def test_little_numbers_that_agree_prove_nothing() -> None:
    """ARI-03."""
    assert not made([["a", "1"], ["b", "2"], ["c", "3"]])


def test_a_difference_is_told_as_a_sum() -> None:
    """ARI-07."""
    cells = [
        ["Income", "8,121", "9,377"],
        ["Spending", "5,918", "6,102"],
        ["Left", "2,203", "3,275"],
    ]
    assert down(1, 0, 1, 2) in made(cells)


HOMES = [(1204, 37), (2311, 52), (980, 19), (4403, 88), (1777, 41), (3050, 63)]


def test_divisions_and_relative_changes_are_found() -> None:
    """ARI-10, ARI-11, ARI-12."""
    cells = [[f"{a}", f"{b}", f"{a / b:.2f}"] for a, b in HOMES]
    assert made(cells) == {across(Operator.DIVISION, row, 2, 0, 1) for row in range(len(HOMES))}
    later = [1301, 2210, 1105, 4511, 1902, 2875]
    cells = [
        [f"{a}", f"{c}", f"{100 * (c - a) / a:.1f}"] for (a, _), c in zip(HOMES, later, strict=True)
    ]
    assert made(cells) == {
        across(Operator.RELATIVE_CHANGE, row, 2, 0, 1) for row in range(len(HOMES))
    }


def test_labelled_averages_are_found() -> None:
    """ARI-08, ARI-09."""
    columns = [[a for a, _ in HOMES], [b * 7 for _, b in HOMES], [a + b for a, b in HOMES]]
    cells = [[f"Home {n}", *(str(column[n]) for column in columns)] for n in range(len(HOMES))]
    cells.append(["Average", *(f"{sum(column) / len(column):.2f}" for column in columns)])
    found = find_aggregations(cells)
    assert {one.cell for one in found if one.operator is Operator.AVERAGE} == {
        (6, 1),
        (6, 2),
        (6, 3),
    }
    assert all(abs(one.error) <= Decimal("0.005") for one in found)


def test_odd_tables_are_no_trouble_and_data_sets_are_left_alone() -> None:
    """ARI-15."""
    odd: tuple[list[list[str]], ...] = (
        [],
        [[]],
        [["a"], ["1", "2", "3"], []],
        [["9" * 60]],
        [["-", ".."], ["1e9"]],
    )
    for cells in odd:
        assert find_aggregations(cells) == ()
    assert find_aggregations([["1"] * (MOST_CELLS + 1)]) == ()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(3, 7), st.booleans())
def test_known_totals_are_found_whatever_the_amounts(seed: int, count: int, first: bool) -> None:
    draw = Random(seed)
    rows = [[draw.randrange(10_000, 1_000_000) for _ in range(3)] for _ in range(count)]
    total = [sum(column) for column in zip(*rows, strict=True)]
    lines = [total, *rows] if first else [*rows, total]
    cells = [[f"Line {chr(97 + n)}", *map(str, line)] for n, line in enumerate(lines)]
    place = 0 if first else len(rows)
    parts = [n for n in range(len(lines)) if n != place]
    assert {down(column, place, *parts) for column in (1, 2, 3)} <= made(cells)
    assert made([[line[0], *(f"{cell}0" for cell in line[1:])] for line in cells]) == made(cells)
