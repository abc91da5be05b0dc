"""Does the demonstration hold what the papers hold, every figure in its place?

Expected figures are published: the extract of the papers, and the papers' own text.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from futurefit.kernel.money import read_money
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import early, presentations
from futurefit.ledger.entries import Account, Fund, LineKind, Tranche
from futurefit.ledger.presentations import Scope
from futurefit.papers import readers
from futurefit.site.demo import papers
from futurefit.site.programme import controls
from tests.site.demo import books

DEMO = papers.read()
Cell = tuple[str, str, Account]


@pytest.fixture(scope="module")
def extract(shared: Path) -> dict[str, Any]:
    return books.extract(shared)


@pytest.fixture(scope="module")
def pack(shared: Path) -> list[str]:
    return (shared / books.PACK).read_text(encoding="utf-8").split("\n")


def themes(extract: dict[str, Any]) -> dict[str, Any]:
    return {theme["id"]: theme for theme in extract["themes"]}


def rated(line: str, grid: dict[str, Any], years: list[str]) -> Iterator[tuple[Cell, int]]:
    """The cells of a RAG grid in thousands of pounds."""
    for rating in ("green_delivered", "green_on_target", "amber", "red"):
        for year, amount in zip(years, grid[rating], strict=False):
            if year != "Total" and amount:
                yield (line, year, Account(rating.upper())), amount * 100_000


def spread_over(line: str, years: list[str], millions: list[float]) -> Iterator[tuple[Cell, int]]:
    """A profile in millions of pounds."""
    for year, amount in zip(years, millions, strict=True):
        if "otal" not in year and amount:
            yield (line, year, Account.UNRATED), round(amount * 100_000_000)


def asked_for(line: str, gbp: int) -> tuple[Cell, int]:
    """Support or investment without a year."""
    return (line, UNPROFILED, Account.UNRATED), -gbp * 100


def expected(extract: dict[str, Any]) -> Iterator[tuple[Cell, int]]:
    """Every amount that the demonstration must hold, from the extract alone."""
    found = themes(extract)
    send, hr = found["send-contract"], found["modernising-hr"]
    for line, paper in (("SEN", send), ("HR", hr)):
        current, proposed = paper["current_savings_grid"], paper["proposed_savings_grid"]
        yield from rated(f"{line}-1", current, current["columns"])
        yield from rated(f"{line}-2", proposed["new"], proposed["columns"])

    own = found["self-sufficient"]
    table = own["savings_table"]
    refs = ["SS-1a", "SS-1b", "SS-2", "SS-3", "SS-4", "SS-4-WME"]
    for line, row in zip(refs, table["rows"], strict=True):
        yield from spread_over(line, table["columns"], row["values"])
    support = own["support_requirements"]
    yield asked_for("SS-I1a", support[0]["one_off"]["gbp"])
    yield asked_for("SS-I1b", support[1]["recurrent"]["gbp"])
    yield asked_for("SS-I3", support[3]["one_off"]["gbp"])
    yield asked_for("SS-I4", support[4]["one_off"]["gbp"])
    estate = own["workstreams"][3]["resource_estimates"]
    yield asked_for("SS-I4c", estate[1]["gbp"])

    for line, theme in (("CSP-1", "commissioning"), ("AA-1", "active-alliances")):
        profile = found[theme]["savings_profile"]
        yield from spread_over(line, profile["columns"], profile["values"])
    yield asked_for("AA-I1", found["active-alliances"]["investment_one_off"]["gbp"])

    model = found["operating-model"]
    for line, saving in zip(("OM-1", "OM-3"), model["savings"][:2], strict=True):
        for year, share in saving["split"].items():
            yield (line, year, Account.UNRATED), round(saving["gbp"] * share * 100)
    for line, asked in zip(("OM-I1", "OM-I2", "OM-I3"), model["investments"], strict=True):
        yield asked_for(line, asked["gbp"])

    finance = found["finance"]
    for line, row in (
        ("FIN-1", "management_review_2016_17"),
        ("FIN-2", "other_on_track_to_2019_20"),
    ):
        yield (line, UNPROFILED, Account.UNRATED), finance[row]["gbp"] * 100


def test_every_figure_is_that_of_the_extract_and_none_is_wanting(extract: dict[str, Any]) -> None:
    held = {(f.line, f.year, f.account): f.amount_pence for f in DEMO.figures}
    assert held == dict(expected(extract))
    assert len(held) == len(DEMO.figures)


def test_the_ledger_holds_the_figures_and_nothing_else() -> None:
    held = {}
    for standing in books.ledger().at(DEMO.as_at).postings():
        posting = standing.posting
        if posting.account is not Account.TARGET:
            held[posting.line, posting.year, posting.account] = posting.amount_pence
    assert held == {(f.line, f.year, f.account): f.amount_pence for f in DEMO.figures}
    assert books.ledger().now.postings() == books.ledger().at(DEMO.as_at).postings()


def test_every_service_is_there_with_its_status(extract: dict[str, Any]) -> None:
    listed = extract["services_by_plan_status"]
    statuses = ("already_commissioned", "plan_in_place", "internal_service_review")
    wanted = {
        (directorate, name, status)
        for status in (*statuses, "internal_no_plans")
        for directorate in DEMO.directorates
        for name in listed[status][directorate]
    }
    assert {(s.directorate, s.name, s.status) for s in DEMO.services} == wanted
    assert len(DEMO.services) == len({service.code for service in DEMO.services}) == len(wanted)
    assert set(DEMO.directorates) == set(listed["directorates"])


def test_the_programme_runs_as_the_issue_says() -> None:
    assert DEMO.horizon.labels == (
        *("2015/16", "2016/17", "2017/18", "2018/19", "2019/20"),
        "2020/21+",
    )


# --- places ----------------------------------------------------------------------------------


def places() -> list[Provenance]:
    """Every place that the data files name in the pack."""
    pack = DEMO.documents[0].sha256
    named = [figure.place for figure in DEMO.figures]
    named += [control.place for control in DEMO.controls]
    named += [source.place for source in DEMO.sources]
    named += [remark.place for remark in DEMO.remarks]
    named += [
        part["place"] for paper in DEMO.papers for rows in paper.parts.values() for part in rows
    ]
    return [place for place in named if place.sha256 == pack]


def test_the_documents_are_those_that_were_read(shared: Path) -> None:
    read = [(shared / name).read_bytes() for name in (books.PACK, books.OUTTURN)]
    assert [d.sha256 for d in DEMO.documents] == [hashlib.sha256(each).hexdigest() for each in read]
    assert [d.name for d in DEMO.documents] == [Path(n).name for n in (books.PACK, books.OUTTURN)]


def bare(text: str) -> str:
    return text.replace("&amp;", "&").replace("–", "-")


def test_what_is_printed_stands_on_the_line_that_is_named(pack: list[str]) -> None:
    wrong = [
        place
        for place in places()
        if place.line is not None and bare(place.printed) not in bare(pack[place.line - 1])
    ]
    assert wrong == []


def test_every_cell_is_the_one_that_the_reader_of_papers_finds(shared: Path) -> None:
    document = readers.read_file(shared / books.PACK)
    cells = {
        (table.index, cell.row, cell.column): cell
        for table in document.tables
        for cell in table.cells
    }
    for place in places():
        if place.column is not None and place.row is not None and place.table is not None:
            cell = cells[place.table, place.row, place.column]
            assert cell.line == place.line
            assert place.printed in cell.text


def test_every_figure_and_every_control_total_is_what_is_printed() -> None:
    printed = [(figure.amount_pence, figure.place) for figure in DEMO.figures]
    printed += [
        (control.amount_pence, replace(control.place, printed=control.printed))
        for control in DEMO.controls
    ]
    for amount, place in printed:
        unit = Unit.MILLIONS if place.table in (9, 10, 11) else Unit.THOUSANDS
        texts = place.printed.replace("in excess of ", "").split(" + ")
        # Of one cell a control takes the part that the cell names: '190 (inc. 90 …)'.
        named = [text.partition(" (inc. ")[2 * (len(texts) > 1)] or text for text in texts]
        amounts = [read_money(text.split(" ASC")[0], unit).pence or 0 for text in named]
        whole = abs(sum(amounts))
        # A sum that is split equally over two years is printed once.
        assert abs(amount) in (whole, whole // 2), place


def test_pages_are_those_of_the_extract(extract: dict[str, Any]) -> None:
    found = themes(extract)
    pages = {figure.line: figure.place.page for figure in DEMO.figures}
    assert pages["CSP-1"] == found["commissioning"]["savings_profile"]["loc"]["page"] == 287
    slide = next(control for control in DEMO.controls if control.check == "hr-slide")
    assert slide.place.page == found["modernising-hr"]["slide_saving"]["page"]


# --- what it comes to ------------------------------------------------------------------------

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21+")


def millions(row: presentations.Row) -> tuple[float, ...]:
    return (*(amount / 100_000_000 for amount in row.amounts), row.total / 100_000_000)


def proposed(*dimensions: str, **narrower: Any) -> presentations.Presentation:
    position = books.ledger().at(DEMO.as_at)
    return presentations.by(
        position, *dimensions, scope=Scope(**narrower), years=DEMO.horizon.labels
    )


def test_the_themes_come_to_what_the_papers_propose() -> None:
    # O-SAV-05. Investment has no year, so it stands outside these totals.
    shown = proposed("theme")
    totals = {row.codes[0]: row.total for row in shown.rows()}
    assert totals == {
        "self-sufficient": 1_036_900_000,
        "commissioning": 265_000_000,
        "active-alliances": 40_000_000,
        "operating-model": 150_000_000,
        "send-contract": 10_000_000,
        "modernising-hr": 10_000_000,
    }
    assert millions(shown.total()) == (0, 3.199, 3.320, 4.050, 3.900, 0.650, 15.119)


def test_savings_and_funding_stand_beside_each_other() -> None:
    shown = {row.codes[0]: millions(row) for row in proposed("kind").rows()}
    assert shown[LineKind.FUNDING] == (0, 0.819, 2.500, 1.950, 2.100, 0, 7.369)
    assert shown[LineKind.SAVING] == (0, 2.380, 0.820, 2.100, 1.800, 0.650, 7.750)


def test_the_plan_shows_the_self_sufficient_council_as_its_paper_does(
    extract: dict[str, Any],
) -> None:
    # O-SAV-02.
    printed = themes(extract)["self-sufficient"]["mtfp_presentation"]
    shown = presentations.mtfp(
        books.ledger().at(DEMO.as_at),
        Scope(only=(("theme", "self-sufficient"),)),
        years=DEMO.horizon.labels,
    )
    named = {DEMO.mtfp_headings.get(row.codes[0], ""): millions(row) for row in shown.rows()}
    for row in printed["rows"]:
        *by_year, total = row["values"]
        assert named[row["name"]] == (*by_year, 0, total)
    *by_year, total = printed["total"]
    assert millions(shown.total()) == (*by_year, 0, total)


@pytest.mark.parametrize(
    ("line", "paper"), [("SEN-1", "send-contract"), ("HR-1", "modernising-hr")]
)
def test_the_current_grids_are_the_papers_cell_by_cell(
    line: str, paper: str, extract: dict[str, Any]
) -> None:
    grid = themes(extract)[paper]["current_savings_grid"]
    scope = Scope(tranche=Tranche.CURRENT, only=(("project", paper),))
    years = grid["columns"][:-1]
    shown = presentations.rag_grid(books.ledger().at(DEMO.as_at), scope, years)
    by_rating = {row.codes[0].lower(): row.amounts for row in shown.rows()}
    columns = [shown.years.index(year) for year in years]
    for rating in ("green_delivered", "green_on_target", "amber", "red"):
        printed = [(amount or 0) * 100_000 for amount in grid[rating]][: len(years)]
        assert [by_rating[rating][place] for place in columns] == printed
    assert shown.total().total == grid["total"][-1] * 100_000


def test_current_and_proposed_are_never_added() -> None:
    current = proposed("theme", tranche=Tranche.CURRENT).total()
    assert (current.total, current.unprofiled) == (317_300_000, 50_700_000)
    with pytest.raises(ValueError, match="never added"):
        proposed("theme", tranche=None)


def test_support_asked_for_stands_outside_the_years() -> None:
    shown = proposed("kind", kind=LineKind.INVESTMENT).total()
    assert (shown.total, shown.unprofiled) == (0, -280_000_000)
    approved = proposed("kind", tranche=Tranche.CURRENT, fund=Fund.RESERVE).total()
    assert approved.unprofiled == -85_000_000


def test_a_line_that_is_only_words_has_no_amount() -> None:
    lines = {line.ref: line for paper in DEMO.papers for line in paper.lines}
    without = set(lines) - {figure.line for figure in DEMO.figures}
    assert {ref: lines[ref].printed_note for ref in without} == {
        "OM-2": "marginal",
        "SS-I4b": "c£250k",
    }


# --- what the papers say against themselves --------------------------------------------------


def test_every_printed_total_is_borne_out_but_three() -> None:
    # O-RAG-02, and the two years that the papers print elsewhere than their own detail.
    found = controls.findings(controls.tested(books.ledger(), DEMO.controls))
    assert [(f.place.line, f.printed, f.expected, f.difference) for f in found] == [
        (201, "100", "£0k", "£100k"),
        (1641, "256", "£196k", "£60k"),
        (1391, "£30K; £70K", "£0k; £30k", "£30k; £40k"),
    ]
    assert all(finding.advice for finding in found)


def test_every_printed_total_of_the_tables_is_tested() -> None:
    tested = {
        (control.place.table, control.place.row, control.place.column) for control in DEMO.controls
    }
    figures = {(f.place.table, f.place.row, f.place.column) for f in DEMO.figures}
    assert {table for table, _, _ in tested if table} == {6, 7, 9, 10, 11, 18, 29, 30, 46, 47}
    # No figure of a table is its own control.
    assert tested & figures == {(None, None, None)}


def test_a_saving_that_is_delivered_before_its_year_is_asked_about() -> None:
    (found,) = early.check_delivered_early(books.ledger().at(DEMO.as_at))
    assert "£318,000 of 2016/17" in found.message
