"""How are the delivery record, and why a year was missed, shown to one reader?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger.delivery_record import LOOKED_AT, Fate, Outcome, Record, records
from futurefit.ledger.entries import RATINGS, Account, Reason
from futurefit.ledger.journeys import Journey, Stop
from futurefit.ledger.missed import MissedLine, Shortfall, Slip
from futurefit.ledger.presentations import DIMENSIONS, Measure, View
from futurefit.ledger.rating_moves import Elsewhere, Stand
from futurefit.ledger.working import Figure
from futurefit.site.ledger.links import journal_url, line_url
from futurefit.site.ledger.naming import (
    DIMENSION_TITLES,
    NO_YEAR_LABELS,
    RESTRICTED_LINES,
    in_words,
)
from futurefit.site.ledger.presenters.changes import journals_cell
from futurefit.site.ledger.presenters.figures import BLANK
from futurefit.site.ledger.presenters.movement import Span
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.saying import said_in

FATE_TITLES: Mapping[Fate, str] = {
    Fate.CAME_TRUE: "Came true",
    Fate.OPEN: "Still open",
    Fate.SLIPPED: "Slipped",
    Fate.RE_ESTIMATED: "Estimated lower",
    Fate.UNDELIVERABLE: "Cannot be delivered",
    Fate.WITHDRAWN: "Withdrawn",
    Fate.REPLACED: "Replaced",
    Fate.TAKEN_OUT: "Taken out by decision",
}
"""What became of a promise, as it is read."""

FEW = "few lines"
_MONTHS = (
    *("April", "May", "June", "July", "August", "September"),
    *("October", "November", "December", "January", "February"),
)
LOOKS = ("At its start", *(f"End of {month}" for month in _MONTHS))
"""When within its year a promise is looked at."""

_STANDS: Mapping[Stand, str] = {
    Elsewhere.NOT_YET: "Not there yet",
    Elsewhere.OTHER_YEAR: "Other years",
    Elsewhere.CLASSED: "Classed elsewhere",
    Account.TARGET: "Taken out by decision",
}


def outcome_url(figure: Figure, look: int, rating: Account | None, fate: Fate | None) -> str:
    """The working of one figure of the record: the pounds behind it, line by line."""
    query = {
        **replace(figure, view=View.INCREMENTS).query(),
        "look": str(look),
        "rag": rating.value if rating else "",
        "fate": fate.value if fate else "",
    }
    return f"/record/working/?{urlencode({name: text for name, text in query.items() if text})}"


def record_table(
    found: Sequence[Outcome],
    dimension: str,
    reader: Reader,
    *,
    figure: Figure,
    look: int,
    unit: Unit = Unit.THOUSANDS,
) -> Table:
    """What became of each rating, by year and (if one is named) by a dimension; all years last."""
    seen = [outcome for outcome in found if outcome.look == look]
    of = DIMENSIONS.get(dimension, lambda attributes: "")
    made: dict[tuple[str, str, Account | None], Record] = {}
    for all_years in (False, True):
        for all_ratings in (False, True):
            made |= records(
                seen,
                lambda o, all_years=all_years, all_ratings=all_ratings: (  # type: ignore[misc]
                    "" if all_years else o.year,
                    of(o.attributes),
                    None if all_ratings else o.rating,
                ),
            )
    fates = [fate for fate in Fate if any(o.fate is fate for o in seen)]
    years = sorted({o.year for o in seen})
    groups = sorted({of(o.attributes) for o in seen}, key=lambda c: reader.names.rank(dimension, c))
    rows = []
    for year in [*years, *([""] if len(years) > 1 else [])]:
        for code in groups:
            within = figure.scope.narrowed(dimension, code) if dimension else figure.scope
            at = replace(figure, scope=within, year=year)
            for rating in (*LOOKED_AT, None):
                record = made.get((year, code, rating))
                if record is None:
                    continue
                names = [Cell(reader.names.name(dimension, code))] if dimension else []
                rows.append(
                    Row(
                        (
                            Cell(year or "All years"),
                            *names,
                            Cell(rating.value if rating else "All ratings"),
                            *_record_cells(record, fates, at, look, rating),
                        ),
                        emphasis=rating is None,
                    )
                )
    group = [Column("group", DIMENSION_TITLES[dimension])] if dimension else []
    return Table(
        title="What became of what was promised",
        columns=(
            Column("year", "Year"),
            *group,
            Column("rating", "Stood as", Shape.RAG),
            Column("stood", "Stood", Shape.PENCE),
            Column("share", "Share", Shape.SHARE),
            *(Column(fate.value.lower(), FATE_TITLES[fate], Shape.PENCE) for fate in fates),
            Column("came_later", "Came later", Shape.PENCE),
            *(Column(f"q{n}", f"True by Q{n}", Shape.PENCE) for n in range(1, 5)),
            Column("lines", "Lines", Shape.COUNT),
        ),
        rows=tuple(rows),
        unit=unit,
        notes=(
            "Came true: stood as delivered at the end of the year; the share is of what stood.",
            "Came later: of the rest, what is delivered by now.",
            "True by Q1 to Q4: what had come true by the end of each quarter.",
        ),
    )


def _record_cells(
    record: Record, fates: Sequence[Fate], at: Figure, look: int, rating: Account | None
) -> list[Cell]:
    def amount(pence: int, fate: Fate | None) -> Cell:
        return Cell(pence, outcome_url(at, look, rating, fate)) if pence else BLANK

    return [
        amount(record.stood_pence, None),
        Cell(float(record.came_true_share), note=FEW if record.is_small else ""),
        *(amount(record.fates.get(fate, 0), fate) for fate in fates),
        Cell(record.came_later_pence),
        *(Cell(pence) for pence in record.by_quarter),
        Cell(record.lines),
    ]


def looks_table(found: Sequence[Outcome]) -> Table:
    """The share that came true, by rating and by when in the year it was looked at, over all years:
    the later the look, the more should.
    """
    made = records(found, lambda o: (o.look, o.rating))
    ratings = [rating for rating in LOOKED_AT if any(r is rating for _, r in made)]
    return Table(
        title="The share that came true, by when it was looked at",
        columns=(
            Column("look", "Looked at"),
            *(Column(rating.value.lower(), in_words(rating), Shape.SHARE) for rating in ratings),
        ),
        rows=tuple(
            Row((Cell(words), *(_share(made.get((look, rating))) for rating in ratings)))
            for look, words in enumerate(LOOKS)
        ),
    )


def _share(record: Record | None) -> Cell:
    if record is None:
        return BLANK
    return Cell(float(record.came_true_share), note=FEW if record.is_small else "")


def outcomes_table(found: Sequence[Outcome], reader: Reader) -> Table:
    """The pounds behind a figure of the record, line by line, to the penny."""
    rows = [
        Row(
            (
                Cell(outcome.line, line_url(outcome.line)),
                Cell(reader.title(outcome.line)),
                Cell(outcome.year),
                Cell(outcome.rating.value),
                Cell(outcome.amount_pence),
                Cell(FATE_TITLES[outcome.fate]),
                Cell(outcome.end.on),
                Cell(
                    str(outcome.end.ref.journal),
                    journal_url(outcome.end.ref.journal, outcome.end.ref.entry),
                ),
                Cell(now_words(outcome.now)),
            )
        )
        for outcome in found
        if outcome.line not in reader.hidden
    ]
    hidden = sum(o.amount_pence for o in found if o.line in reader.hidden)
    blanks = (BLANK,) * 4
    if hidden:
        rows.append(Row((Cell(RESTRICTED_LINES), BLANK, BLANK, BLANK, Cell(hidden), *blanks)))
    total = sum(outcome.amount_pence for outcome in found)
    rows.append(Row((Cell("Total"), BLANK, BLANK, BLANK, Cell(total), *blanks), emphasis=True))
    return Table(
        title="Pounds behind it",
        columns=(
            Column("line", "Line"),
            Column("title", "Title"),
            Column("year", "Promised for"),
            Column("rating", "Stood as", Shape.RAG),
            Column("amount", "Amount", Shape.PENCE),
            Column("fate", "By the end of the year"),
            Column("on", "Since", Shape.DATE),
            Column("journal", "Journal"),
            Column("now", "Now"),
        ),
        rows=tuple(rows),
        unit=Unit.POUNDS,
    )


def now_words(stop: Stop) -> str:
    """Where pounds stand, in words: “Amber, 2017/18”."""
    return f"{stand_words(stop.place)}, {NO_YEAR_LABELS.get(stop.year, stop.year)}"


def stand_words(stand: Stand) -> str:
    """A place of pounds as it is read."""
    return _STANDS.get(stand) or in_words(stand)


def followed_url(was: Stand, now: Stand, figure: Figure, span: Span) -> str:
    """The working of one cell from rating to rating; the figure says scope and year."""
    query = {
        "was": was.value,
        "now": now.value,
        "since": span[0].address,
        "until": span[1].address,
        **replace(figure, measure=Measure.FORECAST, view=View.INCREMENTS).query(),
    }
    return f"/bridge/between/ratings/?{urlencode(query)}"


def rating_moves_table(
    moves: Mapping[tuple[Stand, Stand], int],
    *,
    figure: Figure,
    span: Span,
    unit: Unit = Unit.THOUSANDS,
) -> Table:
    """From rating to rating: a row says what became of each, a column where each came from."""

    def cell(was: Stand, now: Stand) -> Cell:
        pence = moves.get((was, now))
        return Cell(pence, followed_url(was, now, figure, span)) if pence else BLANK

    order: list[Stand] = [*RATINGS, *Reason, Account.TARGET, *Elsewhere]
    rows_of = [stand for stand in order if any(was is stand for was, _ in moves)]
    columns_of = [stand for stand in order if any(now is stand for _, now in moves)]
    rows = [
        Row(
            (
                Cell(stand_words(was)),
                *(cell(was, now) for now in columns_of),
                Cell(sum(pence for key, pence in moves.items() if key[0] is was)),
            )
        )
        for was in rows_of
    ]
    foot = [sum(p for key, p in moves.items() if key[1] is now) for now in columns_of]
    rows.append(Row((Cell("Total"), *map(Cell, foot), Cell(sum(foot))), emphasis=True))
    return Table(
        title=f"What each rating of {span[0].words} is at {span[1].words}",
        columns=(
            Column("was", "Stood as"),
            *(Column(now.value.lower(), stand_words(now), Shape.PENCE) for now in columns_of),
            Column("total", "Total", Shape.PENCE),
        ),
        rows=tuple(rows),
        unit=unit,
        notes=(
            "Pounds are followed: within a line, year and rating, what came first leaves first.",
        ),
    )


def followed_table(found: Sequence[Journey], reader: Reader) -> Table:
    """The pounds behind a cell of that table, line by line: where each has been, in words."""
    rows = [
        Row(
            (
                Cell(journey.line, line_url(journey.line)),
                Cell(reader.title(journey.line)),
                Cell(journey.amount_pence),
                Cell(
                    " → ".join(f"{now_words(s)} ({s.on.day} {s.on:%b %Y})" for s in journey.stops)
                ),
                journals_cell(
                    sorted({stop.ref.journal for stop in journey.stops}), line=journey.line
                ),
            )
        )
        for journey in found
        if journey.line not in reader.hidden
    ]
    hidden = sum(journey.amount_pence for journey in found if journey.line in reader.hidden)
    if hidden:
        rows.append(Row((Cell(RESTRICTED_LINES), BLANK, Cell(hidden), BLANK, BLANK)))
    total = sum(journey.amount_pence for journey in found)
    rows.append(Row((Cell("Total"), BLANK, Cell(total), BLANK, BLANK), emphasis=True))
    return Table(
        title="Pounds behind it",
        columns=(
            Column("line", "Line"),
            Column("title", "Title"),
            Column("amount", "Amount", Shape.PENCE),
            Column("way", "Where they have been"),
            Column("journal", "Journals"),
        ),
        rows=tuple(rows),
        unit=Unit.POUNDS,
    )


def missed_table(found: Sequence[MissedLine], reader: Reader, unit: Unit = Unit.THOUSANDS) -> Table:
    """Why a year was missed: under each line a row for each reason, in words. Lines that may not be
    read stand together.
    """
    shown = [line for line in found if line.line not in reader.hidden]
    hidden = [line for line in found if line.line in reader.hidden]
    numbers = {ref.journal for line in shown for s in line.shortfalls for ref in s.entries}
    said = said_in(numbers, reader)

    def why(shortfall: Shortfall) -> str:
        words = (said[ref.journal].why for ref in shortfall.entries)
        return " · ".join(dict.fromkeys(word for word in words if word))

    rows = []
    for line in shown:
        rows.append(
            Row(
                (
                    Cell(line.line, line_url(line.line)),
                    Cell(reader.title(line.line)),
                    *map(Cell, _amounts(line)),
                    *(BLANK,) * 4,
                ),
                emphasis=True,
            )
        )
        rows += [
            _shortfall_row(line, shortfall, why(shortfall), reader) for shortfall in line.shortfalls
        ]
    for name, lines in ((RESTRICTED_LINES, hidden), ("Total", found)):
        if lines:
            sums = [sum(column) for column in zip(*map(_amounts, lines), strict=True)]
            rows.append(Row((Cell(name), BLANK, *map(Cell, sums), *(BLANK,) * 4), emphasis=True))
    return Table(
        title="Why it was missed, line by line",
        columns=(
            Column("line", "Line"),
            Column("title", "Title"),
            Column("target", "Target", Shape.PENCE),
            Column("delivered", "Delivered", Shape.PENCE),
            Column("missed", "Missed", Shape.PENCE),
            Column("reason", "Because"),
            Column("why", "Why, in words"),
            Column("became", "What became of it"),
            Column("journal", "Journal"),
        ),
        rows=tuple(rows),
        unit=unit,
        notes=("A target that was lowered to accept a failure counts as it was before.",),
    )


def _amounts(line: MissedLine) -> tuple[int, int, int]:
    return line.target_pence, line.delivered_pence, line.missed_pence


def _shortfall_row(line: MissedLine, shortfall: Shortfall, why: str, reader: Reader) -> Row:
    became = [_slip_words(slip) for slip in shortfall.slips]
    way = "by" if shortfall.amount_pence > 0 else "from"
    became += [f"{way} {ref}" for ref in shortfall.replaced_by if ref not in reader.hidden]
    last = shortfall.entries[-1]
    return Row(
        (
            Cell(line.line, line_url(line.line)),
            BLANK,
            BLANK,
            BLANK,
            Cell(shortfall.amount_pence, journal_url(last.journal, last.entry)),
            Cell(_because(shortfall)),
            Cell(why),
            Cell("; ".join(became)),
            Cell(str(last.journal), journal_url(last.journal, last.entry)),
        ),
        level=1,
    )


def reason_words(reason: Reason | Account) -> str:
    """Why pounds did not come, in words: “Slipped”, or “Still open: amber”."""
    return (
        in_words(reason)
        if isinstance(reason, Reason)
        else f"Still open: {in_words(reason).lower()}"
    )


def _because(shortfall: Shortfall) -> str:
    """The reason of one line's shortfall; what helped it says so."""
    helped = _HELPED.get(shortfall.reason) if shortfall.amount_pence < 0 else None
    return helped or reason_words(shortfall.reason)


