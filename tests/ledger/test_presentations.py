"""Presentations against figures that were printed, and against each other (PRE-01 to PRE-03)."""

from dataclasses import replace
from datetime import date

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, LineAttributes, LineKind, Tranche
from futurefit.ledger.presentations import CURRENT, Scope, View, by, mtfp, rag_grid
from tests.ledger.books import HORIZON, Book

ON = date(2015, 9, 23)
SELF = LineAttributes(theme="self-sufficient")
K = 1_000_00
"""£1,000 in pence."""


def self_sufficient() -> Book:
    """The six lines of O-SAV-01, in £000 (published)."""
    book = Book()
    years = HORIZON.labels
    for line, heading, kind, *increments in (
        ("1a", "Council tax", LineKind.FUNDING, 0, 2_150, 2_250, 1_950, 2_100),
        ("1b", "Business rates", LineKind.FUNDING, 0, -1_331, 250, 0, 0),
        ("2", "New savings", LineKind.SAVING, 0, 50, 0, 0, 0),
        ("3", "New savings", LineKind.SAVING, 0, 0, 0, 500, 0),
        ("4", "New savings", LineKind.SAVING, 0, 1_650, 0, 200, 400),
        ("4-WME", "New savings", LineKind.SAVING, 0, 100, 50, 50, 0),
    ):
        amounts = {
            year: amount * K for year, amount in zip(years, increments, strict=False) if amount
        }
        book.post(
            acts.open_line(line, replace(SELF, mtfp_heading=heading, kind=kind), on=ON),
            acts.set_target(line, amounts, on=ON),
        )
    return book


PLAN = HORIZON.labels[:5]


def test_o_sav_01_increments_and_cumulative() -> None:
    position = self_sufficient().ledger.now
    increments = by(position, "theme", years=PLAN).total()
    cumulative = by(position, "theme", view=View.CUMULATIVE, years=PLAN).total()
    assert [a // K for a in increments.amounts] == [0, 2_619, 2_550, 2_700, 2_500]
    assert increments.total == 10_369 * K
    assert [a // K for a in cumulative.amounts] == [0, 2_619, 5_169, 7_869, 10_369]
    assert sum(cumulative.amounts) == 26_026 * K


def test_o_sav_02_the_same_pounds_under_the_headings_of_the_plan() -> None:
    """PRE-03."""
    rows = {row.codes[0]: row for row in mtfp(self_sufficient().ledger.now, years=PLAN).rows()}
    assert [a // K for a in rows["New savings"].amounts] == [0, 1_800, 50, 750, 400]
    assert rows["New savings"].total == 3_000 * K
    assert rows["Council tax"].total == 8_450 * K
    assert rows["Business rates"].total == -1_081 * K


def test_funding_is_not_a_saving_and_only_net_adds_them() -> None:
    position = self_sufficient().ledger.now
    of_kind = {
        kind: by(position, scope=Scope(kind=kind)).total().total // K
        for kind in (LineKind.SAVING, LineKind.FUNDING, None)
    }
    assert of_kind == {LineKind.SAVING: 3_000, LineKind.FUNDING: 7_369, None: 10_369}


def test_o_rag_01_a_grid_comes_out_as_it_was_printed() -> None:
    book = Book()
    grid = {
        Account.GREEN_DELIVERED: (584, 318, 0),
        Account.GREEN_ON_TARGET: (0, 1_025, 344),
        Account.AMBER: (0, 152, 32),
    }
    years = ("2015/16", "2016/17", "2017/18")
    cells = [
        (year, rating, amount * K, None)
        for rating, amounts in grid.items()
        for year, amount in zip(years, amounts, strict=True)
        if amount
    ]
    book.post(
        acts.open_line("SEN", replace(SELF, tranche=Tranche.CURRENT, project="sen"), on=ON),
        acts.set_rated_target("SEN", cells, on=ON),
    )
    printed = rag_grid(book.ledger.now, CURRENT, years)
    rows = {row.codes[0]: tuple(a // K for a in row.amounts) for row in printed.rows()}
    assert rows == {**dict.fromkeys(("UNRATED", "RED"), (0, 0, 0)), **grid}
    assert [a // K for a in printed.total().amounts] == [584, 1_495, 376]
    assert printed.total().total == 2_455 * K
