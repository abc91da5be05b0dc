"""Forms and data returns: away, filled in by other hands, and back."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger.classing import class_anew, in_force
from futurefit.ledger.entries import Account, EntryKind, LineAttributes, Restriction, Tranche
from futurefit.ledger.revising import held
from futurefit.ledger.rights import Role
from futurefit.site.accounts import queries as accounts
from futurefit.site.accounts.holders import Holding
from futurefit.site.accounts.models import User
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import models
from futurefit.site.programme.operations import round_trips as recording
from futurefit.site.programme.queries import round_trips
from tests.site import people
from tests.site.ledger.books import OPENED
from tests.site.programme.filling import AMOUNTS, OWNERS, SLIPS, cell, rewritten, written
from tests.site.programme.worlds import SIGNED

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.site.programme.worlds import World

pytestmark = pytest.mark.django_db

WORD = "word/document.xml"


def bring(client: Client, name: str, data: bytes) -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    return client.post("/returns/bring/", {"file": file}, follow=True)


def page(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def confirm(client: Client, shown: HttpResponse, **said: object) -> HttpResponse:
    """Post the form of a return's page, accepting what stands ticked there."""
    text = shown.content.decode()
    address = shown.redirect_chain[-1][0]
    seen = re.search(r'name="seen" value="([^"]+)"', text)
    ticked = [
        found[1].replace("&amp;", "&")
        for found in re.finditer(r'name="taken" value="([^"]*)" id="[^"]*" checked', text)
    ]
    assert seen is not None
    natures = re.findall(r'name="(nature-\d+)".*?value="([A-Z_]*)" selected', text, re.S)
    data = {"on": "19/11/2015", "why": "Came back", "seen": seen[1], "taken": ticked}
    data |= {**dict(natures), **said}
    return client.post(address, data, follow=True)


def test_a_form_that_was_not_changed_has_nothing_to_take(world: World, alice: Client) -> None:
    """TRP-01, TRP-03."""
    world.milestone(world.libraries.heading)
    world.risk(world.libraries.heading, likelihood=3, owner_post="head-libraries")
    form = alice.get("/projects/libraries/form.docx")
    assert form.status_code == 200
    back = bring(alice, "form.docx", form.content)
    assert "there is nothing to take" in page(back)


def test_what_was_changed_on_paper_is_taken_and_nothing_else(world: World, alice: Client) -> None:
    """TRP-03, TRP-07: words, a new row, a row taken away, and amounts, in one go."""
    kept = world.milestone(world.libraries.heading, what="Doors are painted")
    gone = world.risk(world.libraries.heading, what="Paint runs out")
    form = alice.get("/projects/libraries/form.docx").content
    text = ZipFile(BytesIO(form)).read(WORD).decode()
    row = re.search(r"<w:tr>(?:(?!</w:tr>).)*Paint runs out.*?</w:tr>", text, re.S)
    assert row is not None
    blank = [m[0] for m in re.finditer(r"<w:tr>(?:(?!<w:tr>).)*?</w:tr>", text, re.S)]
    measure = next(one for one in blank if "Measure no.//How shall we know" in one)
    filled = measure.replace('xml:space="preserve"></w:t>', 'xml:space="preserve">Visits</w:t>', 2)
    edited = rewritten(
        form,
        WORD,
        ("About libraries", "About libraries and archives"),
        ("Doors are painted", "Doors are painted red"),
        (row[0], ""),
        (measure, filled.replace(">Visits<", "><", 1) if filled.count("Visits") > 1 else filled),
        (">156<", ">150<"),
    )
    shown = bring(alice, "form.docx", edited)
    assert "About libraries and archives" in page(shown)
    done = confirm(alice, shown, **{"nature-0": "RE_ESTIMATE"})
    assert "Recorded." in page(done)
    project = models.Project.objects.get(pk=world.libraries.pk)
    assert project.description == "About libraries and archives"
    kept.refresh_from_db()
    assert kept.what == "Doors are painted red"
    assert not models.Risk.objects.filter(pk=gone.pk).exists()
    assert [one.what for one in models.SuccessMeasure.objects.all()] == ["Visits"]
    journal = ledger_queries.journal(ledger_queries.head().number)
    assert journal is not None
    assert [entry.kind for entry in journal.entries] == [EntryKind.RE_ESTIMATE]
    sums = held(ledger_queries.current_ledger(), "LIB-1")
    assert sums["2017/18", Account.AMBER] == 150_000_00
    # By hand: 156 before, 150 on paper.
    assert project.history.first().history_change_reason == "Came back"


