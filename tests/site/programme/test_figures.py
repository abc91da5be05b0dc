"""The figures of the programme's pages: each from a presentation, each leading to its working."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

import pytest

from futurefit.kernel.report import Cell, Shape, Table
from futurefit.ledger.entries import Tranche
from futurefit.ledger.presentations import Scope
from futurefit.ledger.working import Figure, read_figure, show
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.naming import Names
from futurefit.site.programme import queries
from futurefit.site.programme.presenters import figures
from tests.site.programme.worlds import World

PROPOSED, CURRENT = Scope(tranche=Tranche.PROPOSED), Scope(tranche=Tranche.CURRENT)
YEARS = ("2016/17", "2017/18")


def measures(dimension: str, scope: Scope, **more: object) -> Table:
    return figures.measures_table(
        ledger_queries.current_ledger().now,
        dimension,
        scope=scope,
        names=Names(ledger_queries.headings()),
        figure=Figure(),
        title="Sums",
        **more,  # type: ignore[arg-type]
    )


def cells(table: Table, first: str) -> list[object]:
    row = next(row for row in table.rows if str(row.cells[0].value) == first)
    return [cell.value for cell in row.cells[1:]]


def grids(world: World, years: Sequence[str] = YEARS) -> tuple[Table, Table]:
    ledger = ledger_queries.current_ledger()
    tested = queries.control_results(ledger)
    return (
        figures.current_grid(ledger.now, "libraries", years=years, figure=Figure(), tested=tested),
        figures.proposed_grid(
            ledger.now, "libraries", years=years, figure=Figure(), tested=tested, hidden=()
        ),
    )


def test_measures_stand_side_by_side_and_kinds_are_added_only_as_net(world: World) -> None:
    table = measures("kind", PROPOSED)
    assert [column.key for column in table.columns] == [
        "kind",
        "target",
        "forecast",
        "delivered",
        "shortfall",
        "no_year",
    ]
    assert cells(table, "Saving") == [100_000_00, 100_000_00, 0, 0, None]
    assert cells(table, "Investment") == [0, 0, 0, 0, -50_000_00]
    assert cells(table, "Net total") == [100_000_00, 100_000_00, 0, 0, -50_000_00]


def test_current_and_proposed_never_meet(world: World) -> None:
    assert cells(measures("kind", CURRENT), "Net total") == [201_000_00, 201_000_00, 5_000_00, 0]
    assert cells(measures("project", PROPOSED), "Libraries")[0] == 100_000_00


def test_a_project_without_a_theme_stands_beside_the_themes(world: World) -> None:
    table = measures("theme", CURRENT, href=lambda code: f"/{code}/")
    assert [row.cells[0] for row in table.rows[:-1]] == [
        Cell("Open council", "/open/"),
        Cell("Roads", "/roads/"),
    ]


def every_amount(table: Table) -> list[Cell]:
    pence = [place for place, column in enumerate(table.columns) if column.shape is Shape.PENCE]
    found = [row.cells[place] for row in table.rows for place in pence]
    return [cell for cell in found if cell.value is not None]


@pytest.mark.parametrize("scope", [PROPOSED, CURRENT], ids=["proposed", "current"])
def test_every_figure_leads_to_a_working_that_comes_to_it(world: World, scope: Scope) -> None:
    tables = [measures(name, scope, measures=figures.RATED) for name in ("kind", "theme")]
    for cell in [cell for table in (*tables, *grids(world)) for cell in every_amount(table)]:
        figure = read_figure(dict(parse_qsl(urlsplit(cell.href).query)))
        assert show(ledger_queries.current_ledger(), figure).total_pence == cell.value


def test_the_current_grid_is_printed_as_in_the_paper(world: World) -> None:
    current, _ = grids(world)
    assert [column.title for column in current.columns] == ["RAG", "2016/17", "2017/18", "Total"]
    assert cells(current, "AMBER") == [40_000_00, 156_000_00, 196_000_00]
    assert cells(current, "RED") == [None, None, None]
    assert cells(current, "Total") == [40_000_00, 156_000_00, 196_000_00]


def test_the_proposed_grid_has_its_two_blocks_and_their_total(world: World) -> None:
    _, proposed = grids(world)
    named = [(row.level, str(row.cells[0].value)) for row in proposed.rows]
    ratings = ["GREEN_DELIVERED", "GREEN_ON_TARGET", "AMBER", "RED", "Total"]
    assert named == [
        (0, "New savings (Further and New)"),
        *((1, name) for name in ratings),
        (0, "Existing savings (Faster)"),
        *((1, name) for name in ratings),
        (0, "Total savings"),
    ]
    blocks = [[cell.value for cell in row.cells[1:]] for row in proposed.rows]
    assert blocks[2] == [None, 70_000_00, 70_000_00]
    assert blocks[10] == [30_000_00, None, 30_000_00]
    assert blocks[12] == [30_000_00, 70_000_00, 100_000_00]


def test_a_block_without_lines_is_blank(world: World) -> None:
    ledger = ledger_queries.current_ledger()
    proposed = figures.proposed_grid(
        ledger.now, "roads", years=YEARS, figure=Figure(), tested=[], hidden=()
    )
    for row in proposed.rows[:-1]:
        assert {cell.value for cell in row.cells[1:]} == {None}
    assert [cell.value for cell in proposed.rows[-1].cells[1:]] == [0, 0, 0]


def test_an_amount_in_a_year_that_the_paper_has_not_is_shown(world: World) -> None:
    current, _ = grids(world, ["2016/17"])
    assert [column.title for column in current.columns] == ["RAG", "2016/17", "2017/18", "Total"]


def test_what_the_paper_prints_stands_beside_ours(world: World) -> None:
    world.printed("a", lines="LIB-1", ratings="AMBER", amount_pence=256_000_00, printed="256")
    world.printed("b", lines="LIB-1", years="2016/17", amount_pence=40_000_00, printed="40")
    world.printed("c", lines="LIB-2 LIB-3", years="2016/17", amount_pence=0, printed="-")
    current, proposed = grids(world)
    notes = {
        (str(row.cells[0].value), place): cell.note
        for row in (*current.rows, *proposed.rows)
        for place, cell in enumerate(row.cells)
        if cell.note
    }
    assert notes == {("AMBER", 3): "printed: 256", ("Total savings", 1): "printed: -"}
    assert "is a finding" in current.notes[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015/16 2016/17", ("2015/16", "2016/17")),
        ("2020/21+", ("2020/21+",)),
        ("", YEARS),
        ("rubbish UNPROFILED", YEARS),
    ],
)
def test_a_grid_is_headed_by_the_papers_years(text: str, expected: tuple[str, ...]) -> None:
    assert figures.grid_years(text, YEARS) == expected
