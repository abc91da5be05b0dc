"""Increments, cumulative effect, cash and part years (rule SAV-01)."""

from datetime import date

import pytest

from futurefit.kernel.money import read_money
from futurefit.kernel.profiles import Basis, cash_over_plan, cumulative, increments, part_year
from futurefit.kernel.report import Unit


def millions(*printed: str) -> list[int]:
    """Printed £m as pence."""
    return [read_money(cell, Unit.MILLIONS).pence or 0 for cell in printed]


def test_o_sav_01_the_self_sufficient_council_adds_up_year_on_year() -> None:
    added = millions("0", "2.619", "2.550", "2.700", "2.500")
    assert [sum(added)] == millions("10.369")
    assert cumulative(added) == millions("0", "2.619", "5.169", "7.869", "10.369")
    assert increments(cumulative(added)) == added
    assert [cash_over_plan(added)] == millions("26.026")


def test_o_sav_02_fees_estate_and_energy_are_the_new_savings_of_the_plan() -> None:
    fees = millions("0.050", "-", "-", "-", "0.050")
    revolving_door = millions("-", "-", "0.500", "-", "0.500")
    estate = millions("1.650", "-", "0.200", "0.400", "2.250")
    energy = millions("0.100", "0.050", "0.050", "-", "0.200")
    new_savings = [sum(cells) for cells in zip(fees, revolving_door, estate, energy, strict=True)]
    assert new_savings == millions("1.800", "0.050", "0.750", "0.400", "3.000")


def test_o_sav_03_faster_moves_a_saving_and_adds_none() -> None:
    planned = [0, 0, 0, 100]
    faster = [0, 0, 100, -100]
    assert sum(faster) == 0
    assert cumulative(planned) == [0, 0, 0, 100]
    moved = [a + b for a, b in zip(planned, faster, strict=True)]
    assert cumulative(moved) == [0, 0, 100, 100]


@pytest.mark.parametrize(
    ("full_year", "starts_on", "basis", "first", "second"),
    [
        (240, date(2016, 10, 1), Basis.MONTHS, 120_000_00, 120_000_00),
        (240, date(2016, 10, 1), Basis.DAYS, 119_671_23, 120_328_77),  # 182/365: 119.67
        (600, date(2017, 7, 1), Basis.MONTHS, 450_000_00, 150_000_00),
        (600, date(2017, 7, 1), Basis.DAYS, 450_410_96, 149_589_04),  # 274/365: 450.41
    ],
)
def test_o_sav_04_a_saving_that_starts_within_a_year(
    full_year: int, starts_on: date, basis: Basis, first: int, second: int
) -> None:
    assert part_year(full_year * 1000_00, starts_on, basis) == (first, second)


def test_a_saving_from_the_first_of_april_has_its_whole_effect_at_once() -> None:
    assert part_year(24_000_00, date(2016, 4, 1)) == (24_000_00, 0)
    assert part_year(24_000_00, date(2016, 4, 1), Basis.DAYS) == (24_000_00, 0)


def test_months_cannot_be_counted_from_the_middle_of_one() -> None:
    with pytest.raises(ValueError, match="Count in days"):
        part_year(24_000_00, date(2016, 10, 15))


def test_o_sav_05_all_themes_by_year_and_by_kind() -> None:
    # 2015/16 is nil throughout.       2016/17  2017/18  2018/19  2019/20  2020/21+ total
    themes = {
        "self-sufficient": millions("2.619", "2.550", "2.700", "2.500", "-", "10.369"),
        "commissioning": millions("0.5", "0.5", "0.5", "0.5", "0.65", "2.65"),
        "alliances": millions("0.050", "0.100", "0.100", "0.150", "0", "0.400"),
        "operating model": millions("-", "-", "0.750", "0.750", "-", "1.500"),
        "SEN": millions("-", "0.100", "-", "-", "-", "0.100"),
        "HR": millions("0.030", "0.070", "-", "-", "-", "0.100"),
    }
    funding = {
        "council tax": millions("2.150", "2.250", "1.950", "2.100", "-", "8.450"),
        "business rates": millions("-1.331", "0.250", "-", "-", "-", "-1.081"),
    }
    everything = [sum(cells) for cells in zip(*themes.values(), strict=True)]
    is_funding = [sum(cells) for cells in zip(*funding.values(), strict=True)]
    savings = [a - b for a, b in zip(everything, is_funding, strict=True)]
    assert everything == millions("3.199", "3.320", "4.050", "3.900", "0.650", "15.119")
    assert is_funding == millions("0.819", "2.500", "1.950", "2.100", "0", "7.369")
    assert savings == millions("2.380", "0.820", "2.100", "1.800", "0.650", "7.750")
    for row in [*themes.values(), *funding.values()]:
        assert sum(row[:-1]) == row[-1]
