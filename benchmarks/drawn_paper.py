"""What does a long paper look like whose every cell is known?

A made-up council's budget book: pages of prose, and pages with a table each, in turn drawn with all
lines, with rules only, and with none. The same each time. Tables have headings over one or two
rows, headings that span columns, sections, blank cells, brackets for minus, labels over two lines,
a column of words here and there, and totals.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from enum import StrEnum

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.adjacency import Spot

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 50.0, _WIDTH - 50.0
_LEADING = 12.0
_SIZE, _SPACING = 11, 14.0  # of prose
_FOOT = 70.0  # where the text of a page ends
_FONT, _BOLD = "Vera", "VeraBd"
"""Embedded, as in what word processors make; reportlab brings them."""
_PAD = 4.0
_SERVICE_NAMES = (
    "Adult social care|Children in care|Home to school transport|Highways maintenance|"
    "Libraries|Waste collection and disposal|Public health|Economic development|"
    "Planning policy|Museums|Registration of births and deaths|Trading standards|"
    "Youth services|Street lighting|Countryside and green spaces|Emergency planning|"
    "Legal and democratic services|Audit|"
    "Financing transactions and the minimum revenue provision|"
    "Contribution to general reserves|Special educational needs and disability|"
    "Concessionary fares and supported buses"
)
_SERVICES = tuple(_SERVICE_NAMES.split("|"))
_PHRASES = (
    "the council has set out how services will change over the coming years and what each "
    "change is worth members are asked to note that figures are estimates until contracts "
    "are let and that demand for care grows faster than the money which government makes "
    "available for it"
)
_WORDS = tuple(_PHRASES.split())
_NOTES = ("Contract re-let", "Fees and charges", "Fewer posts", "One-off", "Shared service")


class Kind(StrEnum):
    """How a table is drawn."""

    GRID = "all lines"
    RULES = "rules only"
    BARE = "no lines"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table as drawn: its page and its cells, rows and columns counted from 1."""

    page: int
    kind: Kind
    cells: tuple[Spot, ...]


@dataclass(slots=True)
class _Line:
    """A row to draw: cells as (first column, last column, lines of text), and how tall it is."""

    cells: list[tuple[int, int, list[str]]]
    bold: bool = False
    tall: float = 1
    rule: bool = False


@dataclass(slots=True)
class _Plan:
    widths: list[float]
    lines: list[_Line] = field(default_factory=list)
    words: frozenset[int] = frozenset()


