"""Does the manual say what the program does: commands, settings, rights, exports?"""

import re

import pytest
import typer

from futurefit.cli.run import app
from futurefit.ledger.entries import EntryKind
from futurefit.ledger.package import SCHEMAS
from futurefit.ledger.rights import Role, may, needs_decision, needs_second_person
from futurefit.papers.audit import audit
from futurefit.papers.readers import read_file
from futurefit.site.ledger.operations.carriage import WORDS
from tests.house.repository import ROOT

MANUAL = ROOT / "docs/manual"


def page(name: str) -> str:
    return (MANUAL / name).read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """Every command with its long options, help aside."""
    found = {}

    def walk(words: tuple[str, ...], command: object) -> None:
        below = getattr(command, "commands", {})
        if not below:
            options = [o for p in command.params for o in (*p.opts, *p.secondary_opts)]  # type: ignore[attr-defined]
            found[" ".join(words)] = {o for o in options if o.startswith("--")} - {"--help"}
        for name, part in below.items():
            walk((*words, name), part)

    walk((), typer.main.get_command(app))
    return found


@pytest.mark.parametrize("command", commands())
def test_the_manual_names_each_command_and_option(command: str) -> None:
    text = page("command-line.md")
    assert f"futurefit {command}" in text
    assert {option for option in commands()[command] if f"`{option}`" not in text} == set()


def test_the_manual_names_no_option_that_there_is_not() -> None:
    known = {"--help", "--version"}.union(*commands().values())
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page("command-line.md")))
    assert named - known == set()


def test_the_manual_has_the_table_of_rights() -> None:
    """LED-11, LED-12."""
    rows = {
        cells[1].strip("`"): cells[2:]
        for line in page("security.md").splitlines()
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])[1:]
        and cells[1].strip("`") in set(EntryKind)
    }
    yes_or_no = {True: "yes", False: "no"}
    columns = (Role.PROJECT_LEAD, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)
    for kind in EntryKind:
        *allowed, also = rows[kind]
        assert allowed == [yes_or_no[may(role, kind)] for role in columns], kind
        assert ("second person" in also) == needs_second_person(kind), kind
        assert ("decision" in also) == needs_decision(kind), kind
        assert not may(Role.VISITOR, kind)
        assert not may(Role.COUNCILLOR, kind)


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if page != "README.md" and f"({page})" not in index] == []


def test_the_manual_names_each_setting() -> None:
    settings = (ROOT / "src/futurefit/site/config/settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"FUTUREFIT_[A-Z]+", page("getting-started.md")))
    assert named == set(re.findall(r"FUTUREFIT_[A-Z]+", settings))


def test_the_manual_names_each_file_and_column_of_the_export() -> None:
    text = page("data-package.md")
    columns = {
        **{name: [column for column, _, _ in fields] for name, fields in SCHEMAS.items()},
        **{name: list(fields) for name, (_, _, fields) in WORDS.items()},
    }
    missing = [
        f"{name}.csv: {column}"
        for name, fields in columns.items()
        for column in (f"{name}.csv", *fields)
        if not re.search(rf"\b{column}\b", text)
    ]
    assert missing == []


def test_the_readme_quotes_what_the_audit_says_of_the_examples() -> None:
    (found,) = audit(read_file(ROOT / "examples/libraries.md"))
    assert audit(read_file(ROOT / "examples/fees.csv")) == []
    quoted = " ".join((ROOT / "README.md").read_text(encoding="utf-8").replace("\n> ", " ").split())
    assert f"{found.severity.value} {found.code}" in quoted
    assert f"{found.message} {found.advice}" in quoted
