"""What took the programme from one position to another, line by line and act by act?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger.changes import AttributeChange, Changes, LineChange
from futurefit.ledger.entries import EntryKind
from futurefit.site.ledger.links import journal_url, line_url
from futurefit.site.ledger.naming import (
    ATTRIBUTE_TITLES,
    NOT_YET,
    RESTRICTED_LINES,
    in_words,
)
from futurefit.site.ledger.reading import Reader

MEASURES = ("target", "forecast", "delivered")
_AMOUNTS = tuple(Column(name, name.capitalize(), Shape.PENCE) for name in MEASURES)

Span = tuple[str, str]
"""Since and until, as the address of the page of changes has them."""


def part_url(line: str, kind: EntryKind | None, measure: str, span: Span) -> str:
    """The working of one amount of a table of changes."""
    query = {
        "line": line,
        "kind": kind.value if kind else "",
        "measure": measure,
        "since": span[0],
        "until": span[1],
    }
    return f"/changes/working/?{urlencode({name: text for name, text in query.items() if text})}"


def changes_table(
    changes: Changes,
    reader: Reader,
    *,
    span: Span,
    unit: Unit = Unit.THOUSANDS,
    title: str = "What changed, line by line",
) -> Table:
    """A row for each line and kind of act. Lines that may not be read stand together in one row.

    Current and proposed are never added, nor funds: there is no grand total, but one of each.
    """
    rows, hidden = [], []
    for change in changes.lines:
        if change.line in reader.hidden:
            hidden.append(change)
        else:
            rows.append(_row(change, reader, span))
    apart = defaultdict(list)
    for change in changes.lines:
        apart[_tranche_and_fund(reader, change.line)].append(change)
    if hidden:
        by_heap = defaultdict(list)
        for change in hidden:
            by_heap[_tranche_and_fund(reader, change.line)].append(change)
        rows += [
            Row((Cell(RESTRICTED_LINES), Cell(heap), Cell(None), *_amounts(found), Cell(None)))
            for heap, found in sorted(by_heap.items())
        ]
    rows += [
        Row((Cell(f"Net, {heap}"), Cell(None), Cell(None), *_amounts(found), Cell(None)), True)
        for heap, found in sorted(apart.items())
    ]
    return Table(
        title=title,
        columns=(
            Column("line", "Line"),
            Column("title", "Title"),
            Column("kind", "What happened"),
            *_AMOUNTS,
            Column("journals", "Journals"),
        ),
        rows=tuple(rows),
        unit=unit,
    )


def acts_table(
    changes: Changes, reader: Reader, *, span: Span, unit: Unit = Unit.THOUSANDS
) -> Table:
    """The same changes added up by what happened, current and proposed apart."""
    heaps: dict[tuple[str, EntryKind], list[LineChange]] = defaultdict(list)
    for change in changes.lines:
        heaps[_tranche_and_fund(reader, change.line), change.kind].append(change)
    rows = []
    for heap in sorted({heap for heap, _ in heaps}):
        kinds = [kind for kind in EntryKind if (heap, kind) in heaps]
        for kind in kinds:
            found = heaps[heap, kind]
            count = Cell(len({change.line for change in found}))
            rows.append(Row((Cell(in_words(kind)), Cell(heap), count, *_amounts(found))))
        every = [change for kind in kinds for change in heaps[heap, kind]]
        count = Cell(len({change.line for change in every}))
        rows.append(Row((Cell(f"Net, {heap}"), Cell(None), count, *_amounts(every)), True))
    return Table(
        title="What changed, by what happened",
        columns=(
            Column("kind", "What happened"),
            Column("part", "Of"),
            Column("lines", "Lines", Shape.COUNT),
            *_AMOUNTS,
        ),
        rows=tuple(rows),
        unit=unit,
    )


def attributes_table(found: Sequence[AttributeChange], reader: Reader) -> Table:
    """How lines are classed otherwise than before, and which lines are new."""
    rows = []
    restricted = 0
    for change in found:
        if change.line in reader.hidden:
            restricted += 1
            continue
        name = change.attribute
        if name == "line":
            what = "New line" if change.opened else "Not open yet at the later position"
            cells = (Cell(what), Cell(None), Cell(None))
        else:
            before, after = (
                reader.names.name(name, code) if code else NOT_YET
                for code in (change.before, change.after)
            )
            cells = (Cell(ATTRIBUTE_TITLES[name]), Cell(before), Cell(after))
        rows.append(
            Row((Cell(change.line, line_url(change.line)), Cell(reader.title(change.line)), *cells))
        )
    if restricted:
        said = "1 change" if restricted == 1 else f"{restricted} changes"
        rows.append(Row((Cell(RESTRICTED_LINES), Cell(said), Cell(None), Cell(None), Cell(None))))
    return Table(
        title="Lines opened and classed anew",
        columns=(
            Column("line", "Line"),
            Column("title", "Title"),
            Column("attribute", "What"),
            Column("before", "Before"),
            Column("after", "After"),
        ),
        rows=tuple(rows),
    )


def _row(change: LineChange, reader: Reader, span: Span) -> Row:
    amounts = [
        Cell(amount, part_url(change.line, change.kind, name, span)) if amount else Cell(None)
        for name, amount in zip(MEASURES, _of(change), strict=True)
    ]
    return Row(
        (
            Cell(change.line, line_url(change.line)),
            Cell(reader.title(change.line)),
            Cell(in_words(change.kind)),
            *amounts,
            journals_cell(change.journals, line=change.line, kind=change.kind.value),
        )
    )


def journals_cell(numbers: Sequence[int], **filters: str) -> Cell:
    """One journal by its number; several as a link to their list."""
    if len(numbers) == 1:
        return Cell(str(numbers[0]), journal_url(numbers[0]))
    query = {**filters, "first": str(min(numbers)), "last": str(max(numbers))}
    said = f"{len(numbers)}, from {min(numbers)} to {max(numbers)}"
    return Cell(said, f"/journals/?{urlencode(query)}")


def _of(change: LineChange) -> tuple[int, int, int]:
    return change.target_pence, change.forecast_pence, change.delivered_pence


def _amounts(found: Iterable[LineChange]) -> list[Cell]:
    sums = [sum(column) for column in zip(*map(_of, found), strict=True)]
    return [Cell(amount) for amount in sums]


def _tranche_and_fund(reader: Reader, line: str) -> str:
    attributes = reader.ledger.lines[line]
    fund = in_words(attributes.fund).lower()
    return f"{in_words(attributes.tranche).lower()} {fund}"
