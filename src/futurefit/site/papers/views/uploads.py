"""The papers that are here, and how one comes here."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.listing import listing
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import reader_of
from futurefit.site.papers import forms, links, operations, queries
from futurefit.site.papers.presenters import tables
from futurefit.site.papers.views.asking import noted, reviewable


@audience(*OFFICERS)
def index(request: HttpRequest) -> HttpResponseBase:
    """Every paper that the reader may see."""
    reader = reader_of(request)
    found = queries.uploads(reader.holder)
    table = tables.uploads_table(found, queries.decided_counts(), reader.names)
    listed = listing(request, table, caption_hidden=True)
    if listed.file:
        return listed.file
    return render(request, "papers/index.html", {"listing": listed, "n": len(found)})


@audience(*OFFICERS)
def upload(request: HttpRequest) -> HttpResponseBase:
    """Bring a paper."""
    reader = reader_of(request)
    form = forms.UploadForm(request.POST or None, request.FILES or None, reader=reader)
    status = 200
    if request.method == "POST":
        status = 400
        form = forms.UploadForm(request.POST, request.FILES, reader=reader)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                found, is_new = operations.upload(
                    file.name, file.read(), by=reader.holder, **form.told()
                )
            except Refused as refused:
                _add(form, refused)
            else:
                if is_new:
                    messages.success(request, f"{found.name} is read.")
                else:
                    messages.info(
                        request,
                        f"This very file was uploaded before, by {found.by}: here it is.",
                    )
                return redirect(links.paper_url(found.pk))
    return render(request, "papers/upload.html", {"form": form}, status=status)


@audience(*OFFICERS)
def about(request: HttpRequest, number: int) -> HttpResponseBase:
    """Say what a paper is about, who may read it, and what it revises."""
    reader, found = reviewable(request, number)
    form = forms.AboutForm(request.POST or None, reader=reader, own=found)
    revises = request.GET.get("revises", "")
    if not form.is_bound and revises in form.earlier:
        form.initial["revises"] = revises
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                operations.describe(found.pk, by=reader.holder, **form.told())
            except Refused as refused:
                _add(form, refused)
            else:
                messages.success(request, "Saved.")
                return redirect(links.paper_url(found.pk))
    context = {"form": form, "upload": found, "back": links.paper_url(found.pk)}
    return noted(render(request, "papers/about.html", context, status=status), found)


def _add(form: django_forms.Form, refused: Refused) -> None:
    """Show each refusal beside the field that it is about."""
    for refusal in refused.refusals:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
