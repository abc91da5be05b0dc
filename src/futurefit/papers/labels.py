"""What do the words beside and above the figures of a table say they are? (rules AUD-06, AUD-07)

Only the plain words of the trade are known here. A label is a hint; the figures prove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from futurefit.kernel.report import Unit


class Rank(IntEnum):
    """How much a total takes in: a sub-total its own block, a grand total all the rest."""

    NONE = 0
    SUB_TOTAL = 1
    NET = 2
    TOTAL = 3
    GRAND_TOTAL = 4


_MOST_WORDS = 8  # a longer label is a sentence with "total" in it

_SUB_TOTAL = re.compile(r"\bsub[\s-]?totals?\b")
_GRAND_TOTAL = re.compile(r"\b(?:grand|overall)\s+totals?\b")
_TOTAL = re.compile(r"^totals?\b|\btotals?$")
_BARE_TOTAL = re.compile(r"(?:(?:grand|overall)\s+|sub[\s-]?)?totals?(?:\s*\([^()]*\))?")
_NET = re.compile(r"^net\b")
_MEMO = re.compile(r"^(?:[-–•(]\s*)?(?:of which|including|incl\b|inc\b|memo\b|memorandum\b)")
_NOT_ADDED = re.compile(
    r"\b(?:averages?|mean|median|ratio|index|rank|score|unit (?:cost|price)|price|growth rate|"
    r"per (?:head|capita|unit|hour|week|sqm|property|dwelling)|(?:tax|interest|hourly) rate)\b"
    r"|/unit\b|\b[a-z]{3,}s per (?!annum|year|month|quarter|week|day|cent)[a-z]+"
)
_IDENTIFIES = re.compile(
    r"(?:item|page|line|project|scheme|contract)?\s*"
    r"(?:no|nos|number|page|item|year|#)\.?(?: no\.?)?"
    r"|(?:[a-z]+ ){0,3}(?:refs?|references?|codes?|ids?)"
)
_UNITS = (
    (Unit.THOUSANDS, re.compile(r"£\s*['’‘`]?\s*0{3}|£\s*k\b|£\s*thousand|_k$|\(000['’]?s?\)")),
    (Unit.MILLIONS, re.compile(r"£\s*m(?:n|illions?)?\b|_m$")),
    (Unit.POUNDS, re.compile(r"£(?!\s*[0-9.])")),
)
_PER_CENT = re.compile(r"\bper ?cent(?:age)?s?\b|(?:^|[_\W])pct(?:$|[_\W])")


def rank(labels: Iterable[str]) -> Rank:
    """The highest claim that any of a line's labels makes; "sub-total" beats a bare "total".

    >>> rank(["Schools", "SUBTOTAL", "subtotal"]).name, rank(["", "Total expenditure 17/18"]).name
    ('SUB_TOTAL', 'TOTAL')
    >>> rank(["A review of the total reward scheme and of what it costs the council"]).name
    'NONE'
    """
    found = Rank.NONE
    for label in labels:
        words = " ".join(label.lower().split()).strip(" :.*")
        if not words or words.count(" ") >= _MOST_WORDS:
            continue
        if _SUB_TOTAL.search(words):
            return Rank.SUB_TOTAL
        if _GRAND_TOTAL.search(words):
            found = max(found, Rank.GRAND_TOTAL)
        elif _TOTAL.search(words.partition("(")[0].strip()):
            found = max(found, Rank.TOTAL)
        elif _NET.search(words):
            found = max(found, Rank.NET)
    return found


def is_bare_total(label: str) -> bool:
    """Whether a label says "total" and nothing else, as no supplier or scheme is called.

    >>> is_bare_total("Grand Total:"), is_bare_total("Total Resources UK Ltd")
    (True, False)
    """
    return bool(_BARE_TOTAL.fullmatch(" ".join(label.lower().split()).strip(" :.*")))


def is_memo(label: str) -> bool:
    """Whether a line repeats part of another ("of which …") and so is never added."""
    return bool(_MEMO.match(label.strip().lower()))


def is_not_added(label: str) -> bool:
    """Whether a line holds averages, prices or scores, which have no total."""
    return bool(_NOT_ADDED.search(label.lower()))


def identifies(label: str) -> bool:
    """Whether a heading says that the numbers under it are names: references, page numbers."""
    return bool(_IDENTIFIES.fullmatch(" ".join(label.lower().split())))


def unit_of(label: str) -> Unit | None:
    """The money unit that a heading, title or label names.

    >>> unit_of("Current programme (£000) & RAG"), unit_of("Total £m"), unit_of("from £5 to £9")
    (<Unit.THOUSANDS: '£000'>, <Unit.MILLIONS: '£m'>, None)
    """
    words = label.lower()
    if "£" not in words and "000" not in words and "_" not in words:
        return None
    return next((unit for unit, pattern in _UNITS if pattern.search(words)), None)


def is_percentage(label: str) -> bool:
    """Whether a heading or label says that bare numbers are per cent; "5% cut" only names one."""
    words = label.lower()
    signs = (place for place, character in enumerate(words) if character == "%")
    return any(not words[:place].rstrip()[-1:].isdigit() for place in signs) or bool(
        _PER_CENT.search(words)
    )
