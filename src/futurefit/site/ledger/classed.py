"""How do the words of `ledger.entries` stand in rows, and by which fields is a line classed?"""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from futurefit.ledger.entries import (
    Fund,
    LineKind,
    Recurrence,
    Restriction,
    SavingClass,
    SavingType,
    Tranche,
)


def is_one_of(field: str, words: type[StrEnum], name: str) -> models.CheckConstraint:
    """The database itself knows an enumeration's words."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [word.value for word in words]}), name=name
    )


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """An enumeration as a person reads it: GREEN_ON_TARGET is 'Green on target'."""
    return [(word.value, word.value.replace("_", " ").capitalize()) for word in words]


class Classed(models.Model):
    """Everything a presentation groups a line by: field for field `entries.LineAttributes`."""

    theme = models.TextField(blank=True)
    workstream = models.TextField(blank=True)
    project = models.TextField(blank=True)
    directorate = models.TextField(blank=True)
    service = models.TextField(blank=True)
    mtfp_heading = models.TextField(blank=True)
    owner = models.TextField(blank=True)
    kind = models.TextField(choices=choices(LineKind))
    saving_class = models.TextField(choices=choices(SavingClass))
    saving_type = models.TextField(choices=choices(SavingType))
    tranche = models.TextField(choices=choices(Tranche))
    fund = models.TextField(choices=choices(Fund))
    recurrence = models.TextField(choices=choices(Recurrence))
    restriction = models.TextField(choices=choices(Restriction))

    class Meta:
        abstract = True
        constraints = [
            is_one_of("kind", LineKind, "%(class)s_kind_is_known"),
            is_one_of("saving_class", SavingClass, "%(class)s_saving_class_is_known"),
            is_one_of("saving_type", SavingType, "%(class)s_saving_type_is_known"),
            is_one_of("tranche", Tranche, "%(class)s_tranche_is_known"),
            is_one_of("fund", Fund, "%(class)s_fund_is_known"),
            is_one_of("recurrence", Recurrence, "%(class)s_recurrence_is_known"),
            is_one_of("restriction", Restriction, "%(class)s_restriction_is_known"),
        ]


CLASSES = tuple(field.attname for field in Classed._meta.local_fields)
"""The names of the fields that a line is classed by."""
