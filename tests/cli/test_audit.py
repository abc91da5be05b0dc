"""Does the command line say what in a paper does not add up, and which file cannot be read?"""

from pathlib import Path

import pytest

from tests.cli.conftest import Command

RIGHT = """\
| £000 | 2016/17 | 2017/18 | Total |
|---|---|---|---|
| Libraries | 10 | 20 | 30 |
| Museums | 12 | 22 | 34 |
| Archives | 15 | 6 | 21 |
"""
WRONG = RIGHT.replace("30 |", "40 |")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    (tmp_path / "right.md").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    return tmp_path


def test_a_paper_that_adds_up_is_clean(papers: Path, futurefit: Command) -> None:
    said = futurefit("audit", papers / "right.md")
    assert said.status == 0
    assert "Clean bill: right.md" in said.out
    assert "3 of 3 printed totals" in said.out


def test_a_wrong_total_is_a_finding_with_its_cell(papers: Path, futurefit: Command) -> None:
    said = futurefit("audit", papers / "wrong.md", papers / "right.md", "--format", "json")
    assert said.status == 1
    wrong, right = said.values["documents"]
    assert (wrong["findings"], right["findings"]) == (1, 0)
    finding, across = said.values["findings"]
    assert (across["code"], across["severity"]) == ("AUD-58", "note")
    assert (finding["severity"], finding["document"]) == ("error", "wrong.md")
    assert finding["locator"]["row"] == 2
    assert (finding["printed"], finding["expected"]) == ("40", "30")


def test_the_real_pack_has_its_known_errors(shared: Path, futurefit: Command) -> None:
    pack = shared / "data/packs/worcestershire-cabinet-2015-11-19.md"
    said = futurefit("audit", pack, "--format", "json")
    assert said.status == 1
    assert said.values["counts"]["error"] == 5
    errors = {
        (f["locator"]["line"], f["printed"])
        for f in said.values["findings"]
        if f["severity"] == "error"
    }
    # The HR paper's amber total, the year of the SEND paper's total, and three percentages of the
    # commissioning table; every other printed total is right.
    assert {line for line, _ in errors} == {201, 713, 715, 1641}
    assert len(errors) == 5


def test_findings_come_as_a_table_for_a_spreadsheet(papers: Path, futurefit: Command) -> None:
    output = papers / "findings.csv"
    said = futurefit("audit", papers / "wrong.md", "--format", "csv", "--output", output)
    assert said.status == 1
    assert output.read_text(encoding="utf-8-sig").startswith("severity,code,message,place,printed")


def test_a_file_that_cannot_be_read_is_named_and_the_rest_are_read(
    papers: Path, futurefit: Command
) -> None:
    said = futurefit("audit", papers / "none.md", papers / "wrong.md", "--format", "json")
    assert said.status == 2
    assert "none.md does not exist" in said.err
    assert [paper["findings"] for paper in said.values["documents"]] == [1]
    assert [file["file"] for file in said.values["not_read"]] == [str(papers / "none.md")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.md", b"", "empty.md"),
        ("noise.md", bytes(range(256)) * 40, "noise.md"),
        ("pack.pdf", b"%PDF-1.7", "pack.pdf"),
        ("pack.md", b"%PDF-1.7\n" + b"x" * 100, "PDF"),
        ("huge.csv", b"1,2\n" * 6_000_000, "huge.csv"),
    ],
)
def test_what_is_no_paper_is_refused_in_plain_words(
    name: str, content: bytes, words: str, tmp_path: Path, futurefit: Command
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    said = futurefit("audit", path)
    assert said.status == 2
    assert any(part in said.err for part in words.split("|"))
    assert "Traceback" not in said.err


def test_a_folder_is_not_a_paper(tmp_path: Path, futurefit: Command) -> None:
    said = futurefit("audit", tmp_path)
    assert said.status == 2
    assert "folder" in said.err


def test_a_paper_in_an_old_alphabet_is_read_with_a_note(tmp_path: Path, futurefit: Command) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("£000,2016/17,Total\nCafé,1,1\n".encode("cp1252"))
    said = futurefit("audit", path)
    assert said.status == 0
    assert "Windows-1252" in said.out


def test_a_report_draws_the_tables_again_with_what_is_wrong_marked(
    papers: Path, futurefit: Command
) -> None:
    said = futurefit("audit", papers / "wrong.md")
    assert "40 ◄ should be 30 (AUD-13)" in said.out


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx"])
def test_a_report_is_written_as_a_file(ending: str, papers: Path, futurefit: Command) -> None:
    output = papers / f"audit.{ending}"
    said = futurefit("audit", papers / "wrong.md", "--format", ending, "--output", output)
    assert said.status == 1
    assert output.stat().st_size > 1000


def test_an_erratum_says_for_what_to_read_what(papers: Path, futurefit: Command) -> None:
    said = futurefit("audit", papers / "wrong.md", "--erratum", "--format", "json")
    assert said.status == 1
    (corrections,) = [block for block in said.values["blocks"] if block["block"] == "table"]
    assert [(row["printed"], row["expected"]) for row in corrections["rows"]] == [("40", "30")]


def test_nothing_wrong_needs_no_erratum(papers: Path, futurefit: Command) -> None:
    said = futurefit("audit", papers / "right.md", "--erratum")
    assert said.status == 0
    assert "Nothing needs an erratum" in said.out
