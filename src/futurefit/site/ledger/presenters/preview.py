"""What would a change do? Before and after, line by line, and along the bridge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger import columns as cols
from futurefit.ledger.bridge import bridge
from futurefit.ledger.classing import in_force
from futurefit.ledger.entries import Account, Entry
from futurefit.ledger.presentations import Measure, Scope, by
from futurefit.ledger.state import Ledger
from futurefit.site.ledger import people
from futurefit.site.ledger.naming import NO_YEAR_LABELS, Names, in_words
from futurefit.site.ledger.presenters.bridge import STEP_TITLES
from futurefit.site.ledger.presenters.figures import BLANK

_TARGET = cols.account_code(Account.TARGET, None)


def preview_tables(before: Ledger, after: Ledger, entries: Sequence[Entry]) -> list[Table]:
    """For each line that moves, its accounts before and after; then the bridge's."""
    moved = [
        line
        for line in sorted(people.touched(entries))
        if any(posting.line == line for entry in entries for posting in entry.postings)
    ]
    tables = [balances_table(before, after, line, entries) for line in moved]
    if moved:
        tables.append(bridge_effect_table(before, after, moved))
        tables.append(programme_effect_table(before, after, moved))
    return tables


def balances_table(before: Ledger, after: Ledger, line: str, entries: Iterable[Entry]) -> Table:
    """Every account of a line in the years that move, now and then; both sides balance."""
    years = sorted({p.year for entry in entries for p in entry.postings if p.line == line})
    was = before.now.balances(line) if line in before.lines else {}
    then = after.now.balances(line)
    rows = []
    for code, (account, reason) in enumerate(cols.ACCOUNTS):
        # The target is a contra account: people know it as the positive amount to be reached.
        sign = -1 if code == _TARGET else 1
        cells: list[Cell] = []
        for year in years:
            now, next_ = (sign * held.get((year, code), 0) for held in (was, then))
            note = "" if now == next_ else "changes"
            cells += [
                Cell(now) if now else BLANK,
                Cell(next_ if next_ or note else None, note=note),
            ]
        if any(cell.value is not None for cell in cells):
            title = in_words(reason) if reason else in_words(account)
            rows.append(Row((Cell(f"{'Short: ' if reason else ''}{title}"), *cells)))
    balance: list[Cell] = []
    for year in years:
        balance += [
            Cell(sum(amount for (at, _), amount in held.items() if at == year))
            for held in (was, then)
        ]
    rows.append(Row((Cell("Balance (nought on both sides)"), *balance), emphasis=True))
    columns = [Column("account", "Stands as")]
    for year in years:
        label = NO_YEAR_LABELS.get(year, year)
        columns += [
            Column(f"{year} now", f"{label} now", Shape.PENCE),
            Column(f"{year} after", f"{label} after", Shape.PENCE),
        ]
    return Table(f"Line {line}, before and after", tuple(columns), tuple(rows), Unit.POUNDS)


def bridge_effect_table(before: Ledger, after: Ledger, lines: Sequence[str]) -> Table:
    """The bridge of the lines that move, now and after."""
    scope = Scope(tranche=None, fund=None, lines=frozenset(lines))
    now, then = [bridge(ledger.now, scope=scope) for ledger in (before, after)]
    rows = []

    def add(title: str, now: int, then: int, *, always: bool) -> None:
        if now or then or always:
            change = Cell(then - now) if then != now else BLANK
            rows.append(Row((Cell(title), Cell(now), Cell(then), change), emphasis=always))

    steps = ((*side.to_target, *side.to_forecast) for side in (now, then))
    for one, other in zip(*steps, strict=True):
        add(STEP_TITLES[one.key], one.amount_pence, other.amount_pence, always=False)
    add("Forecast", now.forecast_pence, then.forecast_pence, always=True)
    for one, other in zip(now.to_delivered, then.to_delivered, strict=True):
        add(STEP_TITLES[one.key], one.amount_pence, other.amount_pence, always=False)
    add("Delivered", now.delivered_pence, then.delivered_pence, always=True)
    which = f"line {lines[0]}" if len(lines) == 1 else f"lines {' and '.join(lines)}"
    return Table(
        f"The bridge of {which}",
        (
            Column("step", "Step"),
            Column("now", "Now", Shape.PENCE),
            Column("after", "After", Shape.PENCE),
            Column("change", "Change", Shape.PENCE),
        ),
        tuple(rows),
        Unit.POUNDS,
    )


def programme_effect_table(before: Ledger, after: Ledger, lines: Sequence[str]) -> Table:
    """What it does to the programme as a whole, in the tranches and funds that the lines lie in."""
    heaps = dict.fromkeys((after.lines[line].tranche, after.lines[line].fund) for line in lines)
    rows = []
    for tranche, fund in heaps:
        scope = Scope(tranche, fund)
        for measure in (Measure.TARGET, Measure.FORECAST, Measure.DELIVERED):
            now, then = (by(side.now, scope=scope).total(measure).total for side in (before, after))
            change = Cell(then - now) if then != now else BLANK
            title = f"{in_words(tranche)} {in_words(fund).lower()}, net: {measure}"
            rows.append(Row((Cell(title), Cell(now), Cell(then), change)))
    return Table(
        "The whole programme",
        (
            Column("what", "What"),
            Column("now", "Now", Shape.PENCE),
            Column("after", "After", Shape.PENCE),
            Column("change", "Change", Shape.PENCE),
        ),
        tuple(rows),
        Unit.POUNDS,
    )


def attributes_preview_table(
    before: Ledger, entry: Entry, names: Names, titles: dict[str, str]
) -> Table:
    """How a line is classed, before and after."""
    was, will = in_force(before, entry.line, entry.effective_on), entry.attributes
    rows = []
    for name, title in titles.items():
        old = getattr(was, name) if was else ""
        new = getattr(will, name)
        if old or new:
            now = names.name(name, old) if was else None
            note = "changes" if was and old != new else ""
            rows.append(Row((Cell(title), Cell(now), Cell(names.name(name, new), note=note))))
    return Table(
        f"How line {entry.line} is classed from {entry.effective_on:%d %B %Y}",
        (Column("what", "What"), Column("now", "Now"), Column("after", "After")),
        tuple(rows),
    )
