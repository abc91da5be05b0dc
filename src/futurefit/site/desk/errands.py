"""What waits for this person, wherever it stands? (rule DSK-01)

Each function below knows one sort of errand; a new sort is a function and a place in `SORTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from futurefit.site.ledger import drafts, people
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import queries as programme_queries
from futurefit.site.programme.links import part_url


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
        own = proposal.by_user_id == reader.holder.user_id or proposal.by == reader.holder.post
        lines = people.touched(draft.entries)
        if own or reader.hides(lines):
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


def _leads(reader: Reader, part) -> bool:
    """True for what somebody leads; who keeps all words is not asked about each."""
    place = programme_queries.place_of(part)
    return any(holding.dimension and holding.covers(place) for holding in reader.holder.holdings)


Sort = Callable[[Reader, date], Iterator[Errand]]

SORTS: tuple[Sort, ...] = (_deliveries, _milestones)
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
