"""Moving a project on, signing it off, and who is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from futurefit.kernel.report import Table
from futurefit.ledger.chain import canonical, sha256
from futurefit.programme import lifecycle
from futurefit.programme.lifecycle import Stage
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.listing import listing
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.asking import ask
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.views.pages import page
from futurefit.site.programme import forms, history, models, operations, queries, rights
from futurefit.site.programme.links import part_url
from futurefit.site.programme.presenters import figures
from futurefit.site.programme.presenters import lifecycle as presenter
from futurefit.site.programme.views.asking import (
    form_page,
    holder,
    part_or_404,
    posts,
    put_beside_fields,
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a project stands, as its page shows it to one reader."""

    steps: list[presenter.Step]
    next: lifecycle.Move | None
    missing: list[lifecycle.Missing]
    moves: list[tuple[str, str]]
    tables: dict[str, Table]


def whereabouts(words: models.Project, reader: Reader) -> Whereabouts:
    """Where a project stands, what its next move lacks, and which moves this reader may make."""
    stage = Stage(words.stage)
    href = part_url(words.heading)
    roles = queries.roles_on(reader.holder, words.heading)
    drafts = rights.may_read_drafts(reader.holder)
    standing = queries.standing(words, timezone.localdate(), reader.hidden, drafts=drafts)
    onward = lifecycle.next_move(stage)
    signed = queries.sign_offs_of(words)
    rows = words.sign_offs.select_related("source_document")
    tables = {"sign_offs": presenter.sign_offs_table(rows, signed, posts())}
    tables["submissions"] = presenter.submissions_table(
        words.submissions.select_related("project__heading"), may_read=_reads_papers(reader)
    )
    if any(each.changed for each in signed):
        tables["changed"] = presenter.changed_table(signed, reader)
    return Whereabouts(
        steps=presenter.steps(stage, queries.stages_of(words)),
        next=onward,
        missing=[
            missing
            for missing in (onward.missing(standing) if onward else [])
            if missing.condition not in lifecycle.SAID_IN_MOVING
        ],
        moves=[
            (move.called, f"{href}move/{move.to_stage.value.lower()}/")
            for move in lifecycle.moves_from(stage)
            if not move.by.isdisjoint(roles)
        ],
        tables=tables,
    )


def _reads_papers(reader: Reader) -> bool:
    return rights.may_read_challenges(reader.holder)


@audience(*OFFICERS)
def move(request: HttpRequest, code: str, to: str) -> HttpResponse:
    """Move a project to another stage: what is missing for it, and why it is done."""
    part, words = project_or_404(code)
    try:
        chosen = lifecycle.find_move(Stage(words.stage), Stage(to.upper()))
    except ValueError:
        chosen = None
    if chosen is None:
        raise Http404(f"“{part.name}” cannot move there from {in_words(Stage(words.stage))}.")
    if chosen.by.isdisjoint(queries.roles_on(holder(request), part)):
        raise PermissionDenied("Your role does not let you move this project there.")
    form = forms.MoveForm(
        request.POST or None, move=chosen, project=words, initial={"seen": history.seen(words)}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            operations.move_project(
                words,
                to=chosen.to_stage,
                on=timezone.localdate(),
                by=holder(request),
                why=told["why"],
                seen=told["seen"],
                decision=told.get("decision", ""),
                replaced_by=told.get("replaced_by"),
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(request, f"“{part.name}” stands at {in_words(chosen.to_stage)} now.")
            return redirect(part_url(part))
    reader = reader_of(request)
    lacking = chosen.missing(queries.standing(words, timezone.localdate(), reader.hidden))
    context = {
        "form": form,
        "move": chosen,
        "here": in_words(Stage(words.stage)),
        "to": in_words(chosen.to_stage),
        "part": part,
        "back": part_url(part),
        "missing": [each for each in lacking if each.condition not in lifecycle.SAID_IN_MOVING],
    }
    status = 422 if form.errors else 200
    return render(request, "programme/move.html", context, status=status)


@audience(*OFFICERS)
def sign_off(request: HttpRequest, code: str) -> HttpResponse:
    """Agree a project with its figures as they stand."""
    part, words = project_or_404(code)
    capacities = rights.sign_offs(queries.roles_on(holder(request), part))
    if not capacities:
        raise PermissionDenied("Its lead and finance sign a project off.")
    stands = queries.lines_of(code)
    # A digest: the lines themselves are not all for whoever signs to read.
    shown = f"{ledger_queries.head().number}-{sha256(canonical(stands))}"
    form = forms.SignOffForm(request.POST or None, capacities=capacities, initial={"shown": shown})
    if request.method == "POST" and form.is_valid():
        try:
            seen, _, digest = form.cleaned_data["shown"].partition("-")
            if digest != shown.partition("-")[2]:
                since = int(seen) if seen.isdecimal() else 0
                moved = [ref for ref, last in stands.items() if last > since]
                raise operations.moved_since(moved, by=holder(request))
            signed = operations.sign_off(
                words,
                capacity=form.cleaned_data["capacity"],
                on=timezone.localdate(),
                expects=stands,
                by=holder(request),
                note=form.cleaned_data["note"],
            )
        except Refused as refused:
            put_beside_fields(form, refused)
        else:
            messages.success(
                request,
                f"Signed as {signed.role}, with the ledger as it stood after journal "
                f"{signed.ledger_number}.",
            )
            return redirect(part_url(part))
    asked = ask(request, any_tranche=True)
    grids = [
        draw(
            asked.position,
            code,
            years=figures.grid_years(years, asked.years),
            figure=asked.figure,
            tested=[],
        )
        for draw, years in (
            (figures.current_grid, words.current_grid_years),
            (
                partial(figures.proposed_grid, hidden=asked.reader.hidden),
                words.proposed_grid_years,
            ),
        )
    ]
    back = (part.name, part_url(part))
    return form_page(request, form, f"Sign off: {part.name}", back, grids=grids, button="Sign")


@audience(*OFFICERS)
def sign_offs(request: HttpRequest) -> HttpResponse:
    """The signatures that are waited for."""
    table = presenter.wanted_table(queries.sign_offs_wanted())
    context: dict[str, object] = {
        "heading": "Waiting for signatures",
        "lead": "What the next move of a project needs signed, and what has changed since it was.",
        "back": ("Projects", "/projects/"),
    }
    shown = [listing(request, table, caption_hidden=True)]
    return page(request, "programme/register.html", context, listings=shown)


def project_or_404(code: str) -> tuple[Heading, models.Project]:
    """A project and its words."""
    part = part_or_404("project", code)
    words = queries.words_of(part)
    if not isinstance(words, models.Project):
        raise Http404(f"Nothing is said of the project “{code}” yet.")
    return part, words
