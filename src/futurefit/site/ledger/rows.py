"""How does a sealed journal become rows, and how do rows become the same journal again?

Both ways stand side by side here, so that one cannot change without the other; the chain's digests
would show it if they did. Thousands of journals are read at once, hence plain tuples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from django.db.models import Q

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import entries as pure
from futurefit.site.ledger import models
from futurefit.site.ledger.classed import Classed

_CLASSES = tuple(field.name for field in fields(pure.LineAttributes))
_CLASS_WORDS = {
    "kind": pure.LineKind,
    "saving_class": pure.SavingClass,
    "saving_type": pure.SavingType,
    "tranche": pure.Tranche,
    "fund": pure.Fund,
    "recurrence": pure.Recurrence,
    "restriction": pure.Restriction,
}
_classes_of = attrgetter(*_CLASSES)
_PLACES = ("sha256", "page", "line", "table", "row", "column")

# Looking a word up in a dictionary costs a third of calling its enumeration.
_ACCOUNTS = {word.value: word for word in pure.Account}
_REASONS = {"": None, **{word.value: word for word in pure.Reason}}
_KINDS = {word.value: word for word in pure.EntryKind}


def insert(journals: Iterable[pure.Journal]) -> None:
    """Write journals into the chain's tables, in the order that their triggers ask for."""
    journals = list(journals)
    models.Journal.objects.bulk_create(
        [
            models.Journal(
                number=journal.number,
                recorded_at=journal.recorded_at,
                decision=journal.decision,
                previous=journal.previous,
                body_digest=journal.body_digest,
                digest=journal.digest,
            )
            for journal in journals
        ]
    )
    _insert_parts(journals)


def _insert_parts(journals: list[pure.Journal]) -> None:
    acts = [(j.number, place, act) for j in journals for place, act in enumerate(j.entries)]
    models.Entry.objects.bulk_create(_entry(*act) for act in acts)
    models.EntryAttributes.objects.bulk_create(
        models.EntryAttributes(journal_id=number, entry=place, **classes(act.attributes))
        for number, place, act in acts
        if act.attributes is not None
    )
    models.Posting.objects.bulk_create(
        models.Posting(
            journal_id=number,
            entry=entry,
            place=place,
            line=posting.line,
            year=posting.year,
            account=posting.account.value,
            reason=posting.reason.value if posting.reason else "",
            amount_pence=posting.amount_pence,
            source=posting.source,
        )
        for number, entry, act in acts
        for place, posting in enumerate(act.postings)
    )
    models.Source.objects.bulk_create(
        models.Source(
            journal_id=journal.number,
            place=place,
            **{name: getattr(source, name) for name in _PLACES},
        )
        for journal in journals
        for place, source in enumerate(journal.sources)
    )
    models.Commitment.objects.bulk_create(
        models.Commitment(journal_id=journal.number, field=word.field, commitment=word.commitment)
        for journal in journals
        for word in journal.words
    )
    models.JournalWord.objects.bulk_create(
        models.JournalWord(
            journal_id=journal.number, field=word.field, salt=word.salt, text=word.text
        )
        for journal in journals
        for word in journal.words
        if word.salt is not None and word.text is not None
    )


def _entry(journal: int, place: int, act: pure.Entry) -> models.Entry:
    row = models.Entry(
        journal_id=journal,
        place=place,
        kind=act.kind.value,
        effective_on=act.effective_on,
        line=act.line,
        replaced_by=act.replaced_by,
        relates_to=act.relates_to,
    )
    if act.claim is not None:
        row.source, row.basis_points = act.claim.source, act.claim.basis_points
    if act.capacity is not None:
        row.source = act.capacity.source
        row.source_kind = act.capacity.source_kind.value
        row.base_pence = act.capacity.base_pence
    if act.evidence is not None:
        row.evidence, row.evidence_source = act.evidence.kind.value, act.evidence.source
    if act.reverses is not None:
        row.reverses_journal, row.reverses_entry = act.reverses.journal, act.reverses.entry
    return row


def classes(attributes: pure.LineAttributes) -> dict[str, str]:
    """What a line is classed by, as its columns hold it."""
    return dict(zip(_CLASSES, map(str, _classes_of(attributes)), strict=True))


