"""Does `futurefit recognise` print what a paper proposes?"""

from pathlib import Path

from tests.cli.conftest import Command
from tests.house.repository import ROOT

CASE = ROOT / "examples/northmoor-business-case.md"
FORM = CASE.with_suffix(".toml")


def test_a_form_of_ones_own_is_recognised_by_its_mapping_file(futurefit: Command) -> None:
    said = futurefit("recognise", CASE, "--template", FORM, "--format", "json")
    assert said.status == 0
    assert said.values["document"]["name"] == CASE.name
    (paper,) = said.values["papers"]
    amounts = [amount["pence"] for line in paper["lines"] for amount in line["amounts"]]
    assert amounts
    assert all(isinstance(pence, int) for pence in amounts)


def test_people_read_it_as_a_report(futurefit: Command) -> None:
    said = futurefit("recognise", CASE, "--template", FORM)
    assert said.status == 0
    assert f"What {CASE.name} proposes" in said.out


def test_a_mapping_file_with_a_slip_is_refused_by_name(tmp_path: Path, futurefit: Command) -> None:
    form = tmp_path / "ours.toml"
    text = FORM.read_text(encoding="utf-8")
    form.write_text(f"nmae = 'A slip'\n{text}", encoding="utf-8")
    said = futurefit("recognise", CASE, "--template", form)
    assert said.status == 2
    assert "ours.toml" in said.err
    assert "nmae" in said.err


def test_a_paper_that_is_not_there_is_refused(tmp_path: Path, futurefit: Command) -> None:
    assert futurefit("recognise", tmp_path / "none.md").status == 2
