"""A submission keeps the paper as it stood (rule LIF-09)."""

from __future__ import annotations

import hashlib

import pypdfium2
import pytest
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger.entries import Account
from futurefit.programme.lifecycle import Stage
from futurefit.site.common import storing
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import models, operations, queries
from tests.site.ledger.books import LATER
from tests.site.programme.test_editing import form_of
from tests.site.programme.test_lifecycle import codes, move, screened, sign, submitted
from tests.site.programme.worlds import SIGNED, World, holder


def test_the_bytes_are_kept_under_their_digest_with_the_ledger_of_the_day(world: World) -> None:
    kept = submitted(world)
    head = ledger_queries.head()
    assert storing.load(kept.sha256) == b"%PDF-1.7 as it stood"
    assert (kept.ledger_number, kept.ledger_digest) == (head.number, head.digest)
    assert (kept.stage, kept.post_title) == ("CONCEPT", "Head of Libraries")


def test_a_pdf_of_what_no_longer_stands_is_refused(world: World) -> None:
    stamp = ledger_queries.stamp()
    world.risk(world.libraries.heading)
    with pytest.raises(Refused) as refused:
        operations.submit(
            world.libraries,
            pdf=b"%PDF",
            stamp=stamp,
            at=submitted(world).at,
            by=holder(world.alice),
        )
    assert codes(refused) == ["LIF-MOVED"]


def test_what_is_sent_back_is_submitted_again(world: World) -> None:
    sign(world, world.alice, "Head of Service")
    screened(world)
    move(world, Stage.OUTLINE_APPROVED, world.carol)
    assert not queries.standing(
        models.Project.objects.get(pk=world.libraries.pk), SIGNED
    ).is_submitted
    move(world, Stage.CONCEPT, world.carol)
    world.libraries.refresh_from_db()
    assert not queries.standing(world.libraries, SIGNED).is_submitted
    submitted(world)
    assert queries.standing(world.libraries, SIGNED).is_submitted


def test_alice_submits_and_the_paper_stays_as_it_was(
    world: World, alice: Client, client: Client
) -> None:
    address = "/projects/libraries/submit/"
    world.milestone(world.libraries.heading)
    page = alice.post(address, {**form_of(alice, address), "note": "For July"}, follow=True)
    kept = models.Submission.objects.get()
    file = f"/projects/libraries/submissions/{kept.pk}/"
    assert file in page.content.decode()
    world.post(acts.re_estimate("LIB-1", {"2016/17": 7_000_00}, rating=Account.AMBER, on=LATER))
    answer = alice.get(file)
    assert hashlib.sha256(answer.content).hexdigest() == kept.sha256
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    for words in ("Libraries", "About libraries", "Doors open", "Proposed savings", "196"):
        assert words in text
    assert "LIB-3" not in text, "a restricted line is not named"
    assert kept.ledger_digest in "".join(text.split())
    assert client.get(file).status_code == 302, "a visitor is asked to sign in"
    assert file not in client.get("/projects/libraries/").content.decode()


def test_who_belongs_elsewhere_submits_nothing(world: World, charlie: Client) -> None:
    assert charlie.get("/projects/libraries/submit/").status_code == 403


def test_a_damaged_file_is_never_handed_out(world: World, alice: Client) -> None:
    kept = submitted(world)
    storing._path(kept.sha256).write_bytes(b"something else")
    assert alice.get(f"/projects/libraries/submissions/{kept.pk}/").status_code == 404
