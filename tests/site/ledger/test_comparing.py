"""Do two positions stand side by side, each figure with its own working?"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger import acts
from futurefit.site.ledger.presenters.comparing import side_by_side
from tests.site.ledger.books import LATER, Book
from tests.site.ledger.shelf import SECRETS, stock


def table(*rows: Row, years: tuple[str, ...] = ("2016/17",)) -> Table:
    columns = (Column("theme", "Theme"), *(Column(y, y, Shape.PENCE) for y in years))
    return Table("Forecast", columns, rows, Unit.THOUSANDS)


def row(name: str, *pence: int | None, level: int = 0, total: bool = False) -> Row:
    return Row((Cell(name), *map(Cell, pence)), emphasis=total, level=level)


def printed(found: Table) -> list[list[object]]:
    return [[cell.value for cell in each.cells] for each in found.rows]


def test_a_row_that_has_gone_stands_before_the_total_and_a_new_one_is_blank_before() -> None:
    """PRE-07"""
    then = table(row("A", 100_000), row("B", 5_000), row("Total", 105_000, total=True))
    now = table(row("A", 140_000), row("C", 1_000), row("Total", 141_000, total=True))
    found = side_by_side(then, now, then_words="April", now_words="August")
    assert [column.title for column in found.columns] == [
        "Theme",
        "2016/17, April",
        "2016/17, August",
    ]
    assert printed(found) == [
        ["A", 100_000, 140_000],
        ["C", None, 1_000],
        ["B", 5_000, None],
        ["Total", 105_000, 141_000],
    ]
    assert [each.cells[2].note for each in found.rows] == ["+0.4", "+0.01", "-0.05", "+0.36"]


def test_rows_of_one_name_under_two_groups_are_not_confused() -> None:
    then = table(row("A", 3), row("x", 1, level=1), row("B", 3), row("x", 2, level=1))
    now = table(row("A", 3), row("x", 1, level=1), row("B", 9), row("x", 8, level=1))
    found = side_by_side(then, now, then_words="then", now_words="now")
    assert printed(found) == [["A", 3, 3], ["x", 1, 1], ["B", 3, 9], ["x", 2, 8]]


def test_a_column_that_one_table_lacks_is_kept() -> None:
    then = table(row("A", 1, 2), years=("2016/17", "2017/18"))
    found = side_by_side(then, table(row("A", 1)), then_words="then", now_words="now")
    assert printed(found) == [["A", 1, 1, 2, None]]


@pytest.fixture
def shelf(book: Book) -> Book:
    return stock(book)


def test_the_page_leads_from_each_figure_to_the_working_of_its_own_position(
    shelf: Book, client: Client
) -> None:
    """PRE-07"""
    before = (
        shelf.post(
            acts.set_target("LIB-2", {"2016/17": 7_000_00}, on=LATER), why="More stock"
        ).number
        - 1
    )
    page = client.get(f"/compare/?by=project&since={before}").content.decode()
    assert "Libraries fit for 2020" in page
    assert re.search(r"2016/17, journal \d+", page)
    assert f"known_at={before}" in page
    assert "+7" in page
    for address in re.findall(r'href="(/working/\?[^"]+)"', page)[:6]:
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert not any(secret in page for secret in SECRETS)
    assert client.get(f"/compare/?since={before}&format=csv").status_code == 200
    assert client.get("/compare/?by=nonsense").status_code == 400
    assert client.get("/compare/?since=nonsense").status_code == 400
