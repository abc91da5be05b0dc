"""Is any pound counted twice? (rules CLA-01 to CLA-04)"""

from datetime import date

import pytest

from futurefit.kernel.findings import Severity
from futurefit.ledger import acts
from futurefit.ledger.claims import SuspectLine, claimed, double_counting, suspects
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


def suspect(line: str, title: str, paper: str, **amounts: int) -> SuspectLine:
    return SuspectLine(line, title, "Adult care", paper, amounts)


def test_the_same_saving_in_two_papers_is_a_suspect() -> None:
    """CLA-03: words in another order, the same amount in the same year."""
    one = suspect("L1", "Review of day services", "SEN paper", y2016=100_00)
    two = suspect("L2", "Day services review", "Alliances paper", y2016=100_00)
    (finding,) = suspects([one, two])
    assert finding.code == "CLA-03"
    assert "L1" in finding.message
    assert "L2" in finding.message


def test_a_pair_that_a_person_has_ruled_on_is_no_suspect(book: Book) -> None:
    """CLA-04."""
    one = suspect("L1", "Review of day services", "SEN paper", y2016=100_00)
    two = suspect("L2", "Day services review", "Alliances paper", y2016=100_00)
    assert suspects([one, two], [frozenset({"L1", "L2"})]) == []
    (finding,) = double_counting(book.ledger.now, ruled=[frozenset({"L1", "L2"})])
    assert finding.severity is Severity.NOTE


def test_a_ruling_on_the_source_settles_all_of_its_lines(book: Book) -> None:
    """CLA-04."""
    (finding,) = double_counting(book.ledger.now, ruled=[frozenset({SOURCE})])
    assert finding.severity is Severity.NOTE
    assert "ruled" in finding.advice


def test_lines_of_one_paper_or_with_other_amounts_are_no_suspects() -> None:
    one = suspect("L1", "Day services", "SEN paper", y2016=100_00)
    assert suspects([one, suspect("L2", "Day services", "SEN paper", y2016=100_00)]) == []
    assert suspects([one, suspect("L3", "Day services", "HR paper", y2017=90_00)]) == []
