"""How is what came back shown, before anybody takes it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from futurefit.kernel.report import Cell, Column, Row, Shape, Table, Unit
from futurefit.ledger.revising import ON_TARGET
from futurefit.ledger.state import Ledger
from futurefit.programme.returns import Change, year_words
from futurefit.programme.round_trips import Difference, Kind
from futurefit.site.ledger.links import journal_url, line_url
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import models
from futurefit.site.programme.links import return_url


def returns_table(rows: Iterable[models.Return]) -> Table:
    """What came back, and what became of it."""
    return Table(
        "Returns",
        (
            Column("name", "What came back"),
            Column("kind", "Kind"),
            Column("project", "Project"),
            Column("by", "Brought by"),
            Column("at", "When", Shape.DATE),
            Column("status", "Status"),
            Column("journal", "Journal"),
        ),
        tuple(
            Row(
                (
                    Cell(row.name, return_url(row.pk)),
                    Cell(row.get_kind_display()),
                    Cell(str(row.project) if row.project else None),
                    Cell(row.by),
                    Cell(row.at),
                    Cell(row.get_status_display()),
                    Cell(row.journal_id, journal_url(row.journal_id) if row.journal_id else ""),
                )
            )
            for row in rows
        ),
    )


def changes_table(changes: Iterable[Change], reader: Reader) -> Table:
    """Each amount that would change: as it stands, as it would be, and by how much."""
    rows = []
    for change in changes:
        title = f"{change.ref} {reader.title(change.ref)}"
        for (year, account), pence in change.changes.items():
            then = change.wanted.get((year, account), 0)
            waits = account.value == "GREEN_DELIVERED" and pence * then > 0
            note = f"stands as {in_words(ON_TARGET).lower()} until it is proven" if waits else ""
            rows.append(
                Row(
                    (
                        Cell(title, line_url(change.ref)),
                        Cell(year_words(year)),
                        Cell(account.value),
                        Cell(then - pence),
                        Cell(then, note=note),
                        Cell(pence),
                    )
                )
            )
    return Table(
        "What would change",
        (
            Column("line", "Line"),
            Column("year", "Year"),
            Column("rating", "Rating", Shape.RAG),
            Column("now", "Now", Shape.PENCE),
            Column("after", "After", Shape.PENCE),
            Column("change", "Change", Shape.PENCE),
        ),
        tuple(rows),
        unit=Unit.POUNDS,
    )


def owners_table(owners: Mapping[str, str], ledger: Ledger, posts: Mapping[str, str]) -> Table:
    """Lines that go to another post."""
    return Table(
        "New owners",
        (Column("line", "Line"), Column("now", "Now"), Column("after", "After")),
        tuple(
            Row(
                (
                    Cell(ref, line_url(ref)),
                    Cell(posts.get(ledger.lines[ref].owner, ledger.lines[ref].owner) or None),
                    Cell(title or None),
                )
            )
            for ref, title in owners.items()
            if ref in ledger.lines
        ),
    )


def said(one: Difference) -> str:
    """What happened on paper, in a word."""
    if one.is_conflict:
        return "Changed here too"
    return {Kind.CHANGED: "Changed", Kind.ADDED: "Added", Kind.REMOVED: "Taken away"}[one.kind]
