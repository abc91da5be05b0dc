"""Does the command line tell what changed between two versions of a paper?"""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Command

OLD = """\
# Savings

We save £330K in all.

| £000 | 2016/17 | 2017/18 |
|---|---|---|
| Libraries | 110 | 70 |
| Museums | 220 | 30 |
| Total | 330 | 100 |
"""
STALE = OLD.replace("| 110 |", "| 150 |")
REVISED = STALE.replace("| 330 |", "| 370 |").replace("£330K", "£370K")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    for name, text in (("old.md", OLD), ("stale.md", STALE), ("revised.md", REVISED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_equal_papers_are_clean(papers: Path, futurefit: Command) -> None:
    said = futurefit("compare", papers / "old.md", papers / "old.md", "--format", "json")
    assert said.status == 0
    assert said.values["figures"] == said.values["text"] == said.values["unexplained"] == []
    assert said.values["counts"]["same"] == 6


def test_changes_that_their_totals_explain_are_told_and_are_clean(
    papers: Path, futurefit: Command
) -> None:
    said = futurefit("compare", papers / "old.md", papers / "revised.md", "--format", "json")
    assert said.status == 0
    assert [
        (one["before"]["printed"], one["after"]["printed"], one["difference"])
        for one in said.values["figures"]
    ] == [("110", "150", "40"), ("330", "370", "40")]
    assert [one["after"]["printed"] for one in said.values["text"]] == ["£370K"]
    assert said.values["unexplained"] == []


def test_a_total_that_did_not_move_with_its_parts_is_a_finding(
    papers: Path, futurefit: Command
) -> None:
    said = futurefit("compare", papers / "old.md", papers / "stale.md")
    assert said.status == 1
    assert "Moves that nothing explains" in said.out
    assert "the total did not" in said.out
    assert said.err == ""
    told = futurefit("compare", papers / "old.md", papers / "stale.md", "--format", "json").values
    (finding,) = told["findings"]
    assert (finding["code"], finding["document"]) == ("AUD-61", "stale.md")
    assert (finding["printed"], finding["expected"]) == ("330", "370")


@pytest.mark.parametrize("form", ["csv", "html"])
def test_it_can_be_had_as_a_file_of_any_kind(papers: Path, form: str, futurefit: Command) -> None:
    said = futurefit("compare", papers / "old.md", papers / "stale.md", "--format", form)
    assert said.status == 1
    assert "150" in said.out
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(said.out)))) > 1


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_workbook_and_a_word_document_are_written(
    papers: Path, form: str, futurefit: Command
) -> None:
    file = papers / f"compared.{form}"
    said = futurefit(
        "compare", papers / "old.md", papers / "stale.md", "--format", form, "--output", file
    )
    assert said.status == 1
    assert file.read_bytes().startswith(b"PK")


def test_a_version_that_cannot_be_read_is_refused_by_name(papers: Path, futurefit: Command) -> None:
    said = futurefit("compare", papers / "old.md", papers / "none.md")
    assert said.status == 2
    assert "none.md" in said.err
