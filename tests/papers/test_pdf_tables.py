"""PDF: tables with lines, with rules only, and without (rule AUD-23)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futurefit.papers.document import Document, Paragraph, Table
from futurefit.papers.readers import read
from tests.papers.drawn_pdf import COLUMN, HEIGHT, LEFT, ROW, TOP, WIDTH, Sheet, pdf

BUDGET = [
    ["Service", "2015/16", "2016/17", "2017/18"],
    ["Libraries", "120", "118", "1,050"],
    ["Waste collection", "2,400", "-", "(31)"],
    ["Public health", "95", "", "88"],
    ["Total", "2,615", "118", "1,107"],
]
WIDE = [  # two columns of running text
    ("The council spends more on waste", "Members are asked to note that the"),
    ("than on any other service, and the", "figures are estimates until all the"),
    ("cost of it rises with every house", "contracts have been let, and that a"),
    ("that is built in the county, which", "further paper will be brought to the"),
    ("is why this paper asks for leave to", "cabinet before any decision is taken"),
    ("change how often bins are emptied.", "on charges for garden waste."),
]


def told(data: bytes) -> Document:
    return read("paper.pdf", data)


def shown(table: Table) -> list[list[str]]:
    """The table's texts, row by row."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[row] for row in sorted(rows)]


def tables(*draw: Callable[[Sheet], object], rotate: int = 0) -> list[Table]:
    return list(told(pdf(*draw, rotate=rotate)).tables)


@pytest.mark.parametrize("how", [{"grid": True}, {"rules": True}, {}], ids=str)
def test_a_table_is_read_with_lines_with_rules_only_and_without(how: dict[str, bool]) -> None:
    """AUD-23"""

    def page(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, "Budget by service", bold=True)
        sheet.table(BUDGET, **how)
        sheet.prose(TOP + ROW * 6 + 40, ["The figures are in thousands of pounds, as at March."])

    (table,) = tables(page)
    assert shown(table) == BUDGET
    assert table.heading == "Budget by service"
    assert table.page == 1


def test_a_cell_says_where_it_stands() -> None:
    (table,) = tables(lambda sheet: sheet.table(BUDGET, grid=True))
    cell = next(cell for cell in table.cells if cell.text == "1,050")
    assert (cell.row, cell.column, cell.page) == (2, 4, 1)
    box = cell.box
    assert box is not None
    place = (box.left, box.top, box.right, box.bottom)
    drawn = (LEFT + 3 * COLUMN, TOP + ROW, LEFT + 4 * COLUMN, TOP + 2 * ROW)
    assert place == pytest.approx(drawn, abs=1)


@pytest.mark.parametrize("rotate", [90, 180, 270])
@pytest.mark.parametrize("how", [{"grid": True}, {}], ids=str)
def test_a_table_on_a_turned_page_is_read(rotate: int, how: dict[str, bool]) -> None:
    (table,) = tables(lambda sheet: sheet.table(BUDGET, **how), rotate=rotate)
    assert shown(table) == BUDGET


def test_a_table_drawn_sideways_is_read() -> None:
    def page(sheet: Sheet) -> None:
        sheet.canvas.translate(WIDTH, 0)
        sheet.canvas.rotate(90)
        sheet.table(BUDGET, top=HEIGHT - WIDTH + 80, grid=True)

    assert [shown(table) for table in tables(page)] == [BUDGET]


def test_cells_without_a_line_between_them_are_one_that_spans() -> None:
    def page(sheet: Sheet) -> None:
        right, bottom = LEFT + 3 * COLUMN, TOP + 4 * ROW
        for number in (0, 2, 3, 4):
            sheet.line(LEFT, TOP + ROW * number, right, TOP + ROW * number)
        sheet.line(LEFT + COLUMN, TOP + ROW, right, TOP + ROW)
        for x in (LEFT, LEFT + COLUMN, right):
            sheet.line(x, TOP, x, bottom)
        sheet.line(LEFT + 2 * COLUMN, TOP + ROW, LEFT + 2 * COLUMN, bottom)
        sheet.text(LEFT + 5, TOP + 24, "Service")
        sheet.text(LEFT + COLUMN + 60, TOP + 14, "Savings, £000")
        for number, row in enumerate(
            [("", "2015/16", "2016/17"), ("Roads", "1", "2"), ("All", "3", "4")]
        ):
            for column, text in enumerate(row):
                sheet.text(LEFT + COLUMN * column + 5, TOP + ROW * (number + 1) + 14, text)

    (table,) = tables(page)
    spans = {
        cell.text: (cell.row, cell.column, cell.row_span, cell.col_span) for cell in table.cells
    }
    assert spans["Service"] == (1, 1, 2, 1)
    assert spans["Savings, £000"] == (1, 2, 1, 2)
    assert spans["2016/17"] == (2, 3, 1, 1)
    assert spans["4"] == (4, 3, 1, 1)


