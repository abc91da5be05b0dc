"""What a reader sorts, filters, pages and takes away, by nothing but addresses."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
import python_calamine
from django.test import Client

from tests.site.common import rooms


@pytest.fixture
def see(client: Client):
    def look(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, response.content.decode()
        return response.content.decode()

    return look


def rows_of(html: str) -> list[str]:
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [re.sub("<.*?>", "", row) for row in re.findall(r'<th scope="row">(.*?)</th>', body)]


def test_a_page_shows_its_rows_and_the_total_of_all(see) -> None:
    html = see("/lines/")
    assert rows_of(html) == ["FF-2 Libraries", "FF-10 Roads", "Total"]
    assert "Rows 1 to 2 of 3, page 1 of 2" in html
    assert 'href="?page=2" rel="next"' in html
    html = see("/lines/?page=2")
    assert rows_of(html) == ["FF-1 =HYPERLINK()", "Total"]
    assert 'href="?" rel="prev"' in html
    assert 'rel="next"' not in html


def test_sorting_goes_back_to_the_first_page_and_keeps_the_filter(see) -> None:
    html = see("/lines/?q=ff&page=2&sort=amount")
    assert 'href="?q=ff&amp;sort=-amount"' in html
    assert rows_of(see("/lines/?sort=line")) == ["FF-1 =HYPERLINK()", "FF-2 Libraries", "Total"]


def test_filtering_says_how_many_rows_there_are_and_the_way_back(see) -> None:
    html = see("/lines/?q=roads&sort=line")
    assert rows_of(html) == ["FF-10 Roads", "Total of the rows shown"]
    assert "1 of 3 rows holds “roads”." in html
    assert 'href="?sort=line">Show all rows' in html
    assert '<input type="hidden" name="sort" value="line">' in html
    assert 'value="roads"' in html


def test_a_filter_that_finds_nothing_says_so_and_offers_no_file(see) -> None:
    html = see("/lines/?q=<zebra>")
    assert "None of the 3 rows holds “&lt;zebra&gt;”." in html
    assert "<table" not in html
    assert "format=" not in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sort=colour", "no column “colour”"),
        ("page=3", "pages 1 to 2"),
        ("page=0", "pages 1 to 2"),
        ("page=²", "pages 1 to 2"),
        ("page=99999999999999999999", "pages 1 to 2"),
        ("format=docx", "xlsx, csv or json"),
    ],
)
def test_what_there_is_not_is_not_found_and_says_what_there_is(
    client: Client, query: str, words: str
) -> None:
    response = client.get(f"/lines/?{query}")
    assert response.status_code == 404
    assert words in response.content.decode()


def test_the_csv_file_holds_every_page_filtered_and_sorted_in_whole_pence(client: Client) -> None:
    response = client.get("/lines/?sort=-amount&q=ff&format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="lines-of-the-programme.csv"'
    read = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert read == [
        ["line", "amount_pence", "rag"],
        ["FF-2 Libraries", "25000000", "Amber"],
        ["FF-1 =HYPERLINK()", "10000000", "Unrated"],
        ["FF-10 Roads", "5000000", "Red"],
        ["Total", "40000000", ""],
    ]


def test_the_json_file_says_where_its_figures_stand(client: Client) -> None:
    read = json.loads(client.get("/lines/?q=roads&format=json").content)
    assert [row["line"] for row in read["rows"]] == ["FF-10 Roads", "Total of the rows shown"]
    assert [row["amount"] for row in read["rows"]] == [5_000_000, 5_000_000]
    assert read["imprint"]["Ledger head"] == "7:abc"
    assert read["imprint"]["Address"] == "http://testserver/lines/?q=roads&format=json"


def test_the_workbook_holds_the_same_rows(client: Client) -> None:
    response = client.get("/lines/?sort=line&format=xlsx")
    book = python_calamine.load_workbook(io.BytesIO(response.content))
    names = [row[0] for row in book.get_sheet_by_index(0).to_python()]
    assert [name for name in names if "FF" in str(name) or name == "Total"] == [
        "FF-1 =HYPERLINK()",
        "FF-2 Libraries",
        "FF-10 Roads",
        "Total",
    ]


def test_two_tables_of_one_page_are_told_apart_by_name(see) -> None:
    html = see("/two/?first.sort=-amount&second.q=roads")
    first, second = html.split('id="table-second"')
    assert "second.q=roads&amp;first.sort=amount" in first
    assert rows_of(second) == ["FF-10 Roads", "Total of the rows shown"]
    assert '<input type="hidden" name="first.sort" value="-amount">' in html
    assert html.count('id="filter-first"') == html.count('id="filter-second"') == 1


def test_the_file_of_one_of_two_tables_is_that_tables(client: Client) -> None:
    response = client.get("/two/?second.q=roads&second.format=csv&first.q=zebra")
    assert response.content.decode("utf-8-sig").count("\r\n") == 3


def test_files_are_linked_from_the_table_as_it_is_shown(see) -> None:
    html = see("/lines/?q=ff&sort=line&page=2")
    assert 'href="?q=ff&amp;sort=line&amp;format=csv"' in html


def test_rows_that_mean_something_by_their_order_are_left_in_it(client: Client, see) -> None:
    html = see("/in-order/")
    assert "sort=" not in html
    assert 'type="search"' not in html
    assert html.index("</table>") < html.index("Take this table away as")
    assert client.get("/in-order/?sort=line").status_code == 404


def test_a_table_without_rows_says_that_nothing_is_recorded(see, monkeypatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr(rooms, "LINES", replace(rooms.LINES, rows=()))
    html = see("/lines/")
    assert "Lines of the programme: nothing is recorded yet." in html
    assert "<table" not in html
    assert 'type="search"' not in html
