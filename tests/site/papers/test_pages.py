"""What the pages of papers show, to whom, and that nothing in a paper acts there."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts
from futurefit.ledger.entries import Draft, Restriction
from futurefit.site.accounts.models import AccessEvent
from futurefit.site.ledger import operations as ledger
from futurefit.site.papers import forms, links, receiving
from futurefit.site.papers.models import Decision, Nature, Upload
from tests.site.papers.shelves import ATTRIBUTES, KEY, ON, PAPER, PART, SLIPPED, Shelf, journals

HOSTILE = """Item,2016/17,Note
<script>alert(1)</script>,10,<a href=javascript:alert(1)>a</a>
"=HYPERLINK(""http://a.example"",""x"")",20,<img src=x onerror=alert(1)>
Total,35,@SUM(A1)
"""


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def fields(shelf: Shelf, upload: Upload, line: str = "", **more: str) -> dict[str, str]:
    """The form of a decision as it is filled in when it opens, and what is typed over it."""
    seen = shelf.seen(upload, line)
    found = {
        "shown": line,
        "seen": f"{seen.decision} {seen.journal}",
        "line": line or forms.NEW_LINE,
        "ref": "LIB-1",
        "title": "Reading rooms",
        "parent": "project:libraries",
        "line_kind": "SAVING",
        "tranche": "PROPOSED",
        "fund": "REVENUE",
        "recurrence": "ONGOING",
        "saving_class": "NOT_STATED",
        "saving_type": "NEW",
        "restriction": "OFFICERS",
        "verdict": "ACCEPTED",
    }
    for place, one in enumerate(shelf.amounts(upload)):
        found |= {
            f"year_{place}": one.year,
            f"account_{place}": one.account.value,
            f"amount_{place}": str(one.pence // 100),
        }
    return {**found, **more}


DECIDE = links.decide_url(1, PART, KEY)


def test_every_address_is_one_of_the_site() -> None:
    for path, name in (
        (links.paper_url(1), "paper"),
        (links.file_url(1), "paper-file"),
        (links.about_url(1), "paper-about"),
        (links.part_url(1, PART), "paper-review"),
        (links.decide_url(1, PART, "a/b c"), "paper-line"),
        (links.record_url(1, PART), "paper-record"),
        (links.source_url(1), "paper-source"),
        (links.digest_url("0" * 64), "paper-of"),
        (links.PAPERS, "papers"),
    ):
        assert resolve(path).url_name == name


def test_the_list_shows_what_is_left_to_decide(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload()
    shown = page(shelf.client(shelf.carol), "/papers/")
    assert "reading-rooms.md" in shown
    assert "Libraries" in shown
    shelf.accept(upload)
    rows = shelf.client(shelf.carol).get("/papers/?format=csv").content.decode("utf-8-sig")
    row = next(row for row in csv.reader(io.StringIO(rows)) if row[0].startswith("reading"))
    assert row[4:6] == ["1", "0"]


@pytest.mark.parametrize(
    ("restriction", "readers"),
    [
        (Restriction.PUBLIC, "visitor dan charlie alice bob carol"),
        (Restriction.OFFICERS, "charlie alice bob carol"),
        (Restriction.CONFIDENTIAL, "alice bob carol"),
    ],
)
def test_a_paper_is_read_by_those_whom_its_restriction_lets(
    shelf: Shelf, restriction: Restriction, readers: str
) -> None:
    """PAP-02. Alice leads libraries, Charlie highways; Dan is a councillor."""
    upload = shelf.upload(restriction=restriction)
    clients = {
        "visitor": Client(),
        **{
            name: shelf.client(getattr(shelf, name))
            for name in ("dan", "charlie", "alice", "bob", "carol")
        },
    }
    paths = (
        links.source_url(upload.pk),
        links.file_url(upload.pk),
        f"{links.digest_url(upload.sha256)}?table=4&row=2&column=4",
    )
    for name, client in clients.items():
        may = name in readers.split()
        assert [client.get(path).status_code in (200, 302) for path in paths] == [may] * 3, name
        if name in ("charlie", "alice", "bob", "carol"):
            assert ("reading-rooms.md" in page(client, "/papers/")) is may
    reviewers = {
        name: clients[name].get(links.part_url(upload.pk, PART)).status_code
        for name in ("charlie", "alice", "bob", "carol")
    }
    out = 404 if restriction is Restriction.CONFIDENTIAL else 403
    assert reviewers == {"charlie": out, "alice": 200, "bob": 200, "carol": 200}


def test_reading_a_restricted_paper_is_logged(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload(restriction=Restriction.CONFIDENTIAL)
    page(shelf.client(shelf.alice), links.source_url(upload.pk))
    assert AccessEvent.objects.filter(what=f"Paper {upload.pk}").count() == 1


def test_uploading_in_the_browser_and_again(shelf: Shelf) -> None:
    """PAP-01"""
    client = shelf.client(shelf.alice)
    shown = page(client, "/papers/upload/")
    assert "Libraries" in shown
    assert "Roads" not in shown
    typed = {"about": "project:libraries", "restriction": "OFFICERS", "revises": ""}
    for _ in range(2):
        answer = client.post(
            "/papers/upload/",
            {**typed, "file": SimpleUploadedFile("reading.md", PAPER.encode())},
        )
        assert answer.status_code == 302
    assert Upload.objects.count() == 1
    shown = page(client, answer["Location"])
    assert "This very file was uploaded before, by Head of Libraries" in shown


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"MZ", "there is no reader"),
        ("a.md", b"%PDF-1.7", "is a PDF, whatever its name says"),
        ("a.md", b"", "The file is empty."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    shelf: Shelf, name: str, data: bytes, said: str
) -> None:
    """PAP-01"""
    answer = shelf.client(shelf.carol).post(
        "/papers/upload/",
        {"about": "", "restriction": "OFFICERS", "file": SimpleUploadedFile(name, data)},
    )
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_request_larger_than_a_paper_is_refused_before_it_is_kept(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PAP-01. At any address of the site, also one that asks for no file."""
    monkeypatch.setattr(receiving, "LARGEST_REQUEST", 10_000)
    for path in ("/papers/upload/", "/account/sign-in/"):
        file = SimpleUploadedFile("a.md", b"x" * 20_000)
        answer = shelf.client(shelf.carol).post(path, {"file": file})
        assert answer.status_code == 400
    assert not Upload.objects.exists()


