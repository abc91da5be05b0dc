"""Which questions wait for an answer, and which were answered? Reads only. (rule LIF-08)"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models
from futurefit.site.programme.queries.words import may_edit


def open_challenges(parts: Iterable[Heading] | None = None) -> QuerySet[models.Challenge]:
    """The questions that wait, the one that is due first at the top; of some parts, or of all."""
    return _of(parts).filter(answered_on=None).order_by("due_on", "pk")


def answered_challenges(parts: Iterable[Heading] | None = None) -> QuerySet[models.Challenge]:
    """The questions that were answered, the latest answer first."""
    return _of(parts).filter(answered_on__isnull=False).order_by("-answered_on", "pk")


def put_by(row: models.Challenge, holder: Holder) -> bool:
    """True when somebody put this question: the person, whatever their post is called by now."""
    if row.asked_by is None or holder.user_id is None:
        return row.asked_post == holder.post
    return row.asked_by == holder.user_id


def may_answer(holder: Holder, row: models.Challenge) -> bool:
    """True when somebody may answer: who may change the words of the part, but not who asks."""
    return may_edit(holder, row.about) and not put_by(row, holder)


def _of(parts: Iterable[Heading] | None) -> QuerySet[models.Challenge]:
    rows = models.Challenge.objects.select_related("about")
    return rows if parts is None else rows.filter(about__in=list(parts))
