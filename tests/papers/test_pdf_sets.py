"""PDF: papers that others wrote, against their published truth (rule AUD-23).

Thresholds lie slightly below what was measured: they hold a gain, and say nothing of other papers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import pdf_tables
from benchmarks.adjacency import Spot, relations, truth
from futurefit.papers.document import Aside, AsideKind
from futurefit.papers.readers import read_file


def test_the_competition_s_tables_are_read(shared: Path) -> None:
    assert pdf_tables.ICDAR.is_relative_to(shared)
    agreed = pdf_tables.icdar(pdf_tables.ours)
    assert agreed.true > 6_000
    assert agreed.precision > 0.97
    assert agreed.recall > 0.99


def test_simple_pdfs_give_the_cells_of_their_csv(shared: Path) -> None:
    assert shared.exists()
    assert pdf_tables.simple(pdf_tables.ours) > 0.98


def test_a_council_s_payments_are_those_of_the_clean_file(shared: Path) -> None:
    assert shared.exists()
    assert pdf_tables.payments(pdf_tables.ours) > 0.99


def test_payments_over_seven_pages_are_one_table(shared: Path) -> None:
    document = read_file(shared / "data/spend/sutton-coldfield/payments_over_250_2016-17.pdf")
    table = max(document.tables, key=lambda one: len(one.cells))
    assert {cell.page for cell in table.cells} >= {1, 2, 3, 4, 5}
    assert document.findings == ()


def test_every_block_of_every_paper_has_a_page_a_place_and_a_rising_line(shared: Path) -> None:
    for path in sorted((shared / "data/pdf-tables/icdar2013-eu").glob("*.pdf"))[::3]:
        document = read_file(path)
        lines = [block.line for block in document.blocks]
        assert lines == sorted(set(lines))
        assert all(block.page and block.box for block in document.blocks)


@pytest.mark.parametrize(
    ("name", "numbers"), [("eu-011", "6 7 8 9"), ("eu-026", "11 12 13 14 15 16")]
)
def test_the_footnotes_of_real_papers_are_told_one_by_one(
    shared: Path, name: str, numbers: str
) -> None:
    document = read_file(shared / f"data/pdf-tables/icdar2013-eu/{name}.pdf")
    notes = [block for block in document.blocks if isinstance(block, Aside)]
    found = [note.marker for note in notes if note.kind is AsideKind.FOOTNOTE]
    assert found == numbers.split()


def test_relations_are_those_of_the_competition_s_paper() -> None:
    # By hand: a heading over two columns, and two cells below it.
    cells = [Spot(0, 0, 0, 1, "Cost"), Spot(1, 0, 1, 0, "a"), Spot(1, 1, 1, 1, "b")]
    assert relations(cells) == {
        ("cost", "a", "below"): 1,
        ("cost", "b", "below"): 1,
        ("a", "b", "right"): 1,
    }


def test_the_truth_agrees_with_itself_only(shared: Path) -> None:
    one = truth(shared / "data/pdf-tables/icdar2013-eu/eu-001-str.xml")
    assert sum(page.total() for page in one.values()) == 665
