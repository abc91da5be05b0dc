"""Is this printed cell a figure, and which? (rule AUD-05)

Money is read by `kernel.money`; this adds what else stands in the cells of a paper: bare counts,
percentages, financial years (which head columns and are never added up), and remarks in brackets
after a figure. Nothing is guessed: a cell that is none of these is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from futurefit.kernel.money import MoneyState, NotMoney, read_money
from futurefit.kernel.report import Unit
from futurefit.kernel.years import NotAYear, parse_bucket


class Kind(StrEnum):
    """What a printed cell is."""

    BLANK = "BLANK"  # not stated; never nought
    WORDS = "WORDS"
    PERIOD = "PERIOD"  # a financial year or an open bucket of years
    NUMBER = "NUMBER"
    PERCENT = "PERCENT"
    NIL = "NIL"  # a lone dash
    PENDING = "PENDING"  # to be confirmed, or marginal: a figure is meant, none is given


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as read. `value` is in pounds where the cell names its own unit, else as it stands.

    `half` is half of the last printed place. `rough` says that a word such as "about" goes with
    the figure; `remark` is what follows it: words in brackets, "FTE", "a year".
    """

    kind: Kind
    value: Decimal | None = None
    half: Decimal = Decimal(0)
    own_unit: bool = False
    rough: bool = False
    remark: str = ""


_LONGEST = 200  # characters; longer cells are prose
_MOST_DIGITS = 18  # longer rows of digits are references, not amounts

_PLAIN = re.compile(
    r"(\(?)\s*([-+−–]?)\s*((?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(\.[0-9]+)?|(\.[0-9]+))\s*(\)?)"
)
# Thousands parted by thin or fixed spaces, or by two ordinary ones or more, as in 1 234 567; and
# the decimal comma, where thousands or a per cent sign show that it is one.
_SPACED = re.compile(
    r"(?P<before>\(?\s*[-+−–]?\s*£?\s*)"
    r"(?P<whole>[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3}){2,})"
    r"(?P<after>(?:\.[0-9]+)?(?![0-9]).*)"
)
_COMMA = re.compile(
    r"(?P<before>\(?\s*[-+−–]?\s*£?\s*)"
    r"(?P<whole>[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:[ \u00a0\u2009\u202f][0-9]{3})+)"
    r"|[0-9]+(?=,[0-9]{1,2}\s*%))"
    r",(?P<part>[0-9]{1,2})(?P<after>(?![0-9,]).*)"
)
_ABOUT = re.compile(
    r"(?:c\.?|circa|about|approx(?:\.|imately)?|around|over|more than|above|up to|under|less than|"
    r"below|nearly|almost|at least|at most|[<>≈~≤≥])\s*(?=[-+(0-9.])",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"p\.?\s?a\.?|per annum|a year", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?P<figure>.*[0-9)km])\s*(?P<word>ftes?|wtes?|posts?|people|staff|{_YEARLY.pattern})",
    re.IGNORECASE,
)
_YEARS = re.compile(r"[0-9]{2,4}\s*[/–‑-]\s*[0-9]{2,4}\s*\+?")
_REMARK = re.compile(r"([^()]+?)\s*\(([^()]*[A-Za-z]{3}[^()]*)\)")

_BLANK = Printed(Kind.BLANK)
_WORDS = Printed(Kind.WORDS)
_NIL = Printed(Kind.NIL, Decimal(0))
_PENDING = Printed(Kind.PENDING)
_PERIOD = Printed(Kind.PERIOD)
_STATES = {
    MoneyState.NIL: _NIL,
    MoneyState.NOT_STATED: _WORDS,
    MoneyState.TO_BE_CONFIRMED: _PENDING,
    MoneyState.MARGINAL: _PENDING,
}


def is_number(text: str) -> bool:
    """Whether a cell is a figure: a number, a percentage or a lone dash."""
    return read_printed(text).value is not None


