"""Are the reports the same in every file, and are their figures the ledger's? (rule RPT-01)

Every file is opened again: Word, Excel, web page and PDF by the readers of papers, PDF also by
PDFium. Each figure is compared with sums of the ledger's postings made here, not with the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from futurefit.kernel.money import print_money
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Unit
from futurefit.ledger import acts
from futurefit.ledger.entries import Account, LineAttributes, Tranche
from futurefit.ledger.state import Position
from futurefit.papers import readers
from futurefit.papers.audit import audit
from futurefit.papers.document import Table
from futurefit.site.accounts.models import AccessEvent
from futurefit.site.ledger import queries
from futurefit.site.programme.models import MilestoneStatus
from tests.publishing.pdf_reading import tags, words
from tests.site.ledger.books import BOB, CAROL, LATER, OPENED
from tests.site.programme.worlds import World

READ = ("docx", "xlsx", "html")
FORMATS = (*READ, "pdf")
SPAN = f"since={OPENED}&until={LATER}"
YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21+")
RATINGS = {rag.word: Account(rag.value) for rag in Rag}
Rows = list[list[str]]
Sums = dict[tuple[str, str], int]
"""Pence by year and account."""


@pytest.fixture
def moved(world: World) -> World:
    """The small programme, after a re-rating, a new estimate and a withdrawal."""
    world.post(
        acts.re_rate(
            "LIB-1",
            {"2017/18": 56_000_00},
            from_rating=Account.AMBER,
            to_rating=Account.RED,
            on=LATER,
        ),
        acts.re_estimate("LIB-1", {"2016/17": -15_000_00}, rating=Account.AMBER, on=LATER),
        acts.withdraw("LIB-2", {"2016/17": 12_000_00}, from_rating=Account.RED, on=LATER),
    )
    world.milestone(world.libraries.heading, what="Doors open", due_on=date(2015, 10, 31))
    world.milestone(
        world.libraries.heading,
        what="Doors painted",
        status=MilestoneStatus.DONE,
        due_on=date(2015, 9, 30),
    )
    world.milestone(world.roads.heading, what="Road laid", due_on=date(2016, 1, 31))
    world.risk(world.libraries.heading, what="Keys are lost", likelihood=4, impact=5)
    return world


def taken(client: Client, name: str, form: str, span: str = SPAN) -> bytes:
    answer = client.get(f"/reports/{name}/?{span}&format={form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    return bytes(answer.content)


def tables(form: str, written: bytes) -> list[Rows]:
    """Every table of a written report, by its heading row's first cell and rows of cells."""
    document = readers.read(f"report.{form}", written)
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows: dict[int, dict[int, str]] = defaultdict(dict)
            for cell in block.cells:
                rows[cell.row][cell.column] = " ".join(cell.text.split())
            wide = max(place for row in rows.values() for place in row)
            found.append(
                [[row.get(place, "") for place in range(1, wide + 1)] for row in rows.values()]
            )
    return found


def headed(found: list[Rows], title: str, *more: str) -> list[Rows]:
    """The tables whose heading row starts so, without that row."""
    return [
        rows[1:]
        for rows in found
        if [cell.partition(" (")[0] for cell in rows[0]][: 1 + len(more)] == [title, *more]
    ]


def pounds(pence: int) -> str:
    return print_money(pence, Unit.THOUSANDS)


def posted(
    position: Position, tranche: Tranche, wanted: Callable[[str], bool]
) -> dict[tuple[str, str], int]:
    """Pence by (year, account) on the lines of a tranche, each posting added here."""
    sums: Sums = defaultdict(int)
    lines = [ref for ref, line in position.lines.items() if line.tranche is tranche and wanted(ref)]
    for standing in position.postings(lines=lines):
        sums[standing.posting.year, standing.posting.account] += standing.posting.amount_pence
    return sums


