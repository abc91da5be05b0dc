"""Which rows hold the chain, what is projected from it, and the words kept beside it?

Three sorts of table stand here (rules LED-08, LED-09):

* the chain (`Journal`, `Entry`, `EntryAttributes`, `Posting`, `Source`, `Commitment`): rows are
  only ever inserted, and triggers (`guards`) refuse everything else;
* projections of the chain (`LedgerHead`, the classes of a `Line`): `verify` rebuilds and compares;
* words, which people edit: titles and narratives with their history, headings, documents. Words
  under a commitment (`JournalWord`) may be erased and never edited.

`queries` turns rows into the pure library's values, `operations` writes them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from futurefit.ledger.chain import GENESIS, LARGEST_PENCE
from futurefit.ledger.entries import (
    Account,
    EntryKind,
    EvidenceKind,
    Reason,
    SourceKind,
)
from futurefit.site.ledger.classed import CLASSES, Classed, choices, is_one_of
from futurefit.site.ledger.positions import MonthStep as MonthStep
from futurefit.site.ledger.positions import NamedPosition as NamedPosition

# The chain: inserted once, never changed. Numbers are given under the lock on `LedgerHead`.


class Journal(models.Model):
    """The header of a journal. `previous` ties it to the journal before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    decision = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    body_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["recorded_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="journal_numbers_start_at_1"),
            models.UniqueConstraint(fields=["previous"], name="journal_chain_never_forks"),
        ]

    def __str__(self) -> str:
        return f"Journal {self.number}"


