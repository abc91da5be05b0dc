"""How fast and how well is a long PDF read? (aim: 3 times its bare text, 30 times pdfplumber)

The floor is PDFium telling the text of every page and no more. The peer is pdfplumber with the
settings it comes with. What we do is the whole job: text and tables of every page. pdfplumber is
timed at that (`extract_text` and `extract_tables` of each page) and, to show what the tables alone
cost it, at `extract_tables` only. The paper's content is known, so both are marked cell by cell.
"""

from __future__ import annotations

import gc
import io
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import pdfplumber
import pypdfium2

from benchmarks import adjacency, drawn_paper
from benchmarks.adjacency import Agreement, Spot, normal, relations
from benchmarks.drawn_paper import Drawn, Kind
from benchmarks.measuring import Comparison, Report, Score, Size, Times, agree
from futurefit.papers.document import Document
from futurefit.papers.readers.pdf import read

Tables = dict[int, list[list[Spot]]]
"""Tables as cells, by page."""

_SAMPLE = 10  # every tenth page goes to pdfplumber; its time for them is taken times ten
_RUNS = 7
_PEER_RUNS = 3


def run(size: Size) -> Report:
    """Read both papers of 350 pages in every way, in turn, and mark what was read of them."""
    full = size.runs > 10
    pages, tables = (350, 300) if full else (21, 18)
    sample = range(1, pages + 1, _SAMPLE if full else 3)
    data, drawn = drawn_paper.draw(pages, tables)
    sparse, sparse_drawn = drawn_paper.draw_sparse(pages, tables)
    report = Report(
        "pdf", f"{pages} pages with {tables} tables, {len(data) // 1000:,} kB, content known"
    )
    _race(report, "full pages", data, pages, sample, full=full)
    _race(report, "sparse pages", sparse, pages, sample, full=full)
    document = read("paper.pdf", "", data)
    report.agreed.append(agree("pages", document.pages, pages))
    found = found_in(document)
    _mark(report, drawn, found, plumbed(data, sample), sample)
    sparse_found = found_in(read("sparse.pdf", "", sparse))
    report.scores.append(
        Score("cells read right, sparse pages", 100 * right_share(sparse_drawn, sparse_found), "%")
    )
    with_tables = {table.page for table in drawn}
    report.scores += [
        Score(
            "tables found on pages of prose",
            sum(len(tables) for page, tables in found.items() if page not in with_tables),
            more=False,
            aim=0,
        ),
        Score("most memory beyond the file", _peak(data), "MB", more=False),
    ]
    return report


def _race(
    report: Report, name: str, data: bytes, pages: int, sample: Sequence[int], *, full: bool
) -> None:
    """Time a paper in every way, in turn."""
    ours: list[float] = []
    floor: list[float] = []
    their_tables: list[float] = []
    their_whole: list[float] = []
    read("paper.pdf", "", data)
    for number in range(_RUNS if full else 1):
        gc.collect()
        floor.append(_timed(lambda: _bare(data)))
        gc.collect()
        ours.append(_timed(lambda: read("paper.pdf", "", data)))
        if number < _PEER_RUNS:
            their_tables.append(_plumbed_ms(data, sample, pages, text=False))
            their_whole.append(_plumbed_ms(data, sample, pages, text=True))
    # The quickest of each: what other work on the machine added is nobody's.
    best = min(ours)
    report.comparisons.append(
        Comparison(
            f"the whole paper, {name}",
            Times("FutureFit", tuple(ours)),
            floor=Times("PDFium, text only", tuple(floor)),
            peers=(
                Times("pdfplumber 0.11.10, text and tables", tuple(their_whole)),
                Times("pdfplumber 0.11.10, tables alone", tuple(their_tables)),
            ),
            note=f"pdfplumber opened the file and read {len(sample)} pages; its time for those is "
            f"scaled to {pages}.",
        )
    )
    report.scores += [
        Score(f"{name}: time, in times the text alone", best / min(floor), "x", 3.0, more=False),
        Score(
            f"{name}: pdfplumber's time for text and tables, in times ours",
            min(their_whole) / best,
            "x",
            30.0,
        ),
        Score(
            f"{name}: pdfplumber's time for tables alone, in times ours for text and tables",
            min(their_tables) / best,
            "x",
        ),
    ]


