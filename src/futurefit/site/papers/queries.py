"""Which papers are here, who may see them, what do they say, and what was decided?

The one door from rows to values. What a paper says is worked out from the reading that is kept, and
held by the process for the papers that were looked at last.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.text import slugify

from futurefit.ledger.entries import LineAttributes
from futurefit.ledger.revising import Sums
from futurefit.ledger.rights import Role
from futurefit.ledger.state import Ledger
from futurefit.papers import interchange
from futurefit.papers.candidates import LineCandidate, PaperCandidate
from futurefit.papers.document import Document
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import models as ledger_models
from futurefit.site.ledger.models import Proposal
from futurefit.site.ledger.origins import Origin
from futurefit.site.ledger.queries import LineWords
from futurefit.site.papers import links, reviewing
from futurefit.site.papers.models import Decision, Reading, Upload, Verdict
from futurefit.site.papers.reviewing import Part, Study

REVIEWERS = frozenset({Role.PROJECT_LEAD, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE})
"""Who uploads and reviews: leads for what they lead, finance and the office for everything."""


def may_review(holder: Holder, place: LineAttributes) -> bool:
    """True when somebody may upload and review papers about a part of the programme."""
    return not REVIEWERS.isdisjoint(holder.roles_on(place))


def uploads(holder: Holder) -> list[Upload]:
    """The papers that somebody may see, the newest first."""
    return [
        upload
        for upload in Upload.objects.select_related("revises")
        if holder.may_read(upload.place)
    ]


def upload(number: int) -> Upload | None:
    """One upload; None where there is none of that number."""
    return Upload.objects.filter(pk=number).first() if number < 2**63 else None


def same_bytes(sha256: str) -> Upload | None:
    """The upload that holds these bytes."""
    return Upload.objects.filter(sha256=sha256).first()


def origins_of(digests: Collection[str], holder: Holder) -> Mapping[str, Origin]:
    """The papers among these digests, for the ledger to link its figures to."""
    return {
        upload.sha256: Origin(links.digest_url(upload.sha256), not holder.may_read(upload.place))
        for upload in Upload.objects.filter(sha256__in=digests)
    }


# --- What a paper says --------------------------------------------------------------------------


def zipped(document: Document) -> bytes:
    """A document as `Reading` keeps it."""
    values = json.dumps(interchange.as_values(document), ensure_ascii=False)
    return gzip.compress(values.encode(), compresslevel=6, mtime=0)


def study(upload: Upload) -> Study:
    """The paper with its findings and candidates."""
    return _study(upload.pk, upload.sha256)


@lru_cache(maxsize=4)
def _study(number: int, sha256: str) -> Study:
    kept = Reading.objects.values_list("document", flat=True).get(upload_id=number)
    document = interchange.document_from(json.loads(gzip.decompress(bytes(kept))))
    return study_of(document)


def study_of(document: Document) -> Study:
    """A document with its findings and candidates."""
    # Imported here: checks and templates are many, and most pages of the site need none.
    from futurefit.papers.recognise import recognise
    from futurefit.papers.report import audit_paper

    return Study(document, audit_paper(document).findings, parts_of(recognise(document)))


def parts_of(candidates: Collection[PaperCandidate]) -> tuple[Part, ...]:
    """Candidates with names that hold in the same and in a revised paper: template and count."""
    seen: dict[str, int] = {}
    parts = []
    for candidate in candidates:
        template = slugify(candidate.template) or "paper"
        seen[template] = seen.get(template, 0) + 1
        parts.append(Part(f"{template}-{seen[template]}", candidate))
    return tuple(parts)


# --- What was decided ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """How far a candidate line has come: a word for people, and whether it can still be decided."""

    word: str
    decision: Decision | None = None
    is_final: bool = False

    @property
    def is_accepted(self) -> bool:
        """Accepted, and not yet recorded."""
        found = self.decision
        return found is not None and found.verdict == Verdict.ACCEPTED and not self.is_final


UNDECIDED = State("To decide")


def states(upload: Upload) -> dict[tuple[str, str], State]:
    """Every line of a paper that somebody has decided on, by part and key."""
    newest: dict[tuple[str, str], Decision] = {}
    for decision in upload.decisions.select_related("proposal"):
        newest[decision.part, decision.key] = decision
    return {key: _state(decision) for key, decision in newest.items()}


def _state(decision: Decision) -> State:
    if decision.verdict == Verdict.REJECTED:
        return State("Rejected", decision)
    proposal = decision.proposal
    if decision.journal_id is not None:
        return State(f"Recorded in journal {decision.journal_id}", decision, is_final=True)
    if proposal is not None and proposal.status == Proposal.Status.WAITING:
        return State("Waits for a second person", decision, is_final=True)
    if proposal is not None and proposal.status == Proposal.Status.ACCEPTED:
        return State(f"Recorded in journal {proposal.journal_id}", decision, is_final=True)
    if proposal is not None:
        return State("Turned down by the second person", decision)
    if not reviewing.accepted_from(decision.accepted).changes:
        return State("Accepted: the ledger says so already", decision)
    return State("Accepted, not yet recorded", decision)


def decisions_on(upload: Upload, part: str, key: str) -> list[Decision]:
    """Every decision on one candidate line, the earliest first."""
    return list(upload.decisions.filter(part=part, key=key).select_related("proposal"))


def decided_counts() -> dict[int, int]:
    """How many lines of each upload somebody has decided on."""
    found: dict[int, set[tuple[str, str]]] = {}
    for number, part, key in Decision.objects.order_by().values_list("upload_id", "part", "key"):
        found.setdefault(number, set()).add((part, key))
    return {number: len(keys) for number, keys in found.items()}


@dataclass(frozen=True, slots=True)
class Before:
    """The decision on the same line in the paper that this one revises."""

    upload: Upload
    decision: Decision

    @property
    def sums(self) -> Sums | None:
        """What was accepted and recorded then; None where it was rejected."""
        if self.decision.verdict != Verdict.ACCEPTED:
            return None
        return reviewing.accepted_from(self.decision.accepted).sums


def before(upload: Upload) -> dict[tuple[str, str], Before]:
    """What was decided on each line of the papers that this one revises, the latest first.

    Of acceptances only those count that were recorded: what never reached the ledger is no base.
    """
    found: dict[tuple[str, str], Before] = {}
    earlier, seen = upload.revises, {upload.pk}
    while earlier is not None and earlier.pk not in seen:
        seen.add(earlier.pk)
        for key, state in states(earlier).items():
            decision = state.decision
            if decision is not None and (
                state.is_final
                or decision.verdict == Verdict.REJECTED
                or state.word.startswith("Accepted: ")
            ):
                found.setdefault(key, Before(earlier, decision))
        earlier = earlier.revises
    return found


# --- Which line of the ledger is it? ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matcher:
    """Suggests the line that a candidate is: accepted as before, read from the same cells, printed
    under its reference, or of the same title in the same part of the programme.
    """

    before: Mapping[tuple[str, str], Before]
    cells: Mapping[tuple[int, int, int], str]
    titles: Mapping[str, str]
    refs: Collection[str]

    def line(self, part: str, candidate: LineCandidate) -> str:
        """The reference of that line; "" where it looks new."""
        earlier = self.before.get((part, candidate.key))
        if earlier is not None and earlier.decision.line in self.refs:
            return earlier.decision.line
        read = {
            self.cells.get((place.table or 0, place.row or 0, place.column or 0), "")
            for one in candidate.amounts
            for place in (one.said.place, *one.also)
        } - {""}
        if len(read) == 1 and read <= set(self.refs):
            return read.pop()
        printed = candidate.ref.text.strip() if candidate.ref else ""
        if printed in self.refs:
            return printed
        return self.titles.get(_folded(candidate.title.text), "")


def matcher(
    upload: Upload, ledger: Ledger, words: Mapping[str, LineWords], hidden: Collection[str]
) -> Matcher:
    """A matcher for one paper, among the lines that its reader may see."""
    refs = {ref for ref in ledger.lines if ref not in hidden}
    parent = upload.parent.partition(":")
    titles: dict[str, str] = {}
    doubled: set[str] = set()
    for ref in refs:
        if parent[2] and getattr(ledger.lines[ref], parent[0]) != parent[2]:
            continue
        title = _folded(words[ref].title if ref in words else ref)
        if title in titles:
            doubled.add(title)
        titles[title] = ref
    return Matcher(
        before(upload),
        _lines_by_cell(upload.sha256),
        {title: ref for title, ref in titles.items() if title and title not in doubled},
        refs,
    )


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _lines_by_cell(sha256: str) -> dict[tuple[int, int, int], str]:
    """The line of the ledger that each cell of a paper was posted to; a cell of two is left out."""
    places = {
        (journal, place or 0): (table or 0, row or 0, column or 0)
        for journal, place, table, row, column in ledger_models.Source.objects.filter(
            sha256=sha256, table__isnull=False, row__isnull=False, column__isnull=False
        ).values_list("journal_id", "place", "table", "row", "column")
    }
    found: dict[tuple[int, int, int], set[str]] = {}
    numbers = sorted({journal for journal, _ in places})
    for journal, source, line in (
        ledger_models.Posting.objects.filter(journal_id__in=numbers, source__isnull=False)
        .order_by()
        .values_list("journal_id", "source", "line")
        .distinct()
    ):
        if (journal, source or 0) in places:
            found.setdefault(places[journal, source or 0], set()).add(line)
    return {cell: lines.pop() for cell, lines in found.items() if len(lines) == 1}


# --- Versions -----------------------------------------------------------------------------------


def is_officer(holder: Holder) -> bool:
    """True for those who see what was found in a paper, and not only the paper."""
    return not REVIEWERS.isdisjoint(holder.roles)


def looks_like_earlier(upload: Upload, holder: Holder) -> Upload | None:
    """The newest earlier paper with a part of the same template and title, or the same name."""
    titles = {_folded(title) for title in upload.titles if not title.endswith(": ")}
    name = _undated(upload.name)
    for earlier in uploads(holder):
        if earlier.pk >= upload.pk or not may_review(holder, earlier.place):
            continue
        if titles & {_folded(title) for title in earlier.titles} or name == _undated(earlier.name):
            return earlier
    return None


def _undated(name: str) -> str:
    """A file's name without its ending and without figures: versions differ in those."""
    return "".join(letter for letter in name.rpartition(".")[0].casefold() if letter.isalpha())
