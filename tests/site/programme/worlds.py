"""A small programme to try things on: a theme, its workstream, two projects, and their people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from futurefit.ledger import acts
from futurefit.ledger.entries import (
    Account,
    LineAttributes,
    LineKind,
    Restriction,
    SavingType,
    Tranche,
)
from futurefit.ledger.rights import Role
from futurefit.site.accounts import queries as accounts
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.accounts.models import User
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger.models import Document, Heading
from futurefit.site.ledger.queries import LineWords
from futurefit.site.programme import models, operations
from tests.site import people
from tests.site.ledger.books import OPENED, Book

SIGNED = date(2016, 1, 15)
DIGEST = "ab" * 32


class World(Book):
    """The theme “Open council” with the workstream “Shared desks”; the projects libraries and
    roads, with lines: LIB-1 is current, LIB-2 proposed, LIB-3 for officers only.
    """

    def __init__(self) -> None:
        super().__init__()
        self.alice, self.bob, self.charlie = people.alice(), people.bob(), people.charlie()
        self.dan = people.dan()
        self.carol = people.person(
            "carol", "Programme Office Manager", Holding(Role.PROGRAMME_OFFICE)
        )
        office = holder(self.carol)
        ledger.name_heading("owner", "head-libraries", "Head of Libraries", by=office)
        self.theme = ledger.name_heading("theme", "open", "Open council", by=office)
        self.workstream = ledger.name_heading(
            "workstream", "desks", "Shared desks", by=office, parent=self.theme
        )
        self.document = ledger.keep_document(DIGEST, name="paper.md", kind="Concept paper")
        operations.revise(
            models.Theme(
                heading=self.theme,
                vision="A council that is open late",
                vision_points="Fewer keys\nMore doors",
                core_team="head-libraries\nHead of Doors",
            ),
            by=office,
            seen=None,
        )
        operations.revise(
            models.Workstream(heading=self.workstream, lead_posts="head-libraries"),
            by=office,
            seen=None,
        )
        self.libraries = self.project("libraries", "Libraries", parent=self.theme)
        self.roads = self.project("roads", "Roads")
        self.lines()

    def project(self, code: str, name: str, *, parent: Heading | None = None) -> models.Project:
        """A project of the programme office's."""
        return operations.create_project(
            models.Project(
                saving_type=SavingType.FURTHER,
                description=f"About {name.lower()}",
                head_of_service_lead="head-libraries",
            ),
            code=code,
            name=name,
            parent=parent,
            by=holder(self.carol),
        )

    def lines(self) -> None:
        """What the projects save."""
        libraries = LineAttributes(theme="open", project="libraries", directorate="BEC")
        current = replace(libraries, tranche=Tranche.CURRENT)
        faster = replace(libraries, saving_type=SavingType.FASTER)
        hidden = replace(libraries, restriction=Restriction.OFFICERS, saving_type=SavingType.NEW)
        cost = replace(libraries, kind=LineKind.INVESTMENT)
        self.add("LIB-1", current, Account.AMBER, {"2016/17": 40_000_00, "2017/18": 156_000_00})
        self.add("LIB-2", faster, Account.RED, {"2016/17": 30_000_00})
        self.add("LIB-3", hidden, Account.GREEN_ON_TARGET, {"2017/18": 70_000_00})
        self.add("LIB-I", cost, Account.UNRATED, {"UNPROFILED": -50_000_00})
        roads = LineAttributes(project="roads", tranche=Tranche.CURRENT)
        self.add("ROAD-1", roads, Account.GREEN_DELIVERED, {"2016/17": 5_000_00})

    def add(
        self, ref: str, attributes: LineAttributes, rating: Account, amounts: dict[str, int]
    ) -> None:
        self.post(
            acts.open_line(ref, attributes, on=OPENED),
            acts.set_target(ref, amounts, on=OPENED, rating=rating),
            words={ref: LineWords(f"Title of {ref}", f"Narrative of {ref}")},
        )

    def milestone(self, about: Heading, **words: object) -> models.Milestone:
        row = models.Milestone(about=about, **{"what": "Doors open", **words})  # type: ignore[arg-type]
        operations.add(row, by=holder(self.carol))
        return row

    def risk(self, about: Heading, **words: object) -> models.Risk:
        row = models.Risk(about=about, **{"what": "Keys are lost", **words})  # type: ignore[arg-type]
        operations.add(row, by=holder(self.carol))
        return row

    def printed(self, what: str, **total: object) -> models.ControlTotal:
        """A figure of the paper, as at the day on which the lines were opened."""
        row = models.ControlTotal(
            **{"check_code": what, "what": what, "as_at": OPENED, "order": 1, **total}  # type: ignore[arg-type]
        )
        row.source_document = Document.objects.get(sha256=DIGEST)
        row.save()
        ledger.words_changed()
        return row


def holder(user: User) -> Holder:
    """What a user holds now."""
    return accounts.holder_of(user)
