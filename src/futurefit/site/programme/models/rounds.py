"""Who confirmed their lines for which month, and who was reminded? (rules UPD-01, UPD-03)"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from futurefit.programme.rounds import Letter
from futurefit.site.ledger.classed import choices, is_one_of


class Confirmation(models.Model):
    """Somebody looked at lines for the month that ends on `month`, and confirmed or changed them.

    It stays as it was made: it keeps the position of the ledger that it left (`ledger_number` and
    digest) and, where amounts changed, the journal. `notes` hold what was noted by line. People
    are numbers, as in the access log: no row is held.
    """

    month = models.DateField(db_index=True)
    by = models.TextField()
    by_user = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    lines = models.JSONField()
    notes = models.JSONField(default=dict, blank=True)
    ledger_number = models.PositiveBigIntegerField()
    ledger_digest = models.CharField(max_length=64)
    journal = models.PositiveBigIntegerField(null=True, blank=True)
    words_changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(ledger_digest=""), name="confirmation_says_who_and_what"
            ),
            models.CheckConstraint(
                condition=Q(journal=None) | Q(journal__lte=models.F("ledger_number")),
                name="confirmation_stands_after_its_journal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}: {self.by}"


class Reminder(models.Model):
    """A letter about a month that was sent to somebody: none is sent twice."""

    month = models.DateField()
    letter = models.TextField(choices=choices(Letter))
    to_user = models.BigIntegerField()
    to_post = models.TextField()
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            is_one_of("letter", Letter, "reminder_letter_is_known"),
            models.UniqueConstraint(
                fields=["month", "letter", "to_user"], name="reminder_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}: {self.letter} to {self.to_post}"
