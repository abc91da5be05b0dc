"""Writing: a new project, the words of a part, its statements, a sign-off. Each is one act."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import reader_of
from futurefit.site.programme import forms, history, models, operations, queries
from futurefit.site.programme.links import part_url
from futurefit.site.programme.views.asking import (
    form_page,
    holder,
    must_edit,
    part_or_404,
    put_beside_fields,
)


@audience(*OFFICERS)
def new_project(request: HttpRequest) -> HttpResponse:
    """Write a new concept paper."""
    form = forms.NewProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            project = operations.create_project(
                form.save(commit=False),
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                parent=form.cleaned_data["parent"],
                by=holder(request),
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(
                request,
                f"“{project}” is created. Give it a line, and ask finance to set its target.",
            )
            return redirect(part_url(project.heading))
    back = ("Projects", "/projects/")
    return form_page(request, form, "Create a project", back, button="Create the project")


def _part_form(
    words: models.Theme | models.Workstream | models.Project,
    **args,
) -> forms.PartForm:
    if isinstance(words, models.Theme):
        return forms.ThemeForm(instance=words, **args)
    if isinstance(words, models.Workstream):
        return forms.WorkstreamForm(instance=words, **args)
    return forms.ProjectForm(instance=words, **args)


def _unsaid(part: Heading) -> models.Theme | models.Workstream | models.Project:
    """The words of a part of which nothing was said yet."""
    if part.dimension == Heading.Dimension.THEME:
        return models.Theme(heading=part)
    if part.dimension == Heading.Dimension.WORKSTREAM:
        return models.Workstream(heading=part)
    return models.Project(heading=part)


@audience(*OFFICERS)
def edit_part(request: HttpRequest, dimension: str, code: str) -> HttpResponse:
    """Change the words about a theme, workstream or project itself."""
    part = part_or_404(dimension, code)
    must_edit(request, part)
    words = queries.words_of(part) or _unsaid(part)
    shown = {"seen": history.seen(words)}
    form = _part_form(words, data=request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            operations.revise(
                form.save(commit=False),
                by=holder(request),
                seen=form.cleaned_data["seen"],
                name=form.cleaned_data["name"],
                why=form.cleaned_data["why"],
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, "The words are changed. Their history keeps the old ones.")
            return redirect(part_url(part))
    return form_page(
        request, form, f"Change what is said: {part.name}", (part.name, part_url(part))
    )


@audience(*OFFICERS)
def add_statement(request: HttpRequest, dimension: str, code: str, kind: str) -> HttpResponse:
    """Add a milestone, a risk or another statement."""
    part = part_or_404(dimension, code)
    must_edit(request, part)
    made = forms.STATEMENTS.get(kind)
    if made is None or (made is forms.FteImpactForm and dimension != "project"):
        raise Http404(f"Nothing called “{kind}” is said about a {dimension}.")
    below = [part] if made is forms.FteImpactForm else queries.parts_of(part)
    words = made.Meta.model()  # type: ignore[attr-defined]
    operations.attach(words, part)
    hidden = reader_of(request).hidden
    form = made(request.POST or None, instance=words, parts=below, hidden=hidden)
    if request.method == "POST" and form.is_valid():
        words = form.save(commit=False)
        chosen = {str(each.pk): each for each in below}
        operations.attach(words, chosen[form.cleaned_data.get("about", str(part.pk))])
        try:
            operations.add(words, by=holder(request), why=form.cleaned_data["why"])
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, f"Added: {words}")
            return redirect(part_url(part))
    name = words._meta.verbose_name
    return form_page(request, form, f"Add a {name}: {part.name}", (part.name, part_url(part)))


def statement_or_404(kind: str, number: int) -> models.Placed:
    """A milestone, risk or other statement."""
    made = forms.STATEMENTS.get(kind)
    found = None
    if made is not None:
        rows = made.Meta.model._default_manager  # type: ignore[attr-defined]
        found = rows.filter(pk=number).first()
    if found is None:
        raise Http404(f"There is no {kind} {number}.")
    return found


def part_of(words: models.Placed) -> Heading:
    """What a statement is about."""
    return words.about if isinstance(words, models.About) else words.project.heading  # type: ignore[attr-defined]


@audience(*OFFICERS)
def edit_statement(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Change a statement, or take it away."""
    words = statement_or_404(kind, number)
    part = part_of(words)
    must_edit(request, part)
    taking = request.method == "POST" and "remove" in request.POST
    data = request.POST if request.method == "POST" and not taking else None
    form = forms.STATEMENTS[kind](
        data,
        instance=words,
        initial={"seen": history.seen(words)},
        hidden=reader_of(request).hidden,
    )
    remove = forms.RemoveForm(request.POST if taking else None, prefix="remove")
    acting: BaseForm = remove if taking else form
    offered = {"remove": remove} if taking or operations.may_remove(holder(request), words) else {}
    if request.method == "POST" and acting.is_valid():
        try:
            if taking:
                operations.remove(words, by=holder(request), why=remove.cleaned_data["why"])
            else:
                operations.revise(
                    form.save(commit=False),
                    by=holder(request),
                    seen=form.cleaned_data["seen"],
                    why=form.cleaned_data["why"],
                )
        except Refused as refused:
            put_beside_fields(acting, refused)
        else:
            messages.success(request, f"{'Taken away' if taking else 'Changed'}: {words}")
            return redirect(part_url(part))
    return form_page(
        request,
        form,
        f"Change a {words._meta.verbose_name}: {part.name}",
        (part.name, part_url(part)),
        **offered,
        history=f"{request.path}history/",
    )
