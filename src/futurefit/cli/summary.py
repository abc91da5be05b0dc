"""What does the programme come to, on one page? Totals by theme and year, RAG grids, findings.

Current and proposed stand beside each other, and so do revenue and reserves: nothing here adds
them. Pure: from a position and names to plain values, and from those to a report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.findings_table import findings_table
from futurefit.kernel.report import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Shape,
    Table,
    Unit,
)
from futurefit.ledger import presentations
from futurefit.ledger.entries import Account, Fund, Tranche
from futurefit.ledger.presentations import Presentation, Scope
from futurefit.ledger.state import Position

NameOf = Callable[[str, str], str]
"""What a code of a dimension is called."""

RankOf = Callable[[str, str], Any]
"""Where a code of a dimension stands among its fellows."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """One row: pence by year, their total, and what has no year (outside the total)."""

    code: str
    name: str
    by_year: dict[str, int]
    total_pence: int
    unprofiled_pence: int

    def values(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "code": self.code,
            "name": self.name,
            "years_pence": self.by_year,
            "total_pence": self.total_pence,
            "unprofiled_pence": self.unprofiled_pence,
        }


@dataclass(frozen=True, slots=True)
class Grid:
    """The RAG grid of a project: a row a rating, and their total."""

    code: str
    name: str
    ratings: tuple[Amounts, ...]
    total: Amounts


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything in one tranche of one fund. `net` adds its kinds, and nothing else."""

    tranche: Tranche
    fund: Fund
    net: Amounts
    themes: tuple[Amounts, ...]
    kinds: tuple[Amounts, ...]
    ratings: tuple[Amounts, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The programme on one page."""

    programme: str
    council: str
    head: str
    as_at: date | None
    years: tuple[str, ...]
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]


def standings(
    position: Position, years: Sequence[str], name_of: NameOf, rank_of: RankOf
) -> tuple[Standing, ...]:
    """Each tranche and fund that has lines: proposed first, revenue first."""
    held = {(line.tranche, line.fund) for line in position.lines.values()}
    return tuple(
        _standing(position, tranche, fund, years, name_of, rank_of)
        for tranche in (Tranche.PROPOSED, Tranche.CURRENT)
        for fund in Fund
        if (tranche, fund) in held
    )


def _standing(
    position: Position,
    tranche: Tranche,
    fund: Fund,
    years: Sequence[str],
    name_of: NameOf,
    rank_of: RankOf,
) -> Standing:
    scope = Scope(tranche=tranche, fund=fund)

    def shown(dimension: str, within: Scope = scope) -> tuple[Presentation, tuple[Amounts, ...]]:
        made = presentations.by(position, dimension, scope=within, years=years)
        rows = sorted(made.rows(), key=lambda row: rank_of(dimension, row.codes[0]))
        return made, tuple(
            _amounts(row.codes[0], name_of(dimension, row.codes[0]), made, row) for row in rows
        )

    by_theme, themes = shown("theme")
    grids = []
    for project in shown("project")[1]:
        if project.code:
            grid, ratings = shown("rag", scope.narrowed("project", project.code))
            total = _amounts("", "Total", grid, grid.total())
            # Papers have no row for what is unrated: it is shown where something is.
            rated = tuple(row for row in ratings if row.code != Account.UNRATED or _stands(row))
            if any(total.by_year.values()):
                grids.append(Grid(project.code, project.name, rated, total))
    return Standing(
        tranche,
        fund,
        _amounts("", "Net total", by_theme, by_theme.total()),
        themes,
        shown("kind")[1],
        tuple(row for row in shown("rag")[1] if _stands(row)),
        tuple(grids),
    )


def _stands(row: Amounts) -> bool:
    """True when there is an amount in the row."""
    return any((*row.by_year.values(), row.unprofiled_pence))


def _amounts(code: str, name: str, made: Presentation, row: presentations.Row) -> Amounts:
    by_year = dict(zip(made.years, row.amounts, strict=True))
    return Amounts(code, name, by_year, row.total, row.unprofiled)


# --- as JSON ---------------------------------------------------------------------------------


def values(summary: Summary) -> dict[str, Any]:
    """The summary as JSON: amounts in whole pence; tranches and funds each under their own key."""
    found: dict[str, Any] = {
        "programme": summary.programme,
        "council": summary.council,
        "ledger_head": summary.head,
        "as_at": summary.as_at.isoformat() if summary.as_at else None,
        "money": "pence",
        "years": list(summary.years),
    }
    for standing in summary.standings:
        part = found.setdefault(standing.tranche.lower(), {})
        part[standing.fund.lower()] = {
            "net_effect": standing.net.values(),
            "themes_and_projects": [row.values() for row in standing.themes],
            "kinds": [row.values() for row in standing.kinds],
            "rag": [row.values() for row in standing.ratings],
            "project_grids": [
                {
                    "code": grid.code,
                    "name": grid.name,
                    "ratings": [row.values() for row in grid.ratings],
                    "total": grid.total.values(),
                }
                for grid in standing.grids
            ],
        }
    found["findings"] = [finding_values(finding) for finding in summary.findings]
    return found


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": {
            name: value
            for name in ("file", "page", "heading", "line", "table", "row", "column", "printed")
            if (value := getattr(place, name)) not in (None, "")
        },
        "printed": finding.printed,
        "expected": finding.expected,
        "difference": finding.difference,
        "advice": finding.advice,
        "confidence": finding.confidence,
    }


# --- as a report -----------------------------------------------------------------------------


def report(summary: Summary) -> Report:
    """The summary to be read: tables in £000."""
    blocks: list[Block] = []
    for standing in summary.standings:
        name = _called(standing)
        blocks += [
            Heading(name),
            _table(f"{name}: by theme and project", standing.themes, standing.net),
            _table(f"{name}: by kind", standing.kinds, standing.net),
            _rag_table(f"{name}: by rating", standing.ratings, standing.net),
            *_grid_tables(standing),
        ]
    blocks += [Heading("Never added"), _side_by_side(summary.standings)]
    blocks += [Heading("Findings"), findings_table(summary.findings)]
    return Report(_title(summary), tuple(blocks))


def short_report(summary: Summary) -> Report:
    """The same in fewer tables; of the findings no notes, only how many there are."""
    blocks: list[Block] = []
    for standing in summary.standings:
        if standing.net.total_pence:
            name = _called(standing)
            blocks.append(_table(f"{name}: by theme", standing.themes, standing.net))
            if len(standing.kinds) > 1:
                blocks.append(_table(f"{name}: by kind", standing.kinds, standing.net))
            blocks.append(_rag_table(f"{name}: by rating", standing.ratings, standing.net))
            if standing.tranche is Tranche.CURRENT:
                blocks += _grid_tables(standing)
    blocks.append(_side_by_side(summary.standings))
    grave = [finding for finding in summary.findings if finding.severity is not Severity.NOTE]
    blocks.append(findings_table(grave))
    notes = len(summary.findings) - len(grave)
    if notes:
        blocks.append(Paragraph(f"There are {notes} notes too: futurefit programme summary"))
    return Report(_title(summary), tuple(blocks))


def _title(summary: Summary) -> str:
    return f"{summary.programme}, {summary.council}"


def _called(standing: Standing) -> str:
    tranche = standing.tranche.capitalize()
    return tranche if standing.fund is Fund.REVENUE else f"{tranche}, {standing.fund.lower()}"


def _grid_tables(standing: Standing) -> list[Table]:
    name = _called(standing)
    return [_rag_table(f"{name}: {grid.name}", grid.ratings, grid.total) for grid in standing.grids]


def _table(title: str, rows: Sequence[Amounts], total: Amounts, rag: bool = False) -> Table:
    unprofiled = any(row.unprofiled_pence for row in (*rows, total))
    first = Column("rag", "RAG", Shape.RAG) if rag else Column("name", "")
    money = [Column(year, year, Shape.PENCE) for year in total.by_year]
    money.append(Column("total", "Total", Shape.PENCE))
    if unprofiled:
        money.append(Column("unprofiled", "No year", Shape.PENCE))

    def row(amounts: Amounts, emphasis: bool = False) -> Row:
        cells = [amounts.code if rag and amounts.code else amounts.name]
        figures = [amounts.by_year.get(year) or None for year in total.by_year]
        figures.append(amounts.total_pence)
        figures += [amounts.unprofiled_pence or None] if unprofiled else []
        return Row((*map(Cell, cells), *map(Cell, figures)), emphasis)

    return Table(
        title=title,
        columns=(first, *money),
        rows=(*(row(amounts) for amounts in rows), row(total, emphasis=True)),
        unit=Unit.THOUSANDS,
        notes=("What has no year is outside the totals.",) if unprofiled else (),
    )


def _rag_table(title: str, rows: Sequence[Amounts], total: Amounts) -> Table:
    return _table(title, rows, total, rag=True)


def _side_by_side(found: Sequence[Standing]) -> Table:
    rows = tuple(
        Row(
            (
                Cell(f"{standing.tranche.capitalize()}, {standing.fund.lower()}"),
                Cell(standing.net.total_pence),
                Cell(standing.net.unprofiled_pence or None),
            )
        )
        for standing in found
    )
    return Table(
        title="Side by side",
        columns=(
            Column("what", ""),
            Column("total", "Net total", Shape.PENCE),
            Column("unprofiled", "No year", Shape.PENCE),
        ),
        rows=rows,
        notes=("Current and proposed savings, and different funds, are never added together.",),
    )
