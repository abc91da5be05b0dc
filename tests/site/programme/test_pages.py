"""Each page, for each who may open it: visitor, councillor, lead, finance partner, office."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from futurefit.site.accounts.models import AccessEvent
from futurefit.site.programme import models, operations
from tests.site.programme.worlds import World, holder

PUBLIC_PAGES = [
    "/",
    "/themes/",
    "/themes/open/",
    "/workstreams/desks/",
    "/projects/",
    "/projects/libraries/",
    "/projects/roads/",
    "/milestones/",
    "/risks/",
    "/findings/",
    "/search/?q=open",
    "/themes/open/history/",
    "/workstreams/desks/history/",
    "/projects/libraries/history/",
]
WRITING_PAGES = [
    "/projects/new/",
    "/projects/libraries/change/",
    "/projects/libraries/add/risk/",
    "/projects/libraries/add/fteimpact/",
    "/projects/libraries/sign-off/",
]


class Reader(HTMLParser):
    """What a page says, where it leads, and whether its headings step down one by one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.levels: list[int] = []
        self.identities: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if given.get("id"):
            self.identities.append(str(given["id"]))


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_a_visitor_reads_every_public_page(world: World, client: Client, address: str) -> None:
    world.milestone(world.theme, due_on=date(2016, 1, 1))
    page = text(client, address)
    read = Reader(page)
    assert read.levels[0] == 1
    assert read.levels.count(1) == 1
    assert all(
        after <= before + 1 for before, after in zip(read.levels, read.levels[1:], strict=False)
    )
    assert len(set(read.identities)) == len(read.identities)
    assert page.count("<script") == 1  # our own file, and nothing that was typed
    assert " style=" not in page.split("<svg")[0]


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_every_link_within_the_site_leads_to_a_page(
    world: World, alice: Client, address: str
) -> None:
    for href in Reader(text(alice, address)).links:
        parts = urlsplit(href)
        if parts.path and not parts.path.startswith("/static/"):
            resolve(parts.path)


