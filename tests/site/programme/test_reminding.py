"""Letters about a month: to whom, when, and never twice (rule UPD-03)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from futurefit.site.ledger import operations as ledger
from futurefit.site.programme import models, operations
from futurefit.site.programme.operations.reminding import Sent
from tests.site.programme.worlds import World, holder

SITE = "https://savings.example.gov.uk"


@pytest.fixture
def posted(world: World) -> World:
    """Alice, lead and head of service of libraries, and Carol's office have addresses."""
    for user in (world.alice, world.carol):
        user.email = f"{user.username}@example.gov.uk"
        user.save()
    return world


def remind(day: int) -> Sent:
    return operations.remind(date(2015, 12, day), site=SITE)


def test_a_lead_is_reminded_once_and_then_it_is_taken_further(posted: World) -> None:
    assert [remind(day).letters for day in (2, 3, 4, 8, 9, 9, 30)] == [0, 1, 0, 1, 2, 0, 0]
    assert [(letter.to[0], letter.subject) for letter in mail.outbox] == [
        ("alice@example.gov.uk", "FutureFit: your update of November 2015 is due"),
        ("alice@example.gov.uk", "FutureFit: your update of November 2015 is overdue"),
        ("alice@example.gov.uk", "FutureFit: updates of November 2015 are missing"),
        ("carol@example.gov.uk", "FutureFit: updates of November 2015 are missing"),
    ]
    assert f"{SITE}/month/2015-11/update/" in mail.outbox[0].body
    assert "4 lines are not confirmed" in mail.outbox[0].body
    assert "- Head of Libraries: 4 of 4 lines not confirmed" in mail.outbox[-1].body
    assert models.Reminder.objects.count() == len(mail.outbox)
    assert posted


def test_no_letter_holds_a_word_of_any_line(posted: World) -> None:
    assert posted
    remind(3)
    remind(9)
    assert mail.outbox
    for letter in mail.outbox:
        assert "LIB-" not in letter.subject + letter.body
        assert "Title of" not in letter.body


def test_whoever_has_confirmed_is_left_alone(posted: World) -> None:
    refs = {"LIB-1": 1, "LIB-2": 2, "LIB-3": 3, "LIB-I": 4}
    operations.update_month(date(2015, 11, 30), by=holder(posted.alice), expects=refs)
    assert remind(9) == Sent(0, ())


def test_nobody_is_written_to_about_a_locked_month_and_no_address_is_said(world: World) -> None:
    assert remind(3) == Sent(0, (world.alice.post,))
    assert not models.Reminder.objects.exists()
    ledger.close_month(date(2015, 11, 30), by=holder(world.bob))
    assert remind(3) == Sent(0, ())
