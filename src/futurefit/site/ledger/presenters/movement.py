"""How is the way from one position to another shown, and where does each of its figures lead?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Cell, Chart, Column, Row, Shape, Table, Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.movement import Cause, Moved, Movement
from futurefit.ledger.presentations import View
from futurefit.ledger.working import Figure
from futurefit.site.ledger.links import working_url
from futurefit.site.ledger.naming import NO_YEAR_LABELS
from futurefit.site.ledger.presenters.figures import BLANK, measure_words
from futurefit.site.ledger.spans import Place

CAUSE_TITLES: Mapping[Cause, str] = {
    Cause.NEW_LINE: "New lines",
    Cause.SET_SINCE: "Targets set on lines already there",
    Cause.RE_TARGETED: "Targets changed by decision",
    Cause.RE_ESTIMATED: "Estimated anew",
    Cause.OVER_ACHIEVED: "Over-achieved",
    Cause.UNDELIVERABLE: "Cannot be delivered",
    Cause.UNIDENTIFIED: "Nothing found, or found since",
    Cause.SLIPPED: "Slipped to later years",
    Cause.BROUGHT_FORWARD: "Brought forward to earlier years",
    Cause.PROFILED: "Given a year, or left without one",
    Cause.WITHDRAWN: "Withdrawn",
    Cause.REPLACED: "Taken over by, or from, other lines",
    Cause.RE_RATED: "Re-rated",
    Cause.DELIVERED: "Delivered",
    Cause.REVERSED: "Put right by reversal",
    Cause.CLASSED_ELSEWHERE: "Classed elsewhere, or from elsewhere",
}
"""Every step between two positions, as it is read."""

_SHORT = {
    Cause.SET_SINCE: "Set since",
    Cause.RE_TARGETED: "Changed by decision",
    Cause.SLIPPED: "Slipped",
    Cause.BROUGHT_FORWARD: "Brought forward",
    Cause.PROFILED: "Given a year",
    Cause.REPLACED: "Replaced",
    Cause.REVERSED: "Put right",
    Cause.CLASSED_ELSEWHERE: "Classed elsewhere",
}
"""What has to be said in fewer words below a bar."""

Span = tuple[Place, Place]


def moved_url(cause: Cause, figure: Figure, span: Span) -> str:
    """The working of one step between two positions; the figure says measure, scope and year."""
    query = {
        "cause": cause.value,
        "since": span[0].address,
        "until": span[1].address,
        **replace(figure, view=View.INCREMENTS).query(),
    }
    # An address that names no journal says that it begins at the beginning.
    return f"/bridge/between/working/?{urlencode(query)}"


def movement_table(
    movement: Movement, *, figure: Figure, span: Span, unit: Unit = Unit.THOUSANDS
) -> Table:
    """Opening, every step in which anything moved, and closing; a column a year, then all years."""
    figure = replace(figure, measure=movement.measure, view=View.INCREMENTS)
    years = [year for year in movement.years if _is_busy(year, movement)]

    def stand(place: Place, amounts: Mapping[str, int]) -> Row:
        at = replace(figure, as_at=place.as_at, known_at=place.known_at)
        by_year = [Cell(amounts[y], working_url(replace(at, year=y))) for y in years]
        words = f"{place.words[0].upper()}{place.words[1:]}"
        total = Cell(sum(amounts.values()), working_url(at))
        return Row((Cell(words), *by_year, total), emphasis=True)

    def step(moved: Moved) -> Row:
        cells = [
            Cell(amount, moved_url(moved.cause, replace(figure, year=year), span))
            if (amount := moved.by_year.get(year))
            else BLANK
            for year in years
        ]
        total = Cell(moved.amount_pence, moved_url(moved.cause, figure, span))
        return Row((Cell(CAUSE_TITLES[moved.cause]), *cells, total))

    return Table(
        title=f"{measure_words(movement.measure)} from {span[0].words} to {span[1].words}",
        columns=(
            Column("step", "Step"),
            *(Column(year, NO_YEAR_LABELS.get(year, year), Shape.PENCE) for year in years),
            Column("total", "All years", Shape.PENCE),
        ),
        rows=(
            stand(span[0], movement.opening),
            *(step(moved) for moved in movement.steps if moved.by_year),
            stand(span[1], movement.closing),
        ),
        unit=unit,
    )


def _is_busy(year: str, movement: Movement) -> bool:
    stands = movement.opening[year] or movement.closing[year]
    return bool(stands) or any(year in moved.by_year for moved in movement.steps)


def movement_chart(
    movement: Movement, *, figure: Figure, span: Span, title: str, year: str = ""
) -> Chart:
    """The same steps to be drawn, for one year or (without) for all of them together."""
    figure = replace(figure, measure=movement.measure, year=year, view=View.INCREMENTS)

    def of(amounts: Mapping[str, int]) -> int:
        return amounts.get(year, 0) if year else sum(amounts.values())

    def stand(place: Place, amount: int) -> dict[str, str | int]:
        href = working_url(replace(figure, as_at=place.as_at, known_at=place.known_at))
        label = f"{place.words[0].upper()}{place.words[1:]}"
        return {"label": label, "pence": amount, "part": "total", "href": href}

    steps: Sequence[dict[str, str | int]] = [
        {
            "label": _SHORT.get(moved.cause, CAUSE_TITLES[moved.cause]),
            "pence": amount,
            "part": "change",
            "href": moved_url(moved.cause, figure, span),
        }
        for moved in movement.steps
        if (amount := of(moved.by_year))
    ]
    opening, closing = of(movement.opening), of(movement.closing)
    first, last = (print_money(pence, Unit.MILLIONS) for pence in (opening, closing))
    said = measure_words(movement.measure).partition(" (")[0]
    when = "in all years of the plan" if not year or year == UNPROFILED else f"in {year}"
    return Chart(
        kind="bridge",
        title=title,
        alt=f"{said} {when}: £{first}m at {span[0].words}, £{last}m at {span[1].words}. "
        "The table below has every step.",
        rows=(stand(span[0], opening), *steps, stand(span[1], closing)),
    )
