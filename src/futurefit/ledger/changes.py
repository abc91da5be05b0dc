"""What changed between two positions, and by which acts? (rule PRE-06)"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields

from futurefit.ledger import columns as cols
from futurefit.ledger.columns import StandingPosting
from futurefit.ledger.entries import RATINGS, Account, EntryKind, LineAttributes
from futurefit.ledger.state import Position


@dataclass(frozen=True, slots=True)
class LineChange:
    """What one kind of act did to one line between the positions, over all years, in pence."""

    line: str
    kind: EntryKind
    target_pence: int
    forecast_pence: int
    delivered_pence: int
    journals: tuple[int, ...]
    postings: tuple[StandingPosting, ...]


@dataclass(frozen=True, slots=True)
class AttributeChange:
    """An attribute of a line that is not what it was; `opened` True for a new line."""

    line: str
    attribute: str
    before: str
    after: str
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that took the ledger from one position to another. Going back in time, the same
    postings are there with their signs turned.
    """

    lines: tuple[LineChange, ...]
    attributes: tuple[AttributeChange, ...]


def changes(earlier: Position, later: Position) -> Changes:
    """The postings and attributes that stand at one position and not at the other."""
    columns = later.ledger.columns
    everything = cols.mask(columns)
    before = everything if earlier.standing is None else earlier.standing
    after = everything if later.standing is None else later.standing
    groups: dict[tuple[str, EntryKind], list[tuple[int, StandingPosting]]] = defaultdict(list)
    for sign, wanted in ((1, after & ~before), (-1, before & ~after)):
        for standing in cols.rows(columns, wanted):
            groups[standing.posting.line, standing.kind].append((sign, standing))
    return Changes(
        tuple(_line_change(line, kind, found) for (line, kind), found in sorted(groups.items())),
        tuple(_attribute_changes(earlier.lines, later.lines)),
    )


def _line_change(
    line: str, kind: EntryKind, found: list[tuple[int, StandingPosting]]
) -> LineChange:
    sums: dict[Account, int] = defaultdict(int)
    for sign, standing in found:
        sums[standing.posting.account] += sign * standing.posting.amount_pence
    return LineChange(
        line,
        kind,
        -sums[Account.TARGET],
        sum(sums[rating] for rating in RATINGS),
        sums[Account.GREEN_DELIVERED],
        tuple(sorted({standing.journal for _, standing in found})),
        tuple(standing for _, standing in found),
    )


def _attribute_changes(
    before: dict[str, LineAttributes], after: dict[str, LineAttributes]
) -> list[AttributeChange]:
    found = []
    for line in sorted(before.keys() | after.keys()):
        was, now = before.get(line), after.get(line)
        if was is None or now is None:
            found.append(AttributeChange(line, "line", "", "", opened=was is None))
        elif was != now:
            found += [
                AttributeChange(line, field.name, str(old), str(new))
                for field in fields(LineAttributes)
                if (old := getattr(was, field.name)) != (new := getattr(now, field.name))
            ]
    return found
