"""Questions of the Cabinet Member and their answers (rule LIF-08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from futurefit.site.accounts.models import User
from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import history, models, operations, queries
from tests.site.programme.test_editing import form_of
from tests.site.programme.test_lifecycle import codes
from tests.site.programme.worlds import SIGNED, World, holder


def ask(world: World, by: User, question: str = "Who pays?", **more: object) -> models.Challenge:
    told = {"owner_post": "head-libraries", "due_on": date(2016, 2, 1), "on": SIGNED, **more}
    return operations.ask(world.libraries.heading, question=question, by=holder(by), **told)  # type: ignore[arg-type]


def test_a_councillor_asks_and_the_lead_answers(world: World) -> None:
    asked = ask(world, world.dan)
    assert (asked.asked_post, asked.asked_on) == ("Councillor", SIGNED)
    assert queries.standing(world.libraries, SIGNED).open_challenges == 1
    done = operations.answer(
        asked, text="The fund", on=SIGNED, by=holder(world.alice), seen=history.seen(asked)
    )
    assert (done.answered_post, done.answered_on) == ("Head of Libraries", SIGNED)
    standing = queries.standing(world.libraries, SIGNED)
    assert (standing.open_challenges, standing.answered_challenges) == (0, 1)


def test_an_answer_that_is_put_right_keeps_the_one_before(world: World) -> None:
    asked = ask(world, world.dan)
    for text in ("The fund", "The reserve"):
        operations.answer(asked, text=text, on=SIGNED, by=holder(world.alice), seen=None, why="x")
    changes = [c for c in history.of(asked) if c.field == "Answer"]
    assert [(c.old, c.new) for c in changes] == [("The fund", "The reserve"), ("", "The fund")]


def test_nobody_answers_a_question_that_they_put_themselves(world: World) -> None:
    """LIF-08: "Whoever put a question does not answer it."""
    asked = ask(world, world.carol, for_councillor="Cabinet Member")
    User.objects.filter(pk=world.carol.pk).update(post="Head of Change")
    carol = holder(User.objects.get(pk=world.carol.pk))
    with pytest.raises(Refused) as refused:
        operations.answer(asked, text="I do", on=SIGNED, by=carol, seen=None)
    assert codes(refused) == ["LIF-TWICE"]
    operations.answer(asked, text="The fund", on=SIGNED, by=holder(world.alice), seen=None)
    assert queries.standing(world.libraries, SIGNED).answered_challenges == 1


def test_an_approval_rests_on_a_question_by_or_for_a_councillor_alone(world: World) -> None:
    """LIF-08: a question of an officer's own "is no challenge by a councillor"."""
    own = ask(world, world.carol)
    assert own.for_councillor == ""
    operations.answer(own, text="The fund", on=SIGNED, by=holder(world.alice), seen=None)
    standing = queries.standing(world.libraries, SIGNED)
    assert (standing.open_challenges, standing.answered_challenges) == (0, 0)
    asked = ask(world, world.dan)
    assert asked.for_councillor == "Councillor"
    assert queries.standing(world.libraries, SIGNED).open_challenges == 1
    operations.answer(asked, text="The fund", on=SIGNED, by=holder(world.alice), seen=None)
    assert queries.standing(world.libraries, SIGNED).answered_challenges == 1


def test_carol_asks_for_a_councillor_on_the_page(world: World, carol: Client) -> None:
    address = "/projects/libraries/challenge/"
    due = timezone.localdate() + timedelta(days=7)
    sent = {**form_of(carol, address), "question": "Who pays?", "due_on": f"{due:%d/%m/%Y}"}
    page = carol.post(address, {**sent, "for_councillor": "Cabinet Member"}, follow=True)
    told = page.content.decode()
    assert "by Programme Office Manager for Cabinet Member on" in told
    assert "<textarea" not in told, "who asks does not answer"
    (row,) = carol.get("/challenges/?open.format=json").json()["rows"]
    assert row["asked_by"] == "Programme Office Manager, for Cabinet Member"


def test_a_lead_asks_nothing_and_who_belongs_elsewhere_answers_nothing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        ask(world, world.alice)
    assert codes(refused) == ["LIF-RIGHTS"]
    asked = ask(world, world.carol)
    for stranger in (world.charlie, world.dan):
        with pytest.raises(Refused):
            operations.answer(asked, text="x", on=SIGNED, by=holder(stranger), seen=None)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"due_on": date(2016, 1, 1)}, "LIF-DUE"), ({"question": ""}, "PRO-INVALID")],
)
def test_a_question_is_whole(world: World, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(world, world.dan, **wrong)  # type: ignore[arg-type]
    assert code in codes(refused)


def test_open_questions_are_listed_by_the_day_on_which_they_are_due(world: World) -> None:
    ask(world, world.dan, "Second?", due_on=date(2016, 3, 1))
    ask(world, world.dan, "First?", due_on=date(2016, 2, 1))
    assert [row.question for row in queries.open_challenges()] == ["First?", "Second?"]


# --- On the pages -------------------------------------------------------------------------------


def test_dan_asks_and_alice_answers_on_the_pages(world: World, alice: Client) -> None:
    dan = Client()
    dan.force_login(world.dan)
    address = "/projects/libraries/challenge/"
    assert address in dan.get("/projects/libraries/").content.decode()
    sent = form_of(dan, address)
    assert sent["owner_post"] == "Head of Libraries"
    due = timezone.localdate() + timedelta(days=7)
    sent |= {"question": "Who pays for it?", "due_on": f"{due:%d/%m/%Y}"}
    page = dan.post(address, sent, follow=True).content.decode()
    assert "Who pays for it?" in page
    assert "<textarea" not in page, "who asks does not answer"
    (asked,) = models.Challenge.objects.all()
    address = f"/challenges/{asked.pk}/"
    assert address in alice.get("/challenges/").content.decode()
    assert alice.post(address, {**form_of(alice, address), "answer": ""}).status_code == 422
    sent = {**form_of(alice, address), "answer": "The fund pays."}
    assert "The fund pays." in alice.post(address, sent, follow=True).content.decode()
    assert "The fund pays." in dan.get("/projects/libraries/").content.decode()
    assert dan.post(address, sent).status_code == 403


def test_the_register_counts_what_is_overdue_in_working_days(world: World, alice: Client) -> None:
    ask(world, world.dan)
    page = alice.get("/challenges/").content.decode()
    assert "Waiting for an answer: 1; overdue: 1." in page
    (row,) = alice.get("/challenges/?open.format=json").json()["rows"]
    assert row["overdue"] > 250


def test_visitors_read_neither_questions_nor_answers(world: World, client: Client) -> None:
    ask(world, world.dan, "Who pays for it?")
    for address in ("/projects/libraries/", "/projects/libraries/history/", "/search/?q=pays"):
        assert "Who pays for it?" not in client.get(address).content.decode()
    assert client.get("/challenges/").status_code == 302
