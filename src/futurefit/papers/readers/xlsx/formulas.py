"""What does a formula say? (rule AUD-28)

A part of Excel's grammar only. Whatever is outside it raises `Outside`, and is counted, never
guessed. References are kept relative to the cell, so that formulas filled down a column are one and
the same value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from futurefit.papers.readers.xlsx.sheet import MOST_COLUMNS, MOST_ROWS

Value = float | str | bool | None
Node = tuple[Any, ...]
"""("value", v) · ("cell", sheet, row, fixed, column, fixed) · ("range", sheet, corner, corner) ·
("name", name) · ("do", sign, left, right) · ("minus", x) · ("share", x) · ("call", name, parts)"""

_LONGEST, _DEEPEST = 8_192, 60
_TOKEN = re.compile(
    r"""
    (?P<space>\s+) |
    (?P<text>"(?:[^"]|"")*") |
    (?P<error>\#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A)) |
    (?P<sheet>(?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!) |
    (?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_.(])) |
    (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![A-Za-z0-9_.(])) |
    (?P<rows>\$?[0-9]{1,7}:\$?[0-9]{1,7}) |
    (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?) |
    (?P<name>[A-Za-z_][A-Za-z0-9_.]*) |
    (?P<sign><=|>=|<>|[-+*/^&=<>%(),:])
    """,
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


class Outside(Exception):
    """A formula that this does not work out; the message says which part."""


class Wrong(Exception):
    """An error that a formula gives, such as #DIV/0!."""


def parse(text: str, row: int, column: int) -> Node:
    """A formula that stands in a cell, its relative references as distances from that cell."""
    if len(text) > _LONGEST:
        raise Outside("a very long formula")
    tokens = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Outside("a table's column" if text[at] == "[" else f"“{text[at]}”")
        if match.lastgroup != "space":
            tokens.append((match.lastgroup or "", match[0]))
        at = match.end()
    parser = _Parser(tokens, row, column)
    found = parser.level(0, 0)
    if parser.at < len(tokens):
        raise Outside("a list of cells" if tokens[parser.at][1] == "," else "an unusual formula")
    return found


@dataclass(slots=True)
class _Parser:
    """One pass over the tokens, by levels of precedence."""

    tokens: list[tuple[str, str]]
    row: int
    column: int
    at: int = 0

    def next(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def level(self, level: int, depth: int) -> Node:
        if depth > _DEEPEST:
            raise Outside("a formula nested very deep")
        if level == len(LEVELS):
            return self.signed(depth)
        left = self.level(level + 1, depth)
        while self.next()[0] == "sign" and (sign := self.next()[1]) in LEVELS[level]:
            self.at += 1
            left = ("do", sign, left, self.level(level + 1, depth))
        return left

    def signed(self, depth: int) -> Node:
        """A part with its minus before it and its per cent sign after it."""
        minus = False
        while self.next() in (("sign", "-"), ("sign", "+")):
            minus ^= self.next()[1] == "-"
            self.at += 1
        found = self.part(depth)
        while self.next() == ("sign", "%"):
            self.at += 1
            found = ("share", found)
        return ("minus", found) if minus else found

    def part(self, depth: int, sheet: str | None = None) -> Node:
        kind, said = self.next()
        self.at += 1
        if kind == "number":
            return ("value", float(said))
        if kind == "text":
            return ("value", said[1:-1].replace('""', '"'))
        if kind == "error":
            return ("error", said)
        if kind == "sheet" and sheet is None:
            name = said[:-1]
            name = name[1:-1].replace("''", "'") if name.startswith("'") else name
            if "[" in name or ":" in name:
                raise Outside("another workbook" if "[" in name else "several sheets at once")
            return self.part(depth, name)
        if kind == "cell":
            first = self.corner(said)
            if self.next() != ("sign", ":"):
                return ("cell", sheet, *first)
            self.at += 1
            kind, said = self.next()
            self.at += 1
            if kind != "cell":
                raise Outside("a range worked out")
            return ("range", sheet, first, self.corner(said))
        if kind in ("columns", "rows"):
            return ("range", sheet, *self.whole(said, kind))
        if kind == "name" and sheet is None:
            if said.upper() in ("TRUE", "FALSE"):
                if self.next() == ("sign", "("):
                    self.at += 2
                return ("value", said.upper() == "TRUE")
            if self.next() == ("sign", "("):
                return self.call(said.upper().removeprefix("_XLFN."), depth)
            return ("name", said.upper())
        if (kind, said) == ("sign", "("):
            found = self.level(0, depth + 1)
            if self.next() != ("sign", ")"):
                raise Outside("an unusual formula")
            self.at += 1
            return found
        raise Outside("an unusual formula")

    def call(self, name: str, depth: int) -> Node:
        self.at += 1
        parts: list[Node] = []
        while self.next() != ("sign", ")"):
            if self.next() == ("sign", ","):
                parts.append(("value", None))
            elif self.at >= len(self.tokens):
                raise Outside("an unusual formula")
            else:
                parts.append(self.level(0, depth + 1))
            if self.next() == ("sign", ","):
                self.at += 1
                if self.next() == ("sign", ")"):
                    parts.append(("value", None))
            elif self.next() != ("sign", ")"):
                raise Outside("an unusual formula")
        self.at += 1
        return ("call", name, tuple(parts))

    def corner(self, said: str) -> tuple[int, bool, int, bool]:
        match = _CELL.fullmatch(said)
        if match is None:
            raise Outside("an unusual address")
        column = 0
        for letter in match[2].upper():
            column = column * 26 + ord(letter) - 64
        row = int(match[4])
        fixed_column, fixed_row = bool(match[1]), bool(match[3])
        return (
            row if fixed_row else row - self.row,
            fixed_row,
            column if fixed_column else column - self.column,
            fixed_column,
        )

    def whole(self, said: str, kind: str) -> tuple[tuple[int, bool, int, bool], ...]:
        """Whole columns or rows."""
        first, _, last = said.partition(":")
        if kind == "columns":
            one, other = self.corner(f"{first}1"), self.corner(f"{last}1")
            return (1, True, *one[2:]), (MOST_ROWS, True, *other[2:])
        one, other = (self.corner(f"A{end}") for end in (first, last))
        return (*one[:2], 1, True), (*other[:2], MOST_COLUMNS, True)
