"""What always holds of the way from one position to another."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from futurefit.ledger import presentations as pr
from futurefit.ledger.movement import Cause, Membership, Movement, movement, parts_of
from futurefit.ledger.state import Position
from tests.ledger.books import Book
from tests.properties.test_ledger import DAYS, LINES, books, scopes

Place = tuple[date | None, int | None]

places: st.SearchStrategy[Place] = st.tuples(st.none() | DAYS, st.none() | st.integers(0, 30))
"""Positions as at any day, as known at any journal: not only one after another."""
narrow = st.sampled_from(("", "p1")).map(lambda code: (("project", code),) if code else ())
years = st.none() | st.sets(st.sampled_from(("2016/17", "2017/18", "UNPROFILED")), min_size=1).map(
    frozenset
)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Book, pr.Scope, pr.Measure, frozenset[str] | None]:
    scope = draw(st.sampled_from(scopes()))
    for dimension, code in draw(narrow):
        scope = scope.narrowed(dimension, code)
    return draw(books()), scope, draw(st.sampled_from(pr.Measure)), draw(years)


def steps(moved: Movement) -> dict[tuple[Cause, str], int]:
    return {(s.cause, year): pence for s in moved.steps for year, pence in s.by_year.items()}


few = settings(max_examples=15)
"""Making the lives of a programme takes the time; each has many positions to look from."""


@few
@given(asked(), places, places)
def test_every_movement_closes_to_the_penny_and_shows_its_working(
    ask: tuple[Book, pr.Scope, pr.Measure, frozenset[str] | None], one: Place, other: Place
) -> None:
    """BRI-04: between any two positions, in any scope, on any measure."""
    book, scope, measure, years = ask
    earlier, later = book.ledger.at(*one), book.ledger.at(*other)
    moved = movement(earlier, later, measure, scope=scope, years=years)
    assert moved.closes
    for step in moved.steps:
        parts = parts_of(earlier, later, step.cause, measure, scope=scope, years=years)
        assert sum(part.amount_pence for part in parts) == step.amount_pence


@few
@given(asked(), places, places)
def test_a_movement_begins_and_ends_where_the_presentations_stand(
    ask: tuple[Book, pr.Scope, pr.Measure, frozenset[str] | None], one: Place, other: Place
) -> None:
    book, scope, measure, _ = ask
    earlier, later = book.ledger.at(*one), book.ledger.at(*other)
    moved = movement(earlier, later, measure, scope=scope)
    for position, amounts in ((earlier, moved.opening), (later, moved.closing)):
        shown = pr.by(position, "theme", scope=scope)
        total = dict(zip(shown.years, shown.total(measure).amounts, strict=True))
        assert {y: a for y, a in amounts.items() if a} == {y: a for y, a in total.items() if a}


@few
@given(asked(), places, places, places)
def test_two_movements_add_to_the_whole_one_step_by_step(
    ask: tuple[Book, pr.Scope, pr.Measure, frozenset[str] | None],
    one: Place,
    middle: Place,
    other: Place,
) -> None:
    """BRI-04, whatever the order of the three."""
    book, scope, measure, years = ask
    at = [book.ledger.at(*place) for place in (one, middle, other)]

    def moved(a: Position, b: Position) -> dict[tuple[Cause, str], int]:
        return steps(movement(a, b, measure, scope=scope, years=years))

    first, second, whole = moved(at[0], at[1]), moved(at[1], at[2]), moved(at[0], at[2])
    added = {key: first.get(key, 0) + second.get(key, 0) for key in first.keys() | second.keys()}
    assert {key: pence for key, pence in added.items() if pence} == whole
    assert moved(at[2], at[0]) == {key: -pence for key, pence in whole.items()}


@few
@given(books(), places, st.sampled_from(scopes()))
def test_a_line_counts_alone_where_it_counts_among_others(
    book: Book, place: Place, scope: pr.Scope
) -> None:
    position = book.ledger.at(*place)
    counted = pr.counted(position, scope).tolist()
    member = Membership(book.ledger, scope)
    for line in LINES:
        code = book.ledger.columns.line_codes[line]
        assert member.at(position, line) == counted[code]
