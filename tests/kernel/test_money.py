"""Reading, rounding, sharing out and printing money (rule MON-01)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from futurefit.kernel.money import (
    MoneyState,
    NotMoney,
    print_money,
    read_money,
    round_half_up,
    spread,
    to_pence,
)
from futurefit.kernel.report import Unit

POUNDS, THOUSANDS, MILLIONS = Unit.POUNDS, Unit.THOUSANDS, Unit.MILLIONS
K, M = 100_000, 100_000_000  # pence


@pytest.mark.parametrize(
    ("printed", "unit", "pence", "qualifier"),
    [
        ("£1,250k", None, 1250 * K, ""),
        ("(3.2)", MILLIONS, -3_200 * K, ""),
        ("£2.455m", None, 2455 * K, ""),
        ("c£250k", None, 250 * K, "about"),
        ("c.£6m", None, 6 * M, "about"),
        ("£ 500K", None, 500 * K, ""),
        ("£1250K", None, 1250 * K, ""),
        ("approaching (£33M)", None, 33 * M, "nearly"),
        (">£2.5M", None, 2500 * K, "over"),
        ("nearly £5 million", None, 5 * M, "nearly"),
        ("circa £347k", None, 347 * K, "about"),
        ("in excess of £250k", None, 250 * K, "over"),
        ("Up to £1.5m", None, 1500 * K, "up to"),
        ("1.5 million", None, 1500 * K, ""),
        ("£1.9bn", None, 1900 * M, ""),
        ("£3.4 billion", None, 3400 * M, ""),
        ("0.65m", None, 650 * K, ""),
        ("£25,000", None, 25 * K, ""),
        ("£25,000", THOUSANDS, 25 * K, ""),  # a pound sign without a scale is in pounds
        ("£0.050m", THOUSANDS, 50 * K, ""),  # its own scale goes before the heading's
        ("1,495", THOUSANDS, 1495 * K, ""),
        ("(90,600)", THOUSANDS, -90600 * K, ""),
        ("-1.331", MILLIONS, -1331 * K, ""),
        ("−1.331", MILLIONS, -1331 * K, ""),
        ("–1.331", MILLIONS, -1331 * K, ""),
        ("3.2-", MILLIONS, -3200 * K, ""),
        ("+3.2", MILLIONS, 3200 * K, ""),
        ("-£1,250", None, -1250_00, ""),
        ("£-1,250", None, -1250_00, ""),
        ("£(3.2)m", None, -3200 * K, ""),
        ("(£33M)", None, -33 * M, ""),
        ("c.(3.2)", MILLIONS, -3200 * K, "about"),
        ("£250k+", None, 250 * K, "over"),
        ("£3m or so", None, 3 * M, "about"),
        ("12.50", POUNDS, 12_50, ""),
        ("50p", None, 50, ""),
        (".5", POUNDS, 50, ""),
        ("£0", None, 0, ""),
        ("0", None, 0, ""),  # nought is nought in every unit
        ("1,495*", THOUSANDS, 1495 * K, ""),
        ("1,495 †", THOUSANDS, 1495 * K, ""),
        ("1,495¹²", THOUSANDS, 1495 * K, ""),
        ("1,495 [2]", THOUSANDS, 1495 * K, ""),
        ("1,495 (a)", THOUSANDS, 1495 * K, ""),
        ("(3.2)*", MILLIONS, -3200 * K, ""),
        ("  £1,250k\n", None, 1250 * K, ""),
        ("£\N{NO-BREAK SPACE}500K", None, 500 * K, ""),
    ],
)
def test_a_printed_figure_is_read_as_its_author_meant_it(
    printed: str, unit: Unit | None, pence: int, qualifier: str
) -> None:
    read = read_money(printed, unit)
    assert (read.pence, read.qualifier) == (pence, qualifier)
    assert read.state is MoneyState.AMOUNT
    assert read.printed == printed


@pytest.mark.parametrize(
    ("printed", "state", "pence"),
    [
        ("", MoneyState.NOT_STATED, None),
        ("   ", MoneyState.NOT_STATED, None),
        ("n/a", MoneyState.NOT_STATED, None),
        ("-", MoneyState.NIL, 0),
        ("–", MoneyState.NIL, 0),
        ("−", MoneyState.NIL, 0),
        ("£ -", MoneyState.NIL, 0),
        ("-*", MoneyState.NIL, 0),
        ("Nil", MoneyState.NIL, 0),
        ("TBC", MoneyState.TO_BE_CONFIRMED, None),
        ("to be confirmed", MoneyState.TO_BE_CONFIRMED, None),
        ("marginal", MoneyState.MARGINAL, None),
        ("Marginal¹", MoneyState.MARGINAL, None),
    ],
)
def test_a_blank_is_not_nought_a_dash_is_and_words_keep_their_meaning(
    printed: str, state: MoneyState, pence: int | None
) -> None:
    read = read_money(printed, THOUSANDS)
    assert (read.state, read.pence) == (state, pence)


@pytest.mark.parametrize(
    "words",
    [
        "twelve",
        "2016 TBC",
        "30%",
        "> 30%",
        "£461 per sqm",
        "£50k-£100k",
        "190 (inc. 90 ASC delivery budget savings)",
        "12,34",
        "1,2345",
        "1.2.3",
        "£000",
        "£m",
        "(3.2",
        "3.2)",
        "((3.2))",
        "-(3.2)",
        "--3.2",
        "£0.50p",
        "care",
        "*",
        "£",
        "a" * 5000,
        "9" * 5000,
    ],
)
def test_what_is_not_one_amount_is_refused_and_the_message_quotes_it(words: str) -> None:
    with pytest.raises(NotMoney) as refused:
        read_money(words, THOUSANDS)
    assert words[:40] in str(refused.value)


def test_a_bare_number_is_no_amount_until_something_says_what_it_counts() -> None:
    with pytest.raises(NotMoney, match="Write £584, £584k or £584m"):
        read_money("584")


@pytest.mark.parametrize(
    ("printed", "unit", "pounds_either_way"),
    [
        ("£2.455m", None, 500),
        ("£2.5m", None, 50_000),
        ("1,495", THOUSANDS, 500),
        ("£1,250", None, Fraction(1, 2)),
        ("£12.50", None, Fraction(1, 200)),
        ("-", THOUSANDS, 0),
    ],
)
def test_a_figure_is_exact_to_half_of_its_last_printed_place(
    printed: str, unit: Unit | None, pounds_either_way: int | Fraction
) -> None:
    assert read_money(printed, unit).half_unit_pence == pounds_either_way * 100


@pytest.mark.parametrize(
    ("pence", "unit", "printed", "in_brackets"),
    [
        (1250_00, POUNDS, "£1,250", "£1,250"),
        (1250_50, POUNDS, "£1,250.50", "£1,250.50"),
        (-1250_00, POUNDS, "-£1,250", "(£1,250)"),
        (1250 * K, THOUSANDS, "1,250", "1,250"),
        (-1250 * K, THOUSANDS, "-1,250", "(1,250)"),
        (2455 * K, MILLIONS, "2.455", "2.455"),
        (-2455 * K, MILLIONS, "-2.455", "(2.455)"),
        (50_000, THOUSANDS, "1", "1"),
        (-50_000, THOUSANDS, "-1", "(1)"),
        (49_999, THOUSANDS, "0", "0"),
        (-49_999, THOUSANDS, "0", "0"),  # never "-0"
        (0, POUNDS, "£0", "£0"),
    ],
)
def test_money_is_printed_in_pounds_thousands_and_millions(
    pence: int, unit: Unit, printed: str, in_brackets: str
) -> None:
    assert print_money(pence, unit) == printed
    assert print_money(pence, unit, brackets=True) == in_brackets


def test_the_places_can_be_chosen() -> None:
    assert print_money(2455 * K, MILLIONS, places=1) == "2.5"
    assert print_money(1250 * K + 50_000, THOUSANDS, places=1) == "1,250.5"
    assert print_money(99, POUNDS, places=0) == "£1"


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Decimal("0.5"), 0, "1"),
        (Decimal("-0.5"), 0, "-1"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("2.45"), 1, "2.5"),
        (Decimal("-2.45"), 1, "-2.5"),
        (Fraction(2, 3), 2, "0.67"),
        (1250, -2, "1300"),
        (Decimal("-0.4"), 0, "0"),
        (Decimal("99999999999999999999999999999999.5"), 0, "100000000000000000000000000000000"),
    ],
)
def test_a_half_goes_away_from_nought(
    value: Decimal | Fraction | int, places: int, rounded: str
) -> None:
    assert round_half_up(value, places) == Decimal(rounded)


@pytest.mark.parametrize(
    ("pounds", "pence"),
    [
        (0.285, 29),  # in binary a little under 28.5, but its author wrote 0.285
        (-0.285, -29),
        (Decimal("1.005"), 101),
        (Fraction(1, 3), 33),
        (12, 1200),
        (0.1 + 0.2, 30),
    ],
)
def test_pounds_become_whole_pence_in_one_way(
    pounds: float | Decimal | Fraction, pence: int
) -> None:
    assert to_pence(pounds) == pence


@pytest.mark.parametrize("not_a_number", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_no_amount(not_a_number: float) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        to_pence(not_a_number)


def test_o_com_02_percentages_are_rounded_cell_by_cell_and_not_forced_to_a_hundred() -> None:
    # cell, part, whole (£000), correct, by largest remainder (published cells, domain section 11)
    for _, part, whole, correct in [
        ("ChS internal", 27_000, 72_100, 37),
        ("BEC commissioned", 71_800, 105_100, 68),
        ("BEC internal", 22_700, 105_100, 22),
        ("Total internal", 86_700, 420_000, 21),
        ("Total not applicable", 6_300, 420_000, 2),
        ("DASH not applicable", -2_500, 210_000, -1),
    ]:
        assert round_half_up(Fraction(100 * part, whole)) == correct
    # commissioned, planned, internal, not applicable
    assert spread(100, [40_500, 3_600, 27_000, 1_000]) == [56, 5, 38, 1]
    assert spread(100, [71_800, 10_300, 22_700, 300]) == [68, 10, 22, 0]
    assert spread(100, [271_900, 55_100, 86_700, 6_300]) == [65, 13, 21, 1]


def test_odd_pennies_go_to_the_largest_remainder_and_then_to_the_earliest() -> None:
    assert spread(100, [1, 1, 1]) == [34, 33, 33]
    assert spread(-100, [1, 1, 1]) == [-34, -33, -33]
    assert spread(10, [3, 3, 1]) == [4, 4, 2]
    assert spread(5, [0, 1]) == [0, 5]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_an_amount_cannot_be_shared_by_no_weights_or_negative_ones(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="at least one weight"):
        spread(100, weights)


# --- The reference pack -------------------------------------------------------------------------

_MEANS = {
    "approaching": "nearly",
    "estimated": "",  # said in the sentence, not in the figure
    "a further": "",
    "about": "about",
    "over": "over",
    "up to": "up to",
    "nearly": "nearly",
}


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _walk(child)


def test_every_printed_amount_of_the_reference_pack_reads_as_its_known_figure(
    shared: Path,
) -> None:
    pack = yaml.safe_load((shared / "worcestershire-2015.yaml").read_text(encoding="utf-8"))
    amounts = [node for node in _walk(pack) if "printed" in node and "gbp" in node]
    assert len(amounts) > 40
    for node in amounts:
        read = read_money(node["printed"])
        assert read.pence == node["gbp"] * 100, node
        if read.qualifier:
            assert read.qualifier == _MEANS[node["qualifier"]], node


def test_every_printed_row_of_the_reference_tables_reads_as_its_known_values(shared: Path) -> None:
    pack = yaml.safe_load((shared / "worcestershire-2015.yaml").read_text(encoding="utf-8"))
    rows = [
        node
        for node in _walk(pack)
        if isinstance(node.get("printed"), list) and isinstance(node.get("values"), list)
    ]
    assert len(rows) >= 9
    for node in rows:
        read = [read_money(cell, Unit.MILLIONS).pence for cell in node["printed"]]
        assert read == [to_pence(value * 1_000_000) for value in node["values"]], node
