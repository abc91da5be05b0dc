"""What regard was had to equality, and who was consulted? (rules LIF-06, LIF-07)"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from futurefit.programme.equality import Characteristic, Effect, Relevance
from futurefit.site.ledger.classed import choices, is_one_of
from futurefit.site.programme.models.words import About, Placed

GRADES = [("", "Not stated"), ("LOW", "Low"), ("MEDIUM", "Medium"), ("HIGH", "High")]


class EqualityAssessment(About):
    """The one assessment of a theme, a workstream or a project."""

    relevance = models.CharField(
        max_length=20, choices=choices(Relevance), default=Relevance.NOT_SCREENED
    )
    reason = models.TextField("why it matters here, or why not", blank=True)
    signed_post = models.CharField(max_length=150, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)

    class Meta(About.Meta):
        constraints = [
            models.UniqueConstraint(fields=["about"], name="equality_assessment_once_a_part"),
            is_one_of("relevance", Relevance, "equality_relevance_is_known"),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_post="")
                | (Q(signed_on__isnull=False) & ~Q(signed_post="")),
                name="equality_assessment_signed_by_somebody_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Equality assessment of {self.about}"


class EqualityEffect(Placed):
    """What the assessment found for people with one characteristic."""

    assessment = models.ForeignKey(
        EqualityAssessment, on_delete=models.CASCADE, related_name="effects"
    )
    characteristic = models.CharField(max_length=40, choices=choices(Characteristic))
    effect = models.CharField(max_length=10, choices=choices(Effect))
    size = models.CharField(max_length=10, choices=GRADES, blank=True)
    certainty = models.CharField(max_length=10, choices=GRADES, blank=True)
    evidence = models.TextField(blank=True)
    mitigation = models.TextField("what is done about harm", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "characteristic"], name="equality_effect_once_each"
            ),
            is_one_of("characteristic", Characteristic, "equality_characteristic_is_known"),
            is_one_of("effect", Effect, "equality_effect_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_characteristic_display()}: {self.get_effect_display()}"


class Consultation(About):
    """Who is asked what, from when to when, what they said, and what was made of it."""

    what = models.CharField("what is asked", max_length=300)
    audience = models.TextField("who is asked", blank=True)
    reasons = models.TextField("reasons given to them", blank=True)
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    reported_on = models.DateField("outcome reported on", null=True, blank=True)
    report = models.TextField("what people said", blank=True)
    considered_on = models.DateField(null=True, blank=True)
    considered_post = models.CharField("considered by", max_length=150, blank=True)
    consideration = models.TextField("what was made of it", blank=True)

    class Meta(About.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="consultation_says_what"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="consultation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(reported_on=None)
                | (Q(ends_on__isnull=False) & Q(reported_on__gte=F("ends_on")) & ~Q(report="")),
                name="consultation_reported_after_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(considered_on=None)
                | (
                    Q(reported_on__isnull=False)
                    & Q(considered_on__gte=F("reported_on"))
                    & ~Q(consideration="")
                    & ~Q(considered_post="")
                ),
                name="consultation_considered_after_it_was_reported",
            ),
        ]

    def __str__(self) -> str:
        return self.what
