"""Which files are refused, and what is said (rule AUD-02)."""

from pathlib import Path

import pytest

from futurefit.papers.document import Unreadable
from futurefit.papers.readers import LARGEST_BYTES, read, read_file


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(name, data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("pack.xyz", b"words", "no reader for this kind of file"),
        ("pack", b"words", "no reader for this kind of file"),
        ("pack.md", b"", "pack.md is empty"),
        ("pack.md", b" \n\t\r\n", "pack.md is empty"),
        ("pack.md", b"\xef\xbb\xbf\n", "pack.md is empty"),
        ("pack.md", b"%PDF-1.7 ...", "is a PDF, whatever its name says"),
        ("pack.csv", b"PK\x03\x04...", "is a Word, Excel or zip file"),
        ("pack.csv", b"a,b\x00c\n1,2", "is not text"),
        ("pack.csv", b"a,b\x07c\n1,2", "is not text"),
        ("pack.csv", b"a,b\n" * 100_000 + b"\x1b[2J", "is not text"),
        ("pack.md", b"\xff\xfeA", "damaged or cut short"),
        ("pack.md", bytes(range(128, 256)) * 9, "is not text in UTF-8, UTF-16 or Windows-1252"),
        ("pack.md", b"a" * (LARGEST_BYTES + 1), "is larger than 50 MB"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_is_no_paper_is_refused_and_said_so(name: str, data: bytes, why: str) -> None:
    assert why in refusal(name, data)


def test_a_missing_file_and_a_folder_are_refused_and_said_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"none\.md does not exist"):
        read_file(tmp_path / "none.md")
    with pytest.raises(Unreadable, match="is a folder"):
        read_file(tmp_path)


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_file(tmp_path / "a\0b.md")


def test_a_file_too_large_is_not_read_into_memory_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(10 * LARGEST_BYTES)
    with pytest.raises(Unreadable, match="larger than 50 MB"):
        read_file(path)


def test_a_reader_of_text_knows_the_name_and_digest_of_what_it_read(tmp_path: Path) -> None:
    for ending in (".csv", ".tsv", ".md", ".markdown"):
        path = tmp_path / f"paper{ending.upper()}"
        path.write_text("Parks\t1\n", encoding="utf-8")
        paper = read_file(path)
        assert paper.name == path.name
        assert len(paper.sha256) == 64


def test_a_few_bytes_that_mean_nothing_do_not_stop_a_long_file() -> None:
    paper = read("spend.csv", b"Name,Sum\n" + b"Caf\xe9,1\n" * 2000 + b"x\x9dy,2\n")
    assert [note.printed for note in paper.findings] == ["Windows-1252"]


# The kinds of text that make careless readers slow: each is read or refused at once.
SLOW = {
    "one line": "word " * 4_000_000,
    "stars": "*" * 19_000_000,
    "bold": "**a" * 6_000_000,
    "links": "[](" * 6_000_000,
    "openings": "<" * 19_000_000,
    "tags": "<a\n" * 1_000_000,
    "references": "&#12" * 4_000_000,
    "escapes": "\\*" * 9_000_000,
    "dashes": "- " * 9_000_000,
    "brackets": "x\t190 (" * 100_000,
    "figure": "x\t" + "1" * 1_000_000,
}


@pytest.mark.parametrize("kind", SLOW)
def test_no_text_holds_a_reader_up(kind: str) -> None:
    read("paper.md", SLOW[kind].encode())
