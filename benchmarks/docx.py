"""How fast is a long Word file read? (aim: 5 times as fast as python-docx)

The file has 300 pages and 300 tables. The peer is python-docx giving the same: the text of every
paragraph and of every cell, in order. The floor is ElementTree building the main part's tree and no
more. The texts of both are compared before anything is timed.
"""

from __future__ import annotations

import gc
import io
import time
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import docx
from docx.table import Table as WordTable

from benchmarks.measuring import Comparison, Report, Score, Size, Times, agree
from futurefit.papers.document import Document, Table
from futurefit.papers.readers.docx import read

_RUNS = 9
Told = tuple[list[str], list[list[list[str]]]]
"""The texts of the paragraphs, and of each table's cells, row by row."""


def run(size: Size) -> Report:
    """Read the file both ways, in turn, and compare."""
    pages = 300 if size.runs > 10 else 6
    data = drawn(pages)
    ours = told(read("paper.docx", "", data))
    theirs = told_by_python_docx(data)
    cells = sum(len(row) for table in ours[1] for row in table)
    report = Report("docx", f"{pages} pages, {len(ours[1])} tables, {cells:,} cells")
    agree("texts of cells", ours[1], theirs[1])
    agree("texts of paragraphs", ours[0], theirs[0])
    report.agreed.append(f"{cells:,} cells and {len(ours[0]):,} paragraphs, word for word")
    acts: dict[str, Callable[[], object]] = {
        "FutureFit": lambda: read("paper.docx", "", data),
        "python-docx 1.2.0": lambda: told_by_python_docx(data),
        "ElementTree, the bare tree": lambda: _tree(data),
    }
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(_RUNS if size.runs > 10 else 1):
        for name, act in acts.items():
            gc.collect()
            began = time.process_time_ns()
            act()
            found[name].append((time.process_time_ns() - began) / 1e6)
    mine, peer, floor = (Times(name, tuple(times)) for name, times in found.items())
    report.comparisons.append(Comparison("the whole file", mine, floor=floor, peers=(peer,)))
    ratio = min(peer.milliseconds) / min(mine.milliseconds)
    report.scores.append(Score("python-docx's time, in times ours (quickest)", ratio, "x", 5.0))
    return report


def drawn(pages: int) -> bytes:
    """A paper of so many pages: a heading, four paragraphs and a table of 12 by 8 on each."""
    made = docx.Document()
    for page in range(1, pages + 1):
        made.add_heading(f"Service {page}", 1)
        for number in range(1, 5):
            paragraph = made.add_paragraph(f"{page}.{number} Cabinet is asked to approve ")
            paragraph.add_run("the savings of this service").bold = True
            paragraph.add_run(", which the table below sets out by year and by rating, " * 2)
            paragraph.add_run("and to note the risks.").italic = True
        table = made.add_table(12, 8)
        for row, line in enumerate(table.rows):
            for column, cell in enumerate(line.cells):
                text = f"{page * row * column:,}" if row and column else f"Heading {row + column}"
                run = cell.paragraphs[0].add_run(text)
                if not row:
                    run.bold = True
        made.add_page_break()
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def told(document: Document) -> Told:
    """What we read, in the peer's form."""
    texts: list[str] = []
    tables = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows: list[list[str]] = []
            for cell in block.cells:
                if cell.row > len(rows):
                    rows.append([])
                rows[-1].append(cell.text)
            tables.append(rows)
        else:
            texts.append(block.text)
    return texts, tables


def told_by_python_docx(data: bytes) -> Told:
    """What python-docx reads: paragraphs and tables in order, every cell's text."""
    texts: list[str] = []
    tables = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, WordTable):
            tables.append([[cell.text for cell in row.cells] for row in block.rows])
        elif text := block.text.strip():
            texts.append(text)
    return texts, tables


def _tree(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return ET.fromstring(file.read("word/document.xml"))
