"""How well and how fast are real workbooks read? (aim: every cell right)

Government returns and councils' spending, from ../shared/data. calamine reads the same files on its
own: a figure counts as right where ours is its value at the printed rounding, words where they are
the same. The peer in time is openpyxl, read-only, giving values alone.
"""

from __future__ import annotations

import datetime
import gc
import io
import time
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from benchmarks.measuring import Comparison, Report, Score, Size, Skipped, Times
from futurefit.papers.document import Document, Table
from futurefit.papers.readers.xlsx import read
from futurefit.papers.readers.xlsx.sheet import address

_DATA = Path(__file__).parents[2] / "shared" / "data"
FILES = (
    "budget-papers/mhclg_revenue_summary_2015-16_by_LA.xlsx",
    "budget-papers/mhclg_revenue_summary_2016-17_by_LA.xlsx",
    "spend/lancashire-fire/spend_2022-23.xlsx",
    "spend/lancashire-pcc/spend_2020-21.xlsx",
    "spend/sutton-coldfield/payments_over_250_2016-17.xlsx",
)
_RUNS = 5
_PEER = "openpyxl 3.1.5, read-only"


def run(size: Size) -> Report:
    """Read each workbook, mark it, and time it beside openpyxl."""
    report = Report("workbooks", "real workbooks, cell by cell")
    for path in FILES:
        file = _DATA / path
        if not file.exists():
            report.skipped.append(Skipped(file.name, "the public data are not beside the project"))
            continue
        data = file.read_bytes()
        right, every, wrong = marked(read(file.name, "", data), data)
        report.scores.append(
            Score(
                f"{file.name}: cells read right, of {every:,}",
                100 * right / every,
                "%",
                100.0,
                note="; ".join(wrong),
            )
        )
        runs = _RUNS if size.runs > 10 else 1
        ours = _timed("FutureFit", lambda data=data: read("book.xlsx", "", data), runs)
        try:
            peer: Times | Skipped = _timed(_PEER, lambda data=data: _openpyxl(data), runs)
        except ValueError as error:  # openpyxl refuses files that Excel opens
            peer = Skipped(_PEER, str(error).partition(".")[0])
        report.comparisons.append(Comparison(file.name, ours, peers=(peer,)))
    return report


def marked(document: Document, data: bytes) -> tuple[int, int, list[str]]:
    """How many cells were read right, of how many, and the first that were not."""
    found: dict[tuple[str, str], str] = {}
    beside: set[str] = set()
    for block in document.blocks:
        if isinstance(block, Table):
            found |= {(block.sheet, cell.ref): cell.text for cell in block.cells}
        else:
            beside.add(block.text)
    right = every = 0
    wrong: list[str] = []
    for sheet, ref, value in _values(data):
        every += 1
        printed = found.get((sheet, ref))
        if (printed is None and _words(value) in beside) or _agrees(printed, value):
            right += 1
        elif len(wrong) < 3:
            wrong.append(f"{sheet}!{ref}: {printed!r} for {value!r}")
    return right, every, wrong


def _values(data: bytes) -> Iterator[tuple[str, str, object]]:
    """Every cell of the visible sheets that holds something, as calamine reads it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for described in book.sheets_metadata:
        if "Visible" not in str(described.visible):
            continue
        rows = book.get_sheet_by_name(described.name).to_python(skip_empty_area=False)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if value != "" and not (isinstance(value, str) and not value.strip()):
                    yield described.name, address(row, column), value


def _words(value: object) -> str:
    return " ".join(str(value).split())


def _agrees(printed: str | None, value: object) -> bool:
    """Whether what is printed is the value, at the rounding that it is printed with."""
    if printed is None:
        return False
    if isinstance(value, datetime.date | datetime.time):
        return any(one.isdigit() for one in printed)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return " ".join(printed.split()) == _words(value)
    plain = printed.replace(",", "").replace("£", "").replace(" ", "")
    if plain in ("-", ""):
        return abs(value) < 0.5
    minus = plain.startswith(("-", "("))
    plain, share = plain.strip("-()").rstrip("%"), plain.endswith("%")
    try:
        exact = Decimal(plain)
    except InvalidOperation:
        return False
    half = Decimal(5).scaleb(int(exact.as_tuple().exponent) - 1)
    size = Decimal(f"{abs(value):.15g}") * (100 if share else 1)
    return abs(exact - size) <= half and (minus == (value < 0) or not exact)


def _timed(name: str, act: Callable[[], object], runs: int) -> Times:
    found = []
    for _ in range(runs):
        gc.collect()
        began = time.process_time_ns()
        act()
        found.append((time.process_time_ns() - began) / 1e6)
    return Times(name, tuple(found))


def _openpyxl(data: bytes) -> object:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
