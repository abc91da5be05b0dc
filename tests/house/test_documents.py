"""Do the documents hold together: links, glossary, rule numbers?"""

import re
from enum import Enum
from pathlib import Path
from urllib.parse import unquote

import pytest

from futurefit.ledger import entries
from tests.house.repository import ROOT, place, sources, text_of, tracked

DOCUMENTS = [path for path in tracked() if path.suffix == ".md"]
RULES = ROOT / "docs/rules"

FENCED = re.compile(r"(?ms)^(```|~~~).*?^\1")
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"(?m)^#{1,6}\s+(.+?)\s*#*$")
RULE_HEADING = re.compile(r"(?m)^#{1,6}\s+([A-Z]{2,5}-\d{2,3})\b")


def anchors(document: Path) -> set[str]:
    """The names that a document's headings can be linked by."""
    found: set[str] = set()
    for heading in HEADING.findall(FENCED.sub("", text_of(document) or "")):
        words = re.sub(r"[^\w\s-]", "", LINK.sub("", heading).lower()).strip()
        name = anchor = re.sub(r"\s", "-", words)
        again = 0
        while anchor in found:
            again += 1
            anchor = f"{name}-{again}"
        found.add(anchor)
    return found


def broken_links(document: Path) -> list[str]:
    """The links of a document that lead nowhere. Addresses on the web are not followed."""
    broken = []
    text = CODE.sub("", FENCED.sub("", text_of(document) or ""))
    for target in LINK.findall(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists():
            broken.append(f"{target}: no such file")
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            broken.append(f"{target}: no such heading")
    return broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=place)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert broken_links(document) == []


def test_the_glossary_has_every_word_of_the_ledger() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    words = {
        f"{name}.{member.name}": str(member.value)
        for name, kind in vars(entries).items()
        if isinstance(kind, type) and issubclass(kind, Enum) and kind.__module__ == entries.__name__
        for member in kind
    }
    assert len(words) > 40
    assert [name for name, word in words.items() if not re.search(rf"\b{word}\b", glossary)] == []


def rules() -> list[str]:
    """The number of every rule in docs/rules, as often as it stands there."""
    files = [path for path in DOCUMENTS if path.is_relative_to(RULES)]
    return [number for path in files for number in RULE_HEADING.findall(text_of(path) or "")]


def test_each_rule_is_written_once() -> None:
    numbers = rules()
    assert numbers
    assert sorted(set(numbers)) == sorted(numbers)


def test_each_rule_that_the_code_follows_is_written_down() -> None:
    written = set(rules())
    followed = {
        number
        for path in sources("src")
        for number in re.findall(r"\brules? ([A-Z]{2,5}-\d{2,3})\b", text_of(path) or "")
    }
    assert sorted(followed - written) == []


def test_each_rule_has_a_test_that_names_it() -> None:
    tests = "\n".join(text_of(path) or "" for path in sources("tests"))
    assert [number for number in rules() if not re.search(rf"\b{number}\b", tests)] == []
