"""Which forms and data returns came back, and what became of them? (rule TRP-07)"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from futurefit.site.programme.models.parts import Project


class ReturnKind(models.TextChoices):
    """How figures and words came back."""

    FORM = "FORM", "Concept paper"
    WORKBOOK = "WORKBOOK", "Data return"
    BLOCK = "BLOCK", "Pasted block"


class ReturnStatus(models.TextChoices):
    """What became of it."""

    OPEN = "OPEN", "To be looked at"
    RECORDED = "RECORDED", "Recorded"
    SET_ASIDE = "SET_ASIDE", "Set aside"


class Return(models.Model):
    """What somebody brought back: as it was read (`filled`, or the `block` that was pasted), and
    what was taken of it. It is looked at by whoever brought it, and by finance and the
    programme office where they keep its lines.
    """

    kind = models.CharField(max_length=10, choices=ReturnKind.choices)
    status = models.CharField(
        max_length=10, choices=ReturnStatus.choices, default=ReturnStatus.OPEN
    )
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="returns"
    )
    filled = models.JSONField(default=dict)
    block = models.TextField(blank=True)
    taken = models.JSONField(default=list, help_text="What was accepted, by its key")
    left = models.JSONField(default=list, help_text="What was refused, by its key")
    by = models.CharField(max_length=150)
    by_user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    journal = models.ForeignKey(
        "ledger.Journal", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposal = models.ForeignKey(
        "ledger.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReturnKind.values) & Q(status__in=ReturnStatus.values),
                name="return_kind_and_status_are_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReturnKind.FORM, project__isnull=False)
                | (~Q(kind=ReturnKind.FORM) & Q(project=None)),
                name="return_of_a_form_names_its_project",
            ),
            models.CheckConstraint(
                condition=Q(status=ReturnStatus.OPEN) | ~Q(decided_by=""),
                name="return_says_who_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
