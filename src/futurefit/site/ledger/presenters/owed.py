"""What was not delivered in years that have ended, and what has nobody found? (rule YRE-02)"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger import year_end
from futurefit.ledger.entries import Reason
from futurefit.ledger.presentations import RATING_MEASURES
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure
from futurefit.site.ledger.links import working_url
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.presenters.bridge import step_url


def owed_table(
    position: Position,
    *,
    figure: Figure,
    on: date,
    title: str = "Undelivered and unidentified",
    unit: Unit = Unit.THOUSANDS,
) -> Table:
    """A row for each year that has ended, and one for what is unidentified, with their working."""
    found = year_end.owed(position, figure.scope, on)
    rows = [
        Row(
            (
                Cell(f"Undelivered brought forward from {year}"),
                Cell(amount, step_url(Reason.SLIPPED, replace(figure, year=year))),
            )
        )
        for year, amount in found.brought_forward
    ]
    if not found.brought_forward:
        rows.append(Row((Cell("Undelivered brought forward: no year has ended"), Cell(0))))
    for year, rating, amount in found.undelivered:
        href = working_url(replace(figure, year=year, measure=RATING_MEASURES[rating]))
        words = f"{year} has ended, and this is still {in_words(rating).lower()} in it"
        rows.append(Row((Cell(words), Cell(amount, href))))
    unidentified = Cell(found.unidentified_pence, step_url(Reason.UNIDENTIFIED, figure))
    rows.append(Row((Cell("Unidentified: target for which nothing is found yet"), unidentified)))
    return Table(
        title,
        (Column("what", "What"), Column("amount", "Amount", Shape.PENCE)),
        tuple(rows),
        unit,
        ("Amounts as on the bridge: what the forecast lacks is negative.",),
    )
