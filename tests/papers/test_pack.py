"""The real pack of November 2015: every table read cell by cell, and audited.

Expected figures are published: the pack's own, as the reference extract holds them.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from futurefit.kernel.findings import Finding
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit import audit
from futurefit.papers.document import Document, Table
from futurefit.papers.readers import read_file
from tests.papers.drawing import rows, told

PACK = "data/packs/worcestershire-cabinet-2015-11-19.md"


@pytest.fixture(scope="module")
def pack(shared: Path) -> Document:
    return read_file(shared / PACK)


@pytest.fixture(scope="module")
def extract(shared: Path) -> dict[str, Any]:
    return yaml.safe_load((shared / "worcestershire-2015.yaml").read_text(encoding="utf-8"))


def theme(extract: dict[str, Any], name: str) -> dict[str, Any]:
    return next(theme for theme in extract["themes"] if theme["id"] == name)


def at(pack: Document, line: int) -> Table:
    """The outermost table that holds a line of the file."""
    return next(
        table
        for table in pack.tables
        if table.within is None and any(cell.line == line for cell in table.cells)
    )


def added(pack: Document, line: int) -> TableArithmetic:
    table = at(pack, line)
    return next(one for one in read_arithmetic(pack) if one.table is table)


def test_every_table_of_the_pack_is_found(pack: Document) -> None:
    outer = [table.line for table in pack.tables if table.within is None]
    # The forms, milestones, risks and grids of two projects; three savings tables; contracts,
    # workstreams and risks of three themes; four lists of services and the summary before them.
    assert outer == [
        92, 115, 122, 166, 174, 182, 190, 205, 242, 258, 324, 377, 405, 410, 417, 619, 651, 699,
        702, 711, 723, 767, 794, 810, 849, 957, 968, 971, 974, 980, 983, 1395, 1496, 1523, 1526,
        1579, 1586, 1620, 1630, 1637, 1647,
    ]  # fmt: skip
    assert [table.index for table in pack.tables] == list(range(1, 48))


def test_nested_tables_stand_apart(pack: Document) -> None:
    nested = {table.line: rows(table) for table in pack.tables if table.within is not None}
    assert [len(found) for found in nested.values()] == [1, 2, 1, 1, 3, 1]
    assert nested[975][1] == ["Public Sector Reform", "Unlocking Growth"]
    spans = [cell.col_span for table in pack.tables if table.line == 975 for cell in table.cells]
    assert spans == [6, 3, 3, 1, 1, 1, 1, 1, 1]


# --- every figure, cell by cell -------------------------------------------------------------------


@pytest.mark.parametrize("line", [244, 326])
def test_the_savings_table_in_both_its_places(
    pack: Document, extract: dict[str, Any], line: int
) -> None:
    expected = theme(extract, "self-sufficient")["savings_table"]
    heading, years, *lines = rows(at(pack, line))
    assert [*years[2:7], heading[7]] == expected["columns"]
    assert lines == [
        *(
            [row["ref"], row["name"].replace(" - West", " – West"), *row["printed"]]
            for row in expected["rows"]
        ),
        ["", "Total", *expected["total_printed"]],
    ]
    arithmetic = added(pack, line)
    for number, row in enumerate([*expected["rows"], {"values": expected["total"]}], start=3):
        assert [
            arithmetic.grid.figures[number, column].value for column in arithmetic.grid.columns
        ] == [Decimal(str(value)) for value in row["values"]]


def test_the_mtfp_presentation(pack: Document, extract: dict[str, Any]) -> None:
    expected = theme(extract, "self-sufficient")["mtfp_presentation"]
    heading, years, *_, tax, rates, new, total = rows(at(pack, 261))
    assert [*years[2:7], heading[7]] == expected["columns"]
    assert [tax[1:], rates[1:], new[1:], total[1:]] == [
        *([row["name"], *row["printed"]] for row in expected["rows"]),
        ["Total", *expected["total_printed"]],
    ]


def test_the_current_grid_of_the_schools_contract(pack: Document, extract: dict[str, Any]) -> None:
    expected = theme(extract, "send-contract")["current_savings_grid"]
    budget, years, *lines = rows(at(pack, 183))
    assert years[2:] == expected["columns"]
    assert budget[2].startswith("£5.9m")
    ratings = ("green_delivered", "green_on_target", "amber", "red", "total")
    assert [line[2:] for line in lines] == [
        ["" if value is None else f"{value:,}" for value in expected[rating]] for rating in ratings
    ]
    assert lines[-1][2:] == expected["total_printed"]


@pytest.mark.parametrize(("project", "line"), [("send-contract", 190), ("modernising-hr", 1647)])
def test_the_proposed_grids(
    pack: Document, extract: dict[str, Any], project: str, line: int
) -> None:
    expected = theme(extract, project)["proposed_savings_grid"]
    years, *lines = rows(at(pack, line))
    assert years[3:] == expected["columns"]
    ratings = ("green_delivered", "green_on_target", "amber", "red", "total")
    grid = [
        *(expected["new"][rating] for rating in ratings),
        *(expected["existing_faster"][rating] for rating in ratings),
        expected["total_savings"],
    ]
    assert [line[3:] for line in lines[:11]] == [
        ["" if value is None else str(value) for value in row] for row in grid
    ]


def test_the_current_grid_of_human_resources_with_its_slipped_total(
    pack: Document, extract: dict[str, Any]
) -> None:
    expected = theme(extract, "modernising-hr")["current_savings_grid"]
    _, years, delivered, on_target, amber, red, total, *_ = rows(at(pack, 1638))
    assert years[2:] == expected["columns"]

    def printed(values: list[int | None]) -> list[str]:
        return ["" if value is None else str(value) for value in values]

    assert delivered[2:] == printed(expected["green_delivered"])
    assert on_target[2:] == printed(expected["green_on_target"])
    assert amber[2:] == printed(expected["amber"])
    assert red[2:] == ["", "", expected["red_cell_printed"], "190"]
    assert total == ["Total", *expected["total_printed"][:3], "", expected["total_printed"][3]]
    arithmetic = added(pack, 1638)
    # In £000: read where it agrees, with the 190 that has words behind it.
    assert [arithmetic.placed[7, column].value for column in (3, 4, 5, 6)] == [
        1000 * value for value in expected["total"]
    ]
    assert arithmetic.placed[6, 5].value == 190_000


def test_the_commissioning_summary(pack: Document, extract: dict[str, Any]) -> None:
    expected = extract["commissioning_budget_summary_2017_18"]["rows"]
    _, heads, *lines = rows(at(pack, 711))
    assert heads[1:] == [
        f"{name} {unit}"
        for name in ("DASH", "ChS", "BEC", "CoaCh/ Fin/ CE", "Total")
        for unit in ("£'000", "%")
    ]
    figures = added(pack, 711).grid.figures
    for number, row in enumerate(expected.values(), start=3):
        amounts = [figures[number, column].value for column in range(2, 12, 2)]
        assert amounts == [1000 * value for value in row["amount"]]
        if "pct_printed" in row:
            assert lines[number - 3][2::2] == row["pct_printed"]
        if "printed" in row:
            assert lines[number - 3][1::2] == row["printed"]


@pytest.mark.parametrize(
    ("name", "line"), [("commissioning", 619), ("active-alliances", 849), ("active-alliances", 957)]
)
def test_the_savings_profiles(
    pack: Document, extract: dict[str, Any], name: str, line: int
) -> None:
    expected = theme(extract, name)["savings_profile"]
    years, amounts = rows(at(pack, line))
    assert years[-6:] == expected["columns"]
    assert amounts[-6:] == expected["printed"]
    arithmetic = added(pack, line)
    assert [arithmetic.grid.figures[2, column].value for column in arithmetic.grid.columns] == [
        1_000_000 * Decimal(str(value)) for value in expected["values"]
    ]


@pytest.mark.parametrize(
    ("status", "line"), [("already_commissioned", 723), ("plan_in_place", 767)]
)
def test_the_services_that_are_or_will_be_commissioned(
    pack: Document, extract: dict[str, Any], status: str, line: int
) -> None:
    expected = extract["services_by_plan_status"][status]
    heading, *lines = rows(at(pack, line))
    assert heading[1:] == expected["timeline_columns_printed"]
    services = [
        name for directorate in ("DASH", "ChS", "BEC", "COACH") for name in expected[directorate]
    ]
    listed = [line[0] for line in lines if not line[0].isupper() or line[0] in services]
    assert [plain(name) for name in listed] == [plain(name) for name in services]


@pytest.mark.parametrize(
    ("status", "line", "columns"),
    [
        ("internal_service_review", 794, {"DASH": (0,), "ChS": (1,), "BEC": (2, 3), "COACH": (4,)}),
        ("internal_no_plans", 810, {"DASH": (0,), "ChS": (1,), "BEC": (2,), "COACH": (3,)}),
    ],
)
def test_the_services_that_stay_inside(
    pack: Document,
    extract: dict[str, Any],
    status: str,
    line: int,
    columns: dict[str, tuple[int, ...]],
) -> None:
    expected = extract["services_by_plan_status"][status]
    _, _, *lines = rows(at(pack, line))
    for directorate, places in columns.items():
        listed = [line[place] for line in lines for place in places if line[place]]
        assert sorted(map(plain, listed)) == sorted(map(plain, expected[directorate]))


def plain(name: str) -> str:
    """A service's name without the kind of its dashes."""
    return name.replace("–", "-")


