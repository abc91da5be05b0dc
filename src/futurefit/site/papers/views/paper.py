"""A paper: what was found in it, the paper itself redrawn, and the file as it came."""

from __future__ import annotations

import base64

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from futurefit.kernel.findings import Severity
from futurefit.kernel.findings_table import counted
from futurefit.kernel.provenance import Provenance
from futurefit.site.accounts.holders import Holder
from futurefit.site.common import storing
from futurefit.site.common.audience import OFFICERS, PUBLIC, audience
from futurefit.site.common.listing import listing
from futurefit.site.ledger.reading import reader_of
from futurefit.site.papers import links, queries
from futurefit.site.papers.models import Upload
from futurefit.site.papers.presenters import redrawing, tables
from futurefit.site.papers.presenters.redrawing import CellPlace, Mark
from futurefit.site.papers.reviewing import Study
from futurefit.site.papers.views.asking import noted, readable


@audience(*OFFICERS)
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """What was found in a paper, and what it proposes."""
    # Imported here: it brings every check, and most pages of the site need none.
    from futurefit.papers.audit_report import what_was_tested

    reader, upload = readable(request, number)
    study = queries.study(upload)
    listed = listing(
        request, tables.findings_table(upload, study.findings), name="findings", caption_hidden=True
    )
    if listed.file:
        return noted(listed.file, upload)
    states = queries.states(upload)
    parts = [
        {
            "title": part.candidate.title.text or part.candidate.kind.value,
            "kind": part.candidate.kind.value,
            "url": links.part_url(upload.pk, part.slug),
            "lines": len(part.lines),
            "left": sum((part.slug, line.key) not in states for line in part.lines),
            "accepted": sum(
                state.is_accepted for (of, _), state in states.items() if of == part.slug
            ),
            "presents": part.candidate.presentation_of,
        }
        for part in study.parts
    ]
    context = {
        "upload": upload,
        "about": tables.about_words(upload, reader.names),
        "listing": listed,
        "counted": counted(study.findings),
        "tested": what_was_tested(study.document),
        "parts": parts,
        "may_review": queries.may_review(reader.holder, upload.place),
        "source": links.source_url(upload.pk),
        "file": links.file_url(upload.pk),
        "describe": links.about_url(upload.pk),
        "revises": upload.revises and (upload.revises.name, links.paper_url(upload.revises.pk)),
        "revisions": [(one.name, links.paper_url(one.pk)) for one in upload.revisions.all()],
        "likely": _likely(upload, reader.holder) if not states else None,
    }
    return noted(render(request, "papers/paper.html", context), upload)


def _likely(upload: Upload, holder: Holder) -> tuple[str, str] | None:
    """The paper that this one looks like a new version of, and the form that says so."""
    if upload.revises is not None:
        return None
    earlier = queries.looks_like_earlier(upload, holder)
    if earlier is None:
        return None
    return earlier.name, f"{links.about_url(upload.pk)}?revises={earlier.pk}"


@audience(PUBLIC)
def source(request: HttpRequest, number: int) -> HttpResponseBase:
    """The paper redrawn, with the place that was asked for."""
    reader, upload = readable(request, number)
    study = queries.study(upload)
    pieces = redrawing.pieces(study.document)
    asked = {name: _number(request, name) for name in ("table", "row", "column", "line", "piece")}
    page = asked["piece"] or next(
        (
            place
            for place, piece in enumerate(pieces, start=1)
            if piece.holds(asked["table"], asked["row"], asked["line"])
        ),
        1,
    )
    if not 1 <= page <= len(pieces):
        raise Http404(f"This paper has pages 1 to {len(pieces)} here.")
    chosen = (asked["table"] or 0, asked["row"] or 0, asked["column"] or 0)
    is_officer = queries.is_officer(reader.holder)
    marks = found_marks(upload, study) if is_officer else {}
    context = {
        "upload": upload,
        "redrawn": redrawing.blocks_html(pieces[page - 1].blocks, marks, chosen, level=1),
        "page": page,
        "pages": len(pieces),
        "previous": f"?piece={page - 1}" if page > 1 else "",
        "next": f"?piece={page + 1}" if page < len(pieces) else "",
        "paper": links.paper_url(upload.pk) if is_officer else "",
        "file": links.file_url(upload.pk),
        "asked": tables.place_words(
            Provenance(table=asked["table"], row=asked["row"], column=asked["column"])
        )
        if asked["table"]
        else "",
        "anchor": links.anchor(
            Provenance(
                table=asked["table"], row=asked["row"], column=asked["column"], line=asked["line"]
            )
        ),
    }
    return noted(render(request, "papers/source.html", context), upload)


def found_marks(upload: Upload, study: Study) -> dict[CellPlace, list[Mark]]:
    """What to say beside each cell in which something was found."""
    marks: dict[CellPlace, list[Mark]] = {}
    for finding in study.findings:
        place = finding.place
        if not (place.table and place.row and place.column) or finding.severity is Severity.NOTE:
            continue
        said = f"should be {finding.expected}" if finding.expected else finding.severity.value
        marks.setdefault((place.table, place.row, place.column), []).append(
            Mark(f"{finding.code}: {said}", f"{links.paper_url(upload.pk)}#findings")
        )
    return marks


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@audience(PUBLIC)
def of(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The paper with these bytes, at the place that was asked for."""
    upload = queries.same_bytes(sha256)
    if upload is None or not reader_of(request).holder.may_read(upload.place):
        raise Http404("There is no such paper.")
    place = Provenance(
        **{name: _number(request, name) for name in ("table", "row", "column", "line")}  # type: ignore[arg-type]
    )
    return redirect(links.source_url(upload.pk, place))


@audience(PUBLIC)
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file as it came: to be kept, never to be shown by the browser (rule PAP-02)."""
    _, upload = readable(request, number)
    try:
        data = storing.load(upload.sha256)
    except storing.Damaged as wrong:
        raise Http404(str(wrong)) from None
    digest = base64.b64encode(bytes.fromhex(upload.sha256)).decode()
    response = HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, upload.name) or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Content-Digest": f"sha-256=:{digest}:",  # RFC 9530
            "X-Content-Type-Options": "nosniff",
        },
    )
    return noted(response, upload)
