"""Which of a Word file's styles make a heading, a list item, or bold or hidden type? (AUD-25)

A style says only how it differs from the one that it is based on; each question here follows that
chain to the first answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from futurefit.papers.readers.docx.names import P_PR, R_PR, VAL, W, number, switch, value

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_DEEPEST = 6  # levels of heading that a Document knows
_LONGEST_CHAIN = 50  # styles based on one another; a ring of them would never end

_OUTLINE = f"{W}outlineLvl"
_EDGES = ("firstRow", "lastRow", "firstCol", "lastCol")


@dataclass(frozen=True, slots=True)
class Style:
    """One style, as far as it says anything itself."""

    based_on: str
    level: int | None = None
    """Of a heading, from 1; 0 where the style says that it is none."""
    bold: bool | None = None
    hidden: bool | None = None
    list_number: str | None = None
    list_level: int | None = None
    bold_edges: dict[str, bool] = field(default_factory=dict)
    """Of a table: which of its edges are bold."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style comes to: the level of a heading (0 for none), bold, hidden, its list."""

    level: int
    bold: bool
    hidden: bool
    list_number: str | None
    list_level: int | None


class Styles:
    """The styles of a file, by their id."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._looks: dict[str, Look] = {}
        self.usual = ""
        for one in root.iterfind(f"{W}style") if root is not None else ():
            name = one.get(f"{W}styleId", "")
            if not self.usual and one.get(f"{W}default") in ("1", "true"):
                self.usual = name if one.get(f"{W}type") == "paragraph" else ""
            self._styles[name] = _style(one)

    def look(self, name: str) -> Look:
        """What a style comes to, with what it takes over from those that it is based on."""
        if name not in self._looks:
            chain = self._chain(name)
            self._looks[name] = Look(
                next((one.level for one in chain if one.level is not None), 0),
                next((one.bold for one in chain if one.bold is not None), False),
                next((one.hidden for one in chain if one.hidden is not None), False),
                next((one.list_number for one in chain if one.list_number is not None), None),
                next((one.list_level for one in chain if one.list_level is not None), None),
            )
        return self._looks[name]

    def _chain(self, name: str) -> list[Style]:
        """A style and those that it is based on, nearest first."""
        chain: list[Style] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[name])
            name = self._styles[name].based_on
        return chain

    def bold_edges(self, name: str) -> frozenset[str]:
        """Which edges of a table in this style are bold: "firstRow", "lastCol" and so on."""
        chain = self._chain(name)
        return frozenset(
            edge
            for edge in _EDGES
            if next((one.bold_edges[edge] for one in chain if edge in one.bold_edges), False)
        )


def _style(one: Element) -> Style:
    paragraph, run = one.find(P_PR), one.find(R_PR)
    listed = paragraph.find(f"{W}numPr") if paragraph is not None else None
    level = value(listed, f"{W}ilvl")
    edges = {}
    for part in one.iterfind(f"{W}tblStylePr"):
        bold = switch(part.find(R_PR), f"{W}b")
        if bold is not None:
            edges[part.get(f"{W}type", "")] = bold
    return Style(
        value(one, f"{W}basedOn") or "",
        _level(value(one, f"{W}name") or "", paragraph),
        switch(run, f"{W}b"),
        switch(run, f"{W}vanish"),
        value(listed, f"{W}numId"),
        None if level is None else number(level),
        edges,
    )


def _level(name: str, paragraph: Element | None) -> int | None:
    """The heading level that a style itself gives: by its outline level, or by a built-in name."""
    outline = paragraph.find(_OUTLINE) if paragraph is not None else None
    if outline is not None:
        return outline_level(outline.get(VAL))
    if match := _HEADING.fullmatch(name.strip()):
        return min(int(match[1]), _DEEPEST)
    return {"title": 1, "subtitle": 2}.get(name.strip().lower())


def outline_level(said: str | None) -> int:
    """A heading level, from 1, for an outline level, from 0; 0 for the level of running text."""
    level = number(said, 9)
    return min(level + 1, _DEEPEST) if 0 <= level < 9 else 0