@pytest.mark.parametrize("address", WRITING_PAGES)
def test_visitors_are_asked_to_sign_in_before_they_write(
    world: World, client: Client, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize("address", WRITING_PAGES)
def test_a_councillor_writes_nothing(world: World, client: Client, address: str) -> None:
    client.force_login(world.dan)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", WRITING_PAGES)
def test_alice_writes_about_her_project(world: World, alice: Client, address: str) -> None:
    assert text(alice, address)


@pytest.mark.parametrize("address", WRITING_PAGES[1:])
def test_charlie_does_not(world: World, charlie: Client, address: str) -> None:
    assert charlie.get(address).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/themes/nowhere/",
        "/workstreams/nowhere/",
        "/projects/nowhere/",
        "/projects/nowhere/history/",
        "/statements/risk/999/history/",
        "/statements/nonsense/1/history/",
        "/projects/?sort=colour",
    ],
)
def test_what_is_not_there_is_not_found(world: World, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_links_to_write_are_shown_to_who_may_follow_them(
    world: World, client: Client, alice: Client, bob: Client, charlie: Client
) -> None:
    for reader, may in ((client, False), (charlie, False), (alice, True), (bob, True)):
        page = text(reader, "/projects/libraries/")
        assert ("/projects/libraries/change/" in page) is may
        assert ("/projects/libraries/sign-off/" in page) is may
    assert "/projects/new/" not in text(client, "/projects/")
    assert "/projects/new/" in text(charlie, "/projects/")


# --- What pages say -----------------------------------------------------------------------------


def test_home_keeps_proposed_and_current_apart(world: World, client: Client) -> None:
    page = text(client, "/")
    proposed, current = page.index(">Proposed<"), page.index(">Current<")
    assert proposed < page.index("£0.100m") < current < page.index("£0.201m")
    assert "£0.301m" not in page
    assert page.count("<svg") == 2
    for word in ("Target", "Forecast", "Delivered", "Shortfall"):
        assert word in page


def test_home_tells_what_changed_what_is_due_and_what_does_not_hold(
    world: World, client: Client, alice: Client
) -> None:
    world.milestone(world.theme, what="Long overdue", due_on=date(2016, 1, 1))
    world.milestone(world.theme, what="Done already", due_on=date(2016, 1, 1), status="DONE")
    world.milestone(world.theme, what="Far away", due_on=date(2999, 1, 1))
    world.milestone(world.theme, what="Some day")
    world.printed("Amber", lines="LIB-1", amount_pence=1, printed="256")
    page = text(client, "/")
    assert "as the paper says" in page
    assert "Finance business partner" not in page  # visitors see what was done, not by whom
    assert page.index("Far away") < page.index("Long overdue")
    assert "Done already" not in page
    assert "1 outstanding without a date" in page
    assert "1 error" in page
    assert "Finance business partner" in text(alice, "/")


def test_home_is_shown_as_it_was(world: World, client: Client) -> None:
    before = text(client, "/?as_at=1/7/2015")
    assert "Figures as at 1 July 2015" in before
    assert "£0.100m" not in before
    wrong = text(client, "/?as_at=yesterday", status=400)
    assert "This is not a date" in wrong


def test_an_empty_site_says_so(db: None, client: Client) -> None:
    for address in ("/", "/themes/", "/projects/", "/milestones/", "/risks/", "/findings/"):
        text(client, address)
    assert "Nothing is recorded yet." in text(client, "/")


def test_a_theme_says_all_that_is_said_of_it(world: World, client: Client) -> None:
    office = holder(world.carol)
    for row in (
        models.SuccessMeasure(about=world.theme, what="Fewer", baseline="65%", target="80%-90%"),
        models.Dependency(about=world.theme, what="Roads too", on=world.roads.heading),
        models.SupportRequest(about=world.theme, what="Locks", line_ref="LIB-I", when="2016"),
        models.Fact(about=world.theme, what="Doors", printed="c. 99", source_page=7),
    ):
        operations.add(row, by=office)
    world.milestone(world.workstream, what="Desks bought", status="DONE", date_printed="Done May")
    world.risk(world.theme, likelihood=2, impact=5, mitigation="Spare keys")
    page = text(client, "/themes/open/")
    for words in (
        "A council that is open late",
        "More doors",
        "Head of Libraries",  # a post's title for its code
        "Head of Doors",
        "Shared desks",
        ">Fewer</a>; now 65%; aim 80%-90%",
        "Roads too: Roads",
        "line <a",
        "-£50,000",
        "c. 99",
        "page 7",
        "Desks bought",
        "“Done May”",
        ">10<",
        "Spare keys",
    ):
        assert words in page, words


def test_a_project_shows_every_field_of_its_paper(world: World, client: Client) -> None:
    project = world.libraries
    project.cmr_lead, project.slt_lead = "Cabinet Member lead", "Director of Doors"
    project.cmr_challenge = "First challenger\nSecond challenger"
    project.plan_area, project.purpose, project.outcomes = "Open for Business", "Why", "One\nTwo"
    project.base_budget_pence, project.base_budget_year = 590_000_000, "2015/16"
    project.base_budget_printed, project.base_budget_excludes = "£5.9m", "Recharges\nTransport"
    project.fte_now, project.investment_note = "12.50", "Left empty on the form"
    project.rag_comment, project.status_caveat = "Depends on keys", "Not approved"
    operations.revise(project, by=holder(world.carol), seen=None)
    operations.add(
        models.FteImpact(project=project, year="2016/17", change="-2.5"), by=holder(world.carol)
    )
    page = text(client, "/projects/libraries/")
    for words in (
        "Concept",
        "Further",
        "Open for Business",
        "Cabinet Member lead",
        "Second challenger",
        "Director of Doors",
        "Head of Libraries",
        "About libraries",
        "£5,900,000",
        "(printed £5.9m)",
        "without Recharges, Transport",
        "12.50",
        "2016/17: -2.50",
        "Left empty on the form",
        "-£50,000",
        "ongoing",
        "Depends on keys",
        "Not approved",
        "Current savings, in the plan already",
        "New savings (Further and New)",
        "Existing savings (Faster)",
        "Total savings",
    ):
        assert words in page, words


def test_the_papers_own_figure_stands_in_the_grid(world: World, client: Client) -> None:
    world.printed("Amber", lines="LIB-1", ratings="AMBER", amount_pence=1, printed="256")
    assert "printed: 256" in text(client, "/projects/libraries/")
    assert "the paper prints 256, the ledger has £196k" in text(client, "/findings/")


def test_projects_are_sorted_filtered_and_taken_away_as_shown(world: World, client: Client) -> None:
    shown = text(client, "/projects/?in_tranche=CURRENT&sort=-forecast")
    assert shown.index(">Libraries<") < shown.index(">Roads<")
    assert ">Roads<" not in text(client, "/projects/?q=council")
    taken = client.get("/projects/?in_tranche=CURRENT&sort=-forecast&format=csv")
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert [row["forecast_pence"] for row in rows] == ["19600000", "500000"]
    assert json.loads(client.get("/projects/?format=json").content)


def test_registers_list_all_and_say_what_is_late(world: World, client: Client) -> None:
    world.milestone(world.theme, what="Late", due_on=date(2016, 1, 31), date_printed="Jan 2016")
    world.risk(world.roads.heading, likelihood=5, impact=5, owner_post="head-libraries")
    page = text(client, "/milestones/")
    assert "31 Jan 2016" in page
    assert "overdue" in page
    risks = text(client, "/risks/")
    assert ">25<" in risks
    assert "Head of Libraries" in risks
    assert ">Roads<" in risks


# --- Restricted words, hostile words ------------------------------------------------------------


def test_restricted_words_are_nowhere_for_those_who_may_not_read_them(
    world: World, client: Client
) -> None:
    for reader in (client, Client()):
        for address in (*PUBLIC_PAGES, "/search/?q=LIB-3"):
            assert "Title of LIB-3" not in text(reader, address), address
        reader.force_login(world.dan)
    assert "70" in text(client, "/projects/libraries/")  # its pounds are in the totals


def test_reading_restricted_words_is_logged(world: World, alice: Client) -> None:
    assert "Title of LIB-3" in text(alice, "/projects/libraries/")
    assert "Title of LIB-3" in text(alice, "/search/?q=LIB-3")
    logged = AccessEvent.objects.filter(kind="READ_RESTRICTED").values_list("what", flat=True)
    assert list(logged) == ["Words of lines LIB-3"] * 2


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}=1+1"


