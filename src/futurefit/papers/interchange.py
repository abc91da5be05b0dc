"""How is a document handed to other programs, and back? (rule AUD-30)

Plain values that JSON can hold. What is not said in them (no page, no box, spans of one) is left
out, so that a large paper stays readable; `document_from` gives back the same blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import (
    Aside,
    AsideKind,
    Block,
    Box,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Table,
    TableCell,
)

Values = dict[str, Any]

_KINDS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "list item": ListItem,
    "aside": Aside,
    "table": Table,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_DEFAULTS: dict[type, tuple[tuple[str, Any], ...]] = {
    kind: tuple((part.name, part.default) for part in fields(kind))
    for kind in (*_KINDS.values(), Finding, Provenance)
}
_DEFAULTS[TableCell] = tuple(
    (name, TableCell._field_defaults.get(name, MISSING)) for name in TableCell._fields
)
_ALWAYS: dict[type, tuple[str, ...]] = {TableCell: ("row_span", "col_span", "page", "box")}


def as_values(document: Document) -> Values:
    """The document as plain values: its blocks in reading order, tables with their cells.

    >>> paper = Document("a.md", "", (Paragraph("Savings of £2m", line=1),))
    >>> as_values(paper)["blocks"]
    [{'block': 'paragraph', 'text': 'Savings of £2m', 'line': 1}]
    """
    return {
        "name": document.name,
        "sha256": document.sha256,
        "pages": document.pages,
        "has_lines": document.has_lines,
        "blocks": [
            {"block": _NAMES[type(block)], **_values_of(block)} for block in document.blocks
        ],
        "findings": [_values_of(finding) for finding in document.findings],
    }


def document_from(values: Mapping[str, Any]) -> Document:
    """The document that `as_values` told of; KeyError or TypeError where it is none."""
    return Document(
        name=values["name"],
        sha256=values["sha256"],
        blocks=tuple(map(_block_from, values["blocks"])),
        findings=tuple(map(_finding_from, values["findings"])),
        pages=values["pages"],
        has_lines=values["has_lines"],
    )


def _values_of(thing: Block | TableCell | Finding | Provenance) -> Values:
    """Every part that says something."""
    always = _ALWAYS.get(type(thing), ())
    values: Values = {}
    for name, default in _DEFAULTS[type(thing)]:
        value = getattr(thing, name)
        if value != default or default is MISSING or name in always:
            values[name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Box):
        return [round(edge, 2) for edge in (value.left, value.top, value.right, value.bottom)]
    if isinstance(value, Provenance):
        return _values_of(value)
    if isinstance(value, tuple):
        return [_values_of(cell) for cell in value]
    return value


def _block_from(values: Mapping[str, Any]) -> Block:
    """One block."""
    told = {name: value for name, value in values.items() if name != "block"}
    kind = _KINDS[values["block"]]
    if kind is Table:
        told["cells"] = tuple(TableCell(**_boxed(cell)) for cell in told["cells"])
    elif kind is Aside:
        told["kind"] = AsideKind(told["kind"])
    return kind(**_boxed(told))


def _boxed(values: Mapping[str, Any]) -> Values:
    """The values with their box, if they have one, as a box."""
    box: Sequence[float] | None = values.get("box")
    return {**values, "box": Box(*box)} if box else dict(values)


def _finding_from(values: Mapping[str, Any]) -> Finding:
    told = dict(values)
    told["severity"] = Severity(told["severity"])
    told["place"] = Provenance(**told.get("place", {}))
    return Finding(**told)
