"""A paper's way into the ledger: uploaded, audited, reviewed, recorded, and revised."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from futurefit.ledger.entries import Account
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.ledger import operations
from tests.journeys.conftest import Traveller
from tests.site import people
from tests.site.papers.shelves import PAPER, SLIPPED, standing

OFFICE = Holder(9, "Programme office", frozenset({Holding(Role.PROGRAMME_OFFICE)}))
K = 1000_00


@pytest.fixture
def programme(server: str, tmp_path: Path, settings: Settings) -> None:
    """A programme with one project, its lead, and finance."""
    settings.HOME = tmp_path
    operations.set_programme(
        name="FutureFit 2020",
        council="Example County Council",
        first_year=2015,
        last_year=2019,
        open_from=2020,
        by=OFFICE,
    )
    operations.name_heading("project", "libraries", "Libraries", by=OFFICE)
    people.alice()
    people.bob()


@pytest.mark.usefixtures("programme")
def test_a_paper_from_upload_to_its_revision(traveller: Traveller, tmp_path: Path) -> None:
    given_a_lead_has_uploaded_a_paper(traveller, tmp_path)
    when_she_sees_what_was_found_in_it(traveller)
    and_she_accepts_its_line_beside_the_source(traveller)
    and_finance_records_it(traveller)
    then_the_figure_leads_back_to_its_cell(traveller)
    when_a_revised_paper_comes(traveller, tmp_path)
    and_finance_says_that_it_is_a_re_profile(traveller)
    then_the_ledger_has_slipped_by_what_the_paper_revised(traveller)


def _upload(traveller: Traveller, file: Path, **fields: str) -> None:
    traveller.page.locator('main [name="file"]').set_input_files(file)
    traveller.fill(about="project:libraries", restriction="OFFICERS", **fields)
    traveller.press("Upload and read it")


def given_a_lead_has_uploaded_a_paper(traveller: Traveller, folder: Path) -> None:
    file = folder / "reading-rooms.md"
    file.write_text(PAPER, encoding="utf-8")
    traveller.sign_in("alice", people.PASSWORD)
    traveller.open("/papers/")
    traveller.follow("Upload a paper")
    traveller.press("Upload and read it")
    traveller.sees("There is a problem", "Choose a file.")
    _upload(traveller, file)
    traveller.sees("reading-rooms.md is read.", "1 line, 1 still to decide")


def when_she_sees_what_was_found_in_it(traveller: Traveller) -> None:
    traveller.sees("AUD-", "199")
    row = traveller.page.locator("#findings ~ * table.figures tbody tr").first
    traveller.leave(row.get_by_role("link").first)
    assert "table=4" in traveller.page.url
    assert traveller.page.locator('main [aria-current="true"]').count() == 1
    traveller.page.go_back()


def and_she_accepts_its_line_beside_the_source(traveller: Traveller) -> None:
    traveller.follow("Reading rooms that open by themselves")
    traveller.sees("read as £40,000, 2016/17, amber", "Not in the ledger yet.", "To decide")
    traveller.follow("Decide on Reading rooms that open by themselves")
    traveller.press("Accept")
    traveller.sees("There is a problem", "Give the line a reference.")
    traveller.fill(ref="LIB-1", why="As agreed with the author")
    traveller.press("Accept")
    traveller.sees("1 accepted, not recorded yet", "Only the finance partner may set a target")


def and_finance_records_it(traveller: Traveller) -> None:
    traveller.sign_in("bob", people.PASSWORD)
    traveller.open("/papers/")
    traveller.follow("reading-rooms.md")
    traveller.follow("Reading rooms that open by themselves")
    traveller.follow("Record what is accepted")
    traveller.fill(effective_on="19/11/2015")
    traveller.press("See what it does")
    traveller.sees("Nothing is recorded yet", "Opened line LIB-1, a proposed saving")
    traveller.press("Record it")
    traveller.sees("Recorded as journal 1", "waits for a second person", "Recorded in journal 1")
    assert standing()["2017/18", Account.AMBER] == 60 * K


def then_the_figure_leads_back_to_its_cell(traveller: Traveller) -> None:
    traveller.open("/working/?in_tranche=PROPOSED&line=LIB-1&year=2018/19")
    traveller.sees("£25,000", "25")
    main = traveller.page.get_by_role("main")
    traveller.leave(main.locator('a[href^="/papers/of/"]').first)
    assert traveller.page.locator('main [aria-current="true"]').inner_text().startswith("25")


def when_a_revised_paper_comes(traveller: Traveller, folder: Path) -> None:
    file = folder / "reading-rooms-2.md"
    file.write_text(SLIPPED, encoding="utf-8")
    traveller.open("/papers/upload/")
    _upload(traveller, file)
    traveller.sees("This looks like a new version of reading-rooms.md")
    traveller.follow("Say so")
    traveller.press("Save")
    traveller.follow("Reading rooms that open by themselves")
    traveller.sees("Lines that have changed", "Changed since reading-rooms.md.", "changed")


def and_finance_says_that_it_is_a_re_profile(traveller: Traveller) -> None:
    traveller.follow("Decide on Reading rooms that open by themselves")
    traveller.sees("By its figures it looks like a re-profile.")
    traveller.press("Accept")
    traveller.sees("There is a problem", "Say what the change is.")
    traveller.fill(nature="RE_PROFILE")
    traveller.press("Accept")
    traveller.follow("Record what is accepted")
    traveller.press("See what it does")
    traveller.sees("Re-profiled", "£30,000")
    traveller.press("Record it")
    traveller.sees("Recorded as journal 2")


def then_the_ledger_has_slipped_by_what_the_paper_revised(traveller: Traveller) -> None:
    assert standing()["2016/17", Account.AMBER] == 10 * K
    assert standing()["2017/18", Account.AMBER] == 90 * K
    traveller.open("/lines/LIB-1/")
    traveller.sees("Read from", "reading-rooms-2.md")
    traveller.open("/papers/")
    traveller.sees("revises reading-rooms.md")
