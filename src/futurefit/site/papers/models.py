"""Which papers were uploaded, how were they read, and what did people decide about what they say?

An upload is known by what it holds: the same file is one upload, whoever brings it and whatever it
is called. It keeps the reading that people reviewed, so that a place in it ("table 3, row 2") means
the same cell for good. A decision is one person's word on one candidate line; the newest on a line
holds, older ones stay, and one that was recorded is final.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from futurefit.ledger.entries import LineAttributes, Restriction
from futurefit.site.ledger.classed import choices, is_one_of


class Upload(models.Model):
    """A file that somebody brought. `dimension` and `code` say which part of the programme it is
    about ("" where it is about more than one); `theme`, `workstream` and `project` are that part
    with what stands above it, as on a line.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.TextField()
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    theme = models.TextField(blank=True)
    workstream = models.TextField(blank=True)
    project = models.TextField(blank=True)
    restriction = models.TextField(choices=choices(Restriction), default=Restriction.OFFICERS)
    revises = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    tables = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0, help_text="Candidate lines to decide on")
    titles = models.JSONField(default=list, help_text="Template and title of each part")
    by = models.TextField()
    at = models.DateTimeField()

    history = HistoricalRecords(history_change_reason_field=models.TextField(blank=True))

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            is_one_of("restriction", Restriction, "upload_restriction_is_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(by="") & Q(size__gt=0), name="upload_is_of_a_file"
            ),
            models.CheckConstraint(
                condition=Q(revises=None) | ~Q(revises=F("pk")), name="upload_revises_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> LineAttributes:
        """Where it hangs and who may read it, as rights and restrictions are asked of a line."""
        return LineAttributes(
            theme=self.theme,
            workstream=self.workstream,
            project=self.project,
            restriction=Restriction(self.restriction),
        )

    @property
    def parent(self) -> str:
        """The part of the programme that it is about, as "project:libraries"; "" for none."""
        for dimension in ("project", "workstream", "theme"):
            if getattr(self, dimension):
                return f"{dimension}:{getattr(self, dimension)}"
        return ""


class Reading(models.Model):
    """The document as it was read when the file came: JSON of `papers.interchange`, zipped."""

    upload = models.OneToOneField(
        Upload, on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    document = models.BinaryField()

    def __str__(self) -> str:
        return f"Reading of {self.upload_id}"


class Verdict(models.TextChoices):
    """What somebody decided about a candidate line."""

    ACCEPTED = "ACCEPTED", "Accepted"
    REJECTED = "REJECTED", "Rejected"


class Nature(models.TextChoices):
    """What a change of figures is that stand in the ledger already (rule PAP-06)."""

    CORRECTION = "CORRECTION", "A correction"
    RE_TARGET = "RE_TARGET", "A re-target"
    RE_RATING = "RE_RATING", "A re-rating"
    RE_PROFILE = "RE_PROFILE", "A re-profile"
    RE_ESTIMATE = "RE_ESTIMATE", "A re-estimate"


class Decision(models.Model):
    """One person's word on one candidate line, and what it led to.

    `part` and `key` name the candidate within the upload. `line` is the line of the ledger that it
    is, `seen` that line's last journal as it was shown (0 for a line to be opened), `accepted` what
    was accepted, as `reviewing.Accepted` writes it.
    """

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="decisions")
    part = models.TextField()
    key = models.TextField()
    verdict = models.TextField(choices=Verdict.choices)
    line = models.TextField(blank=True)
    seen = models.PositiveBigIntegerField(default=0)
    nature = models.TextField(choices=Nature.choices, blank=True)
    decision = models.TextField(blank=True, help_text="The council's decision that allows it")
    accepted = models.JSONField(default=dict)
    is_edited = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    by = models.TextField()
    by_user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    journal = models.ForeignKey(
        "ledger.Journal", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposal = models.ForeignKey(
        "ledger.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["line"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="decision_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(nature="") | Q(nature__in=Nature.values),
                name="decision_nature_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(key="") & ~Q(part=""), name="decision_says_who_and_what"
            ),
            models.CheckConstraint(
                condition=Q(verdict="ACCEPTED") | ~Q(why=""), name="decision_rejects_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(verdict="REJECTED") | ~Q(line=""), name="decision_accepts_as_a_line"
            ),
            models.CheckConstraint(
                condition=Q(verdict="ACCEPTED") | Q(journal=None, proposal=None),
                name="decision_records_what_is_accepted",
            ),
            # Whatever goes wrong above it, the database records no candidate twice.
            models.UniqueConstraint(
                fields=["upload", "part", "key"],
                condition=Q(journal__isnull=False),
                name="decision_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_verdict_display()} by {self.by}"
