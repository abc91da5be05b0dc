"""Which postings add up to a figure, who made them, why, and from which cell of which paper?"""

from __future__ import annotations

from collections.abc import Sequence

from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger.entries import Account, Posting
from futurefit.ledger.working import Part
from futurefit.site.common.drawn import Drawn
from futurefit.site.ledger.links import journal_url, line_url
from futurefit.site.ledger.naming import NO_YEAR_LABELS, RESTRICTED_LINES, in_words
from futurefit.site.ledger.presenters.figures import BLANK
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.saying import Said, said_in


def parts_table(parts: Sequence[Part], reader: Reader, *, title: str = "Postings") -> Table:
    """The parts of a figure to the penny, and their total, which is the figure itself.

    Those of lines that the reader may not read stand together in one row. The rows are `Drawn`.
    """
    shown = [part for part in parts if part.standing.posting.line not in reader.hidden]
    columns = (
        Column("line", "Line"),
        Column("title", "Title"),
        Column("year", "Year"),
        Column("account", "Stands in"),
        Column("amount", "Amount", Shape.PENCE),
        Column("printed", "Printed as"),
        Column("place", "Read from"),
        Column("kind", "What happened"),
        Column("effective_on", "Effective", Shape.DATE),
        Column("journal", "Journal"),
        *((Column("by", "Who"),) if reader.sees_people else ()),
        Column("why", "Why"),
    )
    after = (BLANK,) * (len(columns) - 5)
    foot = []
    total = sum(part.amount_pence for part in parts)
    if len(shown) < len(parts):
        rest = total - sum(part.amount_pence for part in shown)
        foot.append(Row((Cell(RESTRICTED_LINES), BLANK, BLANK, BLANK, Cell(rest), *after)))
    foot.append(Row((Cell("Total"), BLANK, BLANK, BLANK, Cell(total), *after), emphasis=True))

    def draw(drawn: Sequence[Part]) -> list[Row]:
        said = said_in((part.standing.journal for part in drawn), reader)
        return [_row(part, said[part.standing.journal], reader) for part in drawn]

    rows = Drawn(shown, draw, foot)
    return Table(title, columns, rows, Unit.POUNDS)  # type: ignore[arg-type]


def _row(part: Part, said: Said, reader: Reader) -> Row:
    standing = part.standing
    posting = standing.posting
    source = None if posting.source is None else said.sources.get(posting.source)
    url = "" if posting.source is None else said.urls.get(posting.source, "")
    unwinds = "one-off, taken back the year after" if part.unwinds else ""
    return Row(
        (
            Cell(posting.line, line_url(posting.line)),
            Cell(reader.title(posting.line)),
            Cell(NO_YEAR_LABELS.get(posting.year, posting.year), note=unwinds),
            Cell(account_words(posting)),
            Cell(part.amount_pence),
            Cell(source.printed if source and source.printed else None),
            Cell(place_words(source) if source else None, url),
            Cell(in_words(standing.kind)),
            Cell(standing.effective_on),
            Cell(str(standing.journal), journal_url(standing.journal, standing.entry)),
            *((Cell(said.by),) if reader.sees_people else ()),
            Cell(said.why),
        )
    )


def account_words(posting: Posting) -> str:
    """Where a posting stands: “Amber”, or “Variance: slipped”."""
    if posting.account is Account.VARIANCE and posting.reason is not None:
        return f"Variance: {in_words(posting.reason).lower()}"
    return in_words(posting.account)


def place_words(place: Provenance) -> str:
    """Where a figure was read, in words."""
    return place.words()
