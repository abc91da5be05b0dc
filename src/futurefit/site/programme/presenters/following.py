"""How are slips, risks and readings listed and drawn?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from futurefit.kernel.money import print_money
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Cell, Chart, Column, Shape, Table, Unit, Value
from futurefit.programme import measures as measuring
from futurefit.programme import milestones as slipping
from futurefit.programme import risks as scoring
from futurefit.programme.measures import Path, Read
from futurefit.site.ledger.links import line_url
from futurefit.site.ledger.naming import readable
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import models
from futurefit.site.programme.presenters.statements import (
    PART,
    WHERE,
    part_cell,
    place,
    statement_cell,
    table,
)
from futurefit.site.programme.queries.slips import Slipped


def milestones_table(
    rows: Iterable[models.Milestone], *, today: date, hidden: Collection[str]
) -> Table:
    """Every milestone: first agreed, forecast, done, and by how many months it is later."""
    found: list[list[Cell | Value]] = []
    for row in rows:
        late = (
            row.status == models.MilestoneStatus.OUTSTANDING
            and row.due_on is not None
            and row.due_on < today
        )
        latest = row.done_on or row.due_on
        months = (
            slipping.months_between(row.agreed_on, latest) if row.agreed_on and latest else None
        )
        printed = f"“{row.date_printed}”" if row.date_printed else ""
        found.append(
            [
                statement_cell(row, row.note),
                part_cell(row.about),
                row.agreed_on,
                Cell(row.due_on, note=printed),
                Cell(row.get_status_display(), note="overdue" if late else ""),
                row.done_on,
                months or None,
                " ".join(readable(row.lines.split(), hidden)),
                place(row),
            ]
        )
    columns = (
        Column("what", "Milestone"),
        PART,
        Column("agreed", "First agreed for", Shape.DATE),
        Column("due_on", "Due", Shape.DATE),
        Column("status", "Status"),
        Column("done_on", "Done on", Shape.DATE),
        Column("months", "Months later", Shape.COUNT),
        Column("lines", "Savings that hang on it"),
        WHERE,
    )
    return table("Milestones", columns, found)


def slips_table(found: Iterable[Slipped], reader: Reader, *, accepts: bool) -> Table:
    """What each slip would move, and what is lost for each month of it."""
    rows: list[list[Cell | Value]] = []
    for each in found:
        moves = "; ".join(
            f"{print_money(move.amount_pence)} from {move.from_year} to {move.to_year}"
            for move in each.slip.moves
        )
        href = f"/milestones/{each.milestone.pk}/slip/" if accepts else ""
        rows.append(
            [
                Cell(each.milestone.what, href, note="accept or leave" if accepts else ""),
                Cell(f"{each.line} {reader.title(each.line)}", line_url(each.line)),
                each.agreed,
                each.forecast,
                each.slip.months,
                each.slip.full_year_pence,
                each.slip.per_month_pence,
                moves,
            ]
        )
    made = table(
        "Slips that savings hang on",
        (
            Column("what", "Milestone"),
            Column("line", "Line"),
            Column("agreed", "Savings profiled for", Shape.DATE),
            Column("forecast", "Now", Shape.DATE),
            Column("months", "Months of slip", Shape.COUNT),
            Column("full_year", "Full-year effect", Shape.PENCE),
            Column("per_month", "Lost for each month", Shape.PENCE),
            Column("moves", "What would move"),
        ),
        rows,
    )
    note = (
        "On the monthly basis: what stands undelivered in the year of the first day, over the "
        "months left in it."
    )
    return Table(made.title, made.columns, made.rows, Unit.POUNDS, (note,))


def heat_table(rows: Sequence[models.Risk]) -> Table:
    """Open risks counted by likelihood and impact, with what is done about them where stated."""
    heat = scoring.heat(_scores(row) for row in rows if row.closed_on is None)
    found: list[list[Cell | Value]] = []
    for likelihood in reversed(scoring.SCORES):
        cells: list[Cell | Value] = [Cell(f"Likelihood {likelihood}")]
        for impact in scoring.SCORES:
            count = heat.counts.get((likelihood, impact), 0)
            word = scoring.band(likelihood * impact).value.lower()
            cells.append(Cell(count or None, note=word))
        found.append(cells)
    made = table(
        "Open risks by likelihood and impact",
        (
            Column("likelihood", "Likelihood"),
            *(Column(f"impact-{n}", f"Impact {n}", Shape.COUNT) for n in scoring.SCORES),
        ),
        found,
    )
    note = (
        "With what is done about them; without it where only that is stated. Low is up to 5, "
        f"medium up to 12, high above. {heat.unscored} open risks have no score."
    )
    return Table(made.title, made.columns, made.rows, notes=(note,))


def _scores(row: models.Risk) -> tuple[int | None, int | None]:
    if row.score_after is not None:
        return row.likelihood_after, row.impact_after
    return row.likelihood, row.impact


def overdue_reviews(rows: Iterable[models.Risk], today: date) -> int:
    """How many open risks have a review that was due before today."""
    return sum(scoring.is_overdue(row.review_on, row.closed_on, today) for row in rows)


def risks_table(rows: Iterable[models.Risk], *, posts: Mapping[str, str], today: date) -> Table:
    """Risks with their scores before and after, exposure, owner and next review."""
    found: list[list[Cell | Value]] = []
    for row in rows:
        closed = f"closed on {row.closed_on.day} {row.closed_on:%B %Y}" if row.closed_on else ""
        note = ", ".join(text for text in (row.area, closed) if text)
        overdue = scoring.is_overdue(row.review_on, row.closed_on, today)
        found.append(
            [
                statement_cell(row, note),
                part_cell(row.about),
                row.mitigation,
                row.score,
                row.score_after,
                Cell(row.exposure_pence, note=_stated(row)),
                posts.get(row.owner_post, row.owner_post),
                Cell(row.review_on, note="overdue" if overdue else ""),
                place(row),
            ]
        )
    made = table(
        "Risks",
        (
            Column("what", "Risk"),
            PART,
            Column("mitigation", "Mitigation"),
            Column("score", "Score without it", Shape.COUNT),
            Column("after", "Score with it", Shape.COUNT),
            Column("exposure", "Exposure", Shape.PENCE),
            Column("owner", "Owner"),
            Column("review", "Next review", Shape.DATE),
            WHERE,
        ),
        found,
    )
    return Table(made.title, made.columns, made.rows, Unit.POUNDS)


def _stated(row: models.Risk) -> str:
    """What an exposure rests on, as somebody stated it."""
    if row.exposure_pence is None or row.impact_pence is None:
        return ""
    return f"{row.likelihood_percent}% of {print_money(row.impact_pence)}"


def path_of(row: models.SuccessMeasure) -> Path | None:
    """The straight path of a measure; None until it has figures and days for both ends."""
    if (
        row.baseline_value is None
        or row.baseline_on is None
        or row.target_value is None
        or row.target_on is None
    ):
        return None
    return Path(row.baseline_value, row.baseline_on, row.target_value, row.target_on)


def rated(row: models.SuccessMeasure) -> list[Read]:
    """The readings of a measure beside its path; none while it has no path."""
    path = path_of(row)
    readings = [(each.on, each.value) for each in row.readings.all()]
    return measuring.rate(path, readings) if path else []


def measures_table(rows: Iterable[models.SuccessMeasure]) -> Table:
    """Every measure with where it starts, what it aims at, and its last reading."""
    found: list[list[Cell | Value]] = []
    for row in rows:
        reads = rated(row)
        last = reads[-1] if reads else None
        found.append(
            [
                Cell(row.what, f"/measures/{row.pk}/"),
                part_cell(row.about),
                row.unit,
                row.baseline or _figure(row.baseline_value),
                row.target or _figure(row.target_value),
                row.target_on,
                _figure(last.value) if last else "",
                last.on if last else None,
                last.rag.value if last else "",
            ]
        )
    return table(
        "Measures of success",
        (
            Column("what", "Measure"),
            PART,
            Column("unit", "Unit"),
            Column("baseline", "Baseline"),
            Column("target", "Target"),
            Column("by", "By", Shape.DATE),
            Column("last", "Last reading"),
            Column("on", "On", Shape.DATE),
            Column("rag", "Stands", Shape.RAG),
        ),
        found,
    )


def _figure(value: object) -> str:
    return f"{value:,f}".rstrip("0").rstrip(".") if value is not None else ""


def readings_table(row: models.SuccessMeasure) -> Table:
    """The readings of a measure, each beside what the path expects of its day."""
    by_day = {read.on: read for read in rated(row)}
    found: list[list[Cell | Value]] = []
    for each in row.readings.all():
        read = by_day.get(each.on)
        found.append(
            [
                each.on,
                _figure(each.value),
                _figure(round(read.expected, 1)) if read else "",
                read.rag.value if read else "",
                each.source,
            ]
        )
    return table(
        "Readings",
        (
            Column("on", "On", Shape.DATE),
            Column("value", f"Reading{f', {row.unit}' if row.unit else ''}"),
            Column("expected", "The path expects"),
            Column("rag", "Stands", Shape.RAG),
            Column("source", "Source"),
        ),
        found,
    )


def path_chart(row: models.SuccessMeasure) -> Chart:
    """The path and the readings; without rows while there is no path."""
    path = path_of(row)
    reads = rated(row)
    rows: list[dict[str, Value]] = []
    if path is not None:
        rows += [
            {"on": path.baseline_on, "value": float(path.baseline), "series": "Path"},
            {"on": path.target_on, "value": float(path.target), "series": "Path"},
        ]
        rows += [{"on": read.on, "value": float(read.value), "series": "Reading"} for read in reads]
    stands = f" The last reading is {Rag(reads[-1].rag).word.lower()}." if reads else ""
    alt = f"{row.what}: the straight path from baseline to target, and {len(reads)} readings."
    return Chart("path", row.what, alt + stands, tuple(rows))