def test_a_heading_over_two_columns_without_lines_spans_them() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(LEFT + 1.2 * COLUMN, TOP - 6, "Savings planned and delivered, £000")
        sheet.table([row[:3] for row in BUDGET])

    (table,) = tables(page)
    over = next(cell for cell in table.cells if cell.text.startswith("Savings"))
    assert (over.row, over.column, over.col_span) == (1, 2, 2)


def test_rows_of_figures_in_one_drawn_cell_are_rows() -> None:
    # Lines round the heading and the whole table only: the figures say where rows are.
    def page(sheet: Sheet) -> None:
        sheet.table(BUDGET)
        bottom = TOP + ROW * len(BUDGET)
        for y in (TOP, TOP + ROW, bottom):
            sheet.line(LEFT, y, LEFT + 4 * COLUMN, y)
        for column in range(5):
            sheet.line(LEFT + COLUMN * column, TOP, LEFT + COLUMN * column, bottom)

    (table,) = tables(page)
    assert shown(table) == BUDGET


def test_a_label_over_two_lines_is_one_row() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table(BUDGET)
        sheet.text(LEFT + 6, TOP + ROW * 1 + 25, "and archives", size=10)

    (table,) = tables(page)
    assert shown(table)[1] == ["Libraries and archives", "120", "118", "1,050"]


@pytest.mark.parametrize("how", [{"grid": True}, {"rules": True}, {}], ids=str)
def test_a_table_that_goes_on_over_the_page_is_one(how: dict[str, bool]) -> None:
    head, *rest = BUDGET
    rows = [head] + [[f"{row[0]} {number}", *row[1:]] for number in range(12) for row in rest]
    first, second = rows[:31], [head, *rows[31:]]
    running = Sheet.text

    def page(part: Sequence[Sequence[str]]) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            running(sheet, LEFT, 40, "Budget book")
            sheet.table(part, **how)

        return draw

    (table,) = tables(page(first), page(second))
    assert shown(table) == rows  # the repeated heading row is not told again
    pages = {cell.row: cell.page for cell in table.cells}
    assert (pages[31], pages[32]) == (1, 2)
    lines = [cell.line for cell in table.cells]
    assert lines == sorted(lines)


def test_a_row_that_a_page_s_end_breaks_is_one() -> None:
    head, first, second, *others = BUDGET
    broken = [["Waste collection and", *second[1:]], ["disposal", "", "", ""]]
    (table,) = tables(
        lambda sheet: sheet.table([head, first, broken[0]], grid=True, top=HEIGHT - 150),
        lambda sheet: sheet.table([head, broken[1], *others], grid=True),
    )
    whole = ["Waste collection and disposal", *second[1:]]
    assert shown(table) == [head, first, whole, *others]
    assert [cell.page for cell in table.cells if cell.column == 1] == [1, 1, 1, 2, 2]
    # Without the headings repeated, too.
    (table,) = tables(
        lambda sheet: sheet.table([head, first, broken[0]], grid=True, top=HEIGHT - 150),
        lambda sheet: sheet.table([broken[1], *others], grid=True),
    )
    assert shown(table) == [head, first, whole, *others]


def test_rows_in_small_letters_stay_rows_over_the_page() -> None:
    rows = [["Sign", "Meaning"], ["est", "estimated"], ["prov", "provisional"], ["rev", "revised"]]
    (table,) = tables(
        lambda sheet: sheet.table(rows[:3], grid=True, top=HEIGHT - 150),
        lambda sheet: sheet.table([rows[0], *rows[3:]], grid=True),
    )
    assert shown(table) == rows


def test_two_tables_of_one_shape_on_two_pages_stay_two() -> None:
    other = [["Reserve", "Opening", "Used", "Closing"], *BUDGET[1:]]
    found = tables(
        lambda sheet: sheet.table(BUDGET, grid=True, top=600),
        lambda sheet: sheet.table(other, grid=True),
    )
    assert [shown(table) for table in found] == [BUDGET, other]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    def page(sheet: Sheet) -> None:
        right, bottom = LEFT + 400, TOP + 160
        for y in (TOP, TOP + 30, bottom):
            sheet.line(LEFT, y, right, y)
        for x in (LEFT, LEFT + 100, right):
            sheet.line(x, TOP, x, bottom)
        for x, y, text in ((5, 18, "Item"), (105, 18, "Detail"), (5, 60, "Costs")):
            sheet.text(LEFT + x, TOP + y, text)
        sheet.table(
            [["Year", "£000"], ["One", "10"], ["Two", "20"]],
            left=LEFT + 110,
            top=TOP + 50,
            grid=True,
        )

    outer, inner = tables(page)
    assert shown(outer) == [["Item", "Detail"], ["Costs", ""]]
    assert shown(inner) == [["Year", "£000"], ["One", "10"], ["Two", "20"]]
    assert (inner.within, inner.index) == (outer.index, 2)


