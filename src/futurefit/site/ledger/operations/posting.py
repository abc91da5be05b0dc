"""How does a change join the chain?

In one transaction, under the lock on the head: rights, whether the lines moved since the form was
shown, whether the journal may stand, then seal, insert, project. Whatever fails leaves no trace.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from futurefit.ledger import chain, checks, proof, state
from futurefit.ledger.entries import Draft, EntryKind, EvidenceKind, Journal, SavingClass
from futurefit.ledger.refusal import Refusal
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import models, people, queries, rows
from futurefit.site.ledger.operations.writing import Refused, exclusive, refuse, words_changed
from futurefit.site.ledger.queries import LineWords

Clock = Callable[[], datetime]

WAITS_FOR = frozenset({proof.NEEDS_SECOND_PERSON, proof.NEEDS_EVIDENCE, proof.NEEDS_CLASS})
"""What a proposal may wait for, and its second person brings: every other reason is said when it is
made.
"""

_SOME_PROOF = proof.Proof(EvidenceKind.VIREMENT, "some reference", SavingClass.CASH_RELEASING)

_AT_ONCE = 1000
"""Lines named in one statement: SQLite takes a limited number of them."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A line that moved since its form was shown: by which journals, and that in words."""

    line: str
    expected: int
    last_journal: int
    journals: tuple[Journal, ...]
    message: str


class Stale(Exception):
    """The form is out of date and nothing was written. `moved` says which lines moved, and how."""

    def __init__(self, moved: Iterable[Moved]) -> None:
        self.moved = tuple(moved)
        super().__init__(" ".join(line.message for line in self.moved))


def post(
    draft: Draft,
    *,
    by: Holder,
    expects: Mapping[str, int] | None,
    second: Holder | None = None,
    words: Mapping[str, LineWords] | None = None,
    clock: Clock = timezone.now,
) -> Journal:
    """Post a journal and give it back sealed, or raise Refused or Stale with nothing changed.

    The chain names `by` and `second` (who checked it), whatever the draft says. `expects` gives
    the last journal of each line as the form showed it (None for a change that comes from no form);
    `words` gives what each new line is called.
    """
    checked_by = people.second_name(by, second) if second else ""
    draft = chain.in_nfc(replace(draft, by=by.post, checked_by=checked_by))
    with exclusive() as head:
        ledger = queries.ledger_at(chain.Head(head.number, head.digest))
        refused = people.refusals(ledger, draft, by)
        if second is not None:
            refused += people.check_refusals(ledger, draft, second)
        if refused:
            raise Refused(refused)
        # One spelling of a reference: the chain's.
        named = {unicodedata.normalize("NFC", ref): said for ref, said in (words or {}).items()}
        return append(draft, head, ledger, by=by, expects=expects, words=named, clock=clock)


def append(
    draft: Draft,
    head: models.LedgerHead,
    ledger: state.Ledger,
    *,
    by: Holder,
    expects: Mapping[str, int] | None,
    words: Mapping[str, LineWords],
    clock: Clock,
) -> Journal:
    """Check, seal and insert a draft whose rights were settled, while the head is locked.

    `by` is whoever acts now: months may be closed to others than them.
    """
    if expects is not None:
        refuse_stale(ledger, draft, expects)
    moment = clock()
    if head.recorded_at is not None:
        # A clock that was put back does not put the chain back.
        moment = max(moment, head.recorded_at)
    refused = refusals(ledger, draft, moment, words, by=by)
    if refused:
        raise Refused(refused)
    journal = chain.seal(
        draft,
        number=head.number + 1,
        recorded_at=moment,
        previous=head.digest,
        salts=_salts(),
    )
    rows.insert([journal])
    after = state.extend(ledger, [journal])
    _project(journal, after, words)
    models.LedgerHead.objects.update(
        number=journal.number, digest=journal.digest, recorded_at=journal.recorded_at
    )
    transaction.on_commit(lambda: queries.keep(after))
    return journal


