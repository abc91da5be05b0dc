"""Which paper is asked for, and may this person see or review it?"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from futurefit.ledger.entries import Restriction
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.papers import queries
from futurefit.site.papers.models import Upload
from futurefit.site.papers.reviewing import Part, Study


def readable(request: HttpRequest, number: int) -> tuple[Reader, Upload]:
    """A paper that may be read; 404 for any other, whether it is here or not."""
    reader = reader_of(request)
    upload = queries.upload(number)
    if upload is None or not reader.holder.may_read(upload.place):
        raise Http404("There is no such paper.")
    return reader, upload


def reviewable(request: HttpRequest, number: int) -> tuple[Reader, Upload]:
    """A paper that may be reviewed."""
    reader, upload = readable(request, number)
    if not queries.may_review(reader.holder, upload.place):
        raise PermissionDenied(
            "You may review papers about what you lead. Finance and the programme office review "
            "all of them."
        )
    return reader, upload


def part_of(study: Study, slug: str) -> Part:
    """A part of a paper; 404 where it has none of that name."""
    part = study.part(slug)
    if part is None:
        raise Http404("The paper has no such part.")
    return part


def noted(response: HttpResponseBase, upload: Upload) -> HttpResponseBase:
    """The answer, noted in the access log where the paper is restricted."""
    if upload.place.restriction is not Restriction.PUBLIC:
        response.restricted = f"Paper {upload.pk}"  # type: ignore[attr-defined]
    return response
