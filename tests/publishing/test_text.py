"""Reports in a terminal (rule PUB-04)."""

from io import StringIO

from rich.console import Console

from futurefit.kernel.money import read_money
from futurefit.kernel.report import Cell, Column, Row, Table, Unit
from futurefit.publishing.text import harmless, show, write
from tests.publishing.cases import IMPRINT, SEN, K, grid, report


def test_a_grid_reads_back_and_its_money_stands_to_the_right() -> None:
    lines = write(grid()).decode().splitlines()
    assert "2016/17 (£000)" in lines[2]
    total = next(line for line in lines if "Total" in line and "(" not in line)
    amounts = [read_money(cell, Unit.THOUSANDS).pence for cell in total.split()[1:]]
    assert amounts == [(cell or 0) * K for cell in SEN["Total"]]
    first = next(line for line in lines if "Green delivered" in line)
    assert first.index("902") + 3 == total.index("2,455") + 5


def test_a_report_prints_its_words_charts_notes_and_imprint() -> None:
    text = write(report(), IMPRINT).decode()
    for words in (
        "Programme summary",
        "=As printed.",
        "Savings by year: Bars of current savings by year and rating.",
        "An empty cell was not stated.",
        "Green on target",
        "TBC",
        "£1,250.50 about",
        "Ledger head: 12:ab34",
    ):
        assert words in text


def test_colours_only_where_the_terminal_has_them_and_always_the_word() -> None:
    file = StringIO()
    show(grid(), Console(file=file, force_terminal=True, color_system="truecolor", width=100))
    assert "Amber" in file.getvalue()
    assert "\x1b[" in file.getvalue()
    assert "\x1b" not in write(grid()).decode()


def test_a_narrow_terminal_never_shows_a_part_of_a_figure() -> None:
    whole = [line.split()[1:] for line in write(grid()).decode().splitlines() if "Total" in line]
    file = StringIO()
    show(grid(), Console(file=file, width=40))
    narrow = file.getvalue().splitlines()
    assert narrow[1].endswith("(£000)")
    assert [line.split()[1:] for line in narrow if line.lstrip().startswith("Total")] == whole[-1:]


def test_a_papers_words_cannot_drive_the_terminal_or_the_layout() -> None:
    hostile = "\x1b[31mred\x07 [bold]bold[/bold]"
    table = Table(hostile, (Column("a", hostile),), (Row((Cell(hostile, note=hostile),)),))
    text = write(table).decode()
    assert "\x1b" not in text
    assert "\x07" not in text
    assert text.count("[bold]bold[/bold]") == 4
    assert harmless("a\tb\n£") == "a\tb\n£"
