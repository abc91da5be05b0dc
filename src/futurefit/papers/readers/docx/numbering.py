"""Which number or letter does Word print before this paragraph? (AUD-25)

Word keeps no number with a paragraph: it counts, level by level, as the list's definition says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from futurefit.papers.readers.docx.names import VAL, W, number, switch, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN, _MOST_LETTERS = 9_999, 26 * 50


@dataclass(slots=True)
class _Level:
    """How one level of a list counts and is printed."""

    kind: str = "decimal"
    printed: str = ""
    start: int = 1
    legal: bool = False
    restarts: int | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    """A list's levels, and how far each has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)
    linked_style: str = ""


@dataclass(slots=True)
class _Use:
    """One use of a list: it may change levels, and start anew when it is first used."""

    of: str
    changed: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file, counting as its paragraphs go by."""

    def __init__(self, root: Element | None, listed: Callable[[str], str | None]) -> None:
        """`listed` gives the list that a style belongs to."""
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        self._listed = listed
        for one in root if root is not None else ():
            if one.tag == f"{W}abstractNum":
                self._lists[one.get(f"{W}abstractNumId", "")] = _List(
                    {
                        number(level.get(f"{W}ilvl")): _level(level)
                        for level in one.iterfind(f"{W}lvl")
                    },
                    linked_style=value(one, f"{W}numStyleLink") or "",
                )
            elif one.tag == f"{W}num":
                self._uses[one.get(f"{W}numId", "")] = _use(one)

    def level_of_style(self, use: str, style: str) -> int:
        """The level of a list that a style stands for; 0 where none is named."""
        found = self._find(use)
        if found is not None:
            for level, one in found[0].levels.items():
                if one.style == style:
                    return level
        return 0

    def count(self, use: str, level: int) -> tuple[str, bool] | None:
        """Count a paragraph; give what is printed before it, and whether that is only a bullet.

        None where the list does not exist, which is how Word takes a paragraph out of a list.
        """
        found = self._find(use)
        if found is None or not 0 <= level < _LEVELS:
            return None
        listed, used = found
        for restarted, start in used.starts.items():
            listed.counted[restarted] = start - 1
        used.starts = {}
        here = used.changed.get(level) or listed.levels.get(level) or _Level()
        listed.counted[level] = listed.counted.get(level, here.start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            below = listed.levels.get(deeper)
            if below is None or below.restarts is None or below.restarts > level:
                listed.counted.pop(deeper, None)
        if here.kind == "bullet":
            return "", True

        def counted(match: re.Match[str]) -> str:
            asked = int(match[1]) - 1
            one = used.changed.get(asked) or listed.levels.get(asked) or _Level()
            kind = "decimal" if here.legal else one.kind
            return in_letters(listed.counted.get(asked, one.start), kind)

        return _PLACE.sub(counted, here.printed), False

    def _find(self, use: str) -> tuple[_List, _Use] | None:
        """A list by its use; through the style that it is linked to, if it is defined there."""
        for _ in range(3):
            used = self._uses.get(use)
            listed = self._lists.get(used.of) if used is not None else None
            if used is None or listed is None:
                return None
            if listed.levels or not listed.linked_style:
                return listed, used
            use = self._listed(listed.linked_style) or ""
        return None


def _level(one: Element) -> _Level:
    restarts = value(one, f"{W}lvlRestart")
    return _Level(
        value(one, f"{W}numFmt") or "decimal",
        (value(one, f"{W}lvlText") or "")[:100],
        number(value(one, f"{W}start"), 1),
        bool(switch(one, f"{W}isLgl")),
        None if restarts is None else number(restarts),
        value(one, f"{W}pStyle") or "",
    )


def _use(one: Element) -> _Use:
    used = _Use(value(one, f"{W}abstractNumId") or "")
    for change in one.iterfind(f"{W}lvlOverride"):
        place = number(change.get(f"{W}ilvl"))
        level = change.find(f"{W}lvl")
        if level is not None:
            used.changed[place] = _level(level)
        start = change.find(f"{W}startOverride")
        if start is not None:
            used.starts[place] = number(start.get(VAL), 1)
    return used


def in_letters(count: int, kind: str) -> str:
    """A count as a list prints it.

    >>> [in_letters(4, kind) for kind in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['4', 'd', 'IV', '04']
    >>> in_letters(28, "upperLetter")
    'BB'
    """
    if kind == "none":
        return ""
    if kind in ("lowerLetter", "upperLetter") and 0 < count <= _MOST_LETTERS:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 0 < count <= _MOST_ROMAN:
        roman = ""
        for worth, sign in _ROMAN:
            roman += sign * (count // worth)
            count %= worth
        return roman.upper() if kind == "upperRoman" else roman
    if kind == "decimalZero":
        return f"{count:02d}"
    if kind == "ordinal":
        ending = (
            "th"
            if count % 100 in (11, 12, 13)
            else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        )
        return f"{count}{ending}"
    return str(count)