_HELPED: Mapping[Reason | Account, str] = {
    Reason.SLIPPED: "Came from other years",
    Reason.REPLACED: "Took over",
}


def _slip_words(slip: Slip) -> str:
    pounds = f"£{slip.amount_pence // 100:,}"
    year = NO_YEAR_LABELS.get(slip.now.year, slip.now.year)
    if slip.came:
        return f"{pounds} came in {year}"
    return f"{pounds} to {year}: {stand_words(slip.now.place).lower()}"


def reasons_table(found: Iterable[MissedLine], unit: Unit = Unit.THOUSANDS) -> Table:
    """What was missed in all, by reason; of which how much was accepted into targets."""
    sums: dict[Reason | Account, int] = defaultdict(int)
    target = delivered = accepted = 0
    for line in found:
        target, delivered = target + line.target_pence, delivered + line.delivered_pence
        accepted += line.accepted_pence
        for shortfall in line.shortfalls:
            sums[shortfall.reason] += shortfall.amount_pence
    order = [reason for reason in (*Reason, *RATINGS) if sums.get(reason)]
    rows = [
        Row((Cell("Target of the lines that missed it"), Cell(target)), emphasis=True),
        *(Row((Cell(reason_words(reason)), Cell(-sums[reason]))) for reason in order),
        Row((Cell("Delivered on them"), Cell(delivered)), emphasis=True),
    ]
    if accepted:
        rows.append(Row((Cell("Of the target, accepted as failed by decision"), Cell(accepted))))
    return Table(
        title="Why it was missed, in all",
        columns=(Column("reason", "Because"), Column("amount", "Amount", Shape.PENCE)),
        rows=tuple(rows),
        unit=unit,
    )
