"""Submitting a project's paper, and the papers that were submitted."""

from __future__ import annotations

import base64

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify

from futurefit.publishing.printing import Imprint
from futurefit.site.common import council, storing
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import models, operations, queries, rights
from futurefit.site.programme.links import part_url
from futurefit.site.programme.presenters.concept_paper import concept_paper
from futurefit.site.programme.views.asking import (
    form_page,
    holder,
    must_edit,
    posts,
    put_beside_fields,
)
from futurefit.site.programme.views.lifecycle import project_or_404


class SubmitForm(django_forms.Form):
    """What is said in submitting."""

    note = django_forms.CharField(
        label="Note",
        required=False,
        max_length=300,
        help_text="What it is submitted for. The paper as it stands now is kept as a PDF",
    )


@audience(*OFFICERS)
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Submit a project's paper as it stands."""
    part, words = project_or_404(code)
    must_edit(request, part)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stamp = ledger_queries.stamp()
        try:
            kept = operations.submit(
                words,
                pdf=_pdf(words),
                stamp=stamp,
                at=timezone.now(),
                by=holder(request),
                note=form.cleaned_data["note"],
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, f"Submitted. Its PDF is kept under {kept.sha256[:12]}….")
            return redirect(part_url(part))
    back = (part.name, part_url(part))
    return form_page(request, form, f"Submit: {part.name}", back, button="Submit")


def _pdf(words: models.Project) -> bytes:
    # Imported here: it loads the typesetter, and no other page of a project needs that.
    from futurefit.publishing import pdf

    ledger = ledger_queries.current_ledger()
    horizon = ledger_queries.horizon()
    report = concept_paper(
        words,
        ledger.now,
        years=horizon.labels if horizon else (),
        posts=posts(),
        signed=queries.sign_offs_of(words),
        assessment=queries.assessment_over(words.heading),
        today=timezone.localdate(),
    )
    head = f"{ledger.head.number}:{ledger.head.digest}"
    facts = (("Submitted to", council.name()), ("Ledger head", head))
    return pdf.write(report, Imprint(made_at=timezone.localtime(), facts=facts))


@audience(*rights.CHALLENGED_BEFORE)
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A paper as it was submitted, byte for byte."""
    kept = get_object_or_404(
        models.Submission.objects.select_related("project__heading"),
        pk=number,
        project__heading__code=code,
    )
    try:
        data = storing.load(kept.sha256)
    except storing.Damaged as wrong:
        raise Http404(str(wrong)) from None
    digest = base64.b64encode(bytes.fromhex(kept.sha256)).decode()
    name = f"{slugify(str(kept.project)) or 'project'}-{timezone.localdate(kept.at)}.pdf"
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Digest": f"sha-256=:{digest}:",  # RFC 9530
        },
    )
