"""RAG ratings, grids and weighted forecasts (rules RAG-01 to RAG-04)."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from futurefit.kernel.findings import exit_status
from futurefit.kernel.rag import (
    NotRag,
    Rag,
    RagGrid,
    check_grid,
    rag_weights,
    read_rag,
    weighted_forecast,
)
from futurefit.ledger.entries import RATINGS

K = 1000_00  # a thousand pounds in pence
DELIVERED, ON_TARGET, AMBER, RED, _ = Rag
YEARS = ("2015/16", "2016/17", "2017/18")


def row(*thousands: int | None) -> tuple[int | None, ...]:
    """Cells in £000; None is an empty cell."""
    return tuple(None if cell is None else cell * K for cell in thousands)


SEN = RagGrid(
    columns=YEARS,
    rows={
        DELIVERED: row(584, 318, None),
        ON_TARGET: row(None, 1025, 344),
        AMBER: row(None, 152, 32),
        RED: row(None, None, None),
    },
    row_totals=dict(
        zip([DELIVERED, ON_TARGET, AMBER, RED], row(902, 1369, 184, None), strict=True)
    ),
    column_totals=row(584, 1495, 376),
    grand_total=2455 * K,
)


def hr(amber_total: int = 256, columns: tuple[int, ...] = (372, 156, 190)) -> RagGrid:
    """The HR paper's grid, as printed unless told otherwise."""
    return RagGrid(
        columns=YEARS,
        rows={
            DELIVERED: row(332, None, None),
            AMBER: row(40, 156, 0),
            RED: row(None, None, 190),
        },
        row_totals={DELIVERED: 332 * K, AMBER: amber_total * K, RED: 190 * K},
        column_totals=row(*columns),
        grand_total=718 * K,
    )


def test_o_rag_01_the_sen_grid_agrees_both_ways_and_is_weighted() -> None:
    assert check_grid(SEN) == []
    amounts = {rag: sum(cell or 0 for cell in cells) for rag, cells in SEN.rows.items()}
    assert amounts == {DELIVERED: 902 * K, ON_TARGET: 1369 * K, AMBER: 184 * K, RED: 0}
    weights = rag_weights(date(2015, 11, 19))
    assert [weights[rag] for rag in Rag][:4] == [1, Decimal("0.9"), Decimal("0.5"), Decimal("0.1")]
    assert weighted_forecast(amounts, weights) == 2_226_100_00
    assert round(100 * 902 / 2455, 1) == 36.7
    assert round(100 * 2226.1 / 2455, 1) == 90.7


def test_o_rag_02_the_hr_grid_has_one_error_and_the_finding_names_its_consequence() -> None:
    findings = check_grid(hr())
    assert len(findings) == 1
    (finding,) = findings
    assert finding.code == "RAG-02"
    assert (finding.printed, finding.expected, finding.difference) == ("256", "196", "60")
    assert finding.message == (
        "Amber: the row adds to 196; the printed total is 256, 60 more. So the row totals add to "
        "778 and not to the grand total of 718, which the columns prove."
    )
    assert exit_status(findings) == 1


def test_a_grid_that_adds_up_has_no_findings() -> None:
    assert check_grid(hr(amber_total=196)) == []


def test_a_wrong_column_is_found_with_its_consequence() -> None:
    (finding,) = check_grid(hr(amber_total=196, columns=(372, 165, 190)))
    assert finding.code == "RAG-03"
    assert finding.message == (
        "2016/17: the column adds to 156; the printed total is 165, 9 more. So the column totals "
        "add to 727 and not to the grand total of 718, which the rows prove."
    )


def test_a_grand_total_that_follows_a_wrong_row_is_not_a_second_finding() -> None:
    grid = hr()
    (finding,) = check_grid(
        RagGrid(grid.columns, grid.rows, grid.row_totals, grid.column_totals, 778 * K)
    )
    assert finding.code == "RAG-02"
    assert finding.message.endswith("The grand total of 778 follows from it and should be 718.")


def test_a_wrong_grand_total_alone_is_a_finding_of_its_own() -> None:
    grid = hr(amber_total=196)
    (finding,) = check_grid(
        RagGrid(grid.columns, grid.rows, grid.row_totals, grid.column_totals, 781 * K)
    )
    assert (finding.code, finding.difference) == ("RAG-04", "63")


def test_a_wrong_row_and_a_grand_total_that_it_does_not_explain_are_two_findings() -> None:
    grid = hr()
    findings = check_grid(
        RagGrid(grid.columns, grid.rows, grid.row_totals, grid.column_totals, 700 * K)
    )
    assert [finding.code for finding in findings] == ["RAG-02", "RAG-04"]


def test_a_total_that_is_not_printed_is_not_tested() -> None:
    grid = hr()
    assert check_grid(RagGrid(grid.columns, grid.rows, {}, (None, None, None), None)) == []


@pytest.mark.parametrize(
    ("text", "rag"),
    [
        ("Green Delivered", DELIVERED),
        ("green (on target)", ON_TARGET),
        ("AMBER", AMBER),
        ("  red ", RED),
        ("Unrated", Rag.UNRATED),
        ("GREEN_ON_TARGET", ON_TARGET),
    ],
)
def test_a_rating_is_read_as_papers_print_it(text: str, rag: Rag) -> None:
    assert read_rag(text) is rag


@pytest.mark.parametrize("text", ["", "green", "purple"])
def test_what_is_no_rating_is_refused(text: str) -> None:
    with pytest.raises(NotRag, match="Write one of: Green delivered, Green on target, Amber, Red"):
        read_rag(text)


def test_ratings_are_the_ledgers_rating_accounts_and_each_says_what_it_means() -> None:
    assert {rag.value for rag in Rag} == {account.value for account in RATINGS}
    assert all(rag.meaning for rag in Rag)


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_words_on_a_rating_are_legible_and_never_white_on_amber() -> None:
    for rag in Rag:
        assert contrast(rag.colour, rag.ink) >= 4.5, rag
    assert Rag.AMBER.ink != "#ffffff"


def test_ratings_next_to_each_other_differ_in_grey() -> None:
    for one, other in pairwise(Rag):
        assert contrast(one.colour, other.colour) >= 1.4, (one, other)
