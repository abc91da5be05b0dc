"""What came back, and what would it change now? Reads only. (rules TRP-03 to TRP-07)"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from futurefit.ledger.entries import LineAttributes, LineKind
from futurefit.ledger.revising import held, looks_like
from futurefit.papers.filled import filled_from
from futurefit.programme.returns import Change, Held, Returned, read_block, read_return
from futurefit.programme.round_trips import Compared, Difference, compare
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations.posting import moved_since
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import concept_forms, models, rights


def returns(reader: Reader) -> list[models.Return]:
    """What came back and this person may look at, the newest first."""
    found = models.Return.objects.select_related("project__heading")
    if rights.KEEPERS.isdisjoint(reader.holder.roles):
        found = found.filter(by_user_id=reader.holder.user_id or 0)
    return [row for row in found if may_look(reader, row)]


def lines_held(reader: Reader, only: Mapping[str, LineAttributes]) -> dict[str, Held]:
    """Lines as they stand, by reference."""
    posts = ledger_queries.headings()["owner"]
    return {
        ref: Held(
            ref,
            reader.title(ref),
            posts[line.owner].name if line.owner in posts else line.owner,
            reader.ledger.last_journal(ref),
            held(reader.ledger, ref),
        )
        for ref, line in only.items()
    }


def own_lines(reader: Reader) -> dict[str, LineAttributes]:
    """The lines whose figures this person may change and read, by reference."""
    return {
        ref: line
        for ref, line in sorted(reader.ledger.lines.items())
        if ref not in reader.hidden and rights.may_edit(reader.holder.roles_on(line))
    }


def post_titles() -> tuple[str, ...]:
    """The title of every post that has a code."""
    return tuple(sorted({name.name for name in ledger_queries.headings()["owner"].values()}))


@dataclass(frozen=True, slots=True)
class Looked:
    """What a return would change now. `seen` tells whether it still would when it is confirmed;
    `compared` is of a form, `returned` of a workbook or a block.
    """

    row: models.Return
    carried: Mapping[str, Any]
    compared: Compared | None
    returned: Returned
    seen: str


def look(row: models.Return, reader: Reader) -> Looked:
    """What came back, against how everything stands."""
    if row.kind == models.ReturnKind.BLOCK:
        returned = read_block(row.block, lines_held(reader, own_lines(reader)))
        return _looked(row, {}, None, returned, reader)
    filled = filled_from(row.filled)
    carried = concept_forms.unseal(filled.carried) or {}
    if row.kind == models.ReturnKind.WORKBOOK:
        lines = lines_held(reader, own_lines(reader))
        returned = read_return(
            filled,
            carried["values"],
            carried["lines"],
            lines,
            post_titles(),
            lambda ref, seen: moved_since(ref, seen, reader.ledger.last_journal(ref)).message,
        )
        return _looked(row, carried, None, returned, reader)
    assert row.project is not None
    compared = compare(concept_forms.concept_form(row.project, reader), carried["values"], filled)
    return _looked(row, carried, compared, Returned(), reader)


def _looked(
    row: models.Return,
    carried: Mapping[str, Any],
    compared: Compared | None,
    returned: Returned,
    reader: Reader,
) -> Looked:
    told = repr((compared, returned, reader.ledger.head.digest if _figures(compared) else ""))
    seen = hashlib.sha256(told.encode()).hexdigest()
    return Looked(row, carried, compared, returned, seen)


def _figures(compared: Compared | None) -> bool:
    return compared is None or any(line_of(one) for one in compared.differences)


def line_of(one: Difference) -> str:
    """The line whose amounts a difference is about; "" where it is about words."""
    suffix = concept_forms.amounts_mark("")
    return one.grid.removesuffix(suffix) if one.grid.endswith(suffix) else ""


def may_look(reader: Reader, row: models.Return) -> bool:
    """True for whoever brought it, who keeps the whole programme, and who keeps (and so may read)
    every line that it was given.
    """
    holder = reader.holder
    if row.by_user_id is not None and row.by_user_id == holder.user_id:
        return True
    if holder.keeps(*rights.KEEPERS):
        return True
    # A block names what somebody typed: which lines, only its reading would tell.
    if rights.KEEPERS.isdisjoint(holder.roles) or row.kind == models.ReturnKind.BLOCK:
        return False
    given = (concept_forms.unseal(filled_from(row.filled).carried) or {}).get("lines", ())
    lines = [reader.ledger.lines.get(ref) for ref in given]
    return bool(lines) and all(
        line is not None and not rights.KEEPERS.isdisjoint(holder.roles_on(line)) for line in lines
    )


def likely(change: Change) -> str:
    """What a change is said to be or looks like, as a choice; "" where only a person can tell."""
    nature = change.nature or looks_like(change.changes)
    return nature.value if nature else ""


def for_a_return(lines: Mapping[str, LineAttributes], part: str) -> dict[str, LineAttributes]:
    """The lines of a part of the programme ("project:libraries"; "" for all) that are savings."""
    dimension, _, code = part.partition(":")
    return {
        ref: line
        for ref, line in lines.items()
        if line.kind is LineKind.SAVING and (not part or getattr(line, dimension, "") == code)
    }
