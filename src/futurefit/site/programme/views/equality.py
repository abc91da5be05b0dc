"""Equality and consultation: the register of all of them, and the page of one part."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from futurefit.programme import equality
from futurefit.programme.equality import Characteristic
from futurefit.programme.lifecycle import ADOPTABLE
from futurefit.site.common.audience import OFFICERS, PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.listing import listing
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.views.pages import page
from futurefit.site.programme import forms, history, models, operations, queries, rights
from futurefit.site.programme.links import part_url, statement_url
from futurefit.site.programme.presenters import equality as presenter
from futurefit.site.programme.presenters.equality import equality_url
from futurefit.site.programme.views.asking import (
    form_page,
    holder,
    must_edit,
    part_or_404,
    put_beside_fields,
)


@audience(PUBLIC)
@cached
def register(request: HttpRequest) -> HttpResponse:
    """Every assessment and every consultation of the programme."""
    today = timezone.localdate()
    parts = (
        Heading.objects.select_related("parent__parent")
        .filter(dimension__in=queries.PARTS)
        .order_by("dimension", "order", "code")
    )
    rows = models.EqualityAssessment.objects.select_related("about").prefetch_related("effects")
    drafts = rights.may_read_drafts(holder(request))
    asked = models.Consultation.objects.select_related("about").order_by("starts_on", "pk")
    tables = {
        "assessments": presenter.register_table(parts, rows, drafts=drafts),
        "consultations": presenter.consultations_table(
            asked, today, link=lambda row: statement_url(row, editable=False)
        ),
        "groups": presenter.groups_table([row for row in rows if drafts or row.signed_on]),
    }
    context: dict[str, object] = {
        "heading": "Equality and consultation",
        "lead": "A decision waits until equality is settled and what people said is considered.",
        "back": ("Projects", "/projects/"),
    }
    shown = [listing(request, table, name=name) for name, table in tables.items()]
    return page(request, "programme/register.html", context, listings=shown)


@audience(PUBLIC)
@cached
def of_part(request: HttpRequest, dimension: str, code: str) -> HttpResponse:
    """Equality and consultation of a theme, workstream or project."""
    part = part_or_404(dimension, code)
    row = queries.assessment_row(part)
    assessment = queries.assessment_of(row)
    editable = queries.may_edit(holder(request), part)
    today = timezone.localdate()
    tables = []
    is_told = row is not None and (
        row.signed_on is not None or rights.may_read_drafts(holder(request))
    )
    if row is not None and is_told and assessment.relevance is equality.Relevance.FULL:
        tables.append(listing(request, presenter.effects_table(row, editable=editable)))
    above = [] if row else [over for over in queries.chain_of(part)[1:] if _has_own(over)]
    context = {
        "part": part,
        "href": equality_url(part),
        "back": part_url(part),
        "row": row if is_told else None,
        "state": presenter.state(assessment),
        "missing": equality.missing(assessment) if is_told or row is None else [],
        "is_draft": row is not None and not is_told,
        "may_sign": editable and row is not None and not equality.unready(assessment),
        "above": [(over.name, equality_url(over)) for over in above[:1]],
        "editable": editable,
        "consultations": [
            presenter.shown(each, today, _decided_on(part), editable=editable)
            for each in models.Consultation.objects.filter(about=part)
        ],
        "add": f"{part_url(part)}add/consultation/",
    }
    return page(request, "programme/equality.html", context, listings=tables)


def _has_own(part: Heading) -> bool:
    return queries.assessment_row(part) is not None


def _decided_on(part: Heading) -> date | None:
    """The day on which a project was first approved; None for what is not."""
    words = queries.words_of(part)
    if not isinstance(words, models.Project):
        return None
    return next((each.on for each in queries.stages_of(words) if each.stage in ADOPTABLE), None)


@audience(*OFFICERS)
def screen(request: HttpRequest, dimension: str, code: str) -> HttpResponse:
    """Say whether equality matters here."""
    part = part_or_404(dimension, code)
    must_edit(request, part)
    row = queries.assessment_row(part)
    form = forms.ScreenForm(
        request.POST or None, instance=row, initial={"seen": history.seen(row) if row else ""}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            operations.screen(
                part,
                relevance=equality.Relevance(told["relevance"]),
                reason=told["reason"],
                review_on=told["review_on"],
                by=holder(request),
                seen=told["seen"],
                why=told["why"],
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, "Recorded. It is to be signed when it is complete.")
            return redirect(equality_url(part))
    return _form(request, part, form, "Screen for equality")


@audience(*OFFICERS)
def effect(request: HttpRequest, dimension: str, code: str, group: str) -> HttpResponse:
    """Say what is done to people with one characteristic."""
    part = part_or_404(dimension, code)
    must_edit(request, part)
    try:
        characteristic = Characteristic(group.upper())
    except ValueError:
        raise Http404("The Equality Act knows no such characteristic.") from None
    row = queries.assessment_row(part)
    if row is None:
        raise Http404("Screen it first.")
    kept = row.effects.filter(characteristic=characteristic).first()
    form = forms.EffectForm(
        request.POST or None, instance=kept, initial={"seen": history.seen(kept) if kept else ""}
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        seen, why = told.pop("seen"), told.pop("why")
        try:
            operations.record_effect(
                part, characteristic, told=told, by=holder(request), seen=seen, why=why
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, f"Recorded: {equality.in_words(characteristic)}.")
            return redirect(equality_url(part))
    return _form(request, part, form, f"Effect by {equality.in_words(characteristic).lower()}")


@audience(*OFFICERS)
def sign(request: HttpRequest, dimension: str, code: str) -> HttpResponse:
    """Sign the assessment."""
    part = part_or_404(dimension, code)
    must_edit(request, part)
    row = queries.assessment_row(part)
    seen = history.seen(row) if row else ""
    form = forms.SignForm(request.POST or None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            operations.sign_assessment(
                part, on=timezone.localdate(), by=holder(request), seen=form.cleaned_data["seen"]
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, "The equality assessment is signed.")
            return redirect(equality_url(part))
    is_full = row is not None and row.relevance == equality.Relevance.FULL
    signing = {
        "assessment": row,
        "effects": presenter.effects_table(row, editable=False) if row and is_full else None,
    }
    return _form(request, part, form, "Sign the equality assessment", button="Sign", **signing)


@audience(*OFFICERS)
def consider(request: HttpRequest, number: int) -> HttpResponse:
    """Record what was made of a consultation."""
    row = get_object_or_404(models.Consultation.objects.select_related("about"), pk=number)
    must_edit(request, row.about)
    form = forms.ConsiderForm(
        request.POST or None,
        initial={"seen": history.seen(row), "consideration": row.consideration},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.consider(
                row,
                consideration=form.cleaned_data["consideration"],
                on=timezone.localdate(),
                by=holder(request),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, "Recorded: a decision need no longer wait for it.")
            return redirect(equality_url(row.about))
    return _form(request, row.about, form, f"Consider the consultation: {row}")


def _form(
    request: HttpRequest,
    part: Heading,
    form: BaseForm,
    heading: str,
    button: str = "Save",
    **more: object,
) -> HttpResponse:
    back = (f"{part.name}: equality and consultation", equality_url(part))
    return form_page(request, form, f"{heading}: {part.name}", back, button=button, **more)
