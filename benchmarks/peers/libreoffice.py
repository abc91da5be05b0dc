"""The same roll-ups as a workbook, recalculated by LibreOffice.

It is spared the postings. Its sheet of lines holds each line's forecast by year and rating as
values, and each line's group as a number, −1 where the line is out of scope; so a cell is one SUMIF
with one criterion, which of the ways that were tried (SUMIFS, words to compare) is the quickest.

A macro in a profile of its own opens the workbook, times `calculateAll()`, and writes what the
sheet of results then shows.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from benchmarks.measuring import Skipped, Times
from benchmarks.rollups import TOTAL, Answer, Books, Group, Question
from futurefit.ledger.entries import RATINGS
from futurefit.ledger.presentations import RAG

NAME = "LibreOffice recalculating SUMIF"
PATIENCE_SECONDS = 300


@dataclass(frozen=True)
class Recalculated:
    """How long LibreOffice took, and what its cells then showed."""

    times: Times
    answers: dict[Question, Answer]
    note: str


def measured(books: Books, questions: list[Question], *, runs: int) -> Recalculated | Skipped:
    """Have LibreOffice recalculate the questions, where it is installed."""
    program = shutil.which("soffice")
    if program is None:
        return Skipped(NAME, "there is no LibreOffice (soffice) on this machine")
    with tempfile.TemporaryDirectory(prefix="futurefit-bench-") as name:
        folder = Path(name)
        workbook = _Workbook(books, questions)
        workbook.write(folder / "rollups.xlsx")
        milliseconds = _recalculate(program, folder, runs)
        with (folder / "results.csv").open(newline="", encoding="utf-8") as results:
            answers = workbook.read(list(csv.reader(results)))
    return Recalculated(
        Times(NAME, tuple(milliseconds)),
        answers,
        f"LibreOffice has {workbook.formulas:,} formulas over {len(books.lines):,} lines whose "
        "postings were added up beforehand.",
    )


class _Workbook:
    """A sheet of lines, and one of results with a row a group."""

    def __init__(self, books: Books, questions: list[Question]) -> None:
        self.books = books
        self.questions = questions
        self.formulas = 0
        self.rows: list[tuple[Question, Group]] = []

    def write(self, path: Path) -> None:
        book = xlsxwriter.Workbook(path)
        self.results = book.add_worksheet("results")
        self.lines = book.add_worksheet("lines")
        self._amounts()
        for place, question in enumerate(self.questions):
            self._question(self.amounts_end + place, question)
        book.close()

    def _amounts(self) -> None:
        """Each line's forecast, by year, and by rating and year: the values that are summed."""
        sums: dict[tuple[str, str, str], int] = defaultdict(int)
        for posting in self.books.postings:
            if posting.account in RATINGS:
                sums[posting.line, posting.year, ""] += posting.amount_pence
                sums[posting.line, posting.year, posting.account] += posting.amount_pence
        headings = [(year, rating) for rating in ("", *RATINGS) for year in self.books.years]
        self.columns = {heading: place for place, heading in enumerate(headings)}
        self.amounts_end = len(headings)
        for row, ref in enumerate(self.books.lines):
            for heading, column in self.columns.items():
                self.lines.write_number(row, column, sums[(ref, *heading)])

    def _question(self, column: int, question: Question) -> None:
        of_line = self.books.groups(question)
        groups = sorted(set(of_line.values()))  # what counts comes before what is avoided
        codes = {group: code for code, group in enumerate(groups)}
        for row, ref in enumerate(self.books.lines):
            self.lines.write_number(row, column, codes[of_line[ref]] if ref in of_line else -1)
        first = len(self.rows)
        ratings = list(RATINGS) if RAG in question else [""]
        place = question.index(RAG) + 1 if RAG in question else 0
        for group in groups:
            for rating in ratings:
                shown = (*group[:place], str(rating), *group[place:]) if place else group
                self._row(question, shown, codes[group], column, rating)
        counted = sum(1 for _, group in self.rows[first:] if not group[0])
        total = len(self.rows)
        self.rows.append((question, TOTAL))
        for place in range(len(self.books.years)):
            letter = xl_col_to_name(place + 1)
            formula = f"=SUM({letter}{first + 1}:{letter}{first + counted})" if counted else "=0"
            self._formula(total, place, formula)

    def _row(self, question: Question, group: Group, code: int, column: int, rating: str) -> None:
        row = len(self.rows)
        self.rows.append((question, group))
        self.results.write_number(row, 0, code)
        for place, year in enumerate(self.books.years):
            amounts = self._range(self.columns[year, rating])
            self._formula(row, place, f"=SUMIF({self._range(column)},$A{row + 1},{amounts})")

    def _formula(self, row: int, place: int, formula: str) -> None:
        self.results.write_formula(row, place + 1, formula)
        self.formulas += 1

    def _range(self, column: int) -> str:
        return f"lines!{xl_range_abs(0, column, len(self.books.lines) - 1, column)}"

    def read(self, shown: list[list[str]]) -> dict[Question, Answer]:
        """The answers that the results' cells show."""
        answers: dict[Question, Answer] = {question: {} for question in self.questions}
        for (question, group), (_, *cells) in zip(self.rows, shown, strict=True):
            for year, cell in zip(self.books.years, cells, strict=True):
                if int(cell):
                    answers[question][group, year] = int(cell)
        return answers


# --- The macro ----------------------------------------------------------------------------------

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Recalculate"/>
</library:library>
"""

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Recalculate"
 script:language="StarBasic">
Sub Measure(folder As String, runs As Integer)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(folder + "/rollups.xlsx"), "_blank", 0, _
    hidden())
  book.calculateAll()
  times = FreeFile
  Open folder + "/times" For Output As #times
  For i = 1 To runs
    began = GetSystemTicks()
    book.calculateAll()
    Print #times, GetSystemTicks() - began
  Next
  Close #times
  Dim plain(0) As New com.sun.star.beans.PropertyValue
  plain(0).Name = "FilterName"
  plain(0).Value = "Text - txt - csv (StarCalc)"
  book.storeToURL(ConvertToURL(folder + "/results.csv"), plain())
  book.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""


def _recalculate(program: str, folder: Path, runs: int) -> list[float]:
    """Milliseconds of each run."""
    office = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
    ]
    # The first start only makes the profile. Macros can be put into it afterwards.
    _start([*office, "--terminate_after_init"])
    library = folder / "profile" / "user" / "basic" / "Standard"
    if not library.is_dir():
        raise RuntimeError("LibreOffice made no profile with room for a macro")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Recalculate.xba").write_text(_MODULE, encoding="utf-8")
    _start([*office, f'macro:///Standard.Recalculate.Measure("{folder}",{runs})'])
    return [float(line) for line in (folder / "times").read_text(encoding="utf-8").split()]


def _start(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
