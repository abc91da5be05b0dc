"""How do the pages of a PDF make one paper? (rules AUD-22 to AUD-24)

Running heads and feet are told once; what stands in pictures only is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import AsideKind, Document
from futurefit.papers.readers.pdf import flow, running
from futurefit.papers.readers.pdf.flow import Piece, Text
from futurefit.papers.readers.pdf.found import Found
from futurefit.papers.readers.pdf.page import Page
from futurefit.papers.readers.pdf.tables import MOST_RUNS, tables
from futurefit.papers.readers.pdf.writing import Writer

_CODE = "AUD-24"
_FEWEST_LETTERS = 25  # a page with fewer is looked at for pictures
_MOSTLY = 0.4  # of a page: pictures that cover more of a page without text are a scan


@dataclass(slots=True)
class _Sheet:
    """What is kept of a page: no runs and no strokes."""

    page: Page
    found: list[Found]
    lines: list[Text]
    apart: bool  # its text stands in columns

    def place(self, top: float, order: int) -> tuple[float, float]:
        """What comes first on the page: by the order of the file where text stands in columns."""
        return (order, top) if self.apart else (top, order)


class Assembly:
    """Takes pages as they come and makes a document of them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._sheets: list[_Sheet] = []
        self._scanned: list[int] = []
        self._broken: list[int] = []
        self._crowded: list[int] = []

    def add(self, page: Page | int) -> None:
        """Take the next page, or the number of one that cannot be read."""
        if isinstance(page, int):
            self._broken.append(page)
            return
        if page.pictured > _MOSTLY and sum(len(run.text) for run in page.runs) < _FEWEST_LETTERS:
            self._scanned.append(page.number)
        if len(page.runs) > MOST_RUNS:
            self._crowded.append(page.number)
        found = tables(page)
        taken = frozenset().union(*[table.used for table in found])
        lines = flow.lines([run for run in page.runs if run.order not in taken])
        apart = flow.is_side_by_side(lines)
        bare = page._replace(runs=[], across=[], down=[])
        self._sheets.append(_Sheet(bare, found, lines, apart))

    def document(self, sha256: str) -> Document:
        """The document of all pages taken."""
        asides = self._running()
        usual = flow.usual_size(line for sheet in self._sheets for line in sheet.lines)
        parts = [_parts(sheet) for sheet in self._sheets]
        sizes = flow.heading_sizes(
            [one for page in parts for one in page if isinstance(one, Piece)], usual
        )
        writer = Writer(usual, sizes)
        for sheet, page in zip(self._sheets, parts, strict=True):
            writer.write(sheet.page, sheet.found, page, asides.get(sheet.page.number, []))
        return Document(
            self._name,
            sha256,
            tuple(writer.finished()),
            tuple(self._findings()),
            pages=len(self._sheets) + len(self._broken),
            has_lines=False,
        )

    def _running(self) -> dict[int, list[tuple[AsideKind, Text]]]:
        """Takes running heads and feet out of the pages; what is told of them, by page."""
        keyed: list[list[tuple[running.Key, Text]]] = [
            [
                (running.key(kind, line.text), line)
                for line in sheet.lines
                if (kind := running.zone(line, sheet.page.height)) is not None
            ]
            for sheet in self._sheets
        ]
        repeated = running.repeated([[key for key, _ in page] for page in keyed])
        told: set[running.Key] = set()
        asides: dict[int, list[tuple[AsideKind, Text]]] = {}
        for sheet, page in zip(self._sheets, keyed, strict=True):
            out: set[int] = set()
            for key, line in page:
                if key not in repeated:
                    continue
                out.add(line.order)
                if key not in told:
                    told.add(key)
                    asides.setdefault(sheet.page.number, []).append((key[0], line))
            sheet.lines = [line for line in sheet.lines if line.order not in out]
        return asides

    def _findings(self) -> Iterable[Finding]:
        if self._scanned:
            which = _numbers(self._scanned)
            yield Finding(
                _CODE,
                Severity.WARNING,
                f"{which} {'is a picture' if len(self._scanned) == 1 else 'are pictures'} without "
                "text, as scanners make them. Nothing on them was read.",
                Provenance(page=self._scanned[0]),
                advice="Ask for the file that was printed, or have the text recognised (OCR) and "
                "check it against the pages before it is audited.",
            )
        if self._crowded:
            yield Finding(
                _CODE,
                Severity.WARNING,
                f"{_numbers(self._crowded)}: the words are in more than {MOST_RUNS:,} pieces, so "
                "no table was looked for.",
                Provenance(page=self._crowded[0]),
                advice="Print the file to a new PDF, and read that.",
            )
        if self._broken:
            yield Finding(
                _CODE,
                Severity.WARNING,
                f"{_numbers(self._broken)} could not be opened: the file is damaged there.",
                Provenance(page=self._broken[0]),
                advice="Fetch the file again, or open it in a PDF viewer and save it anew.",
            )


def _numbers(pages: Sequence[int]) -> str:
    """Pages in words.

    >>> _numbers([3]), _numbers([1, 2, 3, 7])
    ('Page 3', 'Pages 1 to 3, 7')
    """
    stretches: list[list[int]] = []
    for page in pages:
        if stretches and stretches[-1][-1] == page - 1:
            stretches[-1].append(page)
        else:
            stretches.append([page])
    words = [str(one[0]) if len(one) == 1 else f"{one[0]} to {one[-1]}" for one in stretches]
    return f"Page{'s' if len(pages) > 1 else ''} {', '.join(words)}"


def _parts(sheet: _Sheet) -> list[Piece | Found]:
    """The pieces of text and the tables of a page, in reading order."""
    places: list[tuple[tuple[float, float], Found | Text]] = [
        (sheet.place(table.top, min(table.used, default=0)), table)
        for table in sheet.found
        if table.within is None
    ]
    places += [(sheet.place(line.top, line.order), line) for line in sheet.lines]
    places.sort(key=lambda item: item[0])
    parts: list[Piece | Found] = []
    waiting: list[Text] = []
    for _, one in places:
        if isinstance(one, Text):
            waiting.append(one)
            continue
        parts += flow.pieces(waiting)
        waiting = []
        parts.append(one)
        at = sheet.found.index(one)
        parts += [table for table in sheet.found if _stands_in(table, at, sheet.found)]
    return parts + flow.pieces(waiting)


def _stands_in(table: Found, at: int, found: Sequence[Found]) -> bool:
    """Whether a table stands in another, or in one that stands in it."""
    while table.within is not None and table is not found[at]:
        if table.within == at:
            return True
        table = found[table.within]
    return False
