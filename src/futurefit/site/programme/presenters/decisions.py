"""How are proposals shown to whoever adopts them?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.ledger.presentations import PROPOSED, Measure, by
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure
from futurefit.programme.lifecycle import Stage
from futurefit.site.ledger.links import working_url
from futurefit.site.ledger.naming import in_words
from futurefit.site.programme.links import part_url
from futurefit.site.programme.queries import Proposed


def proposals_table(found: Iterable[Proposed], position: Position) -> Table:
    """Each part with proposed lines: their net effect on revenue, and what holds them up."""
    rows = []
    for each in found:
        scope = PROPOSED.narrowed(each.part.dimension, each.part.code)
        if each.part.dimension != "project":
            # Only what hangs on the part itself: its projects stand in rows of their own.
            scope = replace(PROPOSED, lines=frozenset(each.lines))
        sums = by(position, scope=scope)
        rows.append(
            Row(
                (
                    Cell(each.part.name, part_url(each.part)),
                    Cell(in_words(Stage(each.stage)) if each.stage else "By decision alone"),
                    Cell(len(each.lines)),
                    *(
                        Cell(
                            sums.total(measure).total,
                            working_url(Figure(scope=scope, measure=measure)),
                        )
                        for measure in (Measure.TARGET, Measure.FORECAST)
                    ),
                    # Its page shows who signed what, and which figures have changed since.
                    Cell(
                        " ".join(each.holds_up) or "Nothing",
                        part_url(each.part) if each.holds_up else "",
                    ),
                )
            )
        )
    return Table(
        "Proposals",
        (
            Column("part", "Part of the programme"),
            Column("stage", "Stage"),
            Column("lines", "Lines", Shape.COUNT),
            Column("target", "Target, net", Shape.PENCE),
            Column("forecast", "Forecast, net", Shape.PENCE),
            Column("holds_up", "What holds it up"),
        ),
        tuple(rows),
        notes=("Revenue only, net of all kinds, over the years of the plan.",),
    )
