"""A paper redrawn: every word of it, escaped, every cell with its address, in pieces if long."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from futurefit.papers.document import Document, Heading, ListItem, Paragraph, Table, TableCell
from futurefit.papers.readers import read
from futurefit.site.papers.presenters import redrawing
from futurefit.site.papers.presenters.redrawing import Mark

texts = st.text(alphabet="<>&\"'ab \n=", max_size=8)


TAGS = {"p", "h3", "h4", "ul", "li", "br", "div", "span", "a"} | {
    "table",
    "caption",
    "tbody",
    "tr",
    "td",
    "th",
}
ATTRIBUTES = {"class", "id", "role", "aria-labelledby", "tabindex", "scope", "href"}


class Seen(HTMLParser):
    """What a browser makes of a page: tags, attributes, text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def table(index: int, rows: int, columns: int, text: str = "a") -> Table:
    cells = (
        TableCell(row, column, text, line=row)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    )
    return Table(index, 1, tuple(cells))


@given(st.lists(texts, min_size=1, max_size=8))
def test_no_text_of_a_paper_is_markup(words: list[str]) -> None:
    """PAP-02"""
    cells = tuple(TableCell(1, n, text, line=1) for n, text in enumerate(words, start=1))
    blocks = (
        *(Paragraph(text, line=1) for text in words),
        *(Heading(text, 1, line=1) for text in words),
        *(ListItem(text, line=1, marker=text) for text in words),
        Table(1, 1, cells, heading=words[0]),
    )
    drawn = redrawing.blocks_html(blocks, {(1, 1, 1): [Mark(words[0], words[-1])]})
    seen = Seen()
    seen.feed(drawn)
    seen.close()
    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    assert all(text.replace("\n", "") in seen.text for text in words)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 5)), max_size=5), st.integers(1, 40))
def test_pieces_hold_every_cell_once_and_in_order(sizes: list[tuple[int, int]], size: int) -> None:
    """PAP-03"""
    blocks = tuple(table(n, *rows) for n, rows in enumerate(sizes, start=1))
    found = redrawing.pieces(Document("a.md", "", blocks), size)
    cells = [
        (block.index, cell.row, cell.column)
        for piece in found
        for block in piece.blocks
        if isinstance(block, Table)
        for cell in block.cells
    ]
    assert cells == [(t.index, c.row, c.column) for t in blocks for c in t.cells]
    for piece in found:
        widest = max((len(b.cells) for b in piece.blocks if isinstance(b, Table)), default=0)
        assert widest <= size + 5
    for place in cells:
        assert sum(piece.holds(place[0], place[1], None) for piece in found) == 1


def test_a_long_paper_leads_to_the_piece_that_holds_a_place() -> None:
    """PAP-03"""
    document = Document("a.md", "", (Paragraph("First", line=1), table(1, 3000, 3)))
    found = redrawing.pieces(document)
    assert len(found) > 1
    assert [n for n, piece in enumerate(found) if piece.holds(1, 3000, None)] == [len(found) - 1]
    assert found[0].holds(None, None, 1)


def test_headings_step_down_one_by_one() -> None:
    """Whatever the levels of the paper's own headings: readers of a page go by them."""
    blocks = [Heading("Deep", 5, line=1), Heading("High", 1, line=2), Heading("Deep", 6, line=3)]
    levels = re.findall(r"<h(\d)", redrawing.blocks_html(blocks, {}, level=1))
    assert levels == ["2", "2", "3"]


def test_spans_and_addresses_of_cells() -> None:
    """PAP-03"""
    document = read(
        "a.md",
        b"<table><tr><td colspan='2'>Both</td></tr><tr><td>A</td><td>1</td></tr></table>",
    )
    drawn = redrawing.blocks_html(document.blocks, {}, chosen=(1, 2, 2))
    assert 'id="t1-r1-c1"' in drawn
    assert 'colspan="2"' in drawn
    assert re.search(r'id="t1-r2-c2"[^>]* aria-current="true"', drawn)
