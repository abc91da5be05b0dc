"""Which concept paper was submitted, as it stood? (rule LIF-09)"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from futurefit.programme.lifecycle import Stage
from futurefit.site.ledger.classed import choices, is_one_of
from futurefit.site.programme.models.parts import Project


class Submission(models.Model):
    """A project's paper as it was submitted: the PDF, known by its digest, and the ledger's head.

    It is written once and never changed, so it needs no history.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="submissions")
    stage = models.CharField(max_length=20, choices=choices(Stage))
    at = models.DateTimeField()
    post_title = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes")
    ledger_number = models.PositiveBigIntegerField()
    ledger_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            is_one_of("stage", Stage, "submission_stage_is_known"),
            models.CheckConstraint(
                condition=~Q(sha256="") & ~Q(post_title="") & Q(size__gt=0),
                name="submission_says_what_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.at:%d %B %Y}"
