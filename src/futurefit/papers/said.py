"""Which quantities does a sentence name? (rule AUD-41)

Amounts of money, percentages and counts in running text, with the unit that they are compared in,
and how exactly they are printed. Years, dates and references are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

POUNDS, PER_CENT = "£", "%"

NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        1,
    )
}
"""Numbers as words, to twenty."""

_SCALES = {"k": 3, "m": 6, "mn": 6, "bn": 9, "thousand": 3, "million": 6, "billion": 9}
_QUANTITY = re.compile(
    r"(?P<pound>£\s?)?(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?:\s?(?P<scale>k|mn|m|bn|thousand|million|billion)(?![a-z0-9²]))?(?P<cent>\s?%|\sper\s?cent)?"
    r"(?:\s(?:working |calendar |full |whole |other |new |more )?(?P<noun>[a-z]{3,}))?"
)
_PART = re.compile(r"[0-9A-Za-z.,/£]")
_SPAN = re.compile(r"\s?[/–-]\s?[0-9£]|[/:][0-9]|[a-z0-9]")
_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$"
)
_NO_NOUN = frozenset(
    [
        "and",
        "the",
        "was",
        "has",
        "for",
        "from",
        "with",
        "rather",
        "than",
        "per",
        "are",
        "were",
        "this",
        "that",
        "which",
        "but",
        "over",
        "under",
        "not",
        "compared",
        "against",
        "now",
        "down",
        "into",
        "last",
        "when",
        "while",
        "had",
        "have",
        "will",
        "its",
        "our",
        "their",
    ]
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: its value, half of its last printed place, and what it counts.

    `unit` is "£" (the value is in pounds), "%", or the noun in the singular; "" where none stands.
    """

    text: str
    start: int
    value: Decimal
    half: Decimal
    unit: str

    def like(self, other: Quantity) -> bool:
        """Whether the two may be compared: the same unit, or a bare number beside a noun."""
        if self.unit == other.unit:
            return True
        return not {self.unit, other.unit} & {POUNDS, PER_CENT} and "" in (self.unit, other.unit)


def quantities(small: str) -> list[Quantity]:
    """The quantities in a text of small letters.

    >>> [(one.text, one.value, one.unit) for one in quantities("from £1.2m to 5 working days")]
    [('£1.2m', Decimal('1200000.0'), '£'), ('5', Decimal('5'), 'day')]
    """
    found = []
    for match in _QUANTITY.finditer(small):
        end = match.end("cent") if match["cent"] else match.end("scale")
        end = end if end > 0 else match.end("number")
        number = match["number"].replace(",", "")
        if _PART.match(small, max(0, match.start() - 1), match.start()) or len(number) > 15:
            continue
        if not match["cent"] and _SPAN.match(small, end):
            continue
        bare = not (match["pound"] or match["cent"] or match["scale"])
        if bare and (_is_year(number) or _MONTH.match(match["noun"] or "")):
            continue
        exponent = _SCALES.get(match["scale"] or "", 0)
        places = len(number.partition(".")[2])
        noun = match["noun"] or ""
        unit = POUNDS if match["pound"] else PER_CENT if match["cent"] else _singular(noun)
        found.append(
            Quantity(
                small[match.start() : end].strip(),
                match.start(),
                Decimal(number).scaleb(exponent),
                Decimal(5).scaleb(exponent - places - 1),
                unit,
            )
        )
    return found


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _singular(noun: str) -> str:
    return "" if noun in _NO_NOUN else noun.removesuffix("s")