class Entry(models.Model):
    """One act of a journal; `place` counts from 0. What a kind does not need stays empty."""

    pk = models.CompositePrimaryKey("journal_id", "place")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    place = models.PositiveSmallIntegerField()
    kind = models.TextField(choices=choices(EntryKind))
    effective_on = models.DateField()
    line = models.TextField(blank=True)
    source = models.TextField(blank=True)
    source_kind = models.TextField(blank=True, choices=choices(SourceKind))
    base_pence = models.BigIntegerField(null=True, blank=True)
    basis_points = models.IntegerField(null=True, blank=True)
    replaced_by = models.TextField(blank=True)
    reverses_journal = models.PositiveBigIntegerField(null=True, blank=True)
    reverses_entry = models.PositiveSmallIntegerField(null=True, blank=True)
    relates_to = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True, choices=choices(EvidenceKind))
    evidence_source = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["journal_id", "place"]
        indexes = [models.Index(fields=["line"])]
        constraints = [
            is_one_of("kind", EntryKind, "entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(source_kind="")
                | Q(source_kind__in=[kind.value for kind in SourceKind]),
                name="entry_source_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(base_pence=None) | ~Q(source_kind=""),
                name="entry_capacity_says_of_what",
            ),
            models.CheckConstraint(
                condition=(
                    Q(reverses_journal=None, reverses_entry=None)
                    | Q(reverses_journal__isnull=False, reverses_entry__isnull=False)
                ),
                name="entry_reverses_a_whole_entry",
            ),
            models.CheckConstraint(
                condition=Q(reverses_journal=None) | Q(reverses_journal__lte=F("journal_id")),
                name="entry_reverses_what_stands",
            ),
            models.CheckConstraint(
                condition=Q(evidence="", evidence_source=None)
                | Q(
                    evidence__in=[kind.value for kind in EvidenceKind],
                    evidence_source__isnull=False,
                    kind=EntryKind.DELIVER.value,
                ),
                name="entry_evidence_is_of_a_delivery",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journal_id}/{self.place} {self.kind}"


class EntryAttributes(Classed):
    """How an entry that opens or reclassifies a line classes it."""

    pk = models.CompositePrimaryKey("journal_id", "entry")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    entry = models.PositiveSmallIntegerField()

    class Meta(Classed.Meta):
        ordering = ["journal_id", "entry"]

    def __str__(self) -> str:
        return f"{self.journal_id}/{self.entry}"


class Posting(models.Model):
    """An amount in an account of one line and year; `entry` and `place` count from 0."""

    pk = models.CompositePrimaryKey("journal_id", "entry", "place")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    entry = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    line = models.TextField()
    year = models.TextField()
    account = models.TextField(choices=choices(Account))
    reason = models.TextField(blank=True, choices=choices(Reason))
    amount_pence = models.BigIntegerField()
    source = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["journal_id", "entry", "place"]
        indexes = [models.Index(fields=["line"])]
        constraints = [
            is_one_of("account", Account, "posting_account_is_known"),
            models.CheckConstraint(
                condition=(
                    Q(account=Account.VARIANCE.value, reason__in=[word.value for word in Reason])
                    | (~Q(account=Account.VARIANCE.value) & Q(reason=""))
                ),
                name="posting_variance_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(amount_pence__range=(-LARGEST_PENCE, LARGEST_PENCE)),
                name="posting_amount_survives_any_reader",
            ),
            models.CheckConstraint(
                condition=~Q(line="") & ~Q(year=""), name="posting_has_line_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.year} {self.account} {self.amount_pence}"


class Source(models.Model):
    """Where a journal's figures were read, without its words, which are a `JournalWord`."""

    pk = models.CompositePrimaryKey("journal_id", "place")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    place = models.PositiveIntegerField()
    sha256 = models.TextField(blank=True)
    page = models.IntegerField(null=True, blank=True)
    line = models.IntegerField(null=True, blank=True)
    table = models.IntegerField(null=True, blank=True)
    row = models.IntegerField(null=True, blank=True)
    column = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["journal_id", "place"]
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return f"{self.journal_id}/{self.place}"


class Commitment(models.Model):
    """What stands in the chain for words that may be erased: "by", "why", "source:0" …"""

    pk = models.CompositePrimaryKey("journal_id", "field")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    field = models.TextField()
    commitment = models.CharField(max_length=64)

    class Meta:
        ordering = ["journal_id", "field"]

    def __str__(self) -> str:
        return f"{self.journal_id} {self.field}"


class JournalWord(models.Model):
    """The words themselves. Deleting the row is how words are erased; the chain still verifies."""

    pk = models.CompositePrimaryKey("journal_id", "field")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    field = models.TextField()
    salt = models.TextField()
    text = models.TextField()

    class Meta:
        ordering = ["journal_id", "field"]

    def __str__(self) -> str:
        return f"{self.journal_id} {self.field}"


class Erasure(models.Model):
    """Words of a journal were erased: by whom, when and why. Never what they were."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="erasures")
    field = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["journal", "field"], name="erasure_happens_once"),
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(why=""), name="erasure_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Journal {self.journal_id}: {self.field} erased"


# Projections of the chain, with the words that people keep beside them.


class LedgerHead(models.Model):
    """The one row that every writer locks.

    `words_version` is drawn at random whenever any words change, so that a page kept under
    (digest, words version) can only be the page of these journals and these words.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)
    recorded_at = models.DateTimeField(null=True, blank=True)
    words_version = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="ledger_head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class Line(Classed):
    """A line as it stands now: its classes and journals are projected, its words are edited."""

    ref = models.TextField(primary_key=True)
    title = models.TextField()
    narrative = models.TextField(blank=True)
    printed_note = models.TextField(blank=True)
    opened_in = models.PositiveBigIntegerField()
    last_journal = models.PositiveBigIntegerField()

    # Only the words: what a line is classed by has its history in the chain.
    history = HistoricalRecords(
        excluded_fields=[*CLASSES, "opened_in", "last_journal"],
        history_change_reason_field=models.TextField(blank=True),
    )

    class Meta(Classed.Meta):
        ordering = ["ref"]
        indexes = [models.Index(fields=["theme"]), models.Index(fields=["project"])]
        constraints = [
            *Classed.Meta.constraints,
            models.CheckConstraint(condition=~Q(ref=""), name="line_has_a_reference"),
            models.CheckConstraint(condition=~Q(title=""), name="line_has_a_title"),
            models.CheckConstraint(
                condition=Q(opened_in__gte=1, last_journal__gte=F("opened_in")),
                name="line_opens_before_it_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Heading(models.Model):
    """The name of a code that lines are classed by: a theme, a project, a directorate, a post …"""

    class Dimension(models.TextChoices):
        """Which of a line's classes the code belongs to."""

        THEME = "theme", "Theme"
        WORKSTREAM = "workstream", "Workstream"
        PROJECT = "project", "Project"
        DIRECTORATE = "directorate", "Directorate"
        SERVICE = "service", "Service"
        MTFP_HEADING = "mtfp_heading", "Heading in the financial plan"
        OWNER = "owner", "Post"

    dimension = models.TextField(choices=Dimension.choices)
    code = models.TextField()
    name = models.TextField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.IntegerField(default=0)

    history = HistoricalRecords(history_change_reason_field=models.TextField(blank=True))

    class Meta:
        ordering = ["dimension", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="heading_code_is_its_own"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""), name="heading_has_code_and_name"
            ),
            models.CheckConstraint(
                condition=Q(
                    dimension__in=[
                        "theme",
                        "workstream",
                        "project",
                        "directorate",
                        "service",
                        "mtfp_heading",
                        "owner",
                    ]
                ),
                name="heading_dimension_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimSource(models.Model):
    """What a claim takes from, in words. `reference` is its key in the area that keeps it."""

    code = models.TextField(primary_key=True)
    source_kind = models.TextField(choices=choices(SourceKind))
    reference = models.TextField(blank=True)
    title = models.TextField()
    note = models.TextField(blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(blank=True))

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["source_kind", "reference"])]
        constraints = [
            is_one_of("source_kind", SourceKind, "claim_source_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title=""), name="claim_source_has_code_and_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Ruling(models.Model):
    """A person looked at two lines, or at a source that several claim, and said what it is.

    The newest ruling on a pair or a source holds; older ones stay as its history. `keeps` is the
    line of a SAME pair that keeps the saving; `share_a` what `line_a` takes of a SHARED one, of
    10,000; `stood` the figures and claims that were ruled on, as JSON.
    """

    class Verdict(models.TextChoices):
        """What the person found."""

        SAME = "SAME", "The same saving, counted twice"
        DIFFERENT = "DIFFERENT", "Different savings"
        SHARED = "SHARED", "Shared, and rightly so"

    line_a = models.TextField(blank=True)
    line_b = models.TextField(blank=True)
    source = models.TextField(blank=True)
    verdict = models.TextField(choices=Verdict.choices)
    keeps = models.TextField(blank=True)
    share_a = models.PositiveSmallIntegerField(null=True, blank=True)
    stood = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["line_a", "line_b"]), models.Index(fields=["source"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["SAME", "DIFFERENT", "SHARED"]),
                name="ruling_verdict_is_known",
            ),
            # A pair is kept once, the lesser reference first.
            models.CheckConstraint(
                condition=(
                    (Q(source="") & ~Q(line_a="") & Q(line_a__lt=F("line_b")))
                    | (~Q(source="") & Q(line_a="", line_b=""))
                ),
                name="ruling_is_on_a_pair_or_a_source",
            ),
            models.CheckConstraint(
                condition=Q(keeps="")
                | (Q(verdict="SAME") & (Q(keeps=F("line_a")) | Q(keeps=F("line_b")))),
                name="ruling_keeps_one_of_the_same",
            ),
            models.CheckConstraint(
                condition=Q(share_a=None)
                | Q(verdict="SHARED", source="", share_a__gt=0, share_a__lt=10_000),
                name="ruling_shares_a_shared_pair",
            ),
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(why=""), name="ruling_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source or f'{self.line_a} and {self.line_b}'}: {self.get_verdict_display()}"


class Programme(models.Model):
    """The programme that this installation keeps: whose it is and which years it covers."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.TextField()
    council = models.TextField()
    first_year = models.PositiveSmallIntegerField(
        help_text="The year in which 2016/17 begins: 2016"
    )
    last_year = models.PositiveSmallIntegerField()
    open_from = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Where an open last column begins: 2020 for 2020/21+"
    )

    history = HistoricalRecords(history_change_reason_field=models.TextField(blank=True))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="programme_is_one_row"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"))
                & (Q(open_from=None) | Q(open_from=F("last_year") + 1)),
                name="programme_years_run_forwards",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """A change that waits for its second person. The draft is kept whole, with what it expects."""

    class Status(models.TextChoices):
        """How far it has come."""

        WAITING = "WAITING", "Waiting"
        ACCEPTED = "ACCEPTED", "Accepted"
        REFUSED = "REFUSED", "Refused"

    draft = models.JSONField()
    expects = models.JSONField(default=dict)
    by = models.TextField()
    # Whose proposal it is, even under another post. A number, as in the access log: no row is held.
    by_user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    status = models.TextField(choices=Status.choices, default=Status.WAITING)
    decided_by = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    journal = models.OneToOneField(
        Journal, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["status"])]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(status="WAITING", decided_by="", decided_at=None, journal=None)
                    | (
                        Q(status="REFUSED", decided_at__isnull=False, journal=None)
                        & ~Q(decided_by="")
                    )
                    | (
                        Q(status="ACCEPTED", decided_at__isnull=False, journal__isnull=False)
                        & ~Q(decided_by="")
                        & ~Q(decided_by=F("by"))
                    )
                ),
                name="proposal_is_decided_whole_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk} by {self.by}: {self.get_status_display()}"


class Document(models.Model):
    """A paper that figures are read from. It is known by what it holds, not by its name."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.TextField()
    kind = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    url = models.TextField(blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(blank=True))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sha256="") & ~Q(name=""), name="document_has_digest_and_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