def refusals(
    ledger: state.Ledger,
    draft: Draft,
    moment: datetime,
    words: Mapping[str, LineWords],
    *,
    by: Holder,
) -> list[Refusal]:
    """Every reason why a draft may not be posted next by this person; none when it may."""
    horizon = queries.horizon()
    if horizon is None:
        return [Refusal("LED-NO-PROGRAMME", "Set the programme and its years up first.")]
    typed = [*_texts(chain.plain(draft)), *_texts(chain.plain(list(words.values())))]
    unkept = next((text for text in typed if not _can_be_kept(text)), None)
    if unkept is not None:
        return [
            Refusal(
                "LED-TEXT",
                f"{unkept!r} holds a character that is no text. Type it in again by hand.",
            )
        ]
    today = timezone.localdate(moment)
    check = partial(
        checks.check,
        ledger,
        horizon=horizon,
        today=today,
        closed=queries.closed_to(by, today, people.lines_of(ledger, draft)),
    )
    found = check(draft)
    if any(refusal.code in WAITS_FOR for refusal in found):
        # What lacks its second person is looked at no further: say what else is wrong with it too.
        checked = proof.completed(replace(draft, checked_by="somebody"), ledger, _SOME_PROOF)
        found += [refusal for refusal in check(checked) if refusal not in found]
    for ref in _opened(draft.entries):
        if ref not in words or not words[ref].title.strip():
            found.append(Refusal("LED-NO-TITLE", f"Give line {ref} a title.", "title"))
    return found


def refuse_stale(ledger: state.Ledger, draft: Draft, expects: Mapping[str, int]) -> None:
    """Raise Stale when a line has moved since its form was shown."""
    new = set(_opened(draft.entries))
    unsaid = people.touched(draft.entries) - new - set(expects)
    if unsaid:
        raise ValueError(f"the form does not say which journal it saw of {sorted(unsaid)}")
    moved = [
        moved_since(ref, seen, ledger.last_journal(ref))
        for ref, seen in expects.items()
        if ledger.last_journal(ref) != seen
    ]
    if moved:
        raise Stale(moved)


def moved_since(line: str, expected: int, last: int) -> Moved:
    """What happened on a line after the journal that a form showed."""
    if last < expected:
        raise refuse("LED-EXPECTS", f"Line {line} has no journal {expected}: open the form again.")
    since = models.Posting.objects.filter(line=line, journal_id__gt=expected)
    stated = models.Entry.objects.filter(line=line, journal_id__gt=expected)
    numbers = sorted(
        {
            *since.order_by().values_list("journal_id", flat=True).distinct(),
            *stated.order_by().values_list("journal_id", flat=True).distinct(),
        }
    )
    journals = tuple(journal for n in numbers if (journal := queries.journal(n)) is not None)
    said = "; ".join(_said(line, journal) for journal in journals)
    return Moved(
        line,
        expected,
        last,
        journals,
        f"Line {line} has changed since you opened the form: {said}. "
        "Look at it as it stands now, and say again what changed.",
    )


def _said(line: str, journal: Journal) -> str:
    kinds = dict.fromkeys(
        entry.kind for entry in journal.entries if line in people.touched([entry])
    )
    acts = " and ".join(people.ACTS[kind] for kind in kinds)
    by = chain.word(journal, "by") or "somebody whose name was erased"
    at = timezone.localtime(journal.recorded_at)
    return f"journal {journal.number} by {by}, {at:%d %B %Y at %H:%M}, to {acts}"


def _project(journal: Journal, after: state.Ledger, words: Mapping[str, LineWords]) -> None:
    """Carry the journal into the lines' rows."""
    opened = _opened(journal.entries)
    if opened:
        bulk_create_with_history(
            [
                models.Line(
                    ref=ref,
                    title=words[ref].title,
                    narrative=words[ref].narrative,
                    printed_note=words[ref].printed_note,
                    opened_in=journal.number,
                    last_journal=journal.number,
                    **rows.classes(after.lines[ref]),
                )
                for ref in opened
            ],
            models.Line,
            default_change_reason=f"Opened by journal {journal.number}",
            default_date=journal.recorded_at,
        )
        words_changed()
    # As `state` counts: a journal moves the lines that it posts to or states something about.
    moved = {p.line for entry in journal.entries for p in entry.postings}
    moved |= {entry.line for entry in journal.entries if entry.line}
    others = sorted(moved - set(opened))
    for first in range(0, len(others), _AT_ONCE):
        models.Line.objects.filter(ref__in=others[first : first + _AT_ONCE]).update(
            last_journal=journal.number
        )
    for ref in {e.line for e in journal.entries if e.kind is EntryKind.RECLASSIFY}:
        models.Line.objects.filter(ref=ref).update(**rows.classes(after.lines[ref]))


def _opened(entries: Iterable) -> list[str]:
    return [entry.line for entry in entries if entry.kind is EntryKind.OPEN_LINE]


def _salts() -> Iterator[str]:
    while True:
        yield secrets.token_hex(16)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _can_be_kept(text: str) -> bool:
    """False for NUL, which PostgreSQL cannot hold, and half a pair, which UTF-8 cannot."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
