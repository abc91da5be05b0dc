"""What changed between two versions of a paper, and what does nothing explain? (AUD-60 to AUD-62)

Figures of tables are matched by words (`papers.compare_matching`), so that a table or a row that
moved has not changed. Nothing is judged to be a correction or a decision: that is for people.
"""

from __future__ import annotations

from dataclasses import replace

from futurefit.kernel.provenance import Provenance
from futurefit.papers.compare_matching import Matched, Worded, match, reworded, said
from futurefit.papers.compare_moves import Moved, find_moves, findings_of
from futurefit.papers.compare_text import Figures, compare_text
from futurefit.papers.comparison import Change, Comparison, How, Move
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure


def compare(before: Document, after: Document) -> Comparison:
    """Compare two versions of a paper, the older first."""
    matched = match(before, after)
    figures, moved, same = _figures(matched)
    moves = [_named(one, before, after) for one in find_moves(matched, moved)]
    unexplained = tuple(one for one, mends in moves if not mends)
    text = compare_text(before, after, _cells(matched.before), _cells(matched.after))
    return Comparison(
        before,
        after,
        tuple(_placed(one, before, after) for one in figures),
        tuple(_placed(one, before, after) for one in text),
        unexplained,
        tuple(one for one, mends in moves if mends),
        tuple(findings_of(unexplained)),
        same,
    )


def _cells(tables: tuple[Worded, ...]) -> Figures:
    """Where the figures of tables stand."""
    return frozenset(
        (table.grid.table.index, row, column)
        for table in tables
        for row, column in table.grid.figures
    )


# --- Figures ------------------------------------------------------------------------------------


def _figures(matched: Matched) -> tuple[list[Change], Moved, int]:
    """What became of each figure: the changes, which figure is which, and how many are the same."""
    changes: list[Change] = []
    moved = Moved()
    same = 0
    for (first, _), (second, _) in matched.moved:
        moved.touch(first, second)
    for (first, one), (second, two) in (*matched.rows, *matched.moved):
        name = second.row_title(two.number)
        if was_called := reworded(first, one, two):
            name += f" (was {was_called})"
        for head, was in one.figures.items():
            now = two.figures.get(head)
            if now is None:
                changes.append(_single(How.DROPPED, first, was))
                moved.touch(first, None)
                continue
            moved.pair(first, was, second, now)
            if said(was) == said(now):
                same += 1
                continue
            moved.touch(first, second)
            changes.append(_change(name, first, was, second, now))
        for head, now in two.figures.items():
            if head not in one.figures:
                changes.append(_single(How.ADDED, second, now))
                moved.touch(None, second)
    for how, places in ((How.DROPPED, matched.dropped), (How.ADDED, matched.added)):
        for table, row in places:
            changes += [_single(how, table, figure) for figure in row.figures.values()]
            moved.touch(*((table, None) if how is How.DROPPED else (None, table)))
    return changes, moved, same


def _change(name: str, first: Worded, was: Figure, second: Worded, now: Figure) -> Change:
    """A figure that both versions print, and not the same."""
    finer = was if was.half < now.half else now
    column = second.column_title(now)
    return Change(
        How.CHANGED,
        f"{name}, {column}",
        first.grid.table.place(was.cell),
        second.grid.table.place(now.cell),
        finer.like(now.value - was.value) if said(was)[0] == said(now)[0] else "",
    )


def _single(how: How, table: Worded, figure: Figure) -> Change:
    """A figure that only one version has."""
    place = table.grid.table.place(figure.cell)
    before, after = (place, None) if how is How.DROPPED else (None, place)
    return Change(how, table.title(figure), before, after)


# --- Places -------------------------------------------------------------------------------------


def _placed(change: Change, before: Document, after: Document) -> Change:
    """A change with the papers named in its places."""
    return replace(change, before=_in(change.before, before), after=_in(change.after, after))


def _named(found: tuple[Move, bool], before: Document, after: Document) -> tuple[Move, bool]:
    """A move with the papers named in its places."""
    move, mends = found
    return (
        replace(
            move,
            before=_in(move.before, before) or move.before,
            after=_in(move.after, after) or move.after,
            cause=_in(move.cause, after),
        ),
        mends,
    )


def _in(place: Provenance | None, document: Document) -> Provenance | None:
    if place is None:
        return None
    line = place.line if document.has_lines else None
    return replace(place, file=document.name, sha256=document.sha256, line=line)
