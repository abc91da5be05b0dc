"""What does the ledger say? The one door from rows to the pure library's values.

`current_ledger` is the whole chain folded, kept by the process and carried forward by the journals
that came since. What it keeps is known by the chain's digests, so it can be behind, never wrong.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from django.db import connection

from futurefit.kernel.years import Horizon
from futurefit.ledger import state
from futurefit.ledger.chain import Head
from futurefit.ledger.closing import Closed, Closing, MonthAct, Step, fold
from futurefit.ledger.entries import Journal, LineAttributes
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.common import caching
from futurefit.site.ledger import models, rows

_T = TypeVar("_T")

_loading = threading.Lock()
_kept = state.EMPTY


def head() -> Head:
    """How far the chain goes now."""
    number, digest = models.LedgerHead.objects.values_list("number", "digest").get()
    return Head(number, digest)


def stamp() -> tuple[str, str]:
    """What every derived page hangs on: the head's digest and the version of the words."""
    digest, words_version = caching.stamp_being_made() or (
        models.LedgerHead.objects.values_list("digest", "words_version").get()
    )
    return digest, words_version


def current_ledger() -> state.Ledger:
    """The ledger as it stands. One query when nothing was posted since the last call."""
    return ledger_at(head())


def ledger_at(at: Head) -> state.Ledger:
    """The ledger at a head that was just read, extended from what the process keeps."""
    kept = _kept
    if kept.head == at:
        return kept
    # One thread reads what is new; the others wait for it and find it done.
    with _loading:
        ledger = _carried_forward(_kept, at)
        # What a transaction sees of itself is kept only when it has been committed.
        if not connection.in_atomic_block:
            keep(ledger)
    return ledger


def keep(ledger: state.Ledger) -> None:
    """Let the process start from this ledger next time."""
    global _kept
    _kept = ledger


def _carried_forward(ledger: state.Ledger, at: Head) -> state.Ledger:
    if ledger.head == at:
        return ledger
    if ledger.head.number < at.number:
        newer = list(rows.read(ledger.head.number, at.number))
        if newer and newer[0].previous == ledger.head.digest:
            return state.extend(ledger, newer)
    # Another chain than the one kept: another database, or one that was rolled back.
    return state.extend(state.EMPTY, rows.read(0, at.number))


def journals(first: int = 1, last: int | None = None) -> list[Journal]:
    """The journals from `first` to `last` (or the end of the chain), as they were sealed."""
    return list(rows.read(first - 1, head().number if last is None else last))


def journal(number: int) -> Journal | None:
    """One journal; None when the chain has no such number."""
    # A number beyond the chain may be beyond what the database can hold.
    return next(rows.read(number - 1, number), None) if 1 <= number <= head().number else None


def horizon() -> Horizon | None:
    """The years that the programme plans for; None before it is set up."""
    years = models.Programme.objects.values_list("first_year", "last_year", "open_from").first()
    return Horizon(*years) if years else None


def programme() -> models.Programme | None:
    """The programme that this installation keeps; None before it is set up."""
    return models.Programme.objects.first()


def closing() -> Closing:
    """Where the months stand: locked, soft closed, unlocked."""
    return fold(act for _, act in month_acts())


def month_acts() -> list[tuple[datetime, MonthAct]]:
    """Every step that was taken on any month, with its moment, in order."""
    locks = models.NamedPosition.objects.filter(kind=models.NamedPosition.Kind.MONTH)
    steps = models.MonthStep.objects.all()
    acts = [
        (at, MonthAct(Step.LOCK, month, by=by))
        for at, month, by in locks.values_list("at", "as_at", "by")
    ] + [
        (at, MonthAct(Step(step), month, who, until, by, post))
        for at, step, month, who, until, by, post in steps.values_list(
            "at", "step", "month", "for_user", "until", "by", "for_post"
        )
    ]
    return sorted(acts, key=lambda each: each[0])


def locked_to() -> date | None:
    """The last day of the last locked month; None when no month was locked."""
    return closing().locked_to


