"""How is a draft that waits for its second person kept, and read again?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import chain
from futurefit.ledger.entries import (
    Account,
    Capacity,
    Claim,
    Draft,
    Entry,
    EntryKind,
    EntryRef,
    Evidence,
    EvidenceKind,
    Posting,
    Reason,
    SourceKind,
)
from futurefit.site.ledger import rows

Plain = Mapping[str, Any]


def write(draft: Draft) -> dict[str, Any]:
    """A draft as plain JSON values, without what is empty."""
    plain: dict[str, Any] = chain.plain(draft)
    return plain


def read(plain: Plain) -> Draft:
    """The draft that `write` was given."""
    return Draft(
        **dict(plain)
        | {
            "entries": tuple(map(_entry, plain["entries"])),
            "sources": tuple(Provenance(**source) for source in plain.get("sources", ())),
        }
    )


def _entry(plain: Plain) -> Entry:
    parts = dict(plain)
    for name, read_part in _PARTS.items():
        if name in parts:
            parts[name] = read_part(parts[name])
    return Entry(**parts)


def _posting(plain: Plain) -> Posting:
    reason = plain.get("reason")
    return Posting(
        **dict(plain)
        | {"account": Account(plain["account"]), "reason": Reason(reason) if reason else None}
    )


def _capacity(plain: Plain) -> Capacity:
    return Capacity(**dict(plain) | {"source_kind": SourceKind(plain["source_kind"])})


_PARTS: Mapping[str, Callable[[Any], Any]] = {
    "kind": EntryKind,
    "effective_on": date.fromisoformat,
    "relates_to": date.fromisoformat,
    "postings": lambda postings: tuple(map(_posting, postings)),
    "attributes": rows.attributes_from,
    "claim": lambda claim: Claim(**claim),
    "capacity": _capacity,
    "reverses": lambda ref: EntryRef(**ref),
    "evidence": lambda evidence: Evidence(EvidenceKind(evidence["kind"]), evidence["source"]),
}
