"""Which positions of the ledger have a name, and what was done to each month? (rule CLO-02)"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class NamedPosition(models.Model):
    """A position of the ledger that people refer to: an adopted baseline, or a closed month.

    Closing a month locks every effective date up to `as_at`. A month that was unlocked and is
    locked again is a new position, which names the one that it supersedes; both are kept.
    """

    class Kind(models.TextChoices):
        """What the position is for."""

        BASELINE = "BASELINE", "Adopted baseline"
        MONTH = "MONTH", "Closed month"

    name = models.TextField(unique=True)
    kind = models.TextField(choices=Kind.choices)
    as_at = models.DateField()
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    supersedes = models.TextField(blank=True)

    class Meta:
        ordering = ["as_at", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["BASELINE", "MONTH"]), name="named_position_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(by=""), name="named_position_has_name_and_author"
            ),
            models.UniqueConstraint(
                fields=["as_at"],
                condition=Q(kind="MONTH", supersedes=""),
                name="named_position_month_is_first_closed_once",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=~Q(supersedes=""),
                name="named_position_is_superseded_once",
            ),
            models.CheckConstraint(
                condition=Q(supersedes="") | (Q(kind="MONTH") & ~Q(supersedes=F("name"))),
                name="named_position_supersedes_another_of_its_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MonthStep(models.Model):
    """Somebody soft closed, reopened or unlocked the month that ends on `month` (rule CLO-02).

    Locking it is a `NamedPosition`. `for_user` is a number, as in the access log: no row is held.
    """

    class Step(models.TextChoices):
        """What was done."""

        SOFT_CLOSE = "SOFT_CLOSE", "Soft closed"
        REOPEN = "REOPEN", "Opened again"
        UNLOCK = "UNLOCK", "Unlocked"

    month = models.DateField()
    step = models.TextField(choices=Step.choices)
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    for_post = models.TextField(blank=True)
    for_user = models.BigIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=["SOFT_CLOSE", "REOPEN", "UNLOCK"]),
                name="month_step_is_known",
            ),
            models.CheckConstraint(condition=~Q(by=""), name="month_step_says_who"),
            models.CheckConstraint(
                condition=Q(step="SOFT_CLOSE") | ~Q(why=""), name="month_step_back_says_why"
            ),
            models.CheckConstraint(
                condition=(
                    (Q(step="UNLOCK", until__isnull=False) & ~Q(for_post=""))
                    | (~Q(step="UNLOCK") & Q(until=None, for_post="", for_user=None))
                ),
                name="month_step_unlocks_for_somebody_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}: {self.get_step_display()}"
