"""What heads, labels and measures the figures of a table (rules AUD-06 and AUD-07)."""

from decimal import Decimal

import pytest

from futurefit.papers.grid import read_grid
from tests.papers.drawing import drawn, grid, values


def test_several_heading_rows_head_a_column_together() -> None:
    found = grid(
        """
        | Project | | Year | | Indicative Total |
        | Ref | Description | 2016/17 | 2017/18 | |
        | --- | --- | --- | --- | --- |
        | 1a | Council tax | 2.150 | - | 2.150 |
        | 2 | Fees | - | 0.050 | 0.050 |
        """
    )
    assert found.head == 2
    assert found.columns == (3, 4, 5)
    assert [found.heads(column) for column in found.columns] == [
        "Year | 2016/17",
        "2017/18",
        "Indicative Total",
    ]
    assert found.label(3) == "Council tax"


def test_references_item_numbers_and_years_down_the_side_are_not_figures() -> None:
    found = grid(
        """
        | Ref | Year | Cost centre code | Amount |
        | --- | --- | --- | --- |
        | 1 | 2015 | 77001 | 10 |
        | 2 | 2016 | 77002 | 20 |
        """
    )
    assert found.columns == (4,)


def test_rows_that_number_themselves_are_not_figures() -> None:
    found = grid("1\tParks\t10\n2\tRoads\t20\n3\tTotal\t30\n")
    assert found.columns == (3,)


def test_a_row_of_calendar_years_is_a_heading() -> None:
    found = grid("Service\t2015\t2016\nParks\t10\t20\n")
    assert (found.head, found.columns) == (1, (2, 3))


def test_amounts_that_could_be_years_are_amounts() -> None:
    found = grid(
        "Service\t2016/17\t2017/18\nParks\t1984\t2001\nRoads\t1999\t1985\nTotal\t3983\t3986\n"
    )
    assert (found.head, found.sections) == (1, ())
    assert values(found, 2) == [1984, 2001]
    assert values(found, 3) == [1999, 1985]


def test_a_table_may_be_headed_again_half_way() -> None:
    found = grid(
        "Income\t2015/16\t2016/17\nFees\t10\t20\n\t\t\nCosts\t2017/18\t2018/19\nPay\t30\t40\n"
    )
    assert [found.head_name(2, row) for row in (2, 5)] == ["2015/16", "2017/18"]


def test_a_label_that_spans_rows_labels_each_but_makes_only_its_own_a_total() -> None:
    found = grid(
        """
        <table>
        <tr><th>Kind</th><th>Rating</th><th>2016/17</th></tr>
        <tr><td rowspan="2">Total savings</td><td>Amber</td><td>10</td></tr>
        <tr><td>Red</td><td>20</td></tr>
        </table>
        """
    )
    assert found.labels(3) == ("Total savings", "Red")
    assert found.own_labels(3) == ("Red",)


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Service\t£000\nParks\t3\n", [3000]),
        ("Service\tCost (£'000)\nParks\t3\n", [3000]),
        ("Service\t2016/17 £m\nParks\t3.5\n", [3_500_000]),
        ("Savings - £m\t2016/17\nParks\t3.5\n", [3_500_000]),
        ("Savings (£000)\t2016/17\t2017/18\nParks\t3\t4\n", [3000, 4000]),
        ("Service\t\t2016/17\nParks\t£000's\t3\n", [3000]),
        ("Service\t£000\nParks\t£3\n", [3]),
        ("Service\t£000\nParks\t£3m\n", [3_000_000]),
        ("Service\tPosts\nParks\t3\n", [3]),
        ("Contracts over £50k\tNumber of them\nParks\t3\n", [3]),
    ],
)
def test_a_unit_comes_from_the_cell_the_column_the_row_or_the_title(
    text: str, worth: list[int]
) -> None:
    found = grid(text)
    assert values(found, 2) == [Decimal(value) for value in worth]


def test_a_unit_may_stand_in_the_heading_that_a_table_stands_under() -> None:
    (table,) = drawn("## Savings, £000\n\nService\t2016/17\nParks\t3\n").tables
    assert values(read_grid(table), 2) == [Decimal(3000)]


def test_a_unit_beside_one_row_counts_for_the_blank_cells_under_it() -> None:
    found = grid("\t\t2016/17\nNew\t£000's\t3\nMore\t\t4\nOld\t£m\t5\n")
    assert [values(found, row)[0] for row in (2, 3, 4)] == [3000, 4000, 5_000_000]


def test_a_unit_beside_some_rows_only_sets_none_apart() -> None:
    found = grid("\t\t2016/17\nNew\t\t3\nOld\t£000's\t5\n")
    assert [values(found, row)[0] for row in (2, 3)] == [3, 5]


def test_bare_numbers_are_per_cent_where_their_heading_says_so() -> None:
    found = grid("Service\t£000\t%\nParks\t30\t60\nRoads\t20\t40\nShare (5% cut)\t1\t2\n")
    kinds = [found.figures[row, column].kind.value for row in (2, 4) for column in (2, 3)]
    assert kinds == ["NUMBER", "PERCENT", "NUMBER", "PERCENT"]


def test_amounts_that_were_rounded_alike_are_no_more_exact_than_that() -> None:
    # hand-worked: thirteen long amounts that all end in 00, and in any digit before it
    amounts = "148,800 40,500 71,800 10,800 271,900 40,300 13,600 10,300 90,700 55,100"
    rounded = grid(
        "Service\t£000\n"
        + "".join(f"x\t{one}\n" for one in f"{amounts} 23,400 27,000 22,700".split())
    )
    assert {figure.half for figure in rounded.figures.values()} == {Decimal(50_000)}
    few = grid("Service\t£000\n" + "".join(f"x\t{one}\n" for one in amounts.split()))
    assert {figure.half for figure in few.figures.values()} == {Decimal(500)}


def test_round_amounts_are_not_taken_for_rounded_ones() -> None:
    plain = "50 100 20 30 150 200 80 70 60 40 10 90 110 120"
    found = grid("Service\t£000\n" + "".join(f"x\t{one}\n" for one in plain.split()))
    assert {figure.half for figure in found.figures.values()} == {Decimal(500)}


def test_points_that_part_thousands_are_read_as_such() -> None:
    """AUD-37: enquiries as a continental office prints them."""
    found = grid(
        """
        | Topic | Enquiries |
        | --- | --- |
        | Schools | 532 |
        | Parks | 14.862 |
        | Roads | 96 |
        | Total | 15.490 |
        """
    )
    assert [values(found, row) for row in (2, 3, 4, 5)] == [[532], [14_862], [96], [15_490]]
    assert found.figures[5, 2].like(Decimal(15_491)) == "15.491"


def test_points_before_three_places_stay_points_where_a_figure_begins_with_nought() -> None:
    """AUD-37: millions to three places are millions."""
    found = grid(
        """
        | Service | £m | Posts |
        | --- | --- | --- |
        | Schools | 2.150 | 40 |
        | Parks | 0.250 | 12 |
        | Total | 2.400 | 52 |
        """
    )
    assert values(found, 2)[0] == 2_150_000
