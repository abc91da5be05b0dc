"""What do the papers print that is tested against the ledger, or remarked on? (rule CON-01)"""

from __future__ import annotations

from dataclasses import replace

from django.db import models
from django.db.models import Q

from futurefit.kernel.findings import Severity
from futurefit.kernel.provenance import Provenance
from futurefit.site.ledger.classed import choices, is_one_of
from futurefit.site.programme.models.words import Placed


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
