"""What always holds of pounds that are followed."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from futurefit.ledger import columns as cols
from futurefit.ledger import presentations as pr
from futurefit.ledger.entries import RATINGS
from futurefit.ledger.journeys import journeys
from futurefit.ledger.missed import missed
from futurefit.ledger.rating_moves import rating_moves
from tests.ledger.books import Book
from tests.properties.test_ledger import LINES, books, scopes
from tests.properties.test_movement import Place, places


@settings(max_examples=25)
@given(books(), st.lists(places, min_size=1, max_size=4))
def test_the_pounds_at_each_position_are_its_balances(book: Book, stages: list[Place]) -> None:
    """RCD-01: forwards, backwards and aside, whatever the signs."""
    positions = [book.ledger.at(*place) for place in stages]
    found = journeys(positions, LINES)
    for stage, position in enumerate(positions):
        stood: Counter[tuple[str, str, object]] = Counter()
        for journey in found:
            stop = journey.at(stage)
            if stop is not None and stop.is_forecast:
                stood[journey.line, stop.year, stop.place] += journey.amount_pence
        held = {
            (line, year, cols.ACCOUNTS[code][0]): pence
            for line in LINES
            for (year, code), pence in position.balances(line).items()
            if cols.ACCOUNTS[code][0] in RATINGS
        }
        assert {key: pence for key, pence in stood.items() if pence} == held


@settings(max_examples=12)
@given(books())
def test_days_never_run_backwards_on_a_journey(book: Book) -> None:
    for journey in journeys([book.ledger.now], LINES):
        days = [stop.on for stop in journey.stops]
        assert days == sorted(days)
        assert journey.amount_pence
        assert days[0] >= date(2015, 8, 1)


@settings(max_examples=12)
@given(books(), places, places, st.sampled_from(scopes()))
def test_a_table_from_rating_to_rating_adds_up_to_both_positions(
    book: Book, one: Place, other: Place, scope: pr.Scope
) -> None:
    """RCD-01."""
    ends = [book.ledger.at(*one), book.ledger.at(*other)]
    moves = rating_moves(ends[0], ends[1], scope)
    for side, position in enumerate(ends):
        shown = pr.by(position, scope=scope)
        for rating in RATINGS:
            moved = sum(pence for key, pence in moves.items() if key[side] is rating)
            assert moved == shown.total(pr.RATING_MEASURES[rating]).total


@settings(max_examples=12)
@given(books(), places, st.sampled_from(scopes()), st.sampled_from(("2016/17", "2020/21+")))
def test_what_a_year_missed_is_the_sum_of_its_reasons(
    book: Book, place: Place, scope: pr.Scope, year: str
) -> None:
    """RCD-05: and target and delivered are those of the presentations."""
    ended = book.ledger.at(*place)
    found = missed(year, ended, book.ledger.now, scope)
    for line in found:
        assert sum(shortfall.amount_pence for shortfall in line.shortfalls) == line.missed_pence
    shown = pr.by(ended, scope=scope, years=[year])
    place_of = shown.years.index(year)
    target, delivered = (
        shown.total(measure).amounts[place_of]
        for measure in (pr.Measure.TARGET, pr.Measure.DELIVERED)
    )
    assert sum(line.missed_pence - line.accepted_pence for line in found) == target - delivered
