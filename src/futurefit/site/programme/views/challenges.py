"""Questions of the Cabinet Member on the programme, and their answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from futurefit.ledger.rights import Role
from futurefit.site.common.audience import audience
from futurefit.site.common.caching import cached
from futurefit.site.common.listing import listing
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.views.pages import page
from futurefit.site.programme import forms, history, models, operations, queries, rights
from futurefit.site.programme.links import part_url
from futurefit.site.programme.presenters import challenges as presenter
from futurefit.site.programme.presenters import statements
from futurefit.site.programme.views.asking import (
    form_page,
    holder,
    part_or_404,
    posts,
    put_beside_fields,
)


@audience(*rights.CHALLENGED_BEFORE)
@cached
def index(request: HttpRequest) -> HttpResponse:
    """Every question of the programme: those that wait, and those that were answered."""
    today = timezone.localdate()
    waiting = list(queries.open_challenges())
    late = sum(presenter.overdue(row, today) > 0 for row in waiting)
    tables = {
        "open": presenter.open_table(waiting, today, posts()),
        "answered": presenter.answered_table(queries.answered_challenges()),
    }
    context: dict[str, object] = {
        "heading": "Challenge",
        "lead": f"Waiting for an answer: {len(waiting)}; overdue: {late}. "
        "A project is not approved while one of its questions is open.",
        "back": ("Projects", "/projects/"),
    }
    shown = [listing(request, table, name=name) for name, table in tables.items()]
    return page(request, "programme/register.html", context, listings=shown)


@audience(Role.COUNCILLOR, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)
def ask(request: HttpRequest, dimension: str, code: str) -> HttpResponse:
    """Ask a question on a theme, workstream or project."""
    part = part_or_404(dimension, code)
    words = queries.words_of(part)
    lead = words.head_of_service_lead if isinstance(words, models.Project) else ""
    is_councillor = Role.COUNCILLOR in holder(request).roles
    form = forms.AskForm(
        request.POST or None, is_councillor=is_councillor, initial={"owner_post": lead}
    )
    if request.method == "POST" and form.is_valid():
        try:
            asked = operations.ask(
                part, on=timezone.localdate(), by=holder(request), **form.cleaned_data
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, f"Asked. The answer is due on {asked.due_on:%d %B %Y}.")
            return redirect(presenter.challenge_url(asked))
    back = (part.name, part_url(part))
    return form_page(request, form, f"Ask a question: {part.name}", back, button="Ask")


@audience(*rights.CHALLENGED_BEFORE)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One question, its answer and its history; who may answer does so here."""
    row = get_object_or_404(models.Challenge.objects.select_related("about"), pk=number)
    may_answer = queries.may_answer(holder(request), row)
    form = forms.AnswerForm(
        request.POST or None, initial={"seen": history.seen(row), "answer": row.answer}
    )
    if not row.answered_on:
        del form.fields["why"]
    if request.method == "POST":
        if not may_answer:
            raise PermissionDenied(
                "Its lead, finance and the programme office answer, not who asks."
            )
        if form.is_valid():
            told = form.cleaned_data
            try:
                operations.answer(
                    row,
                    text=told["answer"],
                    on=timezone.localdate(),
                    by=holder(request),
                    seen=told["seen"],
                    why=told.get("why", ""),
                )
            except Refused as refused:
                put_beside_fields(form, refused)
            else:
                messages.success(request, "Answered.")
                return redirect(presenter.challenge_url(row))
    changes = statements.changes_table(
        history.changes(models.Challenge.history.filter(id=row.pk)),
        title="History",
        with_people=True,
    )
    table = listing(request, changes, can_filter=False)
    if table.file:
        return table.file
    context = {
        "row": row,
        "part_href": part_url(row.about),
        "owner": posts().get(row.owner_post, row.owner_post),
        "late": presenter.overdue(row, timezone.localdate()),
        "form": form,
        "may_answer": may_answer,
        "table": table,
    }
    return render(request, "programme/challenge.html", context, status=422 if form.errors else 200)


def may_read(request: HttpRequest) -> bool:
    """True for those before whom questions and answers stand: councillors and officers."""
    return rights.may_read_challenges(holder(request))


def may_ask(request: HttpRequest, part: Heading) -> bool:
    """True for those who may ask about a part."""
    return rights.may_challenge(queries.roles_on(holder(request), part))
