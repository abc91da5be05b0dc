"""How soon is a report of 100 pages a tagged PDF?

A table that goes over 100 pages, its heading row on each. The peer is ReportLab setting the same
rows in the same widths, without any tags: nobody who listens can use what it makes. The figures of
both files are read by PDFium and compared before anything is timed. Processor time, in turn.
"""

from __future__ import annotations

import gc
import io
import re
import time
from collections.abc import Callable

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.platypus import LongTable, SimpleDocTemplate

from benchmarks.measuring import Comparison, Report, Score, Size, Times, agree
from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.publishing import pdf
from futurefit.publishing.printing import print_value

_RUNS = 5
_ON_A_PAGE = 44  # rows


def run(size: Size) -> Report:
    """Write the report both ways and compare."""
    pages = 100 if size.runs > 10 else 3
    rows = drawn(pages * _ON_A_PAGE)
    ours, theirs = pdf.write(rows), by_reportlab(rows)
    report = Report("tagged_pdf", f"{len(rows.rows):,} rows of {len(rows.columns)} cells")
    found = figures(ours)
    agree("figures", found, figures(theirs))
    report.agreed.append(f"{len(found):,} figures, as PDFium reads them")
    report.scores.append(Score("pages", len(pypdfium2.PdfDocument(ours)), "pages", pages))
    acts: dict[str, Callable[[], object]] = {
        "FutureFit": lambda: pdf.write(rows),
        "ReportLab, no tags": lambda: by_reportlab(rows),
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(_RUNS if size.runs > 10 else 1):
        for name, act in acts.items():
            gc.collect()
            began = time.process_time_ns()
            act()
            times[name].append((time.process_time_ns() - began) / 1e6)
    mine, peer = (Times(name, tuple(taken)) for name, taken in times.items())
    report.comparisons.append(Comparison("the whole report", mine, peers=(peer,)))
    return report


def drawn(rows: int) -> Table:
    """Lines with a rating and five amounts each."""
    columns = (
        Column("line", "Line"),
        Column("rag", "RAG", Shape.RAG),
        *(Column(str(year), f"20{year}/{year + 1}", Shape.PENCE) for year in range(16, 21)),
    )
    made = tuple(
        Row(
            (
                Cell(f"Line {number}"),
                Cell("AMBER" if number % 3 else "GREEN_ON_TARGET"),
                *(Cell((number * year % 9000 + 1) * 100_000) for year in range(16, 21)),
            )
        )
        for number in range(rows)
    )
    return Table("Lines", columns, made)


def by_reportlab(table: Table) -> bytes:
    """The same rows with ReportLab."""
    file = io.BytesIO()
    rows = [[column.title for column in table.columns]] + [
        [
            print_value(cell.value, column.shape, table.unit)
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    SimpleDocTemplate(file, pagesize=A4).build([LongTable(rows, repeatRows=1)])
    return file.getvalue()


def figures(written: bytes) -> list[str]:
    """Every line with its amounts, in order."""
    text = " ".join(
        " ".join(page.get_textpage().get_text_bounded().split())
        for page in pypdfium2.PdfDocument(written)
    )
    return re.findall(r"Line \d+ [A-Z][a-z ]+((?: ?[\d,]+){5})", text)