def _mark(
    report: Report, drawn: Sequence[Drawn], found: Tables, theirs: Tables, sample: Sequence[int]
) -> None:
    """Mark the cells of each kind of table, ours and those of the pages that pdfplumber read."""
    for kind in Kind:
        chosen = [table for table in drawn if table.kind is kind]
        sampled = [table for table in chosen if table.page in sample]
        report.scores += [
            Score(
                f"cells read right, {kind}",
                100 * right_share(chosen, found),
                "%",
                peers=((f"pdfplumber ({len(sampled)})", 100 * right_share(sampled, theirs)),),
            ),
            Score(
                f"adjacency F1, {kind}",
                _agreement(chosen, found).f1,
                peers=((f"pdfplumber ({len(sampled)})", _agreement(sampled, theirs).f1),),
            ),
        ]


def _timed(act: Callable[[], object]) -> float:
    """Milliseconds of the processor: all run on one core, and others may have the machine."""
    began = time.process_time_ns()
    act()
    return (time.process_time_ns() - began) / 1e6


def _plumbed_ms(data: bytes, sample: Sequence[int], pages: int, *, text: bool) -> float:
    """What pdfplumber takes: opening the file once, and the pages of a sample scaled to all."""
    gc.collect()
    began = time.process_time_ns()
    with pdfplumber.open(io.BytesIO(data)) as paper:
        every = paper.pages
        opened = time.process_time_ns()
        for number in sample:
            page = every[number - 1]
            if text:
                page.extract_text()
            page.extract_tables()
            page.close()
        ended = time.process_time_ns()
    return (opened - began + (ended - opened) * pages / len(sample)) / 1e6


def _bare(data: bytes) -> int:
    """What PDFium needs for the text alone."""
    document = pypdfium2.PdfDocument(data)
    letters = 0
    for page in document:
        text = page.get_textpage()
        letters += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return letters


def _peak(data: bytes) -> float:
    """The most that Python holds while it reads, in MB; PDFium's own page by page is beside it."""
    gc.collect()
    tracemalloc.start()
    document = read("paper.pdf", "", data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert document.blocks
    return most / 1e6


def found_in(document: Document) -> Tables:
    """The tables of a document by page; a table over several pages counts on each for its part."""
    tables: Tables = {}
    for table in document.tables:
        parts: dict[int, list[Spot]] = {}
        first: dict[int, int] = {}
        for cell in table.cells:
            page = cell.page or table.page or 0
            row = cell.row - first.setdefault(page, cell.row - 1)
            parts.setdefault(page, []).append(
                Spot(
                    row,
                    cell.column,
                    row + cell.row_span - 1,
                    cell.column + cell.col_span - 1,
                    cell.text,
                )
            )
        for page, cells in parts.items():
            tables.setdefault(page, []).append(cells)
    return tables


def plumbed(data: bytes, pages: Iterable[int], settings: dict[str, str] | None = None) -> Tables:
    """The tables that pdfplumber extracts."""
    tables: Tables = {}
    with pdfplumber.open(io.BytesIO(data)) as paper:
        for number in pages:
            page = paper.pages[number - 1]
            tables[number] = [
                [
                    Spot(row, column, row, column, text)
                    for row, cells in enumerate(table, 1)
                    for column, text in enumerate(cells, 1)
                    if text is not None
                ]
                for table in page.extract_tables(settings)
            ]
            page.close()
    return tables


def right_share(drawn: Sequence[Drawn], found: Tables) -> float:
    """The share of cells with text that were found in their row and column with that text."""
    right = total = 0
    for table in drawn:
        true = _places(table.cells)
        total += len(true)
        right += max((len(true & _places(cells)) for cells in found.get(table.page, ())), default=0)
    return right / total if total else 0.0


def _places(cells: Iterable[Spot]) -> set[tuple[int, int, str]]:
    return {(one.row, one.column, normal(one.text)) for one in cells if normal(one.text)}


def _agreement(drawn: Sequence[Drawn], found: Tables) -> Agreement:
    total = Agreement()
    for table in drawn:
        pooled: adjacency.Relations = Counter()
        for cells in found.get(table.page, ()):
            pooled += relations(cells)
        total += adjacency.score(pooled, relations(table.cells))
    return total
