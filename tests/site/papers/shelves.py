"""Papers to upload, and the people who review them. The figures are our own."""

from __future__ import annotations

from datetime import date
from importlib import resources

from django.test import Client

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import revising
from futurefit.ledger.entries import Account, Journal, LineAttributes, Restriction
from futurefit.ledger.rights import Role
from futurefit.papers import readers
from futurefit.site.accounts import queries as accounts
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.accounts.models import User
from futurefit.site.ledger import models as ledger_models
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.papers import operations, queries, reviewing
from futurefit.site.papers.models import Decision, Upload
from futurefit.site.papers.operations import Recorded, Seen
from futurefit.site.papers.reviewing import Amount
from tests.site import people

PAPER = (
    resources.files("futurefit.site.demo")
    .joinpath("data", "reading-rooms.md")
    .read_text(encoding="utf-8")
)
"""A project's concept paper: £190,000 over three years, of which £20,000 is delivered."""

SLIPPED = PAPER.replace(
    "| | | Amber | 40 | 60 | | 100 |", "| | | Amber | 10 | 90 | | 100 |"
).replace("| | | Total | 90 | 75 |", "| | | Total | 60 | 105 |")
"""Half a year later: £30,000 of amber goes from 2016/17 to 2017/18."""

PART, KEY = "project-concept-paper-1", "proposed-new"
ON = date(2015, 11, 19)
ATTRIBUTES = LineAttributes(project="libraries", restriction=Restriction.OFFICERS)


class Shelf:
    """A programme from 2015/16 to 2019/20 and later, with two projects."""

    def __init__(self) -> None:
        office = Holder(99, "Set-up", frozenset({Holding(Role.PROGRAMME_OFFICE)}))
        ledger.set_programme(
            name="FutureFit",
            council="Example County Council",
            first_year=2015,
            last_year=2019,
            open_from=2020,
            by=office,
        )
        places = ledger.name_heading("theme", "places", "Places", by=office)
        ledger.name_heading("project", "libraries", "Libraries", parent=places, by=office)
        highways = ledger.name_heading("theme", "roads", "Highways", by=office)
        ledger.name_heading("project", "roads", "Roads", parent=highways, by=office)
        self.alice, self.bob = people.alice(), people.bob()
        self.charlie, self.dan = people.charlie(), people.dan()
        self.carol = people.person("carol", "Programme Office", Holding(Role.PROGRAMME_OFFICE))

    def holder(self, user: User) -> Holder:
        """What somebody holds."""
        return accounts.holder_of(User.objects.get(pk=user.pk))

    def client(self, user: User) -> Client:
        """Somebody's browser, signed in."""
        client = Client()
        client.force_login(user)
        return client

    def upload(
        self,
        text: str = PAPER,
        name: str = "reading-rooms.md",
        *,
        by: User | None = None,
        about: str = "project:libraries",
        restriction: Restriction = Restriction.OFFICERS,
        revises: Upload | None = None,
    ) -> Upload:
        """Bring a paper, as the programme office unless somebody else is named."""
        found, _ = operations.upload(
            name,
            text.encode(),
            by=self.holder(by or self.carol),
            about=about,
            restriction=restriction,
            revises=revises,
            read=readers.read,  # a process for each would take longer than the rest of a test
        )
        return found

    def amounts(self, upload: Upload, part: str = PART, key: str = KEY) -> tuple[Amount, ...]:
        """What the paper prints for a line."""
        found = queries.study(upload).part(part)
        assert found is not None
        line = found.line(key)
        assert line is not None
        return reviewing.proposed(line, upload.name, upload.sha256)

    def seen(self, upload: Upload, line: str = "", part: str = PART, key: str = KEY) -> Seen:
        """What a form would show now."""
        state = queries.states(upload).get((part, key))
        last = state.decision.pk if state and state.decision else 0
        return Seen(last, ledger_queries.current_ledger().last_journal(line))

    def accept(
        self,
        upload: Upload,
        *,
        by: User | None = None,
        line: str = "LIB-1",
        attributes: LineAttributes | None = ATTRIBUTES,
        amounts: tuple[Amount, ...] | None = None,
        seen: Seen | None = None,
        **more: str,
    ) -> Decision:
        """Accept the paper's one line, as a new line unless `attributes` is None."""
        return operations.accept(
            upload.pk,
            PART,
            KEY,
            line=line,
            title="Reading rooms",
            amounts=self.amounts(upload) if amounts is None else amounts,
            attributes=attributes,
            seen=seen or self.seen(upload, line),
            by=self.holder(by or self.carol),
            **more,
        )

    def record(self, upload: Upload, *, by: User | None = None, decision: str = "") -> Recorded:
        """Record what is accepted, as finance unless somebody else is named."""
        return operations.record(
            upload.pk,
            PART,
            on=ON,
            why="As the paper says",
            decision=decision,
            by=self.holder(by or self.bob),
        )

    def recorded(self) -> tuple[Upload, Journal]:
        """The paper with its line recorded as LIB-1."""
        upload = self.upload()
        self.accept(upload)
        journal = self.record(upload).journal
        assert journal is not None
        return upload, journal


def standing(line: str = "LIB-1") -> dict[tuple[str, Account], int]:
    """What the ledger holds on a line by year and rating."""
    return revising.held(ledger_queries.current_ledger(), line)


def sources_of(journal: Journal) -> list[Provenance]:
    """Every cell that a journal names."""
    return list(journal.sources)


def journals() -> int:
    """How many journals there are."""
    return ledger_models.Journal.objects.count()
