"""Which lines may count a pound twice, how much, why, and what has somebody said of it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.ledger.double_counts import Suspect
from futurefit.ledger.rulings import Looked
from futurefit.ledger.said import SaidLine
from futurefit.site.ledger import models
from futurefit.site.ledger.links import line_url
from futurefit.site.ledger.naming import NO_YEAR_LABELS
from futurefit.site.ledger.presenters.figures import BLANK
from futurefit.site.ledger.reading import Reader

PAIR = "/double-counting/pair/"


def pair_url(pair: tuple[str, str]) -> str:
    """The page of two lines side by side."""
    return f"{PAIR}?{urlencode({'line_a': pair[0], 'line_b': pair[1]})}"


def state_words(looked: Looked) -> str:
    """How far a suspect has come, in words."""
    if looked.ruled is None:
        return "To be ruled on"
    verdict = models.Ruling.Verdict(looked.ruled.verdict.value).label
    return f"Ruled before, changed since: {verdict}" if looked.changes else f"Ruled: {verdict}"


def suspects_table(found: Sequence[Looked], reader: Reader, title: str) -> Table:
    """Suspects, those that nobody has ruled on first; each leads to its two lines side by side."""
    years = sorted({year for one in found for year in one.suspect.question_pence})
    rows = [
        Row(
            (
                Cell(_pair(one.suspect, reader), pair_url(one.suspect.pair)),
                Cell(state_words(one)),
                Cell(str(one.suspect.way).capitalize()),
                *(_amount(one.suspect.question_pence.get(year)) for year in years),
                Cell(one.suspect.pence),
                Cell(" ".join((*one.suspect.why, *_since(one)))),
                Cell(one.suspect.confidence),
                Cell(one.suspect.advice),
            )
        )
        for one in sorted(found, key=lambda one: not one.is_open)
    ]
    return Table(
        title=title,
        columns=(
            Column("lines", "Lines"),
            Column("state", "Ruling"),
            Column("way", "How"),
            *(Column(year, NO_YEAR_LABELS.get(year, year), Shape.PENCE) for year in years),
            Column("question", "In question", Shape.PENCE),
            Column("why", "Why"),
            Column("confidence", "How sure", Shape.SHARE),
            Column("advice", "What to do"),
        ),
        rows=tuple(rows),
        notes=(
            "In question, by year and in all, is the lesser of the two amounts: what would be "
            "counted twice. It is "
            "taken out of no total until somebody changes a line.",
        ),
    )


def _amount(pence: int | None) -> Cell:
    return BLANK if pence is None else Cell(pence)


def _pair(suspect: Suspect, reader: Reader) -> str:
    return " and ".join(f"{ref} {reader.title(ref)}".strip() for ref in suspect.pair)


def _since(looked: Looked) -> tuple[str, ...]:
    return (f"Since the ruling: {'; '.join(looked.changes)}.",) if looked.changes else ()


def pair_table(lines: Iterable[SaidLine], reader: Reader) -> Table:
    """Lines side by side, year by year."""
    lines = list(lines)
    years = sorted({year for line in lines for year in line.amounts})
    return Table(
        title="Side by side",
        columns=(
            Column("line", "Line"),
            Column("service", "Service"),
            Column("tranche", "Part of"),
            *(Column(year, NO_YEAR_LABELS.get(year, year), Shape.PENCE) for year in years),
            Column("all", "All years", Shape.PENCE),
            Column("told", "What it says"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(f"{line.line} {line.title}", line_url(line.line)),
                    Cell(reader.names.name("service", line.service)),
                    Cell(reader.names.name("tranche", reader.ledger.lines[line.line].tranche)),
                    *(_amount(line.amounts.get(year)) for year in years),
                    Cell(sum(line.amounts.values())),
                    Cell(line.narrative),
                )
            )
            for line in lines
        ),
    )


def verdict_words(ruling: models.Ruling) -> str:
    """What somebody ruled, with who keeps it or in which shares."""
    said = ruling.get_verdict_display()
    if ruling.keeps:
        said += f"; {ruling.keeps} keeps it"
    if ruling.share_a is not None:
        said += (
            f"; {ruling.line_a} {ruling.share_a / 100:g}% and "
            f"{ruling.line_b} {100 - ruling.share_a / 100:g}%"
        )
    return said
