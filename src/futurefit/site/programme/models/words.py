"""What do all words of the programme have in common: a history, and their place in a paper?"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from futurefit.kernel.provenance import Provenance
from futurefit.kernel.years import NotAYear, parse_year


def statements(text: str) -> tuple[str, ...]:
    """The statements of a field that holds one a line, without blank lines."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def is_year(text: str) -> None:
    """Refuse what is not a financial year as the ledger writes it: "2015/16"."""
    try:
        label = parse_year(text).label
    except NotAYear as wrong:
        raise ValidationError(str(wrong)) from None
    if label != text:
        raise ValidationError(f"Write this year as {label}.")


class Placed(models.Model):
    """Words with a history and, as far as it is known, their place in a document."""

    source_document = models.ForeignKey(
        "ledger.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_page = models.PositiveIntegerField(null=True, blank=True)
    source_heading = models.CharField(max_length=300, blank=True)
    source_line = models.PositiveIntegerField(null=True, blank=True)

    history = HistoricalRecords(
        inherit=True, history_change_reason_field=models.TextField(null=True)
    )

    class Meta:
        abstract = True

    @property
    def provenance(self) -> Provenance:
        """Where these words were read."""
        document = self.source_document
        return Provenance(
            file=document.name if document else "",
            sha256=document.sha256 if document else "",
            page=self.source_page,
            heading=self.source_heading,
            line=self.source_line,
        )


class About(Placed):
    """Words about a theme, a workstream or a project, in the order of the paper."""

    about = models.ForeignKey("ledger.Heading", on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]