def test_two_columns_of_text_are_no_table_and_are_read_one_after_the_other() -> None:
    def page(sheet: Sheet) -> None:
        for x, column in ((LEFT, 0), (320, 1)):
            sheet.prose(120, [pair[column] for pair in WIDE], x=x)

    document = told(pdf(page))
    assert list(document.tables) == []
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        " ".join(pair[column] for pair in WIDE) for column in (0, 1)
    ]


def test_prose_lists_and_lists_of_contents_are_no_tables() -> None:
    def page(sheet: Sheet) -> None:
        for at in range(5):
            sheet.text(LEFT, 100 + 14 * at, f"{at + 1}.")
            sheet.text(LEFT + 30, 100 + 14 * at, "Empty the bins of every house in the third week")
            sheet.text(LEFT, 220 + 14 * at, f"Chapter {at} " + "." * 60)
            sheet.text(LEFT + 350, 220 + 14 * at, str(at))
            sheet.text(
                LEFT, 320 + 14 * at, "In 2015 the council spent 120 thousand pounds, and 118 later"
            )

    assert tables(page) == []


SPENT = ["Service", "Spent"]
NAMES = ["Arts", "Bins", "Care", "Debt", "Eels", "Fire"]


def beside(sheet: Sheet, *lists: Sequence[Sequence[str]]) -> None:
    """Lists of two columns each, with a gutter between them."""
    for at, rows in enumerate(lists):
        for number, (label, figure) in enumerate(rows):
            sheet.text(LEFT + 250 * at, TOP + ROW * number, label)
            sheet.right(LEFT + 250 * at + 80, TOP + ROW * number, figure)


def test_a_list_printed_in_two_parts_side_by_side_is_two_tables() -> None:
    # Told by headings that are repeated, or by numbers that count on.
    figures = [[name, str(100 + at)] for at, name in enumerate(NAMES)]
    parts = [SPENT, *figures[:3]], [SPENT, *figures[3:]]
    assert [shown(table) for table in tables(lambda sheet: beside(sheet, *parts))] == list(parts)
    counted = [[str(number), str(900 - 7 * number)] for number in range(98, 105)]
    halves = counted[:4], counted[4:]
    assert [shown(table) for table in tables(lambda sheet: beside(sheet, *halves))] == list(halves)


@pytest.mark.parametrize(
    "second", [["Manager", "Posts"], ["101", "7"]], ids=["other headings", "figures"]
)
def test_one_table_with_a_wide_gap_between_its_columns_stays_one(second: list[str]) -> None:
    first = [SPENT, *([name, "10"] for name in NAMES)]
    other = [second, *([f"{name}x", "3"] for name in NAMES)]
    (table,) = tables(lambda sheet: beside(sheet, first, other))
    assert shown(table) == [[*one, *two] for one, two in zip(first, other, strict=True)]


def test_a_frame_round_text_is_no_table() -> None:
    def page(sheet: Sheet) -> None:
        for y in (100, 140, 180):
            sheet.line(LEFT, y, 400, y)
        for x in (LEFT, 400):
            sheet.line(x, 100, x, 180)
        sheet.text(LEFT + 10, 120, "Recommendation")
        sheet.text(LEFT + 10, 160, "That the paper be noted.")

    document = told(pdf(page))
    assert list(document.tables) == []
    assert len(document.blocks) == 2


LABELS = st.sampled_from(["Roads", "Adult care", "Waste", "Planning policy", "Parks", "Museums"])
FIGURES = st.integers(-99_999, 99_999).map(lambda one: f"{one:,}" if one >= 0 else f"({-one:,})")


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda columns: st.lists(
            st.tuples(LABELS, *[FIGURES] * (columns - 1)).map(list), min_size=3, max_size=20
        )
    ),
    st.sampled_from([{"grid": True}, {"rules": True}, {}]),
)
def test_every_figure_comes_back_in_its_place(body: list[list[str]], how: dict[str, bool]) -> None:
    rows = [["Service", "First", "Second", "Third"][: len(body[0])], *body]
    (table,) = tables(lambda sheet: sheet.table(rows, **how))
    assert shown(table) == rows
