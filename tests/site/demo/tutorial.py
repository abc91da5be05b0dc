"""The tables of the tutorial, made from the ledger that its script makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Paragraph, Report, Shape, Table, Unit
from futurefit.ledger import presentations as pr
from futurefit.ledger.chain import Head
from futurefit.ledger.delivery_record import LOOKED_AT, Fate, records
from futurefit.ledger.entries import LineKind, Tranche
from futurefit.ledger.missed import missed
from futurefit.ledger.movement import movement
from futurefit.ledger.presentations import Measure, Scope
from futurefit.ledger.rating_moves import rating_moves
from futurefit.ledger.rights import Role
from futurefit.ledger.state import Ledger, Position
from futurefit.ledger.working import Figure
from futurefit.publishing.printing import print_value
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.demo import papers, year
from futurefit.site.demo.year import YEAR, Act, Month
from futurefit.site.ledger import queries
from futurefit.site.ledger import records as looks
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.presenters.movement import CAUSE_TITLES
from futurefit.site.ledger.presenters.record import (
    FATE_TITLES,
    missed_table,
    rating_moves_table,
)
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.spans import Place
from futurefit.site.programme.reporting import Reporter

PAGE = "docs/manual/tutorial.md"
BLOCK = re.compile(r"<!-- (?P<what>\w+)(?:: (?P<of>[\w ]+))? -->\n(?P<text>.*?)<!-- end -->", re.S)
SAVINGS = Scope(tranche=Tranche.CURRENT, kind=LineKind.SAVING)
BUDGET = "Budget 2016/17"
OFFICE = Holder(user_id=0, holdings=frozenset({Holding(Role.PROGRAMME_OFFICE)}))

MEASURES = (
    (Measure.TARGET, "Target"),
    (Measure.FORECAST, "**Forecast**"),
    (Measure.UNRATED, "of it unrated"),
    (Measure.RED, "red"),
    (Measure.AMBER, "amber"),
    (Measure.GREEN_ON_TARGET, "green on target"),
    (Measure.DELIVERED, "delivered"),
)


@cache
def _ledger(head: Head) -> Ledger:
    return queries.current_ledger()


def played() -> Ledger:
    """The ledger after the year."""
    # Within a test's transaction the site would read it anew each time.
    return _ledger(queries.head())


def position(name: str) -> Position:
    """A named position of the played year."""
    named = {each.name: each for each in queries.named_positions()}[name]
    return played().at(named.as_at, named.number)


def amount(at: Position, measure: Measure = Measure.FORECAST) -> int:
    """Current savings of the year at a position, in pence."""
    shown = pr.by(at, scope=SAVINGS, years=[YEAR])
    return shown.total(measure).amounts[shown.years.index(YEAR)]


def thousands(pence: int) -> str:
    """As the tutorial prints money."""
    return print_money(pence, Unit.THOUSANDS)


def drawn(rows: Iterable[Iterable[str]], right: int = 1) -> str:
    """A Markdown table; its first row is the heading, its columns from `right` on are figures."""
    lines = [list(row) for row in rows]
    rule = ["---" if place < right else "---:" for place in range(len(lines[0]))]
    return "".join(f"| {' | '.join(line)} |\n" for line in (lines[0], rule, *lines[1:]))


def before(month: Month) -> Month:
    """The month before."""
    told = year.script()
    return told[told.index(month) - 1]


def pack_before(month: Month) -> str:
    """The position of the pack before, or the budget."""
    earlier = [m for m in year.script() if m.pack and m.last_day < month.last_day]
    return earlier[-1].name if earlier else BUDGET


def acts(month: Month) -> str:
    """What was said in a month."""
    titles = {post.code: post.title for post in papers.read().posts} | {
        year.OFFICE: "Programme office"
    }
    rows = [["day", "who", "line", "what they say", "£", "why"]]
    told = {act.id: act for each in year.script() for act in each.acts if act.id}
    for act in month.acts:
        about = told[act.undoes] if act.undoes else act
        pounds = f"{about.pounds:,}" if about.pounds else ""
        day = f"{act.on.day} {act.on:%B}"
        line = about.line or ", ".join(act.lines)
        rows.append([day, titles[act.by], line, what(act, titles), pounds, act.why])
    return drawn(rows, right=9)


def what(act: Act, titles: Mapping[str, str]) -> str:
    """An act in words."""

    def word(code: str) -> str:
        return in_words(pr.Account(code)).lower()

    years = f"{in_words_of(act.year)} to {in_words_of(act.to_year)}"
    decision = f", by decision of {act.decision}" if act.decision else ""
    accepted = f"; accepted by the {titles[act.checked_by]}" if act.checked_by else ""
    return {
        "adopt": lambda: f"become current{decision}",
        "slip": lambda: f"{word(act.rating)} amount moves from {years}",
        "rate": lambda: f"re-rated from {word(act.rating)} to {word(act.to)}",
        "deliver": lambda: f"{word(act.rating)} amount delivered ({act.reference}){accepted}",
        "reverse": lambda: f"the delivery of June is reversed{accepted}",
        "open": lambda: f"line opened: {act.title}",
        "replace": lambda: f"{word(act.rating)} amount replaced by {act.replaced_by}",
        "withdraw": lambda: f"{word(act.rating)} amount withdrawn",
        "estimate": lambda: f"{word(act.rating)} amount estimated anew: {reason(act)}",
        "re-target": lambda: f"target changed, accepting what was {reason(act)}{decision}",
    }[act.act]()


def reason(act: Act) -> str:
    """The reason that an act gives, in words."""
    if act.reason == "RE_ESTIMATED":
        return "it comes to less"
    return in_words(pr.Reason(act.reason)).lower()


def in_words_of(label: str) -> str:
    """A year as it is read."""
    return "no year" if label == "UNPROFILED" else label


def month(month: Month) -> str:
    """Where current savings stood before a month and after it, and why."""
    first = month is year.script()[0]
    after = position(month.name)
    if first:
        return drawn([[YEAR, month.name], *([t, thousands(amount(after, m))] for m, t in MEASURES)])
    was = position(before(month).name)
    rows = [[YEAR, before(month).name, month.name]]
    rows += [[t, thousands(amount(was, m)), thousands(amount(after, m))] for m, t in MEASURES]
    if amount(was) == amount(after):
        return drawn(rows)
    return drawn(rows) + "\n" + bridge(before(month).name, month.name)


def bridge(since: str, until: str) -> str:
    """The forecast from one named position to another, in the year."""
    found = movement(position(since), position(until), scope=SAVINGS, years=frozenset((YEAR,)))
    assert found.closes
    rows = [["Why it moved", YEAR], [since, thousands(found.opening[YEAR])]]
    rows += [[CAUSE_TITLES[s.cause], thousands(s.by_year[YEAR])] for s in found.steps if s.by_year]
    rows += [[f"**{until}**", f"**{thousands(found.closing[YEAR])}**"]]
    return drawn(rows)


def pack(month: Month) -> str:
    """The bridge from the pack before."""
    return bridge(pack_before(month), month.name)


def made_report(month: Month) -> Report:
    """The programme report of a pack, compared with the pack before, as the office reads it."""
    named = {each.name: each for each in queries.named_positions()}
    since, until = (
        Place(name, name, named[name].as_at, named[name].number)
        for name in (pack_before(month), month.name)
    )
    return Reporter(Reader(OFFICE, played()), since, until).programme()


def report(month: Month) -> str:
    """What the report of a pack says of the whole plan, in its words."""
    words = [block.text for block in made_report(month).blocks if isinstance(block, Paragraph)]
    told = [text for text in words if text.startswith(("Current:", "Proposed:"))]
    return "".join(f"> {text}\n>\n" for text in told).removesuffix(">\n")


def plain(table: Table, *, leave_out: Iterable[str] = ()) -> str:
    """A table of the site as Markdown."""
    kept = [n for n, column in enumerate(table.columns) if column.key not in set(leave_out)]
    rows = [[table.columns[n].title for n in kept]]
    for row in table.rows:
        rows.append(
            [print_value(row.cells[n].value, table.columns[n].shape, Unit.THOUSANDS) for n in kept]
        )
    words = [n for n in kept if table.columns[n].shape not in (Shape.PENCE, Shape.SHARE)]
    return drawn(rows, right=len(words) if words == kept[: len(words)] else 99)


def ratings() -> str:
    """What each rating of the first day became."""
    ledger = played()
    first = ledger.at(year.script()[1].acts[0].on)
    end = position("March 2017")
    moves = rating_moves(first, end, SAVINGS, frozenset((YEAR,)))
    span = Place("2016-04-01", "1 April 2016"), Place("March 2017", "March 2017")
    return plain(rating_moves_table(moves, figure=Figure(SAVINGS), span=span))


def why_missed() -> str:
    """Why the year was missed, line by line."""
    reader = Reader(OFFICE, played())
    found = missed(YEAR, position("March 2017"), reader.ledger.now, SAVINGS)
    return plain(missed_table(found, reader), leave_out=("title", "journal"))


def record() -> str:
    """What became of each rating of the first day."""
    ledger, closed = played(), looks.closings()
    (ended,) = [y for y in looks.ended_years(ledger, closed) if y.label == YEAR]
    found = looks.outcomes_of(ended, ledger, closed, SAVINGS)
    made = records((o for o in found if o.look == 0), lambda o: o.rating)
    fates = [fate for fate in Fate if any(r.fates.get(fate) for r in made.values())]
    rows = [
        ["Stood as", "Stood", "Share that came true", *(FATE_TITLES[f] for f in fates), "Lines"]
    ]
    for rating in LOOKED_AT:
        if rating in made:
            own = made[rating]
            share = print_value(float(own.came_true_share), Shape.SHARE)
            amounts = [thousands(own.fates[f]) if f in own.fates else "" for f in fates]
            rows.append(
                [in_words(rating), thousands(own.stood_pence), share, *amounts, str(own.lines)]
            )
    return drawn(rows)


def written(text: str) -> str:
    """The tutorial with each of its tables made anew."""
    months = {each.name: each for each in year.script()}
    of_months: dict[str, Callable[[Month], str]] = {
        "acts": acts,
        "month": month,
        "pack": pack,
        "report": report,
    }
    others: dict[str, Callable[[], str]] = {
        "year": lambda: bridge(BUDGET, "March 2017"),
        "ratings": ratings,
        "missed": why_missed,
        "record": record,
    }

    def made(block: re.Match[str]) -> str:
        what, of = block["what"], block["of"]
        table = of_months[what](months[of]) if of else others[what]()
        return f"<!-- {what}{f': {of}' if of else ''} -->\n\n{table}\n<!-- end -->"

    return BLOCK.sub(made, text)
