"""The real pack of November 2015 and its published extract, as several tests look into them."""

from collections.abc import Iterable
from typing import Any

from futurefit.kernel.provenance import Provenance
from futurefit.ledger.entries import Account
from futurefit.papers.candidates import LineCandidate, PaperCandidate, PaperKind
from futurefit.papers.document import Document

PACK = "data/packs/worcestershire-cabinet-2015-11-19.md"
MILLION, THOUSAND = 100_000_000, 100_000  # in pence
RATINGS = ("green_delivered", "green_on_target", "amber", "red")


def theme(extract: dict[str, Any], name: str) -> dict[str, Any]:
    return next(theme for theme in extract["themes"] if theme["id"] == name)


TITLES = {
    "send-contract": "Special Education Needs and Disabilities Contract Efficiency",
    "self-sufficient": "Self-Sufficient Council",
    "commissioning": "Commissioning",
    "active-alliances": "Active Alliances",
    "operating-model": "Operating Model",
    "modernising-hr": "Modernising Human Resources and Organisational Development",
}


def paper(papers: Iterable[PaperCandidate], name: str) -> PaperCandidate:
    return next(
        one
        for one in papers
        if one.title.text == TITLES[name] and one.kind in (PaperKind.PROJECT, PaperKind.THEME)
    )


def line(paper: PaperCandidate, key: str) -> LineCandidate:
    return next(one for one in paper.lines if one.key == key)


def by_year(line: LineCandidate, account: Account | None = None) -> dict[str, int]:
    return {
        one.year: one.pence for one in line.amounts if account is None or one.account is account
    }


def printed(pack: Document, place: Provenance) -> str:
    """The cell of the document that a place names."""
    table = next(table for table in pack.tables if table.index == place.table)
    return next(
        cell.text for cell in table.cells if (cell.row, cell.column) == (place.row, place.column)
    )
