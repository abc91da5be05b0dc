"""Who can one be in the demonstration?"""

from __future__ import annotations

from dataclasses import replace

from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holding
from futurefit.site.accounts.operations import DEMO_PEOPLE
from futurefit.site.demo import papers

_LEADS = (
    Holding(Role.PROJECT_LEAD, "project", "modernising-hr"),
    Holding(Role.PROJECT_LEAD, "theme", "operating-model"),
)

PEOPLE = tuple(
    replace(person, post=papers.read().post("head-of-hr"), holdings=_LEADS)
    if person.holdings[0].role is Role.PROJECT_LEAD
    else person
    for person in DEMO_PEOPLE
)
"""The demo's people, of whom the lead leads what one head of service leads in the papers."""