@lru_cache(maxsize=50_000)
def read_printed(text: str) -> Printed:
    """Read one cell.

    >>> read_printed("190 (inc. 90 for adults)").value, read_printed("-1%").kind.value
    (Decimal('190'), 'PERCENT')
    >>> [read_printed(text).kind.value for text in ("", "-", "2016/17", "TBC", "by 2018")]
    ['BLANK', 'NIL', 'PERIOD', 'PENDING', 'WORDS']
    """
    text = text.strip()
    if not text:
        return _BLANK
    if len(text) > _LONGEST:
        return _WORDS
    if plain := _PLAIN.fullmatch(text):
        return _plain(plain, Kind.NUMBER)
    if not any(character.isdigit() for character in text):
        return _money(text)
    text = _english(text)
    if (after := _AFTER.fullmatch(text)) and (counted := _counted(after)):
        return counted
    if _YEARS.fullmatch(text):
        try:
            parse_bucket(text)
        except NotAYear:
            return _WORDS
        return _PERIOD
    if text.rstrip(" )").endswith("%"):
        return _percentage(text)
    if remark := _REMARK.fullmatch(text):
        figure = read_printed(remark[1])
        if figure.value is None or figure.remark:
            return _WORDS
        return Printed(
            figure.kind,
            figure.value,
            figure.half,
            figure.own_unit,
            figure.rough,
            remark[2],
        )
    return _money(text)


def _english(text: str) -> str:
    """The same number with commas between thousands and a point before the parts of one.

    >>> _english("1.234,56"), _english("1\u00a0234"), _english("1 234 567"), _english("2,5%")
    ('1,234.56', '1,234', '1,234,567', '2.5%')
    """
    if match := _COMMA.fullmatch(text):
        whole = re.sub(r"\D", ",", match["whole"])
        return f"{match['before']}{whole}.{match['part']}{match['after']}"
    if match := _SPACED.fullmatch(text):
        return f"{match['before']}{re.sub(r'[^0-9]', ',', match['whole'])}{match['after']}"
    return text


def _counted(match: re.Match[str]) -> Printed | None:
    """A number with what it counts, which no unit of the table scales: "12.5 FTE", "£50k p.a."."""
    figure = read_printed(match["figure"])
    if figure.kind is not Kind.NUMBER or figure.remark:
        return None
    yearly = _YEARLY.fullmatch(match["word"]) is not None
    return replace(figure, own_unit=figure.own_unit or not yearly, remark=match["word"])


def _plain(match: re.Match[str], kind: Kind) -> Printed:
    """A number with no more about it than a sign, brackets, commas and a point."""
    opened, sign, digits, fraction, bare_fraction, closed = match.groups()
    digits = digits.replace(",", "")
    if bool(opened) != bool(closed) or (opened and sign) or len(digits) > _MOST_DIGITS:
        return _WORDS
    value = Decimal(digits)
    if opened or sign in ("-", "−", "–"):
        value = -value
    places = max(0, len(fraction or bare_fraction or "") - 1)
    return Printed(kind, value, Decimal(5).scaleb(-places - 1))


def _percentage(text: str) -> Printed:
    """A number with a per cent sign, which may stand inside its brackets; "about" may go before."""
    about = _ABOUT.match(text)
    bare = text[about.end() if about else 0 :].replace("%", "", 1).strip()
    match = _PLAIN.fullmatch(" ".join(bare.replace(" )", ")").split()))
    if match is None:
        return _WORDS
    return replace(_plain(match, Kind.PERCENT), rough=about is not None)


def _money(text: str) -> Printed:
    """An amount with its own pound sign, scale, qualifier or footnote; or a word for a state."""
    try:
        money = read_money(text, Unit.POUNDS)
    except NotMoney:
        return _WORDS
    if money.pence is None or money.state is not MoneyState.AMOUNT:
        return _STATES[money.state]
    half = money.half_unit_pence / 100
    value = Decimal(money.pence) / 100
    exact = Decimal(half.numerator) / half.denominator
    # A bare number takes the unit that it is given, so reading it in another unit changes it.
    own_unit = read_money(text, Unit.THOUSANDS).pence == money.pence
    return Printed(Kind.NUMBER, value, exact, own_unit, bool(money.qualifier))
