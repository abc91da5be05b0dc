"""How is a journal told in words, and how are many listed?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger.entries import RATINGS, Account, Entry, EntryKind, Posting, Reason
from futurefit.site.common.drawn import Drawn
from futurefit.site.ledger import models
from futurefit.site.ledger.links import journal_url
from futurefit.site.ledger.naming import NO_YEAR_LABELS, RESTRICTED, Names, in_words
from futurefit.site.ledger.presenters.figures import BLANK
from futurefit.site.ledger.presenters.working import account_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.saying import said_in


def entry_words(entry: Entry, names: Names) -> str:
    """What an entry did, in a sentence: “Re-rated £40,000 of 2016/17 from amber to delivered.”"""
    said = _SENTENCES[entry.kind](entry, names)
    if entry.evidence is not None:
        kind = in_words(entry.evidence.kind).lower()
        said += f" The evidence: {kind} (source {entry.evidence.source + 1})."
    if entry.reverses is not None:
        return (
            f"Reversed entry {entry.reverses.entry + 1} of journal {entry.reverses.journal}: {said}"
        )
    return said


def _opened(entry: Entry, names: Names) -> str:
    attributes = entry.attributes
    if attributes is None:
        return f"Opened line {entry.line}."
    kind = names.name("kind", attributes.kind).lower()
    tranche = names.name("tranche", attributes.tranche).lower()
    return f"Opened line {entry.line}, a {tranche} {kind}."


def _reclassified(entry: Entry, names: Names) -> str:
    return f"Classed line {entry.line} anew."


def _claimed(entry: Entry, names: Names) -> str:
    if entry.claim is None:
        return f"Line {entry.line} made a claim."
    if not entry.claim.basis_points:
        return f"Line {entry.line} gave up its claim on {entry.claim.source}."
    share = f"{entry.claim.basis_points / 100:g}%"
    return f"Line {entry.line} takes {share} of its amount out of {entry.claim.source}."


def _capacity(entry: Entry, names: Names) -> str:
    if entry.capacity is None:
        return "Stated what a source holds."
    base = print_money(entry.capacity.base_pence)
    return f"Source {entry.capacity.source} holds {base} a year."


def _moved(entry: Entry, names: Names) -> str:
    """Amounts that moved, line by line: from where, to where, in which years."""
    by_line: dict[str, list[Posting]] = defaultdict(list)
    for posting in entry.postings:
        by_line[posting.line].append(posting)
    parts = [_line_moves(line, entry.kind, found) for line, found in by_line.items()]
    return f"{in_words(entry.kind)}. {' '.join(parts)}"


def _slipped(entry: Entry, names: Names) -> str:
    """An amount that went from one year to another."""
    moves = [posting for posting in entry.postings if posting.reason is None]
    if len(moves) != 2:
        return _moved(entry, names)
    out, into = moves if entry.reverses is None else reversed(moves)
    rating = in_words(out.account).lower()
    if into.account is not out.account:
        rating += f" (then {in_words(into.account).lower()})"
    years = [NO_YEAR_LABELS.get(each.year, each.year).lower() for each in (out, into)]
    amount = print_money(abs(out.amount_pence))
    return f"Re-profiled. Line {out.line}: {amount}, {rating}, from {years[0]} to {years[1]}."


def _line_moves(line: str, kind: EntryKind, postings: Sequence[Posting]) -> str:
    years: dict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        years[posting.year].append(posting)
    said = []
    for year, found in sorted(years.items()):
        when = NO_YEAR_LABELS.get(year, year).lower()
        pairs = list(zip(found[::2], found[1::2], strict=False))
        if len(found) % 2 or any(one.amount_pence != -two.amount_pence for one, two in pairs):
            said += [f"{account_words(p).lower()} {_signed(p)} in {when}" for p in found]
            continue
        for pair in pairs:
            out, into = sorted(pair, key=lambda posting: posting.amount_pence)
            said.append(f"{print_money(into.amount_pence)} of {when} {_direction(out, into)}")
    return f"Line {line}: {'; '.join(said)}."


def _direction(out: Posting, into: Posting) -> str:
    """From one account to the other. The target is a contra account: to leave it is to set it."""
    if out.account is Account.TARGET:
        if into.account is Account.VARIANCE:
            return f"added to the target, as {account_words(into).partition(': ')[2]}"
        return f"added to the target, as {account_words(into).lower()}"
    if into.account is Account.TARGET:
        if out.account is Account.VARIANCE:
            return f"taken off the target, clearing {account_words(out).partition(': ')[2]}"
        return f"taken off the target and {account_words(out).lower()}"
    return f"from {account_words(out).lower()} to {account_words(into).lower()}"


def _signed(posting: Posting) -> str:
    amount = print_money(posting.amount_pence)
    return amount if posting.amount_pence < 0 else f"+{amount}"


_SENTENCES = dict.fromkeys(EntryKind, _moved) | {
    EntryKind.OPEN_LINE: _opened,
    EntryKind.RECLASSIFY: _reclassified,
    EntryKind.RE_PROFILE: _slipped,
    EntryKind.CLAIM: _claimed,
    EntryKind.SET_CAPACITY: _capacity,
}


def postings_table(entry: Entry, title: str) -> Table:
    """An entry's postings, with their balance: nought within each line and year."""
    rows = [
        Row(
            (
                Cell(posting.line),
                Cell(NO_YEAR_LABELS.get(posting.year, posting.year)),
                Cell(account_words(posting)),
                Cell(posting.amount_pence),
                Cell(effect_of(posting)),
            )
        )
        for posting in entry.postings
    ]
    if rows:
        balance = sum(posting.amount_pence for posting in entry.postings)
        rows.append(Row((Cell("Balance"), BLANK, BLANK, Cell(balance), BLANK), emphasis=True))
    return Table(
        title=title,
        columns=(
            Column("line", "Line"),
            Column("year", "Year"),
            Column("account", "Account"),
            Column("amount", "Amount", Shape.PENCE),
            Column("effect", "Which means"),
        ),
        rows=tuple(rows),
        unit=Unit.POUNDS,
    )