def test_tables_know_their_page_where_the_text_kept_it(pack: Document) -> None:
    assert (at(pack, 619).page, at(pack, 619).heading) == (287, "Contracts over £50k")
    assert at(pack, 1395).page == 325
    assert at(pack, 711).page is None


# --- the audit ------------------------------------------------------------------------------------


def of_tables(pack: Document) -> list[Finding]:
    """What is found in tables and their sums; words are in test_pack_words.py."""
    return [one for one in audit(pack) if "AUD-12" <= one.code <= "AUD-39"]


def test_the_audit_finds_the_errors_of_the_pack_and_no_others(pack: Document) -> None:
    errors = [one for one in of_tables(pack) if one.severity.value != "note"]
    assert [
        (one.severity.value, one.code, one.place.line, one.place.row, one.place.column, one.printed)
        for one in errors
    ] == [
        ("error", "AUD-14", 201, 12, 4, "100"),  # 2016/17 in the total, 2017/18 in the detail
        ("error", "AUD-18", 713, 3, 7, "69%"),
        ("error", "AUD-18", 715, 5, 7, "21%"),
        ("error", "AUD-18", 715, 5, 11, "20%"),
        ("error", "AUD-13", 1641, 5, 6, "256"),  # O-RAG-02
    ]
    assert [one.expected for one in errors] == ["100 under 2017/18", "68%", "22%", "21%", "196"]
    assert all(one.confidence >= 0.9 for one in errors)


