"""How much does a cell or a sentence say, in which year, and how surely? (rules REC-06, REC-09)

Amounts become whole pence. What makes one less than sure (about, up to, a remark in brackets, a
unit that the paper does not print) is a doubt, and is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from futurefit.kernel.money import PENCE_IN, NotMoney, read_money, to_pence
from futurefit.kernel.report import Unit
from futurefit.kernel.years import NotAYear, parse_bucket
from futurefit.papers.printed import Kind, read_printed

_YEAR = re.compile(
    r"(?<![0-9/])(?:[0-9]{4}|[0-9]{2})\s*[/–‑-]\s*(?:[0-9]{4}|[0-9]{2})(?![0-9/])\+?"
)
_QUALIFIER = (
    r"(?:(?:c\.?|ca\.?|circa|about|around|approx(?:imately|\.)?|roughly|estimated(?: at)?|est\.|"
    r"in the region of|over|above|more than|in excess of|at least|up to|under|below|less than|"
    r"no more than|at most|nearly|almost|approaching|just under|[~≈<>≤≥])\s*)?"
)
_SUM = re.compile(
    _QUALIFIER + r"£\s*[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:thousand|million|billion|bn|mn|m|k)?\b",
    re.IGNORECASE,
)
_ALSO_MEANS = {"estimated at": "estimated"}


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount as read. `pence` is None where a figure is promised and none given."""

    pence: int | None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in a sentence: its words, where they stand in it, and what it is."""

    text: str
    start: int
    end: int
    pence: int
    doubt: str


def read_cell(text: str, unit: Unit) -> Reading | None:
    """What a cell says in the unit of its table; None where it is blank or holds only words."""
    printed = read_printed(text)
    if printed.kind is Kind.PENDING:
        return Reading(None, f"“{text.strip()}”: no figure is given yet")
    if printed.value is None or printed.kind not in (Kind.NUMBER, Kind.NIL):
        return None
    scale = Decimal(100 if printed.own_unit else PENCE_IN[unit])
    doubts = []
    if printed.rough:
        doubts.append("the figure is rough")
    if printed.remark:
        doubts.append(f"printed with a remark: {printed.remark}")
    return Reading(to_pence(printed.value * scale / 100), "; ".join(doubts))


def sums_in(text: str) -> Iterator[Sum]:
    """The amounts of a sentence that carry a pound sign, with the words that qualify them.

    >>> [(one.text, one.pence, one.doubt) for one in sums_in("saves c£250k, then £ 1.5 million")]
    [('c£250k', 25000000, 'the figure is rough (about)'), ('£ 1.5 million', 150000000, '')]
    """
    for match in _SUM.finditer(text):
        words = match[0].strip()
        try:
            money = read_money(_plain_qualifier(words))
        except NotMoney:
            continue
        if money.pence is not None:
            doubt = f"the figure is rough ({money.qualifier})" if money.qualifier else ""
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Sum(words, start, start + len(words), money.pence, doubt)


def _plain_qualifier(words: str) -> str:
    lower = words.lower()
    for said, means in _ALSO_MEANS.items():
        if lower.startswith(said):
            return means + words[len(said) :]
    return words


def years_in(text: str) -> list[tuple[int, str]]:
    """The financial years that a text names: where each stands, and its label.

    >>> years_in("split equally across 2018/19 & 2019/20")
    [(21, '2018/19'), (31, '2019/20')]
    """
    found = []
    for match in _YEAR.finditer(text):
        try:
            bucket = parse_bucket(match[0])
        except NotAYear:
            continue
        if bucket is not None:
            found.append((match.start(), bucket.label))
    return found


def year_of_heading(text: str, names: Mapping[str, str]) -> str:
    """The year that heads a column: printed, or one of a form's own names for years; else "".

    >>> year_of_heading("2016-17 £000", {}), year_of_heading("Year 1", {"year 1": "2017/18"})
    ('2016/17', '2017/18')
    """
    said = " ".join(text.lower().split())
    for name, year in names.items():
        if said == " ".join(name.lower().split()):
            return year
    found = {label for _, label in years_in(text)}
    return found.pop() if len(found) == 1 else ""


def joined(doubts: Iterable[str]) -> str:
    """Doubts as one, each once."""
    return "; ".join(dict.fromkeys(doubt for doubt in doubts if doubt))
