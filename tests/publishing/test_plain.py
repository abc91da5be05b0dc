"""Plain values and JSON, read back (rule PUB-03)."""

import json
from dataclasses import replace

import pytest

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.publishing.plain import plain, write
from tests.publishing.cases import IMPRINT, SEN, K, grid, mixed, report


def test_a_grid_reads_back_to_the_penny_and_its_totals_match() -> None:
    read = json.loads(write(grid()))
    assert read["money"] == "pence"
    (total_at,) = read["totals"]
    for year, printed in zip(("2015/16", "2016/17", "2017/18", "total"), SEN["Total"], strict=True):
        parts = [row[year] or 0 for n, row in enumerate(read["rows"]) if n != total_at]
        assert sum(parts) == read["rows"][total_at][year] == (printed or 0) * K
    assert read["rows"][0]["rating"] == "GREEN_DELIVERED"
    assert read["rows"][0]["2017/18"] is None


def test_dates_notes_and_levels_are_there() -> None:
    read = plain(mixed())
    assert read["rows"][0]["due_on"] == "2015-11-19"
    assert read["remarks"] == [
        {"row": 0, "column": "saving_pence", "note": "about"},
        {"row": 1, "column": "saving_pence", "note": "TBC"},
    ]
    assert read["levels"][:3] == [0, 1, 0]


def test_a_report_keeps_its_reading_order_and_its_imprint() -> None:
    read = json.loads(write(report(), IMPRINT))
    assert [block["block"] for block in read["blocks"]] == [
        "heading", "paragraph", "table", "chart", "table",
    ]  # fmt: skip
    assert read["imprint"] == {"made_at": "2026-11-22T12:30:00+00:00", "Ledger head": "12:ab34"}
    assert read["blocks"][3]["rows"][0]["pence"] == 584 * K


def test_two_columns_with_one_key_would_lose_one_and_are_refused() -> None:
    twice = replace(grid(), columns=(Column("a", "A"), Column("a", "B")), rows=())
    with pytest.raises(ValueError, match="two columns with one key"):
        plain(twice)


def test_a_fraction_of_a_penny_is_a_broken_program() -> None:
    table = Table("T", (Column("a", "A", Shape.PENCE),), (Row((Cell(0.5),)),))
    with pytest.raises(TypeError, match="whole pence"):
        plain(table)
