"""A project is submitted, screened, signed, challenged and approved in outline, by its people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from futurefit.ledger import acts
from futurefit.ledger.entries import LineAttributes
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holding
from futurefit.site.ledger.queries import LineWords
from futurefit.site.programme import models
from futurefit.site.programme import operations as programme
from tests.journeys.conftest import Traveller
from tests.journeys.test_a_saving import OFFICE
from tests.site import people
from tests.site.ledger.books import Book

ON = date(2016, 1, 15)


@pytest.fixture
def project(server: str) -> None:
    """A project with one line, its lead, finance, the office and a councillor."""
    book = Book()
    programme.create_project(
        models.Project(description="Fewer desks", head_of_service_lead="Head of Libraries"),
        code="libraries",
        name="Libraries fit for 2020",
        parent=None,
        by=OFFICE,
    )
    book.post(
        acts.open_line("LIB-1", LineAttributes(project="libraries"), on=ON),
        acts.set_target("LIB-1", {"2016/17": 100_000_00}, on=ON),
        words={"LIB-1": LineWords("Fewer desks")},
    )
    people.alice()
    people.bob()
    people.dan()
    people.person("carol", "Programme Office Manager", Holding(Role.PROGRAMME_OFFICE))


# A page that fits a telephone fits a desk: the third way would find nothing new.
@pytest.mark.parametrize("traveller", ["on a phone", "without JavaScript"], indirect=True)
@pytest.mark.usefixtures("project")
def test_a_project_is_submitted_signed_challenged_and_moved_on(traveller: Traveller) -> None:
    given_a_lead_submits_and_screens_the_project(traveller)
    when_she_signs_it_off_with_its_figures(traveller)
    and_a_councillor_challenges_it(traveller)
    and_she_answers(traveller)
    then_the_office_approves_the_outline(traveller)


def given_a_lead_submits_and_screens_the_project(traveller: Traveller) -> None:
    traveller.sign_in("alice", people.PASSWORD)
    traveller.open("/projects/libraries/")
    traveller.sees("Where it stands", "Its paper is not submitted", "Nobody has said whether")
    traveller.follow("Submit the paper as it stands")
    traveller.fill(note="For the board in July")
    traveller.press("Submit")
    traveller.sees("Its PDF is kept under", "For the board in July")
    traveller.open("/projects/libraries/equality/")
    traveller.follow("Screen it")
    traveller.fill(relevance="NOT_RELEVANT", reason="Back office desks only")
    traveller.press("Save")
    traveller.follow("Sign it")
    traveller.press("Sign")
    traveller.sees("Signed by Head of Libraries")


def when_she_signs_it_off_with_its_figures(traveller: Traveller) -> None:
    traveller.open("/projects/libraries/sign-off/")
    traveller.sees("You sign these figures", "100")
    traveller.fill(capacity="Head of Service")
    traveller.press("Sign")
    traveller.sees("Signed as Head of Service", "Holds", "Nothing is missing for the next move")


def and_a_councillor_challenges_it(traveller: Traveller) -> None:
    traveller.sign_in("dan", people.PASSWORD)
    traveller.open("/projects/libraries/")
    traveller.follow("Ask a question")
    due = timezone.localdate() + timedelta(days=7)
    traveller.fill(question="Who pays for the machines?", due_on=f"{due:%d/%m/%Y}")
    traveller.press("Ask")
    traveller.sees("Who pays for the machines?", "Not yet")


def and_she_answers(traveller: Traveller) -> None:
    traveller.sign_in("alice", people.PASSWORD)
    traveller.open("/challenges/")
    traveller.follow("Who pays for the machines?")
    traveller.fill(answer="The transformation fund pays.")
    traveller.press("Answer")
    traveller.sees("The transformation fund pays.", "Put the answer right")


def then_the_office_approves_the_outline(traveller: Traveller) -> None:
    traveller.sign_in("carol", people.PASSWORD)
    traveller.open("/projects/libraries/")
    traveller.follow("Approve the outline")
    traveller.fill(why="The outline is sound")
    traveller.press("Approve the outline")
    traveller.sees("stands at Outline approved now", "Missing before the next move")
    for path in ("/fund/", "/equality/", "/adopt/", "/sign-offs/"):
        traveller.open(path)