def test_hostile_words_are_shown_as_they_were_typed(
    world: World, client: Client, alice: Client
) -> None:
    office = holder(world.carol)
    for words in (world.libraries, models.Theme.objects.get(), models.Workstream.objects.get()):
        for field in words._meta.get_fields():
            if field.get_internal_type() == "TextField" and not field.is_relation:
                setattr(words, field.name, EVIL)
        words.source_heading = EVIL
        operations.revise(words, by=office, seen=None, name=f"{words} {EVIL}", why=EVIL)
    part = world.libraries.heading
    milestone = world.milestone(part, what=EVIL, note=EVIL, date_printed=EVIL)
    world.risk(part, what=EVIL, mitigation=EVIL, area=EVIL, owner_post=EVIL)
    for row in (
        models.SuccessMeasure(about=part, what=EVIL, baseline=EVIL, target=EVIL),
        models.Dependency(about=part, what=EVIL, on=world.theme),
        models.SupportRequest(about=part, what=EVIL, when=EVIL, funding=EVIL),
        models.Fact(about=part, what=EVIL, printed=EVIL, note=EVIL),
        models.DocumentLink(about=part, document=world.document, title=EVIL),
        models.SignOff(
            project=world.libraries,
            role=EVIL,
            post_title=EVIL,
            signed_on=date(2016, 1, 1),
            note=EVIL,
        ),
    ):
        operations.add(row, by=office)
    world.printed(EVIL[:80], lines="LIB-1", amount_pence=1, printed=EVIL, advice=EVIL)
    own = [
        f"/statements/milestone/{milestone.pk}/",
        f"/statements/milestone/{milestone.pk}/history/",
    ]
    searched = f"/search/?q={EVIL[:20]}"
    for reader in (client, alice):
        for address in (*PUBLIC_PAGES, searched, own[1]):
            _holds_no_program(text(reader, address))
    for address in (*WRITING_PAGES, own[0]):
        _holds_no_program(text(alice, address))


def _holds_no_program(page: str) -> None:
    assert page.count("<script") == 1  # our own file, and nothing that was typed
    assert "<img" not in page
    assert "14=1+1" not in page


def test_hostile_words_are_harmless_in_files(world: World, client: Client) -> None:
    world.risk(world.theme, what="=1+1", mitigation="@SUM(A1)")
    taken = client.get("/risks/?format=csv").content.decode("utf-8-sig")
    assert "=1+1" in taken
    assert "\n=1+1" not in taken
    assert ",@SUM" not in taken


# --- History ------------------------------------------------------------------------------------


def test_history_tells_old_and_new_and_people_only_to_those_signed_in(
    world: World, client: Client, alice: Client
) -> None:
    world.libraries.purpose = "Read more"
    operations.revise(world.libraries, by=holder(world.bob), seen=None, why="Shorter")
    risk = world.risk(world.libraries.heading, what="Keys")
    risk.what = "Locks"
    operations.revise(risk, by=holder(world.bob), seen=None)
    operations.remove(risk, by=holder(world.bob), why="Said twice")
    visitors, hers = (text(reader, "/projects/libraries/history/") for reader in (client, alice))
    for words in ("Read more", "Shorter", "Keys", "Locks", "Said twice", "Purpose", "Risk"):
        assert words in visitors, words
    assert "Finance Business Partner" not in visitors
    assert "Finance Business Partner" in hers


def test_a_statement_has_a_history_of_its_own(world: World, client: Client) -> None:
    milestone = world.milestone(world.theme, what="Doors open")
    milestone.due_on = date(2016, 3, 31)
    operations.revise(milestone, by=holder(world.carol), seen=None)
    page = text(client, f"/statements/milestone/{milestone.pk}/history/")
    assert "2016-03-31" in page
    assert "Doors open" in page
