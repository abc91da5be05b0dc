"""What can be done with papers? Upload one, say what it is, decide on its lines, record them.

Each act runs in one transaction, says who (`by=`), and raises `Refused` or `Stale` (and then
nothing has changed) with words for the person who asked. Figures enter the ledger through the
ledger's own operations and in no other way (rules PAP-01 to PAP-07).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from futurefit.kernel.findings import Severity
from futurefit.ledger import revising
from futurefit.ledger.entries import Draft, Entry, Journal, LineAttributes, Restriction
from futurefit.ledger.rights import Role
from futurefit.ledger.state import Ledger
from futurefit.papers import readers
from futurefit.papers.document import Document, Unreadable
from futurefit.site.accounts.holders import Holder
from futurefit.site.accounts.models import User
from futurefit.site.common import isolation, storing
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.forms.attributes import ancestry
from futurefit.site.ledger.models import Proposal
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.ledger.people import touched
from futurefit.site.ledger.queries import LineWords
from futurefit.site.papers import drafting, queries, reviewing
from futurefit.site.papers.models import Decision, Nature, Reading, Upload, Verdict
from futurefit.site.papers.reviewing import Accepted, Amount

Clock = Callable[[], datetime]
Read = Callable[[str, bytes], Document]

_KEEPERS = frozenset({Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE})


def _hanging(about: str, restriction: Restriction) -> LineAttributes:
    """Where a paper hangs: a part of the programme with what stands above it."""
    above = ancestry(about)
    return LineAttributes(
        theme=above["theme"],
        workstream=above["workstream"],
        project=above["project"],
        restriction=restriction,
    )


# --- Uploading ----------------------------------------------------------------------------------


def upload(
    name: str,
    data: bytes,
    *,
    by: Holder,
    about: str = "",
    restriction: Restriction = Restriction.OFFICERS,
    revises: Upload | None = None,
    read: Read = isolation.read_apart,
    clock: Clock = timezone.now,
) -> tuple[Upload, bool]:
    """Keep a paper and its reading; the upload, and whether it is new.

    The same bytes again give the earlier upload. `about` names a part of the programme, as
    "project:libraries". The file is read in a process of its own, before anything is locked; `read`
    reads it otherwise where it is our own.
    """
    place = _hanging(about, restriction)
    if not queries.may_review(by, place):
        raise refuse("PAP-RIGHTS", "You may upload papers about what you lead only.", "about")
    if restriction is Restriction.PUBLIC and by.roles_on(place).isdisjoint(_KEEPERS):
        raise refuse(
            "PAP-RIGHTS",
            "Only finance or the programme office may let everybody read a paper.",
            "restriction",
        )
    name = clean_name(name)
    earlier = _seen_before(data, by)
    if earlier is not None:
        return earlier, False
    try:
        readers.check(name, data)
        document = read(name, data)
        _refuse_data_set(name, document)
    except Unreadable as wrong:
        raise refuse("AUD-02", str(wrong), "file") from None
    study = queries.study_of(document)
    grave = [finding.severity for finding in study.findings]
    # Before the lock: a large file takes a while, and one that is kept for nothing does no harm.
    sha256 = storing.keep(data)
    with exclusive():
        earlier = _seen_before(data, by)
        if earlier is not None:
            return earlier, False
        _may_revise(by, revises)
        row = Upload(
            sha256=sha256,
            name=name,
            size=len(data),
            pages=document.pages,
            theme=place.theme,
            workstream=place.workstream,
            project=place.project,
            restriction=restriction,
            revises=revises,
            tables=sum(1 for _ in document.tables),
            errors=grave.count(Severity.ERROR),
            warnings=grave.count(Severity.WARNING),
            lines=sum(len(part.lines) for part in study.parts),
            titles=[
                f"{part.candidate.template}: {' '.join(part.candidate.title.text.split())}"
                for part in study.parts
            ],
            by=by.post,
            at=clock(),
        )
        _save(row, by, "")
        Reading.objects.create(upload=row, document=queries.zipped(document))
        ledger.words_changed()
        return row, True


MOST_CELLS = 100_000
"""A thousand pages full of tables. More is a data set: auditing it would hold up everybody else."""


def _refuse_data_set(name: str, document: Document) -> None:
    cells = sum(len(table.cells) for table in document.tables)
    if cells > MOST_CELLS:
        raise Unreadable(
            f"{name} has {cells:,} cells, and a paper to review no more than {MOST_CELLS:,}. "
            "Upload the part that holds the savings, or audit it with `futurefit audit`."
        )


def clean_name(name: str) -> str:
    """A file's name as it is shown and given back: no folder, and nothing that is not seen."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    seen = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    return " ".join(seen.split())[:200] or "paper"


