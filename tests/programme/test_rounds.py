"""The month's round: its days, its letters, and what a row changes (rules UPD-01 to UPD-03)."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.ledger import acts
from futurefit.ledger.columns import ACCOUNTS
from futurefit.ledger.entries import RATINGS, Account, EntryKind, Reason
from futurefit.programme import rounds
from futurefit.programme.rounds import Held, Letter, NotPossible, Row, Share
from tests.ledger.books import OPENED, Book

U, R, A, G, D = RATINGS
NOVEMBER = date(2015, 11, 30)
ON = date(2015, 12, 1)
Y, Z = "2016/17", "2017/18"


def test_updates_are_due_on_the_fifth_working_day() -> None:
    """UPD-03. Counted on a calendar: December 2015 begins on a Tuesday, so its fifth working day is
    Monday the 7th; two before it is Thursday the 3rd, two after it Wednesday the 9th.
    """
    days = rounds.timetable(NOVEMBER)
    assert (days.remind_on, days.due_on, days.escalate_on) == (
        date(2015, 12, 3),
        date(2015, 12, 7),
        date(2015, 12, 9),
    )
    # 1 January 2016 is a holiday: the first working day is Monday the 4th.
    assert rounds.timetable(date(2015, 12, 31)).due_on == date(2016, 1, 8)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (2, []),
        (3, [Letter.REMINDER]),
        (7, [Letter.REMINDER]),
        (8, [Letter.OVERDUE]),
        (9, [Letter.OVERDUE, Letter.ESCALATION]),
        (31, [Letter.OVERDUE, Letter.ESCALATION]),
    ],
)
def test_letters_go_to_those_with_lines_left(day: int, expected: list[Letter]) -> None:
    """UPD-03: and never to whoever has confirmed all."""
    late = Share(1, "Head of Libraries", frozenset({"L1", "L2"}), frozenset({"L1"}))
    done = Share(2, "Head of Roads", frozenset({"R1"}), frozenset({"R1"}))
    called = rounds.letters(NOVEMBER, date(2015, 12, day), [late, done])
    assert [letter for letter, _ in called] == expected
    assert {share.post for _, share in called} <= {late.post}


def book_of(ratings: Mapping[tuple[str, Account], int], unidentified: int = 0) -> Book:
    """A line L1 that holds these amounts."""
    book = Book()
    book.open("L1")
    if ratings:
        cells = [(year, rating, amount, None) for (year, rating), amount in ratings.items()]
        book.post(acts.set_rated_target("L1", cells, on=OPENED))
    if unidentified:
        book.post(acts.set_unidentified_target("L1", {Y: unidentified}, on=OPENED))
    return book


def updated(book: Book, **row: object) -> list[EntryKind]:
    """Take L1 to what a row says, through every check of the ledger; the acts that it took."""
    held = rounds.held_by_line(book.ledger.now)["L1"]
    made = rounds.entries(held, Row("L1", **row), on=ON)  # type: ignore[arg-type]
    book.post(*made)
    return [entry.kind for entry in made]


def stands(book: Book) -> dict[tuple[str, str], int]:
    """Balances by year and account or reason, without the target."""
    found = {}
    for (year, code), pence in book.ledger.now.balances("L1").items():
        account, reason = ACCOUNTS[code]
        if account is not Account.TARGET and pence:
            found[year, str(reason or account)] = pence
    return found


def test_a_rating_takes_all_that_is_undelivered() -> None:
    """UPD-01."""
    book = book_of({(Y, U): 60_00, (Z, R): 40_00, (Y, D): 5_00})
    assert updated(book, rating=G) == [EntryKind.RE_RATE, EntryKind.RE_RATE]
    assert stands(book) == {(Y, G): 60_00, (Z, G): 40_00, (Y, D): 5_00}


def test_what_leaves_one_year_and_arrives_in_another_slips() -> None:
    """UPD-01: £60 slips, the £10 more is an estimate."""
    book = book_of({(Y, A): 100_00})
    kinds = updated(book, forecast={Y: 40_00, Z: 70_00})
    assert kinds == [EntryKind.RE_PROFILE, EntryKind.RE_ESTIMATE]
    assert stands(book) == {
        (Y, A): 40_00,
        (Z, A): 70_00,
        (Y, Reason.SLIPPED): 60_00,
        (Z, Reason.SLIPPED): -60_00,
        (Z, Reason.RE_ESTIMATED): -10_00,
    }


def test_less_is_taken_from_what_is_least_sure() -> None:
    book = book_of({(Y, R): 30_00, (Y, G): 70_00})
    updated(book, forecast={Y: 50_00})
    assert stands(book) == {(Y, G): 50_00, (Y, Reason.RE_ESTIMATED): 50_00}


def test_more_is_found_first_for_what_was_unidentified() -> None:
    book = book_of({(Y, A): 10_00}, unidentified=25_00)
    updated(book, forecast={Y: 50_00})
    assert stands(book) == {(Y, A): 50_00, (Y, Reason.RE_ESTIMATED): -15_00}


def test_a_cost_slips_as_a_cost() -> None:
    book = book_of({(Y, U): -100_00})
    assert updated(book, forecast={Y: -20_00, Z: -80_00}) == [EntryKind.RE_PROFILE]
    assert stands(book)[Z, U] == -80_00


def test_no_year_falls_below_what_is_delivered() -> None:
    """UPD-01."""
    book = book_of({(Y, D): 40_00, (Y, A): 60_00})
    with pytest.raises(NotPossible, match="£40 of 2016/17 is delivered") as wrong:
        updated(book, forecast={Y: 39_99})
    assert wrong.value.year == Y
    updated(book, forecast={Y: 40_00})
    assert (Y, str(A)) not in stands(book)


def test_what_agrees_changes_nothing() -> None:
    held = rounds.held_by_line(book_of({(Y, A): 1_00}).ledger.now)["L1"]
    assert rounds.entries(held, Row("L1", A, {Y: 1_00, Z: 0}), on=ON) == []


def test_a_round_is_about_lines_with_something_undelivered() -> None:
    assert rounds.held_by_line(book_of({(Y, D): 1_00}).ledger.now) == {}
    assert rounds.held_by_line(book_of({}).ledger.now) == {}
    held = rounds.held_by_line(book_of({(Y, A): 1_00}, unidentified=2_00).ledger.now)
    assert held == {"L1": Held({(Y, A): 1_00}, {Y: 2_00})}


AMOUNTS = st.integers(0, 500).map(lambda pounds: pounds * 100)
HELD = st.dictionaries(
    st.tuples(st.sampled_from([Y, Z, "2018/19", "UNPROFILED"]), st.sampled_from(RATINGS)),
    AMOUNTS.filter(bool),
    min_size=1,
)


@given(
    held=HELD,
    sign=st.sampled_from([1, -1]),
    rating=st.none() | st.sampled_from([U, R, A, G]),
    wanted=st.dictionaries(st.sampled_from([Y, Z, "2018/19", "UNPROFILED"]), AMOUNTS),
)
def test_whatever_a_row_says_is_what_then_stands(
    held: dict[tuple[str, Account], int],
    sign: int,
    rating: Account | None,
    wanted: dict[str, int],
) -> None:
    """UPD-01: the ledger takes every row that is not refused, and then agrees with it."""
    book = book_of({key: sign * amount for key, amount in held.items()})
    before = rounds.held_by_line(book.ledger.now).get("L1")
    if before is None:
        return
    row = Row("L1", rating, {year: sign * amount for year, amount in wanted.items()})
    try:
        made = rounds.entries(before, row, on=ON)
    except NotPossible as refused:
        years = {year for year, each in before.ratings if each is D}
        if refused.year not in years:
            raise  # only what is delivered stands in the way
        return
    if made:
        book.post(*made)
    after = {
        (year, ACCOUNTS[code][0]): pence
        for (year, code), pence in book.ledger.now.balances("L1").items()
    }
    for year, amount in row.forecast.items():
        assert sum(after.get((year, each), 0) for each in RATINGS) == amount
    if rating is not None:
        assert not any(
            pence for (_, each), pence in after.items() if each in {U, R, A, G} - {rating}
        )
