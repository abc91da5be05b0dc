"""What do reports tell beside figures: what is due, what may go wrong, what waits? Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from futurefit.programme.reports import Due, Risky, Told, Waiting
from futurefit.site.accounts.holders import Holder
from futurefit.site.common.audience import OFFICERS
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models
from futurefit.site.programme.links import part_url
from futurefit.site.programme.queries.challenges import open_challenges
from futurefit.site.programme.queries.sign_offs import sign_offs_wanted
from futurefit.site.programme.queries.words import milestones, projects, risks


def posts() -> Mapping[str, str]:
    """The title of every post that has a code."""
    return {code: name.name for code, name in ledger_queries.headings()["owner"].items()}


def dues(parts: Sequence[Heading] | None = None) -> tuple[Due, ...]:
    """Every milestone that is outstanding, or those of some parts of the programme."""
    rows = milestones().filter(status=models.MilestoneStatus.OUTSTANDING)
    if parts is not None:
        rows = rows.filter(about__in=parts)
    return tuple(
        Due(
            row.what,
            row.about.name,
            row.agreed_on,
            printed=row.date_printed,
            forecast_on=row.due_on if row.due_on != row.agreed_on else None,
            href=part_url(row.about),
        )
        for row in rows
    )


def open_risks(parts: Sequence[Heading] | None = None) -> tuple[Risky, ...]:
    """Every risk that is open, or those of some parts of the programme."""
    rows, titles = risks().filter(closed_on=None), posts()
    if parts is not None:
        rows = rows.filter(about__in=parts)
    return tuple(
        Risky(
            row.what,
            row.about.name,
            row.score,
            row.mitigation,
            titles.get(row.owner_post, row.owner_post),
            exposure_pence=row.exposure_pence,
            href=part_url(row.about),
        )
        for row in rows
    )


def waiting(holder: Holder) -> tuple[Waiting, ...]:
    """What waits for somebody, as far as this reader may see that it does."""
    if holder.roles.isdisjoint(OFFICERS):
        return ()
    proposals = ledger_queries.waiting_proposals()
    oldest = timezone.localtime(proposals[0].at).date() if proposals else None
    challenges = list(open_challenges())
    asked_on = min((challenge.asked_on for challenge in challenges), default=None)
    return (
        Waiting("Changes that wait for a second person", len(proposals), oldest, "/waiting/"),
        Waiting("Questions that wait for an answer", len(challenges), asked_on, "/challenges/"),
        Waiting("Signatures that are wanted", len(sign_offs_wanted()), href="/sign-offs/"),
    )


def told_of_theme(theme: models.Theme) -> tuple[Told, ...]:
    """What a theme's report says in words."""
    return _told(
        ("Vision", f"{theme.vision}\n{theme.vision_points}"),
        ("Led by", _titled(theme.lead_posts)),
        ("Progress so far", theme.progress),
        ("Where it stands", theme.status_caveat),
        ("Equality", theme.equality_note),
    )


def told_of_project(project: models.Project) -> tuple[Told, ...]:
    """What a project's report says in words."""
    return _told(
        ("What it is", project.description),
        ("What it is for", project.purpose),
        ("Outcomes", project.outcomes),
        ("Where it stands", f"{project.status_caveat}\n{project.rag_comment}"),
    )


def lead_of(project: models.Project) -> str:
    """The post that leads a project: its head of service, else whoever stands above."""
    lead = project.head_of_service_lead or project.slt_lead or project.cmr_lead
    return ", ".join(models.statements(_titled(lead)))


def tracked() -> dict[tuple[str, str], dict[str, object]]:
    """What a tracker says of each project and theme beside its figures, by dimension and code."""
    coming: dict[int, Due] = {}
    rows = milestones().filter(status=models.MilestoneStatus.OUTSTANDING, due_on__isnull=False)
    for row in rows:
        coming.setdefault(row.about_id, Due(row.what, row.about.name, row.due_on))
    found: dict[tuple[str, str], dict[str, object]] = {}
    leads = [
        *((project.heading, lead_of(project)) for project in projects()),
        *(
            (theme.heading, ", ".join(models.statements(_titled(theme.lead_posts))))
            for theme in models.Theme.objects.select_related("heading", "heading__parent")
        ),
    ]
    for heading, lead in leads:
        nearest = coming.get(heading.pk)
        is_theme = heading.dimension == Heading.Dimension.THEME
        outside = "theme, outside its projects" if is_theme else ""
        found[heading.dimension, heading.code] = {
            "part": heading.parent.name if heading.parent else outside,
            "lead": lead,
            "href": part_url(heading),
            **({"next_milestone": nearest.what, "due_on": nearest.due_on} if nearest else {}),
        }
    return found


def _titled(text: str) -> str:
    titles = posts()
    return "\n".join(titles.get(post, post) for post in models.statements(text))


def _told(*parts: tuple[str, str]) -> tuple[Told, ...]:
    return tuple(Told(title, models.statements(text)) for title, text in parts)
