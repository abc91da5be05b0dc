"""The programme at a glance: the first page, the lists, what does not hold, and search."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from futurefit.kernel.report import Cell, Table
from futurefit.ledger.entries import Tranche
from futurefit.ledger.presentations import Scope, rag_grid
from futurefit.site.accounts.holders import Holder
from futurefit.site.common.audience import OFFICERS, PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.listing import Listing, listing
from futurefit.site.ledger import links as ledger_links
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.asking import Asked, ask
from futurefit.site.ledger.naming import DIMENSION_TITLES
from futurefit.site.ledger.people import touched
from futurefit.site.ledger.presenters import rag_grid_table
from futurefit.site.ledger.presenters.figures import NO_YEAR, rag_chart
from futurefit.site.ledger.presenters.owed import owed_table
from futurefit.site.ledger.reading import reader_of
from futurefit.site.ledger.saying import said_in
from futurefit.site.ledger.views.pages import drawing, page
from futurefit.site.programme import models, queries, rights, searching
from futurefit.site.programme.links import code_url, part_url
from futurefit.site.programme.presenters import figures, statements
from futurefit.site.programme.views.asking import holder, posts

LATELY = 8
"""How many journals, and how many milestones of each sort, the first page shows."""

TRANCHES = (Tranche.PROPOSED, Tranche.CURRENT)
"""In the order in which a reader wants them; they are never added together."""


@audience(PUBLIC)
@cached
def home(request: HttpRequest) -> HttpResponse:
    """Target, forecast, delivered and shortfall; ratings by year; what changed and what is due."""
    asked = ask(request, any_tranche=True)
    if not asked.is_valid:
        return page(request, "programme/home.html", {"asked": asked}, status=asked.status)
    today = asked.figure.as_at or timezone.localdate()
    sections = [_section(request, asked, tranche) for tranche in TRANCHES]
    shown = [
        listed for section in sections for listed in (section.sums, section.grid, section.owed)
    ]
    journals, read = _lately(asked)
    due = queries.due(today)
    is_officer = not asked.reader.holder.roles.isdisjoint(OFFICERS)
    found = queries.findings(asked.reader.ledger, asked.reader.hidden)
    context: dict[str, object] = {
        "asked": asked,
        "programme": ledger_queries.programme(),
        "head": asked.reader.ledger.head,
        "today": today,
        "sections": sections,
        "journals": journals,
        "overdue": due.overdue[:LATELY],
        "coming": due.coming[:LATELY],
        "due": due,
        "waiting": len(ledger_queries.waiting_proposals()) if is_officer else 0,
        "findings": len(found),
        "errors": sum(finding.severity == "error" for finding in found),
        "presentations": _presentations(),
    }
    return page(
        request,
        "programme/home.html",
        context,
        listings=shown,
        reader=asked.reader,
        read=read,
    )


@dataclass(frozen=True, slots=True)
class Section:
    """What the first page says of the proposed savings, or of the current ones."""

    title: str
    headlines: list[tuple[str, Cell]]
    sums: Listing
    chart: SafeString | str
    grid: Listing
    owed: Listing


def _section(request: HttpRequest, asked: Asked, tranche: Tranche) -> Section:
    scope = Scope(tranche=tranche)
    word = figures.tranche_words(tranche)
    sums = figures.measures_table(
        asked.position,
        "kind",
        scope=scope,
        names=asked.reader.names,
        figure=asked.figure,
        title=f"{word}: what it comes to, by kind",
    )
    total = next(row for row in sums.rows if row.emphasis)
    grid = rag_grid(asked.position, scope, asked.years)
    figure = replace(asked.figure, scope=scope)
    chart = rag_chart(grid, figure, title=f"{word}: net effect by year and rating")
    table = rag_grid_table(grid, figure=figure, title=f"{word}: net effect by rating and year")
    name = tranche.value.lower()
    return Section(
        title=word,
        headlines=[
            (column.title, cell)
            for column, cell in zip(sums.columns[1:], total.cells[1:], strict=True)
            if column.key != NO_YEAR
        ],
        sums=listing(request, sums, name=name, can_filter=False),
        chart=drawing(chart) if chart.rows else "",
        grid=listing(request, table, name=f"{name}_grid", can_filter=False),
        owed=listing(
            request,
            owed_table(
                asked.position,
                figure=figure,
                on=asked.figure.as_at or timezone.localdate(),
                title=f"{word}: undelivered and unidentified",
            ),
            name=f"{name}_owed",
            can_filter=False,
        ),
    )


def _lately(asked: Asked) -> tuple[list[dict[str, object]], set[str]]:
    """The last journals, the latest first, as far as the reader may see their words."""
    reader = asked.reader
    head = asked.position.number or reader.ledger.head.number
    told = []
    read: set[str] = set()
    journals = ledger_queries.journals(max(1, head - LATELY + 1), head)
    words = said_in([journal.number for journal in journals], reader)
    for journal in reversed(journals):
        said = words[journal.number]
        if said.why:
            read |= touched(journal.entries)
        told.append(
            {
                "number": journal.number,
                "href": ledger_links.journal_url(journal.number),
                "at": journal.recorded_at,
                "on": max((entry.effective_on for entry in journal.entries), default=None),
                "why": said.why,
                "by": said.by,
            }
        )
    return told, read


def _presentations() -> list[tuple[str, str]]:
    """Every page that shows the programme's figures in another way."""
    single = [(f"By {title.lower()}", f"/by/{name}/") for name, title in DIMENSION_TITLES.items()]
    return [
        ("RAG grid", "/grid/"),
        ("Financial plan", "/mtfp/"),
        ("Bridge from target to delivered", "/bridge/"),
        ("Every line", "/lines/"),
        ("Every journal", "/journals/"),
        ("What changed between two dates", "/changes/"),
        ("Claims and double counting", "/double-counting/"),
        ("Measures of success", "/measures/"),
        *single,
    ]


