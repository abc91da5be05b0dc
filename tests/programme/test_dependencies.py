"""What hangs on each part of the programme? (rules DEP-01 and DEP-02)"""

from __future__ import annotations

import random

from futurefit.ledger.entries import LineAttributes, Tranche
from futurefit.ledger.presentations import Scope
from futurefit.programme.dependencies import (
    DependsOn,
    at_stake,
    check_circles,
    circles,
    hanging,
    least_sure,
)
from tests.ledger.books import Book

T, A, B, C, D = ("theme", "T"), *(("project", code) for code in "ABCD")
LINES = {
    "L-T": LineAttributes(theme="T"),
    **{f"L-{code}": LineAttributes(project=code) for code in "BCD"},
    "L-A": LineAttributes(theme="T", project="A"),
}
ABOVE = {A: T}


def on(part: tuple[str, str], *depends: DependsOn) -> set[str]:
    """The lines that hang on a part."""
    return next(set(h.lines) for h in hanging(depends, ABOVE, LINES) if h.on == part)


def test_what_depends_hangs_on_it_directly_and_through_others_each_line_once() -> None:
    """DEP-01: C needs B, D needs B and C: C's and D's lines hang on B, D's on C."""
    depends = (DependsOn(C, B), DependsOn(D, B), DependsOn(D, C))
    assert on(B, *depends) == {"L-C", "L-D"}
    assert on(C, *depends) == {"L-D"}


def test_a_theme_hangs_with_its_projects_and_is_depended_on_with_them() -> None:
    """DEP-01: T needs B, so A in T does; C needs T, so it needs A, and hangs on B too."""
    assert on(B, DependsOn(T, B), DependsOn(C, A)) == {"L-T", "L-A", "L-C"}
    assert on(T, DependsOn(C, T), DependsOn(D, C)) == {"L-C", "L-D"}


def test_the_order_in_which_dependencies_are_told_changes_nothing() -> None:
    depends = [DependsOn(C, B), DependsOn(D, C), DependsOn(A, D), DependsOn(B, A)]
    expected = hanging(depends, ABOVE, LINES)
    for seed in range(5):
        random.Random(seed).shuffle(depends)
        assert hanging(depends, ABOVE, LINES) == expected


def test_a_circle_is_named_and_nothing_hangs_on_itself() -> None:
    """DEP-02."""
    depends = (DependsOn(B, C), DependsOn(C, D), DependsOn(D, B), DependsOn(A, B))
    assert circles(depends) == [(B, C, D)]
    (finding,) = check_circles(depends, {B: "Buses", C: "Care", D: "Digital"})
    assert finding.message.startswith(
        "Buses depends on Care depends on Digital depends on Buses: nothing"
    )
    assert on(B, *depends) == {"L-C", "L-D", "L-A"}
    assert circles(depends[:2]) == []


def test_what_is_at_stake_is_the_forecast_by_year_of_one_tranche() -> None:
    """DEP-01: by hand, £100 and £40 a year."""
    book = Book()
    book.open("L-C", LineAttributes(project="C"), y2016=100_00)
    book.open("L-D", LineAttributes(project="D"), y2016=40_00, y2017=7_00)
    book.open("L-X", LineAttributes(project="D", tranche=Tranche.CURRENT), y2016=900_00)
    position = book.ledger.now
    (hangs,) = hanging([DependsOn(C, B), DependsOn(D, B)], {}, position.lines)
    assert at_stake(position, hangs, Scope()) == {"2016/17": 140_00, "2017/18": 7_00}
    assert least_sure(position, C) == "UNRATED"
    assert least_sure(position, B) == ""
