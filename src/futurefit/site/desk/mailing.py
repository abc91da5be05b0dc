"""Who is told by mail what is new on what they watch? (rule DSK-03)

One mail a person with everything since the last one. Mail travels and is kept elsewhere, so nothing
of a restricted line's words is in it, even for those who may read them here: it says that there is
something to read, and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from futurefit.site.accounts.models import User
from futurefit.site.accounts.queries import holder_of
from futurefit.site.desk import models, queries
from futurefit.site.desk.subjects import Subject
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.reading import Reader


def mail_news(*, now: datetime, site: str) -> int:
    """Send everybody who has an address what is new to them; how many mails went out.

    Run again, it sends nothing twice: what was told is noted with each mail.
    """
    ledger = ledger_queries.current_ledger()
    sent = 0
    for user in User.objects.filter(is_active=True, watches__isnull=False).distinct():
        if not user.email:
            continue
        told = list(_told(Reader(holder_of(user), ledger), site))
        if told:
            _send(user, told, number=ledger.head.number, now=now)
            sent += 1
    return sent


def _told(reader: Reader, site: str) -> Iterator[str]:
    for watch, subject in queries.watched(reader):
        news = queries.news(reader, subject, watch.mailed_number, watch.mailed_at)
        if news:
            many = "one thing is new" if len(news) == 1 else f"{len(news)} things are new"
            yield f"{_name(reader, subject)}: {many}.\n{site}{subject.desk_url}"


def _name(reader: Reader, subject: Subject) -> str:
    if subject.kind is models.SubjectKind.LINE and reader.restricted(subject.lines):
        return "A restricted line"
    return subject.title


@transaction.atomic
def _send(user: User, told: list[str], *, number: int, now: datetime) -> None:
    # Noted first: a mail that fails to go takes the note back with it.
    models.Watch.objects.filter(user=user).update(mailed_number=number, mailed_at=now)
    EmailMessage(
        subject=f"FutureFit: news on {len(told)} of the things that you watch",
        body="\n\n".join([*told, "You are told because you watch these. Stop it on their pages."]),
        to=[user.email],
    ).send()