@audience(PUBLIC)
@cached
def themes(request: HttpRequest) -> HttpResponse:
    """Every theme, and the projects that stand beside them, with its figures."""
    asked = ask(request, any_tranche=True)
    if not asked.is_valid:
        return page(request, "programme/themes.html", {"asked": asked}, status=asked.status)
    kept = ledger_queries.headings()
    shown = []
    for tranche in TRANCHES:
        table = figures.measures_table(
            asked.position,
            "theme",
            scope=Scope(tranche=tranche),
            names=asked.reader.names,
            figure=asked.figure,
            measures=figures.RATED,
            title=f"{figures.tranche_words(tranche)}: net effect by theme",
            href=lambda code: _theme_or_project(code, set(kept["theme"]), set(kept["project"])),
        )
        shown.append(listing(request, table, name=tranche.value.lower()))
    parts = models.Theme.objects.select_related("heading")
    return page(
        request,
        "programme/themes.html",
        {"asked": asked, "themes": [(theme, part_url(theme.heading)) for theme in parts]},
        listings=shown,
    )


def _theme_or_project(code: str, themes: set[str], projects: set[str]) -> str:
    if code in themes:
        return code_url("theme", code)
    return code_url("project", code) if code in projects else ""


@audience(PUBLIC)
@cached
def projects(request: HttpRequest) -> HttpResponse:
    """Every project with its stage, leads and figures."""
    asked = ask(request)
    context: dict[str, object] = {
        "asked": asked,
        "may_create": rights.may_create(holder(request)),
        "elsewhere": _elsewhere(holder(request)),
    }
    if not asked.is_valid:
        return page(request, "programme/projects.html", context, status=asked.status)
    sums = figures.measures_table(
        asked.position,
        "project",
        scope=asked.figure.scope,
        names=asked.reader.names,
        figure=asked.figure,
        title="Projects",
        href=lambda code: code_url("project", code),
    )
    table = statements.projects_table(queries.projects(), sums, posts())
    return page(request, "programme/projects.html", context, listings=[listing(request, table)])


def _elsewhere(who: Holder) -> list[tuple[str, str]]:
    """The registers over all projects that this reader may open."""
    found = [("Transformation fund", "/fund/"), ("Equality and consultation", "/equality/")]
    if rights.may_read_challenges(who):
        found.append(("Challenge", "/challenges/"))
    if not who.roles.isdisjoint(OFFICERS):
        found.append(("Waiting for signatures", "/sign-offs/"))
        found.append(("Forms and data returns", "/returns/"))
    if who.keeps(*rights.KEEPERS):
        found.append(("Adopt proposals", "/adopt/"))
    return found


@audience(PUBLIC)
@cached
def findings(request: HttpRequest) -> HttpResponse:
    """What does not hold: printed figures that the ledger contradicts, and pounds counted twice."""
    reader = reader_of(request)
    table = statements.findings_table(queries.findings(reader.ledger, reader.hidden))
    lead = (
        "Where a paper contradicts itself or the ledger, both figures stand. Nothing is corrected "
        "silently: somebody settles each finding."
    )
    return _register(request, "Findings", lead, table)


def _register(request: HttpRequest, heading: str, lead: str, table: Table) -> HttpResponse:
    context: dict[str, object] = {"heading": heading, "lead": lead}
    return page(request, "programme/register.html", context, listings=[listing(request, table)])


@audience(PUBLIC)
def search(request: HttpRequest) -> HttpResponse:
    """Everything that holds some words, of what the reader may read."""
    typed = request.GET.get("q", "").replace("\x00", "")[:200]
    reader = reader_of(request)
    hits = searching.search(typed.split(), holder(request).may_read)
    response = render(
        request,
        "programme/search.html",
        {"typed": typed, "hits": [(hit, _hit_url(hit)) for hit in hits]},
    )
    restricted = reader.restricted(hit.line for hit in hits if hit.line)
    if restricted:
        response.restricted = f"Words of lines {restricted}"  # type: ignore[attr-defined]
    return response


def _hit_url(hit: searching.Hit) -> str:
    if hit.line:
        return ledger_links.line_url(hit.line)
    if hit.part is not None:
        return part_url(hit.part)
    # Only an address of the web may be followed: a document's comes from whoever loaded it.
    return hit.href if hit.href.startswith(("https://", "http://")) else ""
