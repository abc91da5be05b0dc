"""What numbers stand in a grid of cells, and how are they written? (rules ARI-01, ARI-02)

One table writes its numbers one way: a decimal point or a decimal comma, thousands set off by the
other mark, by spaces or not at all. The way that reads most of its cells is taken. Every number
becomes a whole number of the table's smallest unit, so that all that follows is exact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LONGEST = 40  # characters; longer cells are prose
_MOST_DECIMALS = 9  # more are noise of a computer's division and are rounded off
_MOST_DIGITS = 24
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t\r\n", " "))
_NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+−–‒]?)\s*(?P<money>[$£€]|kr\.?)?\s*(?P<sign2>[-+−–]?)\s*"
    r"(?P<body>[0-9](?:[0-9.,' ]*[0-9])?[.,]?|[.,][0-9]+)\s*(?P<per>%|€|£|\$)?\s*(?P<close>\))?"
    r"\s*(?:\*+|[0-9]\))?"
)
_POINT = re.compile(
    r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,3}(?:'[0-9]{3})+|)"
    r"(?:\.([0-9]*))?"
)
_COMMA = re.compile(
    r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,3}(?:'[0-9]{3})+|)"
    r"(?:,([0-9]*))?"
)
_NOUGHTS = frozenset({"", "-", "–", "—", "−", ".", "..", "...", "…", "n/a", "na", "x", "#", ":"})
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a table as whole multiples of 10 ** -`decimals`.

    `values` and `units` have a row for every row of the table, all of the table's greatest width:
    a value (None where no number stands) and the worth of its last printed place. `blank` says
    where a cell is empty or holds a mark for nothing, `words` where it says something else.
    """

    values: tuple[tuple[int | None, ...], ...]
    units: tuple[tuple[int, ...], ...]
    words: tuple[tuple[bool, ...], ...]
    decimals: int
    decimal_mark: str


def read_numbers(cells: Sequence[Sequence[str]]) -> Numbers:
    """Read every cell of a table; rows may be of different lengths."""
    width = max(map(len, cells), default=0)
    found: list[list[tuple[bool, str] | None]] = []
    words: list[tuple[bool, ...]] = []
    for row in cells:
        line = [_body(text) for text in row]
        found.append(line + [None] * (width - len(row)))
        words.append(
            tuple(
                read is None and text.strip().lower() not in _NOUGHTS
                for read, text in zip(line, row, strict=True)
            )
            + (False,) * (width - len(row))
        )
    comma = _writes_commas(body for row in found for read in row if read for body in (read[1],))
    parsed = [[_parse(read, comma) if read else None for read in row] for row in found]
    decimals = max((number[1] for row in parsed for number in row if number), default=0)
    values = tuple(
        tuple(n[0] * 10 ** (decimals - n[1]) if n else None for n in row) for row in parsed
    )
    units = tuple(tuple(10 ** (decimals - n[1]) if n else 1 for n in row) for row in parsed)
    return Numbers(values, units, tuple(words), decimals, "," if comma else ".")


def is_years(values: Sequence[int | None], decimals: int) -> bool:
    """Whether the numbers of a line are years, which head other numbers and are not amounts."""
    scale = 10**decimals
    numbers = [value for value in values if value is not None]
    return len(numbers) > 1 and all(
        not value % scale and _FIRST_YEAR <= value // scale <= _LAST_YEAR for value in numbers
    )


def _body(text: str) -> tuple[bool, str] | None:
    """Whether a cell's number is below nought, and its digits with their marks."""
    if len(text) > _LONGEST or not any("0" <= character <= "9" for character in text):
        return None
    match = _NUMBER.fullmatch(text.translate(_BLANKS).strip())
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = (match["sign"] + match["sign2"]).replace("+", "")
    return bool(signs) != bool(match["open"]), match["body"]


def _writes_commas(bodies: Iterable[str]) -> bool:
    """Whether the decimal mark is a comma: by the cells that only one way can read."""
    votes: Counter[bool] = Counter()
    for body in bodies:
        if "," in body or "." in body:
            point, comma = _POINT.fullmatch(body), _COMMA.fullmatch(body)
            if bool(point) != bool(comma):
                votes[bool(comma)] += 1
    return votes[True] > votes[False]


def _parse(read: tuple[bool, str], comma: bool) -> tuple[int, int] | None:
    """The digits of a number as a whole number, and how many of them are decimals."""
    below, body = read
    match = (_COMMA if comma else _POINT).fullmatch(body)
    if match is None:
        return None
    places = (match[1] or "")[:_MOST_DECIMALS]
    up = (match[1] or "")[_MOST_DECIMALS:][:1] >= "5"
    whole = body[: match.start(1) - 1] if match[1] is not None else body
    digits = "".join(filter(str.isdigit, whole)) + places
    if not digits or len(digits) > _MOST_DIGITS:
        return None
    number = int(digits) + up
    return (-number if below else number), len(places)