def _seen_before(data: bytes, by: Holder) -> Upload | None:
    """The upload of the same bytes."""
    found = queries.same_bytes(hashlib.sha256(data).hexdigest())
    if found is not None and not by.may_read(found.place):
        # Whoever holds the file knows what it says; that it is here, and where, is not said.
        raise refuse("PAP-RIGHTS", "This paper cannot be uploaded: ask the programme office.")
    return found


def _may_revise(by: Holder, revises: Upload | None) -> None:
    if revises is not None and not queries.may_review(by, revises.place):
        raise refuse("PAP-RIGHTS", "You may not revise that paper.", "revises")


def describe(
    number: int,
    *,
    about: str,
    restriction: Restriction,
    revises: Upload | None,
    by: Holder,
    why: str = "",
) -> Upload:
    """Say what a paper is about, who may read it, and which paper it revises."""
    place = _hanging(about, restriction)
    with exclusive():
        row = _may_review(number, by)
        if not queries.may_review(by, place):
            raise refuse("PAP-RIGHTS", "You lead nothing there.", "about")
        if restriction != row.restriction and any(
            by.roles_on(hangs).isdisjoint(_KEEPERS) for hangs in (row.place, place)
        ):
            raise refuse(
                "PAP-RIGHTS",
                "Only finance or the programme office may say who reads a paper.",
                "restriction",
            )
        if revises is not None and revises != row.revises:
            _may_revise(by, revises)
            if queries.states(row):
                raise refuse(
                    "PAP-DECIDED",
                    "Lines of this paper have been decided already, without regard to another.",
                    "revises",
                )
            if row.pk in _ancestors(revises):
                raise refuse("PAP-CIRCLE", "That paper revises this one.", "revises")
        row.theme, row.workstream, row.project = place.theme, place.workstream, place.project
        row.restriction, row.revises = restriction, revises
        _save(row, by, why)
        ledger.words_changed()
        return row


def _save(row: Upload, by: Holder, why: str) -> None:
    """Save what is said of a paper, with its history."""
    row._history_user = User.objects.filter(pk=by.user_id or 0).first()  # type: ignore[attr-defined]
    row._change_reason = why  # type: ignore[attr-defined]
    row.save()


def _ancestors(row: Upload | None) -> set[int]:
    found: set[int] = set()
    while row is not None and row.pk not in found:
        found.add(row.pk)
        row = row.revises
    return found


# --- Deciding -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """What the form showed: the last decision on the line, and the ledger's last journal."""

    decision: int = 0
    journal: int = 0


def reject(
    number: int,
    part: str,
    key: str,
    *,
    why: str,
    seen: Seen,
    by: Holder,
    clock: Clock = timezone.now,
) -> Decision:
    """Turn a candidate line down, and say why."""
    if not why.strip():
        raise refuse("PAP-NO-WHY", "Say why: others will ask.", "why")
    with exclusive():
        row = _open(number, part, key, seen, by)
        return _decided(row, part, key, by, clock, verdict=Verdict.REJECTED, why=why)


