"""Printed figures beside the ledger's (rule CON-01). O-RAG-02: the HR paper's amber row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from futurefit.kernel.findings import Severity
from futurefit.kernel.provenance import Provenance
from futurefit.ledger.entries import Account
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.programme import controls, queries
from futurefit.site.programme.controls import Control
from tests.site.ledger.books import LATER, OPENED, rated
from tests.site.programme.worlds import World

AMBER = Control(
    check="amber",
    what="HR paper, amber",
    lines=("LIB-1",),
    years=(),
    ratings=("AMBER",),
    amount_pence=256_000_00,
    printed="256",
    as_at=OPENED,
    place=Provenance(file="paper.md", table=46, row=5, column=6),
)


def beside(*wanted: Control) -> list[controls.Tested]:
    return controls.tested(ledger_queries.current_ledger(), wanted)


def test_a_printed_total_is_laid_beside_the_ledgers_own(world: World) -> None:
    [result] = beside(AMBER)
    assert (result.ledger_pence, result.agrees) == (196_000_00, False)
    [finding] = controls.findings([result])
    assert finding.message == (
        "HR paper, amber: the paper prints 256, the ledger has £196k, £60k apart."
    )
    assert (finding.code, finding.severity) == ("CON-01", Severity.ERROR)
    assert finding.place.words() == "paper.md, table 46, row 5, column 6"
    assert (finding.printed, finding.expected, finding.difference) == ("256", "£196k", "£60k")


def test_a_total_that_agrees_is_no_finding(world: World) -> None:
    results = beside(
        replace(AMBER, amount_pence=196_000_00),
        replace(AMBER, years=("2016/17",), amount_pence=40_000_00),
        replace(AMBER, ratings=(), years=("2017/18",), amount_pence=156_000_00),
        replace(AMBER, lines=("LIB-1", "LIB-2"), ratings=(), amount_pence=226_000_00),
    )
    assert [result.agrees for result in results] == [True] * 4
    assert controls.findings(results) == []


def test_what_has_no_year_is_outside_unless_it_is_asked_for(world: World) -> None:
    whole = replace(AMBER, lines=("LIB-I",), ratings=(), amount_pence=0)
    without = replace(whole, years=("UNPROFILED",), amount_pence=-50_000_00)
    assert [result.agrees for result in beside(whole, without)] == [True, True]


def test_one_mistake_that_shows_twice_is_one_finding(world: World) -> None:
    advice = "Ask which year is meant."
    wrong = [
        replace(AMBER, years=("2016/17",), ratings=(), amount_pence=1_000_00, printed="1"),
        replace(AMBER, years=("2017/18",), ratings=(), amount_pence=2_500_50, advice=advice),
    ]
    [finding] = controls.findings(beside(*wrong))
    assert finding.printed == "1; 256"
    assert finding.difference == "-£39k; -£153.4995k"
    assert finding.advice == advice


def test_what_happens_after_the_papers_date_is_no_finding(world: World) -> None:
    unrated = replace(AMBER, lines=("LIB-5",), ratings=("UNRATED",), amount_pence=10_00)
    lines = ledger_queries.current_ledger().lines
    world.add("LIB-5", lines["LIB-2"], Account.UNRATED, {"2016/17": 10_00})
    world.post(rated("LIB-5", 10_00))
    assert beside(unrated)[0].agrees
    assert not beside(replace(unrated, as_at=LATER))[0].agrees


def test_kept_totals_are_tested_and_remarks_told(world: World) -> None:
    world.printed("Amber", lines="LIB-1", ratings="AMBER", amount_pence=256_000_00, printed="256")
    world.printed("Sum", lines="LIB-1 LIB-2", amount_pence=226_000_00, printed="226")
    ledger = ledger_queries.current_ledger()
    assert [r.agrees for r in queries.control_results(ledger)] == [False, True]
    codes = [finding.code for finding in queries.findings(ledger)]
    assert codes.count("CON-01") == 1
    assert date.fromisoformat("2015-08-01") == OPENED
