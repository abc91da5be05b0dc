"""What changed between two versions of a paper, and what does nothing explain? (AUD-60 to AUD-62)

Figures of tables are matched by words (`papers.matching`), so a row that moved has not changed.
Sentences are matched by their words without the numbers. Nothing is judged to be a correction or a
decision: that is for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from futurefit.kernel.provenance import Provenance
from futurefit.papers.arithmetic import read_arithmetic
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.matching import Key, Keyed, keyed, matched
from futurefit.papers.numbers_in_text import PrintedNumber, numbers
from futurefit.papers.sums import Check, Direction, Status, Sum
from futurefit.papers.text import Passage, read_text, shortened

_NOUGHT = Decimal(0)
_SOUND = frozenset({Status.HOLDS, Status.ROUNDED})


class How(StrEnum):
    """What became of a figure."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is not as it was. `what` names it: its row and column, or its sentence.

    `before` and `after` say where it stands and how it is printed; one is None where it is added or
    dropped. `difference` is after less before, printed as the figure is; "" where it has none.
    """

    how: How
    what: str
    before: Provenance | None
    after: Provenance | None
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A total and its parts that did not move together.

    `total` and `parts` are by how much each moved, printed as the total is.
    """

    what: str
    reason: str
    before: Provenance
    after: Provenance
    total: str
    parts: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a paper. `same` counts the figures of tables that are as they were."""

    before: Document
    after: Document
    figures: tuple[Change, ...]
    text: tuple[Change, ...]
    unexplained: tuple[Unexplained, ...]
    same: int


def compare(before: Document, after: Document) -> Comparison:
    """Compare two versions of a paper, the older first."""
    old = [keyed(one) for one in read_arithmetic(before) if one.grid.figures]
    new = [keyed(one) for one in read_arithmetic(after) if one.grid.figures]
    pairs, dropped, added = matched(old, new)
    figures: list[Change] = []
    unexplained: list[Unexplained] = []
    same = 0
    for first, second in pairs:
        changes = _changes(first, second)
        figures += changes
        same += len(first.figures) - sum(change.how is not How.ADDED for change in changes)
        if changes:
            unexplained += _unexplained(first, second)
    figures += [_single(How.DROPPED, table, key) for table in dropped for key in table.figures]
    figures += [_single(How.ADDED, table, key) for table in added for key in table.figures]
    compared = Comparison(
        before, after, tuple(figures), tuple(_text(before, after)), tuple(unexplained), same
    )
    return _placed(compared)


# --- Figures of tables --------------------------------------------------------------------------


def _changes(first: Keyed, second: Keyed) -> list[Change]:
    """What changed between two tables that are the same one."""
    found = []
    for key, was in first.figures.items():
        now = second.figures.get(key)
        if now is None:
            found.append(_single(How.DROPPED, first, key))
        elif (was.kind, was.value) != (now.kind, now.value):
            found.append(
                Change(
                    How.CHANGED,
                    _name(second, now),
                    _place(first, was),
                    _place(second, now),
                    now.like(now.value - was.value) if was.kind is now.kind else "",
                )
            )
    found += [_single(How.ADDED, second, key) for key in second.figures if key not in first.figures]
    return found


def _single(how: How, table: Keyed, key: Key) -> Change:
    """A figure that only one version has."""
    figure = table.figures[key]
    place = _place(table, figure)
    before, after = (place, None) if how is How.DROPPED else (None, place)
    return Change(how, _name(table, figure), before, after)


def _place(table: Keyed, figure: Figure) -> Provenance:
    return table.arithmetic.table.place(figure.cell)


def _name(table: Keyed, figure: Figure) -> str:
    """A figure as one would say it: "Parks, 2016/17"."""
    grid, cell = table.arithmetic.grid, figure.cell
    said = " · ".join(dict.fromkeys(text for text in grid.labels(cell.row) if text))
    over = grid.head_name(cell.column, cell.row)
    return f"{shortened(said or grid.label(cell.row))}, {shortened(over)}"


# --- Moves that nothing explains ----------------------------------------------------------------


def _unexplained(first: Keyed, second: Keyed) -> Iterator[Unexplained]:
    """The totals that were sound and did not move with their parts."""
    now_by_total = {(key, one.direction): check for key, one, check in _checks(second)}
    told: set[tuple[Key, Direction]] = set()
    for key, reading, check in _checks(first):
        total, was = second.figures.get(key), check.total
        if (
            (key, reading.direction) in told
            or check.status not in _SOUND
            or total is None
            or was is None
        ):
            continue
        again = now_by_total.get((key, reading.direction))
        if again is not None and again.status in _SOUND:
            continue
        if again is None:
            keys = [first.keys[part.cell.row, part.cell.column] for part in check.parts]
            kept = [second.figures.get(part) for part in keys]
            signs = check.signs or (1,) * len(keys)
            parts = sum(
                (sign * part.value for sign, part in zip(signs, kept, strict=True) if part),
                _NOUGHT,
            )
            now_parts = [part for part in kept if part]
        else:
            parts, now_parts = again.expected, list(again.parts)
        total_moved, parts_moved = total.value - was.value, parts - check.expected
        room = total.half + was.half + sum(part.half for part in (*check.parts, *now_parts))
        exact = check.status is Status.HOLDS
        if abs(total_moved - parts_moved) < room and not (
            exact and (not total_moved) != (not parts_moved)
        ):
            continue
        told.add((key, reading.direction))
        yield Unexplained(
            what=_name(second, total),
            reason=_reason(total_moved, parts_moved, reading),
            before=_place(first, was),
            after=_place(second, total),
            total=total.like(total_moved),
            parts=total.like(parts_moved),
        )


def _checks(table: Keyed) -> Iterator[tuple[Key, Sum, Check]]:
    """Every printed total of a table with its parts, by its key."""
    for found in table.arithmetic.sums:
        for check in found.checks:
            if check.total is not None and check.parts:
                cell = check.total.cell
                key = table.keys.get((cell.row, cell.column))
                if key is not None and all(
                    (part.cell.row, part.cell.column) in table.keys for part in check.parts
                ):
                    yield key, found, check


def _reason(total: Decimal, parts: Decimal, found: Sum) -> str:
    """What did not move with what; `found` tells a column's total from a row's."""
    over = "the figures above it" if found.direction is Direction.DOWN else "the figures beside it"
    if not total:
        return f"{over} changed, the total did not"
    if not parts:
        return f"the total changed, {over} did not"
    return f"the total and {over} moved by different amounts"


# --- Numbers of the text ------------------------------------------------------------------------


def _text(before: Document, after: Document) -> Iterator[Change]:
    """Numbers of sentences that changed, came or went."""
    old, new = _sentences(before), _sentences(after)
    for key, (passage, was) in old.items():
        if key not in new:
            yield from (_said(How.DROPPED, passage, one) for one in was)
            continue
        other, now = new[key]
        for one, two in zip(was, now, strict=True):
            if _same(one, two):
                continue
            yield Change(
                How.CHANGED,
                other.quote,
                replace(passage.place, printed=one.text),
                replace(other.place, printed=two.text),
            )
    for key, (passage, now) in new.items():
        if key not in old:
            yield from (_said(How.ADDED, passage, one) for one in now)


def _sentences(
    document: Document,
) -> dict[tuple[str, int], tuple[Passage, Sequence[PrintedNumber]]]:
    """The passages with numbers, by their words without them and how often these came before.

    A figure of a table is told with the table; words in its cells are told here.
    """
    figures = {
        (one.table.index, row, column)
        for one in read_arithmetic(document)
        for row, column in one.grid.figures
    }
    seen: dict[str, int] = {}
    found: dict[tuple[str, int], tuple[Passage, Sequence[PrintedNumber]]] = {}
    for passage in read_text(document).passages:
        place = passage.place
        if (place.table, place.row, place.column) in figures:
            continue
        said = numbers(passage.text)
        if not said:
            continue
        words, end = [], 0
        for one in said:
            words.append(passage.text[end : one.start])
            end = passage.text.index(one.text, one.start) + len(one.text)
        words.append(passage.text[end:])
        skeleton = " ".join("#".join(words).casefold().split())
        nth = seen.get(skeleton, 0)
        seen[skeleton] = nth + 1
        found[skeleton, nth] = passage, said
    return found


def _same(one: PrintedNumber, two: PrintedNumber) -> bool:
    """Whether two numbers say the same, however they are printed."""
    return (one.low, one.high, one.unit, one.qualifier) == (
        two.low,
        two.high,
        two.unit,
        two.qualifier,
    )


def _said(how: How, passage: Passage, one: PrintedNumber) -> Change:
    place = replace(passage.place, printed=one.text)
    before, after = (place, None) if how is How.DROPPED else (None, place)
    return Change(how, passage.quote, before, after)


# --- Places -------------------------------------------------------------------------------------


def _placed(found: Comparison) -> Comparison:
    """The comparison with the document named in every place."""

    def at(place: Provenance | None, document: Document) -> Provenance | None:
        return None if place is None else _in(place, document)

    def moved(changes: Sequence[Change]) -> tuple[Change, ...]:
        return tuple(
            replace(one, before=at(one.before, found.before), after=at(one.after, found.after))
            for one in changes
        )

    return replace(
        found,
        figures=moved(found.figures),
        text=moved(found.text),
        unexplained=tuple(
            replace(one, before=_in(one.before, found.before), after=_in(one.after, found.after))
            for one in found.unexplained
        ),
    )


def _in(place: Provenance, document: Document) -> Provenance:
    line = place.line if document.has_lines else None
    return replace(place, file=document.name, sha256=document.sha256, line=line)
