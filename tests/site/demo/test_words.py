"""Are the words of the demonstration our own, and are people left out of it?"""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from futurefit.site.demo import papers
from tests.house.repository import place, text_of, tracked
from tests.site.demo import books

DATA = Path(papers.__file__).parent / "data"
IN_A_ROW = 8
"""So many words of the source in the same order are a quotation."""


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9£%]+", re.sub(r"<[^>]*>", " ", text.lower()))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    spoken = words(text)
    for first in range(len(spoken) - IN_A_ROW + 1):
        yield tuple(spoken[first : first + IN_A_ROW])


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def our_texts(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".toml":
        yield from texts(tomllib.loads(text))
        yield from (line for line in text.splitlines() if line.startswith("#"))
    elif file.suffix == ".md":
        # Cell by cell: the heading row of a grid is a form's, and no sentence.
        yield from re.split(r"[|\n]", text)
    else:
        for row in csv.DictReader(text.splitlines()):
            # What a service is called is a fact, however long.
            yield from (cell for column, cell in row.items() if column != "name")


@pytest.fixture(scope="module")
def quotable(shared: Path) -> set[tuple[str, ...]]:
    lines = (shared / books.PACK).read_text(encoding="utf-8").split("\n")
    return {run for line in lines for run in runs(line)}


def test_no_file_quotes_a_sentence_of_the_pack(quotable: set[tuple[str, ...]]) -> None:
    assert len(quotable) > 5000
    files = sorted(DATA.iterdir())
    assert len(files) > 10
    quoted = [
        f"{file.name}: {' '.join(run)}"
        for file in files
        for text in our_texts(file)
        for run in runs(text)
        if run in quotable
    ]
    assert quoted == []


def people(value: Any) -> Iterator[str]:
    """The names in the extract's list of people, without titles ('Mr A B Name' is 'A B Name')."""
    if isinstance(value, list):
        for person in value:
            if isinstance(person, str):
                yield person
                continue
            yield re.sub(r"^(Mr|Mrs|Ms|Dr) ", "", person["name"])
            yield from re.findall(r"^([A-Z]\w+ [A-Z]\w+):", person.get("as_cmr", ""))


def test_no_tracked_file_names_a_person_of_the_papers(shared: Path) -> None:
    listed = books.extract(shared)["people"]
    names = {name for group in listed.values() for name in people(group)}
    assert len(names) > 25
    named = [
        f"{place(path)}: {name}"
        for path in tracked()
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", text_of(path) or "")
    ]
    assert named == []


def test_every_post_that_a_paper_speaks_of_is_listed() -> None:
    demo = papers.read()
    known = {post.code for post in demo.posts}
    spoken_of = {paper.by for paper in demo.papers}
    for paper in demo.papers:
        spoken_of |= {line.attributes.owner for line in paper.lines} - {""}
        spoken_of |= {part["lead"] for part in paper.parts.get("workstream", ())}
        spoken_of |= {part["post"] for part in paper.parts.get("sign_off", ())}
        spoken_of |= {*paper.words.get("lead_posts", ()), *paper.words.get("core_team", ())}
    assert spoken_of <= known
    assert len(known) == len({post.title for post in demo.posts})
    assert any(not post.printed for post in demo.posts)


def test_every_code_that_a_line_is_classed_by_has_a_name() -> None:
    demo = papers.read()
    workstreams = {row["code"] for p in demo.papers for row in p.parts.get("workstream", ())}
    known = {
        "theme": {paper.code for paper in demo.papers if paper.kind == "theme"},
        "project": {paper.code for paper in demo.papers if paper.kind == "project"},
        "workstream": workstreams,
        "directorate": set(demo.directorates),
        "service": {service.code for service in demo.services},
        "mtfp_heading": set(demo.mtfp_headings),
    }
    for paper in demo.papers:
        for line in paper.lines:
            for dimension, codes in known.items():
                assert getattr(line.attributes, dimension) in codes | {""}
        for rows in paper.parts.values():
            for row in rows:
                assert row.get("about", paper.code) in known[paper.kind] | workstreams
                assert (
                    row.get("on", "") in {"", *known["theme"], *known["project"]} or "post" in row
                )
        linked = {row.get("line_ref", "") for row in paper.parts.get("support", ())}
        assert linked <= {"", *(line.ref for line in paper.lines)}
