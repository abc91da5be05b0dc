"""How is regard for equality, and for what people said, put on record? (rules LIF-06, LIF-07)"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from futurefit.ledger.refusal import Refusal
from futurefit.programme import equality
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.programme import models, queries
from futurefit.site.programme.operations.keeping import must_edit, refuse_stale, save


def screen(
    part: Heading,
    *,
    relevance: equality.Relevance,
    reason: str,
    review_on: date | None,
    by: Holder,
    seen: str | None,
    why: str = "",
) -> models.EqualityAssessment:
    """Say whether equality matters to a part of the programme, and why. What was signed before is
    to be signed again.
    """
    with exclusive():
        must_edit(by, part)
        row = queries.assessment_row(part)
        if row is None:
            row = models.EqualityAssessment(about=part)
        else:
            refuse_stale(row, seen)
        row.relevance, row.reason, row.review_on = relevance, reason, review_on
        row.signed_on, row.signed_post = None, ""
        return save(row, by, why)


def record_effect(
    part: Heading,
    characteristic: equality.Characteristic,
    *,
    told: Mapping[str, str],
    by: Holder,
    seen: str | None,
    why: str = "",
) -> models.EqualityEffect:
    """Say what is done to people with one characteristic; `told` names the fields of the effect.
    The signature goes: it was under something else.
    """
    with exclusive():
        must_edit(by, part)
        assessment = queries.assessment_row(part)
        if assessment is None or assessment.relevance != equality.Relevance.FULL:
            raise refuse("LIF-EQUALITY", "Effects belong to a full assessment: screen it first.")
        row = assessment.effects.filter(characteristic=characteristic).first()
        if row is None:
            row = models.EqualityEffect(assessment=assessment, characteristic=characteristic)
        else:
            refuse_stale(row, seen)
        for name, text in told.items():
            setattr(row, name, text)
        save(row, by, why)
        if assessment.signed_on is not None:
            assessment.signed_on, assessment.signed_post = None, ""
            save(assessment, by, "An effect was changed")
        return row


def sign_assessment(
    part: Heading, *, on: date, by: Holder, seen: str | None
) -> models.EqualityAssessment:
    """Sign an assessment that lacks nothing else."""
    with exclusive():
        must_edit(by, part)
        row = queries.assessment_row(part)
        lacking = equality.unready(queries.assessment_of(row))
        if lacking or row is None:
            raise Refused(Refusal("LIF-EQUALITY", words) for words in lacking)
        refuse_stale(row, seen)
        if row.signed_on is not None:
            raise refuse("LIF-EQUALITY", f"{row.signed_post} has signed it already.")
        if by.user_id in queries.made_less_of(row):
            raise refuse(
                "LIF-TWICE",
                "You took the full assessment away: somebody else signs that it is not needed.",
            )
        row.signed_on, row.signed_post = on, by.post
        return save(row, by, "")


def consider(
    consultation: models.Consultation,
    *,
    consideration: str,
    on: date,
    by: Holder,
    seen: str | None,
) -> models.Consultation:
    """Record what was made of what people said, once it is reported."""
    with exclusive():
        must_edit(by, consultation.about)
        row = models.Consultation.objects.select_related("about").get(pk=consultation.pk)
        refuse_stale(row, seen)
        if row.reported_on is None:
            raise refuse("LIF-CONSULTATION", "Report first what people said.")
        if not consideration.strip():
            raise refuse(
                "LIF-CONSULTATION",
                "Say what was made of the responses: what changed, or why nothing did.",
                "consideration",
            )
        row.consideration, row.considered_on, row.considered_post = consideration, on, by.post
        return save(row, by, "")