def closed_to(
    holder: Holder, today: date, lines: Mapping[str, LineAttributes] = MappingProxyType({})
) -> Closed:
    """The days on which a change by this person, to these lines, cannot take effect."""
    finance = Role.FINANCE_PARTNER
    return closing().to(
        holder.user_id,
        is_finance=holder.keeps(finance),
        today=today,
        finance_on=[ref for ref, line in lines.items() if finance in holder.roles_on(line)],
    )


def month_steps(month: date | None = None) -> list[models.MonthStep]:
    """Who soft closed, reopened or unlocked which month (or one month), in order."""
    steps = models.MonthStep.objects.all()
    return list(steps.filter(month=month) if month else steps)


def superseded() -> frozenset[str]:
    """The names of closed months that were locked again since."""
    again = models.NamedPosition.objects.exclude(supersedes="")
    return frozenset(again.values_list("supersedes", flat=True))


def named_positions(kind: models.NamedPosition.Kind | None = None) -> list[models.NamedPosition]:
    """Baselines and closed months (or those of one kind), the earliest first."""
    positions = models.NamedPosition.objects.all()
    return list(positions.filter(kind=kind) if kind else positions)


def adopted_baseline() -> models.NamedPosition | None:
    """The newest adopted baseline; None before one was named."""
    return models.NamedPosition.objects.filter(kind=models.NamedPosition.Kind.BASELINE).last()


@dataclass(frozen=True, slots=True)
class LineWords:
    """What people call a line, and what the paper printed beside it ('marginal', 'TBC')."""

    title: str
    narrative: str = ""
    printed_note: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """What a code is called, and the (dimension, code) of what it is a part of, if of anything."""

    name: str
    parent: tuple[str, str] | None = None


class _Words(Generic[_T]):
    """Something read from the words, kept by the process until any of them change."""

    def __init__(self, read: Callable[[], _T]) -> None:
        self._read = read
        self._held: tuple[str, _T] | None = None

    def now(self) -> _T:
        """What stands now."""
        _, version = stamp()
        held = self._held
        if held is not None and held[0] == version:
            return held[1]
        value = self._read()
        if not connection.in_atomic_block:
            self._held = (version, value)
        return value


def _read_headings() -> dict[str, dict[str, Name]]:
    found: dict[str, dict[str, Name]] = {word: {} for word in models.Heading.Dimension.values}
    for dimension, code, name, *parent in models.Heading.objects.values_list(
        "dimension", "code", "name", "parent__dimension", "parent__code"
    ):
        found[dimension][code] = Name(name, (parent[0], parent[1]) if parent[0] else None)
    return found


def _read_line_words() -> dict[str, LineWords]:
    return {
        ref: LineWords(*words)
        for ref, *words in models.Line.objects.values_list(
            "ref", "title", "narrative", "printed_note"
        )
    }


def _read_council() -> str:
    return models.Programme.objects.values_list("council", flat=True).first() or ""


_council = _Words(_read_council)
_headings = _Words(_read_headings)
_line_words = _Words(_read_line_words)


def council() -> str:
    """The council whose programme this is; "" before it is set up."""
    return _council.now()


def headings() -> Mapping[str, Mapping[str, Name]]:
    """What every code is called, by dimension and code, in the order that they are listed."""
    return _headings.now()


def line_words() -> Mapping[str, LineWords]:
    """The words of every line, by reference. Whether a reader may see them is in its class."""
    return _line_words.now()


def capacity_words() -> dict[str, models.ClaimSource]:
    """The words of every source that claims take from, by code."""
    return models.ClaimSource.objects.in_bulk()


def rulings() -> dict[tuple[str, ...], models.Ruling]:
    """The ruling that holds on each pair of lines (a, b) and each shared source (code,)."""
    return {
        (ruling.source,) if ruling.source else (ruling.line_a, ruling.line_b): ruling
        for ruling in models.Ruling.objects.all()
    }


def waiting_proposals() -> list[models.Proposal]:
    """The changes that wait for their second person, the oldest first."""
    return list(models.Proposal.objects.filter(status=models.Proposal.Status.WAITING))


def documents() -> dict[str, models.Document]:
    """The papers that figures were read from, by digest."""
    return {document.sha256: document for document in models.Document.objects.all()}
