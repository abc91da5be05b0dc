"""What in a paper does not hold? (rules AUD-08 to AUD-52)

A check is one module with one function from a `Document` to findings, and one line in `CHECKS`.
Checks do not know each other; what they share is in `papers.arithmetic` and `papers.faults`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from futurefit.kernel.findings import Finding
from futurefit.kernel.provenance import Provenance
from futurefit.papers.audit.blanks import check_blanks
from futurefit.papers.audit.calendar import check_calendar
from futurefit.papers.audit.changes import check_changes
from futurefit.papers.audit.column_totals import check_column_totals
from futurefit.papers.audit.counts import check_counts
from futurefit.papers.audit.derived import check_derived
from futurefit.papers.audit.extent import check_extent
from futurefit.papers.audit.incomplete import check_incomplete
from futurefit.papers.audit.introduced import check_introduced
from futurefit.papers.audit.law import check_law
from futurefit.papers.audit.layout import check_layout
from futurefit.papers.audit.left_out import check_left_out
from futurefit.papers.audit.misplaced import check_misplaced
from futurefit.papers.audit.names import check_names
from futurefit.papers.audit.net_amounts import check_net_amounts
from futurefit.papers.audit.numbering import check_numbering
from futurefit.papers.audit.percentages import check_percentages
from futurefit.papers.audit.references import check_references
from futurefit.papers.audit.repeats import check_repeats
from futurefit.papers.audit.reprinted import check_reprinted, check_reprinted_across
from futurefit.papers.audit.rounding import check_rounding
from futurefit.papers.audit.row_totals import check_row_totals
from futurefit.papers.audit.said_again import check_said_again
from futurefit.papers.audit.same_row import check_same_row
from futurefit.papers.audit.status import check_status
from futurefit.papers.audit.targets import check_targets
from futurefit.papers.audit.units import check_units
from futurefit.papers.audit.wholes import check_wholes
from futurefit.papers.audit.year_headings import check_year_headings
from futurefit.papers.audit.years_said import check_years_said, check_years_said_across
from futurefit.papers.document import Document

CHECKS: tuple[Callable[[Document], list[Finding]], ...] = (
    check_extent,
    check_column_totals,
    check_row_totals,
    check_misplaced,
    check_layout,
    check_blanks,
    check_rounding,
    check_percentages,
    check_derived,
    check_left_out,
    check_units,
    check_counts,
    check_changes,
    check_wholes,
    check_numbering,
    check_references,
    check_calendar,
    check_year_headings,
    check_status,
    check_incomplete,
    check_repeats,
    check_law,
    check_targets,
    check_names,
    check_reprinted,
    check_same_row,
    check_years_said,
    check_introduced,
    check_net_amounts,
    check_said_again,
)
"""Every check, in the order of its rule."""

CHECKS_ACROSS: tuple[Callable[[Sequence[Document]], list[Finding]], ...] = (
    check_reprinted_across,
    check_years_said_across,
)
"""Every check of several papers; the place of such a finding names its paper."""


def audit(document: Document) -> list[Finding]:
    """Everything that was found, the reader's findings first, then in reading order."""
    found = [finding for check in CHECKS for finding in check(document)]
    ordered = sorted((*document.findings, *found), key=_reading_order)
    return [replace(finding, place=_placed(finding.place, document)) for finding in ordered]


def _placed(place: Provenance, document: Document) -> Provenance:
    """A place with its document; a line is only told where the file has lines."""
    line = place.line if document.has_lines else None
    return replace(place, file=document.name, sha256=document.sha256, line=line)


def _reading_order(finding: Finding) -> tuple[int, int, int, int, str]:
    place = finding.place
    return (
        place.line or 0,
        place.table or 0,
        place.row or 0,
        place.column or 0,
        finding.code,
    )
