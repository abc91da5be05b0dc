"""What does a person keep on their desk, and what do people say beside the programme?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class SubjectKind(models.TextChoices):
    """What can be commented on and watched."""

    LINE = "line", "Line"
    PROJECT = "project", "Project"
    WORKSTREAM = "workstream", "Workstream"
    THEME = "theme", "Theme"


class OnSubject(models.Model):
    """Something about one line, project, workstream or theme, which is named by its code."""

    kind = models.CharField(max_length=12, choices=SubjectKind.choices)
    code = models.TextField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SubjectKind.values) & ~Q(code=""),
                name="%(class)s_is_on_a_subject",
            ),
        ]


class SavedView(models.Model):
    """A page with its filters, under a name; shared with colleagues or one's own."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(max_length=100)
    address = models.TextField(help_text="Of this site, with its filters: /lines/?rag=RED")
    shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_named_once"),
            models.CheckConstraint(
                condition=~Q(name="")
                & Q(address__startswith="/")
                & ~Q(address__startswith="//")
                & ~Q(address__contains="\\"),
                name="saved_view_is_a_page_of_this_site",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Comment(OnSubject):
    """What somebody says to their colleagues. It is answered by another, and never edited unseen:
    what is taken away keeps its history.
    """

    text = models.TextField()
    by = models.CharField(max_length=120)
    # Whose it is, even under another post. A number, as in the access log: no row is held.
    by_user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta(OnSubject.Meta):
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "code"]), models.Index(fields=["at"])]
        constraints = [
            *OnSubject.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Watch(OnSubject):
    """Somebody wants to know what happens here. News is what came after what they have seen."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches"
    )
    seen_number = models.PositiveBigIntegerField(help_text="The last journal that they have seen")
    seen_at = models.DateTimeField(help_text="Up to when they have seen comments and words")
    mailed_number = models.PositiveBigIntegerField()
    mailed_at = models.DateTimeField()

    class Meta(OnSubject.Meta):
        verbose_name_plural = "watches"
        ordering = ["kind", "code"]
        constraints = [
            *OnSubject.Meta.constraints,
            models.UniqueConstraint(fields=["user", "kind", "code"], name="watched_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class CalendarKey(models.Model):
    """The key in the address of somebody's calendar feed. Only its digest is kept; a new one takes
    the place of the old, which then opens nothing.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
