"""What holds of every amount: sharing, rounding, printing and reading back."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from futurefit.kernel.money import (
    PENCE_IN,
    NotMoney,
    print_money,
    read_money,
    round_half_up,
    spread,
    to_pence,
)
from futurefit.kernel.report import Unit

amounts = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)
units = st.sampled_from(Unit)


@given(amounts, weights)
def test_parts_add_back_to_the_whole(total: int, shares: list[int]) -> None:
    assert sum(spread(total, shares)) == total


@given(amounts, weights)
def test_sharing_out_minus_x_mirrors_x(total: int, shares: list[int]) -> None:
    assert spread(-total, shares) == [-part for part in spread(total, shares)]


@given(amounts, weights)
def test_a_part_is_within_a_penny_of_its_exact_share_and_nothing_gets_nothing(
    total: int, shares: list[int]
) -> None:
    for part, weight in zip(spread(total, shares), shares, strict=True):
        assert abs(part - Fraction(total * weight, sum(shares))) < 1
        if weight == 0:
            assert part == 0


@given(st.fractions(), st.integers(-3, 6))
def test_rounding_minus_x_mirrors_x_and_is_never_more_than_half_a_place_out(
    x: Fraction, places: int
) -> None:
    rounded = round_half_up(x, places)
    assert round_half_up(-x, places) == rounded.copy_negate()
    assert abs(Fraction(rounded) - x) <= Fraction(1, 2) / Fraction(10) ** places


@given(amounts)
def test_pounds_and_pence_go_there_and_back(pence: int) -> None:
    assert to_pence(Fraction(pence, 100)) == pence
    assert to_pence(Decimal(pence) / 100) == pence
    assert to_pence(pence / 100) == pence  # a float holds these exactly enough


@given(amounts, units, st.none() | st.integers(0, 6), st.booleans())
@example(-4, Unit.POUNDS, 1, True)
def test_a_printed_figure_reads_back_to_itself_at_its_precision(
    pence: int, unit: Unit, places: int | None, brackets: bool
) -> None:
    printed = print_money(pence, unit, places, brackets)
    read = read_money(printed, unit)
    assert read.pence is not None
    assert abs(read.pence - pence) <= read.half_unit_pence + Fraction(1, 2)
    assert print_money(read.pence, unit, places, brackets) == printed


@given(st.integers(-(10**9), 10**9), units)
def test_whole_units_read_back_exactly(whole: int, unit: Unit) -> None:
    pence = whole * PENCE_IN[unit]
    assert read_money(print_money(pence, unit), unit).pence == pence


@given(amounts, units)
def test_brackets_and_minus_say_the_same(pence: int, unit: Unit) -> None:
    with_minus = read_money(print_money(pence, unit), unit).pence
    assert read_money(print_money(pence, unit, brackets=True), unit).pence == with_minus


@given(st.text(max_size=40) | st.text("£0123456789.,-()kmbn +*", max_size=15), st.none() | units)
def test_any_text_is_an_amount_or_is_refused(text: str, unit: Unit | None) -> None:
    try:
        read = read_money(text, unit)
    except NotMoney:
        return
    assert read.printed == text
    assert read.half_unit_pence >= 0
