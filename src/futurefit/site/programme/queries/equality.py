"""What regard was had to equality, and what is still to be considered? Reads only.
(rules LIF-06, LIF-07)
"""

from __future__ import annotations

from datetime import date

from futurefit.programme import consultations, equality
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models


def chain_of(part: Heading) -> list[Heading]:
    """A part of the programme and what it is a part of, the narrowest first."""
    found = [part]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found


def assessment_row(part: Heading) -> models.EqualityAssessment | None:
    """A part's own assessment; None where there is none."""
    rows = models.EqualityAssessment.objects.select_related("about").prefetch_related("effects")
    return rows.filter(about=part).first()


def assessment_of(row: models.EqualityAssessment | None) -> equality.Assessment:
    """An assessment as a value."""
    if row is None:
        return equality.Assessment()
    return equality.Assessment(
        relevance=equality.Relevance(row.relevance),
        reason=row.reason,
        found={
            equality.Characteristic(effect.characteristic): equality.Found(
                equality.Effect(effect.effect), effect.evidence, effect.mitigation
            )
            for effect in row.effects.all()
        },
        is_signed=row.signed_on is not None,
    )


def made_less_of(row: models.EqualityAssessment) -> frozenset[int]:
    """The numbers of those who have changed what screening said since it last asked for a full
    assessment; none where it does, or never did.
    """
    said = row.history.order_by("history_id").values_list("relevance", "history_user_id")
    found: set[int] = set()
    last, was_full = equality.Relevance.NOT_SCREENED.value, False
    for relevance, who in said:
        if relevance == equality.Relevance.FULL:
            was_full = True
            found.clear()
        elif was_full and relevance != last and who is not None:
            found.add(who)
        last = relevance
    return frozenset(found)


def assessment_over(part: Heading) -> equality.Assessment:
    """The assessment that a part stands under: its own, or else of what it is a part of."""
    rows = (assessment_row(above) for above in chain_of(part))
    return assessment_of(next((row for row in rows if row is not None), None))


def consultation_of(
    row: models.Consultation, decided_on: date | None = None
) -> consultations.Consultation:
    """A consultation as a value."""
    return consultations.Consultation(
        what=row.what,
        reasons=row.reasons,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reported_on=row.reported_on,
        considered_on=row.considered_on,
        decided_on=decided_on,
    )


def consultations_over(part: Heading) -> list[models.Consultation]:
    """The consultations on a part and on what it is a part of."""
    rows = models.Consultation.objects.select_related("about", "source_document")
    return list(rows.filter(about__in=chain_of(part)))


def still_to_consider(part: Heading, today: date) -> list[str]:
    """What each consultation over a part still lacks before a decision, in words."""
    return [
        words
        for row in consultations_over(part)
        for words in consultations.missing(consultation_of(row), today)
    ]
