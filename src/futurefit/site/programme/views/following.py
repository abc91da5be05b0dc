"""What is followed from month to month: slips of milestones, risks, measures of success."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from futurefit.ledger.entries import EntryKind
from futurefit.site.common.audience import OFFICERS, PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.forms import numbers
from futurefit.site.common.listing import listing
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger.reading import reader_of
from futurefit.site.ledger.views.pages import drawing, page
from futurefit.site.programme import forms, history, operations, queries
from futurefit.site.programme.links import part_url
from futurefit.site.programme.presenters import following
from futurefit.site.programme.presenters.updating import changes_table
from futurefit.site.programme.views.asking import holder, posts


@audience(PUBLIC)
@cached
def milestones(request: HttpRequest) -> HttpResponse:
    """Every milestone of the programme, and what its slips do to savings."""
    reader = reader_of(request)
    today = timezone.localdate()
    slips = [each for each in queries.slipped(reader.ledger) if each.line not in reader.hidden]
    tables = [following.milestones_table(queries.milestones(), today=today, hidden=reader.hidden)]
    if slips:
        accepts = not reader.holder.roles.isdisjoint(OFFICERS)
        tables.insert(0, following.slips_table(slips, reader, accepts=accepts))
    context: dict[str, object] = {
        "heading": "Milestones",
        "lead": "What is to be done by when, and what is done.",
    }
    shown = [
        listing(request, table, name="slips" if len(tables) > 1 and place == 0 else "")
        for place, table in enumerate(tables)
    ]
    read = {each.line for each in slips}
    return page(
        request, "programme/register.html", context, listings=shown, reader=reader, read=read
    )


@audience(*OFFICERS)
def slip(request: HttpRequest, number: int) -> HttpResponse:
    """Accept what a slip of a milestone does to the savings that hang on it."""
    reader = reader_of(request)
    found = queries.slipped_with(reader.ledger, number)
    if not found or any(each.line in reader.hidden for each in found):
        raise Http404("No saving moves by a slip of this milestone.")
    lines = [reader.ledger.lines[each.line] for each in found]
    if not all(reader.holder.may_post(EntryKind.RE_PROFILE, line) for line in lines):
        raise PermissionDenied("The lead of its lines, finance or the programme office accept it.")
    milestones = queries.milestones_of(found)
    named = ", ".join(row.what for row in milestones)
    today = timezone.localdate()
    made = {each.line: queries.slip_entries(reader.ledger, each, today) for each in found}
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        shown = numbers(request.POST.get("seen", ""))
        try:
            journal = operations.accept_slip(
                milestones,
                [entry for each in made.values() for entry in each],
                by=reader.holder,
                expects={line: shown.get(line, 0) for line in made},
                seen=numbers(request.POST.get("said", "")),
                why=f"Milestone slipped: {named}",
            )
        except (ledger.Stale, ledger.Refused) as refused:
            problems = [("", str(refused))]
        else:
            messages.success(request, f"Re-profiled, as journal {journal.number}.")
            return redirect("/milestones/")
    titles = {each.line: reader.title(each.line) for each in found}
    context = {
        "heading": f"A milestone slipped: {named}",
        "problems": problems,
        "tables": [
            ("slips", following.slips_table(found, reader, accepts=False)),
            ("changes", changes_table(made, titles, {}, reader.names)),
        ],
        "seen": urlencode({line: reader.ledger.last_journal(line) for line in made}),
        "said": urlencode(history.newest(milestones, ())),
        "on": today,
    }
    return render(request, "programme/slip.html", context, status=409 if problems else 200)


@audience(PUBLIC)
@cached
def risks(request: HttpRequest) -> HttpResponse:
    """Every risk of the programme: how large it is, and whose review is due."""
    rows = list(queries.risks())
    today = timezone.localdate()
    shown = [
        listing(request, following.heat_table(rows), name="heat", can_filter=False, can_sort=False),
        listing(request, following.risks_table(rows, posts=posts(), today=today)),
    ]
    overdue = following.overdue_reviews(rows, today)
    lead = (
        "What may go wrong and what is done about it. A score is likelihood times impact. "
        f"{overdue or 'No'} review{'' if overdue == 1 else 's'} {'is' if overdue == 1 else 'are'} "
        "overdue."
    )
    context: dict[str, object] = {"heading": "Risks", "lead": lead}
    return page(request, "programme/register.html", context, listings=shown)


@audience(PUBLIC)
@cached
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure of success with its last reading."""
    context: dict[str, object] = {
        "heading": "Measures of success",
        "lead": "How we shall know that it worked. A reading is held against the straight path "
        "from baseline to target.",
    }
    table = following.measures_table(queries.measures())
    return page(request, "programme/register.html", context, listings=[listing(request, table)])


@audience(PUBLIC)
def measure(request: HttpRequest, number: int) -> HttpResponse:
    """One measure: its path, its readings, and a form for the next one."""
    row = queries.measures().filter(pk=number).first()
    if row is None:
        raise Http404("There is no such measure.")
    editable = queries.may_edit(holder(request), row.about)
    form = forms.ReadingForm(request.POST or None) if editable else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied("You may not add a reading here.")
        if form.is_valid():
            reading = form.save(commit=False)
            reading.measure = row
            try:
                operations.add(reading, by=holder(request))
            except ledger.Refused as refused:
                for refusal in refused.refusals:
                    form.add_error(None, refusal.message)
            else:
                messages.success(request, "The reading is kept.")
                return redirect(request.path)
    chart = following.path_chart(row)
    context: dict[str, object] = {
        "measure": row,
        "about": (row.about.name, part_url(row.about)),
        "chart": drawing(chart) if chart.rows else "",
        "form": form,
    }
    shown = [listing(request, following.readings_table(row), can_filter=False)]
    status = 422 if form is not None and form.errors else 200
    return page(request, "programme/measure.html", context, listings=shown, status=status)