def accept(
    number: int,
    part: str,
    key: str,
    *,
    line: str,
    title: str,
    amounts: tuple[Amount, ...],
    attributes: LineAttributes | None,
    seen: Seen,
    by: Holder,
    nature: str = "",
    decision: str = "",
    why: str = "",
    clock: Clock = timezone.now,
) -> Decision:
    """Accept a candidate line as a new line (`attributes` class it) or as one that is there.

    Nothing is posted yet. `nature` says what a change of standing figures is, `decision` by which
    decision of the council a target changes.
    """
    with exclusive():
        row = _open(number, part, key, seen, by)
        study = queries.study(row)
        found = study.part(part)
        candidate = found.line(key) if found else None
        if candidate is None:
            raise refuse("PAP-NO-LINE", "The paper proposes no such line.")
        state = ledger_queries.current_ledger()
        if attributes is None:
            _existing(row, state, line, seen, by)
        else:
            _new(row, state, line, title, attributes)
        _accepted_once(row, part, key, line)
        earlier = queries.before(row).get((part, key))
        base = earlier.sums if earlier and earlier.decision.line == line else None
        base = revising.held(state, line) if base is None else base
        accepted = Accepted(
            title=title,
            amounts=amounts,
            base=tuple((year, account, pence) for (year, account), pence in base.items()),
            attributes=attributes,
        )
        if not accepted.base:
            nature = ""
        elif accepted.changes:
            _sound(nature, decision, accepted)
        printed = reviewing.proposed(candidate, row.name, row.sha256)
        return _decided(
            row,
            part,
            key,
            by,
            clock,
            verdict=Verdict.ACCEPTED,
            line=line,
            seen=seen.journal,
            nature=nature,
            decision=decision if nature == Nature.RE_TARGET else "",
            accepted=accepted.plain(),
            is_edited=amounts != printed,
            why=why,
        )


def _existing(row: Upload, state: Ledger, line: str, seen: Seen, by: Holder) -> None:
    """A line of the ledger that the paper speaks of."""
    there = state.lines.get(line)
    if there is None or not by.may_read(there):
        raise refuse("PAP-UNKNOWN-LINE", f"There is no line “{line}”.", "line")
    _as_strict(row, there.restriction, "line")
    if state.last_journal(line) != seen.journal:
        raise refuse(
            "PAP-MOVED",
            f"Line {line} has changed since you opened the form. The figures beside it are those "
            "of now: look at them again.",
            "line",
        )


def _new(row: Upload, state: Ledger, line: str, title: str, attributes: LineAttributes) -> None:
    """A line that the paper opens."""
    if line in state.lines:
        raise refuse("LED-LINE-EXISTS", f"There is a line {line} already.", "ref")
    if not title.strip():
        raise refuse("LED-NO-TITLE", "Give the line a title.", "title")
    if not (attributes.theme or attributes.workstream or attributes.project):
        raise refuse("LED-NO-PARENT", "Say where the line belongs.", "parent")
    _as_strict(row, attributes.restriction, "restriction")


def _as_strict(row: Upload, restriction: Restriction, field: str) -> None:
    if reviewing.is_weaker(restriction, row.place.restriction):
        raise refuse(
            "PAP-RESTRICTED",
            "More people may read this line than the paper that its figures come from. Restrict "
            "the line as the paper is, or let the paper be read.",
            field,
        )


def _accepted_once(row: Upload, part: str, key: str, line: str) -> None:
    """One line of the ledger is one line of a paper: a second would undo the first."""
    for other, state in queries.states(row).items():
        decision = state.decision
        if other != (part, key) and decision is not None and decision.line == line:
            raise refuse(
                "PAP-LINE-TAKEN",
                f"Another line of this paper is accepted as {line}. Put both amounts there.",
                "line",
            )


def _sound(nature: str, decision: str, accepted: Accepted) -> None:
    if not nature:
        raise refuse("PAP-NATURE", "Say what the change is.", "nature")
    objection = revising.objection(revising.Nature(nature), accepted.changes)
    if objection:
        raise refuse("PAP-NATURE", objection, "nature")
    if nature == Nature.RE_TARGET and not decision.strip():
        raise refuse("LED-NO-DECISION", "Name the decision that changes the target.", "decision")


def _may_review(number: int, by: Holder) -> Upload:
    row = queries.upload(number)
    if row is None or not by.may_read(row.place):
        raise refuse("PAP-NO-PAPER", "There is no such paper.")
    if not queries.may_review(by, row.place):
        raise refuse("PAP-RIGHTS", "You may review papers about what you lead only.")
    return row


