"""Which days concern this person? Milestones of what they lead or watch, or of the programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from futurefit.site.desk.calendar import Day
from futurefit.site.desk.queries import watched
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import queries
from futurefit.site.programme.links import part_url
from futurefit.site.programme.models import MilestoneStatus
from futurefit.site.programme.rights import KEEPERS, may_read_challenges


def of(reader: Reader, site: str) -> Iterator[Day]:
    """Every day that concerns a reader; `site` stands before each address.

    Finance and the programme office see all of them, others those of what they may change or watch.
    """
    everything = reader.holder.keeps(*KEEPERS)
    watching = {(subject.kind.value, subject.code) for _, subject in watched(reader)}

    def concerns(part: Heading) -> bool:
        return (
            everything
            or (part.dimension, part.code) in watching
            or queries.may_edit(reader.holder, part)
        )

    yield from _milestones(concerns, site)
    for risk in queries.risks().filter(closed_on=None, review_on__isnull=False):
        if concerns(risk.about) and risk.review_on is not None:
            what = f"{risk.about.name}: {risk.what}"
            href = f"{site}{part_url(risk.about)}"
            yield Day(f"risk {risk.pk}", risk.review_on, f"Review: {what}", "Risk to review.", href)
    if not may_read_challenges(reader.holder):
        return
    for challenge in queries.open_challenges():
        if concerns(challenge.about):
            yield Day(
                f"challenge {challenge.pk}",
                challenge.due_on,
                f"Answer: {challenge.about.name}: {challenge.question}",
                f"To be answered by {challenge.owner_post}.",
                f"{site}/challenges/{challenge.pk}/",
            )


def _milestones(concerns: Callable[[Heading], bool], site: str) -> Iterator[Day]:
    known: dict[int, bool] = {}
    for milestone in queries.milestones().exclude(status=MilestoneStatus.DONE):
        part = milestone.about
        if milestone.due_on is None:
            continue
        if part.pk not in known:
            known[part.pk] = concerns(part)
        if known[part.pk]:
            yield Day(
                f"milestone {milestone.pk}",
                milestone.due_on,
                f"{part.name}: {milestone.what}",
                f"Milestone, {milestone.get_status_display().lower()}. {milestone.note}".strip(),
                f"{site}{part_url(part)}",
            )
