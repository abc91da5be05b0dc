"""Do status words fit the dates and the headings beside them? (rule AUD-47)

Held against the paper's own date: what is done by a day to come, what will be done by a day gone
by, what is "ongoing" under "completed". A paper may be older than the meeting that it goes to, so
all of these are notes, and one list or table is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.passages import finding
from futurefit.papers.dates import PaperDate, SaidDate, paper_date, read_dates
from futurefit.papers.document import Document
from futurefit.papers.text import Kind, Passage, Text, read_text, shortened

CODE = "AUD-47"

_DONE = re.compile(
    r"\b(?:completed?|achieved|delivered|done|closed|finished|implemented|secured)\b"
)
_NOT_DONE = re.compile(
    r"\b(?:not (?:yet )?(?:completed?|achieved|delivered|done|started|implemented)|incomplete|"
    r"to be (?:completed|achieved|delivered|done|finished|implemented)|completed by date)\b"
)
_UNDER_WAY = re.compile(
    r"\b(?:ongoing|on-going|underway|under way|in progress|outstanding|not (?:yet )?started|"
    r"still to be|awaiting)\b"
)
_ENDS_DONE = re.compile(r"(?:[-–—:(.]\s*|^)(?:completed?|achieved|delivered|done|closed)\b[\s).]*$")
_STATUS_HEAD = re.compile(
    r"^(?:[a-z]+ )?(?P<status>completed|achieved|delivered|outstanding|ongoing|on-going)"
    r"(?: [a-z]+){0,2}\s*[:–-]*$"
)
_PLANS_HEAD = re.compile(
    r"\b(?:next steps?|milestones?|time(?:scales?|table|line)|action plan|actions|forward plan)\b"
)
_WILL = re.compile(
    r"\b(?:will(?! have)|to be|due to|are to|is to|plan(?:s|ned)? to|expected to|scheduled)\b"
)
_WE_WILL = re.compile(r"^(?:we|the council|officers|the team|this)?\s*will\b.{0,60}:$")
_PAST = re.compile(
    r"\b(?:was|were|has|have|had|been|since|following|agreed|approved|at|as at|took|presented|"
    r"dated|from|endorsed)\b"
)
_DUE_HEAD = re.compile(
    r"\b(?:completed by|by when|due|target date|date for|deadline|milestone date|timescale|when)\b"
    r"|^date:?$"
)
_FURTHEST = 140  # characters between "will" and the date that it is to be done by
_MOST_NAMED = 4
_LONGEST = 3_000  # characters of a passage whose dates are judged


@dataclass(frozen=True, slots=True)
class _Said:
    """A date with its passage and the words of that passage in small letters."""

    date: SaidDate
    passage: Passage
    words: str


def check_status(document: Document) -> list[Finding]:
    """Notes on status words that the dates or headings beside them contradict."""
    text = read_text(document)
    own = paper_date(document)
    found = list(_sections(text))
    if own is None:
        return found
    said = [
        _Said(one, passage, text.folded[passage.start : passage.start + len(passage.text)])
        for one, passage in read_dates(document)
        if one.first is not None and len(passage.text) <= _LONGEST
    ]
    told: set[int] = set()
    found += _done_ahead(said, own)
    found += _overdue_tables(document, text, said, own, told)
    found += _overdue_lists(text, said, own, told)
    found += _will_be_past(text, said, own, told)
    return found


def _is_done(words: str) -> bool:
    return bool(_DONE.search(words)) and not _NOT_DONE.search(words)


def _over(one: SaidDate, own: PaperDate) -> bool:
    return one.last is not None and one.last < own.first


# --- headings and items ---------------------------------------------------------------------------


def _sections(text: Text) -> Iterator[Finding]:
    """Items that contradict the status that they stand under."""
    status, before = "", None
    for passage in text.passages:
        words = text.folded[passage.start : passage.start + len(passage.text)]
        if not passage.is_item:
            head = _STATUS_HEAD.match(words) if len(words) <= 40 else None
            if head:
                status = head["status"]
            elif passage.kind is Kind.HEADING or not passage.place.table:
                status = ""
            before = None
            continue
        done_here = _is_done(words)
        if status in ("completed", "achieved", "delivered"):
            under_way = _UNDER_WAY.search(words)
            if under_way and not done_here:
                yield _against(passage, under_way[0], status)
        elif status:
            if _ENDS_DONE.search(words) and not _UNDER_WAY.search(words):
                yield _against(passage, "completed", status)
        elif before is not None and _only_done(words) and before.startswith("currently "):
            yield finding(
                CODE,
                passage,
                f"“{passage.quote}” follows “{shortened(before.capitalize(), 60)}” in one list.",
                printed=passage.text,
                advice="Say which of the two is done.",
                confidence=0.4,
            )
        before = words


def _only_done(words: str) -> bool:
    return len(words) <= 25 and bool(re.match(r"(?:completed|achieved|delivered|done)\b", words))


def _against(passage: Passage, said: str, status: str) -> Finding:
    return finding(
        CODE,
        passage,
        f"“{passage.quote}” is said to be {said}, and stands under {status}.",
        printed=said,
        expected=status,
        advice="Move it, or correct its status.",
        confidence=0.6,
    )


# --- dates ----------------------------------------------------------------------------------------


def _done_ahead(said: Sequence[_Said], own: PaperDate) -> Iterator[Finding]:
    """Done, by a day that is still to come."""
    for one in said:
        if one.date.first is None or one.date.first <= own.last:
            continue
        after = one.words[one.date.end - one.passage.start :][:30]
        before = one.words[: one.date.start - one.passage.start][-30:]
        if _ENDS_DONE.search(before.rstrip()) or re.match(
            r"[\s.)]*[-–—:(]?\s*(?:completed?|achieved|delivered|done)\b", after
        ):
            yield finding(
                CODE,
                one.passage,
                f"“{one.date.text}” is told as done; the paper is of {own.words}.",
                printed=one.date.text,
                advice="If it was done early, give the day on which; else correct the status.",
                confidence=0.5,
            )


def _overdue_tables(
    document: Document, text: Text, said: Sequence[_Said], own: PaperDate, told: set[int]
) -> Iterator[Finding]:
    """Rows of a table of milestones whose date is over and that nothing says are done."""
    by_table: dict[int, list[_Said]] = {}
    for one in said:
        if one.passage.place.table is not None:
            by_table.setdefault(one.passage.place.table, []).append(one)
    for table in document.tables:
        if table.index not in by_table:
            continue
        due = {
            cell.column
            for cell in table.cells
            if cell.row == 1 and _DUE_HEAD.search(cell.text.lower())
        }
        late = [
            one
            for one in by_table[table.index]
            if one.passage.place.column in due
            and (one.passage.place.row or 0) > 1
            and _over(one.date, own)
            and not any(
                _is_done(cell.text.lower())
                for cell in table.cells
                if cell.row == one.passage.place.row
            )
        ]
        told.update(one.passage.index for one in late)
        if late:
            yield _overdue(late, own)


def _overdue_lists(
    text: Text, said: Sequence[_Said], own: PaperDate, told: set[int]
) -> Iterator[Finding]:
    """Items of a list of what comes next whose date is over and that nothing says are done."""
    plans = _plans(text)
    late: dict[int, list[_Said]] = {}
    for one in said:
        section = plans.get(one.passage.index)
        if section is None or one.passage.index in told or not _over(one.date, own):
            continue
        # Only a date that ends the item, or stands in brackets, is when it is to be done.
        rest = one.words[one.date.end - one.passage.start :].strip(" *.)")
        if rest or _is_done(one.words) or _UNDER_WAY.search(one.words) or _doubtful(one, own):
            continue
        told.add(one.passage.index)
        late.setdefault(section, []).append(one)
    for group in late.values():
        yield _overdue(group, own)


def _doubtful(one: _Said, own: PaperDate) -> bool:
    """Whether "September 15" may be a day to come; not where 15 is the paper's own year."""
    return one.date.doubt and one.date.year != own.first.year


