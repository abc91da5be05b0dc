"""The working of any figure: which postings add up to it, by whom, why, and read from where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from futurefit.kernel.years import UNPROFILED, NotAYear, parse_bucket
from futurefit.ledger import working
from futurefit.ledger.entries import Fund
from futurefit.ledger.presentations import View
from futurefit.ledger.working import Figure, Part
from futurefit.site.common.audience import PUBLIC, audience
from futurefit.site.common.caching import cached
from futurefit.site.ledger.asking import Asked, ask
from futurefit.site.ledger.presenters.figures import figure_title
from futurefit.site.ledger.presenters.working import parts_table
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.views.pages import figures_page, listed


@audience(PUBLIC)
@cached
def show(request: HttpRequest) -> HttpResponse:
    """One figure: its total, and each posting in it."""
    asked = ask(
        request, "measure", "view", any_tranche=True, any_fund=True, usual_fund=Fund.REVENUE
    )
    if not asked.is_valid:
        return figures_page(request, asked, "Working")
    figure = with_year(asked)
    no_hidden_lines(asked.reader, figure.scope.lines or ())
    found = working.show(asked.reader.ledger, figure, asked.years)
    heading = f"{figure_title(figure)}, {years_in_words(figure)}"
    return working_page(request, asked, heading, found.parts, avoided_pence=found.avoided_pence)


def working_page(
    request: HttpRequest,
    asked: Asked,
    heading: str,
    parts: Sequence[Part],
    *,
    avoided_pence: int = 0,
) -> HttpResponse:
    """The working of anything that is a sum of postings."""
    reader = asked.reader
    lines = {part.standing.posting.line for part in parts}
    scope = asked.figure.scope
    heaps = {(reader.ledger.lines[line].tranche, reader.ledger.lines[line].fund) for line in lines}
    # A scope of one tranche and fund adds what stood there: a line may stand elsewhere now.
    if len(heaps) > 1 and (scope.tranche is None or scope.fund is None):
        return figures_page(request, asked, heading, template="ledger/working.html", is_apart=True)
    return figures_page(
        request,
        asked,
        heading,
        listings=[listed(request, parts_table(parts, reader))],
        read=lines,
        template="ledger/working.html",
        total_pence=sum(part.amount_pence for part in parts),
        n_parts=len(parts),
        avoided_pence=avoided_pence,
    )


def with_year(asked: Asked) -> Figure:
    """The figure with the year that the address names; 404 for a year that is none."""
    label = asked.request.GET.get("year", "")
    if label:
        try:
            parse_bucket(label)
        except NotAYear as wrong:
            raise Http404(str(wrong)) from None
    return replace(asked.figure, year=label)


def years_in_words(figure: Figure) -> str:
    """The years that a figure is about."""
    if figure.year == "":
        return "all years of the plan"
    if figure.year == UNPROFILED:
        return "no year yet"
    return f"up to {figure.year}" if figure.view is View.CUMULATIVE else figure.year


def no_hidden_lines(reader: Reader, lines: Iterable[str]) -> None:
    """404 for a figure of lines that may not be read: nobody finds them out by guessing."""
    for ref in lines:
        reader.line(ref)