def whole(sums: Sums, *accounts: str) -> int:
    return sum(
        pence for (year, account), pence in sums.items() if year in YEARS and account in accounts
    )


def measures(sums: Sums) -> list[str]:
    """Target, forecast, delivered, amber, red and shortfall, as a report prints them."""
    forecast, target = whole(sums, *RATINGS.values()), -whole(sums, "TARGET")
    return [
        pounds(pence)
        for pence in (
            target,
            forecast,
            whole(sums, "GREEN_DELIVERED"),
            whole(sums, "AMBER"),
            whole(sums, "RED"),
            target - forecast,
        )
    ]


def grid(sums: Sums) -> Rows:
    """The ratings by year with their totals; a cell in which nothing stands is empty."""
    rows = []
    for word, account in RATINGS.items():
        cells = [sums.get((year, account), 0) for year in YEARS]
        if any(cells):
            rows.append([word, *(pounds(c) if c else "" for c in cells), pounds(sum(cells))])
    return rows


@pytest.mark.parametrize("form", READ)
def test_the_programme_report_holds_the_figures_of_the_ledger_in_every_file(
    form: str, moved: World, client: Client
) -> None:
    """RPT-01, RPT-02. A visitor's: the pounds of the line that is for officers are in it."""
    written = taken(client, "programme", form)
    found = tables(form, written)
    ledger = queries.current_ledger()
    now, before = ledger.at(LATER), ledger.at(OPENED)
    for place, tranche in enumerate((Tranche.CURRENT, Tranche.PROPOSED)):
        every = posted(now, tranche, lambda ref: True)
        # What it comes to: the net total.
        by_kind = headed(found, "Kind", "Target", "Forecast", "Delivered")[place]
        assert by_kind[-1][:7] == ["Net total", *measures(every)]
        # Ratings by year: each cell, each total.
        ratings = headed(found, "RAG", "2016/17")[place]
        printed = [row[:7] for row in ratings if any(row[1:7]) and row[0] in RATINGS]
        assert printed == grid(every)
        # Movement: where it opens and where it closes.
        steps = headed(found, "Step", "2016/17")[place]
        opening = whole(posted(before, tranche, lambda ref: True), *RATINGS.values())
        assert (steps[0][0], steps[0][-1]) == ("1 August 2015", pounds(opening))
        assert (steps[-1][0], steps[-1][-1]) == (
            "19 November 2015",
            pounds(whole(every, *RATINGS.values())),
        )
        # Bridge: target, forecast and delivered.
        bridge = {row[0]: row[-1] for row in headed(found, "Step", "Amount")[place]}
        target, forecast, delivered, *_ = measures(every)
        assert (bridge["Target now"], bridge["Forecast"], bridge["Delivered"]) == (
            target,
            forecast,
            delivered,
        )
        # By theme, each row.
        themes = headed(found, "Theme", "Target")[place]
        for row in themes:
            if row[0] in ("Open council", "Roads"):
                code = {"Open council": "libraries", "Roads": "roads"}[row[0]]
                own = posted(now, tranche, lambda ref, code=code: now.lines[ref].project == code)
                assert row[1:7] == measures(own)
        assert themes[-1][:7] == ["Net total", *measures(every)]
    (overdue,) = [
        rows
        for rows in headed(found, "Milestone")
        if "Days late" in str(rows) or rows[0][-1] == "19"
    ]
    assert overdue == [["Doors open", "Libraries", "31 Oct 2015", "19"]]
    assert any("20" in row for rows in headed(found, "Risk") for row in rows)