def effect_of(posting: Posting) -> str:
    """What a posting means for somebody who does not keep books."""
    more = posting.amount_pence > 0
    if posting.account is Account.TARGET:
        return "Target lower" if more else "Target higher"
    if posting.account in RATINGS:
        return f"{in_words(posting.account)} {'higher' if more else 'lower'}"
    reason = in_words(posting.reason or Reason.UNIDENTIFIED)
    return f"{reason}: {'falls short by more' if more else 'falls short by less'}"


def journals_table(
    numbers: Sequence[int],
    reader: Reader,
    *,
    title: str = "Journals",
) -> Table:
    """Journals, by their numbers, as a list: when, what, who and why. The rows are `Drawn`."""
    with_people = reader.sees_people

    def draw(drawn: Sequence[int]) -> list[Row]:
        said = said_in(drawn, reader)
        acts = _acts(drawn)
        journals = models.Journal.objects.in_bulk(drawn)
        rows = []
        for number in drawn:
            journal, words = journals[number], said[number]
            kinds, lines, on = acts[number]
            lines = [RESTRICTED if ref in reader.hidden else ref for ref in lines]
            rows.append(
                Row(
                    (
                        Cell(str(number), journal_url(number)),
                        Cell(journal.recorded_at),
                        Cell(on),
                        Cell(_listed(in_words(kind) for kind in kinds)),
                        Cell(_listed(lines)),
                        *((Cell(words.by),) if with_people else ()),
                        Cell(words.why),
                        Cell("" if words.is_hidden else journal.decision),
                    )
                )
            )
        return rows

    return Table(
        title=title,
        columns=(
            Column("number", "Journal"),
            Column("recorded_at", "Recorded", Shape.DATE),
            Column("effective_on", "Effective", Shape.DATE),
            Column("kinds", "What happened"),
            Column("lines", "Lines"),
            *((Column("by", "Who"),) if with_people else ()),
            Column("why", "Why"),
            Column("decision", "Decision"),
        ),
        rows=Drawn(numbers, draw),  # type: ignore[arg-type]
    )


def _acts(numbers: Sequence[int]) -> dict[int, tuple[list[EntryKind], list[str], date | None]]:
    """For each journal: the kinds of its entries, its lines, and the day that it takes effect."""
    kinds: dict[int, dict[EntryKind, None]] = defaultdict(dict)
    lines: dict[int, dict[str, None]] = defaultdict(dict)
    on: dict[int, date] = {}
    for start in range(0, len(numbers), 500):
        piece = numbers[start : start + 500]
        for number, kind, day, line in models.Entry.objects.filter(
            journal_id__in=piece
        ).values_list("journal_id", "kind", "effective_on", "line"):
            kinds[number][EntryKind(kind)] = None
            on.setdefault(number, day)
            if line:
                lines[number][line] = None
        for number, line in (
            models.Posting.objects.filter(journal_id__in=piece)
            .order_by("journal_id", "line")
            .values_list("journal_id", "line")
            .distinct()
        ):
            lines[number][line] = None
    return {n: (list(kinds[n]), list(lines[n]), on.get(n)) for n in numbers}


def _listed(words: Iterable[str]) -> str:
    found = list(dict.fromkeys(words))
    return (
        ", ".join(found) if len(found) < 5 else f"{', '.join(found[:3])} and {len(found) - 3} more"
    )
