"""Who are the people, which roles do they hold and where, and what access was made of the site?"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from futurefit.ledger.rights import Role

ROLE_NAMES = {
    Role.VISITOR: "Visitor",
    Role.COUNCILLOR: "Councillor",
    Role.PROJECT_LEAD: "Project lead",
    Role.FINANCE_PARTNER: "Finance partner",
    Role.PROGRAMME_OFFICE: "Programme office",
}


class User(AbstractUser):
    """Somebody who can sign in. Pages show the post, never a person's name, so none is kept."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    post = models.CharField("post title", max_length=120)
    is_demo = models.BooleanField(
        "for trying the programme out", default=False, help_text="Open on this machine only."
    )

    REQUIRED_FIELDS = ["post"]

    def get_full_name(self) -> str:
        """The post title."""
        return self.post

    def get_short_name(self) -> str:
        """The post title."""
        return self.post

    def __str__(self) -> str:
        return self.post or self.username


class Dimension(models.TextChoices):
    """What a role can be limited to."""

    EVERYTHING = "", "everything"
    DIRECTORATE = "directorate", "directorate"
    THEME = "theme", "theme"
    WORKSTREAM = "workstream", "workstream"
    PROJECT = "project", "project"


class RoleHolder(models.Model):
    """A role that a user holds, everywhere or for one directorate, theme, workstream or project."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="holdings"
    )
    role = models.CharField(max_length=20, choices=[(r.value, n) for r, n in ROLE_NAMES.items()])
    dimension = models.CharField(
        max_length=12, choices=Dimension.choices, blank=True, default=Dimension.EVERYTHING
    )
    code = models.CharField(max_length=80, blank=True, default="")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "dimension", "code"], name="role_held_once"
            ),
            models.CheckConstraint(
                condition=Q(dimension="", code="") | (~Q(dimension="") & ~Q(code="")),
                name="role_scope_names_a_code",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=Dimension.values), name="role_dimension_is_known"
            ),
        ]

    def __str__(self) -> str:
        where = f" for {self.dimension} {self.code}" if self.dimension else ""
        return f"{self.get_role_display()}{where}"


class AccessKind(models.TextChoices):
    """What the access log keeps."""

    SIGNED_IN = "SIGNED_IN", "Signed in"
    SIGNED_OUT = "SIGNED_OUT", "Signed out"
    REFUSED = "REFUSED", "Sign-in refused"
    READ_RESTRICTED = "READ_RESTRICTED", "Read something restricted"


class AccessEvent(models.Model):
    """One line of the access log. The database refuses to change it, or to delete it while it is
    kept.

    It names no other table: history neither blocks nor vanishes with live rows. What was typed at a
    refused sign-in is not kept unless it is a known user name (people type passwords there).
    """

    happened_at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=20, choices=AccessKind.choices)
    user_id = models.BigIntegerField(null=True)
    post = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=45, blank=True)
    what = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AccessKind.values), name="access_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%d %B %Y %H:%M} {self.get_kind_display()} {self.post}".rstrip()
