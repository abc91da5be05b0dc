"""What does the programme come to? Summary, grids, plan, bridge, changes: all from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from futurefit.cli import installation
from futurefit.cli.options import (
    AsAtOption,
    Format,
    FormatOption,
    FundChoice,
    FundOption,
    InOption,
    KnownAtOption,
    OutputOption,
    TrancheChoice,
    TrancheOption,
    examples,
    read_date,
    read_known_at,
)
from futurefit.cli.output import emit
from futurefit.cli.problems import CLEAN, Problem

if TYPE_CHECKING:
    from futurefit.cli.summary import Summary
    from futurefit.kernel.report import Report, Table
    from futurefit.ledger.bridge import Baseline
    from futurefit.ledger.presentations import Scope
    from futurefit.ledger.state import Ledger, Position
    from futurefit.site.ledger.reading import Reader
    from futurefit.site.ledger.spans import Place

app = typer.Typer(
    name="programme",
    help="What the programme comes to, and why.",
    epilog=examples("futurefit programme summary", "futurefit programme changes --since 3"),
    no_args_is_help=True,
    rich_markup_mode=None,
)


class ViewChoice(StrEnum):
    """How years are read."""

    INCREMENTS = "increments"
    PLAN = "plan"
    CUMULATIVE = "cumulative"


class MeasureChoice(StrEnum):
    """Which amounts."""

    FORECAST = "forecast"
    TARGET = "target"
    DELIVERED = "delivered"
    VARIANCE = "variance"
    SHORTFALL = "shortfall"
    UNRATED = "unrated"
    RED = "red"
    AMBER = "amber"
    GREEN_ON_TARGET = "green_on_target"


@app.command(
    epilog=examples(
        "futurefit programme summary",
        "futurefit programme summary --as-at 2015-11-19 --format json",
        "futurefit programme summary --format xlsx --output summary.xlsx",
    )
)
def summary(
    as_at: AsAtOption = "",
    known_at: KnownAtOption = "",
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Show totals, RAG grids and findings.

    Totals by theme, kind, rating and year; the grid of each project; what does not hold.

    Current and proposed savings, and funds, stand beside each other and are never added. The exit
    status is 1 when there are findings worse than notes.
    """
    with installation.opened() as folder:
        asked = _asked(folder, as_at, known_at)
        from futurefit.cli import summary as summaries
        from futurefit.kernel.findings import exit_status

        found = asked.summary
        asked.emit(summaries.report(found), form, output, summaries.values(found))
        return exit_status(found.findings)


def print_short_summary(folder: Path) -> None:
    """The summary as it stands now, in fewer tables, to the terminal."""
    from futurefit.cli import summary as summaries

    asked = _asked(folder)
    asked.emit(summaries.short_report(asked.summary), Format.TEXT, None)


