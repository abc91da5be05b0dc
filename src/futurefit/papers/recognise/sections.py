"""Which words of a paper belong to which label of its form? (rules REC-02, REC-03)

A section runs from a label to the next label of the same form. Where a paper begins and ends is
found first, for all forms together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.pieces import Form, Piece, pieces_of_cell, right_of, row_of
from futurefit.papers.recognise.templates import Labels, Template

_LONGEST_LABEL = 400  # characters of a line that may start with a label, its answer included
_LONGEST_START = 160


@dataclass(slots=True)
class Section:
    """A label with what stands after it. `owners` are the names of what asks for it; `rest` what
    follows the label in its own line.
    """

    owners: tuple[str, ...]
    label: Piece | None
    rest: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Region:
    """A paper within the document: its pieces from `first` up to `last` (excluded), its title where
    it stands beside the label that starts it.
    """

    template: Template
    first: int
    last: int
    title: Piece | None = None
    title_text: str = ""


Start = tuple[int, Template, str]
"""Where a paper may begin: the piece, the form, and the title beside the label."""


def find_regions(pieces: Sequence[Piece], templates: Iterable[Template]) -> list[Region]:
    """The papers of a document, in reading order."""
    forms = [template for template in templates if template.starts.labels]
    said = list(_starts(pieces, forms))
    # A form that is only mentioned begins no paper, and so ends none either.
    starts = [one for one in said if _is_real(pieces, _region(pieces, one, said, one[1]))]
    regions: list[Region] = []
    for start in starts:
        at, template, text = start
        if regions and at < regions[-1].last and regions[-1].template is template:
            before = regions[-1]
            if not before.title_text and text:
                regions[-1] = Region(template, before.first, before.last, pieces[at], text)
            continue
        regions.append(_region(pieces, start, starts))
    return list(_joined(regions))


def _region(
    pieces: Sequence[Piece],
    start: Start,
    starts: Iterable[Start],
    only: Template | None = None,
) -> Region:
    """The paper that a start begins: up to the next start (of one form only, where it is said)."""
    at, template, text = start
    following = next(
        (
            begins
            for begins, other, said in starts
            if begins > at
            and (only is None or other is only)
            and not _same_start(pieces, start, (begins, other, said))
        ),
        len(pieces),
    )
    last = _end(pieces, template, at, following)
    return Region(template, at, last, pieces[at] if text else None, text)


def _starts(pieces: Sequence[Piece], forms: list[Template]) -> Iterator[Start]:
    for at, piece in enumerate(pieces):
        if len(piece.text) > _LONGEST_LABEL or piece.form is Form.ITEM:
            continue
        if piece.form is Form.CELL and not any(map(str.isalpha, piece.text)):
            continue  # a figure: most of a large table
        for template in forms:
            if template.at_least <= 1 and piece.form is not Form.HEADING:
                continue  # a form known by one label only begins at a heading
            text = _started(template.starts.labels, piece.text)
            if text is not None:
                yield at, template, text
                break


def _started(labels: Labels, text: str) -> str | None:
    """The title after a label that starts a paper; the label may follow other words ("County
    Council 2020 Vision Concept Paper - Title").
    """
    for label in labels:
        rest = likeness.after(label, text)
        if rest is not None:
            return "" if label.endswith("…") else rest
    if len(text) > _LONGEST_START:
        return None
    for label in labels:
        at = text.lower().find(label.lower())
        if at > 0 and not text[at - 1].isalnum():
            return likeness.after(label, text[at:])
    return None


def _same_start(pieces: Sequence[Piece], start: Start, further: Start) -> bool:
    """Whether a further start only goes on with the paper: a title page, then its title."""
    at, template, title = start
    begins, other, said = further
    if other is not template:
        return False
    if template.joins:
        return True
    labelled = any(_own(template, piece) for piece in pieces[at + 1 : begins])
    return not labelled and not (title and said)


def _own(template: Template, piece: Piece) -> bool:
    return bool(owners_of(template, piece)[0])


def _end(pieces: Sequence[Piece], template: Template, first: int, following: int) -> int:
    ends = template.ends
    for at in range(first + 1, following):
        piece = pieces[at]
        if likeness.is_label(ends.labels, piece.text):
            return at
        if (
            piece.form is Form.HEADING
            and piece.level <= ends.level
            and not _own(template, piece)
            and _started(template.starts.labels, piece.text) is None
        ):
            return at
    return following


def _is_real(pieces: Sequence[Piece], region: Region) -> bool:
    """Whether as many of the form's labels stand in it as the form asks for."""
    if region.template.at_least <= 1:
        return True
    found: set[str] = set()
    for piece in pieces[region.first : region.last]:
        found |= set(owners_of(region.template, piece)[0])
        if len(found) >= region.template.at_least:
            return True
    return False


def _joined(regions: list[Region]) -> Iterator[Region]:
    """Regions that touch, of one form that goes on over several headings, as one."""
    before: Region | None = None
    for region in regions:
        if (
            before is not None
            and region.template is before.template
            and region.template.joins
            and region.first <= before.last + 1
        ):
            before = Region(
                before.template, before.first, region.last, before.title, before.title_text
            )
            continue
        if before is not None:
            yield before
        before = region
    if before is not None:
        yield before


# --- labels ---------------------------------------------------------------------------------------


def owners_of(template: Template, piece: Piece) -> tuple[tuple[str, ...], str]:
    """Who asks for what this piece starts (by the names in `Template.labelled`), and the words
    after the label; ((), "") where it is no label.
    """
    text = piece.text
    if piece.form is Form.ITEM and ":" not in text:
        return (), ""
    found: dict[str, str] = {}
    table = template.by_initial
    for name, label in (*table.get(likeness.initial(text), ()), *table.get("", ())):
        if name not in found and (said := likeness.after(label, text)) is not None:
            found[name] = said
    return tuple(found), next(reversed(found.values()), "")


def sections_of(template: Template, pieces: Iterable[Piece]) -> list[Section]:
    """A paper's pieces under the labels that they follow; the first section has no label."""
    found = [Section((), None)]
    for piece in pieces:
        owners, rest = owners_of(template, piece)
        if owners:
            found.append(Section(owners, piece, rest))
        else:
            found[-1].pieces.append(piece)
    return found


def beside(section: Section) -> list[Piece]:
    """What stands beside a section's label: after it in its line, right of its cell, or, after a
    label that stands alone, the next words.
    """
    label = section.label
    if label is None:
        return []
    if section.rest:
        return [_with(label, section.rest)]
    if label.table is not None and label.cell is not None:
        cells = {(one.row, one.column) for one in right_of(label.table, label.cell)}
        return [
            piece
            for piece in section.pieces
            if piece.table is label.table
            and piece.cell is not None
            and (piece.cell.row, piece.cell.column) in cells
        ]
    return section.pieces[:1]


def below(section: Section) -> list[Piece]:
    """What stands in the cell below a label's, or in the next words where it is in no table."""
    label = section.label
    if label is None:
        return []
    if label.table is None or label.cell is None:
        return section.pieces[:1]
    row, column = label.cell.row + label.cell.row_span, label.cell.column
    return [
        piece
        for cell in row_of(label.table, row)
        if cell.column <= column < cell.column + cell.col_span
        for piece in pieces_of_cell(label.table, cell)
    ]


def answered(section: Section, takes: str) -> list[Piece]:
    """The pieces that answer a label, by where its form has them."""
    return {"beside": beside, "below": below}.get(takes, under)(section)


def under(section: Section) -> list[Piece]:
    """Everything that follows a section's label, in its line and after."""
    if section.label is None or not section.rest:
        return section.pieces
    return [_with(section.label, section.rest), *section.pieces]


def _with(piece: Piece, text: str) -> Piece:
    return replace(piece, text=text)
