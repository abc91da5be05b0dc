"""A table on a page: every word escaped, every amount as the kernel prints it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.money import print_money
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit, Value
from futurefit.site.common import tables

YEARS = (
    Column("line", "Line"),
    Column("y2016", "2016/17", Shape.PENCE),
    Column("y2017", "2017/18", Shape.PENCE),
)


def table(*rows: Row, unit: Unit = Unit.THOUSANDS, notes: tuple[str, ...] = ()) -> Table:
    return Table("Savings", YEARS, rows, unit, notes)


def row(name: str, *amounts: Value, emphasis: bool = False, level: int = 0) -> Row:
    return Row((Cell(name), *(Cell(amount) for amount in amounts)), emphasis, level)


@given(st.integers(-(10**13), 10**13), st.sampled_from(Unit))
def test_an_amount_reads_as_the_kernel_prints_it(pence: int, unit: Unit) -> None:
    assert tables.printer(Shape.PENCE, unit)(pence) == print_money(pence, unit)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("pence", [0, 1, -1, 49_999, 50_000, -49_999, -50_000, 99_950_000])
def test_half_a_unit_is_rounded_as_the_kernel_rounds_it(pence: int, unit: Unit) -> None:
    assert tables.printer(Shape.PENCE, unit)(pence) == print_money(pence, unit)


class Reader(HTMLParser):
    """What a browser makes of it: elements with attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


NASTY = """<script>alert("1")</script> & 'x'"""


def test_whatever_somebody_typed_is_shown_and_never_run() -> None:
    columns = (Column("a", NASTY), Column("b", "Rating", Shape.RAG), Column("c", "c", Shape.PENCE))
    cells = (Cell(NASTY, href=f"/lines/?q={NASTY}", note=NASTY), Cell(NASTY), Cell(NASTY))
    shown = Table(NASTY, columns, (Row(cells),), notes=(NASTY,))
    read = Reader(tables.html(shown, link=lambda order: f"?sort={order}&q={NASTY}"))
    assert "script" not in {tag for tag, _ in read.elements}
    assert read.text.count(NASTY) == 7
    assert [a["href"] for tag, a in read.elements if tag == "a"][-1] == f"/lines/?q={NASTY}"


def test_the_region_scrolls_by_keyboard_and_says_what_it_is() -> None:
    read = Reader(tables.html(table(row("Libraries", 1, 2)), name="grid"))
    region = next(a for tag, a in read.elements if tag == "div")
    caption = next(a for tag, a in read.elements if tag == "caption")
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-labelledby"] == caption["id"] == "table-grid"


def test_a_column_of_money_says_its_unit_and_stands_to_the_right() -> None:
    html = tables.html(table(row("Libraries", 125_000_00, -50_000_00)))
    assert '<th scope="col" class="n">2016/17 <span class="unit">£000</span></th>' in html
    assert '<td class="n">125</td><td class="n">-50</td>' in html


def test_pounds_carry_their_own_sign() -> None:
    html = tables.html(table(row("Libraries", 125_000_00, 1), unit=Unit.POUNDS))
    assert "unit" not in html
    assert '<td class="n">£125,000</td><td class="n">£0.01</td>' in html


def test_the_first_cell_heads_its_row_and_totals_and_sub_rows_are_marked() -> None:
    html = tables.html(
        table(row("All", 2, 2, emphasis=True), row("Part", 1, 1, level=1), row("x", 1, 1, level=9))
    )
    assert '<tr class="total"><th scope="row">All</th>' in html
    assert '<tr class="level-1"><th scope="row">Part</th>' in html
    assert '<tr class="level-3"><th scope="row">x</th>' in html


def test_a_figure_leads_to_its_working_and_a_note_stands_beside_it() -> None:
    cells = (
        Cell("Libraries"),
        Cell(5_000_00, "/working/?a=1&b=2", "about"),
        Cell(None, note="TBC"),
    )
    html = tables.html(table(Row(cells)))
    assert '<a href="/working/?a=1&amp;b=2">5</a> <span class="note">about</span>' in html
    assert '<td class="n"><span class="note">TBC</span></td>' in html


def test_an_empty_cell_has_no_link() -> None:
    html = tables.html(table(Row((Cell("x"), Cell(None, "/working/"), Cell(0, "/working/")))))
    assert '<td class="n"></td><td class="n"><a href="/working/">0</a></td>' in html


@pytest.mark.parametrize("rag", Rag)
def test_a_rating_is_a_word_on_its_colour(rag: Rag) -> None:
    for text in (rag.value, rag.word):
        html = tables.rag_tag(text)
        assert re.fullmatch(rf'<strong class="rag rag--[a-z-]+">{rag.word}</strong>', html)


def test_words_among_ratings_and_figures_stay_words() -> None:
    assert tables.rag_tag("not <yet>") == "not &lt;yet&gt;"
    assert tables.rag_tag(None) == ""
    assert tables.printer(Shape.PENCE)("TBC") == "TBC"


def test_other_values_read_as_in_every_publication() -> None:
    assert tables.printer(Shape.DATE)(date(2015, 11, 5)) == "5 Nov 2015"
    assert tables.printer(Shape.SHARE)(0.4325) == "43.3%"
    assert tables.printer(Shape.COUNT)(12_345) == "12,345"
    assert tables.printer(Shape.WORDS)(12_345) == "12345"


def test_a_moment_is_told_in_the_councils_own_time() -> None:
    moment = datetime(2016, 7, 1, 9, 30, tzinfo=UTC)
    assert tables.printer(Shape.DATE)(moment) == "1 Jul 2016, 10:30 BST"
    assert tables.printer(Shape.WORDS)(moment) == "1 Jul 2016, 10:30 BST"


def test_a_title_sorts_up_then_down_and_says_how_the_table_stands() -> None:
    def head(sort: str) -> str:
        html = tables.html(table(row("a", 1, 1)), sort=sort, link=lambda order: f"?sort={order}")
        return re.findall(r"<th scope=\"col\".*?</th>", html)[1]

    assert 'href="?sort=y2016"' in head("")
    assert "aria-sort" not in head("")
    assert 'href="?sort=-y2016"' in head("y2016")
    assert 'aria-sort="ascending"' in head("y2016")
    assert 'href="?sort=y2016"' in head("-y2016")
    assert 'aria-sort="descending"' in head("-y2016")


def test_notes_stand_below() -> None:
    html = tables.html(table(row("a", 1, 1), notes=("Proposed only.", "Rounded.")))
    assert html.endswith("<li>Proposed only.</li><li>Rounded.</li></ul>")
