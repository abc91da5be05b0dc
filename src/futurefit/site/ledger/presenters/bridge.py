"""How is the bridge from target to delivered shown, and which postings make each step?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Cell, Chart, Column, Row, Shape, Table, Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import presentations
from futurefit.ledger.bridge import (
    AcceptedFailure,
    Baseline,
    Bridge,
    Crossings,
    RecurrentGap,
    Step,
    crossings,
)
from futurefit.ledger.columns import StandingPosting
from futurefit.ledger.entries import RATINGS, Account, EntryKind, Reason
from futurefit.ledger.presentations import Measure, Scope
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure, Part
from futurefit.site.ledger.links import journal_url, line_url, working_url
from futurefit.site.ledger.naming import RESTRICTED_LINES, in_words
from futurefit.site.ledger.reading import Reader

ORIGINAL, ADOPTED, SET_SINCE, RE_TARGETED = "original", "adopted", "set_since", "re_targeted"

STEP_TITLES = {
    ORIGINAL: "Original target",
    ADOPTED: "Adopted or classed anew since",
    SET_SINCE: "Targets set since",
    RE_TARGETED: "Targets changed by decision",
    Reason.UNIDENTIFIED: "Nothing found yet",
    Reason.RE_ESTIMATED: "Estimated anew",
    Reason.SLIPPED: "Slipped to other years",
    Reason.UNDELIVERABLE: "Cannot be delivered",
    Reason.WITHDRAWN: "Withdrawn",
    Reason.REPLACED: "Taken over by, or from, other lines",
    Reason.OVER_ACHIEVED: "Over-achieved",
    Account.UNRATED: "Not rated yet",
    Account.RED: "Red",
    Account.AMBER: "Amber",
    Account.GREEN_ON_TARGET: "Green on target, not yet delivered",
}
"""Every step of a bridge, as it is read."""

_SHORT = {
    ADOPTED: "Adopted since",
    SET_SINCE: "Set since",
    RE_TARGETED: "Changed by decision",
    Reason.SLIPPED: "Slipped",
    Reason.REPLACED: "Replaced",
    Account.UNRATED: "Unrated",
    Account.GREEN_ON_TARGET: "Green on target",
}
"""What has to be said in fewer words below a bar."""

_ALWAYS = frozenset((ORIGINAL,))
_NONE: frozenset[str] = frozenset()


def step_url(step: str, figure: Figure, baseline: str = "") -> str:
    """The working of one step of a bridge."""
    query = {"step": step, "baseline": baseline, **figure.query()}
    return f"/bridge/working/?{urlencode({name: text for name, text in query.items() if text})}"


def bridge_table(
    bridge: Bridge, *, figure: Figure, baseline: str = "", unit: Unit = Unit.THOUSANDS
) -> Table:
    """The steps with a running figure; steps in which nothing stands are left out."""
    rows: list[Row] = []
    running = 0

    def add(step: Step) -> None:
        nonlocal running
        running += step.amount_pence
        if step.amount_pence or step.key in _ALWAYS:
            amount = Cell(step.amount_pence, step_url(step.key, figure, baseline))
            rows.append(Row((Cell(STEP_TITLES[step.key]), amount, Cell(running))))

    def stand(title: str, measure: Measure) -> None:
        href = working_url(replace(figure, measure=measure))
        rows.append(Row((Cell(title), Cell(None), Cell(running, href)), emphasis=True))

    for step in bridge.to_target:
        add(step)
    stand("Target now", Measure.TARGET)
    for step in bridge.to_forecast:
        add(step)
    stand("Forecast", Measure.FORECAST)
    for step in bridge.to_delivered:
        add(step)
    stand("Delivered", Measure.DELIVERED)
    return Table(
        title="Bridge from target to delivered",
        columns=(
            Column("step", "Step"),
            Column("amount", "Amount", Shape.PENCE),
            Column("running", "Comes to", Shape.PENCE),
        ),
        rows=tuple(rows),
        unit=unit,
    )


def bridge_chart(
    bridge: Bridge, *, figure: Figure, baseline: str = "", title: str = "From target to delivered"
) -> Chart:
    """The same bridge to be drawn; its alternative text says where it starts, stands and ends."""
    rows: list[dict[str, str | int]] = []
    for steps, stands_at, measure, amount in (
        (bridge.to_target, "Target now", Measure.TARGET, bridge.target_pence),
        (bridge.to_forecast, "Forecast", Measure.FORECAST, bridge.forecast_pence),
        (bridge.to_delivered, "Delivered", Measure.DELIVERED, bridge.delivered_pence),
    ):
        rows += [
            {
                "label": _SHORT.get(step.key, STEP_TITLES[step.key]),
                "pence": step.amount_pence,
                "part": "change",
                "href": step_url(step.key, figure, baseline),
            }
            for step in steps
            if step.amount_pence
        ]
        href = working_url(replace(figure, measure=measure))
        rows.append({"label": stands_at, "pence": amount, "part": "total", "href": href})
    figures = [bridge.target_pence, bridge.forecast_pence, bridge.delivered_pence]
    target, forecast, delivered = (print_money(pence, Unit.MILLIONS) for pence in figures)
    return Chart(
        kind="bridge",
        title=title,
        alt=f"Target £{target}m, forecast £{forecast}m, delivered £{delivered}m. "
        "The table below has every step.",
        rows=tuple(rows),
    )


def step_parts(
    position: Position,
    key: str,
    baseline: Baseline | None,
    scope: Scope,
    years: frozenset[str] | None = None,
) -> list[Part]:
    """The postings that make one step of a bridge, each with its effect on the step."""
    columns = position.ledger.columns
    counted = presentations.counted(position, scope).tolist()
    lines = [line for line, counts in zip(columns.lines, counted, strict=True) if counts]
    if years is None:
        years = frozenset(columns.years) - {UNPROFILED}
    if key in (ORIGINAL, ADOPTED, SET_SINCE, RE_TARGETED):
        return _target_parts(position, key, baseline, scope, lines, years)
    place = (Account(key), None) if key in RATINGS else (Account.VARIANCE, Reason(key))
    chosen = position.postings(lines=lines, years=years, accounts=[place])
    # Every account that a step draws on stands against the figure: more of it, less is left.
    return [Part(standing, -standing.posting.amount_pence) for standing in chosen]


def _target_parts(
    position: Position,
    key: str,
    baseline: Baseline | None,
    scope: Scope,
    lines: Sequence[str],
    years: frozenset[str],
) -> list[Part]:
    crossed = crossings(position, baseline, scope) if baseline else Crossings(_NONE, _NONE)
    parts = []
    for standing in position.postings(
        lines={*lines, *crossed.left}, years=years, accounts=[(Account.TARGET, None)]
    ):
        # What left the scope was a target of it at first, and is taken out by the step after.
        has_left = standing.posting.line in crossed.left
        step = _target_step(standing, baseline)
        if not has_left and step != RE_TARGETED and standing.posting.line in crossed.joined:
            step = ADOPTED
        if step == key and not (has_left and step != ORIGINAL):
            parts.append(Part(standing, -standing.posting.amount_pence))
        elif has_left and step == ORIGINAL and key == ADOPTED:
            parts.append(Part(standing, standing.posting.amount_pence))
    return parts


def _target_step(standing: StandingPosting, baseline: Baseline | None) -> str:
    if standing.kind is not EntryKind.SET_TARGET:
        return RE_TARGETED
    is_original = baseline is None or (
        standing.journal <= baseline.number and standing.effective_on <= baseline.as_at
    )
    return ORIGINAL if is_original else SET_SINCE


def accepted_failure_table(
    found: Sequence[AcceptedFailure], reader: Reader, unit: Unit = Unit.THOUSANDS
) -> Table:
    """Targets that were moved to accept a failure, oldest first."""
    rows = [
        Row(
            (
                Cell(failure.line, line_url(failure.line)),
                Cell(reader.title(failure.line)),
                Cell(failure.year),
                Cell(in_words(failure.reason)),
                Cell(failure.amount_pence, journal_url(failure.journal, failure.entry)),
                Cell(str(failure.journal), journal_url(failure.journal)),
            )
        )
        for failure in found
        if failure.line not in reader.hidden
    ]
    hidden = [failure.amount_pence for failure in found if failure.line in reader.hidden]
    if hidden:
        blank = Cell(None)
        rows.append(Row((Cell(RESTRICTED_LINES), blank, blank, blank, Cell(sum(hidden)), blank)))
    return Table(
        title="Targets moved to accept failure",
        columns=(
            Column("line", "Line"),
            Column("title", "Title"),
            Column("year", "Year"),
            Column("reason", "Accepted"),
            Column("amount", "Target lowered by", Shape.PENCE),
            Column("journal", "Journal"),
        ),
        rows=tuple(rows),
        unit=unit,
    )


def recurrent_gap_table(
    gaps: Sequence[RecurrentGap],
    reader: Reader,
    figure: Figure,
    unit: Unit = Unit.THOUSANDS,
) -> Table:
    """Lasting savings that one-off lines stand in for."""
    rows = [
        Row(
            (
                Cell(gap.line, line_url(gap.line)),
                Cell(reader.title(gap.line)),
                Cell(gap.met_by, line_url(gap.met_by)),
                Cell(gap.year),
                Cell(gap.amount_pence, gap_url(gap, figure)),
            )
        )
        for gap in gaps
        if not reader.hides((gap.line, gap.met_by))
    ]
    hidden = [gap.amount_pence for gap in gaps if reader.hides((gap.line, gap.met_by))]
    if hidden:
        blank = Cell(None)
        rows.append(Row((Cell(RESTRICTED_LINES), blank, blank, blank, Cell(sum(hidden)))))
    return Table(
        title="Recurrent gaps",
        columns=(
            Column("line", "Lasting line"),
            Column("title", "Title"),
            Column("met_by", "Met by (one-off)"),
            Column("year", "Year"),
            Column("amount", "Comes back", Shape.PENCE),
        ),
        rows=tuple(rows),
        unit=unit,
        notes=("A lasting target met for one year only: the gap comes back the year after.",),
    )


def gap_url(gap: RecurrentGap, figure: Figure) -> str:
    """The working of one recurrent gap, at the figure's position."""
    query = {"line": gap.line, "met_by": gap.met_by, "year": gap.year}
    at = {name: text for name, text in figure.query().items() if name in ("as_at", "known_at")}
    return f"/bridge/gap/?{urlencode(query | at)}"


def gap_parts(position: Position, line: str, met_by: str, year: str) -> list[Part]:
    """The postings in which a one-off line took over from a lasting one, in one year."""
    return [
        Part(standing, standing.posting.amount_pence)
        for event in position.ledger.replace_events
        if (event.line, event.replaced_by) == (line, met_by)
        and position.holds(event.effective_on, event.ref)
        and not position.undone(event.ref)
        for standing in position.postings(
            lines=[line],
            years=[year],
            journals=(event.ref.journal, event.ref.journal),
            entry=event.ref.entry,
            accounts=[(Account.VARIANCE, Reason.REPLACED)],
        )
    ]
