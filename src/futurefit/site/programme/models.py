"""What do the papers say, in words, about each theme, workstream and project?

No money of the programme is kept here: every pound is a posting of the ledger, and a page asks the
ledger for it. Who each thing is (its code, name and parent) is a `Heading` of the ledger, so that a
presentation and a page call it by the same name. People appear as posts, never by name. Fields that
hold several short statements hold one a line.
"""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from futurefit.kernel.findings import Severity
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.years import NotAYear, parse_year
from futurefit.ledger.entries import SavingType
from futurefit.site.ledger.classed import choices, is_one_of


def statements(text: str) -> tuple[str, ...]:
    """The statements of a field that holds one a line, without blank lines."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def is_year(text: str) -> None:
    """Refuse what is not a financial year as the ledger writes it: "2015/16"."""
    try:
        label = parse_year(text).label
    except NotAYear as wrong:
        raise ValidationError(str(wrong)) from None
    if label != text:
        raise ValidationError(f"Write this year as {label}.")


class Placed(models.Model):
    """Words with a history and, as far as it is known, their place in a document."""

    source_document = models.ForeignKey(
        "ledger.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_page = models.PositiveIntegerField(null=True, blank=True)
    source_heading = models.CharField(max_length=300, blank=True)
    source_line = models.PositiveIntegerField(null=True, blank=True)

    history = HistoricalRecords(
        inherit=True, history_change_reason_field=models.TextField(null=True)
    )

    class Meta:
        abstract = True

    @property
    def provenance(self) -> Provenance:
        """Where these words were read."""
        document = self.source_document
        return Provenance(
            file=document.name if document else "",
            sha256=document.sha256 if document else "",
            page=self.source_page,
            heading=self.source_heading,
            line=self.source_line,
        )


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


class Stage(models.TextChoices):
    """How far a project has come through approval."""

    CONCEPT = "CONCEPT", "Concept"
    OUTLINE_APPROVED = "OUTLINE_APPROVED", "Outline approved"
    BUSINESS_CASE = "BUSINESS_CASE", "Business case"
    APPROVED = "APPROVED", "Approved"
    IN_DELIVERY = "IN_DELIVERY", "In delivery"
    CLOSED = "CLOSED", "Closed"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"
    REPLACED = "REPLACED", "Replaced"


class Project(Placed):
    """A concept paper's project. Its theme or workstream, if any, is the parent of its heading.

    What it saves and what it needs invested are lines of the ledger; the base budget is a fact that
    the paper states about the service, not money of the programme, and so is kept here.
    """

    heading = models.OneToOneField(
        "ledger.Heading", on_delete=models.PROTECT, primary_key=True, related_name="project"
    )
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.CONCEPT)
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
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="project_stage_is_known"
            ),
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


class About(Placed):
    """Words about a theme, a workstream or a project, in the order of the paper."""

    about = models.ForeignKey("ledger.Heading", on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


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


class Printed(Placed):
    """What stands printed in a cell of a paper, or in its text."""

    printed = models.CharField(max_length=200, blank=True)
    advice = models.TextField(blank=True)
    source_table = models.PositiveIntegerField(null=True, blank=True)
    source_row = models.PositiveIntegerField(null=True, blank=True)
    source_column = models.PositiveIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    @property
    def provenance(self) -> Provenance:
        """The cell."""
        return replace(
            super().provenance,
            table=self.source_table,
            row=self.source_row,
            column=self.source_column,
            printed=self.printed,
        )


class ControlTotal(Printed):
    """A figure as a paper prints it, and which figure of the ledger it should be.

    `lines`, `years` and `ratings` list codes with blanks between them: no years means all years of
    the plan, no ratings the whole forecast. Where a paper prints the figure in parts,
    `amount_pence` is their sum and `printed` shows each. The figure is tested at `as_at`, the
    paper's own date, so that what happened later is no finding. One mistake may show in several
    totals: those share a `check_code`, and make one finding.
    """

    check_code = models.CharField(max_length=80)
    what = models.CharField(max_length=300)
    lines = models.TextField()
    years = models.TextField(blank=True)
    ratings = models.TextField(blank=True)
    amount_pence = models.BigIntegerField()
    as_at = models.DateField()

    class Meta(Printed.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(check_code="") & ~Q(what="") & ~Q(lines="") & ~Q(printed=""),
                name="control_total_says_what_it_tests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.printed}"


class Remark(Printed):
    """What a reader found in a paper that is no matter of adding up: a finding, kept as it is."""

    severity = models.CharField(max_length=10, choices=choices(Severity))
    message = models.TextField()

    class Meta(Printed.Meta):
        constraints = [
            is_one_of("severity", Severity, "remark_severity_is_known"),
            models.CheckConstraint(condition=~Q(message=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.message


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


class SignOff(Placed):
    """A post agreed a project on a day, with the ledger as it stood under `ledger_number`.

    A sign-off that was read from a paper has no ledger position; one made here always has, so that
    nobody can later say that they signed other figures.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sign_offs")
    role = models.CharField(max_length=100)
    post_title = models.CharField(max_length=150, blank=True)
    signed_on = models.DateField()
    ledger_number = models.PositiveBigIntegerField(null=True, blank=True)
    ledger_digest = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["signed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(role=""), name="sign_off_says_in_what_role"),
            models.CheckConstraint(
                condition=Q(ledger_number=None, ledger_digest="")
                | (Q(ledger_number__isnull=False) & ~Q(ledger_digest="")),
                name="sign_off_number_and_digest_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.signed_on}"