def attributes_of(row: Classed) -> pure.LineAttributes:
    """What a row says that a line is classed by."""
    return attributes_from({name: getattr(row, name) for name in _CLASSES})


def attributes_from(texts: Mapping[str, str]) -> pure.LineAttributes:
    """What a line is classed by, from texts by field; a text that is left out is empty."""
    values: dict[str, Any] = {
        name: _CLASS_WORDS[name](texts[name]) if name in _CLASS_WORDS else texts.get(name, "")
        for name in _CLASSES
    }
    return pure.LineAttributes(**values)


def read(after: int, up_to: int) -> Iterator[pure.Journal]:
    """The journals numbered from `after` + 1 to `up_to`, as they were sealed.

    Words come in the order of their fields, and those that were erased without text.
    """
    wanted = Q(journal_id__gt=after, journal_id__lte=up_to)
    acts = _read_entries(wanted)
    sources = defaultdict(list)
    for number, *place in models.Source.objects.filter(wanted).values_list("journal_id", *_PLACES):
        sources[number].append(Provenance(**dict(zip(_PLACES, place, strict=True))))
    said = {
        (number, field): (salt, text)
        for number, field, salt, text in models.JournalWord.objects.filter(wanted)
        .order_by()
        .values_list("journal_id", "field", "salt", "text")
    }
    words = defaultdict(list)
    for number, field, commitment in models.Commitment.objects.filter(wanted).values_list(
        "journal_id", "field", "commitment"
    ):
        words[number].append(pure.Word(field, commitment, *said.get((number, field), (None, None))))
    for header in models.Journal.objects.filter(number__gt=after, number__lte=up_to).values_list(
        "number", "recorded_at", "decision", "previous", "body_digest", "digest"
    ):
        number, recorded_at, decision, *digests = header
        if recorded_at is None:
            raise ValueError(f"journal {number} has no date")
        yield pure.Journal(
            number,
            recorded_at,
            decision,
            tuple(sources.get(number, ())),
            tuple(acts.get(number, ())),
            tuple(sorted(words.get(number, ()), key=attrgetter("field"))),
            *digests,
        )


def _read_entries(wanted: Q) -> dict[int, list[pure.Entry]]:
    classed = {
        (number, entry): attributes_from(dict(zip(_CLASSES, texts, strict=True)))
        for number, entry, *texts in models.EntryAttributes.objects.filter(wanted)
        .order_by()
        .values_list("journal_id", "entry", *_CLASSES)
    }
    amounts: dict[tuple[int, int], list[pure.Posting]] = defaultdict(list)
    for number, entry, line, year, account, pence, reason, source in models.Posting.objects.filter(
        wanted
    ).values_list(
        "journal_id", "entry", "line", "year", "account", "amount_pence", "reason", "source"
    ):
        amounts[number, entry].append(
            pure.Posting(line, year, _ACCOUNTS[account], pence, _REASONS[reason], source)
        )
    acts = defaultdict(list)
    row: Any
    for row in models.Entry.objects.filter(wanted).values_list(
        "journal_id",
        "place",
        "kind",
        "effective_on",
        "line",
        "source",
        "source_kind",
        "base_pence",
        "basis_points",
        "replaced_by",
        "reverses_journal",
        "reverses_entry",
        "relates_to",
        "evidence",
        "evidence_source",
    ):
        number, place, kind, on, line, source, source_kind, base, share, by, *others = row
        reverses_journal, reverses_entry, to, evidence, evidence_source = others
        if on is None:
            raise ValueError(f"entry {place} of journal {number} has no date")
        acts[number].append(
            pure.Entry(
                kind=_KINDS[kind],
                effective_on=on,
                postings=tuple(amounts.get((number, place), ())),
                line=line,
                attributes=classed.get((number, place)),
                claim=pure.Claim(source, share) if share is not None else None,
                capacity=(
                    pure.Capacity(source, pure.SourceKind(source_kind), base)
                    if base is not None
                    else None
                ),
                replaced_by=by,
                reverses=(
                    pure.EntryRef(reverses_journal, reverses_entry)
                    if reverses_journal is not None
                    else None
                ),
                relates_to=to,
                evidence=(
                    pure.Evidence(pure.EvidenceKind(evidence), evidence_source)
                    if evidence_source is not None
                    else None
                ),
            )
        )
    return acts
