"""How is a comparison of two versions told, to people and to programs? (rules AUD-60 to AUD-62)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Block, Cell, Column, Paragraph, Report, Row, Table
from futurefit.papers.comparison import Change, Comparison, How, Move
from futurefit.papers.report import finding_values

_CHANGES = (
    Column("how", "What happened"),
    Column("what", "Figure"),
    Column("before", "Before"),
    Column("after", "After"),
    Column("difference", "Difference"),
    Column("place", "Where"),
)
_MOVES = (
    Column("what", "Total"),
    Column("reason", "What moved"),
    Column("before", "Before"),
    Column("after", "After"),
    Column("expected", "Its parts give"),
    Column("total", "Total moved by"),
    Column("parts", "Parts moved by"),
    Column("place", "Where"),
)


def build_comparison(found: Comparison) -> Report:
    """The comparison to be read: what nothing explains first, then tables, then text."""
    blocks: list[Block] = [Paragraph(_summary(found))]
    if found.unexplained:
        blocks.append(_moves("Moves that nothing explains", found.unexplained))
    if found.mended:
        blocks.append(_moves("Totals that add up now and did not", found.mended))
    if found.figures:
        blocks.append(_table("Figures of tables", found.figures))
    if found.text:
        blocks.append(_table("Numbers of the text", found.text))
    return Report(f"{found.before.name} and {found.after.name} compared", tuple(blocks))


def as_values(found: Comparison) -> dict[str, object]:
    """The comparison as plain values for JSON."""
    return {
        "documents": [
            {"name": one.name, "sha256": one.sha256} for one in (found.before, found.after)
        ],
        "figures": [_change(one) for one in found.figures],
        "text": [_change(one) for one in found.text],
        "unexplained": [_move(one) for one in found.unexplained],
        "mended": [_move(one) for one in found.mended],
        "findings": [finding_values(one) for one in found.findings],
        "counts": {
            "same": found.same,
            **_counts(found.figures),
            "text": len(found.text),
            "unexplained": len(found.unexplained),
            "mended": len(found.mended),
        },
    }


def _summary(found: Comparison) -> str:
    counts = _counts(found.figures)
    return (
        f"Of the figures in tables {found.same} are as they were, {counts['changed']} changed, "
        f"{counts['added']} were added and {counts['dropped']} dropped. In the text "
        f"{len(found.text)} numbers changed, came or went. Moves that nothing explains: "
        f"{len(found.unexplained)}."
    )


def _counts(changes: Sequence[Change]) -> dict[str, int]:
    by_kind = Counter(one.how for one in changes)
    return {how.value: by_kind[how] for how in How}


def _table(title: str, changes: Sequence[Change]) -> Table:
    return Table(
        title,
        _CHANGES,
        tuple(
            _row(
                one.how.value,
                one.what,
                one.before.printed if one.before else "",
                one.after.printed if one.after else "",
                one.difference,
                (one.after or one.before or Provenance()).words(),
            )
            for one in changes
        ),
    )


def _moves(title: str, moves: Sequence[Move]) -> Table:
    return Table(
        title,
        _MOVES,
        tuple(
            _row(
                one.what,
                one.reason,
                one.before.printed,
                one.after.printed,
                one.expected,
                one.total,
                one.parts,
                one.after.words(),
            )
            for one in moves
        ),
    )


def _row(*words: str) -> Row:
    return Row(tuple(Cell(word) for word in words))


def _change(one: Change) -> dict[str, object]:
    return {
        "how": one.how.value,
        "what": one.what,
        "before": _place(one.before),
        "after": _place(one.after),
        "difference": one.difference,
    }


def _move(one: Move) -> dict[str, object]:
    return {
        "what": one.what,
        "reason": one.reason,
        "before": _place(one.before),
        "after": _place(one.after),
        "total": one.total,
        "parts": one.parts,
        "expected": one.expected,
        "difference": one.difference,
    }


def _place(place: Provenance | None) -> dict[str, object] | None:
    if place is None:
        return None
    names = ("page", "heading", "line", "table", "row", "column")
    locator = {name: getattr(place, name) for name in names}
    return {"document": place.file, "printed": place.printed, "locator": locator}
