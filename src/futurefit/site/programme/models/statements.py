"""Which single statements stand about a theme, a workstream or a project?"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from futurefit.site.programme.models.words import About


class MilestoneStatus(models.TextChoices):
    """Where a milestone stands. ONGOING has no single day on which it is done."""

    OUTSTANDING = "OUTSTANDING", "Outstanding"
    ONGOING = "ONGOING", "Ongoing"
    DONE = "DONE", "Done"


class Milestone(About):
    """Something to be done by a date. `due_on` is the last day that the printed date allows.

    'Nov 2015' is due on 30 November 2015; 'TBC' has no date. A paper may say that something is done
    without saying when.
    """

    what = models.TextField()
    date_printed = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=12, choices=MilestoneStatus.choices, default=MilestoneStatus.OUTSTANDING
    )
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta(About.Meta):
        indexes = [models.Index(fields=["status", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MilestoneStatus.values), name="milestone_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(status=MilestoneStatus.DONE),
                name="milestone_done_on_only_when_done",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="milestone_says_what"),
        ]

    def __str__(self) -> str:
        return self.what


class Risk(About):
    """What may go wrong and what is done about it; scores run from 1 (low) to 5 (high)."""

    what = models.TextField()
    mitigation = models.TextField(blank=True)
    area = models.CharField(max_length=100, blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    owner_post = models.CharField(max_length=150, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(About.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood=None) | Q(likelihood__range=(1, 5)),
                name="risk_likelihood_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(impact=None) | Q(impact__range=(1, 5)), name="risk_impact_1_to_5"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="risk_says_what"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25; None until both are stated."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood * self.impact


class SuccessMeasure(About):
    """How we shall know that it worked; where we start and what we aim at, as far as stated."""

    what = models.TextField()
    baseline = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=200, blank=True)

    class Meta(About.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="success_measure_says_what"),
        ]

    def __str__(self) -> str:
        return self.what


class Dependency(About):
    """What this cannot be done without; `on` when that is itself a part of the programme."""

    what = models.TextField()
    on = models.ForeignKey(
        "ledger.Heading",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="depended_on_by",
    )

    class Meta(About.Meta):
        verbose_name_plural = "dependencies"
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="dependency_says_what"),
            models.CheckConstraint(
                condition=Q(on=None) | ~Q(on=F("about")), name="dependency_not_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class SupportRequest(About):
    """Support asked for. Where it is money, that is the INVESTMENT line `line_ref` of the ledger.

    The reference is text, not a foreign key: lines are projections of the chain.
    """

    what = models.TextField()
    line_ref = models.CharField(max_length=60, blank=True, db_index=True)
    when = models.CharField(max_length=200, blank=True)
    funding = models.CharField(max_length=200, blank=True)

    class Meta(About.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="support_request_says_what"),
        ]

    def __str__(self) -> str:
        return self.what


class Fact(About):
    """A figure that a paper states about the council and that is not money of the programme."""

    what = models.TextField()
    printed = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta(About.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="fact_says_what"),
            models.CheckConstraint(condition=~Q(printed=""), name="fact_keeps_its_print"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.printed}"


class DocumentLink(About):
    """A document that belongs with a theme, a workstream or a project."""

    document = models.ForeignKey(
        "ledger.Document", on_delete=models.PROTECT, related_name="programme_links"
    )
    title = models.CharField(max_length=300, blank=True)

    class Meta(About.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["about", "document", "title"], name="document_linked_once_by_a_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.document)
