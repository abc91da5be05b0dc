"""Where does a figure, a line or a journal stand on the site?

Every figure that is shown anywhere is a link to its working (rule PRE-05). One language of
addresses serves all: what `Figure.query` says names the same figure on every page that takes one.

Tables have thousands of figures that differ in row and year only, so `Workings` writes what they
share once. A test holds these addresses to `urls`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from futurefit.ledger.presentations import Measure, View
from futurefit.ledger.working import Figure


def working_url(figure: Figure) -> str:
    """The working of one figure."""
    return f"/working/?{urlencode(figure.query())}"


def line_url(ref: str) -> str:
    """The page of a line."""
    return f"/lines/{quote(ref, safe='')}/"


def journal_url(number: int, entry: int | None = None) -> str:
    """The page of a journal, at one of its entries (from 0)."""
    return f"/journals/{number}/" if entry is None else f"/journals/{number}/#entry-{entry + 1}"


def presentation_url(dimensions: Sequence[str], figure: Figure) -> str:
    """The programme by one or two dimensions, within the figure's scope and at its position."""
    return _at(f"/by/{'/'.join(dimensions)}/", figure)


def grid_url(figure: Figure) -> str:
    """The RAG grid of the figure's scope."""
    return _at("/grid/", replace(figure, measure=Measure.FORECAST, view=View.INCREMENTS))


def mtfp_url(figure: Figure) -> str:
    """The figure's scope under the headings of the financial plan."""
    return _at("/mtfp/", figure)


def bridge_url(figure: Figure) -> str:
    """The bridge of the figure's scope."""
    return _at("/bridge/", replace(figure, measure=Measure.FORECAST, view=View.INCREMENTS))


def lines_url(figure: Figure, rating: str = "") -> str:
    """The lines of the figure's scope, or only those with an amount under a rating."""
    figure = replace(figure, measure=Measure.FORECAST, view=View.INCREMENTS)
    # That list shows every fund, unless it is asked for one.
    query = {"in_fund": str(figure.scope.fund or "ANY"), **figure.query(), "rag": rating}
    return f"/lines/?{urlencode({name: text for name, text in query.items() if text})}"


def _at(path: str, figure: Figure) -> str:
    return f"{path}?{urlencode(figure.query())}"


class Workings:
    """The workings of figures that share a measure, scope, view and position."""

    def __init__(self, figure: Figure) -> None:
        self.shared = working_url(replace(figure, year=""))
        self._years: dict[str, str] = {"": ""}

    def row(self, narrowed: Iterable[tuple[str, str]] = (), line: str = "") -> str:
        """What the figures of one row share: narrowed by codes of dimensions, or to one line."""
        return self.shared + narrowing(narrowed, line)

    def year(self, label: str) -> str:
        """What the figures of one column add to their row: "" is the total of the plan."""
        if label not in self._years:
            self._years[label] = f"&year={quote(label, safe='')}"
        return self._years[label]


def narrowing(codes: Iterable[tuple[str, str]] = (), line: str = "") -> str:
    """What narrows the address of a figure, to follow what it shares with others."""
    parts = [f"&{name}={quote(code, safe='') if code else '-'}" for name, code in codes]
    if line:
        parts.append(f"&line={quote(line, safe='')}")
    return "".join(parts)
