"""What does not hold now, in the papers and in the ledger? Reads only. (rule CON-01)"""

from __future__ import annotations

from collections.abc import Collection

from futurefit.kernel.findings import Finding, Severity
from futurefit.ledger import claims, double_counts, early, year_end
from futurefit.ledger.state import Ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger import records, suspecting
from futurefit.site.ledger.presenters.claims import without_hidden
from futurefit.site.programme import controls, models
from futurefit.site.programme.queries.dependencies import circle_findings


def control_results(ledger: Ledger) -> list[controls.Tested]:
    """Each printed figure of the papers beside the ledger's own."""
    return controls.tested(ledger, _controls())


def _controls() -> list[controls.Control]:
    return [
        controls.Control(
            check=row.check_code,
            what=row.what,
            lines=tuple(row.lines.split()),
            years=tuple(row.years.split()),
            ratings=tuple(row.ratings.split()),
            amount_pence=row.amount_pence,
            printed=row.printed,
            as_at=row.as_at,
            advice=row.advice,
            place=row.provenance,
        )
        for row in models.ControlTotal.objects.select_related("source_document")
    ]


def findings(ledger: Ledger, hidden: Collection[str] = frozenset()) -> list[Finding]:
    """What does not hold now: papers that contradict the ledger or themselves, pounds that are
    counted twice, deliveries before their year, years that ended and are not settled. Nothing names
    a line that is `hidden`.
    """
    tested = [
        result
        for result in control_results(ledger)
        if frozenset(hidden).isdisjoint(result.control.lines)
    ]
    ended = records.ended_years(ledger, records.closings())
    counted = [
        *claims.double_counting(ledger.now, _source_names(), suspecting.settled_now(ledger)),
        *double_counts.findings(
            # Lines that claim one source are found by the source.
            suspect
            for suspect in suspecting.suspected(ledger, frozenset(hidden)).open
            if not suspect.sources
        ),
        *early.check_delivered_early(ledger.now),
        *year_end.check_year_end(ledger.now, [year.label for year in ended]),
    ]
    return [
        *controls.findings(tested),
        *_remarks(),
        *circle_findings(),
        *(without_hidden(finding, hidden) for finding in counted),
    ]


def _source_names() -> dict[str, str]:
    return {code: source.title for code, source in ledger_queries.capacity_words().items()}


def _remarks() -> list[Finding]:
    return [
        Finding(
            code="PAPER",
            severity=Severity(row.severity),
            message=row.message,
            place=row.provenance,
            printed=row.printed,
            advice=row.advice,
        )
        for row in models.Remark.objects.select_related("source_document")
    ]
