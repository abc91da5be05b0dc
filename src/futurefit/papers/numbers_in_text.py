"""Which numbers does running text print, from what to what, and how surely? (rules AUD-63, AUD-64)

Every number that stands by itself is taken, years and ranges too; `papers.said` takes only those
that can be compared within a sentence. Digits inside references ("A4-2", "1.2.3") are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

POUNDS, PER_CENT = "£", "%"

_SCALES = {"k": 3, "m": 6, "mn": 6, "bn": 9, "thousand": 3, "million": 6, "billion": 9}
_ABOUT = ("about", "approximately", "approx", "approaching", "around", "circa", "c", "nearly", "~")
_MORE = ("over", "more than", "at least", "above", ">")
_LESS = ("under", "less than", "below", "up to", "at most", "<")
_MEANING = {
    **dict.fromkeys(_ABOUT, "about"),
    **dict.fromkeys(_MORE, "more than"),
    **dict.fromkeys(_LESS, "less than"),
}
_WORDS = "|".join(
    re.escape(word) for word in sorted(_MEANING, key=len, reverse=True) if word.isalpha()
)
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?"
_SCALE = r"k|mn|m|bn|thousand|million|billion"
_ONE = (
    rf"(?P<pound@>£\s?)?(?P<number@>{_NUMBER})(?:\s?(?P<scale@>{_SCALE})(?![a-z0-9²]))?"
    r"(?P<cent@>\s?%|\sper\s?cent)?"
)
_FOUND = re.compile(
    r"(?<![0-9a-z.,/£])"
    rf"(?:(?P<word>more than|less than|at least|at most|up to|{_WORDS}|[<>~])\.?\s?)?"
    rf"{_ONE.replace('@', '1')}(?:\s?(?:[-–—]|to)\s?{_ONE.replace('@', '2')})?"
    r"(?![0-9a-z²/]|[.,:][0-9])"
)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number, or a range of numbers: `low` and `high` are equal where it is a single one.

    Values are in pounds, per cent (of 100) or things, as `unit` says ("£", "%" or ""). `half` is
    half of the last printed place of the coarser end. `qualifier` is "about", "more than", "less
    than" or "". `start` counts characters of the text.
    """

    text: str
    start: int
    low: Decimal
    high: Decimal
    half: Decimal
    unit: str
    qualifier: str = ""


def numbers(text: str) -> list[PrintedNumber]:
    """The numbers of a text in reading order.

    >>> [(one.text, one.low, one.high, one.unit) for one in numbers("80%-90% or £5m to £7m")]
    [('80%-90%', Decimal('80'), Decimal('90'), '%'), \
('£5m to £7m', Decimal('5000000'), Decimal('7000000'), '£')]
    >>> [(one.text, one.qualifier) for one in numbers("nearly £5 million, >30% in 2018")]
    [('nearly £5 million', 'about'), ('>30%', 'more than'), ('2018', '')]
    """
    # Small letters of some scripts are longer than their capitals: those are left as they are.
    small = text.lower()
    small = small if len(small) == len(text) else text
    return [_read(match, text) for match in _FOUND.finditer(small)]


def _read(match: re.Match[str], text: str) -> PrintedNumber:
    """What one place says; the ends of a range share their sign of pounds, scale and per cent."""
    single = match["number2"] is None
    pound = match["pound1"] or match["pound2"]
    cent = match["cent1"] or match["cent2"]
    high_scale = _SCALES.get(match["scale2"] or match["scale1"] or "", 0)
    low_scale = _SCALES.get(match["scale1"] or match["scale2"] or "", 0)
    low, low_half = _value(match["number1"], low_scale)
    high, high_half = (low, low_half) if single else _value(match["number2"], high_scale)
    return PrintedNumber(
        text=text[match.start() : match.end()].strip(),
        start=match.start(),
        low=low,
        high=high,
        half=max(low_half, high_half),
        unit=POUNDS if pound else PER_CENT if cent else "",
        qualifier=_MEANING.get(match["word"] or "", ""),
    )


def _value(number: str, scale: int) -> tuple[Decimal, Decimal]:
    """A printed number and half of its last place."""
    digits = number.replace(",", "")
    places = len(digits.partition(".")[2])
    value = Decimal(digits) * Decimal(10) ** scale
    return value, Decimal(5).scaleb(scale - places - 1)
