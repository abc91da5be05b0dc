"""Reports that the tests of every writer share."""

from datetime import UTC, date, datetime

from futurefit.kernel.report import (
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Shape,
    Table,
    Unit,
)
from futurefit.publishing.printing import Imprint

K = 1000_00  # a thousand pounds in pence

IMPRINT = Imprint(datetime(2026, 11, 22, 12, 30, tzinfo=UTC), (("Ledger head", "12:ab34"),))

YEARS = ("2015/16", "2016/17", "2017/18", "total")
SEN = {
    "GREEN_DELIVERED": (584, 318, None, 902),
    "GREEN_ON_TARGET": (None, 1025, 344, 1369),
    "AMBER": (None, 152, 32, 184),
    "RED": (None, None, None, None),
    "Total": (584, 1495, 376, 2455),
}


def grid(unit: Unit = Unit.THOUSANDS) -> Table:
    """The SEN paper's grid of current savings: a row a rating, a column a year."""
    return Table(
        title="Current savings: SEN contract",
        columns=(
            Column("rating", "Rating", Shape.RAG),
            *(Column(year, year.capitalize(), Shape.PENCE) for year in YEARS),
        ),
        rows=tuple(
            Row(
                (
                    Cell(rating),
                    *(Cell(None if cell is None else cell * K) for cell in cells),
                ),
                emphasis=rating == "Total",
            )
            for rating, cells in SEN.items()
        ),
        unit=unit,
        notes=("An empty cell was not stated.",),
    )


HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
)


def mixed() -> Table:
    """Every shape of cell, notes, levels and words that a spreadsheet could run."""
    columns = (
        Column("words", "Words"),
        Column("saving_pence", "Saving", Shape.PENCE),
        Column("posts", "Posts", Shape.COUNT),
        Column("share", "Share", Shape.SHARE),
        Column("due_on", "Due", Shape.DATE),
        Column("rag", "RAG", Shape.RAG),
    )
    first = Row(
        (
            Cell("Fees, “and” charges", href="/line/1"),
            Cell(1250_50, note="about"),
            Cell(1250),
            Cell(0.367),
            Cell(date(2015, 11, 19)),
            Cell("AMBER"),
        )
    )
    second = Row(
        (
            Cell("Energy"),
            Cell(None, note="TBC"),
            Cell(2.5),
            Cell(-0.012),
            Cell(datetime(2015, 11, 19, 10, tzinfo=UTC)),
            Cell("Green on target"),
        ),
        level=1,
    )
    rest = tuple(
        Row((Cell(words), Cell(-100), Cell(None), Cell(None), Cell(None), Cell("")))
        for words in HOSTILE
    )
    return Table("Lines", columns, (first, second, *rest), unit=Unit.POUNDS)


CHART = Chart(
    "rag_by_year",
    "Savings by year",
    "Bars of current savings by year and rating.",
    (
        {"year": "2015/16", "rag": "GREEN_DELIVERED", "pence": 584 * K, "href": "/w?year=2015/16"},
        {"year": "2015/16", "rag": "TARGET", "pence": 600 * K},
        {"year": "2016/17", "rag": "AMBER", "pence": 152 * K},
        {"year": "2016/17", "rag": "TARGET", "pence": 200 * K},
    ),
)


def report() -> Report:
    """Words, two tables and a chart."""
    return Report(
        "Programme summary",
        (Heading("Savings"), Paragraph("=As printed."), grid(), CHART, mixed()),
    )