def _open(number: int, part: str, key: str, seen: Seen, by: Holder) -> Upload:
    """The paper, if this person may decide now on this line of it."""
    row = _may_review(number, by)
    found = queries.study(row).part(part)
    if found is None or found.line(key) is None:
        raise refuse("PAP-NO-LINE", "The paper proposes no such line.")
    state = queries.states(row).get((part, key), queries.UNDECIDED)
    last = state.decision
    if last is not None and state.is_final:
        raise refuse("PAP-RECORDED", f"This line is settled: {state.word.lower()}.")
    if last is not None and last.pk != seen.decision:
        at = timezone.localtime(last.at)
        raise refuse(
            "PAP-STALE",
            f"{last.by} decided on this line meanwhile ({last.get_verdict_display().lower()}, "
            f"{at:%d %B %Y at %H:%M}). Look at it as it stands now, and decide again if need be.",
        )
    return row


def _decided(row: Upload, part: str, key: str, by: Holder, clock: Clock, **what) -> Decision:
    ledger.words_changed()
    return Decision.objects.create(
        upload=row, part=part, key=key, by=by.post, by_user_id=by.user_id, at=clock(), **what
    )


# --- Recording ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording led to: a journal, and a proposal for what takes a second person."""

    journal: Journal | None
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class ToRecord:
    """What is accepted in a part of a paper and not recorded: the journal as it would be, and the
    delivery that would wait beside it.
    """

    decisions: tuple[Decision, ...]
    draft: Draft
    delivery: Draft | None
    words: Mapping[str, LineWords]
    expects: Mapping[str, int]


def to_record(
    row: Upload,
    part: str,
    *,
    on: date,
    why: str,
    decision: str = "",
    relates_to: date | None = None,
) -> ToRecord:
    """The drafts that would record what is accepted in a part of a paper."""
    decisions = tuple(
        state.decision
        for (of, _), state in queries.states(row).items()
        if of == part and state.decision is not None and state.is_accepted
    )
    accepted = [(each, reviewing.accepted_from(each.accepted)) for each in decisions]
    accepted = [(each, said) for each, said in accepted if said.changes or said.attributes]
    drafted = drafting.draft(((each.line, said, each.nature) for each, said in accepted), on=on)

    def header(entries: list[Entry]) -> Draft:
        return Draft(
            "",
            why,
            tuple(replace(entry, relates_to=relates_to) for entry in entries),
            decision=decision,
            sources=tuple(drafted.sources),
        )

    return ToRecord(
        tuple(each for each, _ in accepted),
        header(drafted.entries),
        header(drafted.deliveries) if drafted.deliveries else None,
        {each.line: LineWords(said.title) for each, said in accepted if said.attributes},
        {each.line: each.seen for each, said in accepted if said.attributes is None},
    )


def record(
    number: int,
    part: str,
    *,
    on: date,
    why: str,
    by: Holder,
    decision: str = "",
    relates_to: date | None = None,
    expects: Mapping[str, int] | None = None,
    clock: Clock = timezone.now,
) -> Recorded:
    """Post what is accepted in a part of a paper as one journal.

    A delivery in it waits for its second person as a proposal. Lines that moved since they were
    accepted are refused (Stale), and so is whatever the ledger refuses. What was recorded once is
    not recorded again.
    """
    with exclusive():
        row = _may_review(number, by)
        found = to_record(row, part, on=on, why=why, decision=decision, relates_to=relates_to)
        if not found.decisions:
            raise refuse("PAP-NOTHING", "Nothing is accepted here that is not recorded already.")
        journal = None
        if found.draft.entries:
            journal = ledger.post(
                found.draft, by=by, expects=found.expects, words=found.words, clock=clock
            )
        proposal = None
        if found.delivery is not None:
            state = ledger_queries.current_ledger()
            lines = touched(found.delivery.entries)
            proposal = ledger.propose(
                found.delivery,
                by=by,
                expects={
                    ref: state.last_journal(ref) if journal else found.expects[ref] for ref in lines
                },
                clock=clock,
            )
        posted = touched(found.draft.entries)
        waits = touched(found.delivery.entries) if found.delivery else set()
        for each in found.decisions:
            Decision.objects.filter(pk=each.pk).update(
                journal_id=journal.number if journal and each.line in posted else None,
                proposal=proposal if each.line in waits else None,
            )
        return Recorded(journal, proposal)


__all__ = [
    "Recorded",
    "Refused",
    "Seen",
    "ToRecord",
    "accept",
    "clean_name",
    "describe",
    "record",
    "reject",
    "to_record",
    "upload",
]
