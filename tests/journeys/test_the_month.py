"""A month: a lead updates it, finance closes it, and unlocks it for somebody."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from futurefit.ledger import acts
from futurefit.ledger.closing import LONGEST_UNLOCK
from futurefit.ledger.entries import Account, Draft, LineAttributes
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.ledger import operations
from futurefit.site.ledger.queries import LineWords
from futurefit.site.programme import models
from futurefit.site.programme import operations as words
from tests.journeys.conftest import Traveller
from tests.site import people

OFFICE = Holder(
    9,
    "Programme office",
    frozenset({Holding(Role.PROGRAMME_OFFICE), Holding(Role.FINANCE_PARTNER)}),
)
OPENED = date(2016, 8, 1)
PAGE = "/month/2016-11/"


@pytest.fixture
def programme(server: str) -> None:
    """Two lines of one theme, with a milestone and a risk; its lead, and finance."""
    operations.set_programme(
        name="FutureFit 2020",
        council="Example County Council",
        first_year=2016,
        last_year=2019,
        open_from=2020,
        by=OFFICE,
    )
    theme = operations.name_heading("theme", "places", "Places and people", by=OFFICE)
    people.person("lead", "Head of Libraries", Holding(Role.PROJECT_LEAD, "theme", "places"))
    people.bob()
    words.add(models.Milestone(about=theme, what="Desks close", due_on=OPENED), by=OFFICE)
    words.add(models.Risk(about=theme, what="Keys are lost", mitigation="Spare keys"), by=OFFICE)
    entries = []
    for ref in ("LIB-1", "LIB-2"):
        entries.append(acts.open_line(ref, LineAttributes(theme="places"), on=OPENED))
        target = {"2016/17": 100_000_00}
        entries.append(acts.set_target(ref, target, rating=Account.AMBER, on=OPENED))
    titles = {"LIB-1": LineWords("Fewer desks"), "LIB-2": LineWords("Later doors")}
    draft = Draft("", "The concept paper", tuple(entries))
    operations.post(draft, by=OFFICE, expects=None, words=titles)


# A page that fits a telephone fits a desk: the third way would find nothing new.
@pytest.mark.parametrize("traveller", ["on a phone", "without JavaScript"], indirect=True)
@pytest.mark.usefixtures("programme")
def test_a_month_is_updated_closed_and_unlocked(traveller: Traveller) -> None:
    given_a_lead_changes_a_line_and_a_milestone(traveller)
    when_finance_closes_the_month(traveller)
    and_unlocks_it_for_the_lead(traveller)
    then_the_lead_alone_changes_it_and_it_is_locked_again(traveller)


def given_a_lead_changes_a_line_and_a_milestone(traveller: Traveller) -> None:
    traveller.sign_in("lead", people.PASSWORD)
    traveller.open(PAGE)
    traveller.press("Update my lines")
    traveller.fill(**{"2016/17:LIB-1": "60k", "2017/18:LIB-1": "nothing", "due_on:m1": "1/10/2016"})
    traveller.press("See what changes")
    traveller.sees("There is a problem")
    traveller.fill(**{"2017/18:LIB-1": "40k", "note:LIB-1": "The lease runs longer"})
    traveller.press("See what changes")
    traveller.sees("Nothing is recorded yet", "£40,000, amber, from 2016/17 to 2017/18")
    traveller.press("Confirm")
    traveller.sees("2 lines confirmed for November 2016", "Every line is confirmed (2)")


def when_finance_closes_the_month(traveller: Traveller) -> None:
    traveller.sign_in("bob", people.PASSWORD)
    traveller.open("/month/")
    traveller.open(PAGE)
    traveller.press("Soft close the month")
    traveller.sees("Soft closed: only finance posts to it.")
    traveller.press("Lock the month")
    traveller.sees("is locked, as “November 2016”, at journal 2")


def and_unlocks_it_for_the_lead(traveller: Traveller) -> None:
    traveller.press("Unlock the month for one person")
    traveller.sees("There is a problem")
    lead = str(people.User.objects.get(username="lead").pk)
    until = f"{timezone.localdate() + LONGEST_UNLOCK:%d/%m/%Y}"
    typed = {"unlock-person": lead, "unlock-until": until, "unlock-why": "A late invoice"}
    traveller.fill(**typed)
    traveller.press("Unlock the month for one person")
    traveller.sees("Unlocked for a named person.")


def then_the_lead_alone_changes_it_and_it_is_locked_again(traveller: Traveller) -> None:
    traveller.sign_in("lead", people.PASSWORD)
    traveller.open(PAGE)
    traveller.press("Update my lines")
    traveller.fill(**{"2016/17:LIB-2": "99k"})
    traveller.press("See what changes")
    traveller.press("Confirm")
    traveller.sees("Changes are journal 3")
    traveller.sign_in("bob", people.PASSWORD)
    traveller.open(PAGE)
    traveller.press("Lock the month again")
    traveller.sees("“November 2016 (2)”", "superseded by November 2016 (2)")
    traveller.open("/month/year-end/2016-17/")
    traveller.sees("LIB-1")
    traveller.open("/milestones/")
    traveller.open("/risks/")
    traveller.open("/measures/")
