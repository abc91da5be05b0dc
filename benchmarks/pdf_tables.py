"""How well are tables in other people's PDFs read? (beside pdfplumber, on published ground truth)

The EU half of the ICDAR 2013 table competition by the competition's measure, page by page as its
truth is, so before tables are joined over pages; four simple PDFs with the CSV that they should
give; and a town council's payments, as a PDF and as a clean CSV that others made of the same list.
These files were looked at while the rules were made: they show what the reader can do with papers
like them, and are no blind test.
"""

from __future__ import annotations

import csv
import io
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.adjacency import Agreement, Relations, Spot, normal, relations, score, truth
from benchmarks.installation import ROOT
from benchmarks.measuring import Report, Score, Size, Skipped
from benchmarks.pdf import Tables, plumbed
from futurefit.papers.readers.pdf.opening import pages
from futurefit.papers.readers.pdf.page import Page
from futurefit.papers.readers.pdf.tables import tables

SHARED = ROOT.parent / "shared" / "data"
ICDAR = SHARED / "pdf-tables" / "icdar2013-eu"
SIMPLE = SHARED / "pdf-tables" / "simple"
PAYMENTS = SHARED / "spend" / "sutton-coldfield"
_BY_TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}

Reader = Callable[[bytes], Tables]


def ours(data: bytes) -> Tables:
    """Our tables page by page, before those that go on over the page are joined."""
    found: Tables = {}
    for page in pages("paper.pdf", data):
        if isinstance(page, Page):
            found[page.number] = [
                [
                    Spot(
                        cell.row,
                        cell.column,
                        cell.row + cell.row_span - 1,
                        cell.column + cell.col_span - 1,
                        cell.text,
                    )
                    for cell in table.cells
                ]
                for table in tables(page)
            ]
    return found


def plumber(data: bytes) -> Tables:
    """pdfplumber's, with the settings it comes with."""
    return plumbed(data, range(1, _count(data) + 1))


def plumber_by_text(data: bytes) -> Tables:
    """pdfplumber's, told to go by the words."""
    return plumbed(data, range(1, _count(data) + 1), _BY_TEXT)


READERS: dict[str, Reader] = {
    "FutureFit": ours,
    "pdfplumber 0.11.10": plumber,
    "pdfplumber, text strategy": plumber_by_text,
}


def run(size: Size) -> Report:
    """Read each set with each reader and mark it."""
    report = Report("pdf_tables", "tables in published PDFs, with their ground truth")
    if not ICDAR.exists():
        report.skipped.append(Skipped("all sets", f"{SHARED} is not there"))
        return report
    most = None if size.runs > 10 else 2
    agreed: dict[str, Agreement] = {}
    seconds: dict[str, float] = {}
    rows: dict[str, float] = {}
    paid: dict[str, float] = {}
    for name, reader in READERS.items():
        began = time.perf_counter()
        agreed[name] = icdar(reader, most)
        seconds[name] = time.perf_counter() - began
        rows[name] = 100 * simple(reader)
        paid[name] = 100 * payments(reader) if most is None else 0.0
    report.scores += [
        _score("ICDAR 2013 EU, adjacency precision", agreed, lambda one: one.precision),
        _score("ICDAR 2013 EU, adjacency recall", agreed, lambda one: one.recall),
        _score("ICDAR 2013 EU, adjacency F1", agreed, lambda one: one.f1),
        _plain("ICDAR 2013 EU, seconds for the set", seconds, "s", more=False),
        _plain("four simple PDFs, cells as in the CSV", rows, "%"),
        _plain("Sutton Coldfield's payments, cells as in the clean CSV", paid, "%"),
    ]
    return report


def _score(title: str, agreed: dict[str, Agreement], of: Callable[[Agreement], float]) -> Score:
    return _plain(title, {name: of(one) for name, one in agreed.items()}, "")


def _plain(title: str, figures: dict[str, float], unit: str, *, more: bool = True) -> Score:
    (_, mine), *peers = figures.items()
    return Score(title, mine, unit, more=more, peers=tuple(peers))


def _count(data: bytes) -> int:
    return sum(1 for _ in pages("paper.pdf", data))


# --- ICDAR 2013 ---------------------------------------------------------------------------------


def icdar(reader: Reader, most: int | None = None) -> Agreement:
    """All documents together, as the competition counts: micro precision and recall.

    Document 9 was annotated twice; the first annotation counts.
    """
    total = Agreement()
    for path in sorted(ICDAR.glob("*.pdf"))[:most]:
        true = truth(path.with_name(f"{path.stem}-str.xml"))
        found = reader(path.read_bytes())
        for page in true.keys() | found.keys():
            pooled: Relations = Counter()
            for cells in found.get(page, ()):
                pooled += relations(cells)
            total += score(pooled, true.get(page, Counter()))
    return total


# --- Four PDFs with the CSV that they should give -----------------------------------------------


def simple(reader: Reader) -> float:
    """The share of the CSVs' filled cells that stand in a row with the same filled cells.

    A row counts cell by cell against the row found that has most of it, in order.
    """
    right = total = 0
    for path in sorted(SIMPLE.glob("*.pdf")):
        text = path.with_suffix(".csv").read_text(encoding="utf-8-sig")
        true = [_filled(row) for row in csv.reader(io.StringIO(text))]
        here = rows_right([row for row in true if row], _rows(reader(path.read_bytes())))
        right += here
        total += sum(map(len, true))
    return right / total


def _filled(row: Iterable[str]) -> list[str]:
    return [normal(text) for text in row if normal(text)]


def _rows(found: Tables) -> list[list[str]]:
    """The filled cells of every row of every table."""
    rows: list[list[str]] = []
    for page in sorted(found):
        for cells in found[page]:
            by_row: dict[int, list[tuple[int, str]]] = {}
            for cell in cells:
                by_row.setdefault(cell.row, []).append((cell.column, cell.text))
            rows += [_filled(text for _, text in sorted(by_row[row])) for row in sorted(by_row)]
    return [row for row in rows if row]


def rows_right(true: list[list[str]], found: list[list[str]]) -> int:
    """How many cells of the true rows stand in the row that has most of them, each row once."""
    spare = [Counter(row) for row in found]
    right = 0
    for row in true:
        wanted = Counter(row)
        best = max(range(len(spare)), key=lambda at: (spare[at] & wanted).total(), default=None)
        if best is not None:
            right += (spare[best] & wanted).total()
            spare[best] = Counter()
    return right


# --- The same payments in two forms -------------------------------------------------------------


def payments(reader: Reader) -> float:
    """The share of the clean file's cells that stand together in one row of the PDF's tables."""
    with (PAYMENTS / "payments_2016-17_clean.csv").open(encoding="utf-8-sig") as file:
        true = [_filled(row) for row in csv.reader(file)]
    return rows_right(true[1:], _rows(reader((PAYMENTS / PDF).read_bytes()))) / sum(
        map(len, true[1:])
    )


PDF = Path("payments_over_250_2016-17.pdf")