def test_what_changed_on_both_sides_is_not_taken_unless_said(world: World, alice: Client) -> None:
    """TRP-04."""
    form = alice.get("/projects/libraries/form.docx").content
    models.Project.objects.filter(pk=world.libraries.pk).update(description="About reading")
    edited = rewritten(form, WORD, ("About libraries", "About books"))
    shown = bring(alice, "form.docx", edited)
    assert "Changed here too" in page(shown)
    for text in ("About libraries", "About reading", "About books"):
        assert text in page(shown)
    assert "Accept something" in page(confirm(alice, shown))
    done = confirm(alice, shown, taken=["Question/Description/"])
    assert "Recorded." in page(done)
    world.libraries.refresh_from_db()
    assert world.libraries.description == "About books"


def test_a_form_that_is_not_ours_is_refused(world: World, alice: Client) -> None:
    """TRP-02: what is not sealed here is no form of ours, and what was sealed cannot be changed."""
    form = alice.get("/projects/libraries/form.docx").content
    part = next(
        name
        for name in ZipFile(BytesIO(form)).namelist()
        if b"urn:futurefit:form" in ZipFile(BytesIO(form)).read(name)
    )
    sealed = ZipFile(BytesIO(form)).read(part).decode()
    body = sealed[sealed.index(">") + 1 : sealed.index("</")]
    forged = rewritten(form, part, (body[5:25], body[5:25][::-1]))
    assert "does not say which form it is" in page(bring(alice, "form.docx", forged))
    assert not models.Return.objects.exists()


def test_only_whoever_may_change_a_project_takes_and_brings_its_form(
    world: World, alice: Client, charlie: Client
) -> None:
    form = alice.get("/projects/libraries/form.docx").content
    assert charlie.get("/projects/libraries/form.docx").status_code == 403
    assert "You may not change" in page(bring(charlie, "form.docx", form))
    bring(alice, "form.docx", form)
    number = models.Return.objects.get().pk
    assert charlie.get(f"/returns/{number}/").status_code == 404


def looked_at(client: Client) -> str:
    """What the page of the newest return would post as seen."""
    user = User.objects.get(pk=client.session["_auth_user_id"])
    reader = Reader(accounts.holder_of(user), ledger_queries.current_ledger())
    return round_trips.look(models.Return.objects.latest("pk"), reader).seen


def test_a_return_comes_back_as_one_journal(world: World, bob: Client) -> None:
    """TRP-05, TRP-07: a re-rating, an estimate, a slip and a new owner."""
    data = bob.get("/returns/workbook.xlsx").content
    rating = cell(data, "Row", "LIB-1/1", "Rating")
    slipped = {"B2": "LIB-2", "C2": "Red", "D2": "10", "E2": "2016/17", "F2": "2017/18"}
    data = written(data, AMOUNTS, {rating: "Green on target"})
    data = written(data, SLIPS, slipped)
    data = written(data, OWNERS, {cell(data, "Owner of", "ROAD-1", "Owner"): "Head of Libraries"})
    shown = bring(bob, "return.xlsx", data)
    assert "to put right" not in page(shown)
    before = ledger_queries.head().number
    assert "Recorded." in page(confirm(bob, shown))
    assert ledger_queries.head().number == before + 1
    journal = ledger_queries.journal(before + 1)
    assert journal is not None
    kinds = [entry.kind for entry in journal.entries]
    assert kinds == [EntryKind.RE_RATE, EntryKind.RE_PROFILE, EntryKind.RECLASSIFY]
    state = ledger_queries.current_ledger()
    assert held(state, "LIB-1") == {
        ("2016/17", Account.GREEN_ON_TARGET): 40_000_00,
        ("2017/18", Account.GREEN_ON_TARGET): 156_000_00,
    }
    assert held(state, "LIB-2") == {
        ("2016/17", Account.RED): 20_000_00,
        ("2017/18", Account.RED): 10_000_00,
    }
    assert state.lines["ROAD-1"].owner == "head-libraries"


