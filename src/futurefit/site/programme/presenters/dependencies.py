"""How is it shown what depends on what, and how much hangs on it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from futurefit.kernel.report import Cell, Chart, Column, Row, Shape, Table
from futurefit.ledger.entries import Tranche
from futurefit.ledger.presentations import Scope
from futurefit.ledger.state import Position
from futurefit.programme.dependencies import Hanging, Part, at_stake, least_sure
from futurefit.site.ledger.naming import Names, in_words
from futurefit.site.programme import models
from futurefit.site.programme.links import code_url
from futurefit.site.programme.presenters.statements import WHERE, part_cell, place, table

TRANCHES = (Tranche.PROPOSED, Tranche.CURRENT)


def hanging_url(part: Part) -> str:
    """The lines that hang on a part: the working of what is at stake."""
    return f"/dependencies/lines/?{urlencode({'dimension': part[0], 'code': part[1]})}"


def stakes(position: Position, hanging: Hanging) -> dict[Tranche, dict[str, int]]:
    """What hangs on a part by tranche and year; the two are never added."""
    return {tranche: at_stake(position, hanging, Scope(tranche=tranche)) for tranche in TRANCHES}


def in_order(position: Position, found: Iterable[Hanging]) -> list[Hanging]:
    """The parts on which most hangs first."""

    def most(hanging: Hanging) -> int:
        return max(sum(by_year.values()) for by_year in stakes(position, hanging).values())

    return sorted(found, key=lambda hanging: (-most(hanging), hanging.on))


def hanging_table(
    position: Position, found: Sequence[Hanging], names: Names, *, title: str
) -> Table:
    """What hangs on each part, by tranche and year; each amount leads to its lines."""
    held = [(hanging, stakes(position, hanging)) for hanging in found]
    years = sorted({year for _, by in held for each in by.values() for year in each})
    rows = []
    for hanging, by_tranche in held:
        rating = least_sure(position, hanging.on)
        waiting = ", ".join(sorted(names.name(*part) for part in hanging.parts))
        for tranche, by_year in by_tranche.items():
            if not any(by_year.values()) and tranche is Tranche.CURRENT:
                continue
            url = hanging_url(hanging.on)
            rows.append(
                Row(
                    (
                        Cell(names.name(*hanging.on), code_url(*hanging.on)),
                        Cell(rating or None),
                        Cell(waiting),
                        Cell(in_words(tranche)),
                        *(Cell(by_year.get(year, 0), url) for year in years),
                        Cell(sum(by_year.values()), url),
                    )
                )
            )
    return Table(
        title=title,
        columns=(
            Column("part", "On this"),
            Column("rag", "Its least sure rating", Shape.RAG),
            Column("waiting", "hang these"),
            Column("tranche", "Tranche"),
            *(Column(year, year, Shape.PENCE) for year in years),
            Column("all", "All years", Shape.PENCE),
        ),
        rows=tuple(rows),
        notes=(
            "Forecast savings of revenue that depend on a part, directly or through others, each "
            "line once. A pound may hang on several parts: the rows are not to be added.",
        ),
    )


def dependencies_table(rows: Iterable[models.Dependency], title: str) -> Table:
    """Each dependency as it was said."""
    return table(
        title,
        (
            Column("part", "This"),
            Column("on", "depends on"),
            Column("what", "for"),
            WHERE,
        ),
        [
            [
                part_cell(row.about),
                part_cell(row.on) if row.on else "Outside the programme",
                row.what,
                place(row),
            ]
            for row in rows
        ],
    )


def hanging_chart(position: Position, found: Sequence[Hanging], names: Names) -> Chart | None:
    """How much hangs on each part, current beside proposed; None where nothing does."""
    drawn: list[dict[str, str | int]] = []
    for hanging in found:
        for tranche, by_year in stakes(position, hanging).items():
            drawn.append(
                {
                    "label": names.name(*hanging.on),
                    "series": in_words(tranche),
                    "pence": sum(by_year.values()),
                    "href": hanging_url(hanging.on),
                }
            )
    if not any(row["pence"] for row in drawn):
        return None
    return Chart(
        "side_by_side",
        "What hangs on each part, all years",
        f"Savings hang on {len(found)} parts of the programme. The table below has every figure.",
        tuple(drawn),
    )