def draw(pages: int = 350, tables: int = 300, seed: int = 3) -> tuple[bytes, list[Drawn]]:
    """The paper as a PDF, and its tables."""
    chance = random.Random(seed)
    for name in (_FONT, _BOLD):
        registerFont(TTFont(name, f"{name}.ttf"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    kinds = list(Kind)
    drawn: list[Drawn] = []
    for page in range(1, pages + 1):
        _running(canvas, page, pages)
        y = _heading(canvas, f"{page}. {chance.choice(_SERVICES)}", _HEIGHT - 90)
        y = _prose(canvas, chance, y, chance.randint(2, 4))
        # Spread evenly: page p ends with so many tables drawn.
        if page * tables // pages > len(drawn):
            kind = kinds[len(drawn) % 3]
            plan = _plan(chance)
            y = _table(canvas, plan, kind, y - 10)
            drawn.append(Drawn(page, kind, tuple(_truth(plan))))
            y -= 24
        while y > _FOOT:
            y = _prose(
                canvas, chance, y, min(chance.randint(3, 7), int((y - _FOOT) / _SPACING) + 1)
            )
        canvas.showPage()
    canvas.save()
    return file.getvalue(), drawn


def draw_sparse(pages: int = 350, tables: int = 300) -> tuple[bytes, list[Drawn]]:
    """A paper with little on a page, in a font that every reader has: what a page costs as such."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    kinds = list(Kind)
    drawn: list[Drawn] = []
    edges = (_LEFT, 246.0, 346.0, 446.0, 530.0)
    words = _PHRASES.capitalize().split()
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", _SIZE)
        y = _HEIGHT - 62
        for start in range(0, len(words), 13):
            canvas.drawString(_LEFT, y, " ".join(words[start : start + 13]))
            y -= _SPACING
        if page * tables // pages > len(drawn):
            kind = kinds[len(drawn) % 3]
            rows = [("Service", "2024/25", "2025/26", "Total")]
            for row in range(1, 5):
                one, other = page * row * 37 % 9000, page * row * 91 % 9000
                rows.append((f"Service {row}", f"{one:,}", f"{other:,}", f"{one + other:,}"))
            top = y - 10
            _small_table(canvas, rows, kind, edges, top)
            cells = [
                Spot(row, column, row, column, text)
                for row, texts in enumerate(rows, 1)
                for column, text in enumerate(texts, 1)
            ]
            drawn.append(Drawn(page, kind, tuple(cells)))
        canvas.showPage()
    canvas.save()
    return file.getvalue(), drawn


def _small_table(
    canvas: Canvas,
    rows: list[tuple[str, str, str, str]],
    kind: Kind,
    edges: tuple[float, ...],
    top: float,
) -> None:
    y = top
    if kind is not Kind.BARE:
        canvas.line(edges[0], y, edges[-1], y)
    for texts in rows:
        y -= 16
        for left, text in zip(edges, texts, strict=False):
            canvas.drawString(left + _PAD, y + 4, text)
        if kind is not Kind.BARE:
            canvas.line(edges[0], y, edges[-1], y)
    if kind is Kind.GRID:
        for edge in edges:
            canvas.line(edge, top, edge, y)


def _running(canvas: Canvas, page: int, pages: int) -> None:
    canvas.setFont(_FONT, 8)
    canvas.drawString(_LEFT, _HEIGHT - 40, "Budget book")
    canvas.drawRightString(_RIGHT, 30, f"Page {page} of {pages}")


def _heading(canvas: Canvas, text: str, y: float) -> float:
    canvas.setFont(_BOLD, 14)
    canvas.drawString(_LEFT, y, text)
    return y - 24


def _prose(canvas: Canvas, chance: random.Random, y: float, lines: int) -> float:
    """A paragraph, and where the next may start."""
    canvas.setFont(_FONT, _SIZE)
    words: list[str] = []
    for number in range(lines):
        line: list[str] = []
        most = _RIGHT - _LEFT if number < lines - 1 else (_RIGHT - _LEFT) * 0.6
        while True:
            word = chance.choice(_WORDS)
            if stringWidth(" ".join([*line, word]), _FONT, _SIZE) > most:
                break
            line.append(word)
        words += line
        text = " ".join(line)
        canvas.drawString(_LEFT, y, text.capitalize() if not number else text)
        y -= _SPACING
    return y - 6


def _plan(chance: random.Random) -> _Plan:
    """A table's content."""
    figures = chance.randint(3, 6)
    note = chance.random() < 0.3
    columns = 1 + figures + note
    widths = [160.0, *[52.0] * figures, *[90.0] * note]
    plan = _Plan(widths, words=frozenset({columns - 1} if note else ()))
    years = [f"20{year}/{year + 1}" for year in range(25, 25 + figures)]
    style = chance.randrange(3)
    tail = [(columns - 1, columns - 1, ["Remarks"])] * note
    if style == 1 and figures % 2 == 0:
        spans = [(1 + 2 * at, 2 + 2 * at, [years[at]]) for at in range(figures // 2)]
        plan.lines.append(_Line(spans, bold=True))
        names = ["Budget", "Actual"] * (figures // 2)
        heads = [(1 + at, 1 + at, [name]) for at, name in enumerate(names)]
        plan.lines.append(_Line([(0, 0, ["Service"]), *heads, *tail], bold=True, rule=True))
    elif style == 2:
        heads = [(1 + at, 1 + at, [year, "£000"]) for at, year in enumerate(years)]
        plan.lines.append(_Line([(0, 0, ["Service"]), *heads, *tail], bold=True, tall=2, rule=True))
    else:
        heads = [(1 + at, 1 + at, [year]) for at, year in enumerate(years)]
        plan.lines.append(_Line([(0, 0, ["Service"]), *heads, *tail], bold=True, rule=True))
    labels = chance.sample(_SERVICES, chance.randint(6, 12))
    sums = [0] * figures
    for number, label in enumerate(labels):
        if number and chance.random() < 0.06:
            plan.lines.append(
                _Line([(0, 0, [f"{chance.choice(('Direct', 'Support'))} costs"])], True)
            )
        lines = _broken(label, widths[0] - 2 * _PAD)
        cells: list[tuple[int, int, list[str]]] = [(0, 0, lines)]
        for at in range(figures):
            if chance.random() < 0.05:
                continue
            amount = chance.choice((1, -1, 1, 1)) * chance.randint(1, 10 ** chance.randint(1, 5))
            sums[at] += amount
            cells.append((1 + at, 1 + at, [_printed(amount) if amount else "-"]))
        if note and chance.random() < 0.6:
            cells.append((columns - 1, columns - 1, [chance.choice(_NOTES)]))
        plan.lines.append(_Line(cells, tall=len(lines)))
    totals = [(1 + at, 1 + at, [_printed(amount)]) for at, amount in enumerate(sums)]
    plan.lines.append(_Line([(0, 0, ["Total"]), *totals], bold=True, rule=True))
    return plan


def _printed(amount: int) -> str:
    return f"{amount:,}" if amount >= 0 else f"({-amount:,})"


def _broken(text: str, width: float) -> list[str]:
    """A label over as many lines as it needs."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, _FONT, 9) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _table(canvas: Canvas, plan: _Plan, kind: Kind, y: float) -> float:
    """Draw a table; where it ends."""
    edges = [_LEFT]
    for width in plan.widths:
        edges.append(edges[-1] + width)
    canvas.setLineWidth(0.6)
    if kind is not Kind.BARE:
        canvas.line(edges[0], y, edges[-1], y)
    for line in plan.lines:
        tall = line.tall * _LEADING + 5
        canvas.setFont(_BOLD if line.bold else _FONT, 9)
        for first, last, texts in line.cells:
            for number, text in enumerate(texts):
                at = y - 11 - number * _LEADING
                if last > first:
                    canvas.drawCentredString((edges[first] + edges[last + 1]) / 2, at, text)
                elif first == 0 or first in plan.words:
                    canvas.drawString(edges[first] + _PAD, at, text)
                else:
                    canvas.drawRightString(edges[first + 1] - _PAD, at, text)
        if kind is Kind.GRID:
            canvas.line(edges[0], y - tall, edges[-1], y - tall)
            inner = {at for first, last, _ in line.cells for at in range(first + 1, last + 1)}
            for at, edge in enumerate(edges):
                if at not in inner:
                    canvas.line(edge, y, edge, y - tall)
        elif kind is Kind.RULES and line.rule:
            # Under the headings, and over and under the total.
            if line is plan.lines[-1]:
                canvas.line(edges[0], y, edges[-1], y)
            canvas.line(edges[0], y - tall, edges[-1], y - tall)
        y -= tall
    return y


def _truth(plan: _Plan) -> list[Spot]:
    return [
        Spot(row, first + 1, row, last + 1, " ".join(texts))
        for row, line in enumerate(plan.lines, 1)
        for first, last, texts in line.cells
    ]
