"""Draws small PDFs whose content is known: text, strokes and tables, and nothing compressed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, TOP = 60.0, 100.0
ROW, COLUMN = 20.0, 110.0


class Sheet:
    """A page to draw on, measured in points from its top left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, text: str, *, size: float = 10, bold: bool = False) -> None:
        """A line of text that starts at x and stands on y."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def right(self, x: float, y: float, text: str, *, size: float = 10) -> None:
        """A line of text that ends at x."""
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawRightString(x, HEIGHT - y, text)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A stroke."""
        self.canvas.setLineWidth(0.7)
        self.canvas.line(x1, HEIGHT - y1, x2, HEIGHT - y2)

    def prose(self, y: float, lines: Sequence[str], *, x: float = LEFT) -> None:
        """Lines of running text."""
        for at, line in enumerate(lines):
            self.text(x, y + 12 * at, line)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        top: float = TOP,
        left: float = LEFT,
        grid: bool = False,
        rules: bool = False,
    ) -> None:
        """A table: labels to the left, figures to the right; with lines, rules only, or neither."""
        columns = len(rows[0])
        bottom = top + ROW * len(rows)
        for number, row in enumerate(rows):
            y = top + ROW * number + 14
            for column, text in enumerate(row):
                if column:
                    self.right(left + COLUMN * (column + 1) - 6, y, text)
                else:
                    self.text(left + 6, y, text)
        if grid:
            for number in range(len(rows) + 1):
                self.line(left, top + ROW * number, left + COLUMN * columns, top + ROW * number)
            for column in range(columns + 1):
                self.line(left + COLUMN * column, top, left + COLUMN * column, bottom)
        if rules:
            for y in (top, top + ROW, bottom):
                self.line(left, y, left + COLUMN * columns, y)


def pdf(*draw: Callable[[Sheet], object], rotate: int = 0, password: str | None = None) -> bytes:
    """A PDF with a page for each function that draws one."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=0, encrypt=password)
    for one in draw:
        if rotate:
            canvas.setPageRotation(rotate)
        one(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    # The library lays a turned page on its side; here the page stays as it was drawn.
    data = file.getvalue()
    high, wide = f"{HEIGHT:.4f}", f"{WIDTH:.4f}"
    return data.replace(f"[ 0 0 {high} {wide} ]".encode(), f"[ 0 0 {wide} {high} ]".encode())
