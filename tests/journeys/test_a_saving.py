"""A saving's life: from an idea to money that is delivered, by the people who live it."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.ledger import models, operations, queries
from tests.journeys.conftest import Traveller
from tests.site import people

OFFICE = Holder(9, "Programme office", frozenset({Holding(Role.PROGRAMME_OFFICE)}))


@pytest.fixture
def programme(server: str) -> None:
    """A programme with one theme, a lead for it, and finance."""
    operations.set_programme(
        name="FutureFit 2020",
        council="Example County Council",
        first_year=2015,
        last_year=2019,
        open_from=2020,
        by=OFFICE,
    )
    operations.name_heading("theme", "places", "Places and people", by=OFFICE)
    operations.name_heading("directorate", "BEC", "Business and environment", by=OFFICE)
    people.person("lead", "Head of Libraries", Holding(Role.PROJECT_LEAD, "theme", "places"))
    people.bob()


@pytest.mark.usefixtures("programme")
def test_a_saving_from_idea_to_delivery(traveller: Traveller, tmp_path: Path) -> None:
    given_a_lead_has_created_a_project_with_a_line(traveller)
    when_finance_sets_its_target(traveller)
    and_the_lead_re_rates_it(traveller)
    and_part_of_it_slips(traveller)
    and_the_lead_proposes_that_part_is_delivered(traveller)
    and_finance_accepts_the_delivery(traveller)
    then_the_bridge_tells_the_story(traveller)
    and_every_figure_leads_to_its_working(traveller)
    and_a_workbook_says_the_same(traveller, tmp_path)
    and_all_totals_are_those_of_the_ledger(traveller)


def given_a_lead_has_created_a_project_with_a_line(traveller: Traveller) -> None:
    traveller.sign_in("lead", people.PASSWORD)
    traveller.open("/projects/")
    traveller.open("/projects/new/")
    parent = models.Heading.objects.get(dimension="theme", code="places")
    traveller.fill(name="Libraries fit for 2020", code="libraries", parent=str(parent.pk))
    traveller.press("Create the project")
    traveller.sees("Libraries fit for 2020")
    traveller.follow("Add a line")
    traveller.fill(
        ref="LIB-1",
        title="Fewer desks",
        narrative="Self-service takes the place of desks",
        directorate="BEC",
        why="The concept paper of August 2015",
    )
    traveller.press("See what it does")
    traveller.sees("Nothing is recorded yet", "Opened line LIB-1, a proposed saving")
    traveller.press("Confirm")
    traveller.sees("Done: recorded as journal 1", "LIB-1 Fewer desks")


def when_finance_sets_its_target(traveller: Traveller) -> None:
    traveller.sign_in("bob", people.PASSWORD)
    traveller.open("/lines/LIB-1/")
    traveller.follow("Set a target")
    traveller.press("See what it does")
    traveller.sees("There is a problem", "Enter an amount for at least one year.")
    traveller.fill(rating="UNRATED", amount_1="100k", amount_2="£50,000", why="As costed")
    traveller.press("See what it does")
    traveller.sees("£100,000", "£150,000", "Balance (nought on both sides)")
    traveller.press("Confirm")
    traveller.sees("Done: recorded as journal 2")


def and_the_lead_re_rates_it(traveller: Traveller) -> None:
    traveller.sign_in("lead", people.PASSWORD)
    traveller.open("/lines/LIB-1/")
    traveller.follow("Re-rate")
    traveller.fill(
        from_rating="UNRATED", to_rating="AMBER", amount_1="all", why="A plan exists, at risk"
    )
    traveller.press("See what it does")
    traveller.sees("£100,000 of 2016/17 from unrated to amber")
    traveller.press("Change something")
    traveller.fill(why="A plan exists, but it is at risk")
    traveller.press("See what it does")
    traveller.press("Confirm")
    traveller.sees("Done: recorded as journal 3")


def and_part_of_it_slips(traveller: Traveller) -> None:
    traveller.follow("Slip or bring forward")
    traveller.fill(
        rating="AMBER",
        from_year="2016/17",
        to_year="2017/18",
        amount="60k",
        why="The lease runs longer",
    )
    traveller.press("See what it does")
    traveller.sees("£60,000, amber, from 2016/17 to 2017/18")
    traveller.press("Confirm")
    traveller.sees("Done: recorded as journal 4")


def and_the_lead_proposes_that_part_is_delivered(traveller: Traveller) -> None:
    traveller.follow("Deliver")
    traveller.fill(
        from_rating="AMBER",
        amount_1="41k",
        evidence="VIREMENT",
        evidence_reference="BV-0412",
        why="Two desks are closed",
    )
    traveller.press("See what it does")
    traveller.sees("There is a problem", "Move no more than is left")
    traveller.fill(amount_1="40k")
    traveller.press("See what it does")
    traveller.press("Propose it to finance")
    traveller.sees("waits for a second person")


def and_finance_accepts_the_delivery(traveller: Traveller) -> None:
    traveller.sign_in("bob", people.PASSWORD)
    traveller.open("/waiting/")
    traveller.follow("Proposal 1")
    traveller.sees("£40,000 of 2016/17 from amber to green delivered", "Two desks are closed")
    traveller.press("Accept")
    traveller.sees("Accepted: recorded as journal 5")


def then_the_bridge_tells_the_story(traveller: Traveller) -> None:
    traveller.open("/bridge/")
    traveller.sees("Original target", "Forecast", "Delivered", "150", "40")
    for path in (
        "/grid/",
        "/mtfp/",
        "/by/project/",
        "/by/theme/rag/",
        "/lines/",
        "/figures/",
        "/changes/?since=1",
        "/double-counting/",
        "/journals/",
        "/journals/4/",
        "/",
    ):
        traveller.open(path)


def and_every_figure_leads_to_its_working(traveller: Traveller) -> None:
    traveller.open("/lines/LIB-1/")
    row = traveller.page.get_by_role("row", name="Green delivered")
    traveller.leave(row.get_by_role("link").first)
    traveller.sees("£40,000", "is the sum of 1 posting", "Delivered", "Two desks are closed")
    traveller.follow("5")
    traveller.sees("Journal 5", "from amber to green delivered", "Checked by")


def and_a_workbook_says_the_same(traveller: Traveller, tmp_path: Path) -> None:
    traveller.open("/lines/?in_tranche=PROPOSED&in_fund=REVENUE")
    with traveller.page.expect_download() as waiting:
        traveller.page.get_by_role("link", name="Excel").first.click()
    file = tmp_path / "lines.xlsx"
    waiting.value.save_as(file)
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    heading = next(row for row in rows if "Line" in row)
    line = next(row for row in rows if "LIB-1" in row)
    forecast = next(
        place for place, title in enumerate(heading) if str(title).startswith("Forecast")
    )
    assert line[forecast] in (150, 150_000)


def and_all_totals_are_those_of_the_ledger(traveller: Traveller) -> None:
    now = queries.current_ledger().now
    held = {standing.posting.year: 0 for standing in now.postings(lines=["LIB-1"])}
    assert held, "the browser's changes are in the ledger"
    for path in ("/lines/", "/by/theme/", "/by/project/", "/mtfp/", "/grid/"):
        traveller.open(path)
        total = traveller.page.get_by_role("row", name="Net total").first.inner_text()
        assert "150" in total, path
    traveller.open("/verify/")
    traveller.press("Verify now")
    traveller.sees("All 5 journals stand as they were written")
