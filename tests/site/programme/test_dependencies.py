"""What hangs on what, on the pages (rules DEP-01 and DEP-02)."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from futurefit.site.programme import models, operations
from tests.site.programme.worlds import World, holder


def text_of(client: Client, path: str) -> str:
    """The words of a page."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def waiting(world: World) -> World:
    """Libraries need the roads."""
    depend(world, world.libraries, world.roads)
    return world


def depend(world: World, project: models.Project, on: models.Project) -> None:
    row = models.Dependency(about=project.heading, what="The new bridge", on=on.heading)
    operations.add(row, by=holder(world.carol))


def test_what_hangs_is_listed_with_its_pounds_and_leads_to_its_lines(
    waiting: World, alice: Client
) -> None:
    """DEP-01: of libraries £196,000 current, £100,000 proposed; the investment is no saving."""
    page = text_of(alice, "/dependencies/")
    assert "The new bridge" in page
    row = page[page.index("What hangs on each part") :]
    assert re.search(r"Roads .*? Libraries Proposed 30 70 100", row)
    assert re.search(r"Libraries Current 40 156 196", row)
    lines = text_of(alice, "/dependencies/lines/?dimension=project&code=roads")
    assert "LIB-1" in lines
    assert "ROAD-1" not in lines
    assert alice.get("/dependencies/lines/?dimension=project&code=libraries").status_code == 404


def test_a_project_says_what_hangs_on_it_and_what_it_hangs_on(
    waiting: World, alice: Client
) -> None:
    """DEP-01, with the rating of what it depends on."""
    assert "What hangs on this" in text_of(alice, "/projects/roads/")
    page = text_of(alice, "/projects/libraries/")
    assert "What this hangs on" in page
    assert "Green delivered" in page[page.index("What this hangs on") :]


def test_restricted_lines_keep_their_pounds_and_lose_their_names(waiting: World) -> None:
    """LIB-3 is for officers only."""
    assert "LIB-3" not in text_of(Client(), "/dependencies/lines/?dimension=project&code=roads")
    assert "30 70 100" in text_of(Client(), "/dependencies/")


def test_a_circle_is_a_finding(waiting: World, alice: Client) -> None:
    """DEP-02."""
    assert "depends on" not in text_of(alice, "/findings/")
    depend(waiting, waiting.roads, waiting.libraries)
    assert "Libraries depends on Roads depends on Libraries" in text_of(alice, "/findings/")


def test_without_dependencies_the_page_says_so_plainly(world: World) -> None:
    assert "What hangs on what?" in text_of(Client(), "/dependencies/")