@app.command(
    epilog=examples(
        "futurefit programme grid --in project=send-contract",
        "futurefit programme grid --tranche proposed --in theme=operating-model --format csv",
    )
)
def grid(
    tranche: TrancheOption = TrancheChoice.CURRENT,
    fund: FundOption = FundChoice.REVENUE,
    within: InOption = None,
    as_at: AsAtOption = "",
    known_at: KnownAtOption = "",
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Show the RAG grid: rating by year, as concept papers print it."""
    with installation.opened() as folder:
        asked = _asked(folder, as_at, known_at)
        from futurefit.ledger import presentations
        from futurefit.ledger.working import Figure
        from futurefit.site.ledger.presenters import rag_grid_table

        scope = asked.scope(tranche, fund, within)
        shown = presentations.rag_grid(asked.position, scope, asked.years)
        title = f"RAG grid: {asked.said(tranche, fund, within)}"
        asked.emit(rag_grid_table(shown, figure=Figure(scope), title=title), form, output)
    return CLEAN


@app.command(
    epilog=examples(
        "futurefit programme mtfp --in theme=self-sufficient",
        "futurefit programme mtfp --view cumulative --format xlsx --output plan.xlsx",
    )
)
def mtfp(
    tranche: TrancheOption = TrancheChoice.PROPOSED,
    fund: FundOption = FundChoice.REVENUE,
    within: InOption = None,
    view: Annotated[
        ViewChoice,
        typer.Option(
            "--view",
            help="increments: what each year adds; plan: one-offs taken back the year after; "
            "cumulative: the running total of the plan.",
        ),
    ] = ViewChoice.PLAN,
    as_at: AsAtOption = "",
    known_at: KnownAtOption = "",
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Show savings under the headings of the financial plan."""
    with installation.opened() as folder:
        asked = _asked(folder, as_at, known_at)
        from futurefit.ledger import presentations
        from futurefit.ledger.working import Figure
        from futurefit.site.ledger.presenters import presentation_table

        scope = asked.scope(tranche, fund, within)
        shown = presentations.mtfp(
            asked.position, scope, presentations.View(view.value), asked.years
        )
        table = presentation_table(
            shown,
            names=asked.reader.names,
            figure=Figure(scope),
            title=f"Medium-term financial plan: {asked.said(tranche, fund, within)}",
        )
        asked.emit(table, form, output)
    return CLEAN


@app.command(
    epilog=examples(
        "futurefit programme bridge --tranche current",
        "futurefit programme bridge --in project=modernising-hr --format json",
    )
)
def bridge(
    tranche: TrancheOption = TrancheChoice.PROPOSED,
    fund: FundOption = FundChoice.REVENUE,
    within: InOption = None,
    baseline: Annotated[
        str,
        typer.Option(
            "--baseline", metavar="NAME", help="The baseline to start from, not the newest."
        ),
    ] = "",
    as_at: AsAtOption = "",
    known_at: KnownAtOption = "",
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Show the way from target to delivered.

    From the original target, step by step, to what is forecast and what is delivered.

    Amounts without a year, and cost avoidance, stand outside it, as on every page.
    """
    with installation.opened() as folder:
        asked = _asked(folder, as_at, known_at)
        from futurefit.ledger import bridge as bridges
        from futurefit.ledger.working import Figure
        from futurefit.site.ledger.presenters import bridge_table

        scope = asked.scope(tranche, fund, within)
        found = bridges.bridge(asked.position, asked.baseline(baseline), scope=scope)
        table = bridge_table(found, figure=Figure(scope))
        asked.emit(table, form, output)
    return CLEAN


@app.command(
    epilog=examples(
        "futurefit programme changes --since 2015-10-01",
        "futurefit programme changes --since 3 --known-at 5 --format csv",
    )
)
def changes(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="WHEN",
            help="The earlier position: a day by which things took effect, or a journal's number.",
        ),
    ],
    as_at: AsAtOption = "",
    known_at: KnownAtOption = "",
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Show what changed between two positions.

    Line by line and act by act, from an earlier position to a later one.

    The later position is now, or what --as-at and --known-at say.
    """
    with installation.opened() as folder:
        asked = _asked(folder, as_at, known_at)
        from futurefit.ledger import changes as made
        from futurefit.site.ledger.presenters import changes_table

        if since.isdecimal():
            earlier = installation.position(asked.ledger, None, int(since), "--since")
        else:
            earlier = asked.ledger.at(read_date(since, "--since"))
        found = made.changes(earlier, asked.position)
        span = (since, known_at or as_at)
        asked.emit(changes_table(found, asked.reader, span=span), form, output)
    return CLEAN


@app.command(
    epilog=examples(
        "futurefit programme movement --since 2015-10-01",
        "futurefit programme movement --since 3 --until 5 --measure amber --tranche current",
    )
)
def movement(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="WHEN",
            help="The earlier position: a named one, a day by which things took effect, or a "
            "journal's number.",
        ),
    ],
    until: Annotated[
        str, typer.Option("--until", metavar="WHEN", help="The later position; now when left out.")
    ] = "",
    measure: Annotated[
        MeasureChoice, typer.Option("--measure", help="Which figure moved.")
    ] = MeasureChoice.FORECAST,
    tranche: TrancheOption = TrancheChoice.PROPOSED,
    fund: FundOption = FundChoice.REVENUE,
    within: InOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Show why a figure moved from one position to another.

    Step by step: new lines, estimates, slips, withdrawals, deliveries, and what was classed
    elsewhere. The steps close to the penny, in each year.
    """
    with installation.opened() as folder:
        asked = _asked(folder)
        from futurefit.ledger import movement as movements
        from futurefit.ledger.presentations import Measure
        from futurefit.ledger.working import Figure
        from futurefit.site.ledger.presenters.movement import movement_table

        span = asked.place(since, "--since"), asked.place(until, "--until")
        scope = asked.scope(tranche, fund, within)
        found = movements.movement(
            span[0].position(asked.ledger),
            span[1].position(asked.ledger),
            Measure(measure.value),
            scope=scope,
        )
        asked.emit(movement_table(found, figure=Figure(scope), span=span), form, output)
    return CLEAN


@app.command(
    epilog=examples(
        "futurefit programme report programme --format pdf --output report.pdf",
        "futurefit programme report project=send-contract --since 2015-10-01",
    )
)
def report(
    name: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="programme, tracker, theme=CODE or project=CODE."),
    ],
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="WHEN",
            help="What it is compared with: a named position, a day or a journal's number; when "
            "left out, the last named position before it.",
        ),
    ] = "",
    until: Annotated[
        str,
        typer.Option(
            "--until", "--as-at", metavar="WHEN", help="Where it stands; now when left out."
        ),
    ] = "",
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Write a report of the programme office.

    The same report as on the site: of the programme, a theme or a project, or the tracker for
    scrutiny, in which the reddest projects come first.
    """
    with installation.opened() as folder:
        asked = _asked(folder)
        asked.emit(asked.report(name, since, until), form, output)
    return CLEAN


@dataclass(frozen=True)
class _Asked:
    """The ledger and the position that a command is about."""

    ledger: Ledger
    position: Position
    as_at: date | None
    known_at: str

    @property
    def years(self) -> tuple[str, ...]:
        """The programme's years."""
        from futurefit.site.ledger import queries

        horizon = queries.horizon()
        assert horizon is not None
        return horizon.labels

    @property
    def reader(self) -> Reader:
        """Whoever can open the data folder may read every word in it."""
        from futurefit.ledger.rights import Role
        from futurefit.site.accounts.holders import Holder, Holding
        from futurefit.site.ledger.reading import Reader

        everything = frozenset({Holding(Role.PROGRAMME_OFFICE)})
        return Reader(Holder(user_id=0, holdings=everything), self.ledger)

    @property
    def summary(self) -> Summary:
        """The whole programme on one page."""
        from futurefit.cli import summary as summaries
        from futurefit.site.ledger import queries
        from futurefit.site.programme import queries as programme_queries

        programme = queries.programme()
        assert programme is not None
        names = self.reader.names
        return summaries.Summary(
            programme=programme.name,
            council=programme.council,
            head=str(self.ledger.head),
            as_at=self.as_at,
            years=self.years,
            standings=summaries.standings(self.position, self.years, names.name, names.rank),
            findings=tuple(programme_queries.findings(self.ledger)),
        )

    def scope(
        self, tranche: TrancheChoice, fund: FundChoice, within: Sequence[str] | None
    ) -> Scope:
        """Which lines are summed; Problem for a part of the programme that there is not."""
        from futurefit.ledger.entries import Fund, Tranche
        from futurefit.ledger.presentations import DIMENSIONS, Scope

        only = []
        for text in within or ():
            dimension, _, code = text.partition("=")
            if dimension not in DIMENSIONS:
                raise Problem(
                    f"--in: lines have no “{dimension}”. Write WHAT=CODE, where WHAT is one of "
                    f"{', '.join(DIMENSIONS)}."
                )
            codes = {DIMENSIONS[dimension](line) for line in self.position.lines.values()} - {""}
            if code not in codes:
                raise Problem(
                    f"--in: no line has the {dimension} “{code}”. "
                    f"There is {', '.join(sorted(codes)) or 'none'}."
                )
            only.append((dimension, code))
        return Scope(Tranche(tranche.upper()), Fund(fund.upper()), only=tuple(only))

    def said(self, tranche: TrancheChoice, fund: FundChoice, within: Sequence[str] | None) -> str:
        """The scope in words, for a title."""
        names = self.reader.names
        parts = [names.name(*text.partition("=")[::2]) for text in within or ()]
        money = tranche.value if fund is FundChoice.REVENUE else f"{tranche.value}, {fund.value}"
        return ", ".join([money, *parts])

    def place(self, text: str, option: str) -> Place:
        """A named position, a day or a journal's number; now where nothing is said."""
        from django.core.exceptions import ValidationError

        from futurefit.site.ledger.spans import NOW, PositionField

        try:
            found: Place | None = PositionField(required=False).clean(text)
        except ValidationError as wrong:
            raise Problem(f"{option}: {' '.join(wrong.messages)}") from None
        if found is not None and found.as_at is None:
            installation.position(self.ledger, None, found.known_at, option)
        return found or NOW

    def report(self, name: str, since: str, until: str) -> Report:
        """A report of the site's, by the name that was typed; Problem where there is none such."""
        from futurefit.site.programme import queries
        from futurefit.site.programme.reporting import Reporter, place_before

        to = self.place(until, "--until")
        reporter = Reporter(
            self.reader, self.place(since, "--since") if since else place_before(to), to
        )
        if name == "programme":
            return reporter.programme()
        if name == "tracker":
            return reporter.tracker()
        dimension, _, code = name.partition("=")
        make = {"theme": reporter.theme, "project": reporter.project}.get(dimension)
        part = queries.heading(dimension, code) if make else None
        if make is None or part is None:
            raise Problem(
                f"There is no report “{name}”. Write programme, tracker, theme=CODE or "
                "project=CODE."
            )
        return make(part)

    def baseline(self, name: str) -> Baseline | None:
        """The baseline of that name, or the newest; None where there is none."""
        from futurefit.ledger.bridge import Baseline
        from futurefit.site.ledger import queries
        from futurefit.site.ledger.models import NamedPosition

        found = queries.named_positions(NamedPosition.Kind.BASELINE)
        if name:
            known = [position.name for position in found]
            found = [position for position in found if position.name == name]
            if not found:
                raise Problem(
                    f"--baseline: there is no “{name}”. There is {', '.join(known) or 'none'}."
                )
        if not found:
            return None
        newest = found[-1]
        return Baseline(newest.name, newest.as_at, newest.number)

    def emit(
        self,
        document: Report | Table,
        form: Format,
        output: Path | None,
        values: dict[str, object] | None = None,
    ) -> None:
        """Write the result with its imprint."""
        made = installation.imprint(self.ledger.head, self.as_at, self.known_at)
        emit(document, form, output, made, values)


def _asked(folder: Path, as_at: str = "", known_at: str = "") -> _Asked:
    day, known = read_date(as_at, "--as-at"), read_known_at(known_at)
    ledger = installation.ledger(folder)
    return _Asked(ledger, installation.position(ledger, day, known), day, known_at)
