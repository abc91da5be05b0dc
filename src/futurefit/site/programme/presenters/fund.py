"""How is the transformation fund shown: who asks for how much, and when does it come back?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from futurefit.kernel.money import print_money, round_half_up
from futurefit.kernel.report import Cell, Chart, Column, Row, Shape, Table, Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import Fund, LineKind, Recurrence, Tranche
from futurefit.ledger.presentations import Scope
from futurefit.ledger.working import Figure
from futurefit.programme.fund import Sort
from futurefit.site.ledger.links import line_url, lines_url, working_url
from futurefit.site.ledger.naming import NO_YEAR_LABELS, RESTRICTED_LINES, in_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import models
from futurefit.site.programme.links import code_url
from futurefit.site.programme.queries.fund import Asked

_MONEY = (
    ("asked", "Asked"),
    ("granted", "Granted"),
    ("spent", "Spent"),
)


def fund_table(rows: Iterable[Asked], tranche: Tranche, reader: Reader) -> Table:
    """What each part asks, what was granted and spent, and when it pays back."""
    found = []
    for asked in rows:
        own = asked.payback
        scope = Scope(tranche, asked.fund, LineKind.INVESTMENT).narrowed("theme", asked.part)
        saves = Scope(tranche, Fund.REVENUE).narrowed("theme", asked.part)
        saves = saves.narrowed("recurrence", Recurrence.ONGOING.value)
        told = stands_out(asked)
        found.append(
            (
                Cell(reader.names.name("theme", asked.part), _part_url(asked.part, reader)),
                Cell(in_words(asked.fund)),
                Cell(own.asked_pence, _asked_url(asked, scope)),
                Cell(asked.granted_pence or None, "/fund/?entries.q=granted"),
                Cell(asked.spent_pence or None, "/fund/?entries.q=spent"),
                Cell(own.yearly_pence, lines_url(Figure(saves))),
                Cell(f"{round_half_up(own.years, 1)} years" if own.years is not None else "Never"),
                Cell(own.year or ("Beyond the plan" if own.years is not None else "")),
                Cell(told, marked=own.stands_out and bool(told)),
            )
        )
    return Table(
        f"{in_words(tranche)}: asked, granted, spent and paid back",
        (
            Column("part", "Theme or project"),
            Column("fund", "Fund"),
            *(Column(key, title, Shape.PENCE) for key, title in _MONEY),
            Column("saved", "Saves a year, for good", Shape.PENCE),
            Column("years", "Pays back in"),
            Column("year", "By the end of"),
            Column("stands_out", "What stands out"),
        ),
        tuple(map(Row, found)),
        notes=(
            "Asked is a cost, shown without its sign, with or without a year. Saves a year: "
            "savings, funding and pressures that last, once all have begun; no one-offs, no cost "
            "avoidance.",
        ),
    )


def _asked_url(asked: Asked, scope: Scope) -> str:
    """The working of what is asked; the lines, where a part of it has no year and a part has."""
    years = {year == UNPROFILED for ask in asked.asks for year in ask.by_year_pence}
    if years == {True}:
        return working_url(Figure(scope, year=UNPROFILED))
    return working_url(Figure(scope)) if years == {False} else lines_url(Figure(scope))


def _part_url(part: str, reader: Reader) -> str:
    """The page of a theme, or of a project that stands beside the themes."""
    held = {own.theme for own in reader.ledger.lines.values()}
    return code_url("theme" if part in held else "project", part) if part else ""


def stands_out(asked: Asked) -> str:
    """What a reader should see at once, in words; "" where nothing does (rule FND-02)."""
    own = asked.payback
    told = []
    if own.stands_out and own.yearly_pence > 0:
        told.append(f"Asks {short(own.asked_pence)} to save {short(own.yearly_pence)} a year.")
    elif own.stands_out:
        told.append(f"Asks {short(own.asked_pence)} and saves nothing that lasts.")
    if asked.lasting_pence and own.yearly_pence > 0:
        left = own.yearly_pence - asked.lasting_pence
        comes_to = f"{short(left)} a year is saved" if left > 0 else "nothing is saved"
        told.append(
            f"{short(asked.lasting_pence)} is not said to be one-off: if it is asked every year, "
            f"{comes_to}."
        )
    if asked.granted_pence > own.asked_pence:
        told.append("More is granted than is asked.")
    if asked.spent_pence > asked.granted_pence:
        told.append("More is spent than is granted.")
    return " ".join(told)


def short(pence: int) -> str:
    """'£2.1m', '£250k': as people say it, and no digit less than there is."""
    unit, letter = (Unit.MILLIONS, "m") if abs(pence) >= 1_000_000_00 else (Unit.THOUSANDS, "k")
    exact = print_money(pence, unit, places=8)
    return f"£{exact.rstrip('0').rstrip('.') if '.' in exact else exact}{letter}"


def fund_chart(rows: Sequence[Asked], tranche: Tranche, reader: Reader) -> Chart:
    """What each part asks beside what it saves a year."""
    drawn: list[dict[str, str | int]] = []
    for asked in rows:
        name = reader.names.name("theme", asked.part)
        label = name if asked.fund is Fund.REVENUE else f"{name} ({in_words(asked.fund).lower()})"
        drawn += [
            {"label": label, "series": "Asked", "pence": asked.payback.asked_pence},
            {"label": label, "series": "Saved a year", "pence": asked.payback.yearly_pence},
        ]
    loud = [stands_out(asked) for asked in rows if asked.payback.stands_out]
    return Chart(
        "side_by_side",
        f"{in_words(tranche)}: asked, beside what is saved a year",
        f"{len(rows)} parts of the programme ask for investment; {len(loud)} ask for more than "
        "they save in a year. The table below has every figure.",
        tuple(drawn),
    )


def by_year_table(
    rows: Iterable[Asked], entries: Iterable[models.FundEntry], reader: Reader
) -> Table:
    """Asked, granted and spent by line and year; restricted lines of one part stand in one row."""
    sums: dict[tuple[str, str, str, str, str], list[int]] = {}
    places: dict[str, tuple[str, str, str]] = {}

    def add(line: str, year: str, column: int, pence: int) -> None:
        part, tranche, fund = places[line]
        shown = RESTRICTED_LINES if line in reader.hidden else line
        held = sums.setdefault((part, tranche, fund, shown, year), [0, 0, 0])
        held[column] += pence

    for asked in rows:
        for ask in asked.asks:
            places[ask.line] = (asked.part, in_words(asked.tranche), in_words(asked.fund))
            for year, pence in ask.by_year_pence.items():
                add(ask.line, year, 0, pence)
    for entry in entries:
        if entry.line_ref not in places:
            own = reader.ledger.lines[entry.line_ref]
            part = own.theme or own.project
            places[entry.line_ref] = (part, in_words(own.tranche), in_words(own.fund))
        add(entry.line_ref, entry.year, 1 if entry.sort == Sort.GRANTED else 2, entry.amount_pence)
    found = []
    for (part, tranche, fund, line, year), amounts in sums.items():
        is_open = line != RESTRICTED_LINES
        found.append(
            (
                Cell(reader.names.name("theme", part)),
                Cell(
                    line, line_url(line) if is_open else "", reader.title(line) if is_open else ""
                ),
                Cell(tranche),
                Cell(fund),
                Cell(NO_YEAR_LABELS.get(year, year)),
                *(Cell(pence or None) for pence in amounts),
            )
        )
    return Table(
        "By line and year",
        (
            Column("part", "Theme or project"),
            Column("line", "Line"),
            Column("tranche", "Tranche"),
            Column("fund", "Fund"),
            Column("year", "Year"),
            *(Column(key, title, Shape.PENCE) for key, title in _MONEY),
        ),
        tuple(map(Row, found)),
    )


def entries_table(
    entries: Iterable[models.FundEntry], reader: Reader, *, may_strike: Collection[str]
) -> Table:
    """Every grant and all spending, with the decision or reference. Entries on the lines
    `may_strike` can be taken away by this reader.
    """
    found, hidden = [], 0
    for entry in entries:
        if entry.line_ref in reader.hidden:
            hidden += 1
            continue
        found.append(
            (
                Cell(entry.on),
                Cell(entry.get_sort_display()),
                Cell(entry.line_ref, line_url(entry.line_ref), reader.title(entry.line_ref)),
                Cell(entry.year),
                Cell(entry.amount_pence),
                Cell(entry.decision, note=entry.note),
                *([_strike(entry, may_strike)] if may_strike else []),
            )
        )
    return Table(
        "Granted and spent",
        (
            Column("on", "On", Shape.DATE),
            Column("sort", "What"),
            Column("line", "Line"),
            Column("year", "Year"),
            Column("amount", "Amount", Shape.PENCE),
            Column("decision", "Decision or reference"),
            *([Column("strike", "Take away")] if may_strike else []),
        ),
        tuple(map(Row, found)),
        Unit.POUNDS,
        notes=(f"{hidden} more on restricted lines.",) if hidden else (),
    )


def _strike(entry: models.FundEntry, may_strike: Collection[str]) -> Cell:
    return Cell("Take away", f"/fund/{entry.pk}/") if entry.line_ref in may_strike else Cell(None)