def test_the_one_error_in_the_grid_of_human_resources_names_its_consequence(pack: Document) -> None:
    message = next(one.message for one in audit(pack) if one.printed == "256")
    assert "The same 60 is why Total adds to 778 beside the printed 718" in message


def test_the_notes_on_the_pack_are_few_and_true(pack: Document) -> None:
    notes = [one for one in of_tables(pack) if one.severity.value == "note"]
    assert told(notes) == [
        ("note", "AUD-16", 3, 6),  # row totals of the schools grid left blank
        ("note", "AUD-19", 5, 5),  # 38% can arise
        ("note", "AUD-15", 7, 2),  # the slipped total row of human resources
        ("note", "AUD-16", 6, 4),  # the total of new savings left blank
    ]


def test_what_adds_up_in_the_pack_is_known_for_what_it_is(pack: Document) -> None:
    """Every relation that the audit relies on, by table and direction: none that is not one."""
    found = {
        (arithmetic.table.line, one.direction.value, one.total): one.parts
        for arithmetic in read_arithmetic(pack)
        for one in arithmetic.sums
    }
    assert found == {
        (182, "DOWN", 7): (3, 4, 5),
        (182, "ACROSS", 6): (3, 4, 5),
        (190, "DOWN", 6): (5,),
        (190, "DOWN", 12): (6,),
        (190, "ACROSS", 8): (5,),
        (242, "DOWN", 9): (3, 4, 5, 6, 7, 8),
        (242, "ACROSS", 8): (3, 4, 5, 6, 7),
        (258, "DOWN", 8): (5, 6, 7),
        (258, "ACROSS", 8): (3, 4, 5, 6, 7),
        (324, "DOWN", 9): (3, 4, 5, 6, 7, 8),
        (324, "ACROSS", 8): (3, 4, 5, 6, 7),
        (619, "ACROSS", 7): (2, 3, 4, 5, 6),
        (711, "DOWN", 7): (3, 4, 5, 6),
        (711, "DOWN", 9): (7, 8),
        (711, "ACROSS", 10): (2, 4, 6, 8),
        (849, "ACROSS", 6): (1, 2, 3, 4, 5),
        (957, "ACROSS", 6): (1, 2, 3, 4, 5),
        (1637, "DOWN", 7): (3, 5, 6),
        (1637, "ACROSS", 6): (3, 4, 5),
        (1647, "DOWN", 6): (4,),
        (1647, "DOWN", 12): (4,),
        (1647, "ACROSS", 8): (4, 5),
    }