def _plans(text: Text) -> dict[int, int]:
    """The passages of sections about what comes next, each with the start of its section."""
    found: dict[int, int] = {}
    section: int | None = None
    list_of: int | None = None
    for passage in text.passages:
        words = text.folded[passage.start : passage.start + len(passage.text)]
        if passage.kind is Kind.HEADING or (passage.kind is Kind.CELL and words.endswith("?")):
            status = _STATUS_HEAD.match(words)
            done = status is not None and status["status"] in ("completed", "achieved", "delivered")
            section = passage.index if _PLANS_HEAD.search(words) and not done else None
            list_of = None
        elif not passage.is_item:
            list_of = passage.index if _WE_WILL.match(words) else None
        inside = list_of if passage.is_item and list_of is not None else section
        if inside is not None:
            found[passage.index] = inside
    return found


def _overdue(late: Sequence[_Said], own: PaperDate) -> Finding:
    """One note for the list or table."""
    named = "; ".join(f"“{_item(one)}”" for one in late[:_MOST_NAMED])
    more = f" and {len(late) - _MOST_NAMED} more" if len(late) > _MOST_NAMED else ""
    return finding(
        CODE,
        late[0].passage,
        f"the paper is of {own.words}; {named}{more} had {'its' if len(late) == 1 else 'their'} "
        "date before it, and nothing says whether it was done.",
        printed=late[0].date.text,
        advice="Say what was done, or give the new date.",
        confidence=0.5,
    )


def _item(one: _Said) -> str:
    return shortened(one.passage.text, 60) if len(one.passage.text) > 25 else one.date.text


def _will_be_past(
    text: Text, said: Sequence[_Said], own: PaperDate, told: set[int]
) -> Iterator[Finding]:
    """What "will be" by a day gone by, in one sentence."""
    for one in said:
        if one.passage.index in told or not _over(one.date, own) or one.date.doubt:
            continue
        start, _ = text.sentence(one.passage, one.date.start)
        start = max(start, one.date.start - _FURTHEST)
        before = text.folded[start : one.date.start]
        wills = list(_WILL.finditer(before))
        if not wills or _PAST.search(before, wills[-1].end()) or _is_done(one.words):
            continue
        told.add(one.passage.index)
        promise = text.whole[start + wills[-1].start() : one.date.start]
        words = f"{shortened(promise, 60)} {one.date.text}"
        yield finding(
            CODE,
            one.passage,
            f"“{words}” lies before the paper's own date, {own.words}.",
            printed=one.date.text,
            advice="Say whether it was done, or give the new date.",
            confidence=0.4,
        )
