"""Which postings add up to a figure, who made them, why, and from which cell of which paper?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger import chain
from futurefit.ledger.entries import Account, Journal, Posting
from futurefit.ledger.working import Part
from futurefit.site.ledger.links import journal_url, line_url
from futurefit.site.ledger.naming import RESTRICTED_LINES, in_words
from futurefit.site.ledger.reading import Reader

ERASED = "(erased)"


@dataclass(frozen=True, slots=True)
class Said:
    """A journal's words, as far as a reader may see them."""

    by: str
    why: str
    journal: Journal


def parts_table(
    parts: Sequence[Part], journals: Mapping[int, Said], reader: Reader, *, title: str = "Postings"
) -> Table:
    """The parts of a figure, and their total: the figure itself. Amounts to the penny.

    Those of lines that the reader may not read stand together in one row.
    """
    rows, hidden = [], []
    for part in parts:
        if part.standing.posting.line in reader.hidden:
            hidden.append(part.amount_pence)
        else:
            rows.append(_row(part, journals, reader))
    with_people = reader.sees_people
    columns = (
        Column("line", "Line"),
        Column("title", "Title"),
        Column("year", "Year"),
        Column("account", "Stands in"),
        Column("amount", "Amount", Shape.PENCE),
        Column("kind", "What happened"),
        Column("effective_on", "Effective", Shape.DATE),
        Column("journal", "Journal"),
        *((Column("by", "Who"),) if with_people else ()),
        Column("why", "Why"),
        Column("place", "Read from"),
        Column("printed", "Printed as"),
    )
    blank = (Cell(None),) * (len(columns) - 5)
    if hidden:
        together = (Cell(RESTRICTED_LINES), Cell(None), Cell(None), Cell(None), Cell(sum(hidden)))
        rows.append(Row((*together, *blank)))
    total = sum(part.amount_pence for part in parts)
    sums = (Cell("Total"), Cell(None), Cell(None), Cell(None), Cell(total))
    rows.append(Row((*sums, *blank), emphasis=True))
    return Table(title=title, columns=columns, rows=tuple(rows), unit=Unit.POUNDS)


def _row(part: Part, journals: Mapping[int, Said], reader: Reader) -> Row:
    standing = part.standing
    posting = standing.posting
    said = journals[standing.journal]
    source = source_of(said, posting)
    unwinds = "one-off, taken back the year after" if part.unwinds else ""
    return Row(
        (
            Cell(posting.line, line_url(posting.line)),
            Cell(reader.title(posting.line)),
            Cell(posting.year, note=unwinds),
            Cell(account_words(posting)),
            Cell(part.amount_pence),
            Cell(in_words(standing.kind)),
            Cell(standing.effective_on),
            Cell(str(standing.journal), journal_url(standing.journal, standing.entry)),
            *((Cell(said.by),) if reader.sees_people else ()),
            Cell(said.why),
            Cell(place_words(source) if source else None),
            Cell(source.printed if source and source.printed else None),
        )
    )


def account_words(posting: Posting) -> str:
    """Where a posting stands: “Amber”, or “Variance: slipped”."""
    if posting.account is Account.VARIANCE and posting.reason is not None:
        return f"Variance: {in_words(posting.reason).lower()}"
    return in_words(posting.account)


def said_of(journal: Journal, reader: Reader) -> Said:
    """Who made a journal and why, for one reader."""
    if reader.hides_journal(journal):
        return Said("", "", journal)
    given = {word.field for word in journal.words}
    by, why = (
        chain.word(journal, field) or (ERASED if field in given else "") for field in ("by", "why")
    )
    return Said(by if reader.sees_people else "", why, journal)


def source_of(said: Said, posting: Posting) -> Provenance | None:
    """The cell of a paper that a posting was read from."""
    if posting.source is None:
        return None
    return chain.source_of(said.journal, posting.source)


def place_words(place: Provenance) -> str:
    """Where that is, in words."""
    return place.words()
