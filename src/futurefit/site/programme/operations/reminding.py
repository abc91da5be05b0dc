"""Who is written to about a month's update, and to whom is it taken further? (rule UPD-03)

Mail travels and is kept elsewhere, so a letter holds counts and an address, and no words of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from futurefit.ledger import closing
from futurefit.ledger.closing import MonthState
from futurefit.ledger.rights import Role
from futurefit.ledger.state import Ledger
from futurefit.programme import rounds
from futurefit.programme.rounds import Letter, Share
from futurefit.site.accounts import queries as accounts
from futurefit.site.accounts.models import User
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import models, queries
from futurefit.site.programme.links import month_url, update_url


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out: how many letters, and the posts that have no address."""

    letters: int
    without_address: tuple[str, ...]


def remind(on: date, *, site: str, clock: Callable[[], datetime] = timezone.now) -> Sent:
    """Send the letters that a day calls for about the last month that has ended.

    Run again, it sends none twice: what was sent is kept with each letter. Nobody is written to
    about a month that is locked.
    """
    month = closing.month_of(closing.first_day(on) - timedelta(days=1))
    if ledger_queries.closing().state(month) is MonthState.LOCKED:
        return Sent(0, ())
    ledger = ledger_queries.current_ledger()
    shares, _ = queries.shares(ledger, month)
    called = rounds.letters(month, on, shares)
    sent, without = 0, []
    for user, letter, body in _addressed(month, ledger, called, site):
        if not user.email:
            without.append(user.post)
        else:
            sent += _send(user, letter, month, body, on, clock())
    return Sent(sent, tuple(dict.fromkeys(without)))


def _addressed(
    month: date, ledger: Ledger, called: Iterable[tuple[Letter, Share]], site: str
) -> Iterable[tuple[User, Letter, str]]:
    """Each letter with whom it goes to, and what it says."""
    users = {user.pk: user for user, _ in accounts.holders(Role.PROJECT_LEAD)}
    late: list[Share] = []
    for letter, share in called:
        if letter is Letter.ESCALATION:
            late.append(share)
        else:
            yield users[share.who], letter, _asking(month, share, site)
    if late:
        for user in _above(ledger, late):
            yield user, Letter.ESCALATION, _taken_further(month, late, site)


def _above(ledger: Ledger, late: Iterable[Share]) -> list[User]:
    """The programme office, and the heads of service of the projects whose lines are left."""
    codes = {ledger.lines[line].project for share in late for line in share.left}
    leads = models.Project.objects.filter(heading__code__in=codes - {""})
    titles = {code: name.name for code, name in ledger_queries.headings()["owner"].items()}
    posts = {
        titles.get(lead, lead) for lead in leads.values_list("head_of_service_lead", flat=True)
    }
    office = [user.pk for user, _ in accounts.holders(Role.PROGRAMME_OFFICE)]
    heads = User.objects.filter(is_active=True, post__in=posts - {""}).values_list("pk", flat=True)
    return list(User.objects.filter(pk__in={*office, *heads}).order_by("post", "pk"))


def _asking(month: date, share: Share, site: str) -> str:
    due = rounds.timetable(month).due_on
    left = len(share.left)
    lines = "one line is" if left == 1 else f"{left} lines are"
    return (
        f"Your update of {month:%B %Y} is due on {due.day} {due:%B %Y}: {lines} not confirmed "
        "yet.\n\n"
        f"Confirm or change them on one page:\n{site}{update_url(month)}"
    )


def _taken_further(month: date, late: Iterable[Share], site: str) -> str:
    due = rounds.timetable(month).due_on
    posts = "\n".join(
        f"- {share.post}: {len(share.left)} of {len(share.lines)} lines not confirmed"
        for share in late
    )
    return (
        f"Updates of {month:%B %Y} were due on {due.day} {due:%B %Y}. Still missing:\n\n{posts}\n\n"
        f"{site}{month_url(month)}"
    )


_SUBJECTS = {
    Letter.REMINDER: "FutureFit: your update of {month} is due",
    Letter.OVERDUE: "FutureFit: your update of {month} is overdue",
    Letter.ESCALATION: "FutureFit: updates of {month} are missing",
}


@transaction.atomic
def _send(user: User, letter: Letter, month: date, body: str, on: date, now: datetime) -> int:
    """Send one letter unless it was sent; 1 if it went out."""
    # Noted first: a letter that fails to go takes the note back with it.
    _, is_new = models.Reminder.objects.get_or_create(
        month=month,
        letter=letter,
        to_user=user.pk,
        defaults={"to_post": user.post, "on": on, "at": now},
    )
    if not is_new:
        return 0
    subject = _SUBJECTS[letter].format(month=f"{month:%B %Y}")
    EmailMessage(subject=subject, body=body, to=[user.email]).send()
    return 1
