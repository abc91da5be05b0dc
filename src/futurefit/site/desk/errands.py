"""What waits for this person, wherever it stands? (rule DSK-01)

Each function below knows one sort of errand; a new sort is a function and a place in `SORTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from futurefit.ledger.closing import MonthState
from futurefit.ledger.rights import Role
from futurefit.programme.rounds import timetable
from futurefit.site.ledger import drafts, people
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import queries as programme_queries
from futurefit.site.programme import rights
from futurefit.site.programme.links import part_url, update_url


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that somebody is expected to do: what, where, and by when or since when."""

    sort: str
    what: str
    href: str
    since: date | None = None
    due: date | None = None


def _deliveries(reader: Reader, today: date) -> Iterator[Errand]:
    """Changes that this reader may accept as the second person."""
    for proposal in ledger_queries.waiting_proposals():
        draft = drafts.read(proposal.draft)
        lines = people.touched(draft.entries)
        if people.proposed(proposal, reader.holder) or reader.hides(lines):
            continue
        if people.check_refusals(reader.ledger, draft, reader.holder):
            continue
        acts = ", ".join(dict.fromkeys(in_words(entry.kind) for entry in draft.entries))
        yield Errand(
            "Check a delivery",
            f"{acts}: {', '.join(f'{line} {reader.title(line)}' for line in sorted(lines))}",
            f"/waiting/{proposal.pk}/",
            since=timezone.localdate(proposal.at),
        )


def _milestones(reader: Reader, today: date) -> Iterator[Errand]:
    """Milestones of this reader's own parts that are overdue."""
    for milestone in programme_queries.due(today).overdue:
        if _leads(reader, milestone.about):
            yield Errand(
                "Overdue milestone",
                f"{milestone.about.name}: {milestone.what}",
                part_url(milestone.about),
                due=milestone.due_on,
            )


def _reviews(reader: Reader, today: date) -> Iterator[Errand]:
    """Risks of this reader's own parts whose day of review has passed."""
    for risk in programme_queries.risks().filter(closed_on=None, review_on__lt=today):
        if _leads(reader, risk.about) or risk.owner_post == reader.holder.post:
            yield Errand(
                "Review a risk",
                f"{risk.about.name}: {risk.what}",
                part_url(risk.about),
                due=risk.review_on,
            )


def _signatures(reader: Reader, today: date) -> Iterator[Errand]:
    """Projects that wait for this reader to sign, or whose figures changed since they did."""
    for wanted in programme_queries.sign_offs_wanted():
        part, signed = wanted.project.heading, wanted.signed
        if signed.capacity in rights.sign_offs(programme_queries.roles_on(reader.holder, part)):
            again = " again: figures have changed" if signed.latest is not None else ""
            yield Errand(
                "Sign a project off",
                f"{part.name}, as {signed.capacity}{again}",
                f"{part_url(part)}sign-off/",
            )


def _challenges(reader: Reader, today: date) -> Iterator[Errand]:
    """Questions of the Cabinet Member on this reader's own parts, or put to their post."""
    if not rights.may_read_challenges(reader.holder):
        return
    for challenge in programme_queries.open_challenges():
        if challenge.owner_post == reader.holder.post or _leads(reader, challenge.about):
            yield Errand(
                "Answer a question",
                f"{challenge.about.name}: {challenge.question}",
                f"/challenges/{challenge.pk}/",
                due=challenge.due_on,
            )


def _updates(reader: Reader, today: date) -> Iterator[Errand]:
    """Months whose update is asked for, with lines of this reader's that nobody has confirmed."""
    if Role.PROJECT_LEAD not in reader.holder.roles:
        return  # a month is asked of those who lead; the lines of each cost a look at the ledger
    stands = ledger_queries.closing()
    for month in programme_queries.months(today):
        asked = timetable(month)
        if asked.remind_on > today or stands.state(month) is not MonthState.OPEN:
            continue
        for share in programme_queries.shares(reader.ledger, month)[0]:
            left = len(share.lines - share.confirmed)
            if share.who == reader.holder.user_id and left:
                yield Errand(
                    "Confirm a month",
                    f"{month:%B %Y}: {left} of {len(share.lines)} lines are not confirmed",
                    update_url(month),
                    due=asked.due_on,
                )


def _leads(reader: Reader, part: Heading) -> bool:
    """True for what somebody leads; who keeps all words is not asked about each."""
    place = programme_queries.place_of(part)
    return any(holding.dimension and holding.covers(place) for holding in reader.holder.holdings)


Sort = Callable[[Reader, date], Iterator[Errand]]

SORTS: tuple[Sort, ...] = (
    _deliveries,
    _signatures,
    _challenges,
    _updates,
    _milestones,
    _reviews,
)
"""Every sort of errand, in the order in which a desk shows them."""


def waiting_for(reader: Reader, today: date) -> list[Errand]:
    """Everything that waits for somebody, sort by sort, what is due first at the top."""
    return [
        errand
        for sort in SORTS
        for errand in sorted(
            sort(reader, today), key=lambda each: (each.due or each.since or today, each.what)
        )
    ]
