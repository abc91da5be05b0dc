"""Does a desk gather what concerns a person, and only what they may know?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Draft
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holding
from futurefit.site.desk import days, errands, mailing, models, operations, queries, subjects
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import operations as programme
from futurefit.site.programme.models import Milestone
from futurefit.site.programme.operations import challenges
from tests.site import people
from tests.site.ledger.books import LATER
from tests.site.programme.worlds import World, holder

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def reader(user: object) -> Reader:
    return Reader(holder(user), ledger_queries.current_ledger())  # type: ignore[arg-type]


STANDS = {
    "LIB-2": ("2016/17", Account.RED, 30_000_00),
    "LIB-3": ("2017/18", Account.GREEN_ON_TARGET, 70_000_00),
}


def re_rate(world: World, line: str) -> None:
    """Bob moves what stands on a line to amber."""
    year, rating, pence = STANDS[line]
    world.post(
        acts.re_rate(line, {year: pence}, from_rating=rating, to_rating=Account.AMBER, on=LATER)
    )


def text_of(answer: object) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def test_a_delivery_waits_on_the_desk_of_finance_and_not_of_its_author(
    world: World, alice: Client, bob: Client
) -> None:
    """DSK-01"""
    line = "LIB-2"
    entry = acts.deliver(line, {"2016/17": 1_00}, from_rating=Account.RED, on=LATER)
    expects = {line: reader(world.alice).ledger.last_journal(line)}
    ledger.propose(Draft("", "It is done", (entry,)), by=holder(world.alice), expects=expects)
    sorts = [each.sort for each in errands.waiting_for(reader(world.bob), date(2016, 1, 1))]
    assert sorts.count("Check a delivery") == 1
    own = [each.sort for each in errands.waiting_for(reader(world.alice), date(2016, 1, 1))]
    assert "Check a delivery" not in own
    assert "Check a delivery" in text_of(bob.get("/desk/"))
    assert "Check a delivery" not in text_of(alice.get("/desk/"))


def test_an_overdue_milestone_waits_on_the_desk_of_its_lead(world: World) -> None:
    """DSK-01"""
    late = Milestone(
        about=world.libraries.heading, what="Close the annexe", due_on=date(2015, 12, 1)
    )
    programme.add(late, by=holder(world.alice))
    found = errands.waiting_for(reader(world.alice), date(2016, 1, 1))
    assert ("Overdue milestone", date(2015, 12, 1)) in [(e.sort, e.due) for e in found]
    for elsewhere in (world.bob, world.charlie):
        others = errands.waiting_for(reader(elsewhere), date(2016, 1, 1))
        assert "Close the annexe" not in " ".join(each.what for each in others)


def sorts_of(user: object, today: date) -> list[str]:
    return [errand.sort for errand in errands.waiting_for(reader(user), today)]


def test_what_the_programme_expects_of_a_lead_waits_on_their_desk(world: World) -> None:
    """DSK-01: a month to confirm, a question to answer, a risk to review."""
    part = world.libraries.heading
    world.risk(part, review_on=date(2015, 12, 31))
    challenges.ask(
        part,
        question="Who opens the doors?",
        owner_post="Head of Libraries",
        due_on=date(2016, 1, 20),
        on=date(2016, 1, 4),
        by=holder(world.carol),
    )
    today = date(2016, 2, 15)
    mine = sorts_of(world.alice, today)
    assert {"Confirm a month", "Answer a question", "Review a risk"} <= set(mine)
    assert not {"Answer a question", "Review a risk"} & set(sorts_of(world.charlie, today))
    assert "Confirm a month" not in sorts_of(world.bob, today)


def test_a_comment_is_read_counted_and_taken_back_by_its_author_alone(
    world: World, alice: Client, bob: Client
) -> None:
    """DSK-02"""
    said = bob.post("/desk/line/LIB-2/", {"text": "Is the lease signed? <b>"}, follow=True)
    assert "Is the lease signed? &lt;b&gt;" in said.content.decode()
    assert "Comments and watching (1)" in text_of(alice.get("/lines/LIB-2/"))
    comment = models.Comment.objects.get()
    assert alice.post(f"/desk/comments/{comment.pk}/take-back/").status_code == 404
    bob.post(f"/desk/comments/{comment.pk}/take-back/")
    assert not models.Comment.objects.exists()
    assert [row.history_type for row in models.Comment.history.all()] == ["-", "+"]
    assert "Comments and watching (1)" not in text_of(alice.get("/lines/LIB-2/"))


def test_an_empty_comment_is_refused_beside_its_field(world: World, bob: Client) -> None:
    answer = bob.post("/desk/line/LIB-2/", {"text": "  "})
    assert answer.status_code == 400
    assert "Write something first" in answer.content.decode()


def test_comments_on_a_restricted_line_are_for_those_who_may_read_it(
    world: World, bob: Client
) -> None:
    """DSK-02"""
    dan = Client()
    dan.force_login(world.dan)
    bob.post("/desk/line/LIB-3/", {"text": "Not before the election"})
    assert dan.get("/desk/line/LIB-3/").status_code == 404
    assert dan.post("/desk/line/LIB-3/watch/").status_code == 404
    assert "Not before the election" in text_of(bob.get("/desk/line/LIB-3/"))
    assert Client().get("/desk/line/LIB-2/").status_code == 302


def test_news_is_what_others_did_since_it_was_last_seen(
    world: World, alice: Client, bob: Client
) -> None:
    """DSK-03"""
    alice.post("/desk/line/LIB-2/watch/")
    alice.post("/desk/project/libraries/watch/")
    assert "Nothing is new" in text_of(alice.get("/desk/"))
    re_rate(world, "LIB-2")
    bob.post("/desk/line/LIB-2/", {"text": "Why red?"})
    alice.post("/desk/line/LIB-2/", {"text": "My own words are no news"})
    desk = alice.get("/desk/")
    page = text_of(desk)
    assert "Re-rated" in page
    assert "Said: Why red?" in page
    assert "My own words" not in page
    hidden = dict(re.findall(r'name="(number|moment)" value="([^"]+)"', desk.content.decode()))
    alice.post("/desk/seen/", hidden)
    assert "Nothing is new" in text_of(alice.get("/desk/"))
    bob.post("/desk/line/LIB-2/", {"text": "Still waiting"})
    assert "Still waiting" in text_of(alice.get("/desk/"))


def test_no_news_tells_of_a_line_that_the_reader_may_not_read(world: World) -> None:
    """DSK-03"""
    world_subject = subjects.find(reader(world.dan), "project", "libraries")
    re_rate(world, "LIB-3")
    told = queries.news(reader(world.dan), world_subject, 0, LONG_AGO)
    assert told
    assert not any("LIB-3" in each.what for each in told)
    assert any(
        "LIB-3" in e.what
        for e in queries.news(reader(world.bob), world_subject, 0, LONG_AGO, own=True)
    )


def test_mail_tells_once_and_names_no_restricted_line(world: World) -> None:
    """DSK-03"""
    world.bob.email = "bob@example.org"
    world.bob.save()
    by = holder(world.alice)
    for line in ("LIB-2", "LIB-3"):
        operations.watch(subjects.find(reader(world.bob), "line", line), by=holder(world.bob))
        operations.comment(subjects.find(reader(world.alice), "line", line), "Secret plan", by=by)
    assert mailing.mail_news(now=timezone.now(), site="https://council.example") == 1
    assert mailing.mail_news(now=timezone.now(), site="https://council.example") == 0
    (sent,) = mail.outbox
    assert sent.to == ["bob@example.org"]
    assert "https://council.example/desk/line/LIB-2/" in sent.body
    assert "A restricted line: one thing is new" in sent.body
    assert "Secret plan" not in sent.body + sent.subject
    title = reader(world.bob).title("LIB-3")
    assert title not in sent.body


def test_a_view_is_saved_shared_and_taken_away(world: World, alice: Client, bob: Client) -> None:
    """DSK-04"""
    assert "Save this view" in text_of(alice.get("/lines/?rag=RED"))
    form = alice.get("/desk/views/save/?of=%2Flines%2F%3Frag%3DRED").content.decode()
    assert 'value="/lines/?rag=RED"' in form
    view = {"name": "What is red", "address": "/lines/?rag=RED", "shared": "on"}
    alice.post("/desk/views/save/", view)
    assert 'href="/lines/?rag=RED"' in bob.get("/desk/").content.decode()
    number = models.SavedView.objects.get().pk
    assert bob.post(f"/desk/views/{number}/forget/").status_code == 404
    alice.post("/desk/views/save/", view | {"address": "/grid/", "shared": ""})
    assert "What is red" not in text_of(bob.get("/desk/"))
    alice.post(f"/desk/views/{number}/forget/")
    assert not models.SavedView.objects.exists()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "/no-such-page/", "lines/"]
)
def test_only_a_page_of_this_site_can_be_saved(world: World, address: str) -> None:
    """DSK-04"""
    with pytest.raises(Refused):
        operations.save_view(name="A", address=address, shared=False, by=holder(world.alice))


def test_a_calendar_holds_what_concerns_its_owner_and_closes(world: World, alice: Client) -> None:
    """DSK-04"""
    for project, what in (
        (world.libraries, "Close the annexe; sell it"),
        (world.roads, "Resurface"),
    ):
        milestone = Milestone(about=project.heading, what=what, due_on=date(2016, 6, 30))
        programme.add(milestone, by=holder(world.bob))
    page = alice.post("/desk/calendar/").content.decode()
    (address,) = re.findall(r"<code>http://testserver(/desk/calendar/[^<]+\.ics)</code>", page)
    assert address not in alice.get("/desk/calendar/").content.decode()
    feed = Client().get(address)
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(feed.content).walk("VEVENT")
    told = {str(event["summary"]): event.decoded("dtstart") for event in events}
    assert told.get("Libraries: Close the annexe; sell it") == date(2016, 6, 30)
    assert not any("Resurface" in title for title in told)
    kept = models.CalendarKey.objects.get().digest
    assert kept not in address
    alice.post("/desk/calendar/")
    assert Client().get(address).status_code == 404
    alice.post("/desk/calendar/", {"close": "yes"})
    assert not models.CalendarKey.objects.exists()


def test_keys_lead_to_pages_that_the_navigation_has(world: World, bob: Client) -> None:
    """DSK-05"""
    keys = [entry.key for entry in settings.NAVIGATION if entry.key]
    assert len(keys) == len(set(keys))
    page = bob.get("/keys/").content.decode()
    for entry in settings.NAVIGATION:
        if entry.key:
            assert f'data-key="{entry.key}"' in page
            assert f"<kbd>{entry.key}</kbd>" in page


def test_a_question_is_in_the_calendar_of_those_who_may_open_it(world: World) -> None:
    """LIF-08, DSK-04: councillors and officers, not everybody who watches."""
    by = holder(world.dan)
    part = world.libraries.heading
    day = date(2026, 12, 1)
    challenges.ask(part, question="Who closes?", owner_post="Trainee", due_on=day, on=LATER, by=by)
    nina = people.nina()
    for user, found in ((nina, False), (world.dan, True), (world.alice, True)):
        operations.watch(subjects.find(reader(user), "project", "libraries"), by=holder(user))
        told = " ".join(each.title for each in days.of(reader(user), "https://council.example"))
        assert ("Who closes?" in told) is found, user
    # Nor on the desk of somebody whose post is asked, without a role that opens the page.
    waiting = errands.waiting_for(reader(nina), date(2026, 11, 1))
    assert not [each for each in waiting if "Who closes?" in each.what]


def test_what_a_colleague_of_the_same_post_did_is_news(world: World) -> None:
    """DSK-03: their own acts are no news; the ledger keeps posts, so a shared one tells."""
    bill = people.person("bill", world.bob.post, Holding(Role.FINANCE_PARTNER))
    subject = subjects.find(reader(world.bob), "line", "LIB-2")
    for user, text in ((world.bob, "My own words"), (bill, "Of Bill")):
        operations.comment(subject, text, by=holder(user))
    re_rate(world, "LIB-2")
    told = " ".join(each.what for each in queries.news(reader(world.bob), subject, 0, LONG_AGO))
    assert "Of Bill" in told
    assert "My own words" not in told
