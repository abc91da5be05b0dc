"""How is a project's paper submitted, and kept as it stood? (rule LIF-09)"""

from __future__ import annotations

from datetime import datetime

from futurefit.site.accounts.holders import Holder
from futurefit.site.common import storing
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import words_changed
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.programme import models
from futurefit.site.programme.operations.keeping import must_edit


def submit(
    project: models.Project,
    *,
    pdf: bytes,
    stamp: tuple[str, str],
    at: datetime,
    by: Holder,
    note: str = "",
) -> models.Submission:
    """Keep the PDF of a project's paper, with who submitted it, when, and the ledger's head.

    `stamp` is the ledger's own, read before the PDF was made: refused when a figure or a word has
    changed since, for the PDF would not say so. What is kept is never written again.
    """
    with exclusive() as head:
        must_edit(by, project.heading)
        if stamp != ledger_queries.stamp():
            raise refuse("LIF-MOVED", "Something has changed meanwhile. Submit it again.")
        kept = models.Submission.objects.create(
            project=project,
            stage=project.stage,
            at=at,
            post_title=by.post,
            note=note,
            sha256=storing.keep(pdf),
            size=len(pdf),
            ledger_number=head.number,
            ledger_digest=head.digest,
        )
        words_changed()
        return kept
