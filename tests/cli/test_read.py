"""Does `futurefit read` print what stands in a paper?"""

from pathlib import Path

from tests.cli.conftest import Command

PAPER = """\
# Savings

We propose £2m.

| £000 | 2016/17 | Total |
|---|---|---|
| Libraries | 10 | 10 |
"""


def test_a_document_is_printed_block_by_block_with_every_cell(
    tmp_path: Path, futurefit: Command
) -> None:
    path = tmp_path / "paper.md"
    path.write_text(PAPER, encoding="utf-8")
    said = futurefit("read", path, "--format", "json")
    assert said.status == 0
    heading, paragraph, table = said.values["blocks"]
    assert (heading["block"], heading["text"], heading["level"]) == ("heading", "Savings", 1)
    assert (paragraph["block"], paragraph["line"]) == ("paragraph", 3)
    cell = table["cells"][-1]
    assert (cell["row"], cell["column"], cell["text"]) == (2, 3, "10")
    assert {"row_span", "col_span", "page", "box"} <= cell.keys()


def test_people_see_the_paper_drawn_again(tmp_path: Path, futurefit: Command) -> None:
    path = tmp_path / "paper.md"
    path.write_text(PAPER, encoding="utf-8")
    said = futurefit("read", path)
    assert said.status == 0
    assert "We propose £2m." in said.out
    assert "Libraries" in said.out


def test_what_cannot_be_read_is_refused_in_plain_words(tmp_path: Path, futurefit: Command) -> None:
    said = futurefit("read", tmp_path / "none.md")
    assert said.status == 2
    assert "does not exist" in said.err
