"""How sure is each pound, does a RAG grid add up, and what should be expected of it?

The ratings of the concept papers (rule RAG-01), and the checks of a grid of them (rules RAG-02,
RAG-03 and RAG-04, which the findings quote). A colour never stands alone: the word goes with it.
Colours next to each other in the order below differ enough in lightness to be told apart in grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money, round_half_up
from futurefit.kernel.parameters import parameter
from futurefit.kernel.report import Unit


class Rag(StrEnum):
    """How a saving stands. The names are those of the ledger's rating accounts."""

    GREEN_DELIVERED = "GREEN_DELIVERED"
    GREEN_ON_TARGET = "GREEN_ON_TARGET"
    AMBER = "AMBER"
    RED = "RED"
    UNRATED = "UNRATED"

    @property
    def word(self) -> str:
        """As it is said: "Green on target"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def meaning(self) -> str:
        """What a person means who gives this rating."""
        return _MEANING[self]

    @property
    def colour(self) -> str:
        """Its colour, as #rrggbb."""
        return _COLOUR[self]

    @property
    def ink(self) -> str:
        """The colour of words on it, legible at WCAG AA (never white on amber)."""
        return "#ffffff" if self in (Rag.GREEN_DELIVERED, Rag.RED) else "#0b0c0c"


_MEANING = {
    Rag.GREEN_DELIVERED: "Secured: the budget is reduced, the contract signed or the post deleted.",
    Rag.GREEN_ON_TARGET: "A plan exists and is on time.",
    Rag.AMBER: "It can be delivered, but its amount or its time is at risk.",
    Rag.RED: "There is no agreed plan, or it is unlikely.",
    Rag.UNRATED: "Nobody has rated it yet.",
}
_COLOUR = {
    Rag.GREEN_DELIVERED: "#00522e",
    Rag.GREEN_ON_TARGET: "#63b77c",
    Rag.AMBER: "#ffbf47",
    Rag.RED: "#a31621",
    Rag.UNRATED: "#e2e4e6",
}


class NotRag(ValueError):
    """The text is not a rating."""


def read_rag(text: str) -> Rag:
    """Read a rating as papers print it: "Green Delivered", "AMBER", "Green (on target)"."""
    words = " ".join("".join(c if c.isalpha() else " " for c in text).split())
    try:
        return Rag(words.upper().replace(" ", "_"))
    except ValueError:
        known = ", ".join(rag.word for rag in Rag)
        raise NotRag(f"“{text}” is not a rating. Write one of: {known}.") from None


@dataclass(frozen=True, slots=True)
class RagGrid:
    """A printed grid in whole pence: a row a rating, a column a year, and the printed totals.

    None is an empty cell: it counts as nothing where cells are added, and is not tested where a
    total should stand.
    """

    columns: tuple[str, ...]
    rows: Mapping[Rag, tuple[int | None, ...]]
    row_totals: Mapping[Rag, int | None]
    column_totals: tuple[int | None, ...]
    grand_total: int | None


def check_grid(grid: RagGrid, unit: Unit = Unit.THOUSANDS) -> list[Finding]:
    """Whether rows, columns and grand total agree: one finding a cause, with its consequence."""
    every_cell = sum(cell or 0 for row in grid.rows.values() for cell in row)
    row_sums = [
        (rag.word, sum(cell or 0 for cell in row), printed)
        for rag, row in grid.rows.items()
        if (printed := grid.row_totals.get(rag)) is not None
    ]
    column_sums = [
        (label, sum(row[place] or 0 for row in grid.rows.values()), printed)
        for place, label in enumerate(grid.columns)
        if (printed := grid.column_totals[place]) is not None
    ]
    findings = []
    explained = False
    for rule, kind, other, totals in (
        ("RAG-02", "row", "columns", row_sums),
        ("RAG-03", "column", "rows", column_sums),
    ):
        wrong = [total for total in totals if total[1] != total[2]]
        if not wrong:
            continue
        added = sum(printed for _, _, printed in totals)
        consequence = ""
        if grid.grand_total == every_cell != added:
            consequence = (
                f" So the {kind} totals add to {print_money(added, unit)} and not to the grand "
                f"total of {print_money(every_cell, unit)}, which the {other} prove."
            )
        elif grid.grand_total == added != every_cell:
            explained = True
            consequence = (
                f" The grand total of {print_money(added, unit)} follows from it and should be "
                f"{print_money(every_cell, unit)}."
            )
        findings += [
            _wrong_total(rule, f"{name}: the {kind}", adds, printed, consequence, unit)
            for name, adds, printed in wrong
        ]
    if grid.grand_total is not None and grid.grand_total != every_cell and not explained:
        findings.append(_wrong_total("RAG-04", "The grid", every_cell, grid.grand_total, "", unit))
    return findings


def _wrong_total(
    code: str, what: str, added: int, printed: int, consequence: str, unit: Unit
) -> Finding:
    """The finding that a printed total is not what its cells add to."""
    apart = printed - added
    says, adds = print_money(printed, unit), print_money(added, unit)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=f"{what} adds to {adds}; the printed total is {says}, "
        f"{print_money(abs(apart), unit)} {'more' if apart > 0 else 'less'}.{consequence}",
        printed=says,
        expected=adds,
        difference=print_money(apart, unit),
        advice="Look for transposed figures or a cell that was changed after the total.",
    )


def rag_weights(on: date) -> dict[Rag, Decimal]:
    """The share to expect of each rating, as in force on a date: local policy, an assumption."""
    return {rag: Decimal(parameter(f"rag_weight_{rag.lower()}", on).value) for rag in Rag}


def weighted_forecast(amounts: Mapping[Rag, int], weights: Mapping[Rag, Decimal]) -> int:
    """What to expect of rated amounts in pence: each by its weight, rounded once at the end."""
    exact = sum((amount * weights[rag] for rag, amount in amounts.items()), Decimal(0))
    return int(round_half_up(exact))
