"""Is a source claimed beyond what it holds, or by two lines? (rules CLA-01, CLA-02, CLA-04)"""

from datetime import date

import pytest

from futurefit.kernel.findings import Severity
from futurefit.ledger import acts
from futurefit.ledger.claims import claimed, double_counting
from futurefit.ledger.entries import Account, SourceKind
from tests.ledger.books import Book

ON = date(2016, 4, 1)
SOURCE = "Care contract"


@pytest.fixture
def book() -> Book:
    """Two lines that take all of their amounts out of one contract of £150 a year."""
    made = Book()
    made.open("L1", y2016=100_00)
    made.open("L2", y2017=40_00)
    made.post(
        acts.set_capacity(SOURCE, SourceKind.CONTRACT, 150_00, on=ON),
        acts.claim("L1", SOURCE, 10_000, on=ON),
        acts.claim("L2", SOURCE, 10_000, on=ON),
    )
    return made


def test_a_source_that_two_lines_claim_is_shown_even_where_it_fits(book: Book) -> None:
    """CLA-02."""
    (finding,) = double_counting(book.ledger.now)
    assert (finding.code, finding.severity) == ("CLA-02", Severity.WARNING)


def test_the_running_total_over_the_years_is_held_against_the_base(book: Book) -> None:
    """CLA-01: £100 from 2016/17 and £60 more from 2017/18 take £160 a year out of £150."""
    book.post(acts.set_target("L2", {"2017/18": 20_00}, on=ON))
    assert [(c.year, c.claimed_pence) for c in claimed(book.ledger.now)] == [
        ("2016/17", 100_00),
        ("2017/18", 160_00),
    ]
    (finding,) = double_counting(book.ledger.now, {SOURCE: "The care contract"})
    assert (finding.code, finding.severity) == ("CLA-01", Severity.ERROR)
    assert (finding.printed, finding.difference) == ("£160", "£10")
    assert "The care contract" in finding.message
    assert "2017/18" in finding.message


def test_a_claim_moves_with_its_line(book: Book) -> None:
    book.post(
        acts.re_profile(
            "L1", 100_00, rating=Account.UNRATED, from_year="2016/17", to_year="2018/19", on=ON
        )
    )
    assert [(c.year, c.claimed_pence) for c in claimed(book.ledger.now)] == [
        ("2016/17", 0),
        ("2017/18", 40_00),
        ("2018/19", 140_00),
    ]


def test_a_share_counts_in_proportion_and_nought_ends_a_claim(book: Book) -> None:
    book.post(acts.claim("L1", SOURCE, 2_500, on=ON))
    assert claimed(book.ledger.now)[0].claimed_pence == 25_00
    book.post(acts.claim("L1", SOURCE, 0, on=ON))
    assert double_counting(book.ledger.now) == []


def test_a_ruling_on_the_pair_makes_it_a_note(book: Book) -> None:
    """CLA-04."""
    (finding,) = double_counting(book.ledger.now, ruled=[frozenset({"L1", "L2"})])
    assert finding.severity is Severity.NOTE


def test_a_ruling_on_the_source_settles_all_of_its_lines(book: Book) -> None:
    """CLA-04."""
    (finding,) = double_counting(book.ledger.now, ruled=[frozenset({SOURCE})])
    assert finding.severity is Severity.NOTE
    assert "ruled" in finding.advice
