"""The reports of the programme office, at any two positions, as pages and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from futurefit.kernel.report import Block, Chart, Heading, Report, Table
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.listing import Listing, file_of, listing
from futurefit.site.ledger.models import Heading as Part
from futurefit.site.ledger.reading import reader_of
from futurefit.site.ledger.spans import NOW, SpanForm
from futurefit.site.ledger.views.pages import drawing, page
from futurefit.site.programme import models
from futurefit.site.programme.reporting import Reporter, place_before
from futurefit.site.programme.views.asking import part_or_404

FILES = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("html", "Web page"))
"""The files that a report can be taken away as, and what their links say."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A report that can be asked for: what it is of, and where it stands."""

    title: str
    what: str
    href: str
    files: tuple[tuple[str, str], ...]


@audience(PUBLIC)
@cached
def index(request: HttpRequest) -> HttpResponse:
    """Every report, at the positions that are chosen here."""
    form = _span(request)
    query = {name: text for name in ("since", "until") if (text := request.GET.get(name, ""))}

    def offered(title: str, what: str, path: str) -> Offered:
        files = tuple(
            (word, f"/reports/{path}?{urlencode({**query, 'format': key})}") for key, word in FILES
        )
        href = f"/reports/{path}"
        return Offered(title, what, f"{href}?{urlencode(query)}" if query else href, files)

    themes = models.Theme.objects.select_related("heading")
    projects = models.Project.objects.select_related("heading")
    kinds = (
        (
            "The whole programme",
            [
                offered(
                    "Programme report",
                    "Position, movement, bridge, ratings, themes, milestones, risks, findings",
                    "programme/",
                ),
                offered(
                    "Scrutiny tracker",
                    "Every project, the reddest first, and what changed since the last meeting",
                    "tracker/",
                ),
            ],
        ),
        (
            "Theme reports",
            [
                offered(str(each), "", f"themes/{quote(each.heading.code, safe='')}/")
                for each in themes
            ],
        ),
        (
            "Project highlight reports",
            [
                offered(str(each), "", f"projects/{quote(each.heading.code, safe='')}/")
                for each in projects
            ],
        ),
    )
    context = {"span_form": form, "kinds": [kind for kind in kinds if kind[1]]}
    return render(
        request, "programme/reports.html", context, status=200 if form.is_valid() else 400
    )


@audience(PUBLIC)
@cached
def programme(request: HttpRequest) -> HttpResponse:
    """The monthly report of the whole programme."""
    return _answer(request, Reporter.programme)


@audience(PUBLIC)
@cached
def tracker(request: HttpRequest) -> HttpResponse:
    """Every project by rating, for scrutiny."""
    return _answer(request, Reporter.tracker)


@audience(PUBLIC)
@cached
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """The report of a theme."""
    part = part_or_404("theme", code)
    return _answer(request, lambda reporter: reporter.theme(part), part)


@audience(PUBLIC)
@cached
def project(request: HttpRequest, code: str) -> HttpResponse:
    """The highlight report of a project."""
    part = part_or_404("project", code)
    return _answer(request, lambda reporter: reporter.project(part), part)


def _span(request: HttpRequest) -> SpanForm:
    return SpanForm({name: request.GET.get(name, "") for name in ("since", "until")})


def _answer(
    request: HttpRequest, make: Callable[[Reporter], Report], part: Part | None = None
) -> HttpResponse:
    """The report as a page, or as the file that was asked for."""
    form = _span(request)
    wanted = request.GET.get("format", "")
    if wanted and wanted not in dict(FILES):
        raise Http404(f"There is no “{wanted}” file: ask for pdf, docx, xlsx or html.")
    if not form.is_valid():
        context = {"span_form": form, "title": "Report"}
        return render(request, "programme/report.html", context, status=400)
    until = form.cleaned_data["until"] or NOW
    reader = reader_of(request)
    reporter = Reporter(reader, form.cleaned_data["since"] or place_before(until), until)
    report = make(reporter)
    read = reporter.lines(part)
    if wanted:
        response = file_of(request, report, wanted)
        restricted = reader.restricted(read)
        if restricted:
            response.restricted = f"Words of lines {restricted}"  # type: ignore[attr-defined]
        return response
    shown = list(_shown(request, report.blocks))
    query = request.GET.copy()
    files = []
    for key, word in FILES:
        query["format"] = key
        files.append((word, f"?{query.urlencode()}"))
    return page(
        request,
        "programme/report.html",
        {"span_form": form, "title": report.title, "blocks": shown, "files": files},
        listings=[block for _, block in shown if isinstance(block, Listing)],
        reader=reader,
        read=read,
    )


def _shown(
    request: HttpRequest, blocks: Iterable[Block]
) -> Iterable[tuple[str, Listing | SafeString | str]]:
    """The blocks as a page shows them: what each is, and its words, table or picture."""
    for number, block in enumerate(blocks):
        match block:
            case Table():
                name = f"t{number}"
                yield (
                    "table",
                    listing(request, block, name=name, can_filter=False, can_sort=False),
                )
            case Chart():
                yield "chart", drawing(block)
            case Heading():
                yield f"h{min(max(block.level, 2), 3)}", block.text
            case _:
                yield "p", block.text