def test_the_file_is_given_back_to_be_kept_and_never_shown(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload(HOSTILE, 'na"me<b>.csv')
    answer = shelf.client(shelf.bob).get(links.file_url(upload.pk))
    assert answer.content == HOSTILE.encode()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Digest"].startswith("sha-256=:")


def test_nothing_in_a_paper_or_its_name_acts_on_a_page(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload(HOSTILE, "<img src=x onerror=alert(1)>.csv")
    client = shelf.client(shelf.carol)
    for path in ("/papers/", links.paper_url(upload.pk), links.source_url(upload.pk)):
        shown = page(client, path)
        assert shown.count("<script") == 1, path  # our own file, and nothing of the paper's
        for acting in ("<img", 'href="javascript'):
            assert acting not in shown, (path, acting)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page(client, links.source_url(upload.pk))


def test_a_formula_in_a_paper_is_words_in_every_file(shelf: Shelf) -> None:
    """PAP-02"""
    text = PAPER.replace("that open by themselves", "=cmd|'/C calc'!A0").replace(
        "**Future Fit Project Title:** Reading rooms ", "**Future Fit Project Title:** "
    )
    upload = shelf.upload(text)
    client = shelf.client(shelf.bob)
    for name in ("lines", "words"):
        answer = client.get(f"{links.part_url(upload.pk, PART)}?{name}.format=csv")
        cells = [
            cell
            for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
            for cell in row
        ]
        assert any("cmd|" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_a_finding_leads_to_its_cell_which_is_marked(shelf: Shelf) -> None:
    """PAP-03"""
    upload = shelf.upload(HOSTILE, "plan.csv")
    client = shelf.client(shelf.carol)
    shown = page(client, links.paper_url(upload.pk))
    url = links.source_url(upload.pk, Provenance(table=1, row=4, column=2))
    assert url.replace("&", "&amp;") in shown
    source = page(client, url.partition("#")[0])
    assert 'id="t1-r4-c2"' in source
    assert "source-table__found source-table__chosen" in source
    assert "should be 30" in source


def test_a_visitor_sees_a_public_paper_without_what_was_found_in_it(shelf: Shelf) -> None:
    """PAP-02"""
    upload = shelf.upload(HOSTILE, "plan.csv", restriction=Restriction.PUBLIC)
    source = page(Client(), links.source_url(upload.pk))
    assert "should be" not in source
    assert Client().get(links.paper_url(upload.pk)).status_code == 302


def test_the_review_shows_the_source_beside_what_was_read(shelf: Shelf) -> None:
    """PAP-03"""
    upload = shelf.upload()
    shown = page(shelf.client(shelf.alice), links.part_url(upload.pk, PART))
    assert "read as £25,000, 2018/19, red" in shown
    assert "Not in the ledger yet." in shown
    assert "8 printed totals are what the amounts add up to." in shown
    assert "Card readers are ordered" in shown


def test_accepting_and_recording_in_the_browser(shelf: Shelf) -> None:
    """PAP-04, PAP-05"""
    upload = shelf.upload()
    alice, bob = shelf.client(shelf.alice), shelf.client(shelf.bob)
    decide = links.decide_url(upload.pk, PART, KEY)
    page(alice, decide)
    wrong = alice.post(decide, fields(shelf, upload, ref="no spaces allowed", amount_0="much"))
    assert wrong.status_code == 400
    assert "Use letters, digits" in wrong.content.decode()
    assert alice.post(decide, fields(shelf, upload)).status_code == 302
    shown = page(alice, links.part_url(upload.pk, PART))
    assert "1 accepted, not recorded yet" in shown
    assert "Only the finance partner may set a target" in shown
    record = links.record_url(upload.pk, PART)
    page(bob, record)
    typed = {"effective_on": "19/11/2015", "why": "As read", "decision": ""}
    preview = bob.post(record, {**typed, "step": "preview"}).content.decode()
    assert "Opened line LIB-1, a proposed saving." in preview
    assert journals() == 0
    done = bob.post(record, {**typed, "step": "confirm"}, follow=True).content.decode()
    assert "Recorded as journal 1. What is delivered waits for a second person" in done
    assert "Recorded in journal 1" in done
    again = bob.post(record, {**typed, "step": "confirm"}, follow=True).content.decode()
    assert "Nothing is accepted here that is not recorded already" in again
    assert journals() == 1


def test_rejecting_asks_for_a_reason_and_for_nothing_else(shelf: Shelf) -> None:
    """PAP-04"""
    upload = shelf.upload()
    client = shelf.client(shelf.carol)
    decide = links.decide_url(upload.pk, PART, KEY)
    typed = fields(shelf, upload, ref="", title="", parent="", verdict="REJECTED")
    answer = client.post(decide, typed)
    assert answer.status_code == 400
    assert "Say why you reject it" in answer.content.decode()
    assert "Give the line a reference" not in answer.content.decode()
    assert client.post(decide, {**typed, "why": "Counted elsewhere"}).status_code == 302
    shown = page(client, links.part_url(upload.pk, PART))
    assert "Rejected" in shown
    assert "Counted elsewhere" in shown


def test_another_line_is_accepted_only_after_its_figures_were_shown(shelf: Shelf) -> None:
    """PAP-05"""
    shelf.recorded()
    other = shelf.upload(PAPER.replace("Reading rooms that open by themselves", "Something else"))
    client = shelf.client(shelf.bob)
    decide = links.decide_url(other.pk, PART, KEY)
    typed = fields(shelf, other, line="LIB-1", shown="", nature=Nature.CORRECTION)
    answer = client.post(decide, typed)
    assert answer.status_code == 400
    assert "Now look at the figures of line LIB-1 above" in answer.content.decode()
    assert 'name="shown" value="LIB-1"' in answer.content.decode()
    assert Decision.objects.filter(upload=other).count() == 0


def test_a_stale_form_is_refused_and_says_who_decided(shelf: Shelf) -> None:
    """PAP-04"""
    upload = shelf.upload()
    client = shelf.client(shelf.bob)
    typed = fields(shelf, upload)
    shelf.accept(upload, by=shelf.carol)
    answer = client.post(links.decide_url(upload.pk, PART, KEY), typed)
    assert answer.status_code == 409
    assert "Programme Office decided on this line meanwhile" in answer.content.decode()


def test_a_revised_paper_shows_what_changed_and_folds_the_rest_away(shelf: Shelf) -> None:
    """PAP-06"""
    upload, _ = shelf.recorded()
    text = PAPER.replace("Longer opening hours for less money.", "Open for longer.")
    same = shelf.upload(text, "2.md", revises=upload)
    changed = shelf.upload(SLIPPED, "3.md", revises=upload)
    client = shelf.client(shelf.carol)
    shown = page(client, links.part_url(same.pk, PART))
    assert "Nothing has changed in the figures." in shown
    assert "As it was accepted in reading-rooms.md." in shown
    assert "Words changed since reading-rooms.md" in shown
    assert "Longer opening hours for less money." in shown
    assert "Open for longer." in shown
    assert "Card readers are ordered" not in shown
    shown = page(client, links.part_url(changed.pk, PART))
    assert "Changed since reading-rooms.md." in shown
    shown = page(client, links.decide_url(changed.pk, PART, KEY))
    assert "By its figures it looks like a re-profile." in shown


def test_a_figure_leads_from_its_working_to_the_cell_of_the_paper(shelf: Shelf) -> None:
    """PAP-05"""
    upload, _ = shelf.recorded()
    client = shelf.client(shelf.bob)
    url = f"{links.digest_url(upload.sha256)}?table=4&amp;row=5&amp;column=6"
    for path in ("/working/?in_tranche=PROPOSED&line=LIB-1", "/lines/LIB-1/", "/journals/1/"):
        assert url in page(client, path), path
    answer = client.get(url.replace("&amp;", "&"))
    assert answer["Location"].startswith(f"/papers/{upload.pk}/source/?table=4&row=5&column=6")


def test_a_restricted_paper_is_not_named_where_its_figures_are(shelf: Shelf) -> None:
    """PAP-02. The line becomes public, the paper stays confidential."""
    shelf.recorded()
    public = replace(ATTRIBUTES, restriction=Restriction.PUBLIC)
    ledger.post(
        Draft("", "Published", (acts.reclassify("LIB-1", public, on=ON),)),
        by=shelf.holder(shelf.bob),
        expects=None,
    )
    for path in ("/working/?in_tranche=PROPOSED&line=LIB-1", "/lines/LIB-1/", "/journals/1/"):
        shown = page(Client(), path)
        assert "reading-rooms.md" not in shown, path
        assert "/papers/of/" not in shown, path
    assert "Restricted paper" in page(Client(), "/lines/LIB-1/")


def test_what_is_not_there_is_not_found(shelf: Shelf) -> None:
    upload = shelf.upload()
    client = shelf.client(shelf.carol)
    for path in (
        links.paper_url(99),
        f"/papers/{10**30}/",
        links.part_url(upload.pk, "nothing"),
        links.decide_url(upload.pk, PART, "nothing"),
        f"{links.source_url(upload.pk)}?piece=9",
        links.digest_url("0" * 64),
    ):
        page(client, path, 404)
    # A place that the paper does not have shows the paper.
    page(client, f"{links.source_url(upload.pk)}?table=99&row=x&column=1")


def test_a_line_of_a_paper_that_the_ledger_holds_in_other_words_says_so(shelf: Shelf) -> None:
    """CLA-10: the same amounts in another paper of another project."""
    shelf.recorded()
    text = PAPER.replace("Reading rooms", "Reading rooms, fewer")
    assert text != PAPER
    upload = shelf.upload(text, "estate.md", about="project:roads")
    bob = shelf.client(shelf.bob)
    shown = page(bob, links.part_url(upload.pk, PART))
    assert "May be counted twice" in shown
    assert 'href="/lines/LIB-1/">The line of the ledger' in shown
    assert "May be counted twice" in page(bob, links.decide_url(upload.pk, PART, KEY))