@pytest.mark.parametrize("form", READ)
def test_the_tracker_holds_each_projects_pounds_the_reddest_first(
    form: str, moved: World, client: Client
) -> None:
    """RPT-01, RPT-07"""
    found = headed(tables(form, taken(client, "tracker", form)), "Project or theme")
    now = queries.current_ledger().at(LATER)
    for place, (tranche, names) in enumerate(
        {Tranche.CURRENT: ["Libraries", "Roads"], Tranche.PROPOSED: ["Libraries"]}.items()
    ):
        rows = found[place]
        assert [row[0].removesuffix(" Open council") for row in rows] == [*names, "Total"]
        for row, code in zip(rows, [*(name.lower() for name in names), ""], strict=True):
            own = posted(now, tranche, lambda ref, code=code: code in ("", now.lines[ref].project))
            assert row[3:6] == [
                pounds(whole(own, *RATINGS.values())),
                pounds(whole(own, "RED")),
                pounds(whole(own, "AMBER")),
            ]
    assert found[0][0][1:3] == ["Red", "Amber"]
    assert found[0][0][6] == "Head of Libraries"
    assert found[0][0][7] == "Doors open"
    assert found[0][0][9] == "Estimated anew £15k less; Red £56k more; Amber £71k less"
    assert found[1][0][9] == "Withdrawn £12k less; Red £12k less"


def test_what_a_theme_holds_outside_its_projects_is_tracked_too(
    moved: World, client: Client
) -> None:
    """RPT-07"""
    moved.add(
        "OPEN-1",
        LineAttributes(theme="open", tranche=Tranche.CURRENT),
        Account.RED,
        {"2016/17": 8_000_00},
    )
    found = headed(tables("docx", taken(client, "tracker", "docx")), "Project or theme")[0]
    row = next(row for row in found if row[0].startswith("Open council"))
    assert row[0] == "Open council theme, outside its projects"
    assert (row[1], row[3:6]) == ("Red", ["8", "8", "0"])
    assert [int(row[3]) for row in found] == [181, 8, 5, 194]


@pytest.mark.parametrize("form", READ)
def test_restricted_words_are_left_out_and_their_pounds_stay(
    form: str, moved: World, client: Client, carol: Client
) -> None:
    """RPT-01, RPT-06"""
    now = queries.current_ledger().at(LATER)
    hidden = posted(now, Tranche.PROPOSED, lambda ref: ref == "LIB-3")
    every = posted(now, Tranche.PROPOSED, lambda ref: now.lines[ref].project == "libraries")
    for name in ("projects/libraries", "themes/open"):
        written = taken(client, name, form)
        lines = headed(tables(form, written), "Line")[1]
        rows = {row[0]: row for row in lines}
        assert "LIB-3" not in rows
        amounts = [pounds(whole(hidden, *RATINGS.values())), pounds(-whole(hidden, "TARGET"))]
        assert [cell for cell in rows["Restricted lines"] if cell][1:3] == amounts
        total = next(row for row in lines if row[0] == "Net total")
        assert pounds(whole(every, *RATINGS.values())) in total
        text = " ".join(cell for table in tables(form, written) for row in table for cell in row)
        assert "Title of LIB-3" not in text
        assert "Title of LIB-2" in text
    office = tables(form, taken(carol, "projects/libraries", form))
    assert any("LIB-3" in row[0] for rows in headed(office, "Line") for row in rows)
    event = AccessEvent.objects.latest("pk")
    assert "LIB-3" in str(vars(event))


