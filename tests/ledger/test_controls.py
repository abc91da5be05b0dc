"""Are printed totals tested against the ledger, one finding a cause?"""

from datetime import date

from futurefit.kernel.findings import Severity
from futurefit.kernel.provenance import Provenance
from futurefit.ledger.controls import (
    ControlTotal,
    PrintedAmount,
    Term,
    check_delivered_early,
    check_totals,
)
from futurefit.ledger.entries import Account

AMOUNTS = {
    ("A", "2016/17", Account.AMBER): 100,
    ("A", "2017/18", Account.RED): 40,
    ("B", "2017/18", Account.GREEN_DELIVERED): -30,
    ("B", "UNPROFILED", Account.UNRATED): 5,
}


def term(printed: int, *lines: str, years: str = "", ratings: str = "") -> Term:
    return Term(
        what="Row",
        printed=(PrintedAmount(printed, Provenance(printed=str(printed))),),
        lines=frozenset(lines),
        years=frozenset(years.split()),
        ratings=frozenset(Account(word) for word in ratings.split()),
    )


def test_a_total_that_holds_is_no_finding() -> None:
    right = [
        term(140, "A"),
        term(115, "A", "B"),
        term(10, "A", "B", years="2017/18"),
        term(40, "A", ratings="RED"),
        term(0, "A", years="2020/21+"),
    ]
    assert check_totals(AMOUNTS, [ControlTotal("all", tuple(right))]) == []


def test_parts_that_are_printed_apart_are_added() -> None:
    parts = tuple(PrintedAmount(part, Provenance()) for part in (90, 50))
    assert (
        check_totals(AMOUNTS, [ControlTotal("parts", (Term("Row", parts, frozenset("A")),))]) == []
    )


def test_totals_that_fail_for_one_cause_are_one_finding() -> None:
    both = ControlTotal("shifted", (term(60, "A", years="2015/16"), term(40, "A", years="2016/17")))
    (found,) = check_totals(AMOUNTS, [both])
    assert (found.code, found.severity, found.printed) == ("CTL-01", Severity.ERROR, "60")
    assert (found.expected, found.difference) == ("£0", "£0.60")
    assert found.message == (
        "Row: £0.60 is printed where the detail adds to £0, £0.60 more; "
        "Row: £0.40 is printed where the detail adds to £1, £0.60 less."
    )
    assert found.advice


def test_what_is_delivered_before_its_year_is_asked_about_and_nothing_else() -> None:
    (found,) = check_delivered_early(AMOUNTS, date(2017, 3, 31))
    assert found.severity is Severity.WARNING
    assert "Line B" in found.message
    assert "31 March 2017" in found.message
    assert check_delivered_early(AMOUNTS, date(2017, 4, 1)) == []
