"""What can somebody do at their desk? (rules DSK-01 to DSK-04)"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from futurefit.ledger.refusal import Refusal
from futurefit.site.accounts.holders import Holder
from futurefit.site.desk import models
from futurefit.site.desk.subjects import Subject
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused, words_changed
from futurefit.site.ledger.operations.writing import exclusive, refuse

Clock = Callable[[], datetime]


@transaction.atomic
def save_view(*, name: str, address: str, shared: bool, by: Holder) -> models.SavedView:
    """Keep a page with its filters under a name; the same name again takes the new address."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/"):
        raise refuse("DSK-VIEW", "Only a page of this site can be saved.", "address")
    try:
        resolve(parts.path)
    except Resolver404:
        raise refuse("DSK-VIEW", "There is no such page on this site.", "address") from None
    view = models.SavedView.objects.filter(owner_id=_user(by), name=name.strip()).first()
    view = view or models.SavedView(owner_id=_user(by), name=name.strip())
    view.address, view.shared = address, shared
    _checked(view)
    view.save()
    return view


@transaction.atomic
def forget_view(number: int, *, by: Holder) -> None:
    """Take one's own view away."""
    gone, _ = models.SavedView.objects.filter(pk=number, owner_id=_user(by)).delete()
    if not gone:
        raise refuse("DSK-NOT-OWN", "That is not a view of yours.")


def comment(
    subject: Subject, text: str, *, by: Holder, clock: Clock = timezone.now
) -> models.Comment:
    """Say something to colleagues beside a line, project, workstream or theme."""
    with exclusive():
        said = models.Comment(
            kind=subject.kind,
            code=subject.code,
            text=text.strip(),
            by=by.post,
            by_user_id=_user(by),
            at=clock(),
        )
        _checked(said)
        said.save()
        words_changed()
        return said


def take_back(number: int, *, by: Holder) -> models.Comment:
    """Take one's own comment away; its history keeps it."""
    with exclusive():
        said = models.Comment.objects.filter(pk=number, by_user_id=_user(by)).first()
        if said is None:
            raise refuse("DSK-NOT-OWN", "That is not a comment of yours.")
        taken = models.Comment(kind=said.kind, code=said.code, text=said.text)
        said.delete()
        words_changed()
        return taken


@transaction.atomic
def watch(subject: Subject, *, by: Holder, clock: Clock = timezone.now) -> models.Watch:
    """Want to know what happens from now on."""
    number, now = ledger_queries.head().number, clock()
    found, _ = models.Watch.objects.get_or_create(
        user_id=_user(by),
        kind=subject.kind,
        code=subject.code,
        defaults={
            "seen_number": number,
            "seen_at": now,
            "mailed_number": number,
            "mailed_at": now,
        },
    )
    return found


@transaction.atomic
def stop_watching(subject: Subject, *, by: Holder) -> None:
    """Want to know no more."""
    models.Watch.objects.filter(user_id=_user(by), kind=subject.kind, code=subject.code).delete()


@transaction.atomic
def seen(*, number: int, by: Holder, at: datetime) -> None:
    """Everything up to a journal and a moment was looked at."""
    models.Watch.objects.filter(user_id=_user(by)).update(seen_number=number, seen_at=at)


@transaction.atomic
def new_calendar_key(*, by: Holder, clock: Clock = timezone.now) -> str:
    """A key for the address of one's calendar; the one before opens nothing any more."""
    key = secrets.token_urlsafe(24)
    models.CalendarKey.objects.update_or_create(
        user_id=_user(by), defaults={"digest": digest_of(key), "made_at": clock()}
    )
    return key


@transaction.atomic
def revoke_calendar_key(*, by: Holder) -> None:
    """Close one's calendar feed."""
    models.CalendarKey.objects.filter(user_id=_user(by)).delete()


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _user(by: Holder) -> int:
    if by.user_id is None:
        raise refuse("DSK-SIGN-IN", "Sign in first.")
    return by.user_id


def _checked(row: models.SavedView | models.Comment) -> None:
    try:
        row.full_clean()
    except ValidationError as wrong:
        raise Refused(
            Refusal("DSK-INVALID", message, field if field != "__all__" else "")
            for field, messages in wrong.message_dict.items()
            for message in messages
        ) from None
