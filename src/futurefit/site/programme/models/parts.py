"""What do the papers say about each theme, workstream and project itself?"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from futurefit.ledger.entries import SavingType
from futurefit.programme.lifecycle import Stage
from futurefit.site.ledger.classed import choices, is_one_of
from futurefit.site.programme.models.words import Placed, is_year


class Theme(Placed):
    """A theme of the programme, such as a vision for 2020 with its own workstreams."""

    heading = models.OneToOneField(
        "ledger.Heading", on_delete=models.PROTECT, primary_key=True, related_name="theme"
    )
    also_called = models.CharField(max_length=300, blank=True)
    vision = models.TextField(blank=True)
    vision_points = models.TextField(blank=True, help_text="One a line")
    lead_posts = models.TextField(blank=True, help_text="Posts, one a line")
    core_team = models.TextField(blank=True, help_text="Posts, one a line")
    supporting_programmes = models.TextField(blank=True, help_text="One a line")
    progress = models.TextField(blank=True, help_text="One a line")
    equality_note = models.TextField(blank=True)
    pace = models.TextField(blank=True)
    status_caveat = models.TextField(blank=True)

    class Meta:
        ordering = ["heading__order", "heading__code"]

    def __str__(self) -> str:
        return str(self.heading.name)


class Workstream(Placed):
    """A part of a theme with a lead of its own. Its theme is the parent of its heading."""

    heading = models.OneToOneField(
        "ledger.Heading", on_delete=models.PROTECT, primary_key=True, related_name="workstream"
    )
    lead_posts = models.TextField(blank=True, help_text="Posts, one a line")
    method = models.TextField(blank=True, help_text="One a line")
    timing = models.TextField(blank=True, help_text="One a line")
    resource_estimate = models.TextField(blank=True, help_text="One a line")
    progress = models.TextField(blank=True, help_text="One a line")

    class Meta:
        ordering = ["heading__order", "heading__code"]

    def __str__(self) -> str:
        return str(self.heading.name)


class Project(Placed):
    """A concept paper's project. Its theme or workstream, if any, is the parent of its heading.

    What it saves and what it needs invested are lines of the ledger; the base budget is a fact that
    the paper states about the service, not money of the programme, and so is kept here.
    """

    heading = models.OneToOneField(
        "ledger.Heading", on_delete=models.PROTECT, primary_key=True, related_name="project"
    )
    stage = models.CharField(max_length=20, choices=choices(Stage), default=Stage.CONCEPT)
    decision = models.CharField(
        max_length=300, blank=True, help_text="By which it was approved, or opened again"
    )
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    saving_type = models.CharField(
        max_length=20, choices=choices(SavingType), default=SavingType.NOT_STATED
    )
    plan_area = models.CharField("corporate plan area", max_length=100, blank=True)
    cmr_lead = models.CharField("Cabinet Member lead", max_length=150, blank=True)
    slt_lead = models.CharField("strategic leadership team lead", max_length=150, blank=True)
    head_of_service_lead = models.CharField(max_length=150, blank=True)
    cmr_challenge = models.TextField(
        "Cabinet Member challenge", blank=True, help_text="Posts, one a line"
    )
    description = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    outcomes = models.TextField(blank=True, help_text="One a line")
    base_budget_pence = models.BigIntegerField(null=True, blank=True)
    base_budget_year = models.CharField(max_length=8, blank=True, validators=[is_year])
    base_budget_printed = models.CharField(max_length=100, blank=True)
    base_budget_excludes = models.TextField(blank=True, help_text="One a line")
    current_grid_years = models.CharField(
        max_length=200, blank=True, help_text="As the paper heads its columns, with blanks between"
    )
    proposed_grid_years = models.CharField(
        max_length=200, blank=True, help_text="As the paper heads its columns, with blanks between"
    )
    investment_note = models.TextField(blank=True)
    fte_now = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    status_caveat = models.TextField(blank=True)
    rag_comment = models.TextField(blank=True)

    class Meta:
        ordering = ["heading__order", "heading__code"]
        indexes = [models.Index(fields=["stage"])]
        constraints = [
            is_one_of("stage", Stage, "project_stage_is_known"),
            is_one_of("saving_type", SavingType, "project_saving_type_is_known"),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(stage=Stage.REPLACED),
                name="project_replaced_by_only_when_replaced",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("heading")),
                name="project_not_replaced_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(fte_now=None) | Q(fte_now__gte=0), name="project_fte_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return str(self.heading.name)


class FteImpact(Placed):
    """How many full-time equivalent posts a project adds (+) or takes away (-) in a year."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="fte_impacts")
    year = models.CharField(max_length=8, validators=[is_year])
    change = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="fte_impact_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.change:+}"
