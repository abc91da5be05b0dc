"""Which single statements stand about a theme, a workstream or a project?"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from futurefit.ledger.chain import LARGEST_PENCE
from futurefit.programme import risks
from futurefit.site.programme.models.words import About, Placed


class MilestoneStatus(models.TextChoices):
    """Where a milestone stands. ONGOING has no single day on which it is done."""

    OUTSTANDING = "OUTSTANDING", "Outstanding"
    ONGOING = "ONGOING", "Ongoing"
    DONE = "DONE", "Done"


class Milestone(About):
    """Something to be done by a date: `baseline_on` was agreed first, `due_on` is forecast now,
    `done_on` is when it was done.

    `due_on` is the last day that the printed date allows: 'Nov 2015' is due on 30 November 2015;
    'TBC' has no date. A paper may say that something is done without saying when. `lines` are the
    lines whose savings hang on it, with blanks between; `profiled_on` is the date that their years
    were last made to follow. Lines are named, not held: they are projections of the chain.
    """

    what = models.TextField()
    date_printed = models.CharField(max_length=100, blank=True)
    baseline_on = models.DateField("first agreed for", null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    lines = models.TextField("savings that hang on it", blank=True)
    profiled_on = models.DateField("savings profiled for", null=True, blank=True)
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

    @property
    def agreed_on(self) -> date | None:
        """The day first agreed: what was forecast first, where nothing else is said."""
        return self.baseline_on or self.due_on

    @property
    def followed_on(self) -> date | None:
        """The day that the savings which hang on it are profiled for."""
        return self.profiled_on or self.agreed_on

    @property
    def expected_on(self) -> date | None:
        """The day on which it was done or, until then, is forecast."""
        return self.done_on or self.due_on

    @property
    def slips(self) -> bool:
        """True when it comes later than its savings are profiled for."""
        followed, expected = self.followed_on, self.expected_on
        return followed is not None and expected is not None and expected > followed


class Risk(About):
    """What may go wrong and what is done about it; scores run from 1 (low) to 5 (high).

    `likelihood` and `impact` are without what is done about it, those that end in `_after` with it.
    `impact_pence` is what it would cost, and `likelihood_percent` how likely that is said to be.
    """

    what = models.TextField()
    mitigation = models.TextField(blank=True)
    area = models.CharField(max_length=100, blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    likelihood_after = models.PositiveSmallIntegerField(
        "likelihood after mitigation", null=True, blank=True
    )
    impact_after = models.PositiveSmallIntegerField(
        "impact after mitigation", null=True, blank=True
    )
    impact_pence = models.BigIntegerField("impact in pounds", null=True, blank=True)
    likelihood_percent = models.PositiveSmallIntegerField(
        "likelihood in per cent", null=True, blank=True
    )
    owner_post = models.CharField(max_length=150, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(likelihood_after=None) | Q(likelihood_after__range=(1, 5)),
                name="risk_likelihood_after_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(impact_after=None) | Q(impact_after__range=(1, 5)),
                name="risk_impact_after_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(likelihood_percent=None) | Q(likelihood_percent__lte=100),
                name="risk_likelihood_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(impact_pence=None) | Q(impact_pence__range=(0, LARGEST_PENCE)),
                name="risk_impact_is_an_amount",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="risk_says_what"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25; None until both are stated."""
        return risks.score(self.likelihood, self.impact)

    @property
    def score_after(self) -> int | None:
        """The same, with what is done about it."""
        return risks.score(self.likelihood_after, self.impact_after)

    @property
    def exposure_pence(self) -> int | None:
        """What it would cost times how likely that is; None until both are stated."""
        return risks.exposure(self.impact_pence, self.likelihood_percent)


class SuccessMeasure(About):
    """How we shall know that it worked; where we start and what we aim at, as far as stated.

    `baseline` and `target` are what a paper says; with figures and days for both, readings are held
    against the straight path between them.
    """

    what = models.TextField()
    baseline = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    baseline_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)

    class Meta(About.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="success_measure_says_what"),
            models.CheckConstraint(
                condition=Q(baseline_on=None)
                | Q(target_on=None)
                | Q(target_on__gt=F("baseline_on")),
                name="success_measure_runs_forwards",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Reading(Placed):
    """What a measure of success stood at on a day, and who says so."""

    measure = models.ForeignKey(SuccessMeasure, on_delete=models.PROTECT, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=3)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "on"], name="reading_once_a_day"),
            models.CheckConstraint(condition=~Q(source=""), name="reading_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value} on {self.on}"


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
