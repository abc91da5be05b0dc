"""Words are found wherever they stand, and restricted ones only by who may read them."""

from __future__ import annotations

from futurefit.site.accounts.holders import Holder
from futurefit.site.accounts.models import User
from futurefit.site.programme import models, operations, searching
from tests.site.programme.worlds import World, holder


def found(words: str, user: User | None = None) -> list[tuple[str, str]]:
    reader = holder(user) if user else Holder()
    return [(hit.sort, hit.title) for hit in searching.search(words.split(), reader.may_read)]


def test_words_are_found_in_every_sort_of_place(world: World) -> None:
    office = holder(world.carol)
    part = world.libraries.heading
    world.milestone(part, what="Turnstile opens")
    world.risk(part, what="Turnstile jams")
    for row in (
        models.SuccessMeasure(about=part, what="Turnstile counts"),
        models.Dependency(about=part, what="Turnstile maker"),
        models.SupportRequest(about=part, what="Turnstile oil"),
        models.Fact(about=part, what="Turnstiles", printed="12"),
        models.DocumentLink(about=part, document=world.document, title="Turnstile paper"),
    ):
        operations.add(row, by=office)
    assert found("turnstile") == [
        ("Milestone", "Turnstile opens"),
        ("Risk", "Turnstile jams"),
        ("Measure of success", "Turnstile counts"),
        ("Dependency", "Turnstile maker"),
        ("Support asked for", "Turnstile oil"),
        ("Fact", "Turnstiles: 12"),
        ("Document", "Turnstile paper"),
    ]


def test_parts_lines_and_documents_are_found(world: World) -> None:
    assert found("open") == [("Theme", "Open council")]
    assert found("desks") == [("Workstream", "Shared desks")]
    assert found("libraries") == [("Project", "Libraries")]
    assert found("LIB-1") == [("Line", "LIB-1: Title of LIB-1")]
    assert found("concept paper") == [("Document", "paper.md")]


def test_every_word_must_stand_there(world: World) -> None:
    assert found("late council") == [("Theme", "Open council")]
    assert found("late libraries") == []
    assert found("") == []


def test_restricted_words_are_found_only_by_who_may_read_them(world: World) -> None:
    assert ("Line", "LIB-3: Title of LIB-3") not in found("title")
    assert found("LIB-3") == found("LIB-3", world.dan) == []
    assert found("LIB-3", world.alice) == [("Line", "LIB-3: Title of LIB-3")]


def test_a_percent_sign_is_a_sign_and_no_pattern(world: World) -> None:
    assert found("%") == found("_") == []


def test_a_passage_is_cut_round_the_word(world: World) -> None:
    row = world.milestone(world.theme, note=f"{'a ' * 100}needle{' b' * 200}")
    [hit] = searching.search(["needle"], Holder().may_read)
    assert hit.title == str(row)
    assert "needle" in hit.text
    assert hit.text.startswith("…")
    assert hit.text.endswith("…")
    assert len(hit.text) <= 202
