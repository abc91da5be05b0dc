"""How do people change the words that stand beside the chain?

Every operation here draws a new version of the words, so that no page keeps the old ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from django.db import models as django_models
from django.utils import timezone

from futurefit.kernel.years import Horizon, NotAYear
from futurefit.ledger import rights
from futurefit.ledger.entries import SourceKind
from futurefit.ledger.refusal import Refusal
from futurefit.ledger.rights import Role
from futurefit.ledger.rulings import stands_at
from futurefit.ledger.said import said_lines
from futurefit.ledger.state import Ledger
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import models, queries, rows
from futurefit.site.ledger.operations.posting import Moved, Stale
from futurefit.site.ledger.operations.writing import (
    KEEPERS,
    Refused,
    exclusive,
    must_hold,
    refuse,
    words_changed,
)
from futurefit.site.ledger.people import only
from futurefit.site.ledger.queries import LineWords

ERASED = "erased"
"""What stands instead of a name that was erased, where something must."""

Row = TypeVar("Row", bound=django_models.Model)


def edit_words(
    ref: str, words: LineWords, *, by: Holder, was: LineWords | None, why: str = ""
) -> models.Line:
    """Change what a line is called and told; raise Stale when its words have changed since `was`.

    `was` gives the words as the form showed them, None for a change that comes from no form.
    """
    with exclusive():
        line = models.Line.objects.filter(ref=ref).first()
        if line is None:
            raise refuse("LED-UNKNOWN-LINE", f"There is no line “{ref}”.", "line")
        if not _may_word(by, line):
            raise refuse("LED-RIGHTS", f"You may not change the words of line {ref}.")
        if not words.title.strip():
            raise refuse("LED-NO-TITLE", f"Give line {ref} a title.", "title")
        stands = LineWords(line.title, line.narrative, line.printed_note)
        if was is not None and was != stands:
            message = (
                f"The words of line {ref} have changed since you opened the form. "
                "Look at them as they stand now, and change them again."
            )
            raise Stale([Moved(ref, line.last_journal, line.last_journal, (), message)])
        if words != stands:
            line.title, line.narrative = words.title, words.narrative
            line.printed_note = words.printed_note
            _save(line, why)
        return line


def _may_word(by: Holder, line: models.Line) -> bool:
    return any(
        role in KEEPERS or rights.limited_to_own_lines(role)
        for role in by.roles_on(rows.attributes_of(line))
    )


def erase_words(
    number: int,
    fields: Collection[str],
    *,
    by: Holder,
    why: str,
    clock: Callable[[], datetime] = timezone.now,
) -> None:
    """Erase words of a journal ("by", "checked_by", "why", "source:0" …) for good.

    The chain keeps their commitments and still verifies. Who erased what, when and why is kept; the
    words are not.
    """
    must_hold(by, Role.PROGRAMME_OFFICE, to="erase words")
    if not why.strip():
        raise refuse("LED-NO-WHY", "Say why the words are erased.", "why")
    with exclusive():
        kept = models.JournalWord.objects.filter(journal_id=number, field__in=fields)
        found = set(kept.values_list("field", flat=True))
        gone = sorted(set(fields) - found)
        if gone:
            raise refuse(
                "LED-NO-WORDS", f"Journal {number} has no words under {', '.join(gone)} to erase."
            )
        moment = clock()
        models.Erasure.objects.bulk_create(
            models.Erasure(journal_id=number, field=field, by=by.post, at=moment, why=why)
            for field in sorted(found)
        )
        kept.delete()
        _forget_in_proposal(number, found)
        words_changed()


def _forget_in_proposal(number: int, fields: set[str]) -> None:
    # A proposal names the same two people; two different words, for they must differ.
    proposals = models.Proposal.objects.filter(journal_id=number)
    if "by" in fields:
        proposals.update(by=f"{ERASED} (by)")
    if "checked_by" in fields:
        proposals.update(decided_by=f"{ERASED} (checked by)")


def set_programme(
    *,
    name: str,
    council: str,
    first_year: int,
    last_year: int,
    open_from: int | None,
    by: Holder,
    why: str = "",
) -> models.Programme:
    """Say whose programme this is and which years it covers."""
    must_hold(by, Role.PROGRAMME_OFFICE, to="set the programme up")
    try:
        Horizon(first_year, last_year, open_from)
    except NotAYear as wrong:
        raise refuse("LED-YEARS", str(wrong), "first_year") from None
    with exclusive():
        row = models.Programme.objects.first() or models.Programme()
        row.name, row.council = name, council
        row.first_year, row.last_year, row.open_from = first_year, last_year, open_from
        return _save(row, why)


def name_heading(
    dimension: str,
    code: str,
    name: str,
    *,
    by: Holder,
    parent: models.Heading | None = None,
    order: int = 0,
    why: str = "",
) -> models.Heading:
    """Say what a code that lines are classed by is called, and what it is a part of."""
    must_hold(by, *KEEPERS, to="name a heading")
    refused = [
        Refusal("LED-NO-NAME", f"Give the heading a {field}.", field)
        for field, text in (("code", code), ("name", name))
        if not text.strip()
    ]
    if dimension not in models.Heading.Dimension.values:
        refused.append(
            Refusal("LED-DIMENSION", f"No line is classed by “{dimension}”.", "dimension")
        )
    if refused:
        raise Refused(refused)
    with exclusive():
        row = models.Heading.objects.filter(dimension=dimension, code=code).first()
        row = row or models.Heading(dimension=dimension, code=code)
        row.name, row.parent, row.order = name, parent, order
        return _save(row, why)


def name_source(
    code: str,
    *,
    kind: SourceKind,
    title: str,
    by: Holder,
    reference: str = "",
    note: str = "",
    why: str = "",
) -> models.ClaimSource:
    """Say what a source of claims is. What it holds is stated by a journal, `set_capacity`."""
    must_hold(by, *KEEPERS, to="name a source")
    if not code.strip() or not title.strip():
        raise refuse("LED-NO-NAME", "Give the source a code and a title.", "title")
    with exclusive():
        row = models.ClaimSource.objects.filter(code=code).first() or models.ClaimSource(code=code)
        row.source_kind, row.reference, row.title, row.note = kind.value, reference, title, note
        return _save(row, why)


def rule(
    about: tuple[str, str] | str,
    verdict: models.Ruling.Verdict,
    *,
    by: Holder,
    why: str,
    keeps: str = "",
    shares: tuple[int, int] | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> models.Ruling:
    """Keep what a person found about two lines that look alike, or a source that several claim,
    with what they stand at (rule CLA-09).

    `keeps` is the line that keeps the saving where two are the SAME; `shares` what each of the two
    takes where it is SHARED, in any measure.
    """
    if not why.strip():
        raise refuse("LED-NO-WHY", "Say why: others will rely on it.", "why")
    with exclusive():
        ledger = queries.current_ledger()
        if isinstance(about, str):
            known, place = about in ledger.now.capacities, {"source": about}
        else:
            line_a, line_b = sorted(about)
            known = line_a != line_b and {line_a, line_b} <= set(ledger.lines)
            place = {"line_a": line_a, "line_b": line_b}
        if not known:
            raise refuse("LED-RULING", "Name two lines, or one source, that the ledger holds.")
        if not may_rule(by, ledger, about):
            raise refuse("LED-RIGHTS", only(KEEPERS, by, to="rule on double counting"))
        if keeps and (verdict != models.Ruling.Verdict.SAME or keeps not in about):
            raise refuse(
                "LED-RULING", "Say which of two lines that are the same keeps it.", "keeps"
            )
        share_a = None
        if shares is not None:
            share_a = _share_of_first(about, shares) if verdict == "SHARED" else 0
            if not 0 < share_a < 10_000:
                raise refuse("LED-RULING", "Each of two lines takes a share: 60:40.", "shares")
        words_changed()
        return models.Ruling.objects.create(
            **place,
            verdict=verdict,
            keeps=keeps,
            share_a=share_a,
            stood=_stood(ledger, about),
            by=by.post,
            at=clock(),
            why=why,
        )


def may_rule(by: Holder, ledger: Ledger, about: tuple[str, str] | str) -> bool:
    """True when somebody keeps both lines; a source, which any line may claim, is for who keeps
    the whole programme.
    """
    if isinstance(about, str):
        return by.keeps(*KEEPERS)
    return not any(by.roles_on(ledger.lines[ref]).isdisjoint(KEEPERS) for ref in about)


def _share_of_first(about: tuple[str, str] | str, shares: tuple[int, int]) -> int:
    """What the lesser reference of a pair takes, of 10,000; 0 for no pair and for no shares."""
    if isinstance(about, str) or min(shares) <= 0:
        return 0
    first = shares[0] if about[0] <= about[1] else shares[1]
    return round(Fraction(10_000 * first, sum(shares)))


def _stood(ledger: Ledger, about: tuple[str, str] | str) -> str:
    """What the lines of a ruling stand at now, as JSON."""
    lines = said_lines(ledger.now, {})
    concerned = [
        line
        for line in lines
        if (about in line.claims if isinstance(about, str) else line.line in about)
    ]
    stood = {ref: stands.plain() for ref, stands in stands_at(concerned).items()}
    return json.dumps(stood, sort_keys=True)


def keep_document(
    sha256: str,
    *,
    name: str,
    kind: str = "",
    pages: int | None = None,
    url: str = "",
    why: str = "",
) -> models.Document:
    """Keep what a paper is called, known by the digest of what it holds."""
    if not name.strip() or len(sha256) != 64:
        raise refuse("LED-DOCUMENT", "A document has a name and a SHA-256 digest.", "name")
    with exclusive():
        row = models.Document.objects.filter(sha256=sha256).first()
        row = row or models.Document(sha256=sha256)
        row.name, row.kind, row.pages, row.url = name, kind, pages, url
        return _save(row, why)


def _save(row: Row, why: str) -> Row:
    """Save a row of words with its history."""
    row._change_reason = why  # type: ignore[attr-defined]
    row.save()
    words_changed()
    return row
