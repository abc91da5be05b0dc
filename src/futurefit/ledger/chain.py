"""Is every journal still as it was written, in order, with none missing? (rules LED-08, LED-09)

digest = SHA-256(previous digest, number, recorded_at, body digest), one a line. The body digest is
SHA-256 over canonical JSON (RFC 8785: sorted keys, no spaces, NFC text, integers below 2^53). Words
that may have to be erased or withheld (who, why, the text of a source) stand in the body only as
salted commitments, SHA-256(salt, text), so that the chain verifies without them.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.ledger.entries import Draft, Entry, Journal, Word

GENESIS = "0" * 64
"""What the first journal names as the digest before it."""

LARGEST_PENCE = 2**53 - 1
"""RFC 8785 numbers are doubles: an amount beyond this would not survive another reader."""

_SOURCE_WORDS = ("file", "heading", "printed")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Head:
    """A chain's last journal: number and digest. (0, GENESIS) is the head of an empty chain."""

    number: int = 0
    digest: str = GENESIS

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


EMPTY_HEAD = Head()


def parse_head(text: str) -> Head:
    """Read "NUMBER:DIGEST" as exports and publications print it; ValueError says what is wrong."""
    number, _, digest = text.strip().partition(":")
    if not number.isdigit() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueError(
            f"{text!r} is not a head: give NUMBER:DIGEST, with 64 hexadecimal digits, "
            "as an export prints it"
        )
    return Head(int(number), digest)


def canonical(value: Any) -> bytes:
    """RFC 8785 bytes of a plain value made of dicts with ASCII keys, lists, text, integers."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode("utf-8")


def sha256(content: bytes) -> str:
    """The hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def commitment(salt: str, text: str) -> str:
    """What stands in the chain for erasable words."""
    return sha256(canonical([salt, text]))


