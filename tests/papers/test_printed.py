"""Which printed cells are figures (rule AUD-05)."""

from decimal import Decimal

import pytest

from futurefit.papers.document import TableCell
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind, read_printed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,495", "1495"),
        ("2.150", "2.150"),
        ("-1.331", "-1.331"),
        ("−5", "-5"),
        ("(90,600)", "-90600"),
        (".5", "0.5"),
        ("0", "0"),
        ("2016", "2016"),
        ("190 (inc. 90 for delivery)", "190"),
        ("256*", "256"),
        ("256¹", "256"),
        ("£0.050m", "50000"),
        ("0.65m", "650000"),
        ("£1,250k", "1250000"),
        ("£1,250.50", "1250.50"),
        ("c£250k", "250000"),
        (">£2.5M", "2500000"),
    ],
)
def test_a_number_is_read_with_its_sign_and_its_own_scale(text: str, value: str) -> None:
    printed = read_printed(text)
    assert (printed.kind, printed.value) == (Kind.NUMBER, Decimal(value))


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("71%", "71", "0.5"),
        ("-1%", "-1", "0.5"),
        ("(1.5%)", "-1.5", "0.05"),
        ("1.99 %", "1.99", "0.005"),
    ],
)
def test_a_percentage_keeps_its_last_place(text: str, value: str, half: str) -> None:
    printed = read_printed(text)
    assert (printed.kind, printed.value, printed.half) == (
        Kind.PERCENT,
        Decimal(value),
        Decimal(half),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.BLANK),
        ("  ", Kind.BLANK),
        ("-", Kind.NIL),
        ("–", Kind.NIL),
        ("nil", Kind.NIL),
        ("2015/16", Kind.PERIOD),
        ("2015-16", Kind.PERIOD),
        ("2020/21+", Kind.PERIOD),
        ("TBC", Kind.PENDING),
        ("marginal", Kind.PENDING),
        ("n/a", Kind.WORDS),
        ("1a", Kind.WORDS),
        ("01905 728713", Kind.WORDS),
        ("27.08.2015", Kind.WORDS),
        ("50:50", Kind.WORDS),
        ("80%-90%", Kind.WORDS),
        ("2015-17", Kind.WORDS),
        ("by 2018", Kind.WORDS),
        ("£5m for schools of which £1m is for parks", Kind.WORDS),
        ("1" * 19, Kind.WORDS),
        ("((5))", Kind.WORDS),
        ("(5", Kind.WORDS),
    ],
)
def test_what_is_no_figure_is_not_taken_for_one(text: str, kind: Kind) -> None:
    assert read_printed(text).kind is kind


def test_a_blank_is_not_nought_and_a_lone_dash_is() -> None:
    assert read_printed("").value is None
    assert read_printed("-").value == 0


@pytest.mark.parametrize(
    ("printed", "value", "scale", "alike"),
    [
        ("£0.400m", "450000", "1000000", "£0.450m"),
        ("1,495", "1597000", "1000", "1,597"),
        ("256", "196", "1", "196"),
        ("256", "1196", "1", "1,196"),
        ("2256", "1196", "1", "1196"),
        ("(90)", "-75", "1", "(75)"),
        ("(90)", "75", "1", "75"),
        ("10", "-3", "1", "-3"),
        ("69%", "68", "1", "68%"),
        ("190 (inc. 90)", "180", "1", "180"),
        ("10", "10.25", "1", "10.25"),
        ("-", "25", "1", "25"),
    ],
)
def test_an_expected_figure_is_printed_like_the_one_it_stands_beside(
    printed: str, value: str, scale: str, alike: str
) -> None:
    cell = TableCell(1, 1, printed, 1)
    figure = Figure(cell, Kind.NUMBER, Decimal(0), Decimal(0), Decimal(scale))
    assert figure.like(Decimal(value)) == alike


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1\u00a0234", "1234"),
        ("1 234 567", "1234567"),
        ("(1.234,56)", "-1234.56"),
        ("12 345,67", "12345.67"),
        ("£1.234,56", "1234.56"),
    ],
)
def test_thousands_and_decimals_of_other_habits_are_read_where_they_are_plain(
    text: str, value: str
) -> None:
    printed = read_printed(text)
    assert (printed.kind, printed.value) == (Kind.NUMBER, Decimal(value))


@pytest.mark.parametrize("text", ["12,5", "1 234", "1,23,456", "10.000,5.5", "2,5 or 3"])
def test_a_number_that_could_be_two_is_words(text: str) -> None:
    assert read_printed(text).kind is Kind.WORDS


def test_a_decimal_comma_before_a_per_cent_sign_is_one() -> None:
    assert read_printed("2,5%").value == Decimal("2.5")


@pytest.mark.parametrize(
    ("text", "value", "remark", "own_unit"),
    [
        ("12.5 FTE", "12.5", "FTE", True),
        ("15 posts", "15", "posts", True),
        ("£50k p.a.", "50000", "p.a.", True),
        ("50 p.a.", "50", "p.a.", False),
    ],
)
def test_what_is_counted_stands_beside_the_figure(
    text: str, value: str, remark: str, own_unit: bool
) -> None:
    printed = read_printed(text)
    assert (printed.value, printed.remark) == (Decimal(value), remark)
    assert printed.own_unit is own_unit


@pytest.mark.parametrize("text", [">30%", "over 30%", "c. 30%", "up to 30%"])
def test_a_rough_percentage_is_known_to_be_rough(text: str) -> None:
    printed = read_printed(text)
    assert (printed.kind, printed.value, printed.rough) == (Kind.PERCENT, Decimal(30), True)
