"""How is it shown where a project stands, who has signed it, and what has changed since?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger.presentations import Measure
from futurefit.programme.lifecycle import WAY, Stage
from futurefit.programme.signed import SORTS, Changed
from futurefit.site.ledger.links import journal_url, line_url
from futurefit.site.ledger.naming import ATTRIBUTE_TITLES, RESTRICTED_LINES, Names, in_words
from futurefit.site.ledger.presenters.figures import measure_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import models
from futurefit.site.programme.links import part_url
from futurefit.site.programme.presenters.statements import place
from futurefit.site.programme.queries import Reached, Signed, Wanted

HOLDS, CHANGED, UNSIGNED, ON_PAPER = (
    "Holds",
    "Changed since signed",
    "Not signed",
    "On paper: names no figures of the ledger",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the way of a project: `state` is "done", "here" or "to come"."""

    words: str
    state: str
    on: date | None = None
    why: str = ""
    decision: str = ""


def steps(stage: Stage, reached: Sequence[Reached]) -> list[Step]:
    """The stages of a project in their order, each with when it was reached.

    A project that is withdrawn or replaced ends there: what would have come is not shown. A stage
    before the first that is kept here was passed elsewhere, and has no day.
    """
    last = {each.stage: each for each in reached}
    way = list(WAY)
    if stage not in WAY:
        passed = [place for place, each in enumerate(WAY) if each in last]
        way = [*WAY[: max(passed, default=-1) + 1], stage]
    here = way.index(stage)
    return [
        _step(each, "here" if place == here else "done" if place < here else "to come", last)
        for place, each in enumerate(way)
    ]


def _step(stage: Stage, state: str, last: Mapping[Stage, Reached]) -> Step:
    reached = last.get(stage) if state != "to come" else None
    if reached is None:
        return Step(in_words(stage), state)
    return Step(in_words(stage), state, reached.on, reached.why, reached.decision)


def sign_offs_table(
    rows: Iterable[models.SignOff], standing: Sequence[Signed], posts: Mapping[str, str]
) -> Table:
    """Every signature under a project and whether it still holds; then who has not signed."""
    holding = {each.latest.pk: each for each in standing if each.latest is not None}
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        if row.ledger_number is None:
            state = ON_PAPER
        elif row.pk not in holding:
            state = "Signed again since"
        else:
            state = HOLDS if holding[row.pk].holds else CHANGED
        found.append(
            (
                Cell(row.role, note=row.note),
                Cell(state),
                Cell(posts.get(row.post_title, row.post_title)),
                Cell(row.signed_on),
                Cell(
                    f"{row.ledger_number}:{row.ledger_digest}"
                    if row.ledger_number is not None
                    else ""
                ),
                Cell(place(row)),
            )
        )
    found += [
        (Cell(each.capacity), Cell(UNSIGNED), *[Cell(None)] * 4)
        for each in standing
        if each.latest is None
    ]
    return Table(
        "Sign-offs",
        (
            Column("role", "As"),
            Column("state", "Does it hold?"),
            Column("post", "Post"),
            Column("signed_on", "On", Shape.DATE),
            Column("ledger", "Ledger signed"),
            Column("where", "Where it was read"),
        ),
        tuple(map(Row, found)),
    )


def changed_table(standing: Sequence[Signed], reader: Reader) -> Table:
    """What is not as it was signed: line, year, before, after, and the journals that did it."""
    rows = []
    for signed in standing:
        hidden = [changed for changed in signed.changed if changed.line in reader.hidden]
        for changed in signed.changed:
            if changed in hidden:
                continue
            rows.append(
                Row(
                    (
                        Cell(signed.capacity),
                        Cell(changed.line, line_url(changed.line), reader.title(changed.line)),
                        Cell(_what(changed)),
                        Cell(changed.year),
                        *_sides(changed, reader.names),
                        Cell(
                            ", ".join(map(str, changed.journals)),
                            journal_url(changed.journals[0]) if changed.journals else "",
                        ),
                    )
                )
            )
        if hidden:
            first = (Cell(signed.capacity), Cell(RESTRICTED_LINES), Cell(f"{len(hidden)} figures"))
            rows.append(Row((*first, *[Cell(None)] * 4)))
    return Table(
        "Changed since signed",
        (
            Column("role", "Signed as"),
            Column("line", "Line"),
            Column("what", "What"),
            Column("year", "Year"),
            Column("before", "As signed", Shape.PENCE),
            Column("after", "Now", Shape.PENCE),
            Column("journals", "Journals"),
        ),
        tuple(rows),
        Unit.POUNDS,
    )


def _what(changed: Changed) -> str:
    if changed.what in SORTS:
        return ATTRIBUTE_TITLES[changed.what]
    return measure_words(Measure(changed.what)).partition(" (")[0]


def _sides(changed: Changed, names: Names) -> tuple[Cell, Cell]:
    if isinstance(changed.before, int):
        return Cell(changed.before), Cell(changed.after)
    before, after = (
        names.name(changed.what, str(text)) for text in (changed.before, changed.after)
    )
    return Cell(before), Cell(after)


def submissions_table(rows: Iterable[models.Submission], *, may_read: bool) -> Table:
    """Every paper that was submitted; whoever may read it finds the PDF here."""
    return Table(
        "Submissions",
        (
            Column("at", "Submitted", Shape.DATE),
            Column("stage", "At the stage"),
            Column("post", "By"),
            Column("note", "Note"),
            Column("ledger", "Ledger then"),
            Column("file", "Paper"),
        ),
        tuple(
            Row(
                (
                    Cell(row.at),
                    Cell(row.get_stage_display()),
                    Cell(row.post_title),
                    Cell(row.note),
                    Cell(f"{row.ledger_number}:{row.ledger_digest[:12]}"),
                    Cell(
                        f"PDF, SHA-256 {row.sha256[:12]}",
                        f"{part_url(row.project.heading)}submissions/{row.pk}/" if may_read else "",
                    ),
                )
            )
            for row in rows
        ),
    )


def wanted_table(found: Iterable[Wanted]) -> Table:
    """The signatures that are waited for."""
    rows = []
    for wanted in found:
        heading = wanted.project.heading
        signed = wanted.signed
        rows.append(
            Row(
                (
                    Cell(heading.name, part_url(heading)),
                    Cell(wanted.project.get_stage_display()),
                    Cell(signed.capacity),
                    Cell(CHANGED if signed.changed else UNSIGNED),
                    Cell(signed.latest.signed_on if signed.latest else None),
                    Cell(len(signed.changed) or None),
                    Cell("Sign", f"{part_url(heading)}sign-off/"),
                )
            )
        )
    return Table(
        "Waiting for signatures",
        (
            Column("project", "Project"),
            Column("stage", "Stage"),
            Column("role", "Waiting for"),
            Column("why", "Why"),
            Column("signed_on", "Last signed", Shape.DATE),
            Column("changed", "Figures changed since", Shape.COUNT),
            Column("sign", "Sign"),
        ),
        tuple(rows),
    )
