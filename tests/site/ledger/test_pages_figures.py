"""Does every figure on every page lead to a working whose parts add up to it?"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from futurefit.kernel.report import Shape, Table
from futurefit.ledger import acts, presentations, working
from futurefit.ledger import bridge as bridges
from futurefit.ledger.entries import Fund, LineKind, Reason, Tranche
from futurefit.ledger.presentations import Measure, Scope, View
from futurefit.ledger.working import Figure
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import links, queries
from futurefit.site.ledger.presenters.bridge import step_parts
from futurefit.site.ledger.presenters.figures import presentation_table, rag_grid_table
from futurefit.site.ledger.presenters.lines import lines_table, own_scope, story_table
from futurefit.site.ledger.queries import LineWords
from futurefit.site.ledger.reading import Reader
from tests.site.ledger.books import LATER, LIBRARIES, Book
from tests.site.ledger.shelf import ONCE, stock

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21+")
DIMENSIONS = presentations.names()


@pytest.fixture
def shelf(book: Book) -> Book:
    return stock(book)


@pytest.fixture
def reader(shelf: Book) -> Reader:
    return Reader(Holder(), queries.current_ledger())


def leads(table: Table) -> list[tuple[int, dict[str, str]]]:
    """Each amount of a table with the figure that its address names."""
    found = []
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.shape is Shape.PENCE and cell.href:
                address = urlsplit(cell.href)
                assert address.path == "/working/"
                assert isinstance(cell.value, int)
                found.append((cell.value, dict(parse_qsl(address.query))))
    return found


def scope_for(dimensions: tuple[str, ...], **more: object) -> Scope:
    return Scope(
        tranche=None if "tranche" in dimensions else Tranche.PROPOSED,
        fund=None if "fund" in dimensions else Fund.REVENUE,
        **more,  # type: ignore[arg-type]
    )


def test_every_amount_by_one_dimension_has_its_working(reader: Reader) -> None:
    for name in DIMENSIONS:
        for measure in Measure:
            for view in View:
                assert_has_its_working(reader, (name,), measure, view)


def test_every_amount_by_two_dimensions_has_its_working(reader: Reader) -> None:
    for pair in permutations(DIMENSIONS, 2):
        assert_has_its_working(reader, pair, Measure.FORECAST, View.PLAN)
        assert_has_its_working(reader, pair, Measure.SHORTFALL, View.CUMULATIVE)


def assert_has_its_working(
    reader: Reader, dimensions: tuple[str, ...], measure: Measure, view: View
) -> None:
    scope = scope_for(dimensions)
    position = reader.ledger.now
    found = presentations.by(position, *dimensions, scope=scope, view=view, years=YEARS)
    figure = Figure(scope, measure)
    table = presentation_table(found, names=reader.names, figure=figure, row_links=True)
    amounts = leads(table)
    assert amounts or measure is not Measure.FORECAST
    for amount, query in amounts:
        shown = working.show(reader.ledger, working.read_figure(query))
        assert shown.total_pence == amount, (dimensions, measure, view, query)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Tranche.PROPOSED, kind=LineKind.SAVING),
        Scope(Tranche.CURRENT),
        Scope(Tranche.PROPOSED, Fund.CAPITAL),
        Scope(Tranche.PROPOSED, only=(("project", "roads"),)),
        Scope(Tranche.PROPOSED, only=(("saving_class", "COST_AVOIDANCE"),)),
        Scope(None, None, lines=frozenset({"ROAD-1"})),
        Scope(None, None, lines=frozenset({"LIB-4"})),
    ],
    ids=["savings", "current", "capital", "roads", "avoidance", "one avoided", "one without year"],
)
def test_a_rag_grid_and_a_bridge_have_their_working(reader: Reader, scope: Scope) -> None:
    position = reader.ledger.now
    if scope.tranche is None:
        (ref,) = scope.lines or ()
        scope = own_scope(ref, position.lines[ref])
    figure = Figure(scope)
    grid = rag_grid_table(presentations.rag_grid(position, scope, YEARS), figure=figure)
    for amount, query in leads(grid):
        assert working.show(reader.ledger, working.read_figure(query)).total_pence == amount
    found = bridges.bridge(position, scope=scope)
    assert found.closes
    for step in (*found.to_target, *found.to_forecast, *found.to_delivered):
        parts = step_parts(position, step.key, None, scope)
        assert sum(part.amount_pence for part in parts) == step.amount_pence
    place = [column.key for column in grid.columns].index("total")
    total = next(row for row in grid.rows if row.emphasis)
    assert total.cells[place].value == found.forecast_pence


def test_the_list_of_lines_and_the_story_of_each_have_their_working(reader: Reader) -> None:
    position = reader.ledger.now
    for measure in Measure:
        figure = Figure(Scope(tranche=None, fund=None), measure)
        table = lines_table(position, reader, figure=figure, years=YEARS)
        amounts = leads(table)
        assert len(amounts) > 30
        for amount, query in amounts:
            assert working.show(reader.ledger, working.read_figure(query)).total_pence == amount
    for ref, attributes in position.lines.items():
        story = story_table(position, Figure(own_scope(ref, attributes)), YEARS)
        sums = {str(row.cells[0].value): row for row in story.rows}
        place = [column.key for column in story.columns].index("total")
        steps = [row.cells[place].value for row in story.rows if row.level]
        target, forecast = (sums[name].cells[place].value for name in ("Target", "Forecast"))
        assert isinstance(target, int)
        assert target + sum(step for step in steps if isinstance(step, int)) == forecast


def test_totals_of_the_list_of_lines_are_those_of_every_other_page(reader: Reader) -> None:
    position = reader.ledger.now
    table = lines_table(
        position, reader, figure=Figure(Scope(tranche=None, fund=None)), years=YEARS
    )
    place = [column.key for column in table.columns].index("total")
    feet = {str(row.cells[0].value): row.cells[place].value for row in table.rows if row.emphasis}
    for tranche, fund in (
        (Tranche.PROPOSED, Fund.REVENUE),
        (Tranche.CURRENT, Fund.REVENUE),
        (Tranche.PROPOSED, Fund.CAPITAL),
    ):
        total = presentations.by(position, scope=Scope(tranche, fund)).total().total
        assert feet[f"Net total, {tranche.lower()}, {fund.lower()}"] == total
    assert feet["Cost avoidance, proposed, revenue"] == 40_000_00


def test_the_addresses_that_links_writes_are_those_of_the_site(shelf: Book) -> None:
    figure = Figure(year="2016/17", measure=Measure.TARGET, view=View.PLAN, known_at=3)
    for address, name in (
        (links.working_url(figure), "working"),
        (links.line_url("LIB-1"), "line"),
        (links.journal_url(3, 0), "journal"),
        (links.presentation_url(("theme",), figure), "by"),
        (links.presentation_url(("theme", "rag"), figure), "by-two"),
        (links.grid_url(figure), "grid"),
        (links.mtfp_url(figure), "mtfp"),
        (links.bridge_url(figure), "bridge"),
        (links.lines_url(figure, "RED"), "lines"),
    ):
        assert resolve(urlsplit(address).path).url_name == name
        assert Client().get(address).status_code == 200, address


def test_a_page_of_working_shows_the_figure_and_each_posting(shelf: Book, client: Client) -> None:
    figure = Figure(own_scope("LIB-1", queries.current_ledger().lines["LIB-1"]), year="2016/17")
    page = client.get(links.working_url(figure)).content.decode()
    assert "£40,000" in page
    for words in ("Two desks are closed", "The lease runs longer", "LIB-1 as printed", "page 7"):
        assert words in page
    assert "Head of Libraries" not in page, "a visitor sees what happened, not who did it"
    file = client.get(f"{links.working_url(figure)}&format=json").json()
    assert sum(row["amount"] for row in file["rows"][:-1]) == file["rows"][-1]["amount"] == 4000000


def test_a_one_off_of_the_last_year_is_taken_back_in_the_open_bucket(
    book: Book, client: Client
) -> None:
    book.open("LAST", ONCE, y2019=100_00)
    (row, _) = client.get("/by/project/?view=plan&format=json").json()["rows"]
    assert (row["2019/20"], row["2020/21+"]) == (100_00, -100_00)
    address = "/working/?in_tranche=PROPOSED&view=plan&year=2020/21%2B&format=json"
    parts = client.get(address).json()["rows"]
    assert [part["amount"] for part in parts] == [-100_00, -100_00]


def test_current_and_proposed_are_never_added_in_a_working(shelf: Book, client: Client) -> None:
    page = client.get("/working/?year=2016/17").content.decode()
    assert "never added together" in page
    assert "is the sum of" not in page


def test_a_step_of_what_was_adopted_has_its_working(shelf: Book) -> None:
    """BRI-01. The step and its neighbours add up to what their workings list, on both sides."""
    now = queries.current_ledger()
    baseline = bridges.Baseline("budget", LATER, now.head.number)
    adopted = replace(now.lines["LIB-1"], tranche=Tranche.CURRENT)
    shelf.post(acts.reclassify("LIB-1", adopted, on=LATER), decision="Council, minute 12")
    shelf.post(acts.open_line("LIB-X", LIBRARIES, on=LATER), words={"LIB-X": LineWords("Late")})
    shelf.post(acts.set_target("LIB-X", {"2016/17": 9_00}, on=LATER))
    position = queries.current_ledger().now
    for scope in (presentations.PROPOSED, presentations.CURRENT):
        found = bridges.bridge(position, baseline, scope=scope)
        assert found.closes
        assert found.to_target[1].amount_pence
        for step in found.to_target:
            parts = step_parts(position, step.key, baseline, scope)
            assert sum(part.amount_pence for part in parts) == step.amount_pence


@pytest.mark.parametrize(
    "step", [Reason.SLIPPED, Reason.REPLACED, "original", "re_targeted", "AMBER"]
)
def test_a_step_of_the_bridge_has_a_page(shelf: Book, client: Client, step: str) -> None:
    bridge = client.get("/bridge/?format=json").json()
    assert bridge["rows"]
    answer = client.get(f"/bridge/working/?step={step}&in_tranche=PROPOSED")
    assert answer.status_code == 200


def test_a_grid_is_printed_as_the_papers_print_it(shelf: Book, client: Client) -> None:
    answer = client.get("/grid/?in_kind=SAVING&project=libraries&format=json").json()
    rows = {row["rag"]: row for row in answer["rows"]}
    assert list(rows) == [
        "GREEN_DELIVERED",
        "GREEN_ON_TARGET",
        "AMBER",
        "RED",
        "UNRATED",
        "Total",
    ]
    assert rows["GREEN_DELIVERED"]["2016/17"] == 40_000_00
    assert rows["AMBER"]["2017/18"] == 60_000_00
    assert rows["RED"]["2016/17"] is None, "a cell in which nothing stands is blank, not nought"
    assert rows["Total"]["total"] == sum(
        row["total"] or 0 for name, row in rows.items() if name != "Total"
    )


def test_every_page_of_figures_answers_at_any_date_and_journal(shelf: Book, client: Client) -> None:
    for path in (
        "/lines/",
        "/by/theme/",
        "/grid/",
        "/mtfp/",
        "/bridge/",
        "/working/",
        "/double-counting/",
        "/lines/LIB-1/",
    ):
        for position in ("as_at=01/08/2015", "known_at=2", "as_at=1/1/2001&known_at=1"):
            answer = client.get(f"{path}?in_tranche=PROPOSED&{position}")
            assert answer.status_code == 200, (path, position)


@pytest.mark.parametrize(
    "query", ["as_at=yesterday", "known_at=-1", "in_tranche=BOTH", "measure=profit", "unit=tons"]
)
def test_an_address_that_makes_no_sense_says_so(shelf: Book, client: Client, query: str) -> None:
    for path in ("/lines/", "/by/theme/", "/grid/", "/mtfp/", "/bridge/", "/working/"):
        answer = client.get(f"{path}?{query}")
        takes = query.partition("=")[0] != "measure" or path in ("/lines/", "/by/theme/", "/mtfp/")
        if takes:
            assert answer.status_code == 400, (path, query)
            assert "There is a problem" in answer.content.decode()


def test_exports_are_the_table_as_shown(shelf: Book, client: Client) -> None:
    page = client.get("/lines/?q=desks&sort=-target")
    assert b"Fewer desks" in page.content
    assert b"LED lamps" not in page.content
    file = client.get("/lines/?q=desks&sort=-target&format=csv").content.decode()
    assert "Fewer desks" in file
    assert "LED lamps" not in file
    rows = json.loads(client.get("/by/project/?format=json").content)["rows"]
    assert [row["project"] for row in rows][:2] == ["Libraries fit for 2020", "Net total"]
