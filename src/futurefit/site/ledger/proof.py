"""Does every stored journal, and all that is projected from the chain, still hold? (rule LED-09)

The chain is read a piece at a time and verified as written; the same journals are folded afresh and
compared with the rows that pages read. Nothing is locked meanwhile, and posting goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.ledger import chain, state, unproven
from futurefit.ledger.chain import Head
from futurefit.ledger.closing import check_steps
from futurefit.ledger.entries import Journal
from futurefit.site.ledger import guards, models, queries, rows

_AT_ONCE = 1000
"""Journals read in one go."""

_RESTORE = "Restore the register from an export whose head is known, and find out who wrote to it."
_WHO_WROTE = "Find out who wrote to the database, and look at what took effect in the month since."


def verify(head: Head | None = None) -> list[Finding]:
    """Everything about the stored ledger that does not hold; nothing when all does.

    `head`, noted earlier elsewhere, also finds a chain that was cut short or rewritten as a whole.
    """
    reading = _Reading()
    found = [*chain.verify(reading.journals(), head), *reading.unreadable]
    found += reading.strays()
    found += reading.wrong_head()
    found += reading.wrong_lines()
    found += reading.wrong_positions()
    found += reading.wrong_months()
    return [*found, *reading.unproven, *_missing_guards()]


class _Reading:
    """One pass over the chain, and what was seen on the way."""

    def __init__(self) -> None:
        # A journal and the head move together: a head read after the journals is not behind them.
        self.last = models.Journal.objects.aggregate(last=Max("number"))["last"] or 0
        # And a month is closed at a head: what is closed now names no later one than is read.
        self.positions = list(models.NamedPosition.objects.all())
        self.steps = queries.month_acts()
        self.head, self.lines = _steady()
        self.last = max(self.last, self.head.number)
        self.ledger = state.EMPTY
        self.seen = Counter[str]()
        self.digests: dict[int, str] = {}
        self.unreadable: list[Finding] = []
        self.unproven: list[Finding] = []

    def journals(self) -> Iterator[Journal]:
        """Every journal, folded and counted as it passes."""
        for after in range(0, self.last, _AT_ONCE):
            piece = self._piece(after, min(after + _AT_ONCE, self.last))
            for journal in piece:
                self._count(journal)
            # A gap stops the fold short of the head; the chain's own verification names it.
            with suppress(ValueError):
                self.ledger = state.extend(self.ledger, piece)
            yield from piece

    def _piece(self, after: int, up_to: int) -> list[Journal]:
        try:
            return list(rows.read(after, up_to))
        except (KeyError, TypeError, ValueError) as wrong:
            if up_to - after > 1:
                middle = (after + up_to) // 2
                return self._piece(after, middle) + self._piece(middle, up_to)
            message = (
                f"Journal {up_to} cannot be read: its rows hold what was never written ({wrong})."
            )
            self.unreadable.append(_error("CHAIN-UNREADABLE", message))
            return []

    def _count(self, journal: Journal) -> None:
        self.digests[journal.number] = journal.digest
        self.unproven += unproven.findings(journal)
        self.seen["entries"] += len(journal.entries)
        self.seen["attributes"] += sum(entry.attributes is not None for entry in journal.entries)
        self.seen["postings"] += sum(len(entry.postings) for entry in journal.entries)
        self.seen["sources"] += len(journal.sources)
        self.seen["commitments"] += len(journal.words)
        self.seen["words"] += sum(word.text is not None for word in journal.words)

    def strays(self) -> list[Finding]:
        """Rows that belong to no entry or journal, so that no digest covers them."""
        if self.unreadable:
            return []
        found = []
        for name, model in _PARTS.items():
            stored = model._default_manager.filter(journal_id__lte=self.last).count()
            if stored != self.seen[name]:
                found.append(
                    _error(
                        "CHAIN-STRAY",
                        f"{stored} {name} are stored, but the journals hold {self.seen[name]}: "
                        "rows were put in beside the chain.",
                        printed=str(stored),
                        expected=str(self.seen[name]),
                    )
                )
        return found

    def wrong_head(self) -> list[Finding]:
        """The head's row, where it is not the last journal."""
        last = Head(self.last, self.digests.get(self.last, chain.GENESIS))
        stated = Head(self.head.number, self.head.digest)
        if stated == last:
            return []
        return [
            _error(
                "LEDGER-HEAD",
                f"The head of the ledger says journal {stated.number}, but the chain ends with "
                f"journal {last.number}, or its digest differs.",
                printed=str(stated),
                expected=str(last),
            )
        ]

    def wrong_lines(self) -> list[Finding]:
        """Lines whose rows are not what the chain makes of them."""
        if self.ledger.head.number != self.head.number:
            return []  # the chain is broken, or the head is wrong: either was found already
        opened = {e.line: e.ref.journal for e in self.ledger.line_events if e.opened}
        expected = {
            ref: (attributes, opened[ref], self.ledger.last_journal(ref))
            for ref, attributes in self.ledger.lines.items()
            if ref in opened
        }
        found = [
            _error("LEDGER-LINE", f"Amounts stand on line {ref}, which was never opened.")
            for ref in sorted(set(self.ledger.last) - set(expected))
        ]
        for ref in sorted(set(expected) | set(self.lines)):
            made, stored = expected.get(ref), self.lines.get(ref)
            if made != stored:
                message = (
                    f"Line {ref} has no row of its own."
                    if stored is None
                    else f"The row of line {ref} is not what the chain makes of it."
                )
                found.append(
                    _error(
                        "LEDGER-LINE",
                        message,
                        printed=str(stored or ""),
                        expected=str(made or ""),
                        advice="Export the ledger and import it into an empty one.",
                    )
                )
        return found

    def wrong_positions(self) -> list[Finding]:
        """Baselines and closed months that name a journal which the chain does not hold."""
        return [
            _error(
                "LEDGER-POSITION",
                f"“{position.name}” names journal {position.number}, and the chain ends with "
                f"journal {self.last}: it was cut short since."
                if position.number > self.last
                else f"“{position.name}” names journal {position.number} with a digest that the "
                "chain does not hold: it was rewritten since.",
                printed=f"{position.number}:{position.digest}",
                expected=f"{self.last} or less"
                if position.number > self.last
                else f"{position.number}:{self.digests.get(position.number, chain.GENESIS)}",
                place=Provenance(heading=position.name),
            )
            for position in self.positions
            if self.digests.get(position.number, chain.GENESIS) != position.digest
        ]

    def wrong_months(self) -> list[Finding]:
        """Closed months that do not supersede the one before, and steps that no rule allows."""
        found: list[Finding] = []
        newest: dict[date, models.NamedPosition] = {}
        locks = [each for each in self.positions if each.kind == each.Kind.MONTH]
        for position in sorted(locks, key=lambda each: each.at):
            before = newest.get(position.as_at)
            expected = before.name if before else ""
            if position.supersedes != expected:
                found.append(
                    _error(
                        "CLO-03",
                        f"“{position.name}” supersedes “{position.supersedes}”, which is not the "
                        "position that its month had before."
                        if position.supersedes
                        else f"“{position.name}” supersedes nothing, though its month had a "
                        "position before.",
                        printed=position.supersedes or "nothing",
                        expected=expected or "nothing",
                        advice=_WHO_WROTE,
                        place=Provenance(heading=position.name),
                    )
                )
            newest[position.as_at] = position
        return found + check_steps((timezone.localdate(at), act) for at, act in self.steps)


_PARTS = {
    "entries": models.Entry,
    "attributes": models.EntryAttributes,
    "postings": models.Posting,
    "sources": models.Source,
    "commitments": models.Commitment,
    "words": models.JournalWord,
}

_Lines = dict[str, tuple[object, int, int]]


def _steady() -> tuple[models.LedgerHead, _Lines]:
    """The head and the lines' rows of one moment, though others may be posting."""
    while True:
        head = models.LedgerHead.objects.get()
        lines: _Lines = {
            row.ref: (rows.attributes_of(row), row.opened_in, row.last_journal)
            for row in models.Line.objects.order_by()
        }
        if models.LedgerHead.objects.get().digest == head.digest:
            return head, lines


def _missing_guards() -> list[Finding]:
    return [
        Finding(
            code="LEDGER-GUARD",
            severity=Severity.ERROR,
            message=f"The trigger {name}, which keeps the chain append-only, is not there.",
            advice="Find out which migration or person took it away, and put it back.",
        )
        for name in guards.missing(connection)
    ]


def _error(
    code: str,
    message: str,
    printed: str = "",
    expected: str = "",
    advice: str = _RESTORE,
    place: Provenance = Provenance(),
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        place=place,
        printed=printed,
        expected=expected,
        advice=advice,
    )