def stamp(moment: datetime) -> str:
    """A moment as the chain writes it: UTC, microseconds, 'Z'."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seal(
    draft: Draft, *, number: int, recorded_at: datetime, previous: str, salts: Iterator[str]
) -> Journal:
    """Make a draft the next journal of a chain. `salts` gives fresh random text, one a word.

    The draft must have passed `state.check`; nothing is validated here.
    """
    draft = in_nfc(draft)
    spoken = {"by": draft.by, "checked_by": draft.checked_by, "why": draft.why}
    for place, source in enumerate(draft.sources):
        said = {name: getattr(source, name) for name in _SOURCE_WORDS if getattr(source, name)}
        spoken[f"source:{place}"] = canonical(said).decode() if said else ""
    words = []
    for field, text in spoken.items():
        if text:
            salt = next(salts)
            words.append(Word(field, commitment(salt, text), salt, text))
    journal = Journal(
        number=number,
        recorded_at=recorded_at.astimezone(UTC),
        decision=draft.decision,
        sources=tuple(replace(s, file="", heading="", printed="") for s in draft.sources),
        entries=draft.entries,
        words=tuple(words),
        previous=previous,
        body_digest="",
        digest="",
    )
    body_digest = sha256(canonical(body_of(journal)))
    return replace(
        journal,
        body_digest=body_digest,
        digest=digest_of(previous, number, journal.recorded_at, body_digest),
    )


def digest_of(previous: str, number: int, recorded_at: datetime, body_digest: str) -> str:
    """The digest that the next journal will name."""
    return sha256(f"{previous}\n{number}\n{stamp(recorded_at)}\n{body_digest}".encode("ascii"))


def body_of(journal: Journal) -> dict[str, Any]:
    """The part of a journal that its body digest covers, as plain values."""
    return {
        "decision": journal.decision,
        "entries": [plain(entry) for entry in journal.entries],
        "sources": [plain(source) for source in journal.sources],
        "words": {word.field: word.commitment for word in journal.words},
    }


def plain(value: Any) -> Any:
    """A dataclass as plain JSON values, leaving out what is empty, so that a new optional field
    does not change the digest of an old journal.
    """
    if is_dataclass(value):
        return {
            field.name: plain(content)
            for field in fields(value)
            if (content := getattr(value, field.name)) not in (None, "", ())
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def in_nfc(value: _T) -> _T:
    """The same value with every text in Unicode NFC, so that one spelling has one digest."""
    result: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        result = unicodedata.normalize("NFC", value)
    elif isinstance(value, tuple):
        result = tuple(in_nfc(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        result = replace(
            value,
            **{
                field.name: in_nfc(content)
                for field in fields(value)
                if isinstance(content := getattr(value, field.name), str | tuple)
                or is_dataclass(content)
            },
        )
    return result  # type: ignore[no-any-return]


def word(journal: Journal, field: str) -> str | None:
    """Who ("by"), why ("why") or another word of a journal; None when never given or erased."""
    return next((w.text for w in journal.words if w.field == field), None)


def source_of(journal: Journal, place: int) -> Provenance:
    """A source with its words put back (what has been erased stays empty)."""
    text = word(journal, f"source:{place}")
    return replace(journal.sources[place], **json.loads(text)) if text else journal.sources[place]


def draft_of(journal: Journal) -> Draft:
    """The draft that a journal was sealed from, to be checked again. Words that were erased since
    stand as “erased (why)”: they were given.
    """
    said = {w.field: f"erased ({w.field})" if w.text is None else w.text for w in journal.words}
    gone = {w.field for w in journal.words if w.text is None}
    sources = [
        replace(source, file=said[f"source:{place}"])
        if f"source:{place}" in gone
        else source_of(journal, place)
        for place, source in enumerate(journal.sources)
    ]
    return Draft(
        by=said.get("by", ""),
        why=said.get("why", ""),
        entries=journal.entries,
        checked_by=said.get("checked_by", ""),
        decision=journal.decision,
        sources=tuple(sources),
    )


def verify(journals: Iterable[Journal], head: Head | None = None) -> list[Finding]:
    """What is wrong with a chain, from its first journal on: nothing if it is as it was written.

    Finds edits, gaps, reordering, time running backwards, words that do not match and entries that
    do not balance. A dropped tail or a wholesale rewrite shows only against a `head` noted before.
    """
    found: list[Finding] = []
    previous, expected, moment, seen = GENESIS, 1, datetime.min.replace(tzinfo=UTC), Head()
    digests: dict[int, str] = {}
    for journal in journals:
        found += _wrong_with(journal, previous, expected, moment)
        previous, expected, moment = journal.digest, journal.number + 1, journal.recorded_at
        digests[journal.number] = journal.digest
        seen = Head(journal.number, journal.digest)
    if head is not None and digests.get(head.number, GENESIS) != head.digest:
        found.append(
            _finding(
                "CHAIN-HEAD",
                f"The chain does not hold journal {head.number} with the digest that was noted: "
                "journals have been cut off or rewritten since.",
                printed=str(seen),
                expected=str(head),
            )
        )
    return found


def _wrong_with(journal: Journal, previous: str, expected: int, after: datetime) -> list[Finding]:
    number = journal.number
    found = []
    if number != expected:
        found.append(
            _finding(
                "CHAIN-GAP",
                f"Journal {expected} should come next, but journal {number} does: "
                "a journal is missing or out of order.",
                printed=str(number),
                expected=str(expected),
            )
        )
    if journal.previous != previous:
        found.append(
            _finding(
                "CHAIN-LINK",
                f"Journal {number} does not follow from the journal before it.",
                printed=journal.previous,
                expected=previous,
            )
        )
    if journal.recorded_at < after:
        found.append(
            _finding(
                "CHAIN-TIME",
                f"Journal {number} was recorded before the journal that precedes it.",
                printed=stamp(journal.recorded_at),
                expected=f"not before {stamp(after)}",
            )
        )
    try:
        body_digest = sha256(canonical(body_of(journal)))
    except (UnicodeEncodeError, ValueError) as wrong:
        body_digest = f"unreadable ({wrong})"
    if body_digest != journal.body_digest:
        found.append(
            _finding(
                "CHAIN-EDITED",
                f"What journal {number} says has been changed since it was recorded.",
                printed=journal.body_digest,
                expected=body_digest,
            )
        )
    digest = digest_of(journal.previous, number, journal.recorded_at, journal.body_digest)
    if digest != journal.digest:
        found.append(
            _finding(
                "CHAIN-DIGEST",
                f"The header of journal {number} has been changed since it was recorded.",
                printed=journal.digest,
                expected=digest,
            )
        )
    found += [
        _finding(
            "CHAIN-WORDS",
            f"The words under “{w.field}” of journal {number} are not those recorded.",
            printed=w.text,
        )
        for w in journal.words
        if w.text is not None and (w.salt is None or commitment(w.salt, w.text) != w.commitment)
    ]
    for place, entry in enumerate(journal.entries):
        found += [
            _finding(
                "CHAIN-UNBALANCED",
                f"Entry {place + 1} of journal {number} does not balance on line {line}, {year}.",
                printed=str(gap),
                expected="0",
            )
            for (line, year), gap in imbalances(entry).items()
        ]
    return found


def imbalances(entry: Entry) -> Mapping[tuple[str, str], int]:
    """What is over (in pence) for each line and year whose postings do not sum to nought."""
    sums: dict[tuple[str, str], int] = {}
    for posting in entry.postings:
        key = (posting.line, posting.year)
        sums[key] = sums.get(key, 0) + posting.amount_pence
    return {key: gap for key, gap in sums.items() if gap}


def _finding(code: str, message: str, printed: str = "", expected: str = "") -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        printed=printed,
        expected=expected,
        advice="Restore the register from an export whose head is known, "
        "and find out who could write to it.",
    )
