"""How values read (rule PUB-01)."""

from datetime import UTC, date, datetime

import pytest

from futurefit.kernel.report import Column, Shape, Unit, Value
from futurefit.publishing.printing import heading, notes_of, print_value, tables_of
from tests.publishing.cases import grid, mixed, report


@pytest.mark.parametrize(
    ("value", "shape", "unit", "printed"),
    [
        (None, Shape.PENCE, Unit.THOUSANDS, ""),
        (2455_000_00, Shape.PENCE, Unit.POUNDS, "£2,455,000"),
        (2455_000_00, Shape.PENCE, Unit.THOUSANDS, "2,455"),
        (-2455_000_00, Shape.PENCE, Unit.MILLIONS, "-2.455"),
        ("TBC", Shape.PENCE, Unit.MILLIONS, "TBC"),
        (1250, Shape.COUNT, Unit.POUNDS, "1,250"),
        (2.5, Shape.COUNT, Unit.POUNDS, "2.5"),
        (0.367, Shape.SHARE, Unit.POUNDS, "36.7%"),
        (1, Shape.SHARE, Unit.POUNDS, "100.0%"),
        (date(2015, 11, 9), Shape.DATE, Unit.POUNDS, "9 Nov 2015"),
        (
            datetime(2015, 11, 9, 10, 5, tzinfo=UTC),
            Shape.DATE,
            Unit.POUNDS,
            "9 Nov 2015, 10:05 UTC",
        ),
        ("GREEN_ON_TARGET", Shape.RAG, Unit.POUNDS, "Green on target"),
        ("Total", Shape.RAG, Unit.POUNDS, "Total"),
        (7, Shape.WORDS, Unit.POUNDS, "7"),
    ],
)
def test_a_value_reads_as_its_shape_says(
    value: Value, shape: Shape, unit: Unit, printed: str
) -> None:
    assert print_value(value, shape, unit) == printed


def test_a_fraction_of_a_penny_is_a_broken_program() -> None:
    with pytest.raises(TypeError, match="whole pence"):
        print_value(0.5, Shape.PENCE)


def test_the_unit_stands_in_the_heading_of_money_only() -> None:
    assert heading(Column("a", "2016/17", Shape.PENCE), Unit.THOUSANDS) == "2016/17 (£000)"
    assert heading(Column("a", "2016/17", Shape.PENCE), Unit.POUNDS) == "2016/17"
    assert heading(Column("a", "Posts", Shape.COUNT), Unit.THOUSANDS) == "Posts"


def test_a_report_gives_its_tables_and_a_row_its_notes() -> None:
    assert [table.title for table in tables_of(report())] == [grid().title, "Lines"]
    assert tables_of(grid()) == [grid()]
    assert notes_of(mixed(), mixed().rows[1]) == "Saving: TBC"