def test_a_new_owner_from_an_earlier_day_takes_nothing_into_the_plan_before_its_decision(
    world: World,
) -> None:
    """LED-04: LIB-2 is adopted on 15 January; a return says its owner from 1 November on."""
    ledger = ledger_queries.current_ledger()
    adopted = class_anew(ledger, "LIB-2", on=SIGNED, tranche=Tranche.CURRENT)
    world.post(*adopted, decision="Council, 15 January 2016")
    november = date(2015, 11, 1)
    drafted = recording.draft(
        models.Return(), [], {"LIB-2": "Head of Libraries"}, recording.Saying(november, "Moved")
    )
    assert drafted.at_once is not None
    world.post(*drafted.at_once.entries)
    ledger = ledger_queries.current_ledger()
    then, now = in_force(ledger, "LIB-2", november), ledger.lines["LIB-2"]
    assert then is not None
    assert (then.tranche, then.owner) == (Tranche.PROPOSED, "head-libraries")
    assert (now.tranche, now.owner) == (Tranche.CURRENT, "head-libraries")


def test_mistakes_are_told_by_sheet_and_cell_and_nothing_is_recorded(
    world: World, bob: Client
) -> None:
    """TRP-07, AUD-28."""
    data = bob.get("/returns/workbook.xlsx").content
    amount = cell(data, "Row", "LIB-1/1", "2016/17")
    formula = cell(data, "Row", "LIB-2/1", "2016/17")
    spare = cell(data, "Row", "ROAD-1/2", "2016/17")
    data = written(data, AMOUNTS, {amount: "forty", formula: "=2*15", spare: "5"})
    shown = bring(bob, "return.xlsx", data)
    text = page(shown)
    assert "Sheet “Amounts”" in text
    assert f"{amount} : “forty” is not an amount of money." in text
    assert formula in text  # it keeps 7, and its formula gives 30
    assert "There is no rating. Choose one of" in text
    assert "Record it" not in text
    before = ledger_queries.head().number
    insisting = {"on": "19/11/2015", "why": "All the same", "seen": looked_at(bob)}
    refused = bob.post(shown.redirect_chain[-1][0], insisting)
    assert "Mend what is wrong in the workbook" in page(refused)
    assert ledger_queries.head().number == before


def test_a_line_that_moved_meanwhile_is_refused_with_what_moved(
    world: World, bob: Client, alice: Client
) -> None:
    """TRP-06: only where the return changes it."""
    data = bob.get("/returns/workbook.xlsx").content
    world.post(
        acts.re_rate(
            "LIB-1",
            {"2016/17": 1_000_00},
            from_rating=Account.AMBER,
            to_rating=Account.RED,
            on=OPENED,
        )
    )
    other = written(data, AMOUNTS, {cell(data, "Row", "LIB-2/1", "Rating"): "Amber"})
    assert "to put right" not in page(bring(bob, "return.xlsx", other))
    stale = written(data, AMOUNTS, {cell(data, "Row", "LIB-1/1", "Rating"): "Red"})
    text = page(bring(bob, "return.xlsx", stale))
    assert "Line LIB-1 has changed since" in text
    assert "re-rate an amount" in text


