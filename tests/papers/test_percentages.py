"""Printed percentages (rules AUD-18, AUD-19 and AUD-20).

O-COM-01 and O-COM-02: the cells are published, the ranges derived. Other cases are worked by hand.
"""

import pytest

from tests.papers.drawing import as_table, findings, told

AMOUNTS = {
    "DASH": ("148,800", "40,300", "23,400", "-2,500", "210,000"),
    "ChS": ("40,500", "3,600", "27,000", "1,000", "72,100"),
    "BEC": ("71,800", "10,300", "22,700", "300", "105,100"),
    "CoaCh": ("10,800", "900", "13,600", "7,500", "32,800"),
    "Total": ("271,900", "55,100", "86,700", "6,300", "420,000"),
}
CORRECT = {
    "DASH": ("71%", "19%", "11%", "-1%", "100%"),
    "ChS": ("56%", "5%", "37%", "1%", "100%"),
    "BEC": ("68%", "10%", "22%", "0%", "100%"),
    "CoaCh": ("33%", "3%", "41%", "23%", "100%"),
    "Total": ("65%", "13%", "21%", "2%", "100%"),
}
ROWS = ("Commissioned", "Planned", "Internal", "Not applicable", "Total expenditure")


def shares(printed: dict[str, tuple[str, ...]]) -> str:
    """The table of O-COM-01 with some percentages in it."""
    heads = [f"{name} {unit}" for name in AMOUNTS for unit in ("£'000", "%")]
    lines = [
        [label, *(part[row] for name in AMOUNTS for part in (AMOUNTS[name], printed[name]))]
        for row, label in enumerate(ROWS)
    ]
    return as_table([["", *heads], *lines])


def test_percentages_that_agree_with_their_amounts_raise_nothing_above_a_note() -> None:
    found = findings(shares(CORRECT))
    assert {one.severity.value for one in found} == {"note"}
    # ChS adds to 99% and the total to 101%: rounded one by one, they need not add to a hundred.
    assert [(one.code, one.expected) for one in found] == [("AUD-20", "99%"), ("AUD-20", "101%")]


def test_percentages_that_cannot_arise_are_errors_and_one_that_can_is_a_note() -> None:
    """O-COM-02: BEC 69%, BEC 21% and total 20% cannot arise; ChS 38% can."""
    printed = {
        **CORRECT,
        "ChS": ("56%", "5%", "38%", "1%", "100%"),
        "BEC": ("69%", "10%", "21%", "0%", "100%"),
        "Total": ("65%", "13%", "20%", "2%", "100%"),
    }
    found = findings(shares(printed))
    assert [(one.code, one.severity.value, one.printed, one.expected) for one in found] == [
        ("AUD-18", "error", "69%", "68%"),
        ("AUD-19", "note", "38%", "37%"),
        ("AUD-18", "error", "21%", "22%"),
        ("AUD-18", "error", "20%", "21%"),
    ]
    ranges = [
        "between 68.24% and 68.40%",
        "between 37.35% and 37.54%",
        "between 21.54% and 21.66%",
        "between 20.63% and 20.66%",
    ]
    assert all(said in one.message for said, one in zip(ranges, found, strict=True))
    assert "let them not add" in found[0].advice


def test_a_negative_share_is_lawful() -> None:
    found = findings(shares({**CORRECT, "DASH": ("71%", "19%", "11%", "1%", "100%")}))
    assert [one.printed for one in found if one.severity.value == "error"] == ["1%"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [("17%", []), ("33%", ["AUD-18"]), ("18%", ["AUD-18"])],
)
def test_shares_of_a_rows_total_are_recomputed(printed: str, code: list[str]) -> None:
    # 50 of 300 is 16.67%
    found = findings(
        f"""
        | Year | Amount | % | Total spend |
        | --- | --- | --- | --- |
        | Parks | 50 | {printed} | 300 |
        | Roads | 75 | 50% | 150 |
        | Trees | 30 | 25% | 120 |
        | Pools | 10 | 10% | 100 |
        """
    )
    assert [one.code for one in found if one.severity.value == "error"] == code


def test_shares_in_a_row_below_the_amounts_are_recomputed() -> None:
    found = findings(
        """
        | | Parks | Roads | Trees | Pools | Total |
        | --- | --- | --- | --- | --- | --- |
        | Spend | 210 | 330 | 40 | 420 | 1,000 |
        | % | 21 | 33 | 14 | 42 | 100 |
        """
    )
    assert [(one.code, one.printed, one.expected) for one in found] == [("AUD-18", "14", "4")]


def test_shares_of_each_blocks_own_total_are_recomputed() -> None:
    found = findings(
        """
        | Service | £000 | % |
        | --- | --- | --- |
        | Schools | 60 | 60% |
        | Care | 40 | 40% |
        | Sub-total | 100 | 100% |
        | Parks | 50 | 25% |
        | Roads | 150 | 57% |
        | Sub-total | 200 | 100% |
        """
    )
    assert [(one.code, one.printed, one.expected) for one in found if one.code == "AUD-18"] == [
        ("AUD-18", "57%", "75%")
    ]


def test_percentages_that_are_shares_of_nothing_here_are_let_be() -> None:
    found = findings(
        """
        | Year | Budget | Inflation |
        | --- | --- | --- |
        | 2016/17 | 210 | 2.5% |
        | 2017/18 | 330 | 3.0% |
        | 2018/19 | 460 | 2.0% |
        | Total | 1,000 | |
        """
    )
    assert told(found) == []


def test_targets_given_per_cent_are_let_be() -> None:
    found = findings("Measure\tNow\tTarget\nCommissioned\t65%\t80%-90%\nJoint\t\t30%\n")
    assert told(found) == []
