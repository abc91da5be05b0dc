"""Who agreed which project, with which figures? (rule PRO-02)"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from futurefit.site.programme.models.parts import Project
from futurefit.site.programme.models.words import Placed


class SignOff(Placed):
    """A post agreed a project on a day, with the ledger as it stood under `ledger_number`. Who held
    the post is `signed_by`, a person's number: posts change, and no row is held.

    A sign-off that was read from a paper has no ledger position; one made here always has, so that
    nobody can later say that they signed other figures.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sign_offs")
    role = models.CharField(max_length=100)
    post_title = models.CharField(max_length=150, blank=True)
    signed_by = models.BigIntegerField(null=True, blank=True)
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
