"""What does the Cabinet Member ask, who answers, and by when? (rule LIF-08)"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from futurefit.site.programme.models.words import About


class Challenge(About):
    """A question on a theme, a workstream or a project, and its answer.

    `for_councillor` is the post of the councillor who asks, or for whom an officer does; a question
    of the officers' own has none. Who put it is `asked_by`, a person's number: no row is held.
    """

    question = models.TextField()
    asked_post = models.CharField("asked by", max_length=150)
    asked_by = models.BigIntegerField(null=True, blank=True)
    for_councillor = models.CharField("asked for", max_length=150, blank=True)
    asked_on = models.DateField()
    owner_post = models.CharField("to be answered by", max_length=150)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_post = models.CharField("answered by", max_length=150, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta(About.Meta):
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["answered_on", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(asked_post="") & ~Q(owner_post=""),
                name="challenge_says_who_asks_whom_what",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")), name="challenge_due_after_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="", answered_post="")
                | (
                    Q(answered_on__isnull=False)
                    & Q(answered_on__gte=F("asked_on"))
                    & ~Q(answer="")
                    & ~Q(answered_post="")
                ),
                name="challenge_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.question
