"""The pages of a theme, a workstream and a project: its words and, from the ledger, its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from futurefit.kernel.report import Table
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import LineKind
from futurefit.ledger.presentations import Scope, by, lines_in
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.common.listing import listing
from futurefit.site.ledger.asking import Asked, ask
from futurefit.site.ledger.links import line_url, working_url
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.presenters import presentation_table
from futurefit.site.ledger.presenters.lines import lines_table, own_scope
from futurefit.site.ledger.views.pages import page
from futurefit.site.programme import models, queries, rights
from futurefit.site.programme.links import part_url
from futurefit.site.programme.presenters import challenges, figures, statements
from futurefit.site.programme.presenters.dependencies import hanging_table
from futurefit.site.programme.presenters.equality import state as equality_state
from futurefit.site.programme.views.asking import holder, part_or_404, posts
from futurefit.site.programme.views.challenges import may_ask, may_read
from futurefit.site.programme.views.lifecycle import whereabouts
from futurefit.site.programme.views.overview import TRANCHES

_LONG = frozenset({"lines", "to_do", "done", "risks"})
"""The tables of a part that may grow so long that a reader wants to filter them."""

_HEADINGS = frozenset({"Risks", "Sign-offs", "Submissions"})
"""Titles that the heading just above a table says already."""


@dataclass(frozen=True, slots=True)
class Said:
    """A heading and the statements below it; nothing is shown where nothing is said."""

    title: str
    statements: tuple[str, ...]


def _said(*parts: tuple[str, str]) -> list[Said]:
    found = [Said(title, models.statements(text)) for title, text in parts]
    return [said for said in found if said.statements]


def _posts(text: str) -> str:
    titles = posts()
    return "\n".join(titles.get(post, post) for post in models.statements(text))


@audience(PUBLIC)
@cached
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """A theme with its workstreams."""
    part = part_or_404("theme", code)
    asked = ask(request, any_tranche=True)
    words = queries.words_of(part)
    said: list[Said] = []
    if isinstance(words, models.Theme):
        said = _said(
            ("Vision", f"{words.vision}\n{words.vision_points}"),
            ("Led by", _posts(words.lead_posts)),
            ("Core team", _posts(words.core_team)),
            ("Pace", words.pace),
            ("Progress so far", words.progress),
            ("Supporting programmes", words.supporting_programmes),
            ("Equality", words.equality_note),
        )
    workstreams = [
        (child, part_url(child), _leads(child))
        for child in part.children.filter(dimension=Heading.Dimension.WORKSTREAM)
    ]
    projects = [
        (child, part_url(child))
        for child in part.children.filter(dimension=Heading.Dimension.PROJECT)
    ]
    context = {"said": said, "workstreams": workstreams, "projects": projects}
    return _part_page(request, part, asked, words, "programme/theme.html", context)


def _leads(part: Heading) -> str:
    words = queries.words_of(part)
    leads = words.lead_posts if isinstance(words, models.Workstream) else ""
    return ", ".join(models.statements(_posts(leads)))


@audience(PUBLIC)
@cached
def workstream(request: HttpRequest, code: str) -> HttpResponse:
    """A workstream."""
    part = part_or_404("workstream", code)
    asked = ask(request, any_tranche=True)
    words = queries.words_of(part)
    said: list[Said] = []
    if isinstance(words, models.Workstream):
        said = _said(
            ("Led by", _posts(words.lead_posts)),
            ("How", words.method),
            ("When", words.timing),
            ("What it needs", words.resource_estimate),
            ("Progress so far", words.progress),
        )
    return _part_page(request, part, asked, words, "programme/workstream.html", {"said": said})


@audience(PUBLIC)
@cached
def project(request: HttpRequest, code: str) -> HttpResponse:
    """A project: every field of its concept paper, and its grids as the paper prints them."""
    part = part_or_404("project", code)
    asked = ask(request, any_tranche=True)
    words = queries.words_of(part)
    context: dict[str, object] = {}
    if isinstance(words, models.Project):
        context = {
            "said": _said(
                ("What it is", words.description),
                ("What it is for", words.purpose),
                ("Outcomes", words.outcomes),
            ),
            "leads": [
                (title, models.statements(_posts(text)))
                for title, text in (
                    ("Cabinet Member lead", words.cmr_lead),
                    ("Cabinet Member challenge", words.cmr_challenge),
                    ("Strategic leadership team lead", words.slt_lead),
                    ("Head of service lead", words.head_of_service_lead),
                )
            ],
            "excludes": models.statements(words.base_budget_excludes),
            "fte": words.fte_impacts.all(),
            "capacities": rights.sign_offs(queries.roles_on(holder(request), part)),
        }
    return _part_page(request, part, asked, words, "programme/project.html", context)


def _part_page(
    request: HttpRequest,
    part: Heading,
    asked: Asked,
    words: models.Theme | models.Workstream | models.Project | None,
    template: str,
    context: dict[str, object],
) -> HttpResponse:
    """What the pages of all parts of the programme have in common."""
    editable = queries.may_edit(holder(request), part)
    context = {
        **context,
        "asked": asked,
        "part": part,
        "href": part_url(part),
        "above": [(above.name, part_url(above)) for above in _above(part)],
        "words": words,
        "editable": editable,
    }
    if not asked.is_valid:
        return page(request, template, context, status=asked.status)
    reader = asked.reader
    parts = queries.parts_of(part)
    tables = {
        **_figures(part, asked),
        **_statements(parts, editable=editable),
    }
    if isinstance(words, models.Project):
        where = whereabouts(words, reader)
        tables |= _grids(words, asked)
        context["investments"] = _investments(part, asked)
        context["whereabouts"] = where
        tables |= where.tables
    if may_read(request):
        tables |= _challenges(parts)
        context |= {"may_read_challenges": True, "may_ask": may_ask(request, part)}
    tables |= _dependencies(part, asked)
    shown = {
        name: listing(
            request,
            table,
            name=name,
            can_filter=name in _LONG and len(table.rows) > 8,
            caption_hidden=table.title in _HEADINGS,
        )
        for name, table in tables.items()
    }
    lines = lines_in(asked.position, Scope(None, None).narrowed(part.dimension, part.code))
    context |= {
        "tables": shown,
        "measures": queries.about(models.SuccessMeasure, parts),
        "dependencies": queries.about(models.Dependency, parts),
        "support": _support(parts, asked),
        "facts": queries.about(models.Fact, parts),
        "consultations": queries.about(models.Consultation, parts),
        "equality_state": equality_state(queries.assessment_over(part)),
        "documents": queries.about(models.DocumentLink, parts),
    }
    return page(
        request, template, context, listings=list(shown.values()), reader=reader, read=lines
    )


def _challenges(parts: list[Heading]) -> dict[str, Table]:
    """Questions on a part and what is below it: those that wait, and those that were answered."""
    with_part = len(parts) > 1
    waiting = queries.open_challenges(parts)
    return {
        "open": challenges.open_table(waiting, timezone.localdate(), posts(), with_part=with_part),
        "answered": challenges.answered_table(
            queries.answered_challenges(parts), with_part=with_part
        ),
    }


def _dependencies(part: Heading, asked: Asked) -> dict[str, Table]:
    """What hangs on a part, and on what it hangs."""
    own = queries.part_of(part)
    found = queries.hanging(asked.position)
    sides = (
        ("hanging", "What hangs on this", [one for one in found if one.on == own]),
        ("hangs_on", "What this hangs on", [one for one in found if own in one.parts]),
    )
    return {
        name: hanging_table(asked.position, held, asked.reader.names, title=title)
        for name, title, held in sides
        if held
    }


def _above(part: Heading) -> list[Heading]:
    """What a part is a part of, the widest first."""
    found = []
    above = part.parent
    while above is not None:
        if above.dimension in queries.PARTS:
            found.append(above)
        above = above.parent
    return found[::-1]


def _figures(part: Heading, asked: Asked) -> dict[str, Table]:
    """Its sums and its amounts by year, proposed and current apart, and its lines."""
    position, names = asked.position, asked.reader.names
    below = "workstream" if part.dimension == Heading.Dimension.THEME else "kind"
    tables = {}
    for tranche in TRANCHES:
        scope = Scope(tranche=tranche).narrowed(part.dimension, part.code)
        if not lines_in(position, scope):
            continue
        word = figures.tranche_words(tranche)
        tables[f"{tranche.value.lower()}_sums"] = figures.measures_table(
            position,
            "kind",
            scope=scope,
            names=names,
            figure=asked.figure,
            measures=figures.RATED,
            title=f"{word}: what it comes to",
        )
        tables[f"{tranche.value.lower()}_years"] = presentation_table(
            by(position, below, scope=scope, years=asked.years),
            names=names,
            figure=asked.figure,
            title=f"{word}: net effect forecast by year",
        )
    every = replace(
        asked.figure, scope=Scope(tranche=None, fund=None).narrowed(part.dimension, part.code)
    )
    if lines_in(position, every.scope):
        tables["lines"] = lines_table(position, asked.reader, figure=every, years=asked.years)
    return tables


def _grids(words: models.Project, asked: Asked) -> dict[str, Table]:
    """The two grids of a concept paper."""
    code = words.heading.code
    tested = queries.control_results(asked.reader.ledger)
    return {
        "current_grid": figures.current_grid(
            asked.position,
            code,
            years=figures.grid_years(words.current_grid_years, asked.years),
            figure=asked.figure,
            tested=tested,
        ),
        "proposed_grid": figures.proposed_grid(
            asked.position,
            code,
            years=figures.grid_years(words.proposed_grid_years, asked.years),
            figure=asked.figure,
            tested=tested,
            hidden=asked.reader.hidden,
        ),
    }


def _statements(parts: list[Heading], *, editable: bool) -> dict[str, Table]:
    """Milestones, done and not, and risks."""
    milestones = queries.about(models.Milestone, parts)
    done = [m for m in milestones if m.status == models.MilestoneStatus.DONE]
    to_do = [m for m in milestones if m.status != models.MilestoneStatus.DONE]
    with_part = len(parts) > 1
    today = timezone.localdate()
    return {
        "to_do": statements.milestones_table(
            to_do,
            title="Milestones outstanding and ongoing",
            today=today,
            with_part=with_part,
            editable=editable,
        ),
        "done": statements.milestones_table(
            done, title="Milestones done", with_part=with_part, editable=editable
        ),
        "risks": statements.risks_table(
            queries.about(models.Risk, parts),
            title="Risks",
            posts=posts(),
            with_part=with_part,
            editable=editable,
        ),
    }


@dataclass(frozen=True, slots=True)
class Amount:
    """A line with all that it comes to. `href` leads to the line, `working` to the amount's own.

    A reader who may not read the line's words sees the amount alone.
    """

    ref: str
    title: str
    href: str
    pence: int
    working: str
    recurrence: str


def _amount(ref: str, asked: Asked) -> Amount | None:
    attributes = asked.position.lines.get(ref)
    if attributes is None:
        return None
    scope = own_scope(ref, attributes)
    total = by(asked.position, scope=scope).total()
    year = "" if total.total or not total.unprofiled else UNPROFILED
    working = working_url(replace(asked.figure, scope=scope, year=year))
    is_hidden = ref in asked.reader.hidden
    return Amount(
        ref="" if is_hidden else ref,
        title=asked.reader.title(ref),
        href="" if is_hidden else line_url(ref),
        pence=total.unprofiled if year else total.total,
        working=working,
        recurrence=in_words(attributes.recurrence).lower(),
    )


def _support(
    parts: list[Heading], asked: Asked
) -> list[tuple[models.SupportRequest, Amount | None]]:
    return [
        (words, _amount(words.line_ref, asked))
        for words in queries.about(models.SupportRequest, parts)
    ]


def _investments(part: Heading, asked: Asked) -> list[Amount]:
    """What a project needs invested: its lines of that kind, whether recurrent or not."""
    scope = Scope(None, None, LineKind.INVESTMENT).narrowed(part.dimension, part.code)
    found = [_amount(ref, asked) for ref in lines_in(asked.position, scope)]
    return [amount for amount in found if amount is not None]
