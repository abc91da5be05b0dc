"""A programme with something of everything: for pages that must show all of it rightly.

LIB-1 is rated, slips, is delivered in part and re-targeted; LIB-2 is a one-off that takes over
from LIB-3; ROAD-1 avoids cost; ROAD-2 is in the adopted plan; LIB-4 has no year yet; SEC-1 is
confidential (and claims on one budget with LIB-1); CAP-1 is a capital receipt.
"""

from __future__ import annotations

from dataclasses import replace

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts
from futurefit.ledger.entries import (
    Account,
    Fund,
    LineAttributes,
    LineKind,
    Reason,
    Recurrence,
    Restriction,
    SavingClass,
    SourceKind,
    Tranche,
)
from futurefit.site.ledger import models, operations
from futurefit.site.ledger.queries import LineWords
from tests.site.ledger.books import ALICE, BETH, BOB, CAROL, LATER, LIBRARIES, OPENED, ROADS, Book

SECRET_TITLE, SECRET_WHY = "Closing the quiet branch", "because nobody must know yet"
SECRETS = (SECRET_TITLE, SECRET_WHY, "SEC-1", "quiet-source-cell")

AVOIDED = replace(ROADS, saving_class=SavingClass.COST_AVOIDANCE)
CURRENT = replace(ROADS, tranche=Tranche.CURRENT)
ONCE = replace(LIBRARIES, recurrence=Recurrence.ONE_OFF)
SECRET = replace(LIBRARIES, restriction=Restriction.CONFIDENTIAL)
RECEIPT = replace(LIBRARIES, fund=Fund.CAPITAL, kind=LineKind.CAPITAL_RECEIPT)
PRESSURE = replace(LIBRARIES, kind=LineKind.PRESSURE)


def stock(book: Book) -> Book:
    """Fill a book with that programme."""
    _name("theme", "places", "Places and people")
    _name("project", "libraries", "Libraries fit for 2020", parent=("theme", "places"))
    _name("project", "roads", "Roads that last")
    _name("directorate", "BEC", "Business, environment and community")
    _name("service", "Libraries", "Libraries")
    _open(book, "LIB-1", "Fewer desks", LIBRARIES, {"2016/17": 100_000_00, "2017/18": 50_000_00})
    _open(book, "LIB-2", "Sale of stock", ONCE, {"2016/17": 20_000_00})
    _open(book, "LIB-3", "Shared vans", LIBRARIES, {"2016/17": 30_000_00})
    _open(book, "LIB-4", "New ways", LIBRARIES, {"UNPROFILED": 70_000_00})
    _open(book, "LIB-5", "Longer hours", PRESSURE, {"2018/19": -15_000_00})
    _open(book, "ROAD-1", "Earlier repairs", AVOIDED, {"2017/18": 40_000_00})
    _open(book, "ROAD-2", "LED lamps", CURRENT, {"2016/17": 60_000_00, "2020/21+": 5_000_00})
    _open(book, "CAP-1", "The old depot", RECEIPT, {"2018/19": 900_000_00})
    _open(book, "SEC-1", SECRET_TITLE, SECRET, {"2016/17": 11_000_00}, why=SECRET_WHY)
    book.post(
        acts.re_rate(
            "LIB-1",
            {"2016/17": 100_000_00},
            from_rating=Account.UNRATED,
            to_rating=Account.AMBER,
            on=LATER,
        ),
        by=ALICE,
        why="A plan exists, at risk",
    )
    book.post(
        acts.deliver("LIB-1", {"2016/17": 40_000_00}, from_rating=Account.AMBER, on=LATER),
        by=ALICE,
        second=BOB,
        why="Two desks are closed",
    )
    book.post(
        acts.re_profile(
            "LIB-1",
            60_000_00,
            rating=Account.AMBER,
            from_year="2016/17",
            to_year="2017/18",
            on=LATER,
        ),
        by=ALICE,
        why="The lease runs longer",
    )
    book.post(
        acts.re_target(
            "LIB-1",
            {"2016/17": -60_000_00, "2017/18": 60_000_00},
            clears=Reason.SLIPPED,
            on=LATER,
        ),
        decision="Cabinet, 19 November 2015, item 4",
        why="Cabinet accepts the slip",
    )
    book.post(
        acts.replace(
            "LIB-3", "LIB-2", {"2016/17": 10_000_00}, from_rating=Account.UNRATED, on=LATER
        ),
        why="The vans come late",
    )
    book.post(
        acts.set_capacity("stock-budget", SourceKind.BUDGET_LINE, 105_000_00, on=LATER),
        acts.claim("LIB-1", "stock-budget", 10_000, on=LATER),
        acts.claim("LIB-2", "stock-budget", 5_000, on=LATER),
        why="What savings are taken out of",
    )
    book.post(acts.claim("SEC-1", "stock-budget", 2_500, on=LATER), why=SECRET_WHY)
    operations.name_source(
        "stock-budget", kind=SourceKind.BUDGET_LINE, title="The book budget", by=BOB
    )
    operations.name_baseline(
        "Papers of August 2015", by=CAROL, as_at=OPENED, why="As the papers were"
    )
    return book


def _name(dimension: str, code: str, name: str, parent: tuple[str, str] | None = None) -> None:
    above = models.Heading.objects.get(dimension=parent[0], code=parent[1]) if parent else None
    operations.name_heading(dimension, code, name, by=CAROL, parent=above)


def _open(
    book: Book,
    ref: str,
    title: str,
    attributes: LineAttributes,
    target: dict[str, int],
    why: str = "As the paper of August 2015 has it",
) -> None:
    secret = attributes.restriction is not Restriction.PUBLIC
    place = Provenance(
        file="paper.md",
        page=7,
        heading="Savings",
        table=2,
        row=3,
        column=4,
        printed="quiet-source-cell" if secret else f"{ref} as printed",
    )
    book.post(
        acts.open_line(ref, attributes, on=OPENED),
        acts.set_target(ref, target, source=0, on=OPENED),
        by=BETH,
        why=why,
        sources=(place,),
        words={ref: LineWords(title, f"What {title.lower()} means")},
    )
