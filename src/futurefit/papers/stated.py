"""Which numbers does each line of a paper state, and which words go with them? (rule AUD-54)

Worked out once for a document: the checks that hold one statement against another share it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from futurefit.kernel.years import FinancialYear, NotAYear, parse_year
from futurefit.papers.document import Document
from futurefit.papers.numbers_in_text import PrintedNumber, numbers
from futurefit.papers.text import Kind, Passage, read_text

_YEAR = re.compile(r"(?<![0-9/])(?:20)?[0-9]{2}\s?/\s?(?:20)?[0-9]{2}(?![0-9/])")
_WORD = re.compile(r"[a-z]{4,}")
_STEM = 6  # letters of a word that are compared: commission, commissioned, commissioning
_AROUND = 90  # characters to either side of a number whose words go with it
_COMMON = frozenset(
    re.findall(
        r"[a-z]+",
        "about above after also among amount annual around based been being below between both "
        "cent could council councils county does down each from further have having include "
        "including increase into less made make million more most much must need next other "
        "over percent percentage service services should some such than that their them then "
        "there these they this those through total under until upon value were what when where "
        "which while will with within would year years your",
    )
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A number of the text, the line it stands in, and the stems of the words around it."""

    passage: Passage
    number: PrintedNumber
    stems: frozenset[str]


@lru_cache(maxsize=2)
def read_statements(document: Document) -> tuple[Statement, ...]:
    """Every number of the running text; cells of tables are left to the checks of tables."""
    found = []
    for passage in read_text(document).passages:
        if passage.kind is Kind.CELL or not any(map(str.isdigit, passage.text)):
            continue
        for number in numbers(passage.text):
            around = passage.text[
                max(0, number.start - _AROUND) : number.start + len(number.text) + _AROUND
            ]
            found.append(Statement(passage, number, stems(around)))
    return tuple(found)


def stems(words: str) -> frozenset[str]:
    """What words are about: the beginnings of all that are not common.

    >>> sorted(stems("Increase jointly commissioned services to > 30%"))
    ['commis', 'jointl']
    """
    return frozenset(word[:_STEM] for word in _WORD.findall(words.lower()) if word not in _COMMON)


@dataclass(frozen=True, slots=True)
class PrintedYear:
    """A financial year in a text, and where it is printed."""

    year: FinancialYear
    start: int
    end: int


def years_in(words: str) -> list[PrintedYear]:
    """The financial years of a text: "2016/17", "17/18"."""
    found = []
    for match in _YEAR.finditer(words):
        try:
            found.append(PrintedYear(parse_year(match[0]), match.start(), match.end()))
        except NotAYear:
            continue
    return found
