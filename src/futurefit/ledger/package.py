"""How does the whole ledger leave, and come back the same? (rule LED-10)

A Frictionless Data Package: `datapackage.json` with a schema, and plain CSV files, one a kind of
row. Amounts are whole pence. Reading the files back gives journals with the same digests, so the
same head. Text that a spreadsheet would take for a formula is written with an apostrophe in front,
which reading takes off again. Words that were erased stay erased; their commitments travel.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from futurefit.kernel.provenance import Provenance
from futurefit.ledger.chain import GENESIS, Head, parse_head, stamp
from futurefit.ledger.entries import (
    Account,
    Capacity,
    Claim,
    Entry,
    EntryKind,
    EntryRef,
    Evidence,
    EvidenceKind,
    Fund,
    Journal,
    LineAttributes,
    LineKind,
    Posting,
    Reason,
    Recurrence,
    Restriction,
    SavingClass,
    SavingType,
    SourceKind,
    Tranche,
    Word,
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_ATTRIBUTES = tuple(field.name for field in fields(LineAttributes))
_ENUMS: Mapping[str, type[StrEnum]] = {
    "kind": LineKind,
    "saving_class": SavingClass,
    "saving_type": SavingType,
    "tranche": Tranche,
    "fund": Fund,
    "recurrence": Recurrence,
    "restriction": Restriction,
}

_I, _S, _D = "integer", "string", "date"
SCHEMAS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "journals": (
        ("number", _I, "place in the chain, from 1"),
        ("recorded_at", "datetime", "when it was recorded, UTC"),
        ("decision", _S, "the decision that allows it"),
        ("previous", _S, "digest of the journal before"),
        ("body_digest", _S, "SHA-256 of the canonical body"),
        ("digest", _S, "SHA-256 of previous, number, recorded_at and body_digest"),
    ),
    "words": (
        ("journal", _I, "number of the journal"),
        ("field", _S, "by, checked_by, why or source:N"),
        ("commitment", _S, "SHA-256 of salt and text"),
        ("salt", _S, "empty once erased"),
        ("text", _S, "empty once erased"),
    ),
    "sources": (
        ("journal", _I, "number of the journal"),
        ("source", _I, "place in the journal, from 0"),
        ("sha256", _S, "of the file"),
        ("page", _I, "printed page"),
        ("line", _I, "line of a text file"),
        ("table", _I, "table in the document, from 1"),
        ("row", _I, "row in the table, from 1"),
        ("column", _I, "column in the table, from 1"),
    ),
    "entries": (
        ("journal", _I, "number of the journal"),
        ("entry", _I, "place in the journal, from 0"),
        ("kind", _S, "what the entry does"),
        ("effective_on", _D, "when it takes effect"),
        ("relates_to", _D, "the date that a late fact is about"),
        ("line", _S, "the line it states something about"),
        ("replaced_by", _S, "the line that takes over"),
        ("reverses_journal", _I, "journal of the entry it reverses"),
        ("reverses_entry", _I, "place of the entry it reverses"),
        ("source", _S, "the source that is claimed, or whose base is stated"),
        ("source_kind", _S, "what kind of source"),
        ("base_pence", _I, "what the source holds a year"),
        ("basis_points", _I, "share of the line, of 10,000"),
        ("evidence", _S, "what a delivery rests on"),
        ("evidence_source", _I, "place of the evidence in the journal's sources, from 0"),
    ),
    "lines": (
        ("journal", _I, "number of the journal"),
        ("entry", _I, "place in the journal, from 0"),
        ("line", _S, "reference of the line"),
        *((name, _S, "attribute of the line from the entry on") for name in _ATTRIBUTES),
    ),
    "postings": (
        ("journal", _I, "number of the journal"),
        ("entry", _I, "place in the journal, from 0"),
        ("line", _S, "reference of the line"),
        ("year", _S, "financial year, open bucket (2020/21+) or UNPROFILED"),
        ("account", _S, "where the amount stands"),
        ("reason", _S, "why, in VARIANCE"),
        ("amount_pence", _I, "whole pence, positive when it helps the budget gap"),
        ("source", _I, "place of its source in the journal, from 0"),
    ),
}
"""Each file: its columns with their type and meaning."""


class NotAPackage(ValueError):
    """The files are not a ledger package; the message says which file and row, and why."""


def write(journals: Iterable[Journal], *, name: str, version: str) -> dict[str, bytes]:
    """Every file of the package, by name. The same journals give the same bytes."""
    tables: dict[str, list[list[Any]]] = {resource: [] for resource in SCHEMAS}
    head = Head()
    for journal in journals:
        head = Head(journal.number, journal.digest)
        for resource, row in _rows(journal):
            tables[resource].append(row)
    files = {f"{resource}.csv": _csv(resource, rows) for resource, rows in tables.items()}
    files["datapackage.json"] = (
        json.dumps(
            {
                "profile": "tabular-data-package",
                "name": name,
                "version": version,
                "ledger_head": str(head),
                "resources": [_resource(resource) for resource in SCHEMAS],
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    ).encode()
    return files


def _resource(resource: str) -> dict[str, Any]:
    return {
        "name": resource,
        "path": f"{resource}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {"name": column, "type": kind, "description": meaning}
                for column, kind, meaning in SCHEMAS[resource]
            ]
        },
    }


def _rows(journal: Journal) -> Iterator[tuple[str, list[Any]]]:
    number = journal.number
    yield (
        "journals",
        [
            number,
            stamp(journal.recorded_at),
            journal.decision,
            journal.previous,
            journal.body_digest,
            journal.digest,
        ],
    )
    for word in journal.words:
        yield "words", [number, word.field, word.commitment, word.salt, word.text]
    for place, s in enumerate(journal.sources):
        yield "sources", [number, place, s.sha256, s.page, s.line, s.table, s.row, s.column]
    for place, entry in enumerate(journal.entries):
        ref, claim, capacity = entry.reverses, entry.claim, entry.capacity
        yield (
            "entries",
            [
                number,
                place,
                entry.kind,
                entry.effective_on,
                entry.relates_to,
                entry.line,
                entry.replaced_by,
                ref and ref.journal,
                None if ref is None else ref.entry,
                claim.source if claim else capacity.source if capacity else None,
                capacity and capacity.source_kind,
                None if capacity is None else capacity.base_pence,
                None if claim is None else claim.basis_points,
                entry.evidence and entry.evidence.kind,
                None if entry.evidence is None else entry.evidence.source,
            ],
        )
        if entry.attributes is not None:
            values = [getattr(entry.attributes, name) for name in _ATTRIBUTES]
            yield "lines", [number, place, entry.line, *values]
        for p in entry.postings:
            yield (
                "postings",
                [number, place, p.line, p.year, p.account, p.reason, p.amount_pence, p.source],
            )


def _csv(resource: str, rows: list[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    # The line ending of RFC 4180; with a bare newline the writer would leave a lone return
    # unquoted.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _, _ in SCHEMAS[resource]])
    kinds = [kind for _, kind, _ in SCHEMAS[resource]]
    for row in rows:
        writer.writerow(
            [
                "" if value is None else shielded(str(value)) if kind == _S else value
                for kind, value in zip(kinds, row, strict=True)
            ]
        )
    return out.getvalue().encode("utf-8")


def shielded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def unshielded(text: str) -> str:
    """What `shielded` was given."""
    return text[1:] if text.startswith("'") else text


def read(files: Mapping[str, bytes]) -> list[Journal]:
    """The journals of a package, in chain order; `chain.verify` says whether they are as written.

    Raises NotAPackage where a file is missing or a row cannot be read.
    """
    tables = {resource: _table(resource, files) for resource in SCHEMAS}
    words, sources, postings = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in tables["words"]:
        erased = row["salt"] is None
        words[row["journal"]].append(
            Word(
                row["field"], row["commitment"], row["salt"], None if erased else row["text"] or ""
            )
        )
    for row in tables["sources"]:
        place = {name: row[name] for name in ("page", "line", "table", "row", "column")}
        sources[row["journal"]].append(Provenance(sha256=row["sha256"] or "", **place))
    for row in tables["postings"]:
        postings[row["journal"], row["entry"]].append(_read(row, "postings", _posting))
    attributes = {
        (row["journal"], row["entry"]): _read(row, "lines", _line_attributes)
        for row in tables["lines"]
    }
    entries = defaultdict(list)
    for row in tables["entries"]:
        key = (row["journal"], row["entry"])
        entries[row["journal"]].append(
            _read(
                row,
                "entries",
                lambda r, key=key: _entry(r, attributes.get(key), tuple(postings[key])),  # type: ignore[misc]
            )
        )
    journals = [
        Journal(
            number=row["number"],
            recorded_at=row["recorded_at"],
            decision=row["decision"] or "",
            sources=tuple(sources[row["number"]]),
            entries=tuple(entries[row["number"]]),
            words=tuple(words[row["number"]]),
            previous=row["previous"] or GENESIS,
            body_digest=row["body_digest"] or "",
            digest=row["digest"] or "",
        )
        for row in tables["journals"]
    ]
    return sorted(journals, key=lambda journal: journal.number)


def head_of(files: Mapping[str, bytes]) -> Head:
    """The head that a package says it was written at."""
    try:
        return parse_head(json.loads(files["datapackage.json"])["ledger_head"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotAPackage(f"datapackage.json names no head of the ledger ({wrong})") from None


def _posting(row: Mapping[str, Any]) -> Posting:
    return Posting(
        row["line"],
        row["year"],
        Account(row["account"]),
        row["amount_pence"],
        Reason(row["reason"]) if row["reason"] else None,
        row["source"],
    )


def _line_attributes(row: Mapping[str, Any]) -> LineAttributes:
    values: dict[str, Any] = {name: row[name] or "" for name in _ATTRIBUTES}
    return LineAttributes(**values | {n: _ENUMS[n](values[n]) for n in _ENUMS})


def _entry(
    row: Mapping[str, Any], attributes: LineAttributes | None, postings: tuple[Posting, ...]
) -> Entry:
    source, base, share = row["source"], row["base_pence"], row["basis_points"]
    return Entry(
        kind=EntryKind(row["kind"]),
        effective_on=row["effective_on"],
        postings=postings,
        line=row["line"] or "",
        attributes=attributes,
        claim=None if share is None else Claim(source, share),
        capacity=None if base is None else Capacity(source, SourceKind(row["source_kind"]), base),
        replaced_by=row["replaced_by"] or "",
        reverses=None
        if row["reverses_journal"] is None
        else EntryRef(row["reverses_journal"], row["reverses_entry"]),
        relates_to=row["relates_to"],
        evidence=None
        if row["evidence"] is None
        else Evidence(EvidenceKind(row["evidence"]), row["evidence_source"]),
    )


def _read(row: Mapping[str, Any], resource: str, build: Callable[[Mapping[str, Any]], Any]) -> Any:
    try:
        return build(row)
    except (ValueError, TypeError) as wrong:
        raise NotAPackage(f"{resource}.csv, journal {row['journal']}: {wrong}") from None


def _table(resource: str, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    name = f"{resource}.csv"
    if name not in files:
        raise NotAPackage(f"{name} is missing")
    try:
        text = files[name].decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise NotAPackage(
            f"{name} is not UTF-8 text: {wrong.reason} at byte {wrong.start}"
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = [column for column, _, _ in SCHEMAS[resource]]
    if next(reader, None) != columns:
        raise NotAPackage(f"{name} must begin with the columns {', '.join(columns)}")
    found = []
    try:
        for row in reader:
            if len(row) != len(columns):
                raise NotAPackage(
                    f"{name}, line {reader.line_num}: {len(row)} cells, not {len(columns)}"
                )
            found.append(
                {
                    column: _value(kind, cell)
                    for (column, kind, _), cell in zip(SCHEMAS[resource], row, strict=True)
                }
            )
    except (csv.Error, ValueError) as wrong:
        if isinstance(wrong, NotAPackage):
            raise
        raise NotAPackage(f"{name}, line {reader.line_num}: {wrong}") from None
    return found


def _value(kind: str, cell: str) -> Any:
    if cell == "":
        return None
    if kind == _I:
        return int(cell)
    if kind == _D:
        return date.fromisoformat(cell)
    if kind == "datetime":
        return datetime.fromisoformat(cell)
    return unshielded(cell)