def test_a_pdf_holds_the_figures_of_the_ledger_in_order(moved: World, client: Client) -> None:
    """PUB-09, RPT-01. As PDFium reads it: each row of figures, one after the other."""
    written = taken(client, "programme", "pdf")
    kinds = [kind for kind, _ in tags(written)]
    assert kinds.count("H1") == 1
    assert kinds.count("Figure") == 4  # the bridge and the ratings, current and proposed
    text = " ".join(words(written))
    tracker = " ".join(words(taken(client, "tracker", "pdf")))
    lines = " ".join(words(taken(client, "projects/libraries", "pdf")))
    ledger = queries.current_ledger()
    now, before = ledger.at(LATER), ledger.at(OPENED)
    for tranche in (Tranche.CURRENT, Tranche.PROPOSED):
        every = posted(now, tranche, lambda ref: True)
        assert " ".join(["Net total", *measures(every)]) in text
        for row in grid(every):
            assert " ".join(cell for cell in row if cell) in text
        target, forecast, delivered, amber, red, _ = measures(every)
        for row in (f"Target now {target}", f"Forecast {forecast}", f"Delivered {delivered}"):
            assert row in text
        opening = posted(before, tranche, lambda ref: True)
        for day, sums in (("1 August 2015", opening), ("19 November 2015", every)):
            first, second = (
                pounds(sum(sums.get((year, rating), 0) for rating in RATINGS.values()))
                for year in YEARS[:2]
            )
            whole_plan = pounds(whole(sums, *RATINGS.values()))
            assert f"{day} {first} {second} {whole_plan}" in text
        assert f"Total {forecast} {red} {amber}" in tracker
        for ref in ("LIB-1", "LIB-2"):
            if now.lines[ref].tranche is tranche:
                own = measures(posted(now, tranche, lambda one, ref=ref: one == ref))
                assert f"{own[1]} {own[0]}" in lines.partition(f"{ref} Title of {ref}")[2][:60]
    assert "Restricted lines 70 70" in lines
    assert "Title of LIB-3" not in lines
    assert f"Ledger head: {queries.head()}" in text


@pytest.mark.parametrize("form", FORMATS)
def test_our_own_reports_pass_our_own_audit(form: str, moved: World, client: Client) -> None:
    for name in ("programme", "tracker", "themes/open", "projects/libraries"):
        document = readers.read(f"report.{form}", taken(client, name, form))
        wrong = [f.message for f in audit(document) if f.severity != "note"]
        assert wrong == []


def test_a_page_shows_the_report_with_figures_that_lead_to_their_working(
    moved: World, client: Client
) -> None:
    page = client.get(f"/reports/projects/libraries/?{SPAN}").content.decode()
    assert "highlight report, 19 November 2015" in page
    assert f"as_at={LATER}" in page
    assert 'href="/bridge/between/working/?' in page
    assert f"?since={OPENED}&amp;until={LATER}&amp;format=docx" in page


def test_a_report_of_a_named_position_is_the_same_later(moved: World, client: Client) -> None:
    """RPT-01: what is recorded afterwards changes nothing of it."""
    from futurefit.site.ledger import operations

    operations.name_baseline("As adopted", as_at=OPENED, by=CAROL)
    before = tables("docx", taken(client, "tracker", "docx", "since=0&until=As adopted"))
    moved.post(
        acts.re_estimate("LIB-1", {"2016/17": -1_000_00}, rating=Account.AMBER, on=LATER), by=BOB
    )
    assert tables("docx", taken(client, "tracker", "docx", "since=0&until=As adopted")) == before
    page = client.get("/reports/tracker/").content.decode()
    assert "are compared with As adopted" in page


def test_the_list_offers_every_report_in_every_format_at_the_chosen_positions(
    moved: World, client: Client
) -> None:
    page = client.get(f"/reports/?{SPAN}").content.decode()
    for name in ("programme", "tracker", "themes/open", "projects/libraries", "projects/roads"):
        assert f'href="/reports/{name}/?since={OPENED}&amp;until={LATER}"' in page
        for form in FORMATS:
            assert f"/reports/{name}/?since={OPENED}&amp;until={LATER}&amp;format={form}" in page


def test_what_is_not_there_is_refused(moved: World, client: Client) -> None:
    assert client.get("/reports/themes/none/").status_code == 404
    assert client.get("/reports/programme/?format=csv").status_code == 404
    assert client.get("/reports/programme/?until=yesterday").status_code == 400
    assert client.get("/reports/?since=yesterday").status_code == 400


def test_what_waits_is_for_officers(moved: World, client: Client, bob: Client) -> None:
    """RPT-02"""
    assert "Nothing is waiting" in client.get("/reports/programme/").content.decode()