def test_what_is_newly_delivered_waits_for_its_second_person(world: World, bob: Client) -> None:
    """TRP-05, PRF-01."""
    data = bob.get("/returns/workbook.xlsx").content
    data = written(data, AMOUNTS, {cell(data, "Row", "LIB-2/1", "Rating"): "Green delivered"})
    done = confirm(bob, bring(bob, "return.xlsx", data))
    assert "waits for its evidence" in page(done)
    assert held(ledger_queries.current_ledger(), "LIB-2") == {
        ("2016/17", Account.GREEN_ON_TARGET): 30_000_00
    }
    row = models.Return.objects.get()
    assert row.proposal is not None
    assert row.journal_id == ledger_queries.head().number


def test_a_block_of_cells_is_pasted(world: World, bob: Client) -> None:
    """TRP-08: by reference and by title; what is wrong is told by its place in the block."""
    wrong = "Line\t2016/17\tSpring\nLIB-1\t30\t4\nNobody\t3\t\n"
    shown = bob.post("/returns/paste/", {"block": wrong}, follow=True)
    assert "C1 : “Spring” is neither a year nor “Rating”" in page(shown)
    assert "A3 : “Nobody” is no line’s reference or title" in page(shown)
    block = "Line\t2016/17\t2017/18\nLIB-1\t30\t£166k\nTitle of LIB-2\t\t30\n"
    shown = bob.post("/returns/paste/", {"block": block}, follow=True)
    assert "Recorded." in page(confirm(bob, shown))
    state = ledger_queries.current_ledger()
    assert held(state, "LIB-1") == {
        ("2016/17", Account.AMBER): 30_000_00,
        ("2017/18", Account.AMBER): 166_000_00,
    }
    assert held(state, "LIB-2") == {("2017/18", Account.RED): 30_000_00}
    journal = ledger_queries.journal(ledger_queries.head().number)
    assert journal is not None
    assert {entry.kind for entry in journal.entries} == {EntryKind.RE_PROFILE}


def test_restricted_lines_are_in_no_form_of_who_may_not_read_them(world: World) -> None:
    """TRP-01: Erin leads a directorate, and one line of the project is another's, confidential."""
    hidden = LineAttributes(
        project="libraries", directorate="CHI", restriction=Restriction.CONFIDENTIAL
    )
    world.add("LIB-9", hidden, Account.RED, {"2016/17": 1_000_00})
    erin = people.person("erin", "Director", Holding(Role.PROJECT_LEAD, "directorate", "BEC"))
    client = Client()
    client.force_login(erin)
    form = client.get("/projects/libraries/form.docx").content
    text = ZipFile(BytesIO(form)).read(WORD).decode()
    assert "Title of LIB-1" in text
    assert "LIB-9" not in text
    assert "Lines that you may not read are left out." in text
    workbook = client.get("/returns/workbook.xlsx").content
    assert b"LIB-9" not in ZipFile(BytesIO(workbook)).read("xl/sharedStrings.xml")


def test_what_came_back_is_looked_at_by_who_brought_it_and_who_keeps_its_lines(
    world: World, bob: Client, alice: Client
) -> None:
    """TRP-07: finance for the roads opens neither what Bob pasted nor a form of the libraries."""
    block = "line\trating\t2016/17\nSEC-1\tamber\t40\n"
    pasted = bob.post("/returns/paste/", {"block": block})["Location"]
    form = alice.get("/projects/libraries/form.docx")
    brought = bring(alice, "form.docx", form.content).request["PATH_INFO"]
    fred, liz = Client(), Client()
    fred.force_login(people.fred())
    liz.force_login(
        people.person("liz", "L", Holding(Role.FINANCE_PARTNER, "project", "libraries"))
    )
    opened = {
        client: [client.get(address).status_code for address in (pasted, brought)]
        for client in (bob, alice, fred, liz)
    }
    assert list(opened.values()) == [[200, 200], [404, 200], [404, 404], [404, 200]]
    assert "form.docx" not in page(fred.get("/returns/"))
    assert "form.docx" in page(liz.get("/returns/"))
