"""Which part of the programme is asked for, and may this person change it?"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import queries


def holder(request: HttpRequest) -> Holder:
    """Whoever asks."""
    return request.holder  # type: ignore[attr-defined]


def part_or_404(dimension: str, code: str) -> Heading:
    """A theme, workstream or project."""
    part = queries.heading(dimension, code)
    if part is None:
        raise Http404(f"There is no {dimension} “{code}”.")
    return part


def must_edit(request: HttpRequest, part: Heading) -> None:
    """Turn away who may not change the words about this part of the programme."""
    if not queries.may_edit(holder(request), part):
        raise PermissionDenied(
            f"You may not change what is said about “{part.name}”. "
            "Its lead, finance and the programme office may."
        )


def posts() -> Mapping[str, str]:
    """The title of every post that has a code."""
    return {code: name.name for code, name in ledger_queries.headings()["owner"].items()}
