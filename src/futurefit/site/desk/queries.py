"""What is new, what was said, and what waits for this person? Reads only. (rules DSK-01, DSK-03)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest

from futurefit.ledger import chain
from futurefit.site.accounts.holders import Holder
from futurefit.site.accounts.models import User
from futurefit.site.desk import models, subjects
from futurefit.site.desk.subjects import Subject
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.links import journal_url
from futurefit.site.ledger.people import touched
from futurefit.site.ledger.presenters.journals import entry_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import history
from futurefit.site.programme.queries import heading, words_of


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to what is watched: when, by which post, what, and where. `who` is
    the user's number where it is known: the ledger keeps posts alone.
    """

    at: datetime
    by: str
    what: str
    href: str
    who: int | None = None


def comments(kind: str, code: str) -> list[models.Comment]:
    """What was said about a subject, the earliest first."""
    return list(models.Comment.objects.filter(kind=kind, code=code))


def comment_count(request: HttpRequest) -> str:
    """How many comments the subject of a page has, for the link to them; "" for none."""
    about = subjects.at(request.path)
    if about is None:
        return ""
    number = models.Comment.objects.filter(kind=about[0], code=about[1]).count()
    return str(number) if number else ""


def is_watched(user_id: int, subject: Subject) -> bool:
    """True when somebody watches a subject."""
    return models.Watch.objects.filter(
        user_id=user_id, kind=subject.kind, code=subject.code
    ).exists()


def saved_views(user_id: int) -> list[models.SavedView]:
    """Somebody's own views and those that others share, by name."""
    views = models.SavedView.objects.select_related("owner")
    return list(views.filter(Q(owner_id=user_id) | Q(shared=True)))


def watched(reader: Reader) -> list[tuple[models.Watch, Subject]]:
    """What this reader watches, as far as it is still there and may be read."""
    found = []
    for watch in models.Watch.objects.filter(user_id=reader.holder.user_id or 0):
        try:
            found.append((watch, subjects.find(reader, watch.kind, watch.code)))
        except Http404:
            continue  # closed to this reader since, or gone: it stays watched, and says nothing
    return found


def news(
    reader: Reader, subject: Subject, after: int, since: datetime, *, own: bool = False
) -> list[News]:
    """What happened to a subject after a journal and a moment, the latest first.

    What the reader did is no news to them, unless `own`. Nothing tells of lines they may not read.
    """
    found = [*_journals(reader, subject, after), *_comments(subject, since)]
    found += _words(reader, subject, since)
    if not own:
        found = [each for each in found if not _is_own(each, reader.holder)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _is_own(news: News, holder: Holder) -> bool:
    """True for what somebody did themselves. Where the post alone is known, it is theirs unless
    a colleague has the same.
    """
    if news.who is not None:
        return news.who == holder.user_id
    if news.by != holder.post:
        return False
    others = User.objects.filter(post=holder.post, is_active=True).exclude(pk=holder.user_id or 0)
    return not others.exists()


def _journals(reader: Reader, subject: Subject, after: int) -> Iterable[News]:
    lines = subject.lines - reader.hidden
    moved = [line for line in lines if reader.ledger.last_journal(line) > after]
    if not moved:
        return
    for journal in ledger_queries.journals(after + 1):
        entries = [
            entry
            for entry in journal.entries
            if (about := touched([entry])) & lines and not reader.hides(about)
        ]
        if entries:
            yield News(
                journal.recorded_at,
                chain.word(journal, "by") or "",
                " ".join(entry_words(entry, reader.names) for entry in entries),
                journal_url(journal.number),
            )


def _comments(subject: Subject, since: datetime) -> Iterable[News]:
    for said in models.Comment.objects.filter(kind=subject.kind, code=subject.code, at__gt=since):
        yield News(said.at, said.by, f"Said: {said.text}", subject.desk_url, said.by_user_id)


def _words(reader: Reader, subject: Subject, since: datetime) -> Iterable[News]:
    part = heading(subject.kind, subject.code)
    words = words_of(part) if part is not None else None
    if words is None:
        return
    for change in history.of(words):
        if change.at > since:
            what = f"{change.field}: {change.new or 'taken away'}"
            yield News(change.at, change.by, what, f"{subject.href}history/", change.by_user)


def owner_of(key_digest: str) -> User | None:
    """Whose calendar a key opens; None for a key that opens none (any more)."""
    key = models.CalendarKey.objects.select_related("user").filter(digest=key_digest).first()
    return key.user if key is not None and key.user.is_active else None
