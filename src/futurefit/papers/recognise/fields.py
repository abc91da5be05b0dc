"""What does a paper answer where its form asks once? (rules REC-03, REC-04, REC-13)"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.candidates import Meaning, Said
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.amounts import joined, sums_in
from futurefit.papers.recognise.days import read_day
from futurefit.papers.recognise.pieces import Form, Piece, right_of
from futurefit.papers.recognise.sections import Section, answered, under
from futurefit.papers.recognise.templates import FieldTemplate, Template

_TICKED = frozenset("✓✔☑☒")
_BOXES = frozenset("☐□")
_TICK_WORDS = frozenset({"x", "[x]", "yes", "y"})
_BOXED = re.compile(r"([☐□☑☒✓✔]|\[[ xX]?\])\s*([^☐□☑☒✓✔\[\]]+)")
_BOXED_AFTER = re.compile(r"([^☐□☑☒✓✔\[\]]+?)\s*([☐□☑☒✓✔]|\[[ xX]?\])")


def read_fields(
    template: Template, sections: Iterable[Section]
) -> tuple[dict[str, tuple[Said, ...]], list[Finding]]:
    """The answers by field, each as often as it is said, and what is doubtful about ticks."""
    found: dict[str, list[Said]] = {}
    findings: list[Finding] = []
    known = list(sections)
    for one in template.fields:
        for section in known:
            if one.name not in section.owners or section.label is None:
                continue
            if one.takes == "ticks":
                ticked, doubts = _ticks(one, section)
                findings += doubts
                found.setdefault(one.name, []).extend(ticked)
                continue
            for said in _means(one, answered(section, one.takes)):
                _add(found.setdefault(one.name, []), said)
            for name, said in _split(one, section.label):
                _add(found.setdefault(name, []), said)
    return {name: tuple(said) for name, said in found.items() if said}, findings


def _add(said: list[Said], new: Said) -> None:
    """The same words twice are said once."""
    if all(one.text != new.text for one in said):
        said.append(new)


def _means(one: FieldTemplate, pieces: list[Piece]) -> Iterator[Said]:
    for piece in pieces:
        if likeness.is_label(one.hints, piece.text):
            continue
        if one.means == "money":
            sums = list(sums_in(piece.text))
            meaning: Meaning = sums[0].pence if sums else None
            doubts = [sums[0].doubt] if sums else ["no amount can be read"]
            if len(sums) > 1:
                doubts.append(f"{len(sums)} amounts are printed: the first is taken")
            yield piece.said(meaning=meaning, doubt=joined(doubts))
        elif one.means == "day":
            day, doubt = read_day(piece.text)
            yield piece.said(meaning=day, doubt=doubt or ("" if day else "no day can be read"))
        else:
            yield piece.said()


def _split(one: FieldTemplate, label: Piece) -> Iterator[tuple[str, Said]]:
    """What the label itself tells: "2015-16 Base Budget excluding Recharges"."""
    match = re.search(one.splits, label.text, re.IGNORECASE) if one.splits else None
    for name, text in match.groupdict().items() if match else ():
        if text:
            yield name, label.said(text.strip())


# --- ticks ----------------------------------------------------------------------------------------


def _ticks(one: FieldTemplate, section: Section) -> tuple[list[Said], list[Finding]]:
    found: list[Said] = []
    options = 0
    for piece in under(section):
        for option, meaning, ticked in _options(one, piece):
            options += 1
            if ticked:
                found.append(piece.said(option, meaning))
    label = section.label
    if label is None or len(found) == 1 or not options:
        return found, []
    what = f"{len(found)} of {options} options are ticked" if found else "no option is ticked"
    finding = Finding(
        "REC-04",
        Severity.WARNING,
        f"“{label.text}”: {what}; the form asks for one.",
        label.place,
        advice="Ask the author which is meant.",
    )
    return [Said(said.text, said.place, said.meaning, what) for said in found], [finding]


def _options(one: FieldTemplate, piece: Piece) -> Iterator[tuple[str, str, bool]]:
    """The options that a piece prints: (as printed, what it means, whether it is ticked)."""
    boxed = list(_boxed(piece.text))
    if boxed:
        for words, ticked in boxed:
            meaning = _meaning(one, words)
            if meaning is not None:
                yield words, meaning, ticked
        return
    meaning = _meaning(one, piece.text)
    if meaning is None:
        return
    ticked = False
    if piece.form is Form.CELL and piece.table is not None and piece.cell is not None:
        beside_it = right_of(piece.table, piece.cell)[:1] or [
            cell
            for cell in piece.table.cells
            if cell.row == piece.cell.row and cell.column == piece.cell.column - 1
        ]
        ticked = any(_is_tick(cell.text) for cell in beside_it)
    yield piece.text, meaning, ticked


def _boxed(text: str) -> Iterator[tuple[str, bool]]:
    stripped = text.strip()
    if not stripped or len(stripped) == 1:
        return
    first = stripped[0] in _TICKED | _BOXES or stripped.startswith("[")
    pattern = _BOXED if first else _BOXED_AFTER
    for match in pattern.finditer(stripped):
        mark, words = match.groups() if first else reversed(match.groups())
        yield words.strip(" :–-"), _is_tick(mark)


def _is_tick(text: str) -> bool:
    return any(mark in _TICKED for mark in text) or text.strip().lower() in _TICK_WORDS


def _meaning(one: FieldTemplate, words: str) -> str | None:
    return next(
        (meaning for option, meaning in one.options.items() if likeness.is_label([option], words)),
        None,
    )
