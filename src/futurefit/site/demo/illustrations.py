"""What stands in the demonstration only to show how it looks, and says so?

The papers of November 2015 hold no assessment, no answer to a challenge and no grant with a year.
Rows that are made up begin with the word “Illustrative”, and none is money of the programme.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from futurefit.ledger.rights import Role
from futurefit.programme.equality import Characteristic, Relevance
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models, operations, queries

CABINET = date(2015, 11, 19)
_MEMBER = Holder(post="Cabinet Member", holdings=frozenset({Holding(Role.COUNCILLOR)}))


def load(office: Holder, why: str) -> None:
    """An assessment under way, a consultation, two questions, a grant, and what is followed."""
    hr = queries.heading("project", "modernising-hr")
    send = queries.heading("project", "send-contract")
    if hr is None or send is None:
        raise LookupError("the reference programme has lost a project")
    _follow(hr, office, why)
    operations.screen(
        send,
        relevance=Relevance.FULL,
        reason="Illustrative: the contract is for children with special needs.",
        review_on=None,
        by=office,
        seen=None,
        why=why,
    )
    operations.record_effect(
        send,
        Characteristic.DISABILITY,
        told={"effect": "NONE", "evidence": "Illustrative: what is provided stays the same."},
        by=office,
        seen=None,
        why=why,
    )
    consultation = models.Consultation(
        about=send,
        what="Illustrative: the contract from 2016",
        audience="Parents and schools",
        reasons="What the contract costs, and what would change",
        starts_on=date(2015, 9, 1),
        ends_on=date(2015, 11, 23),
    )
    operations.add(consultation, by=office, why=why)
    today = timezone.localdate()
    lead = "Head of Service, human resources and workforce"
    asked = operations.ask(
        hr,
        question="Illustrative: which posts go, and when are their holders told?",
        owner_post=lead,
        due_on=today,
        on=today,
        by=_MEMBER,
    )
    operations.answer(
        asked,
        text="Illustrative: a list comes with the business case.",
        on=today,
        by=office,
        seen=None,
    )
    operations.ask(
        hr,
        question="Illustrative: what do other councils pay for the same service?",
        owner_post=lead,
        due_on=today + timedelta(days=14),
        on=today,
        by=_MEMBER,
    )
    operations.record_in_fund(
        models.FundEntry(
            line_ref="SS-I4",
            sort="GRANTED",
            year="2015/16",
            amount_pence=850_000_00,
            on=CABINET,
            decision="Illustrative: the paper says that it is approved, not when",
        ),
        by=office,
        today=today,
        why=why,
    )


def _follow(part: Heading, office: Holder, why: str) -> None:
    """A measure of success with readings, and a risk with scores, exposure and a review."""
    measure = models.SuccessMeasure(
        about=part,
        what="Illustrative: days from leaving notice to a new appointment",
        unit="days",
        baseline_value=Decimal(90),
        baseline_on=date(2015, 4, 1),
        target_value=Decimal(60),
        target_on=date(2017, 4, 1),
        order=90,
    )
    operations.add(measure, by=office, why=why)
    for on, value in ((date(2015, 7, 1), 88), (date(2015, 10, 1), 84)):
        reading = models.Reading(
            measure=measure, on=on, value=Decimal(value), source="Illustrative return"
        )
        operations.add(reading, by=office, why=why)
    risk = models.Risk(
        about=part,
        what="Illustrative: the new payroll system comes late",
        mitigation="Two pay runs side by side",
        likelihood=4,
        impact=4,
        likelihood_after=2,
        impact_after=3,
        impact_pence=40_000_00,
        likelihood_percent=25,
        review_on=date(2016, 1, 15),
        order=90,
    )
    operations.add(risk, by=office, why=why)
